"""What stands beside one answer: other elasticities, drawn ones, other closures of deficits."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from undaunted.engines.trade import Ground, Scenario, World

__all__ = ["band_told", "closures_told", "draws_told", "tables_of"]

PARTS = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
CLOSURES_SAY = (
    "Small open countries answer differently to each closure. What closing the deficits does by "
    "itself stands apart, as closure_alone_pct, and is in no other number"
)
SPREAD_SAYS = (
    "No published set of this copy gives standard errors: elasticities are drawn around those of "
    "the scenario by how far the sets lie apart, what they have in common at once and the rest by "
    "sector; variants of one paper count as sets"
)


def band_told(ground: Ground, asked: Scenario, longest: World) -> dict[str, Any]:
    """Give the answers under every set that ships; `longest` has elasticities of the long run."""
    from undaunted.coercion.exposure.readers import sets_for  # noqa: PLC0415 - starts faster
    from undaunted.engines.trade import Horizon, band  # noqa: PLC0415 - starts faster

    sets, left_out = sets_for(longest)
    found = band(ground, asked, sets)
    regions = ground.world.regions
    spans = {
        horizon.value: _spans(regions, *found.of(horizon))
        for horizon in Horizon
        if any(each.horizon is horizon for each in found.sets)
    }
    return {
        "real_income_pct": spans,
        "sets": [
            {
                "elasticities": each.name,
                "horizon": each.horizon.value,
                "source": each.source,
                "residual": solution.certificate.residual,
                "iterations": solution.certificate.iterations,
                "real_income_pct": solution.real_income_pct,
            }
            for each, solution in zip(found.sets, found.solutions, strict=True)
        ],
        "missed": {each.name: reason for each, reason in found.missed},
        "notes": list(left_out),
    }


def draws_told(
    ground: Ground, asked: Scenario, longest: World, *, number: int, seed: int
) -> dict[str, Any]:
    """Give quantiles over elasticities that are drawn around those of the scenario."""
    from numpy.random import default_rng  # noqa: PLC0415, TID251 - a command, not an engine

    from undaunted.coercion.exposure.readers import sets_for  # noqa: PLC0415 - starts faster
    from undaunted.engines.trade import Horizon, draw, spread_of  # noqa: PLC0415 - starts faster

    world = ground.world
    sets, left_out = sets_for(longest, (Horizon.LONG,))
    apart, common = spread_of(sets, world.sectors)
    errors = apart * world.elasticities
    found = draw(ground, asked, default_rng(seed), number=number, errors=errors, common=common)
    quantiles = (100 * found.quantiles(tuple(PARTS.values()))).T.tolist()
    return {
        "real_income_pct": {
            code: dict(zip(PARTS, row, strict=True))
            for code, row in zip(world.regions, quantiles, strict=True)
        },
        "draws": number,
        "found": int(found.found.sum()),
        "seed": seed,
        "around": world.elasticity_set,
        "deviation_in_common": common,
        "deviation_by_sector": dict(zip(world.sectors, apart.tolist(), strict=True)),
        "notes": [SPREAD_SAYS, *left_out],
    }


def closures_told(ground: Ground, asked: Scenario) -> dict[str, Any]:
    """Give the answers under each closure of deficits, and what the closure does by itself."""
    from undaunted.engines.trade import Deficits, TradeError, closed, solve  # noqa: PLC0415

    world = ground.world
    told: dict[str, Any] = {}
    missed = {}
    for closure in Deficits:
        try:
            found = solve(ground, replace(asked, deficits=closure))
        except TradeError as reason:
            missed[closure.value] = str(reason)
            continue
        alone = dict.fromkeys(world.regions, 0.0)
        if closure is Deficits.BALANCED:
            alone = closed(ground).solution.real_income_pct
        told[closure.value] = {
            "real_income_pct": found.real_income_pct,
            "closure_alone_pct": alone,
            "residual": found.certificate.residual,
            "iterations": found.certificate.iterations,
        }
    return {
        "closures": told,
        "deficit_pct": _by_country(world, 100 * world.deficits / world.value_added),
        "part_of_world_pct": _by_country(world, 100 * world.value_added / world.value_added.sum()),
        "missed": missed,
        "notes": [CLOSURES_SAY],
    }


def tables_of(beside: Mapping[str, Any], *, rows: int | None) -> Iterable[tuple[Any, list[str]]]:
    """Give what prints each table beside, the most moved countries first, each with its notes."""
    for key, table in (("band", _band_table), ("draws", _draws_table), ("closures", _closed_table)):
        if key in beside:
            held = beside[key]
            missed = held.get("missed", {}).items()
            notes = [*held["notes"], *(f"Not found, {name}: {reason}" for name, reason in missed)]
            yield table(held, rows), notes
            if key == "band":
                yield _sets_table(held), []


def _band_table(held: Mapping[str, Any], rows: int | None) -> Any:  # noqa: ANN401 - late import
    spans = held["real_income_pct"]
    lows = [{code: each["least"] for code, each in span.items()} for span in spans.values()]
    head = [f"{horizon} run, least to greatest" for horizon in spans]
    cells = {
        code: [f"{span[code]['least']:+.3f} to {span[code]['greatest']:+.3f} %" for span in
               spans.values()]
        for code in lows[0]
    }  # fmt: skip
    order = sorted(cells, key=lambda code: min(low[code] for low in lows))
    return _table("real income under every set", head, cells, order[:rows])


def _sets_table(held: Mapping[str, Any]) -> Any:  # noqa: ANN401 - late import
    """Give each set's answer for the country that loses most under any."""
    spans = held["real_income_pct"]
    code = min(
        next(iter(spans.values())),
        key=lambda each: min(span[each]["least"] for span in spans.values()),
    )
    cells: dict[str, list[str]] = {}
    for each in held["sets"]:
        row = cells.setdefault(each["elasticities"].split(",")[0], ["not found"] * len(spans))
        row[list(spans).index(each["horizon"])] = f"{each['real_income_pct'][code]:+.3f} %"
    title = f"real income of {code}, set by set"
    return _table(title, [f"{each} run" for each in spans], cells, list(cells), first="set")


def _draws_table(held: Mapping[str, Any], rows: int | None) -> Any:  # noqa: ANN401 - late import
    income = held["real_income_pct"]
    cells = {code: [f"{each:+.3f} %" for each in row.values()] for code, row in income.items()}
    order = sorted(income, key=lambda code: income[code]["p50"])
    title = f"real income, {held['found']} of {held['draws']} draws found, seed {held['seed']}"
    return _table(title, list(PARTS), cells, order[:rows])


def _closed_table(held: Mapping[str, Any], rows: int | None) -> Any:  # noqa: ANN401 - late import
    nets = {key: each["real_income_pct"] for key, each in held["closures"].items()}
    codes = list(held["deficit_pct"])
    spans = {code: _width([net[code] for net in nets.values()]) for code in codes}
    cells = {
        code: [
            *(f"{net[code]:+.3f} %" for net in nets.values()),
            f"{spans[code]:.3f}",
            f"{held['deficit_pct'][code]:+.1f} %",
            f"{held['part_of_world_pct'][code]:.2f} %",
        ]
        for code in codes
    }
    head = [*nets, "apart", "deficit / value added", "of the world"]
    order = sorted(codes, key=lambda code: -spans[code])
    return _table("real income, by closure of deficits", head, cells, order[:rows])


def _table(
    title: str,
    head: Sequence[str],
    cells: Mapping[str, Sequence[str]],
    order: Sequence[str],
    first: str = "country",
) -> Any:  # noqa: ANN401 - late import
    from undaunted.site.terminal import print_table  # noqa: PLC0415 - starts faster

    rows = [(code, *cells[code]) for code in order]
    if len(order) < len(cells):
        rows.append(("...", f"{len(cells) - len(order)} more", *[""] * (len(head) - 1)))
    return partial(print_table, (first, *head), rows, title=title)


def _width(values: Sequence[float]) -> float:
    return max(values) - min(values) if values else 0.0


def _by_country(world: World, row: Any) -> dict[str, float]:  # noqa: ANN401 - late import
    return dict(zip(world.regions, row.tolist(), strict=True))


def _spans(regions: Sequence[str], least: Any, most: Any) -> dict[str, dict[str, float]]:  # noqa: ANN401
    return {
        code: {"least": 100 * low, "greatest": 100 * high}
        for code, low, high in zip(regions, least.tolist(), most.tolist(), strict=True)
    }
