"""`undaunted trade exposure`, `dependencies`, `warning`: who depends on whom, over files."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 - typer reads it
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from undaunted.cli.session import REFUSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.coercion.exposure.rules import DependencyReport, Effect, Exposure, SectorExposure

__all__ = ["dependencies", "exposure", "warning"]

SHOWN = 15


def exposure(
    country: Annotated[str, typer.Option(help="The country, ISO3.")],
    to: Annotated[
        str | None, typer.Option(help="One partner, with sectors; else all.", show_default=False)
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Say how far a country depends on another, or on each: shipped table, year and source."""
    from undaunted.coercion.exposure import analysis  # noqa: PLC0415 - starts faster
    from undaunted.coercion.exposure.rules import UnknownRegion  # noqa: PLC0415
    from undaunted.coercion.exposure.writers import country_told, pair_told  # noqa: PLC0415

    code, source = country.upper(), analysis.shipped_source()
    try:
        if to is None:
            found = analysis.shipped_exposures(code)
            told = country_told(code, analysis.standing_of(code), found, source)
        else:
            partner = to.upper()
            here = analysis.shipped_exposure(code, partner)
            found, there = (here,), analysis.shipped_exposure(partner, code)
            told = pair_told(here, there, analysis.shipped_sectors(code, partner), source)
    except UnknownRegion as unknown:
        _refuse(str(unknown.args[0]))
    if as_json:
        _print_json(told)
        return
    _show_exposures(found, f"{source.name}: parts of one, {source.year}")
    if to is not None:
        sectors = [each for _name, each in analysis.shipped_sectors(code, to.upper())]
        _show_sectors(sectors, f"Sectors: parts of one, and {source.unit}")
    typer.echo(source.attribution)


def dependencies(
    files: Annotated[list[Path], typer.Argument(help="BACI or Comtrade, CSV or Parquet.")],
    country: Annotated[str, typer.Option(help="The country, ISO3.")],
    codes: Annotated[
        Path | None, typer.Option(help="BACI's file of country codes.", show_default=False)
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Name the products on whose few suppliers a country depends, and who could replace them."""
    from undaunted.coercion.exposure.readers import FileRefused, read_flows  # noqa: PLC0415
    from undaunted.coercion.exposure.rules import (  # noqa: PLC0415
        DependenciesRefused,
        product_dependencies,
    )
    from undaunted.coercion.exposure.writers import dependencies_told  # noqa: PLC0415

    try:
        flows = read_flows(files, countries=codes)
        report = product_dependencies(flows, country.upper())
    except (FileRefused, DependenciesRefused) as refusal:
        _refuse(str(refusal))
    if as_json:
        _print_json(dependencies_told(report, flows.attribution, flows.said))
        return
    _show_products(report)
    for said in (*flows.said, flows.attribution):
        typer.echo(said)


def warning(  # noqa: PLR0913, PLR0917 - each is an option of its own
    series: Annotated[Path, typer.Argument(help="CSV: date, reporter, partner, product, value.")],
    target: Annotated[str, typer.Option(help="Who is pressed, ISO3.")],
    coercer: Annotated[str, typer.Option(help="By whom, ISO3.")],
    since: Annotated[str, typer.Option(help="First month of the measure, such as 2021-12.")],
    product: Annotated[
        list[str] | None, typer.Option(help="Products hit, by first figures; else all.")
    ] = None,
    component: Annotated[
        list[str] | None, typer.Option(help="Others' products that hold the target's parts.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Hold an episode's trade against what it would have been, with interval and placebos."""
    from undaunted.coercion.exposure.readers import FileRefused, read_monthly  # noqa: PLC0415
    from undaunted.coercion.exposure.rules import (  # noqa: PLC0415
        Episode,
        WarningRefused,
        warned_of,
    )
    from undaunted.coercion.exposure.writers import warned_told  # noqa: PLC0415

    episode = Episode(
        target.upper(), coercer.upper(), since, tuple(product or ()), tuple(component or ())
    )
    try:
        warned = warned_of(read_monthly(series), episode)
    except (FileRefused, WarningRefused) as refusal:
        _refuse(
            f"{series.name}: {refusal}" if isinstance(refusal, WarningRefused) else str(refusal)
        )
    if as_json:
        _print_json(warned_told(warned, series.name))
        return
    typer.echo(_effect_line(f"{target.upper()} to {coercer.upper()}", warned.loss))
    for route in warned.routes:
        typer.echo(
            f"Went round through {route.country}: {route.amount:,.0f} "
            f"({route.low:,.0f} to {route.high:,.0f})."
        )
    if not warned.routes:
        typer.echo("No third country through which trade went round was found.")
    if warned.components is not None:
        typer.echo(_effect_line("Others, goods with the target's parts", warned.components))
        for seller, effect in warned.pressed:
            typer.echo(_effect_line(f"  {seller}", effect))
    for said in warned.said:
        typer.echo(said)


def _show_exposures(found: Sequence[Exposure], title: str) -> None:
    from undaunted.coercion.exposure.rules import Measure  # noqa: PLC0415 - starts faster
    from undaunted.site.terminal import print_table  # noqa: PLC0415 - starts faster

    heads = [str(each).replace("-", " ") for each in Measure]
    rows = [
        (each.partner, *(f"{each.parts[measure]:.4f}" for measure in Measure))
        for each in found[:SHOWN]
    ]
    print_table(("partner", *heads), rows, title=title)
    if len(found) > SHOWN:
        typer.echo(f"{len(found) - SHOWN} more with --json.")


def _show_sectors(found: Sequence[SectorExposure], title: str) -> None:
    from undaunted.site.terminal import print_table  # noqa: PLC0415 - starts faster

    heads = (
        "sector", "demand", "exports", "imports", "import share", "inputs bought", "inputs behind",
    )  # fmt: skip
    rows = [
        (
            each.sector.replace(" (aggregate)", ""),
            f"{each.demand:.4f}",
            f"{each.exports:,.1f}",
            f"{each.imports:,.1f}",
            f"{each.import_share:.4f}",
            f"{each.inputs_bought:.4f}",
            f"{each.inputs_behind:.4f}",
        )
        for each in sorted(found, key=lambda one: -one.exports)
    ]
    print_table(heads, rows, title=title)


def _show_products(report: DependencyReport) -> None:
    from undaunted.site.terminal import print_table  # noqa: PLC0415 - starts faster

    years = f"{report.years[0]} to {report.years[-1]}"
    heads = ("product", "kind", "supplier", "its part", "world's part", "others could sell")
    rows = []
    for each in report.findings:
        named = (("dependency", each.dependency), ("chokepoint", each.chokepoint))
        supply = each.supply
        others = (f"{other.country} x{other.covers:.1f}" for other in supply.substitutes[:3])
        rows.append((
            each.product,
            ", ".join(name for name, is_so in named if is_so),
            supply.supplier,
            f"{supply.supplier_share:.0%}",
            f"{supply.world_supplier} {supply.world_share:.0%}",
            ", ".join(others),
        ))  # fmt: skip
    print_table(heads, rows, title=f"{report.country}, {years}")
    typer.echo(
        f"{len(report.dependencies)} of {report.tested} products imported are dependencies, "
        f"{report.imports_dependent:.1%} of imports in {report.years[-1]}; world exports are those "
        f"to {report.importers} countries."
    )


def _effect_line(name: str, effect: Effect) -> str:
    verdict = "found" if effect.found else "not told apart from chance"
    if not effect.well_matched:
        verdict = "no counterfactual comes near enough before the measure: nothing is concluded"
    elif effect.in_time.found:
        verdict = "the placebo in time moves as well: nothing is concluded"
    return (
        f"{name}: {effect.effect:,.0f} ({effect.part:+.0%} of what was expected), "
        f"{effect.level:.0%} "
        f"interval {effect.low:,.0f} to {effect.high:,.0f}, p in space {effect.p_value:.2f}: "
        f"{verdict}."
    )


def _print_json(told: dict[str, Any]) -> None:
    typer.echo(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2))


def _refuse(said: str) -> NoReturn:
    typer.echo(f"undaunted: {said}", err=True)
    raise typer.Exit(REFUSED)
