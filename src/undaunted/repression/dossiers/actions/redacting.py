"""Redacting an annex: a redacted copy of its document goes along in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Verb
from undaunted.core.evidence.actions import make_redacted_copy
from undaunted.core.evidence.queries import document_for
from undaunted.core.evidence.rules import Ground, Unredactable
from undaunted.repression.dossiers.actions.parts import handled, note
from undaunted.repression.dossiers.actions.recording import withdraw_part
from undaunted.repression.dossiers.actions.weighing import add_annex
from undaunted.repression.dossiers.rules import DossierRefused

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.evidence.rules import Marks
    from undaunted.core.vault.rules import OpenKey
    from undaunted.repression.dossiers.models import Annex

__all__ = ["redact_annex"]


def redact_annex(  # noqa: PLR0913 - which, what goes, why, whom it shows then, by whom, when
    annex: Annex,
    marks: Marks,
    ground: Ground,
    *,
    shows: Collection[UUID],
    actor: Actor,
    at: datetime,
    key: OpenKey | None = None,
    lies_open: bool = False,
) -> Annex:
    """Make a redacted copy of an annex's document and let it go along instead of the annex.

    `shows` is whom the copy shows still. Of a sealed document one is made with a `key` of its team
    and the word that the copy `lies_open`. Raises `Forbidden`, and `DossierRefused` where no copy
    can be made; then the annex stays as it was.
    """
    dossier = annex.dossier
    handled(dossier, Verb.RECORD, actor)
    document = document_for(actor, annex.document)
    if document is None:
        raise DossierRefused("document", "there is no such document of your organisation")
    with transaction.atomic():
        try:
            copy = make_redacted_copy(
                document, marks, ground, actor=actor, at=at, key=key, lies_open=lies_open
            )
        except Unredactable as refusal:
            field, _, why = str(refusal).partition(": ")
            raise DossierRefused(field, why) from refusal
        withdraw_part(dossier, "annex", annex.pk, actor=actor, at=at)
        made = add_annex(
            dossier,
            annex.document,
            annex.title,
            shows=shows,
            redacted=copy.pk,
            actor=actor,
            at=at,
        )
        note("dossier.annex_redacted", dossier, actor=actor, at=at, part=str(made.pk),
             instead_of=str(annex.pk), copy=copy.sha256)  # fmt: skip
    return made
