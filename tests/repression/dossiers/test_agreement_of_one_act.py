"""Agreement is said to be missing for facts of the act that the answer rests on, no other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from undaunted.core.standards.rules import Value
from undaunted.repression.dossiers.analysis import LawLine, Told, law_line
from undaunted.repression.dossiers.rules import (
    HEALTH_FACTS,
    Found,
    Linked,
    Rest,
    facts_about,
    facts_by_act,
)
from undaunted.repression.sanctions.rules import Fit, authority_for

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY = date(2026, 11, 27)
GOOD = (Rest("1", "s1", reliable=True),)
NUMBERS = {"a": 1, "b": 2}
LINKS = (
    Linked("a", "p", "ordered", "Signed.", GOOD),
    Linked("b", "p", "committed", "Seen.", GOOD),
)
LAW = "us-glomag-2016"


def met(fact: str, act: str = "", person: str = "") -> Found:
    return Found(fact, act, Value.MET, "Shown.", GOOD, person)


def told_of(found: Iterable[Found], acts: Iterable[str]) -> Told:
    told, kept = tuple(found), frozenset(acts)
    by_act = facts_by_act("p", told, LINKS, acts=kept)
    return Told(
        {NUMBERS[act]: facts for act, facts in by_act.items()},
        facts_about("p", told, LINKS, acts=kept),
        facts_about("p", told, LINKS, acts=()),
    )


def asked(found: Iterable[Found], *, acts: str, quiet: str = "", law: str = LAW) -> LawLine:
    """Ask a law where the acts may be told, those in `quiet` without what tells of health."""
    everything = tuple(found)
    told = [each for each in everything if each.act not in quiet or each.fact not in HEALTH_FACTS]
    return law_line(
        authority_for(law), told_of(told, acts), told_of(everything, "ab"), left_out=0, on=DAY
    )


PERSON = (met("official", person="p"), met("gross_systematic"), met("widespread"))


def test_a_fact_of_another_act_hides_none_of_the_act_that_nobody_agreed_to() -> None:
    found = [met("torture", "a"), met("defender", "a"), met("torture", "b"), *PERSON]
    line = asked(found, acts="b")
    assert (line.told.act, line.whole.act, line.whole.fit) == (2, 1, Fit.FITS)
    assert {"torture", "defender"} <= set(line.unagreed)
    assert "official" not in line.unagreed


def test_agreement_is_not_missing_for_what_may_be_told_of_that_act() -> None:
    found = [met("torture", "a"), met("defender", "a"), met("killing", "b"), *PERSON]
    line = asked(found, acts="ab", quiet="a")
    assert (line.told.fit, line.whole.act, line.whole.fit) == (Fit.PARTIAL, 1, Fit.FITS)
    assert line.unagreed == ("torture",)
    assert [each.code for each, kept in line.elements if kept] == ["conduct"]
    assert [each.unagreed for each in line.lacking] == [("torture",)]
