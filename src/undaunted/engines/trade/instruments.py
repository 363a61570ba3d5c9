"""From a scenario's words to the arrays of the model, instrument by instrument."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.choosing import check_groups, goods_of
from undaunted.engines.trade.drafting import LEAST, Draft, Reach, reach_of
from undaunted.engines.trade.errors import MeasureRefused
from undaunted.engines.trade.holdings import HOLDINGS, Holdings, capital_of, withdraw
from undaunted.engines.trade.measures import Limits, Measures, check_measures
from undaunted.engines.trade.payments import appeal_of, give, lend, move_purchases
from undaunted.engines.trade.scenario import Kind, Rent
from undaunted.engines.trade.world import ALL

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.engines.trade.scenario import Scenario
    from undaunted.engines.trade.world import World

__all__ = ["measures_of"]

NO_NUMBER = (None, 100)
"""What may stand where a number has no meaning."""


def measures_of(world: World, scenario: Scenario, *, holdings: Holdings = HOLDINGS) -> Measures:
    """Give the measures that a scenario's shocks add up to.

    `holdings` says who holds capital where, for divestment and investment restrictions. Raises
    `MeasureRefused` naming shock, field and rule, and `SupplyCutOff`.
    """
    check_groups(world, scenario.groups)
    draft = Draft.of(world)
    for number, shock in enumerate(scenario.shocks, 1):
        place = f"shocks[{number}]"
        if shock.kind not in tuple(Kind):
            raise MeasureRefused(f"{place}.kind: {shock.kind} is none of {', '.join(Kind)}")
        reach = reach_of(world, scenario, shock, place)
        _say_untraded(draft, reach)
        if shock.rent is not None and shock.kind not in RENTED:
            raise MeasureRefused(f"{place}.rent: {shock.kind} leaves no rent; leave it out")
        if shock.kind in WAYS:
            WAYS[shock.kind](draft, reach)
        else:
            withdraw(draft, reach, holdings)
    _say_unused(draft, scenario)
    measures = _measures(draft, holdings)
    check_measures(world, measures)
    return measures


def _say_untraded(draft: Draft, reach: Reach) -> None:
    """Say that a measure falls on nothing that was traded; shares of nothing stay nothing."""
    world = draft.world
    if (
        reach.shock.kind in ON_TRADE
        and not (world.trade_shares[reach.at] * world.expenditure[reach.at[0], reach.at[2]]).any()
    ):
        draft.assume(
            f"{reach.place}: nothing of this was traded in the benchmark year, so that the "
            f"{reach.shock.kind} changes nothing"
        )


def _say_unused(draft: Draft, scenario: Scenario) -> None:
    """Say which groups no shock names, and which shocks fall on flows that another closes."""
    named: set[str] = set()
    for shock in scenario.shocks:
        for side in (shock.importer, shock.exporter):
            named.update((side,) if isinstance(side, str) else side)
    for name in scenario.groups:
        if name not in named:
            draft.assume(f"groups.{name}: no shock names it, so that it changes nothing")
    for number, shock in enumerate(scenario.shocks, 1):
        place = f"shocks[{number}]"
        if shock.kind not in PRICED or (shock.kind == Kind.QUOTA and shock.value == 0):
            continue
        closed = np.isinf(draft.barriers[reach_of(draft.world, scenario, shock, place).at])
        if closed.any():
            part = "all flows" if closed.all() else f"{closed.sum()} of {closed.size} flows"
            draft.assume(f"{place}: another shock closes {part} that this {shock.kind} falls on")


def _measures(draft: Draft, holdings: Holdings) -> Measures:
    limited = np.isfinite(draft.most).any()
    return Measures(
        tariffs=draft.tariffs,
        barriers=draft.barriers,
        export_taxes=draft.export_taxes if draft.export_taxes.any() else None,
        final_barriers=appeal_of(draft),
        transfers=draft.transfers if draft.transfers.any() else None,
        limits=Limits(draft.most, draft.importer, draft.exporter) if limited else None,
        capital=capital_of(draft, holdings),
        assumptions=tuple(draft.assumptions),
    )


def _tariff_points(draft: Draft, reach: Reach) -> None:
    draft.tariffs[reach.at] += reach.value() / 100


def _tariff_factor(draft: Draft, reach: Reach) -> None:
    factor = 1 + reach.value(least=LEAST) / 100
    draft.tariffs[reach.at] = (1 + draft.tariffs[reach.at]) * factor - 1


def _iceberg(draft: Draft, reach: Reach) -> None:
    draft.barriers[reach.at] *= 1 + reach.value(least=LEAST) / 100


def _ban(draft: Draft, reach: Reach) -> None:
    if reach.shock.value not in NO_NUMBER:
        raise MeasureRefused(
            f"{reach.place}.value: a ban closes all of the flow and takes no number; for a part of "
            "it use iceberg or quota"
        )
    draft.barriers[reach.at] = math.inf


def _export_tax(draft: Draft, reach: Reach) -> None:
    draft.export_taxes[reach.at] += reach.value() / 100


def _quota(draft: Draft, reach: Reach) -> None:
    allowed = 0.0 if reach.shock.value == 0 else reach.value(least=0.0) / 100
    _limit(draft, reach, allowed, reach.shock.rent or Rent.IMPORTER)


def _export_control(draft: Draft, reach: Reach) -> None:
    withheld = 100.0 if reach.shock.value is None else reach.value(least=0.0, most=100.0)
    _limit(draft, reach, 1 - withheld / 100, reach.shock.rent or Rent.EXPORTER)


def _limit(draft: Draft, reach: Reach, most: float, rent: Rent) -> None:
    """Draw up a limit; of two the tighter stays, and its rent with it."""
    if rent not in tuple(Rent):
        raise MeasureRefused(f"{reach.place}.rent: {rent} is none of {', '.join(Rent)}")
    if most == 0:
        draft.barriers[reach.at] = math.inf
        if reach.shock.rent is not None:
            draft.assume(f"{reach.place}: nothing is let through, so that there is no rent")
        return
    if np.isfinite(draft.most[reach.at]).any():
        draft.assume(
            f"{reach.place}: falls on flows that are limited already; the tighter limit counts, "
            "and its rent goes as it says"
        )
    at = tuple(each[draft.most[reach.at] > most] for each in reach.at)
    draft.most[at] = most
    draft.importer[at], draft.exporter[at] = rent == Rent.IMPORTER, rent == Rent.EXPORTER
    draft.assume(f"{RENTED[Kind(reach.shock.kind)]}: the rent goes to {RECEIVERS[Rent(rent)]}")


def _transit(draft: Draft, reach: Reach) -> None:
    draft.barriers[_of_goods(draft, reach).at] *= 1 + reach.value(least=LEAST) / 100
    draft.assume(
        "Routes are not in the table: restricted transit is a cost on the trade of the countries "
        "named, averaged over what passes and what does not"
    )


def _services(draft: Draft, reach: Reach) -> None:
    at = _of_services(draft, reach).at
    if reach.shock.value is None:
        draft.barriers[at] = math.inf
    else:
        draft.barriers[at] *= 1 + reach.value(least=LEAST) / 100


def _procurement(draft: Draft, reach: Reach) -> None:
    closed = 100.0 if reach.shock.value is None else reach.value(least=0.0, most=100.0)
    draft.kept[reach.at] *= 1 - closed / 100
    draft.assume(
        "Public buyers are not told apart from others in final use: a procurement exclusion closes "
        "the part named of all final purchases, at unchanged prices"
    )


def _of_goods(draft: Draft, reach: Reach) -> Reach:
    return _narrowed(draft, reach, wanted="goods")


def _of_services(draft: Draft, reach: Reach) -> Reach:
    return _narrowed(draft, reach, wanted="services")


def _narrowed(draft: Draft, reach: Reach, *, wanted: str) -> Reach:
    """Leave goods or services alone where all sectors are named; refuse what is neither."""
    goods = goods_of(draft.world, where=f"{reach.place}.sectors")
    kept = tuple(j for j in reach.sectors if (j in goods) == (wanted == "goods"))
    if kept != reach.sectors and (reach.shock.sectors != ALL or not kept):
        other = next(iter(j for j in reach.sectors if j not in kept))
        raise MeasureRefused(
            f"{reach.place}.sectors: {draft.world.sectors[other]}; {reach.shock.kind} falls on "
            f"{wanted} alone"
        )
    return Reach(reach.shock, reach.place, reach.importers, reach.exporters, kept)


ON_TRADE = frozenset(Kind) - {
    Kind.DIVESTMENT, Kind.INVESTMENT_RESTRICTION, Kind.TRANSFER, Kind.CREDIT, Kind.PURCHASE,
}  # fmt: skip
PRICED = frozenset({
    Kind.TARIFF_PP, Kind.TARIFF_PCT, Kind.ICEBERG, Kind.QUOTA, Kind.EXPORT_TAX_PP, Kind.TRANSIT,
})  # fmt: skip
"""What means nothing on a flow that is closed."""
RENTED = {Kind.QUOTA: "Quota", Kind.EXPORT_CONTROL: "Export control"}
RECEIVERS = {
    Rent.IMPORTER: "the importer's treasury or holders of permits",
    Rent.EXPORTER: "the exporters",
    Rent.NOBODY: "nobody, being spent on getting a permit",
}
WAYS: dict[str, Callable[[Draft, Reach], None]] = {
    Kind.TARIFF_PP: _tariff_points,
    Kind.TARIFF_PCT: _tariff_factor,
    Kind.ICEBERG: _iceberg,
    Kind.BAN: _ban,
    Kind.QUOTA: _quota,
    Kind.EXPORT_TAX_PP: _export_tax,
    Kind.EXPORT_CONTROL: _export_control,
    Kind.TRANSIT: _transit,
    Kind.PROCUREMENT_EXCLUSION: _procurement,
    Kind.SERVICES: _services,
    Kind.TRANSFER: give,
    Kind.CREDIT: lend,
    Kind.PURCHASE: move_purchases,
}
