"""Finding the countries and sectors that a scenario names in the axes of a world."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from undaunted.engines.trade.errors import MeasureRefused
from undaunted.engines.trade.scenario import GOODS, SERVICES
from undaunted.engines.trade.world import ALL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undaunted.engines.trade.world import World

__all__ = ["check_groups", "chosen_countries", "chosen_sectors", "goods_of"]

ISIC_GOODS = ("A", "B", "C")
"""Sections of ISIC Rev. 4: agriculture, mining, manufacturing."""


def check_groups(world: World, groups: Mapping[str, Sequence[str]]) -> None:
    """Raise `MeasureRefused` for a group that is empty, or named like something else."""
    for name, members in groups.items():
        if name == ALL or name in world.regions:
            raise MeasureRefused(f"groups.{name}: this name has a meaning already; choose another")
        if not members:
            raise MeasureRefused(f"groups.{name}: empty; name at least one country")
        for code in members:
            _number(world.regions, code, where=f"groups.{name}", kind="country")


def chosen_countries(
    world: World,
    named: str | Sequence[str],
    groups: Mapping[str, Sequence[str]],
    *,
    where: str,
) -> tuple[int, ...]:
    """Give the numbers of a group, a code, several of either, or all, each once and in order.

    Raises `MeasureRefused` naming the field and the nearest name that there is.
    """
    names = (named,) if isinstance(named, str) else tuple(named)
    if not names:
        raise MeasureRefused(f"{where}: empty; name at least one country")
    numbers: set[int] = set()
    for name in names:
        if name == ALL:
            numbers.update(range(len(world.regions)))
        elif name in groups:
            numbers.update(world.regions.index(code) for code in groups[name])
        else:
            known = (*world.regions, *groups, ALL)
            _number(known, name, where=where, kind="country or group")
            numbers.add(world.regions.index(name))
    return tuple(sorted(numbers))


def chosen_sectors(world: World, named: str | Sequence[str], *, where: str) -> tuple[int, ...]:
    """Give the numbers of all sectors, of goods, of services, or of those named.

    Raises `MeasureRefused` as `chosen_countries` does.
    """
    every = range(len(world.sectors))
    if named == ALL:
        return tuple(every)
    if named in (GOODS, SERVICES):
        goods = goods_of(world, where=where)
        chosen = goods if named == GOODS else tuple(j for j in every if j not in goods)
        if not chosen:
            raise MeasureRefused(f"{where}: this world has no {named}")
        return chosen
    names = (named,) if isinstance(named, str) else tuple(named)
    if not names:
        raise MeasureRefused(f"{where}: empty; name at least one sector")
    return tuple(
        sorted({_number(world.sectors, name, where=where, kind="sector") for name in names})
    )


def goods_of(world: World, *, where: str) -> tuple[int, ...]:
    """Give the sectors of ISIC A to C. Raises `MeasureRefused` where codes are not of ISIC."""
    goods = tuple(j for j, code in enumerate(world.sectors) if _is_good(code))
    if not goods:
        raise MeasureRefused(
            f"{where}: no sector of this world has a code of ISIC A to C, so goods and services "
            f"are not told apart; list the sectors, for example {world.sectors[0]}"
        )
    return goods


def _is_good(code: str) -> bool:
    return code[:1] in ISIC_GOODS and (len(code) == 1 or code[1].isdigit())


def _number(known: Sequence[str], name: str, *, where: str, kind: str) -> int:
    if name in known:
        return known.index(name)
    near = get_close_matches(name.upper(), known, 1, 0.5) or get_close_matches(name, known, 1, 0.5)
    advice = f"do you mean {near[0]}?" if near else f"there is, for example, {known[0]}"
    raise MeasureRefused(f"{where}: {name} is no {kind} of this world; {advice}")
