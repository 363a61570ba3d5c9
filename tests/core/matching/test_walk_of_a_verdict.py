"""Judge, confirm, undo, with another version of a list between any two steps, by every door."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.core.accounts.factories import signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.core.matching.doors import DESK, DOORS, PAIR, Api, Door
from tests.core.matching.factories import (
    AT,
    XF,
    XZ,
    Office,
    confirmed,
    in_file,
    judged,
    listed,
    make_office,
    person,
    resolved,
    screened,
    seen_on,
    shown,
    shown_together,
)
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.matching.actions import MatchingRefused, confirm_batch, judge_entries_together
from undaunted.core.matching.commands import commands
from undaunted.core.matching.models import MatchJudgement
from undaunted.core.matching.queries import queue_of, standing_of, together_for
from undaunted.core.matching.rules import Verdict

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")

VIKTOR = person("1", "Viktor Strovik", "V. Strovik", born="1961-03-04", positions=["Judge", "Aide"])
REPEATED = {**VIKTOR, "names": VIKTOR["names"][::-1], "positions": ["Aide", "Judge"]}
SAMANTHA = person("1", "Samantha Strovik", born="1999-01-02", gender="female")
REMARKED = {**SAMANTHA, "remarks": "Sister of the judge."}
WIKTOR = person("Z/9", "Wiktor Strowik", "Виктор Стровик", born="1961-03-04")
OLGA = person("2", "Olga Vernik", born="1970-07-07")
LOOK_AGAIN = "either side changed since you looked; look again"
JUDGE_AGAIN = "look at both and judge the pair again"
EVERY_DOOR = pytest.mark.parametrize("door", DOORS, ids=lambda door: type(door).__name__)


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [VIKTOR, OLGA])
    listed(held, XZ, tmp_path, [WIKTOR])
    resolved(held.writer)
    return held


def _standing() -> MatchJudgement:
    return MatchJudgement.objects.get(undone_at__isnull=True)


@EVERY_DOOR
def test_each_step_is_refused_once_a_version_came_since_it_was_looked_at(
    office: Office, tmp_path: Path, door: Door
) -> None:
    first, second = office.writer, office.reviewer
    seen = door.looks(first)
    listed(office, XF, tmp_path, [SAMANTHA, OLGA])
    assert LOOK_AGAIN in door.judges(first, seen)
    assert not door.judges(first, door.looks(first))
    made = _standing()
    seen = door.looks(second)
    listed(office, XF, tmp_path, [REMARKED, OLGA])
    assert LOOK_AGAIN in door.confirms(second, made.pk, seen)
    assert JUDGE_AGAIN in door.confirms(second, made.pk, door.looks(second))
    assert _standing().confirmed_at is None
    assert not door.judges(first, door.looks(first)), "it is judged again"
    again = _standing()
    assert again.pk != made.pk
    assert not door.confirms(second, again.pk, door.looks(second))
    assert _standing().confirmed_at is not None
    seen = door.looks(first)
    listed(office, XF, tmp_path, [SAMANTHA, OLGA])
    assert LOOK_AGAIN in door.undoes(first, again.pk, seen)
    assert _standing().pk == again.pk
    assert not door.undoes(first, again.pk, door.looks(first)), "whatever it says by now"
    assert not MatchJudgement.objects.filter(undone_at__isnull=True).exists()


@EVERY_DOOR
def test_each_step_that_names_nothing_is_refused(office: Office, door: Door) -> None:
    made = judged(office.writer, (XF, "1"), (XZ, "Z/9"), Verdict.SAME)
    for told in (
        door.judges(office.reviewer, ""),
        door.confirms(office.reviewer, made.pk, ""),
        door.undoes(office.writer, made.pk, ""),
    ):
        assert "look" in told
    assert (_standing().pk, _standing().confirmed_at) == (made.pk, None)


@EVERY_DOOR
def test_version_that_repeats_the_same_facts_stops_no_step(
    office: Office, tmp_path: Path, door: Door
) -> None:
    seen = door.looks(office.writer)
    versions = iter((REPEATED, VIKTOR, REPEATED))

    def repeated() -> None:
        listed(office, XF, tmp_path, [OLGA, next(versions)])

    repeated()
    assert not door.judges(office.writer, seen)
    repeated()
    assert not door.confirms(office.reviewer, _standing().pk, seen)
    assert standing_of(PUBLIC).party_of[XZ, "Z/9"] == f"{XF}:1"
    repeated()
    assert not door.undoes(office.writer, _standing().pk, seen)


def test_nobody_is_asked_again_by_a_version_that_repeats_the_same_facts(
    office: Office, tmp_path: Path
) -> None:
    in_file(office, "Viktor Strovik", born="1961")
    assert screened(office).new == 2
    judged(office.writer, (XF, "1"), (XZ, "Z/9"), Verdict.SAME, second=office.reviewer)
    client = signed_in_client(office.writer)
    for key in (f"{XF}:1", f"{XZ}:Z/9"):
        told = run_at_terminal(commands, "screen", person=office.writer)
        (line,) = (each for each in told.splitlines() if key in each)
        address = f"{DESK}files/{line.split()[1]}/"
        sent = {"verdict": "different", "why": "No.", "seen": seen_on(client, address)}
        assert client.post(address, sent).status_code == 302
    listed(office, XF, tmp_path, [OLGA, {**REPEATED, "remarks": "Amended."}])
    resolved(office.writer)
    done = screened(office)
    assert (done.new, done.again, done.remembered) == (0, 0, 2)
    assert not queue_of(PUBLIC).pairs


def test_entry_that_left_its_list_since_the_verdict_is_judged_again(
    office: Office, tmp_path: Path
) -> None:
    made = judged(office.writer, (XF, "1"), (XZ, "Z/9"), Verdict.SAME)
    listed(office, XF, tmp_path, [OLGA])
    with pytest.raises(MatchingRefused, match=JUDGE_AGAIN):
        confirmed(office.reviewer, made)
    page = signed_in_client(office.reviewer).get(PAIR).content.decode()
    assert "An entry changed since it was judged: judge the pair again." in page
    assert "/confirm/" not in page
    listed(office, XF, tmp_path, [VIKTOR, OLGA])
    assert confirmed(office.reviewer, made).confirmed_at == AT


@pytest.mark.parametrize("more", [{"remarks": "Has a twin."}, {"gender": "male"}])
def test_verdict_on_what_changed_since_is_new_and_confirms_nothing(
    office: Office, tmp_path: Path, more: dict[str, Any]
) -> None:
    first = judged(office.writer, (XF, "1"), (XZ, "Z/9"), Verdict.SAME)
    listed(office, XF, tmp_path, [{**VIKTOR, **more}, OLGA])
    later = judged(office.reviewer, (XF, "1"), (XZ, "Z/9"), Verdict.SAME)
    assert later.pk != first.pk
    assert later.confirmed_at is None


def test_verdict_of_before_this_was_kept_is_confirmed_while_both_are_who_they_were(
    office: Office, tmp_path: Path, owner_sql: Any
) -> None:
    made = judged(office.writer, (XF, "1"), (XZ, "Z/9"), Verdict.SAME)
    owner_sql("UPDATE published_match_judgement SET shown = ''")
    listed(office, XF, tmp_path, [{**VIKTOR, "gender": "male"}, OLGA])
    with pytest.raises(MatchingRefused, match=JUDGE_AGAIN):
        confirmed(office.reviewer, made)
    listed(office, XF, tmp_path, [{**VIKTOR, "remarks": "Amended."}, OLGA])
    assert confirmed(office.reviewer, made).confirmed_at == AT


def test_of_one_act_what_changed_waits_and_the_rest_is_confirmed(
    office: Office, tmp_path: Path
) -> None:
    listed(office, XZ, tmp_path, [WIKTOR, person("Z/2", "Olga Vernik", born="1970-07-07")])
    resolved(office.writer)
    pairs = (((XF, "1"), (XZ, "Z/9")), ((XF, "2"), (XZ, "Z/2")))
    with acting_as(office.writer) as actor:
        batch = judge_entries_together(
            pairs, verdict=Verdict.SAME, why="All.", seen=shown(*pairs), actor=actor, at=AT
        )
    second, here = signed_in_client(office.reviewer), f"{DESK}log/together/{batch}/confirm/"
    before = seen_on(second, here)
    listed(office, XF, tmp_path, [{**VIKTOR, "remarks": "Amended."}, OLGA])
    assert second.post(here, {"seen": before}).status_code == 409
    page = second.get(here).content.decode()
    assert "Changed since they were judged: judge each pair again" in page
    answer = second.post(here, {"seen": seen_on(second, here)})
    assert answer.headers["Location"] == here, "what is left is shown"
    rows = dict(MatchJudgement.objects.values_list("left", "confirmed_at"))
    assert [rows[f"{XF}:1"], rows[f"{XF}:2"] is not None] == [None, True]
    with acting_as(office.reviewer) as actor:
        act = together_for(actor, batch)
        assert act is not None
        assert [len(act.pairs), len(act.changed), len(act.settled)] == [0, 1, 1]
        with pytest.raises(MatchingRefused, match=JUDGE_AGAIN):
            confirm_batch(batch, seen=act.seen, actor=actor, at=AT)
    assert "Confirm all accepted with it" not in second.get(here).content.decode()
    listed(office, XF, tmp_path, [VIKTOR, OLGA])
    undo = f"{DESK}log/together/{batch}/undo/"
    first = signed_in_client(office.writer)
    stale = shown_together(office.writer, batch)
    listed(office, XF, tmp_path, [SAMANTHA, OLGA])
    assert first.post(undo, {"seen": stale}).status_code == 409
    assert first.post(undo, {"seen": seen_on(first, undo)}).status_code == 302


def test_programs_read_an_act_before_they_confirm_or_undo_it(office: Office) -> None:
    pairs = (((XF, "1"), (XZ, "Z/9")),)
    with acting_as(office.writer) as actor:
        batch = judge_entries_together(
            pairs, verdict=Verdict.SAME, why="All.", seen=shown(*pairs), actor=actor, at=AT
        )
    door, act = Api(), f"together/{batch}"
    told = door.got(office.reviewer, act)
    assert ([each["left"] for each in told["pairs"]], told["why"]) == ([f"{XF}:1"], "All.")
    for step in ("confirm", "undo"):
        assert "`seen` of the pair" in door.posted(office.reviewer, f"{act}/{step}")
    assert "`seen` of the pair" in door.posted(office.reviewer, f"{act}/confirm", bare=True)
    assert not door.posted(office.reviewer, f"{act}/confirm", seen=told["seen"])
    assert [len(door.got(office.writer, act)[name]) for name in ("pairs", "settled")] == [0, 1]
    assert not door.posted(office.writer, f"{act}/undo", seen=told["seen"])
    assert door.got(office.writer, act, 404)["status"] == 404


def test_programs_read_both_sides_with_what_names_them(office: Office, tmp_path: Path) -> None:
    listed(office, XF, tmp_path, [OLGA])
    told = Api().got(office.writer, f"pair?left={XF}:1&right={XZ}:Z/9")
    left, right = told["sides"]
    assert (left["gone"], right["gone"], told["standing"]) == (True, False, None)
    assert left["says"]["positions"] == ["Aide", "Judge"]
    assert right["says"]["births"] == ["1961-03-04"]
    assert told["seen"] == shown(((XF, "1"), (XZ, "Z/9")))
    schema = Client().get("/api/v1/openapi.json").json()["components"]["schemas"]
    for name in ("VerdictIn", "MatchAnswerIn", "MatchUndoIn", "PairSeenIn"):
        assert "seen" in schema[name]["required"]


def test_terminal_shows_both_sides_and_does_nothing_without_their_mark(
    office: Office, tmp_path: Path
) -> None:
    listed(office, XF, tmp_path, [{**VIKTOR, "remarks": "Of Hest.\u202e"}, OLGA])

    def ended(*words: object) -> str:
        return run_at_terminal(commands, *words, person=office.writer, status=2)

    pair = ("judge", f"{XF}:1", f"{XZ}:Z/9", "same", "--why", "Looked.")
    told = ended(*pair)
    for said in ("Strovik", "Judge", "Of Hest.\\u202e", "Виктор Стровик", "1961-03-04"):
        assert said in told
    assert "nothing was done" in told
    assert not MatchJudgement.objects.exists()
    made = judged(office.writer, (XF, "1"), (XZ, "Z/9"), Verdict.SAME)
    assert "one person judged it" in ended("confirm", made.pk)
    listed(office, XF, tmp_path, [VIKTOR, OLGA])
    assert "judge the pair again" in ended("undo", made.pk)
    in_file(office, "Viktor Strovik", born="1961")
    screened(office)
    waiting = run_at_terminal(commands, "screen", person=office.writer).splitlines()
    asked = next(each.split()[1] for each in waiting if f"{XF}:1" in each)
    told = ended("answer", asked, "different", "--why", "No.")
    assert "in the file" in told
    assert "Judge" in told, "a post, of which no name is compared"
    assert "nothing was done" in told


def test_reasons_of_before_stay_with_their_organisation(office: Office, owner_sql: Any) -> None:
    """Migration 0012 moves each out of the rows that every organisation reads."""
    move = import_module("undaunted.core.matching.migrations.0012_seen_and_reasons").MOVE
    judged(office.writer, (XF, "1"), (XZ, "Z/9"), Verdict.SAME, "Told by a witness.")
    judged(office.writer, (XF, "2"), (XZ, "Z/9"), Verdict.UNSURE, "")
    owner_sql(
        "ALTER TABLE matching_hand ADD COLUMN why text NOT NULL DEFAULT '';"
        " UPDATE matching_hand h SET why = r.text, reasoned = false"
        " FROM matching_reason r WHERE r.hand = h.id;"
        f" DELETE FROM matching_reason; {move}; ALTER TABLE matching_hand DROP COLUMN why"
    )
    kept = owner_sql("SELECT r.text, r.sharing, r.holder = h.holder FROM matching_reason r"
                     " JOIN matching_hand h ON h.id = r.hand")  # fmt: skip
    assert kept == [("Told by a witness.", "organisation", True)]
    assert owner_sql("SELECT reasoned FROM matching_hand ORDER BY 1") == [(False,), (True,)]
