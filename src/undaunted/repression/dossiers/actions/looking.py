"""Looking at an annex: names and faces in pictures are found by nobody but people.

Whoever added an annex says whom it shows. A second person, who did not redact it either, opens the
file that goes along, looks at all of it, and says of its digest that nobody else is to be seen.
Another file is looked at anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from undaunted.core.access.rules import Facts, Forbidden, Verb, decide
from undaunted.core.audit.queries import entries_about
from undaunted.core.audit.rules import digest_of
from undaunted.core.evidence.actions import record_custody
from undaunted.core.evidence.queries import document_for, redacted_copy_for
from undaunted.core.evidence.rules import CustodyKind
from undaunted.repression.dossiers.actions.parts import handled, note
from undaunted.repression.dossiers.analysis import file_going
from undaunted.repression.dossiers.models import AnnexLook
from undaunted.repression.dossiers.rules import DossierRefused

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.analysis import AnnexFile
    from undaunted.repression.dossiers.models import Annex

__all__ = ["look_at_annex", "open_annex"]

_OPENED: Final = "dossier.annex_opened"


def open_annex(annex: Annex, *, actor: Actor, at: datetime) -> AnnexFile:
    """Give the file that goes along of an annex, and note who took it.

    Raises `Forbidden`, and `DossierRefused` where no copy of it lies open.
    """
    dossier = annex.dossier
    if actor.person not in dossier.team:
        raise Forbidden("only the handling team opens an annex")
    going = file_going(actor, annex)
    if going is None:
        raise DossierRefused("file", "no copy of it lies open; make or redact one first")
    with transaction.atomic():
        note(_OPENED, dossier, actor=actor, at=at, **_opening(annex, going.sha256))
        document = document_for(actor, annex.document)
        if document and decide(actor, Verb.RECORD, Facts(holder=document.holder)).allowed:
            record_custody(document, CustodyKind.VIEWED, actor=actor, at=at)
    return going


def look_at_annex(annex: Annex, sha256: str, *, actor: Actor, at: datetime) -> AnnexLook:
    """Say, as a second person, that the file of a digest shows nobody but whom its annex says.

    Raises `Forbidden`, and `DossierRefused` where that file does not go along, or was not opened.
    """
    dossier = annex.dossier
    handled(dossier, Verb.REVIEW_TEXT, actor, _hands(actor, annex))
    going = file_going(actor, annex)
    if going is None or going.sha256 != sha256 or not _has_opened(annex, sha256, actor):
        raise DossierRefused("file", "open it as it is now, and look at all of it first")
    row = AnnexLook(
        holder=dossier.holder,
        dossier=dossier,
        annex=annex,
        sha256=sha256,
        recorded_by=actor.person,
        recorded_at=at,
    )
    with transaction.atomic():
        row.save(force_insert=True)
        note("dossier.annex_looked_at", dossier, actor=actor, at=at, part=str(row.pk),
             **_opening(annex, sha256))  # fmt: skip
    return row


def _hands(actor: Actor, annex: Annex) -> frozenset[UUID]:
    copy = redacted_copy_for(actor, annex.redacted) if annex.redacted else None
    return frozenset({annex.recorded_by, copy.made_by} if copy else {annex.recorded_by})


def _has_opened(annex: Annex, sha256: str, actor: Actor) -> bool:
    wanted = digest_of(_opening(annex, sha256))
    return any(
        entry.actor == actor.id and entry.verb == _OPENED and entry.digest == wanted
        for entry in entries_about("dossier", str(annex.dossier_id))
    )


def _opening(annex: Annex, sha256: str) -> dict[str, object]:
    return {"annex": str(annex.pk), "sha256": sha256}
