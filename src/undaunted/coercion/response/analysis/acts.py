"""What is done in a response: by level and by whom, on which sectors, whole or shortened."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.coercion.response.analysis.words import (
    commas,
    instrument_told,
    level_told,
    nation,
    sector,
    semicolons,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from undaunted.coercion.response.analysis.weighing import Told

    _Acted = tuple[str, float | str, tuple[str, ...]]

__all__ = ["acts_in_brief", "acts_in_full", "acts_told"]

AT_ONCE, NAMED = 5, 3
"""So many sectors are told one by one; of more, so many by name."""


def acts_told(told: Told) -> Iterator[tuple[str, str]]:
    """Give what is done, how high and by whom, and on which sectors."""
    for acted, codes in _by_level(told).items():
        yield _head(told, acted), semicolons(sector(each) for each in codes)
    if not told.weighed.members:
        yield _("Nobody acts"), _("this is the episode without a response")


def acts_in_brief(told: Told) -> Iterator[tuple[str, str]]:
    """Give the same where room is short: a long list by its greatest three."""
    for acted, codes in _by_level(told).items():
        yield _head(told, acted), _shortened(told, codes)
    if not told.weighed.members:
        yield from acts_told(told)


def acts_in_full(told: Told) -> Iterator[tuple[str, str]]:
    """Give what `acts_in_brief` did not name, whole."""
    for acted, codes in _by_level(told).items():
        if len(codes) > AT_ONCE:
            yield _head(told, acted), semicolons(sector(each) for each in codes)


def _head(told: Told, acted: _Acted) -> str:
    instrument, rate, members = acted
    every = members == told.weighed.members
    who = _("all who act") if every else commas(nation(each) for each in members)
    return f"{instrument_told(instrument)} {level_told(rate)} \u00b7 {who}"


def _shortened(told: Told, codes: Sequence[str]) -> str:
    lines = told.weighed.sectors
    if told.front.question.data is None and set(codes) == _goods(each.sector for each in lines):
        return _("all goods (%(number)s sectors)") % {"number": len(codes)}
    if len(codes) <= AT_ONCE:
        return semicolons(sector(each) for each in codes)
    bought = {each.sector: each.imports[0] for each in lines}
    most = sorted(codes, key=lambda code: -bought.get(code, 0.0))[:NAMED]
    return _("%(sectors)s and %(number)s more") % {
        "sectors": semicolons(sector(each) for each in most),
        "number": len(codes) - NAMED,
    }


def _goods(codes: Iterable[str]) -> set[str]:
    """Give agriculture, mining and manufacturing, by the first letter of ISIC."""
    return {each for each in codes if each[0] in "ABC"}


def _by_level(told: Told) -> dict[_Acted, list[str]]:
    """Give sectors by instrument, level and who does it: what is done alike is told once."""
    lines: dict[tuple[str, str, float | str], list[str]] = {}
    for member, levels in told.weighed.levels.items():
        for instrument, code, level in levels:
            lines.setdefault((instrument, code, level), []).append(member)
    groups: dict[_Acted, list[str]] = {}
    for (instrument, code, level), members in lines.items():
        groups.setdefault((instrument, level, tuple(members)), []).append(code)
    return dict(sorted(groups.items(), key=lambda each: (each[0][0], _height(each[0][1]))))


def _height(level: float | str) -> float:
    return -math.inf if isinstance(level, str) else -level
