"""What may be shown of a document: its clean copy, or why there is none."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, BinaryIO

from django.db import IntegrityError, transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.evidence.actions.blobs import drafted
from undaunted.core.evidence.actions.sealing import note_custody, open_original, put_copy_away
from undaunted.core.evidence.actions.vouching import keep_vouched
from undaunted.core.evidence.models import CleanCopy, Document
from undaunted.core.evidence.rules import CustodyKind, Uncleanable
from undaunted.core.evidence.writers import clean_copy

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.evidence.rules import Cleaned
    from undaunted.core.vault.rules import OpenKey

__all__ = ["clean_or_refuse", "make_clean_copy", "record_clean_copy"]


def make_clean_copy(
    document: Document, *, actor: Actor, at: datetime, key: OpenKey | None = None
) -> CleanCopy:
    """Make what may be shown of a document, once; a refusal is kept with its reason.

    The original stays as it is, with its digest. A sealed one is opened in memory with `key`, and
    its copy is sealed too. Cleaning may take a minute and a half: whoever holds a transaction
    calls `clean_or_refuse` outside it, and `record_clean_copy` after. Raises `KeyNeeded`, and what
    the vault raises.
    """
    require(actor, Verb.RECORD, Facts(holder=document.holder))
    held = CleanCopy.objects.filter(document=document).first()
    if held is not None:
        return held
    original = open_original(document, key=key, actor=actor, at=at)
    outcome = clean_or_refuse(io.BytesIO(original))
    return record_clean_copy(document, outcome, actor=actor, at=at)


def clean_or_refuse(original: BinaryIO) -> Cleaned | Uncleanable:
    """Clean a file in a process apart; gives the refusal where it cannot be done. Not an action."""
    try:
        return clean_copy(original)
    except Uncleanable as refusal:
        return refusal


def record_clean_copy(
    document: Document, outcome: Cleaned | Uncleanable, *, actor: Actor, at: datetime
) -> CleanCopy:
    """Keep what came of cleaning a document, sealed where it is; the first outcome stands."""
    require(actor, Verb.RECORD, Facts(holder=document.holder))
    copy = CleanCopy(
        holder=document.holder, sharing=document.sharing, document=document, made_at=at
    )
    content = b""
    if isinstance(outcome, Uncleanable):
        copy.refused = outcome.reason.value
    else:
        content = outcome.content
        copy.sha256, copy.size = hashlib.sha256(content).hexdigest(), len(content)
        copy.media_type = outcome.kind.value
        copy.removed, copy.kept = list(outcome.removed), list(outcome.kept)
    with transaction.atomic():
        # Nobody seals the document while its copy is placed.
        held = Document.objects.select_for_update().get(pk=document.pk)
        try:
            with transaction.atomic():
                keep_vouched(copy)
        except IntegrityError:  # somebody else asked for it at the same time
            return CleanCopy.objects.get(document=document)
        if copy.sha256 and held.team:
            put_copy_away(held, content, actor=actor, at=at)
        elif copy.sha256:
            with drafted(io.BytesIO(content)) as draft:
                draft.place()
        if copy.sha256:
            note_custody(document, CustodyKind.CLEANED, actor=actor, at=at, note=copy.sha256)
        record_entry(
            "document.cleaned",
            actor=actor,
            subject_kind="document",
            subject_id=document.pk,
            at=at,
            detail={"copy": copy.sha256, "refused": copy.refused},
        )
    return copy
