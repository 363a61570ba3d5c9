"""`undaunted dossiers`: a wrong part is taken back, a dossier is closed by two and erased."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID  # noqa: TC003 - typer reads the annotations

import typer
from django.utils import timezone

from undaunted.repression.dossiers import actions
from undaunted.repression.dossiers.commands.acting import Which, acting, dossier_here
from undaunted.repression.dossiers.commands.desk import commands
from undaunted.repression.dossiers.forms import ask_withdrawal, confirm_withdrawal
from undaunted.repression.dossiers.rules import DossierRefused

__all__: list[str] = []


@commands.command("withdraw")
def withdraw(
    which: Which,
    part: Annotated[UUID, typer.Argument(help="Id of the part, as `show` tells it.")],
    *,
    why: Annotated[str, typer.Option(help="Needed where two people confirmed it.")] = "",
    second: Annotated[bool, typer.Option("--confirm", help="As a second person.")] = False,
) -> None:
    """Withdraw a part that was wrong; what two people confirmed is taken back by two."""
    with acting() as actor:
        held, now = dossier_here(actor, which), timezone.now()
        if second:
            confirm_withdrawal(held, part, actor=actor, at=now)
        gone = second or ask_withdrawal(held, part, why, actor=actor, at=now)
        typer.echo("withdrawn" if gone else "asked; a second person confirms it with --confirm")


@commands.command("closing")
def closing(which: Which, *, why: Annotated[str, typer.Option(help="Why it is closed.")]) -> None:
    """Ask, with a reason, that a dossier is closed; a second person closes it."""
    with acting() as actor:
        actions.ask_closing(dossier_here(actor, which), why, actor=actor, at=timezone.now())
        typer.echo("asked; a second person closes it with `dossiers close`")


@commands.command("close")
def close(which: Which) -> None:
    """Close a dossier as a second person; nothing is added any more."""
    with acting() as actor:
        actions.close_dossier(dossier_here(actor, which), actor=actor, at=timezone.now())
        typer.echo("closed")


@commands.command("erase")
def erase(
    which: Which,
    *,
    for_good: Annotated[bool, typer.Option("--for-good", help="Nothing brings it back.")] = False,
) -> None:
    """Erase a closed dossier whole, with its submissions, as a steward of its team."""
    with acting() as actor:
        held = dossier_here(actor, which)
        if not for_good:
            raise DossierRefused(
                "for-good", "what is erased is gone; say --for-good if you mean it"
            )
        gone = actions.erase_dossier(held, actor=actor, at=timezone.now())
        typer.echo(f"erased, with {gone} submissions")
