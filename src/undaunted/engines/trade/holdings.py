"""Capital that people of one country hold in another, and what becomes of it.

A table of trade says nothing of it, so it is assumed, and the assumption stands in the certificate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.errors import MeasureRefused
from undaunted.engines.trade.measures import Capital
from undaunted.engines.trade.scenario import Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade.drafting import Draft, Reach
    from undaunted.engines.trade.world import World

__all__ = ["HOLDINGS", "Holdings", "capital_of", "withdraw"]

ROUNDING = 1e-9
LEFT = 1e-3
"""A sector keeps more than this part of its capital: without any there is no production."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What capital earns and who holds it.

    Attributes:
        part: of value added that capital earns.
        foreign: part of capital that is held from abroad, in every sector; by holders' value added.
        held: h[n, i, j], part of the capital of n's sector j that i holds, in place of `foreign`.
        source: where the numbers come from, as it is told with a result.
    """

    part: float = 1 / 3
    foreign: float = 0.1
    held: NDArray[np.float64] | None = None
    source: str = (
        "unverified defaults: a third as in common calibrations (compare Gollin, Journal of "
        "Political Economy 110, 2002), a tenth as the order of the OECD's Analytical AMNE data"
    )


HOLDINGS = Holdings()


def withdraw(draft: Draft, reach: Reach, holdings: Holdings) -> None:
    """Draw up a divestment or an investment restriction: investors of i leave sectors of n."""
    world, (n, i, j) = draft.world, reach.at
    part = reach.value(least=0.0, most=100.0) / 100
    draft.parts[n, i, j] += part
    if draft.parts.max() > 1 + ROUNDING:
        raise MeasureRefused(
            f"{reach.place}.value: with what is withdrawn before, more than all that is held "
            "would leave; put less"
        )
    earned = holdings.part * world.value_added_shares * world.sales
    gone = part * _held(world, holdings)[n, i, j] * earned[n, j]
    if not gone.any():
        raise MeasureRefused(
            f"{reach.place}: those named as exporter hold no capital in these sectors of those "
            "named as importer; name others, or leave the shock out"
        )
    np.add.at(draft.withdrawn, (n, j), gone)
    np.add.at(draft.transfers, n, gone)
    np.subtract.at(draft.transfers, i, gone)
    draft.assume(
        f"Capital earns {100 * holdings.part:.3g} % of value added and is bound to its sector "
        f"where it changes; {_told(holdings)}; source: {holdings.source}"
    )
    draft.assume(
        "What capital earned for investors abroad no longer leaves the country once it is withdrawn"
    )
    if reach.shock.kind == Kind.DIVESTMENT:
        draft.assume("Capital that is divested stands idle for the year")
    else:
        kept = earned[i, j] > 0
        np.subtract.at(draft.withdrawn, (i[kept], j[kept]), gone[kept])
        draft.assume(
            "Capital that may not be invested works in the same sector at the owner's home"
        )
        _say_homeless(draft, reach, gone * ~kept)


def capital_of(draft: Draft, holdings: Holdings) -> Capital | None:
    """Give the stocks that are left. Raises `MeasureRefused` for a sector that loses all."""
    if not draft.withdrawn.any():
        return None
    world = draft.world
    earned = holdings.part * world.value_added_shares * world.sales
    lost = np.divide(draft.withdrawn, earned, out=np.zeros_like(draft.withdrawn), where=earned > 0)
    if lost.max() > 1 - LEFT:
        n, j = np.unravel_index(int(lost.argmax()), lost.shape)
        raise MeasureRefused(
            f"capital[{world.regions[n]}, {world.sectors[j]}]: the withdrawals add up to "
            f"{100 * lost.max():.4g} % of it; less than all must go"
        )
    return Capital(1 - lost, holdings.part)


def _say_homeless(draft: Draft, reach: Reach, idle: NDArray[np.float64]) -> None:
    """Say whose capital comes home to a sector that makes nothing there."""
    world, (_, i, j) = draft.world, reach.at
    places = {f"{world.regions[i[at]]} {world.sectors[j[at]]}" for at in np.flatnonzero(idle)}
    if places:
        draft.assume(
            f"{reach.place}: these make nothing at home, so capital that comes back to them stands "
            f"idle ({idle.sum():.4g} million a year): {', '.join(sorted(places))}"
        )


def _held(world: World, holdings: Holdings) -> NDArray[np.float64]:
    shape = world.tariffs.shape
    if holdings.held is not None:
        held = np.asarray(holdings.held, dtype=np.float64)
        if held.shape != shape or not (held >= 0).all() or (held.sum(1) > 1 + 1e-9).any():
            raise MeasureRefused(
                f"holdings.held: parts of capital in the shape {shape} are asked for, none below "
                "zero and no sector's above one in all"
            )
        return held
    others = np.repeat(world.value_added[None], shape[0], 0)
    np.fill_diagonal(others, 0.0)
    spread: NDArray[np.float64] = holdings.foreign * others / others.sum(1, keepdims=True)
    return np.repeat(spread[:, :, None], shape[2], 2)


def _told(holdings: Holdings) -> str:
    if holdings.held is not None:
        return "who holds it is as given"
    return (
        f"{100 * holdings.foreign:.3g} % of it is held from abroad in every sector, in proportion "
        "to the holders' value added"
    )
