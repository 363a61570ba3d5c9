"""Which raises a sheet shows, to whom, in which order, and how far each case has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.prisoners.campaigns.rules.terms import LADDER, Channel, Mode, Reply

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from undaunted.prisoners.campaigns.rules.sheets import RaiseLine

__all__ = ["RaiseGroup", "by_case", "by_country", "by_reply", "highest", "shown_lines"]


@dataclass(frozen=True, slots=True)
class RaiseGroup:
    """Raises that belong together: of one case, or by people of one country."""

    key: str
    lines: tuple[RaiseLine, ...]


def shown_lines(
    lines: Iterable[RaiseLine], modes: Mapping[str, Mode], *, public: bool
) -> tuple[RaiseLine, ...]:
    """Give the lines that may stand on a sheet, by day.

    `modes` gives the mode of each case by its reference; what is not in it is not shown. The
    public sees nothing that was raised in private, and no case but public ones.
    """
    allowed = {Mode.PUBLIC} if public else {Mode.PUBLIC, Mode.PRIVATE_ONLY}
    shown = (
        each
        for each in lines
        if (not each.case or modes.get(each.case) in allowed)
        and not (public and each.channel is Channel.PRIVATE)
    )
    return tuple(sorted(shown, key=lambda each: (each.day, each.case, each.by, each.counterpart)))


def by_case(lines: Iterable[RaiseLine]) -> tuple[RaiseGroup, ...]:
    """Group by case, in the order of their references; the campaign as a whole is the last."""
    return _grouped((each.case, each) for each in lines)


def by_country(lines: Iterable[RaiseLine]) -> tuple[RaiseGroup, ...]:
    """Group by the country of whoever raised it."""
    return _grouped((each.by_country, each) for each in lines)


def by_reply(lines: Sequence[RaiseLine]) -> tuple[tuple[Reply | None, int], ...]:
    """Count raises on each rung, the lowest first, after those of which nobody knows yet."""
    return tuple((rung, sum(1 for each in lines if each.reply is rung)) for rung in (None, *LADDER))


def highest(lines: Iterable[RaiseLine]) -> Reply | None:
    """Give the highest rung that was reached; none where nothing is known."""
    known = [each.reply for each in lines if each.reply is not None]
    return max(known, key=LADDER.index, default=None)


def _grouped(pairs: Iterable[tuple[str, RaiseLine]]) -> tuple[RaiseGroup, ...]:
    found: dict[str, list[RaiseLine]] = {}
    for key, line in pairs:
        found.setdefault(key, []).append(line)
    order = sorted(found, key=lambda key: (not key, key))
    return tuple(RaiseGroup(key, tuple(found[key])) for key in order)
