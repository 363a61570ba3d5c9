"""What two people confirmed that speaks for somebody is taken back by two, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Verb
from undaunted.repression.dossiers.actions.parts import handled, note, said
from undaunted.repression.dossiers.models import Statement
from undaunted.repression.dossiers.rules import DossierRefused

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor

__all__ = ["take_back"]


def take_back(statement: Statement, why: str, *, actor: Actor, at: datetime) -> None:
    """Ask, with a reason, that a confirmed statement is taken back; or take it, as a second person.

    Raises `Forbidden`, `DossierRefused`.
    """
    dossier = statement.dossier
    with transaction.atomic():
        held = Statement.objects.select_for_update().get(pk=statement.pk)
        if held.withdrawn_at is not None:
            raise DossierRefused("part", "there is no such part, or it was withdrawn before")
        if held.withdrawing_by is None:
            handled(dossier, Verb.RECORD, actor)
            held.withdrawing_by, held.withdrawing_at = actor.person, at
            held.withdrawing_why = said("why", why)
            held.save(update_fields=["withdrawing_by", "withdrawing_at", "withdrawing_why"])
            verb = "dossier.statement_withdrawal_asked"
        else:
            handled(dossier, Verb.REVIEW_TEXT, actor, frozenset({held.withdrawing_by}))
            held.withdrawn_at = at
            held.save(update_fields=["withdrawn_at"])
            verb = "dossier.statement_withdrawn"
        note(verb, dossier, actor=actor, at=at, part=str(held.pk))
