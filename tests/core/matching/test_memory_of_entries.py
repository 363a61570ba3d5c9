"""A cleared hit holds by way of entries that are one party, and no longer than they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.core.matching.factories import (
    XF,
    XZ,
    Office,
    answered_as_shown,
    in_file,
    judged,
    listed,
    make_office,
    person,
    screened,
    undone,
)
from tests.core.matching.test_matching_rules import now, ref, said
from undaunted.core.accounts.actions import acting_as
from undaunted.core.matching.queries import questions_for
from undaunted.core.matching.rules import Answered, Memory, Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.matching.models import MatchJudgement
    from undaunted.core.matching.rules import EntryKey

NAME = "Viktor Strovik"
ONE, OTHER, THIRD = (XF, "1"), (XZ, "9"), (XZ, "8")
SAME, DIFFERENT = Verdict.SAME, Verdict.DIFFERENT


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [person("1", NAME, born="1961-03-04")])
    listed(held, XZ, tmp_path, [person(key, NAME, born="1961-03-04") for key in "98"])
    in_file(held, "Виктор Стровик", born="1961")
    screened(held)
    return held


def asked(office: Office) -> set[str]:
    """Screen again, and give the entries that are asked about."""
    screened(office)
    with acting_as(office.writer) as actor:
        return set(questions_for(actor).values_list("entry", flat=True))


def cleared(office: Office, key: EntryKey) -> None:
    with acting_as(office.writer) as actor:
        held = questions_for(actor).get(entry=":".join(key))
        answered_as_shown(actor, held, DIFFERENT, "Another mother.")


def one_party(office: Office, left: EntryKey, right: EntryKey) -> MatchJudgement:
    return judged(office.writer, left, right, SAME, second=office.reviewer)


def names(*keys: EntryKey) -> set[str]:
    return {":".join(key) for key in keys}


@pytest.mark.usefixtures("ledger")
def test_hit_cleared_by_way_of_another_entry_is_asked_once_they_are_two_again(
    office: Office,
) -> None:
    cleared(office, ONE)
    made = one_party(office, ONE, OTHER)
    assert asked(office) == names(THIRD)
    undone(office.writer, made, "Two brothers.")
    assert asked(office) == names(OTHER, THIRD)
    one_party(office, ONE, OTHER)
    assert asked(office) == names(THIRD), "and holds again where they are one again"


@pytest.mark.usefixtures("ledger")
def test_chain_of_one_party_holds_as_far_as_it_goes(office: Office) -> None:
    cleared(office, ONE)
    one_party(office, ONE, OTHER)
    last = one_party(office, OTHER, THIRD)
    assert asked(office) == set()
    judged(office.writer, OTHER, THIRD, DIFFERENT, second=office.reviewer)
    assert asked(office) == names(THIRD)
    assert last.verdict == SAME


@pytest.mark.usefixtures("ledger")
def test_party_that_contradicts_itself_holds_nobody_cleared(office: Office) -> None:
    cleared(office, ONE)
    one_party(office, ONE, OTHER)
    one_party(office, OTHER, THIRD)
    judged(office.writer, ONE, THIRD, DIFFERENT, second=office.reviewer)
    assert asked(office) == names(OTHER, THIRD)


@pytest.mark.usefixtures("ledger")
def test_clearing_outlives_the_entry_on_which_it_was_said(office: Office, tmp_path: Path) -> None:
    cleared(office, ONE)
    one_party(office, ONE, OTHER)
    listed(office, XF, tmp_path, [person("2", "Anna Maria Fellner")])
    assert asked(office) == names(THIRD)
    listed(office, XF, tmp_path, [person("1", NAME, born="1961-03-04")])
    assert asked(office) == names(THIRD), "also when that entry comes back"


def answered(entry: str, verdict: Verdict) -> Answered:
    return Answered(ref(entry), verdict, "s", "v1")


def test_entries_of_one_party_answered_differently_settle_no_third() -> None:
    memory = Memory([said(1, "a", "b"), said(2, "b", "c")], now("a", "b", "c"))
    several = [answered("a", DIFFERENT), answered("b", SAME)]
    assert memory.answer_to(ref("c"), "s", several) is None
    own = [*several, answered("c", SAME)]
    held = memory.answer_to(ref("c"), "s", own)
    assert held is not None
    assert held.verdict is SAME, "what was said of the entry itself comes first"
