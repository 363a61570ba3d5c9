"""What the commands have in common: who acts, with which key, which proposal is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer
from django.utils import timezone

from undaunted.core.accounts.commands import acting_at
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

__all__ = ["acting", "opened_key", "proposal_here"]


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


def proposal_here(actor: Actor, which: UUID) -> Proposal:
    """Give a proposal that one reads. Raises `CoordinationRefused`."""
    held = proposal_for(actor, which)
    if held is None:
        raise CoordinationRefused(f"{which}: there is no such proposal for you")
    return held
