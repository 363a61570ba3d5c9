"""`undaunted trade`: scenarios of trade measures over files, without a database."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path  # noqa: TC003 - the terminal reads it
from typing import TYPE_CHECKING, Annotated, Any

import typer

from undaunted.cli.exposure import dependencies, exposure, warning
from undaunted.cli.session import REFUSED
from undaunted.cli.trade_respond import respond
from undaunted.cli.trade_tables import convert
from undaunted.cli.trade_told import Answer, by_country, permits_of, told_of, world_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["commands"]

MOST_DRAWS = 100_000
SHOWN = 10
"""So many losers and winners are told; `--all` gives every country, `--json` every number."""

commands = typer.Typer(
    help="Trade: what measures cost each country. Over files, without a database.",
    no_args_is_help=True,
)


for verb in (convert, exposure, dependencies, warning, respond):
    commands.command()(verb)


@commands.command()
def simulate(  # noqa: PLR0913 - its options
    scenario: Annotated[Path, typer.Argument(help="A scenario file, TOML.")],
    *,
    bilateral: Annotated[
        bool, typer.Option("--bilateral", help="With --json: who buys how much of what from whom.")
    ] = False,
    band: Annotated[
        bool, typer.Option("--band", help="Under every published set, by horizon.")
    ] = False,
    draws: Annotated[
        int | None, typer.Option(min=2, max=MOST_DRAWS, help="So many drawn sets: quantiles.")
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Of --draws; 1 without it.")] = None,
    closures: Annotated[
        bool, typer.Option("--closures", help="Under each closure of deficits.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Tell every country.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Work out what the measures of a scenario change, for every country."""
    _check_options(
        {
            "--bilateral goes with --json": bilateral and not as_json,
            "--all goes without --json, which tells every country": every and as_json,
            "--seed goes with --draws": seed is not None and draws is None,
        }
    )
    with _refusals(scenario):
        answer = _answer(scenario)
        beside = _beside(
            answer, band=band, draws=draws, seed=1 if seed is None else seed, closures=closures
        )
    if as_json:
        told = told_of(answer, bilateral=bilateral) | beside
        typer.echo(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2))
    else:
        _show(answer, every=every)
        _show_beside(beside, every=every)


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


def _check_options(wrong: dict[str, bool]) -> None:
    for sentence, found in wrong.items():
        if found:
            typer.echo(f"undaunted: {sentence}", err=True)
            raise typer.Exit(REFUSED)


@contextmanager
def _refusals(scenario: Path) -> Iterator[None]:
    """Tell what was refused, with a status, in place of a trace."""
    from undaunted.coercion.exposure.readers import FileRefused, PackBroken  # noqa: PLC0415
    from undaunted.coercion.response.readers import ScenarioRefused  # noqa: PLC0415
    from undaunted.engines.trade import TradeError  # noqa: PLC0415 - starts faster

    try:
        yield
    except ScenarioRefused as refusal:
        for problem in refusal.problems:
            typer.echo(f"undaunted: {refusal.where}: {problem}", err=True)
        raise typer.Exit(REFUSED) from None
    except (FileRefused, PackBroken, TradeError) as refusal:
        typer.echo(f"undaunted: {scenario.name}: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


def _answer(scenario: Path) -> Answer:
    from undaunted.coercion.response.readers import read_scenario  # noqa: PLC0415
    from undaunted.engines.trade import prepare, solve  # noqa: PLC0415 - starts faster

    told = read_scenario(scenario)
    chosen = world_of(told)
    ground = prepare(chosen.world)
    return Answer(told, chosen, ground, solve(ground, told.scenario))


def _beside(
    answer: Answer, *, band: bool, draws: int | None, seed: int, closures: bool
) -> dict[str, Any]:
    from undaunted.cli.trade_beside import (  # noqa: PLC0415 - starts faster
        band_told,
        closures_told,
        draws_told,
    )

    ground, asked = answer.ground, answer.told.scenario
    beside: dict[str, Any] = {}
    if band or draws:
        longest = world_of(answer.told, elasticities="data", horizon="long").world
    if band:
        beside["band"] = band_told(ground, asked, longest)
    if draws:
        beside["draws"] = draws_told(ground, asked, longest, number=draws, seed=seed)
    if closures:
        beside["closures"] = closures_told(ground, asked)
    return beside


def _show(answer: Answer, *, every: bool) -> None:
    from rich.console import Console  # noqa: PLC0415 - starts faster

    from undaunted.site.terminal import print_table  # noqa: PLC0415 - starts faster

    solution, console = answer.solution, Console(markup=False)
    rows = []
    order = sorted(solution.real_income_pct.items(), key=lambda each: each[1])
    left_out = 0 if every else max(0, len(order) - 2 * SHOWN)
    wages = by_country(answer, solution.wages)
    prices = by_country(answer, solution.consumer_prices)
    for number, (code, change) in enumerate(order):
        if left_out and number == SHOWN:
            rows.append(("...", f"{left_out} more", "", ""))
        if left_out and SHOWN <= number < SHOWN + left_out:
            continue
        paid, cost = 100 * (wages[code] - 1), 100 * (prices[code] - 1)
        rows.append((code, f"{change:+.4f} %", f"{paid:+.3f} %", f"{cost:+.3f} %"))
    heads = ("country", "real income", "wages", "prices")
    print_table(heads, rows, title=answer.told.scenario.name, console=console)
    kept = solution.certificate
    console.print(
        f"Residual {kept.residual:.1e} after {kept.iterations} iterations, markets clear to "
        f"{kept.market_clearing:.1e}; deficits {kept.deficits}; elasticities "
        f"{answer.chosen.elasticities}; {answer.chosen.data}, {answer.chosen.data_sha256[:12]}; "
        f"scenario {answer.told.sha256[:12]}.",
        highlight=False,
    )
    for said in (
        *kept.assumptions, *_scarce(answer), *answer.chosen.said, answer.chosen.attribution,
    ):  # fmt: skip
        if said:
            console.print(said.rstrip(".") + ".", highlight=False)


def _scarce(answer: Answer) -> list[str]:
    worth = [
        (price, importer, exporter, sector)
        for importer, rows in permits_of(answer).items()
        for exporter, row in rows.items()
        for sector, price in row.items()
    ]
    if not worth:
        return []
    price, importer, exporter, sector = max(worth)
    told = f"{price:.3g} % of the price without it, for {importer} buying {sector} from {exporter}"
    return [f"Limits bind in {len(worth)} flows; a permit is worth at most {told}"]


def _show_beside(beside: dict[str, Any], *, every: bool) -> None:
    from rich.console import Console  # noqa: PLC0415 - starts faster

    from undaunted.cli.trade_beside import tables_of  # noqa: PLC0415 - starts faster

    console = Console(markup=False)
    for print_beside, notes in tables_of(beside, rows=None if every else SHOWN):
        print_beside(console=console)
        for note in notes:
            console.print(note.rstrip(".") + ".", highlight=False)
