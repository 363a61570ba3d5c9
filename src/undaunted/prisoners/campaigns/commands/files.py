"""Files of campaigns at the terminal: written, listed, fetched, destroyed; the calendar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.db import transaction
from django.utils import timezone

from undaunted.core.access.actions import bind_terminal
from undaunted.core.access.rules import PUBLIC, actor_from
from undaunted.prisoners.campaigns.actions import (
    make_material,
    rewrite_material,
    withdraw_material,
)
from undaunted.prisoners.campaigns.analysis import sheet_of
from undaunted.prisoners.campaigns.commands.root import (
    Case,
    Language,
    Reference,
    acting,
    adopter_here,
    campaign_here,
    case_here,
    commands,
    found,
    refusals,
)
from undaunted.prisoners.campaigns.queries import (
    campaign_sheet,
    material_bytes,
    material_for,
    materials_of,
    published_campaign,
)
from undaunted.prisoners.campaigns.rules import MaterialKind  # noqa: TC001 - typer reads it
from undaunted.prisoners.campaigns.writers import write_calendar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.prisoners.campaigns.models import Material

__all__: list[str] = []

File = Annotated[UUID, typer.Argument(help="Id of the file, from `campaign files`.")]
Folder = Annotated[Path, typer.Option("--out", help="Folder for a copy.")]


@commands.command("write")
def write(  # noqa: PLR0913 - of whom, what, in which language, signed by whom, where to
    reference: Reference,
    case: Case,
    kind: Annotated[MaterialKind, typer.Argument(help="What is written.")],
    *,
    language: Language = "en",
    adopter: Annotated[str, typer.Option(help="Name or id of the adopter who signs.")] = "",
    folder: Folder = Path(),
) -> None:
    """Write a letter, question, note, statement or card of a case, and keep it."""
    with acting() as actor:
        campaign = campaign_here(actor, reference)
        held = case_here(actor, campaign, case)
        signed = adopter_here(actor, campaign, adopter) if adopter else None
        made = make_material(
            held, kind, actor=actor, at=timezone.now(), language=language, adopter=signed
        )
        _write(made, folder)


@commands.command("files")
def list_files(reference: Reference) -> None:
    """List what was written, with ids: which waits, is public, is old, was destroyed."""
    with acting() as actor:
        for each in materials_of(actor, campaign_here(actor, reference)):
            typer.echo(f"{each.pk}  {_standing(each):<10}  {each.kind}  {each.name}")


@commands.command("file")
def fetch(file: File, folder: Folder = Path()) -> None:
    """Write a file to a folder; not one whose words are old."""
    with acting() as actor:
        held = found(material_for(actor, file), str(file))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / held.name).write_bytes(material_bytes(actor, held))
        typer.echo(str(folder / held.name))


@commands.command("rewrite")
def rewrite(file: File, folder: Folder = Path()) -> None:
    """Write a file whose words are old anew, in all forms of its kind."""
    with acting() as actor:
        held = found(material_for(actor, file), str(file))
        _write(rewrite_material(held, actor=actor, at=timezone.now()), folder)


@commands.command("destroy")
def destroy(file: File) -> None:
    """Destroy a file; its checksum and the day stay."""
    with acting() as actor:
        held = found(material_for(actor, file), str(file))
        withdraw_material(held, actor=actor, at=timezone.now())
        typer.echo(f"destroyed  {held.sha256[:12]}")


@commands.command("calendar")
def calendar(reference: Reference, language: Language = "en", folder: Folder = Path()) -> None:
    """Write the days of a campaign as a calendar (ICS); it names nobody."""
    with refusals(), transaction.atomic():
        actor = actor_from(bind_terminal())
        if actor.is_public:
            shown = found(published_campaign(PUBLIC, reference), reference)
            sheet, at = sheet_of(shown, ()), shown.published_at
        else:
            held = campaign_here(actor, reference)
            sheet, at = campaign_sheet(actor, held), held.recorded_at
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{reference}.ics"
        path.write_bytes(write_calendar(sheet, language=language, at=at))
        typer.echo(str(path))


def _standing(material: Material) -> str:
    if material.withdrawn_at is not None:
        return "destroyed"
    if material.stale_at is not None:
        return "old"
    if material.mode != "public":
        return "not public"
    return "public" if material.approved_at else "waits"


def _write(made: Iterable[Material], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for each in made:
        (folder / each.name).write_bytes(bytes(each.content or b""))
        typer.echo(f"{each.sha256[:12]}  {folder / each.name}")
