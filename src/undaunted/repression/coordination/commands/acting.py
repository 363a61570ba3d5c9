"""What the commands have in common: who acts, with which key, which proposal is meant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from django.utils import timezone

from undaunted.core.accounts.commands import acting_at
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.vault.actions import open_at_terminal
from undaunted.core.vault.rules import VaultError
from undaunted.repression.coordination.queries import proposal_for
from undaunted.repression.coordination.rules import CoordinationRefused

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey
    from undaunted.repression.coordination.models import Proposal

__all__ = [
    "File", "Holder", "Out", "acting", "found", "holder_here", "opened_key", "proposal_here",
    "saved",
]  # fmt: skip

Thing = TypeVar("Thing")
Holder = Annotated[str, typer.Option("--for", help="Name of your organisation, if several.")]
File = Annotated[Path, typer.Argument(help="Where it is written.", exists=True, dir_okay=False)]
Out = Annotated[Path, typer.Option(help="Where it is saved; nothing is written over.")]


def acting() -> AbstractContextManager[Actor]:
    """Act for whoever signed in at the terminal, in one transaction."""
    return acting_at("coordination")


def opened_key(actor: Actor) -> OpenKey:
    """Ask for the passphrase and open the actor's key for this command."""
    asked = typer.prompt("Passphrase", hide_input=True)
    try:
        return open_at_terminal(asked, actor=actor, at=timezone.now())
    except VaultError as problem:
        raise CoordinationRefused(str(problem)) from problem


def found(thing: Thing | None, refusal: str) -> Thing:
    """Give what was looked for. Raises `CoordinationRefused`, with a sentence, for nothing."""
    if thing is None:
        raise CoordinationRefused(refusal)
    return thing


def proposal_here(actor: Actor, which: UUID) -> Proposal:
    """Give a proposal that one reads. Raises `CoordinationRefused`."""
    return found(proposal_for(actor, which), f"{which}: there is no such proposal for you")


def holder_here(actor: Actor, named: str) -> UUID:
    """Give the organisation that is named, or the only one. Raises `CoordinationRefused`."""
    found = list(organisations_for(actor).filter(**({"name": named} if named else {})))
    if len(found) != 1:
        names = ", ".join(str(each.name) for each in organisations_for(actor))
        raise CoordinationRefused(f"for: name one of your organisations: {names}")
    return found[0].pk


def saved(out: Path, content: bytes) -> None:
    """Save a file where there is none. Raises `CoordinationRefused`."""
    try:
        with out.open("xb") as target:
            target.write(content)
    except OSError as problem:
        raise CoordinationRefused(
            f"out: {problem.strerror}; name a file that is not there yet"
        ) from problem
    typer.echo(str(out))
