"""What the acquiring side of a case holds of the target's sectors, at the terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from undaunted.coercion.screening.analysis.case_exposure import case_exposure
from undaunted.coercion.screening.analysis.exposed_told import exposed_told
from undaunted.coercion.screening.commands.acting import (
    Reference,
    acting,
    case_here,
    moment_of,
)
from undaunted.coercion.screening.commands.root import AsJson, commands
from undaunted.coercion.screening.queries import case_as_known

if TYPE_CHECKING:
    from undaunted.coercion.screening.rules import CaseExposure

__all__: list[str] = []


@commands.command("exposure")
def exposure(
    reference: Reference,
    *,
    as_known: Annotated[str, typer.Option(help="As known at this moment; else now.")] = "",
    as_json: AsJson = False,
) -> None:
    """Tell what of the target's sectors the acquiring side must and may control, and why."""
    with acting() as actor:
        sheet = case_as_known(actor, case_here(actor, reference), moment_of(as_known))
        found = case_exposure(actor, sheet)
    if as_json:
        typer.echo(json.dumps(exposed_told(found), ensure_ascii=False, indent=2))
        return
    if not found:
        typer.echo("neither the target nor a company below it holds an asset of your register")
    for each in found:
        _show(each)


def _show(row: CaseExposure) -> None:
    was, will = (
        f"{held.must:g} to {held.may:g} ({held.shares[0]:.1%} to {held.shares[1]:.1%})"
        for held in (row.before, row.after)
    )
    typer.echo(f"{row.name} ({row.owner}): {row.sector} in {row.country}, {row.unit}")
    typer.echo(f"  before {was}; after {will}; of {row.after.total:g}")
    if row.left_out:
        typer.echo(f"  {row.left_out} of {row.assets} assets tell no capacity")
    for grip in row.grips:
        typer.echo(f"  {grip.name}: {grip.before} > {grip.after}")
        for sentence in grip.proof:
            typer.echo(f"    {sentence}")
    for point in row.over_time:
        through = f", let through: {point.case}" if point.case else ""
        typer.echo(f"  {point.day}: {point.held.must:g} to {point.held.may:g}{through}")
    for step in row.crept:
        typer.echo(
            f"  {step.day}: votes in the target from {step.before:.2%} to {step.after:.2%}, "
            f"past {step.level:.0%}"
        )
    if row.unfinished:
        typer.echo("  earlier changes were too many to be told")
