"""An episode in monthly trade: what was lost, what went round, and who else is pressed.

Three questions, each with its own counterfactual out of flows that none of them touches: those
between countries that are neither the target nor the coercer.

* loss: what the target sells to the coercer;
* diversion: a third country to which the target sells more and which sells more to the coercer than
  either would have been, both beyond their intervals; what went round is the lesser of the two;
* component pressure: what others sell to the coercer of goods that hold the target's components.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.exposure.rules.synthetic import (
    Effect,
    Needs,
    TooShort,
    effect_beside,
    pool_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    Series = NDArray[np.float64]

__all__ = [
    "MONTHLY",
    "MOST_DONORS",
    "Episode",
    "Monthly",
    "Route",
    "Warned",
    "WarningRefused",
    "warned_of",
]

MONTHLY = "monthly"
"""The layout of a file of months, as files of flows name theirs."""
MOST_DONORS = 40
"""The largest untouched flows; more make it slower and no truer."""


@dataclass(frozen=True, slots=True, eq=False)
class Monthly:
    """What was sold, by month.

    Attributes:
        months: `2021-12`, in order and without a gap.
        sales: by seller, buyer and product; one value a month, zero where none was reported.
        said: what was left out, in whole sentences.
    """

    months: tuple[str, ...]
    sales: Mapping[tuple[str, str, str], Series]
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Episode:
    """Who presses whom from which month; without products all count.

    Attributes:
        components: products of other countries that hold the target's components.
    """

    target: str
    coercer: str
    since: str
    products: tuple[str, ...] = ()
    components: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """A third country through which trade seems to go round; amounts over the months since."""

    country: str
    amount: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Warned:
    """The three answers; `components` is None where no such products were named or sold.

    Attributes:
        donors: sellers and buyers of the untouched flows, the largest first.
        said: what could not be said, and why.
    """

    episode: Episode
    months: tuple[str, ...]
    loss: Effect
    routes: tuple[Route, ...]
    components: Effect | None
    pressed: tuple[tuple[str, Effect], ...]
    donors: tuple[tuple[str, str], ...]
    said: tuple[str, ...]

    @property
    def diverted(self) -> float:
        """What went round, over all routes."""
        return sum(route.amount for route in self.routes)


class WarningRefused(ValueError):
    """The series cannot answer; the message says why and what is asked for."""


def warned_of(monthly: Monthly, episode: Episode, *, needs: Needs | None = None) -> Warned:
    """Answer the three questions of an episode. Raises `WarningRefused`."""
    needs = needs or Needs()
    start = _start(monthly, episode)
    sales = _of_products(monthly, episode.products)
    pairs, donors = _untouched(sales, episode, start)
    direct = sales.get((episode.target, episode.coercer))
    if direct is None:
        raise WarningRefused(
            f"the file holds no sales of {episode.target} to {episode.coercer}"
            + (f" of {', '.join(episode.products)}" if episode.products else "")
        )
    try:
        pool = pool_of(donors, start, len(monthly.months), needs=needs)
        loss = effect_beside(direct, pool)
    except TooShort as short:
        raise WarningRefused(str(short)) from short

    def effect(series: Series) -> Effect | None:
        return effect_beside(series, pool) if series[:start].mean() > 0 else None

    pressed, together, said = _pressure(monthly, episode, start, needs)
    return Warned(
        episode=episode,
        months=monthly.months,
        loss=loss,
        routes=_routes(sales, episode, effect),
        components=together,
        pressed=pressed,
        donors=pairs,
        said=(*monthly.said, *said),
    )


def _start(monthly: Monthly, episode: Episode) -> int:
    if episode.since not in monthly.months:
        raise WarningRefused(
            f"{episode.since} is not among the months, which reach from {monthly.months[0]} to "
            f"{monthly.months[-1]}"
        )
    return monthly.months.index(episode.since)


def _of_products(monthly: Monthly, products: Sequence[str]) -> dict[tuple[str, str], Series]:
    """Add up products by their first figures, so that `0403` takes all that begins with it."""
    sales: dict[tuple[str, str], Series] = {}
    for (seller, buyer, product), values in monthly.sales.items():
        if products and not product.startswith(tuple(products)):
            continue
        sales[seller, buyer] = sales.get((seller, buyer), 0) + values
    return sales


def _untouched(
    sales: Mapping[tuple[str, str], Series], episode: Episode, start: int
) -> tuple[tuple[tuple[str, str], ...], Series]:
    parties = {episode.target, episode.coercer}
    pairs = [pair for pair in sales if not parties & set(pair) and sales[pair][:start].mean() > 0]
    pairs.sort(key=lambda pair: (-sales[pair][:start].mean(), pair))
    chosen = pairs[:MOST_DONORS]
    return tuple(chosen), np.array([sales[pair] for pair in chosen])


def _routes(
    sales: Mapping[tuple[str, str], Series],
    episode: Episode,
    effect: Callable[[Series], Effect | None],
) -> tuple[Route, ...]:
    found = []
    for third in sorted({buyer for seller, buyer in sales if seller == episode.target}):
        onward = sales.get((third, episode.coercer))
        if third == episode.coercer or onward is None:
            continue
        out, back = effect(sales[episode.target, third]), effect(onward)
        if out is not None and back is not None and out.low > 0 and back.low > 0:
            amounts = (min(out.effect, back.effect), min(out.low, back.low))
            found.append(Route(third, *amounts, min(out.high, back.high)))
    return tuple(sorted(found, key=lambda route: -route.amount))


def _pressure(
    monthly: Monthly, episode: Episode, start: int, needs: Needs
) -> tuple[tuple[tuple[str, Effect], ...], Effect | None, tuple[str, ...]]:
    if not episode.components:
        return (), None, ("Component pressure was not looked at: no products were named for it.",)
    sales = _of_products(monthly, episode.components)
    _, donors = _untouched(sales, episode, start)
    sellers = [
        (seller, series)
        for (seller, buyer), series in sorted(sales.items())
        if buyer == episode.coercer and seller != episode.target and series[:start].mean() > 0
    ]
    if not sellers:
        return (), None, ("Nobody else sells the named products to the coercer.",)
    try:
        pool = pool_of(donors, start, len(monthly.months), needs=needs)
        together = effect_beside(np.sum([s for _, s in sellers], 0), pool)
    except TooShort as short:
        return (), None, (f"Component pressure cannot be told: {short}.",)
    each = [(seller, effect_beside(s, pool)) for seller, s in sellers]
    pressed = sorted(
        ((seller, one) for seller, one in each if one.found and one.high < 0),
        key=lambda pair: pair[1].effect,
    )
    return tuple(pressed), together, ()
