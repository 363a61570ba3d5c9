"""Files of flows at the terminal: kept for an organisation, tested, asked, discarded."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.coercion.exposure.actions import discard_flow_file, keep_flow_file
from undaunted.coercion.exposure.analysis.kept import kept_dependencies, kept_warning
from undaunted.coercion.exposure.forms import EpisodeForm
from undaunted.coercion.exposure.queries import flow_file_for, flow_files_for
from undaunted.coercion.exposure.writers import dependencies_told, warned_csv, warned_told
from undaunted.core.accounts.commands import acting_at

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from undaunted.coercion.exposure.models import FlowFile
    from undaunted.core.access.rules import Actor

__all__ = ["commands"]


commands = typer.Typer(
    help="Files of flows that an organisation keeps.", no_args_is_help=True, add_completion=False
)
Holder = Annotated[UUID, typer.Argument(help="Id of your organisation.")]
Which = Annotated[UUID, typer.Argument(help="Id of the file, as `files` shows it.")]


@commands.command("files")
def list_files() -> None:
    """List the files of your organisations."""
    with _acting() as actor:
        for each in flow_files_for(actor):
            years = ",".join(map(str, each.years))
            typer.echo(
                f"{each.pk}  {each.holder}  {each.layout}  {years}  {each.rows}  {each.name}"
            )


@commands.command("keep")
def keep(
    holder: Holder, file: Annotated[Path, typer.Argument(help="CSV of at most 20 MB.")]
) -> None:
    """Read a file of BACI, Comtrade or months and keep it for your organisation."""
    with _acting() as actor:
        made = keep_flow_file(holder, file.name, file.read_bytes(), actor=actor, at=timezone.now())
        typer.echo(str(made.pk))
        for said in made.said:
            typer.echo(said)


@commands.command("discard")
def discard(file: Which) -> None:
    """Delete a file."""
    with _acting() as actor:
        discard_flow_file(_file(actor, file), actor=actor, at=timezone.now())


@commands.command("dependencies")
def dependencies(
    holder: Holder, country: Annotated[str, typer.Argument(help="The country, ISO3.")]
) -> None:
    """Name the products with few suppliers, by all yearly files of your organisation; as JSON."""
    with _acting() as actor:
        found, flows = kept_dependencies(actor, holder, country)
        _print(dependencies_told(found, flows.attribution, flows.said))


@commands.command("episode")
def episode(  # noqa: PLR0913, PLR0917 - each is an option of its own
    file: Which,
    target: Annotated[str, typer.Option(help="Who is pressed, ISO3.")],
    coercer: Annotated[str, typer.Option(help="By whom, ISO3.")],
    since: Annotated[str, typer.Option(help="First month of the measure, such as 2021-12.")],
    product: Annotated[str, typer.Option(help="Products hit, by first figures, commas.")] = "",
    component: Annotated[str, typer.Option(help="Others' products with the target's parts.")] = "",
    *,
    as_csv: Annotated[bool, typer.Option("--csv", help="A table of months.")] = False,
) -> None:
    """Hold an episode's months against what they would have been; as JSON or CSV."""
    form = EpisodeForm(
        {"target": target, "coercer": coercer, "since": since, "product": product,
         "component": component}
    )  # fmt: skip
    with _acting() as actor:
        if not form.is_valid():
            name, said = next(iter(form.errors.items()))
            raise ValueError(f"--{name}: {' '.join(map(str, said))}")
        held = _file(actor, file)
        warned = kept_warning(actor, file, form.episode())
        if as_csv:
            typer.echo(warned_csv(warned, held.name), nl=False)
        else:
            _print(warned_told(warned, held.name))


def _file(actor: Actor, pk: UUID) -> FlowFile:
    held = flow_file_for(actor, pk)
    if held is None:
        raise ValueError(f"{pk}: there is no such file for you")
    return held


def _print(told: dict[str, Any]) -> None:
    typer.echo(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2))


def _acting() -> AbstractContextManager[Actor]:
    return acting_at("exposure")
