"""The rules of coordination: subjects, answers, announcements, tracking, petitions, renewals."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from tests.repression.coordination.factories import SUBJECT
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.rules import Changed, Entry, Event, EventKind, Kind, ListChange, Name
from undaunted.repression.coordination.rules import (
    CLOCKS,
    EARLIEST,
    PACK,
    Announced,
    AnnouncementRefused,
    Answer,
    Asked,
    Change,
    CoordinationRefused,
    CoordinationReply,
    CoordinationStage,
    Court,
    CourtCase,
    OtherLaw,
    Part,
    PartyStanding,
    Petitioner,
    PetitionRefused,
    ProposalClosed,
    SealUnreadable,
    SubjectKind,
    SubmissionTold,
    announced,
    check_answer,
    check_answerable,
    check_go,
    check_hold,
    check_listed_by,
    check_moment,
    check_open,
    check_pending,
    checked_address,
    checked_case,
    checked_law,
    checked_petitioner,
    checked_subject,
    checked_text,
    clock_begins,
    listed_since,
    petitioner_data,
    read_key,
    read_renewals,
    read_sealed,
    read_subject,
    register_submissions,
    renewal_due,
    renewals,
    shown_text,
    subject_data,
    submission_told,
    submissions,
    tracked,
    written_sealed,
)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MOMENT = NOW + timedelta(hours=1)
GOES = PartyStanding(Answer.ACCEPTED, MOMENT)
WAITS = PartyStanding(Answer.ACCEPTED)


@pytest.mark.parametrize(
    ("parties", "before", "after"),
    [
        ([GOES, GOES], Announced.AGREED, Announced.LIFTED),
        ([GOES, WAITS], Announced.WAITING, Announced.MISSED),
        ([GOES], Announced.WAITING, Announced.MISSED),
        ([GOES, GOES, PartyStanding(Answer.LEFT)], Announced.AGREED, Announced.LIFTED),
        ([GOES, GOES, PartyStanding(Answer.INVITED)], Announced.AGREED, Announced.LIFTED),
        ([GOES, replace(GOES, held=True)], Announced.HELD, Announced.MISSED),
        ([GOES, replace(GOES, go_for=NOW)], Announced.WAITING, Announced.MISSED),
        ([], Announced.WAITING, Announced.MISSED),
    ],
)
def test_embargo_lifts_where_two_or_more_go_and_nobody_holds(
    parties: list[PartyStanding], before: Announced, after: Announced
) -> None:
    assert announced(MOMENT, parties, NOW) is before
    assert announced(MOMENT, parties, MOMENT) is after
    assert announced(None, parties, NOW) is Announced.NO_MOMENT


def test_moments_gos_and_holds_are_refused_in_time() -> None:
    check_moment(MOMENT, Announced.MISSED, NOW)
    check_moment(NOW.replace(year=2028), Announced.WAITING, NOW)
    for far, now in (
        (NOW.replace(year=2028) + timedelta(minutes=1), NOW),
        (datetime(2030, 2, 28, 0, 1, tzinfo=UTC), datetime(2028, 2, 29, tzinfo=UTC)),
        (datetime(9999, 12, 31, 23, 59, tzinfo=UTC), NOW),
    ):
        with pytest.raises(AnnouncementRefused, match="moment: it lies more than 24 months ahead"):
            check_moment(far, Announced.WAITING, now)
    with pytest.raises(AnnouncementRefused, match="it is past"):
        check_moment(NOW, Announced.WAITING, NOW)
    with pytest.raises(AnnouncementRefused, match="stays so"):
        check_moment(MOMENT, Announced.LIFTED, NOW)
    assert check_go(MOMENT, None, NOW) == check_go(MOMENT, MOMENT, NOW) == MOMENT
    for moment, proposed, now in ((None, None, NOW), (MOMENT, None, MOMENT), (MOMENT, NOW, NOW)):
        with pytest.raises(AnnouncementRefused):
            check_go(moment, proposed, now)
    check_hold(Announced.MISSED)
    for stands in (Announced.LIFTED, Announced.NO_MOMENT):
        with pytest.raises(AnnouncementRefused):
            check_hold(stands)


def test_a_subject_is_kept_as_it_was_told() -> None:
    listed = replace(SUBJECT, kind=SubjectKind.LISTED, entry=("xf-invented", "XF:1"))
    for subject in (SUBJECT, listed):
        assert read_subject(subject_data(checked_subject(subject))) == subject
    twice = replace(SUBJECT, authorities=("xf-rights", " xf-rights ", "Act of Syldavia"))
    assert checked_subject(twice).authorities == ("xf-rights", "Act of Syldavia")
    assert read_subject(subject_data(SUBJECT) | {"authorities": "a"}).authorities == ()
    turned = subject_data(SUBJECT) | {"name": "A\u202eB", "authorities": ["\u2066x"] * 90}
    assert read_subject(turned).name == "A[U+202E]B"
    assert read_subject(turned).authorities == ("[U+2066]x",) * 40
    for wrong in ({"kind": "monster"}, {"entry": "none"}):
        with pytest.raises(SealUnreadable, match="whom the proposal is about"):
            read_subject(subject_data(SUBJECT) | wrong)
    with pytest.raises(SealUnreadable, match="whom the proposal is about"):
        read_subject({"entry": ""})


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kind": SubjectKind.LISTED}, "entry: name the entry"),
        ({"entry": ("a", "b")}, "entry: name the entry"),
        ({"authorities": ()}, "authorities: name one"),
        ({"authorities": ("xf-magnitsky",)}, "xf-magnitsky stands nowhere in the register"),
        ({"authorities": ("nz-none",)}, "authorities: choose a law of the register"),
        ({"authorities": ("no-sanctions-2021",)}, "authorities: choose a law of the register"),
        ({"authorities": ("a",) * 41}, "authorities: name 40 at most"),
        ({"authorities": (" ",)}, "authorities: it is empty"),
        ({"exculpatory": " "}, "exculpatory: it is empty"),
        ({"name": "N" * 201}, "name: it has 201 letters"),
        ({"conduct": "a\x00b"}, "conduct: it holds signs"),
    ],
)
def test_a_subject_is_refused_by_field(change: dict[str, object], why: str) -> None:
    with pytest.raises(CoordinationRefused, match=why):
        checked_subject(replace(SUBJECT, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "a", "a:", ":b", "a" * 241])
def test_a_key_names_list_and_entry(text: str) -> None:
    assert read_key(" list:with:colon ") == ("list", "with:colon")
    with pytest.raises(CoordinationRefused, match="entry"):
        read_key(text)


def test_texts_and_addresses_are_kept_or_refused() -> None:
    assert checked_text("text", "  a ") == "a"
    assert checked_text("text", "One.\r\nTwo.\rThree.") == "One.\nTwo.\nThree."
    assert shown_text("Granted.\rRefused.") == "Granted.\nRefused.", "nothing writes over a line"
    with pytest.raises(CoordinationRefused):
        checked_text("name", "Grigor\rVantsky", 200)
    with pytest.raises(CoordinationRefused, match="signs"):
        checked_text("text", "\ud800")
    assert checked_address("address", "") == ""
    assert checked_address("address", "https://court.example/1") == "https://court.example/1"
    for bad in ("javascript:alert(1)", "https://a b.example", "court"):
        with pytest.raises(CoordinationRefused, match="is no address"):
            checked_address("address", bad)


@pytest.mark.parametrize("sign", ["\u202e", "\u2067", "\x1b", "\x9b", "\n", "\u2028"])
def test_a_line_holds_no_sign_that_hides_or_turns_around_what_stands_beside_it(sign: str) -> None:
    with pytest.raises(CoordinationRefused, match="name: it holds signs"):
        checked_text("name", f"Grigor{sign}Vantsky", 200)


def test_a_long_text_has_lines_and_no_override() -> None:
    assert checked_text("text", "One.\nTwo \u2067three\u2069.") == "One.\nTwo \u2067three\u2069."
    with pytest.raises(CoordinationRefused, match="text: it holds signs"):
        checked_text("text", "One \u202eowt")


def test_answers_follow_each_other() -> None:
    check_answer(Answer.INVITED, Answer.ACCEPTED, "")
    check_answer(Answer.ACCEPTED, Answer.LEFT, "Over")
    with pytest.raises(CoordinationRefused, match="after left a party says nothing more"):
        check_answer(Answer.LEFT, Answer.ACCEPTED, "")
    with pytest.raises(CoordinationRefused, match="accepted, declined"):
        check_answer(Answer.INVITED, Answer.LEFT, "x")
    with pytest.raises(CoordinationRefused, match="reason"):
        check_answer(Answer.INVITED, Answer.DECLINED, " ")
    check_open(CoordinationStage.SENT)
    for stage in (CoordinationStage.WITHDRAWN, CoordinationStage.ENDED):
        with pytest.raises(ProposalClosed):
            check_open(stage)


def test_what_is_sealed_is_bound_to_its_row_and_kind() -> None:
    row = uuid4()
    content = written_sealed(row, "comment", {"text": "مكتوب"})
    assert read_sealed(content, row, "comment") == {"text": "مكتوب"}
    turned = written_sealed(row, "comment", {"text": "a\u202eb\nc", "of": ["\x00"], "n": 1})
    told = {"text": "a[U+202E]b\nc", "of": ["[U+0000]"], "n": 1}
    assert read_sealed(turned, row, "comment") == told
    long = written_sealed(row, "comment", {"text": "a" * 6001})
    assert read_sealed(long, row, "comment") == {"text": "a" * 6000 + "…"}
    for which, kind in ((uuid4(), "comment"), (row, "reason")):
        with pytest.raises(SealUnreadable, match="another"):
            read_sealed(content, which, kind)
    for broken in (b"no", b"[]", b"{}"):
        with pytest.raises(SealUnreadable, match="not what this platform"):
            read_sealed(broken, row, "comment")
    said = json.dumps({"row": str(row), "kind": "comment", "told": ["text"]}).encode()
    with pytest.raises(SealUnreadable, match="another"):
        read_sealed(said, row, "comment")


def _entry(*events: Event, reasons: str = "") -> Entry:
    return Entry("K", Kind.PERSON, (Name("Name"),), events=events, reasons=reasons)


LISTED = Event(EventKind.DESIGNATED, "2026-01-02")
GONE = Event(EventKind.DELISTED, "2026-05")
CHANGED = Event(EventKind.AMENDED, "2026-03-01")


@pytest.mark.parametrize(
    ("changed", "what", "acted"),
    [
        (Changed(ListChange.ADDED, "K", None, _entry(LISTED)), Change.DESIGNATED, "2026-01-02"),
        (Changed(ListChange.ADDED, "K", None, _entry()), Change.DESIGNATED, ""),
        (Changed(ListChange.REMOVED, "K", _entry(LISTED), None), Change.REMOVED, ""),
        (Changed(ListChange.AMENDED, "K", _entry(), _entry(CHANGED)), Change.AMENDED, "2026-03-01"),
        (Changed(ListChange.AMENDED, "K", _entry(), _entry(GONE)), Change.DELISTED, "2026-05"),
        (Changed(ListChange.AMENDED, "K", None, None), Change.AMENDED, ""),
        (
            Changed(ListChange.AMENDED, "K", _entry(GONE), _entry(GONE, reasons="x")),
            Change.AMENDED,
            "",
        ),
    ],
)
def test_only_what_a_list_says_is_called_delisted(
    changed: Changed, what: Change, acted: str
) -> None:
    if changed.before is changed.after:
        with pytest.raises(AttributeError):
            tracked("list", changed, version=2, seen=date(2026, 6, 1))
        return
    told = tracked("list", changed, version=2, seen=date(2026, 6, 1))
    assert (told.change, told.acted, told.silent) == (what, acted, what is Change.REMOVED)
    named = tracked("list", changed, version=2, seen=date(2026, 6, 1), by_name=True)
    lines = {Change.DESIGNATED: Change.NEW_LINE, Change.REMOVED: Change.LINE_GONE}
    assert (named.change, named.acted) == (lines.get(what, what), acted)
    assert named.silent is told.silent


CASE = CourtCase(("a", "b"), " T-1/26 ", "Court", Court.PENDING, date(2026, 1, 2), "Register")


def test_a_court_case_is_checked() -> None:
    assert checked_case(CASE, date(2026, 1, 2)).number == "T-1/26"
    with pytest.raises(CoordinationRefused, match="day: it is to come"):
        checked_case(CASE, date(2026, 1, 1))
    with pytest.raises(CoordinationRefused, match="source: it is empty"):
        checked_case(replace(CASE, source=""), date(2026, 2, 1))


@pytest.mark.parametrize("name", ["number", "court", "source"])
@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\u200b", "\n", "\x1b", "\u2028"])
def test_what_everybody_reads_of_a_case_holds_no_unseen_signs(name: str, sign: str) -> None:
    with pytest.raises(CoordinationRefused, match=rf"{name}: it holds the sign U\+{ord(sign):04X}"):
        checked_case(replace(CASE, **{name: f"T{sign}1"}), date(2026, 2, 1))  # type: ignore[arg-type]
    persian = "\u0645\u06cc\u200c\u0634\u0648\u062f"
    assert checked_case(replace(CASE, court=persian), date(2026, 2, 1)).court == persian


def test_an_address_of_a_case_is_not_turned_around() -> None:
    turned = replace(CASE, address="https://court.example/\u202efdp.exe")
    with pytest.raises(CoordinationRefused, match=r"address: it holds the sign U\+202E"):
        checked_case(turned, date(2026, 2, 1))


@pytest.mark.parametrize("number", ['=HYPERLINK("https://x.example")', " +1", "-1", "@SUM(1)"])
def test_the_number_of_a_case_is_no_formula(number: str) -> None:
    with pytest.raises(CoordinationRefused, match="number: it begins with"):
        checked_case(replace(CASE, number=number), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("days", "since"),
    [
        ((), EARLIEST),
        (("2024-02-15",), date(2024, 2, 15)),
        (("2025-01", "2024-05-06"), date(2024, 5, 6)),
        (("2025-01-20", "../2025-03-01"), EARLIEST),
        (("2025-01-20", ""), EARLIEST),
        (("0001-01-01",), EARLIEST),
    ],
)
def test_nothing_is_about_a_listing_before_its_first_day(
    days: tuple[str, ...], since: date
) -> None:
    forms = [
        Entry("K", Kind.PERSON, (), events=(Event(EventKind.DESIGNATED, each),)) for each in days
    ]
    assert listed_since(forms) == since
    check_listed_by("day", since, since)
    with pytest.raises(CoordinationRefused, match=f"day: .* lies before {since}"):
        check_listed_by("day", since - timedelta(days=1), since)


def test_a_petition_older_than_a_rule_is_reckoned_from_its_first_day() -> None:
    for rule in CLOCKS:
        assert clock_begins(rule, date(2025, 11, 20)) == date(2026, 1, 1)
        assert clock_begins(rule, date(2026, 11, 20)) == date(2026, 11, 20)


def test_a_decision_rests_on_evidence_looked_at_anew() -> None:
    both = {Part.REQUEST, Part.REVIEW, Part.EXCULPATORY}
    check_answerable(Asked.DELISTING, CoordinationReply.REFUSED, both)
    check_answerable(Asked.ACCESS_TO_FILE, CoordinationReply.GRANTED, {Part.REQUEST})
    check_answerable(Asked.DELISTING, CoordinationReply.NOT_COMPETENT, {Part.REQUEST})
    for missing, why in ((Part.REVIEW, "review:"), (Part.EXCULPATORY, "exculpatory:")):
        with pytest.raises(PetitionRefused, match=why):
            check_answerable(Asked.CORRECTION, CoordinationReply.GRANTED, both - {missing})
    check_pending(None)
    with pytest.raises(PetitionRefused, match="it was answered"):
        check_pending(date(2026, 1, 2))


def test_a_petitioner_is_checked() -> None:
    told = Petitioner("N", " ", ("a", "b"), "Why?")
    assert petitioner_data(checked_petitioner(told))["entry"] == "a:b"
    with pytest.raises(CoordinationRefused, match="asks: it is empty"):
        checked_petitioner(replace(told, asks=" "))


def test_a_law_outside_the_register_is_named_with_where_it_was_read() -> None:
    assert checked_law(OtherLaw(" Act 7 (invented) ", " Gazette ")) == OtherLaw(
        "Act 7 (invented)", "Gazette"
    )
    for law, why in ((OtherLaw(" ", "Gazette"), "law:"), (OtherLaw("Act 7", ""), "law_source:")):
        with pytest.raises(CoordinationRefused, match=f"^{why} it is empty"):
            checked_law(law)


def test_a_submission_is_named_by_whoever_keeps_dossiers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submissions, "_DESCRIBED", [])
    one, other = uuid4(), uuid4()
    assert submission_told(PUBLIC, one) is None
    told = SubmissionTold("Detention in Strelsau", "TLP:RED", "/desk/dossiers/1/")
    register_submissions(lambda _actor, _submission: None)
    register_submissions(lambda _actor, submission: told if submission == one else None)
    assert submission_told(PUBLIC, one) == told
    assert submission_told(PUBLIC, other) is None


def test_renewals_are_reckoned_by_their_clock_rules() -> None:
    held = {each.code: each for each in renewals()}
    marks = {code: each.status for code, each in held.items()}
    assert marks["us-eo-13818"] == "verified"  # its day, in a House Document at the publisher
    assert {marks["eu-2020-1999-framework"], marks["eu-2020-1999-listings"]} == {"secondary"}
    for each in held.values():
        assert each.source
        assert bool(each.read_in) == (each.status != "unverified"), each.code
    due = renewal_due(held["eu-2020-1999-framework"], NOW)
    assert (due.last, due.passed) == (date(2026, 12, 8), False)
    late = renewal_due(held["us-eo-13818"], NOW)
    assert (late.ends.year, late.passed) == (2025, True)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (('rule = "sanctions-eu-framework"\n', ""), "renewal 1: rule"),
        (('rule = "sanctions-eu-framework"', 'rule = "a"\nodd = 1'), "renewal 1: odd"),
        (('status = "secondary"', 'status = "sure"'), "renewal 1: status"),
        (("read_on = 2026-11-27\n", ""), "renewal 1: read_on, read_in: say when and where"),
        (("since = 2023-12-08", 'since = "2023"'), "renewal 1: since"),
        (('code = "us-eo-13818"', 'code = "eu-2020-1999-listings"'), "stands twice"),
    ],
)
def test_a_pack_with_a_mistake_is_refused_as_a_whole(change: tuple[str, str], why: str) -> None:
    text = PACK.read_text(encoding="utf-8").replace(*change)
    with pytest.raises(ValueError, match=why):
        read_renewals(text, where="pack")
