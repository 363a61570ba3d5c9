"""The elements of economic coercion (Article 2), assessed with reasons and sources; no score.

What an element needs to count is in the pack `eu-aci-coercion` of `core.standards`; this module
says what an assessment must hold, and turns it into findings of that pack.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.rules.refusals import ElementsIncomplete
from undaunted.coercion.instruments.rules.terms import ElementState
from undaunted.core.standards.rules import Finding, Value, evaluate, pack, says_something

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from undaunted.core.standards.rules import Outcome, Pack

__all__ = ["COERCION", "CONDITIONS", "ELEMENTS", "FACTORS", "Element", "assess", "check_elements",
           "elements_pack", "findings_of"]  # fmt: skip

ELEMENTS = "eu-aci-coercion"
COERCION = "coercion"
"""The result of the pack where all conditions are met and every factor was weighed."""

CONDITIONS = ("measure", "attributable", "aim", "interference")
"""Article 2(1) with Article 3(1): what must be met."""
FACTORS = ("a", "b", "c", "d", "e")
"""Article 2(2): what must be taken into account, whichever way it points."""

_VALUES: Mapping[ElementState, Value] = MappingProxyType(
    {
        ElementState.MET: Value.MET,
        ElementState.NOT_MET: Value.NOT_MET,
        ElementState.PARTIAL: Value.UNCLEAR,
        ElementState.MISSING: Value.UNCLEAR,
        ElementState.CONTESTED: Value.UNCLEAR,
    }
)


@dataclass(frozen=True, slots=True)
class Element:
    """One element as it was assessed; `sources` are plain ids of evidence."""

    key: str
    state: ElementState
    reasons: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def elements_pack(on: date) -> Pack:
    """Give the version of the elements that is in force on a day."""
    return pack(ELEMENTS, on)


def check_elements(elements: Iterable[Element]) -> None:
    """Raise `ElementsIncomplete` with all that an assessment lacks."""
    problems = list(_problems(list(elements)))
    if problems:
        raise ElementsIncomplete(*problems)


def findings_of(elements: Iterable[Element]) -> dict[str, Finding]:
    """Turn elements into findings: partial, missing and contested decide nothing, and say why."""
    told = list(elements)
    check_elements(told)
    return {
        each.key: Finding(_VALUES[each.state], each.reasons, each.sources)
        for each in told
    }  # fmt: skip


def assess(elements: Iterable[Element], *, on: date) -> Outcome:
    """Compute whether there is economic coercion, under the pack of that day."""
    return evaluate(elements_pack(on), findings_of(elements))


def _problems(elements: list[Element]) -> Iterator[str]:
    seen: set[str] = set()
    for each in elements:
        if each.key not in {*CONDITIONS, *FACTORS}:
            allowed = ", ".join((*CONDITIONS, *FACTORS))
            yield f"{each.key}: is no element; use one of {allowed}"
            continue
        if each.key in seen:
            yield f"{each.key}: stands twice; remove one"
        seen.add(each.key)
        yield from _lacking(each)


def _lacking(element: Element) -> Iterator[str]:
    if not any(says_something(reason) for reason in element.reasons):
        yield f"{element.key}: give reasons in words; of what is missing, say what is lacking"
    if element.state is ElementState.MISSING:
        if element.sources:
            yield f"{element.key}: is missing and names evidence; call it partial or contested"
    elif not element.sources:
        yield f"{element.key}: name the evidence that it rests on, or call it missing"
