"""One solution of a scenario in the words of `--json`: numbers with units, and the certificate."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from undaunted.coercion.exposure.readers import ChosenWorld
    from undaunted.coercion.response.readers import ScenarioFile
    from undaunted.engines.trade import Ground, Solution

__all__ = ["Answer", "by_country", "permits_of", "told_of", "world_of"]

AGAINST = ("the benchmark year", "the benchmark year with its deficits closed, without measures")
UNITS = {
    "real_income_pct": "per cent of real income in the benchmark year",
    "final_spending": "millions of the table's currency in what the changes are told against",
    "wages": "new over old, in the unit of account (world value added stays as it was)",
    "prices": "new over old, of what is bought, by buyer and sector",
    "consumer_prices": "new over old, of final spending",
    "sector_output": "millions of the table's currency at new prices",
    "sector_output_pct": "per cent of the quantity made in the benchmark year",
    "permit_prices": "per cent of the price without the permit, importer, exporter, sector",
    "bilateral_trade": "millions of the table's currency at the border, importer, exporter, sector",
}


@dataclass(frozen=True)
class Answer:
    """A scenario as it was read, the world that was chosen for it, and its solution."""

    told: ScenarioFile
    chosen: ChosenWorld
    ground: Ground
    solution: Solution


def world_of(
    told: ScenarioFile, *, elasticities: str | None = None, horizon: str | None = None
) -> ChosenWorld:
    """Give the world that a scenario file asks for, or with other elasticities than its own."""
    from undaunted.coercion.exposure.readers import chosen_world  # noqa: PLC0415 - starts faster

    return chosen_world(
        None if told.data is None else Path(told.data),
        tariffs=None if told.tariffs is None else Path(told.tariffs),
        elasticities=elasticities or told.scenario.elasticities,
        horizon=horizon or told.horizon,
    )


def told_of(answer: Answer, *, bilateral: bool) -> dict[str, Any]:
    """Give what `--json` shows of one solution."""
    solution = answer.solution
    before = solution.world.sales
    quantity = solution.output / solution.costs
    moved = 100 * (quantity / _where_above(before) - 1) * (before > 0)
    told = {
        "scenario": answer.told.scenario.name,
        "against": AGAINST[answer.told.scenario.deficits == "balanced"],
        "shocks": _shocks(answer),
        "real_income_pct": solution.real_income_pct,
        "final_spending": by_country(answer, solution.world.income),
        "money": _money(answer),
        "wages": by_country(answer, solution.wages),
        "consumer_prices": by_country(answer, solution.consumer_prices),
        "prices": _by_sector(answer, solution.prices),
        "sector_output": _by_sector(answer, solution.output),
        "sector_output_pct": _by_sector(answer, moved),
        "permit_prices": permits_of(answer),
        "units": {key: text for key, text in UNITS.items() if key != "bilateral_trade"},
        "certificate": _certificate(answer),
        "attribution": answer.chosen.attribution,
        "notes": list(answer.chosen.said),
    }
    if bilateral:
        told["bilateral_trade"] = _flows(answer)
        told["units"] = UNITS
    return told


def _money(answer: Answer) -> dict[str, Any] | None:
    """Give currency, scale and year of the table; None of one's own that does not say them."""
    from undaunted.coercion.exposure.readers import shipped_paper  # noqa: PLC0415 - starts faster

    if answer.told.data is None:
        paper = shipped_paper()
        return {"unit": paper.money, "year": paper.year}
    return {"unit": answer.told.unit, "year": answer.told.year} if answer.told.unit else None


def _shocks(answer: Answer) -> list[dict[str, Any]]:
    """Give who buys from whom where something is done, groups by their members."""
    asked = answer.told.scenario

    def members(named: str | tuple[str, ...]) -> list[str]:
        names = (named,) if isinstance(named, str) else named
        return sorted({code for name in names for code in asked.groups.get(name, (name,))})

    return [
        {
            "importers": members(each.importer),
            "exporters": members(each.exporter),
            "kind": each.kind.value,
            "value": each.value,
        }
        for each in asked.shocks
    ]


def permits_of(answer: Answer) -> dict[str, dict[str, dict[str, float]]]:
    """Give what permits are worth, where they are worth anything."""
    world, worth = answer.chosen.world, answer.solution.scarcity
    told: dict[str, dict[str, dict[str, float]]] = {}
    if worth is not None:
        for n, i, j in zip(*worth.nonzero(), strict=True):
            row = told.setdefault(world.regions[n], {}).setdefault(world.regions[i], {})
            row[world.sectors[j]] = 100 * float(worth[n, i, j])
    return told


def _certificate(answer: Answer) -> dict[str, Any]:
    kept = answer.solution.certificate
    return {
        "residual": kept.residual,
        "tolerance": kept.tolerance,
        "iterations": kept.iterations,
        "market_clearing": kept.market_clearing,
        "closure": kept.deficits,
        "elasticities": answer.chosen.elasticities,
        "data": answer.chosen.data,
        "data_hash": answer.chosen.data_sha256,
        "world_hash": kept.data,
        "scenario_hash": answer.told.sha256,
        "assumptions": list(kept.assumptions),
    }


def _where_above(table: Any) -> Any:  # noqa: ANN401 - late import
    return table + (table <= 0)


def by_country(answer: Answer, row: Any) -> dict[str, float]:  # noqa: ANN401 - late import
    """Give a row [N] by code."""
    return dict(zip(answer.chosen.world.regions, row.tolist(), strict=True))


def _by_sector(answer: Answer, table: Any) -> dict[str, dict[str, float]]:  # noqa: ANN401
    world = answer.chosen.world
    return {
        code: dict(zip(world.sectors, row, strict=True))
        for code, row in zip(world.regions, table.tolist(), strict=True)
    }


def _flows(answer: Answer) -> dict[str, dict[str, dict[str, float]]]:
    from undaunted.engines.trade import bilateral_trade  # noqa: PLC0415 - starts faster

    world = answer.chosen.world
    return {
        importer: {
            exporter: {
                sector: amount
                for sector, amount in zip(world.sectors, row, strict=True)
                if amount != 0
            }
            for exporter, row in zip(world.regions, rows, strict=True)
        }
        for importer, rows in zip(
            world.regions, bilateral_trade(answer.solution).tolist(), strict=True
        )
    }
