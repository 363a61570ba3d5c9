"""Who stood above whom, which facts are met, what is missing, and whom a text names."""

# ruff: noqa: RUF001 - names in several scripts

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.standards.rules import Value
from undaunted.repression.dossiers.rules import (
    MEMBERS,
    UNRELIABLE,
    Accused,
    CommandQuestion,
    Deed,
    DetailKind,
    DossierRefused,
    DossierReply,
    Found,
    HeldPost,
    Linked,
    Rest,
    Span,
    Statement,
    SubmissionRefused,
    Weighed,
    audience_for,
    check_birth,
    check_nationality,
    check_post,
    command_questions,
    facts_about,
    fields_naming,
    linked_acts,
    missing_of,
    names_in,
    office_of,
    tombstone_of,
    unsettled_of,
)

DAY = date(2024, 3, 5)
ACT = Span(DAY, DAY, DAY, DAY)
YEARS = Span(date(2023, 1, 1), date(2023, 1, 1))
WARDEN = HeldPost("w", "warden", "Warden", "Governor", YEARS)
GOVERNOR = HeldPost("g", "governor", "governor ", "Minister", YEARS)
MINISTER = HeldPost("m", "minister", "Minister", "", YEARS)
DONE = Deed("a", "warden", "committed", ACT)
GOOD, BAD = Rest("1", "s1", reliable=True), Rest("2", "s2", reliable=False)


def test_whoever_stood_above_is_a_question_with_its_steps() -> None:
    assert command_questions([WARDEN, GOVERNOR, MINISTER], [DONE]) == (
        CommandQuestion("a", "warden", "governor", ("w", "g"), certain=True),
        CommandQuestion("a", "warden", "minister", ("w", "g", "m"), certain=True),
    )


def test_a_link_answers_the_question_and_a_mode_without_a_deed_raises_none() -> None:
    answered = Deed("a", "governor", "command", ACT)
    found = command_questions([WARDEN, GOVERNOR, MINISTER], [DONE, answered])
    assert [each.superior for each in found] == ["minister"]
    assert command_questions([WARDEN, GOVERNOR], [replace(DONE, mode="benefited")]) == ()


@pytest.mark.parametrize(
    ("span", "certain"),
    [
        (Span(date(2024, 3, 6), date(2024, 3, 6)), None),
        (Span(date(2020, 1, 1), date(2020, 1, 1), date(2023, 1, 1), date(2023, 12, 31)), None),
        (Span(date(2024, 1, 1), date(2024, 12, 31)), False),
        (Span(None, None), False),
        (Span(date(2020, 1, 1), date(2020, 1, 1), date(2024, 1, 1), date(2024, 12, 31)), False),
        (YEARS, True),
    ],
)
def test_periods_decide_whether_it_is_asked_and_how_surely(
    span: Span, *, certain: bool | None
) -> None:
    found = command_questions([WARDEN, replace(GOVERNOR, span=span)], [DONE])
    assert [each.certain for each in found] == ([] if certain is None else [certain])


def test_a_surer_way_takes_the_place_of_one_less_sure() -> None:
    vague = replace(WARDEN, key="v", span=Span(date(2024, 1, 1), date(2024, 12, 31)))
    for posts in ([vague, WARDEN, GOVERNOR], [WARDEN, vague, GOVERNOR]):
        (one,) = command_questions(posts, [DONE])
        assert one.certain
    (one,) = command_questions([vague, replace(vague, key="u"), GOVERNOR], [DONE])
    assert not one.certain


def test_offices_that_answer_to_each_other_or_to_nobody_come_to_an_end() -> None:
    round_about = replace(GOVERNOR, above="warden")
    assert len(command_questions([WARDEN, round_about], [DONE])) == 1
    own = replace(GOVERNOR, perpetrator="warden")
    assert [each.superior for each in command_questions([WARDEN, own, MINISTER], [DONE])] == [
        "minister"
    ]
    assert command_questions([GOVERNOR], [DONE]) == ()
    long = [
        HeldPost(str(n), "warden" if n == 0 else f"p{n}", str(n), str(n + 1), YEARS)
        for n in range(20)
    ]
    assert len(command_questions(long, [DONE])) == 11
    assert office_of("  Head of\nGuard ") == "head of guard"


def test_a_period_without_a_start_meets_no_day_for_certain() -> None:
    assert YEARS.meets(Span(None, None)) is None
    assert Span(DAY, DAY, None, None).meets(Span(DAY, DAY, None, None)) is True
    assert Span(None, DAY, DAY, DAY).meets(Span(DAY, DAY, DAY, DAY)) is True


def test_a_fact_is_met_by_reliable_evidence_alone() -> None:
    links = (Linked("a", "p", "ordered", "Signed.", (GOOD,)),)
    found = (
        Found("detention", "a", Value.MET, "No judge.", (GOOD,)),
        Found("torture", "a", Value.MET, "Said so.", (BAD,)),
        Found("official", "", Value.NOT_MET, "No office.", (), "p"),
        Found("official", "", Value.MET, "Office.", (GOOD,), "q"),
        Found("killing", "b", Value.MET, "Another act.", (GOOD,)),
        Found("widespread", "", Value.UNCLEAR, "", ()),
    )
    facts = facts_about("p", found, links, acts={"a", "b"})
    assert {name: each.value for name, each in facts.items()} == {
        "detention": Value.MET,
        "official": Value.NOT_MET,
        "ordered": Value.MET,
        "torture": Value.UNCLEAR,
        "widespread": Value.UNCLEAR,
    }
    assert facts["torture"].reasons == ("Said so.", UNRELIABLE)
    assert facts["widespread"].reasons == ()
    assert facts["detention"].sources == ("s1",)
    assert linked_acts("p", links, {"a"}) == {"a"}


def test_an_act_that_may_not_be_told_is_no_fact_for_that_reader() -> None:
    links = (Linked("a", "p", "ordered", "Signed.", (GOOD,)),)
    found = (Found("detention", "a", Value.MET, "No judge.", (GOOD,)),)
    assert facts_about("p", found, links, acts=()) == {}


TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1971-04", ""),
        ("1960/..", ""),
        ("../1950", ""),
        ("2026", ""),
        ("2026-11-28", "ahead of today"),
        ("1990/2090", "ahead of today"),
        ("2090/..", "ahead of today"),
        ("1899-12-31", "before 1900"),
        ("0001/1990", "before 1900"),
        ("../1890", "before 1900"),
    ],
)
def test_a_birth_is_neither_ahead_nor_of_another_century(text: str, why: str) -> None:
    born = PartialDate.parse(text)
    if not why:
        check_birth(born, TODAY)
        return
    with pytest.raises(DossierRefused, match=f"^text: .*{why}"):
        check_birth(born, TODAY)


def test_a_nationality_is_a_state_and_a_post_is_below_another_once_it_began() -> None:
    for state in ("XR", "xr", "France", "SUHH"):
        check_nationality(state)
    with pytest.raises(DossierRefused, match=r"^text: 'QQ' is no state"):
        check_nationality("QQ")
    check_post("Guard", "Warden", None, TODAY)
    check_post("Guard", "", PartialDate.parse("2026-11-27"), TODAY)
    with pytest.raises(DossierRefused, match=r"^above: a post does not answer to itself"):
        check_post("Head of  Guard", "head of guard", None, TODAY)
    with pytest.raises(DossierRefused, match=r"^start: 2026-11-28 is ahead"):
        check_post("Guard", "", PartialDate.parse("2026-11-28"), TODAY)


WHOLE = Accused(
    "R. Hentzau",
    frozenset({DetailKind.NAME}),
    1,
    DossierReply.SOUGHT,
    lists_searched=True,
    statements=(
        Statement(Weighed.SEARCHED, confirmed=True),
        Statement(Weighed.FOUND, confirmed=True),
    ),
    links=1,
)


def test_what_speaks_for_the_person_is_not_optional() -> None:
    assert missing_of([WHOLE]) == ()
    bare = Accused(
        "X", frozenset(), 0, DossierReply.OPEN, lists_searched=False, statements=(), links=0
    )
    told = missing_of([bare])
    assert len(told) == 7
    assert all(each.startswith("X: ") for each in told)
    waiting = replace(
        WHOLE,
        reply=DossierReply.RECEIVED,
        statements=tuple(
            Statement(kind, confirmed=False)
            for kind in (Weighed.SEARCHED, Weighed.NOTHING_FOUND, Weighed.ACCOUNT)
        ),
    )
    (waits,) = missing_of([waiting])
    assert "waits for a second person" in waits
    received = replace(WHOLE, reply=DossierReply.RECEIVED)
    assert missing_of([received]) == (
        "R. Hentzau: exculpatory material: record the account that was received",
    )
    again = replace(WHOLE, unsearched=("First list", "Second list"))
    (anew,) = missing_of([again])
    assert anew.startswith("R. Hentzau: identification: search the lists again")
    assert anew.endswith("First list;\N{NO-BREAK SPACE}Second list")
    other = replace(again, label="A. Rupert")
    assert missing_of([again, other])[1].endswith("search the same lists again")
    never = replace(other, lists_searched=False)
    assert missing_of([never, again]) == (*missing_of([never]), anew), "theirs names no list"
    assert missing_of([again, never]) == (anew, *missing_of([never]))
    with_paper = replace(WHOLE, posts=0, details=frozenset({DetailKind.NAME, DetailKind.PAPER}))
    assert missing_of([with_paper]) == ()


@pytest.mark.parametrize("kind", list(Weighed))
def test_a_statement_that_waits_beside_confirmed_ones_is_never_passed_over(kind: Weighed) -> None:
    silent = (
        Statement(Weighed.SEARCHED, confirmed=True),
        Statement(Weighed.NOTHING_FOUND, confirmed=True),
    )
    assert missing_of([replace(WHOLE, statements=silent)]) == ()
    more = (*silent, Statement(kind, confirmed=False))
    assert "waits for a second person" in missing_of([replace(WHOLE, statements=more)])[0]


def test_nothing_found_does_not_stand_beside_something_found() -> None:
    both = (*WHOLE.statements, Statement(Weighed.NOTHING_FOUND, confirmed=True))
    told = missing_of([replace(WHOLE, statements=both)])
    assert told == unsettled_of(WHOLE.label, both)
    assert len(told) == 1
    assert "withdraw the one that is wrong" in told[0]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Korsak was taken", True),
        ("taken: olena   KORSAK.", True),
        ("Korsakov was there", False),
        ("Korsak, Olena", True),
        ("Олену взяли; Корсак", True),
        ("Person 1", False),
        ("", False),
    ],
)
def test_a_text_that_names_a_victim_is_found(text: str, *, named: bool) -> None:
    assert names_in(text, ("Олена Корсак", "Olena Korsak", "Korsak", "Li")) is named


LONG = "The guard struck the prisoner in the cell again and again. " * 30


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}Varga, Ana was there",
        f"{LONG}Ана Варга",
        "The guard struck Ана Варга",
        "Ану Варгу",
        "Anos Vargos",
        "A. Varga fell",
        "Varga A. fell",
        "V. Ana fell",
        "VargaAna",
        "anavarga@example.org",
        "Ana\u00adVarga",
        "https://example.org/%D0%90%D0%BD%D0%B0-%D0%92%D0%B0%D1%80%D0%B3%D0%B0",
        "Varga’s sister Ana",
    ],
)
def test_a_victim_is_found_to_the_end_of_a_text_in_any_order_script_and_ending(text: str) -> None:
    assert names_in(text, ("Ana Varga",))


@pytest.mark.parametrize(
    ("text", "name", "named"),
    [
        ("警察殴打王小明致伤", "王小明", True),
        ("김철수는 체포되었다", "김철수", True),
        ("ตำรวจทำร้ายสมชายใจดี", "สมชาย ใจดี", True),
        ("واعتقلت الشرطة ورامي الحسن", "رامي الحسن", True),
        ("王", "王", True),
        ("Li Wei fell", "Li Wei", True),
        ("Said Omar", "Omar Sa'id", True),
        ("O'Brien, Sean", "Sean O'Brien", True),
        ("Ali Ali", "Ali Ali", True),
        ("Ali", "Ali Ali", False),
        ("Ali Hassan", "Abu Ali bin Hassan", True),
        ("in Abu Dhabi; bin Laden", "Abu Ali bin Hassan", False),
        ("Корсак был там", "Korsak", True),
        ("the beating of Varga by guards", "Ana Varga", False),
        ("a Varga supporter", "Ana Varga", False),
        ("the guard and Varga", "Ana Varga", False),
        ("Олена Петрова приказала", "Олена Корсак", False),
        ("Petrov A. and Boris", "Ana Varga", False),
        ("Varga", "—", False),
    ],
)
def test_names_of_every_kind_are_found_and_namesakes_in_part_are_not(
    text: str, name: str, *, named: bool
) -> None:
    assert names_in(text, (name,)) is named


def test_short_names_are_found_whole_words_only_and_fields_are_told() -> None:
    assert not names_in("Likely", ("Li",))
    told = fields_naming({"summary": "Olena Korsak", "title": "A file"}, ("Olena Korsak",))
    assert told == ("summary",)


def test_each_government_is_asked_for_apart_and_tombstones_count() -> None:
    assert str(audience_for("gb")) == "government:GB"
    assert str(audience_for("EU")) == "body:EU"
    assert len(MEMBERS) == 27
    assert (tombstone_of("3"), tombstone_of("3.1")) == ("3.1", "3.2")
    refusal = SubmissionRefused(("one", "two"))
    assert isinstance(refusal, DossierRefused)
    assert (refusal.field, refusal.problems) == ("submission", ["one", "two"])
