"""A file tested under one law: element by element met, partial or missing, and what would meet it.

The law is the version of the day. What is tested is a set of findings about facts, not a person:
there is no number, and no sum of elements. A decision stays with whoever the law names for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.core.standards.rules import FindingsStrange, PackUnknown, Value, evaluate, pack
from undaunted.repression.sanctions.rules.facts import FactKind, facts
from undaunted.repression.sanctions.rules.ways import ways_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from undaunted.core.standards.rules import Category, Finding, Outcome, Pack
    from undaunted.repression.sanctions.rules.authorities import Authority

__all__ = ["ElementState", "ElementTest", "Fit", "RegimeTest", "tested", "tested_under"]


class ElementState(StrEnum):
    """Where one element of a law stands."""

    MET = "met"
    PARTIAL = "partial"
    MISSING = "missing"


class Fit(StrEnum):
    """What the elements say together; never how much of them."""

    FITS = "fits"
    PARTIAL = "partial"
    MISSING = "missing"
    NOT_IN_FORCE = "not_in_force"
    NO_TEST = "no_test"


@dataclass(frozen=True, slots=True)
class ElementTest:
    """One element of a law under the findings of a file.

    Attributes:
        shown: facts that are met and count towards it, in the order of the law.
        begun: facts that were looked into with a reason or a source, and are not decided.
        wants: what would meet it: each entry is one way, the facts that lack together.
        nearest: those of `wants` that build on what is shown or begun; all where none does.
        ruled_out: it was found not to be so; nothing that lacks would change that.
    """

    code: str
    title: str
    state: ElementState
    shown: tuple[str, ...]
    begun: tuple[str, ...]
    wants: tuple[tuple[str, ...], ...]
    nearest: tuple[tuple[str, ...], ...] = ()
    ruled_out: bool = False


@dataclass(frozen=True, slots=True)
class RegimeTest:
    """One file under one law on one day.

    Attributes:
        law: the version of the rule pack; None where there is no test, or no law on that day.
        outside: conduct that is shown and that this law does not name.
        why: where there is no test, why.
        act: number of the act that it is about, where a file holds several; 0: of a file whole.
        scattered: every element is met over several acts, and none of them carries all.
    """

    authority: str
    jurisdiction: str
    on: date
    fit: Fit
    law: Pack | None = None
    elements: tuple[ElementTest, ...] = ()
    outside: tuple[str, ...] = ()
    outcome: Outcome | None = None
    why: str = ""
    act: int = 0
    scattered: bool = False

    @property
    def lacking(self) -> tuple[ElementTest, ...]:
        """The elements that are partial or missing."""
        return tuple(each for each in self.elements if each.state is not ElementState.MET)

    def clause(self, fact: str) -> str:
        """Give where the law names a fact."""
        return self.law.criteria[fact].note if self.law and fact in self.law.criteria else ""


def tested(authority: Authority, findings: Mapping[str, Finding], *, on: date) -> RegimeTest:
    """Test findings about facts under the law of a day. Raises `FindingsStrange` for no fact."""
    strange = sorted(set(findings) - set(facts()))
    if strange:
        raise FindingsStrange(
            f"findings: {', '.join(strange)} is no fact; use {', '.join(facts())}"
        )
    named = authority.code, authority.jurisdiction
    if not authority.pack:
        return RegimeTest(*named, on, Fit.NO_TEST, why=authority.no_test)
    if authority.first_day > on:
        return RegimeTest(*named, on, Fit.NOT_IN_FORCE)
    try:
        law = pack(authority.pack, on)
    except PackUnknown:
        return RegimeTest(*named, on, Fit.NOT_IN_FORCE)
    asked = {name: finding for name, finding in findings.items() if name in law.criteria}
    elements = tuple(_element(law, each, asked) for each in law.categories)
    return RegimeTest(
        *named,
        on,
        _fit(elements),
        law,
        elements,
        _outside(law, findings),
        evaluate(law, asked),
    )


def tested_under(
    chosen: Iterable[Authority], findings: Mapping[str, Finding], *, on: date
) -> tuple[RegimeTest, ...]:
    """Test one set of findings under several laws, with no retyping."""
    return tuple(tested(each, findings, on=on) for each in chosen)


def _element(law: Pack, category: Category, findings: Mapping[str, Finding]) -> ElementTest:
    verdict = category.when.judge(findings)
    ways = ways_of(category.when)
    met = {name for name, found in findings.items() if found.value is Value.MET}
    ruled_out = {name for name, found in findings.items() if found.value is Value.NOT_MET}
    open_ways = [way for way in ways if not way & ruled_out]
    asked = {name for way in ways for name in way}
    begun = {
        name
        for name in asked
        if name in findings
        and findings[name].value is Value.UNCLEAR
        and (findings[name].reasons or findings[name].sources)
    }
    towards = {name for way in open_ways for name in way & met}
    if verdict.value is Value.MET:
        state, wants, nearest = ElementState.MET, set[frozenset[str]](), set[frozenset[str]]()
    else:
        state = ElementState.PARTIAL if towards or begun else ElementState.MISSING
        wants = {way - met for way in open_ways}
        nearest = {way - met for way in open_ways if way & (towards | begun)} or wants
    return ElementTest(
        category.code,
        category.title,
        state,
        _ordered(law, towards),
        _ordered(law, begun),
        _told(law, wants),
        _told(law, nearest),
        ruled_out=not open_ways,
    )


def _fit(elements: Iterable[ElementTest]) -> Fit:
    states = {each.state for each in elements}
    if ElementState.MISSING in states:
        return Fit.MISSING
    return Fit.PARTIAL if ElementState.PARTIAL in states else Fit.FITS


def _outside(law: Pack, findings: Mapping[str, Finding]) -> tuple[str, ...]:
    return tuple(
        each.id
        for each in facts().values()
        if each.kind is FactKind.CONDUCT
        and each.id not in law.criteria
        and each.id in findings
        and findings[each.id].value is Value.MET
    )


def _told(law: Pack, wants: Iterable[frozenset[str]]) -> tuple[tuple[str, ...], ...]:
    """Order what lacks: the fewest facts first, then as the law names them; no way twice."""
    places = {name: place for place, name in enumerate(law.criteria)}
    smallest = [way for way in wants if not any(other < way for other in wants)]
    ordered = sorted(smallest, key=lambda way: (len(way), sorted(places[name] for name in way)))
    return tuple(_ordered(law, way) for way in ordered)


def _ordered(law: Pack, names: Iterable[str]) -> tuple[str, ...]:
    held = set(names)
    return tuple(name for name in law.criteria if name in held)
