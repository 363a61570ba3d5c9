"""How a dossier ends: asked for with a reason, closed by a second person, erased by a steward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.core.access.rules import Verb
from undaunted.repression.dossiers.actions.parts import handled, note, said
from undaunted.repression.dossiers.queries import submissions_of
from undaunted.repression.dossiers.rules import DossierRefused, SubmissionState

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.models import Dossier

__all__ = ["ask_closing", "close_dossier", "erase_dossier"]


def ask_closing(dossier: Dossier, why: str, *, actor: Actor, at: datetime) -> None:
    """Ask, with a reason, that a dossier is closed; a second person closes it."""
    handled(dossier, Verb.RECORD, actor)
    reason = said("why", why)
    _nothing_waits(dossier, actor)
    dossier.closing_by, dossier.closing_at, dossier.closing_why = actor.person, at, reason
    with transaction.atomic():
        dossier.save(update_fields=["closing_by", "closing_at", "closing_why"])
        note("dossier.closing_asked", dossier, actor=actor, at=at)


def close_dossier(dossier: Dossier, *, actor: Actor, at: datetime) -> None:
    """Close a dossier as a second person; nothing is added any more, what was submitted stays."""
    if dossier.closing_by is None:
        raise DossierRefused("dossier", "nobody has asked that it is closed; ask first, and why")
    handled(dossier, Verb.REVIEW_TEXT, actor, frozenset({dossier.closing_by}))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('editions'))")
        _nothing_waits(dossier, actor)
        dossier.closed_at = at
        dossier.save(update_fields=["closed_at"])
        note("dossier.closed", dossier, actor=actor, at=at)


def erase_dossier(dossier: Dossier, *, actor: Actor, at: datetime) -> int:
    """Erase a closed dossier whole, as a steward of its team; tells how many submissions went.

    Raises `Forbidden`, `DossierRefused`.
    """
    handled(dossier, Verb.ERASE_RECORD, actor, closed=True)
    if dossier.closed_at is None:
        raise DossierRefused("dossier", "close it first; what is erased is gone for good")
    with transaction.atomic():
        note("dossier.erased", dossier, actor=actor, at=at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT dossiers_erase(%s)", [dossier.pk])
            ((gone,),) = cursor.fetchall()
    return int(gone)


def _nothing_waits(dossier: Dossier, actor: Actor) -> None:
    waiting = submissions_of(actor, dossier).filter(state=SubmissionState.WRITTEN.value).first()
    if waiting is not None:
        raise DossierRefused(
            "dossier", f"submission {waiting.number} waits for release; release it or end it first"
        )
