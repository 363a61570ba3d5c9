"""`undaunted trade`: scenarios of trade measures over files, without a database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from undaunted.cli.exposure import dependencies, exposure, warning
from undaunted.cli.session import REFUSED
from undaunted.cli.trade_respond import respond
from undaunted.cli.trade_tables import convert

if TYPE_CHECKING:
    from undaunted.coercion.exposure.readers import ChosenWorld
    from undaunted.coercion.response.readers import ScenarioFile
    from undaunted.engines.trade import Solution

__all__ = ["commands"]

SHOWN = 10
"""So many losers and winners are told; `--all` gives every country, `--json` every number."""

UNITS = {
    "real_income_pct": "per cent of real income in the benchmark year",
    "wages": "new over old, in the unit of account (world value added stays as it was)",
    "prices": "new over old, of what is bought, by buyer and sector",
    "consumer_prices": "new over old, of final spending",
    "sector_output": "millions of the table's currency at new prices",
    "sector_output_pct": "per cent of the quantity made in the benchmark year",
    "bilateral_trade": "millions of the table's currency at the border, importer, exporter, sector",
}

commands = typer.Typer(
    help="Trade: what measures cost each country. Over files, without a database.",
    no_args_is_help=True,
)


@dataclass(frozen=True)
class _Answer:
    told: ScenarioFile
    chosen: ChosenWorld
    solution: Solution


for verb in (convert, exposure, dependencies, warning, respond):
    commands.command()(verb)


@commands.command()
def simulate(
    scenario: Annotated[Path, typer.Argument(help="A scenario file, TOML.")],
    *,
    bilateral: Annotated[
        bool, typer.Option("--bilateral", help="With --json: who buys how much of what from whom.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Tell every country.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Work out what the measures of a scenario change, for every country."""
    answer = _answer(scenario)
    if as_json:
        told = _told(answer, bilateral=bilateral)
        typer.echo(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2))
    else:
        _show(answer, every=every)


@commands.command()
def sweep(
    scenarios: Annotated[list[Path], typer.Argument(help="Scenario files, TOML.")],
    *,
    out: Annotated[Path, typer.Option(help="A folder; what lies there already is not redone.")],
    elasticities: Annotated[
        list[str] | None, typer.Option(help="A set, in place of the scenario's; several times.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes of this machine.")] = 1,
) -> None:
    """Work out many scenarios by many sets of elasticities, in several processes."""
    from undaunted.cli.processes import (  # noqa: PLC0415 - starts faster
        DaskMissing,
        in_processes,
        in_this_process,
        processes,
    )
    from undaunted.cli.sweep import parts_of  # noqa: PLC0415 - starts faster
    from undaunted.cli.sweep import sweep as swept  # noqa: PLC0415 - starts faster
    from undaunted.coercion.exposure.readers import FileRefused  # noqa: PLC0415 - starts faster
    from undaunted.coercion.response.readers import ScenarioRefused  # noqa: PLC0415
    from undaunted.engines.trade import TradeError  # noqa: PLC0415 - starts faster

    try:
        parts = parts_of(scenarios, elasticities or [])
        if workers == 1:
            written = swept(parts, out, work=in_this_process, progress=_told_progress)
        else:
            with processes(workers) as client:
                written = swept(parts, out, work=in_processes(client), progress=_told_progress)
    except ScenarioRefused as refusal:
        for problem in refusal.problems:
            typer.echo(f"undaunted: {refusal.where}: {problem}", err=True)
        raise typer.Exit(REFUSED) from None
    except (DaskMissing, FileRefused, TradeError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None
    typer.echo(written)


def _told_progress(done: int, parts: int) -> None:
    typer.echo(f"{done} of {parts} parts", err=True)


def _answer(scenario: Path) -> _Answer:
    from undaunted.coercion.exposure.readers import (  # noqa: PLC0415 - starts faster
        FileRefused,
        PackBroken,
        chosen_world,
    )
    from undaunted.coercion.response.readers.scenario import (  # noqa: PLC0415 - starts faster
        ScenarioRefused,
        read_scenario,
    )
    from undaunted.engines.trade import TradeError, solve  # noqa: PLC0415 - starts faster

    try:
        told = read_scenario(scenario)
        asked = told.scenario
        chosen = chosen_world(
            None if told.data is None else Path(told.data),
            tariffs=None if told.tariffs is None else Path(told.tariffs),
            elasticities=asked.elasticities,
            horizon=told.horizon,
        )
        solution = solve(chosen.world, asked)
    except ScenarioRefused as refusal:
        for problem in refusal.problems:
            typer.echo(f"undaunted: {refusal.where}: {problem}", err=True)
        raise typer.Exit(REFUSED) from None
    except (FileRefused, PackBroken, TradeError) as refusal:
        typer.echo(f"undaunted: {scenario.name}: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None
    return _Answer(told, chosen, solution)


def _told(answer: _Answer, *, bilateral: bool) -> dict[str, Any]:
    solution, world = answer.solution, answer.chosen.world
    before = world.sales
    quantity = solution.output / solution.costs
    moved = 100 * (quantity / _where_above(before) - 1) * (before > 0)
    told = {
        "scenario": answer.told.scenario.name,
        "real_income_pct": solution.real_income_pct,
        "wages": _by_country(answer, solution.wages),
        "consumer_prices": _by_country(answer, solution.consumer_prices),
        "prices": _by_sector(answer, solution.prices),
        "sector_output": _by_sector(answer, solution.output),
        "sector_output_pct": _by_sector(answer, moved),
        "units": {key: text for key, text in UNITS.items() if key != "bilateral_trade"},
        "certificate": _certificate(answer),
        "attribution": answer.chosen.attribution,
        "notes": list(answer.chosen.said),
    }
    if bilateral:
        told["bilateral_trade"] = _flows(answer)
        told["units"] = UNITS
    return told


def _certificate(answer: _Answer) -> dict[str, Any]:
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


def _by_country(answer: _Answer, row: Any) -> dict[str, float]:  # noqa: ANN401 - late import
    return dict(zip(answer.chosen.world.regions, row.tolist(), strict=True))


def _by_sector(answer: _Answer, table: Any) -> dict[str, dict[str, float]]:  # noqa: ANN401
    world = answer.chosen.world
    return {
        code: dict(zip(world.sectors, row, strict=True))
        for code, row in zip(world.regions, table.tolist(), strict=True)
    }


def _flows(answer: _Answer) -> dict[str, dict[str, dict[str, float]]]:
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


def _show(answer: _Answer, *, every: bool) -> None:
    from rich.console import Console  # noqa: PLC0415 - starts faster
    from rich.table import Table  # noqa: PLC0415 - starts faster

    solution, console = answer.solution, Console()
    table = Table("country", "real income", "wages", "prices", title=answer.told.scenario.name)
    order = sorted(solution.real_income_pct.items(), key=lambda each: each[1])
    left_out = 0 if every else max(0, len(order) - 2 * SHOWN)
    wages = _by_country(answer, solution.wages)
    prices = _by_country(answer, solution.consumer_prices)
    for number, (code, change) in enumerate(order):
        if left_out and number == SHOWN:
            table.add_row("...", f"{left_out} more", "", "")
        if left_out and SHOWN <= number < SHOWN + left_out:
            continue
        paid, cost = 100 * (wages[code] - 1), 100 * (prices[code] - 1)
        table.add_row(code, f"{change:+.4f} %", f"{paid:+.3f} %", f"{cost:+.3f} %")
    console.print(table)
    kept = solution.certificate
    console.print(
        f"Residual {kept.residual:.1e} after {kept.iterations} iterations, markets clear to "
        f"{kept.market_clearing:.1e}; deficits {kept.deficits}; elasticities "
        f"{answer.chosen.elasticities}; {answer.chosen.data}, {answer.chosen.data_sha256[:12]}; "
        f"scenario {answer.told.sha256[:12]}.",
        highlight=False,
    )
    for said in (*kept.assumptions, *answer.chosen.said, answer.chosen.attribution):
        if said:
            console.print(said.rstrip(".") + ".", highlight=False)
