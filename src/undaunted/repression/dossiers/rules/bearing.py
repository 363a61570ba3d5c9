"""Which act of somebody carries what a law asks: conduct, link and victim of one and the same act.

A person detained by one order and another, a defender, hurt by somebody else are no detention of a
defender. So each act to which somebody is linked is asked about by itself, with what was found of
the person and of the whole, and the law's answer is that of the act which shows the most of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from undaunted.repression.sanctions.rules import ElementState, Fit, tested

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from undaunted.core.standards.rules import Finding
    from undaunted.repression.sanctions.rules import Authority, RegimeTest

    Facts = Mapping[str, Finding]

__all__ = ["borne_by_one_act"]

_ASKED: Final = frozenset({Fit.FITS, Fit.PARTIAL, Fit.MISSING})
_RULED_OUT: Final = 99
"""Counts as more facts than any way lacks: no evidence would meet the element."""


def borne_by_one_act(
    authority: Authority,
    acts: Mapping[int, Facts],
    together: Facts,
    *,
    on: date,
    first: int = 0,
) -> RegimeTest:
    """Test each act by itself, by its number, and give the one that shows the most of the law.

    Of acts that show as much it is `first`, else the first by number. `together` are the facts
    over all acts: where they alone meet every element no act does, and the law is met in part.
    """
    whole = tested(authority, together, on=on)
    if not acts or whole.fit not in _ASKED:
        return whole
    best = min(
        (
            replace(tested(authority, facts, on=on), act=number, outside=whole.outside)
            for number, facts in _apart(acts, first)
        ),
        key=_lacks,
    )
    if whole.fit is Fit.FITS and best.fit is not Fit.FITS:
        return replace(best, fit=Fit.PARTIAL, scattered=True)
    return best


def _lacks(test: RegimeTest) -> tuple[int, int, int]:
    """Order tests by what lacks: elements without any evidence, in part, facts of the least way."""
    states = [each.state for each in test.elements]
    least = sum(len(each.nearest[0]) if each.nearest else _RULED_OUT for each in test.lacking)
    return states.count(ElementState.MISSING), states.count(ElementState.PARTIAL), least


def _apart(acts: Mapping[int, Facts], first: int) -> Iterator[tuple[int, Facts]]:
    """Give the acts in order, one for all of which the same was found: no law tells them apart."""
    told = set()
    for number in sorted(acts, key=lambda each: (each != first, each)):
        same = frozenset(
            (fact, found.value, bool(found.reasons or found.sources))
            for fact, found in acts[number].items()
        )
        if same not in told:
            told.add(same)
            yield number, acts[number]
