"""`undaunted dossiers`: an annex is redacted, its file saved and looked at by a second person."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.core.evidence.commands import (
    Boxes,
    Passages,
    Why,
    marks_read,
)
from undaunted.core.evidence.rules import Unredactable
from undaunted.repression.dossiers.actions import look_at_annex, open_annex, redact_annex
from undaunted.repression.dossiers.commands.acting import Which, acting, dossier_here, found
from undaunted.repression.dossiers.commands.desk import commands
from undaunted.repression.dossiers.forms import victims_named
from undaunted.repression.dossiers.queries import part_of
from undaunted.repression.dossiers.rules import DossierRefused

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.models import Annex

__all__: list[str] = []

WhichAnnex = Annotated[UUID, typer.Argument(help="Id of the annex, as `show` tells it.")]


@commands.command("redact")
def redact(  # noqa: PLR0913 - of what, what goes, why, whom the copy shows
    which: Which,
    annex: WhichAnnex,
    *,
    ground: Why,
    passages: Passages = None,
    box: Boxes = None,
    shows: Annotated[
        list[int] | None, typer.Option(help="Number of a person whom the copy shows still.")
    ] = None,
) -> None:
    """Let a redacted copy go along in place of an annex; passages are read from a file."""
    with acting() as actor:
        held = dossier_here(actor, which)
        try:
            marks = marks_read(passages, box)
        except Unredactable as refusal:
            field, _, why = str(refusal).partition(": ")
            raise DossierRefused(field, why) from refusal
        made = redact_annex(
            _annex(actor, which, annex), marks, ground,
            shows=victims_named(actor, held, shows or ()), actor=actor, at=timezone.now(),
        )  # fmt: skip
        typer.echo(f"annex  {made.pk}  copy {made.redacted}. A second person looks at it.")


@commands.command("annex")
def annex_file(
    which: Which,
    annex: WhichAnnex,
    *,
    out: Annotated[Path, typer.Option(help="Where it is written; nothing is written over.")],
) -> None:
    """Save the file that goes along of an annex; that it was taken is noted."""
    with acting() as actor:
        going = open_annex(_annex(actor, which, annex), actor=actor, at=timezone.now())
        with out.open("xb") as target:
            target.write(going.content)
        typer.echo(f"{out}  SHA-256 {going.sha256}")


@commands.command("look")
def look(
    which: Which,
    annex: WhichAnnex,
    sha256: Annotated[str, typer.Argument(help="Of the file, as `annex` told it.")],
) -> None:
    """Say, as a second person, that a file shows and names nobody but whom its annex says."""
    with acting() as actor:
        part = _annex(actor, which, annex)
        made = look_at_annex(part, sha256.lower(), actor=actor, at=timezone.now())
        typer.echo(f"look  {made.pk}")


def _annex(actor: Actor, which: UUID, annex: UUID) -> Annex:
    part: Annex = found(part_of(actor, dossier_here(actor, which), "annex", annex), annex)
    return part
