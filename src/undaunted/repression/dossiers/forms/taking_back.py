"""A part is taken back at one door and, where two people confirmed it, finished at another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undaunted.repression.dossiers.actions import withdraw_part
from undaunted.repression.dossiers.queries import part_of
from undaunted.repression.dossiers.rules import DossierRefused

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.models import Dossier

__all__ = ["ask_withdrawal", "confirm_withdrawal"]

_KINDS: Final = (
    "act", "accused", "detail", "post", "link", "finding", "statement", "annex", "look",
)  # fmt: skip


def ask_withdrawal(dossier: Dossier, part: UUID, why: str, *, actor: Actor, at: datetime) -> bool:
    """Withdraw a part, by its id alone; tells whether it is gone or waits for a second person.

    What speaks for somebody and was confirmed by two people waits. Raises `DossierRefused`,
    `Forbidden`.
    """
    kind = _kind(actor, dossier, part)
    waits = kind == "statement" and _asked(actor, dossier, part)
    if waits:
        raise DossierRefused(
            "part", "somebody has asked that it is taken back; a second person confirms that"
        )
    withdraw_part(dossier, kind, part, actor=actor, at=at, why=why)
    return part_of(actor, dossier, kind, part) is None


def confirm_withdrawal(dossier: Dossier, part: UUID, *, actor: Actor, at: datetime) -> None:
    """Take back as a second person what two confirmed. Raises `DossierRefused`, `Forbidden`."""
    if not _asked(actor, dossier, part):
        raise DossierRefused("part", "nobody has asked that it is taken back; ask first, and why")
    withdraw_part(dossier, "statement", part, actor=actor, at=at)


def _asked(actor: Actor, dossier: Dossier, part: UUID) -> bool:
    held = part_of(actor, dossier, "statement", part)
    return held is not None and held.withdrawing_by is not None


def _kind(actor: Actor, dossier: Dossier, part: UUID) -> str:
    for kind in _KINDS:
        if part_of(actor, dossier, kind, part) is not None:
            return kind
    raise DossierRefused("part", "there is no such part, or it was withdrawn before")
