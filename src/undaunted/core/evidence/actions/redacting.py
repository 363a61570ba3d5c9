"""Making a redacted copy: of the clean copy, with both digests, and no word of what is gone.

Of a sealed document one is made by whoever holds a key of its team and says that the copy may lie
open; the clean copy is opened in memory, as it is to be looked at. A copy in which something was
overlooked is withdrawn: its bytes go.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, decide, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.evidence.actions.blobs import drafted
from undaunted.core.evidence.actions.documents import CustodyBroken, note_viewing, record_custody
from undaunted.core.evidence.actions.falling import tell_fallen
from undaunted.core.evidence.actions.sealing import KeyNeeded, open_copy
from undaunted.core.evidence.actions.settling import settle_on_commit
from undaunted.core.evidence.actions.vouching import keep_vouched
from undaunted.core.evidence.models import CleanCopy, Document, RedactedCopy
from undaunted.core.evidence.queries import clean_copy_of, open_clean_copy
from undaunted.core.evidence.rules import (
    CustodyKind,
    Ground,
    MediaKind,
    Unredactable,
    WhyUnredactable,
)
from undaunted.core.evidence.writers import page_picture
from undaunted.core.evidence.writers import redacted_copy as redacted
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.evidence.rules import Marks, Redacted
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "draw_for_redacting",
    "make_redacted_copy",
    "note_taking",
    "withdraw_redacted_copy",
]


def make_redacted_copy(  # noqa: PLR0913 - of what, what goes, why, with which key, by whom, when
    document: Document,
    marks: Marks,
    ground: Ground,
    *,
    actor: Actor,
    at: datetime,
    key: OpenKey | None = None,
    lies_open: bool = False,
) -> RedactedCopy:
    """Take something out of a document's clean copy, in a process apart, and keep what is left.

    The original and its clean copy stay as they are. Nothing is written where a passage is nowhere
    found or could still be found. A sealed document needs a key of its team, and the word of who
    makes the copy that it `lies_open`. Raises `Forbidden`, `Unredactable`.
    """
    require(actor, Verb.RECORD, Facts(holder=document.holder))
    _demand_open(document, key, lies_open=lies_open)
    content, copy = _clean(document, key, actor=actor, at=at)
    made = redacted(content, MediaKind(copy.media_type), marks)
    with transaction.atomic():
        if Document.objects.select_for_update().get(pk=document.pk).team != document.team:
            raise Unredactable(WhyUnredactable.SEALED)
        digest = hashlib.sha256(made.content).hexdigest()
        try:
            record_custody(document, CustodyKind.REDACTED, actor=actor, at=at, note=digest)
        except CustodyBroken as problem:
            raise Unredactable(WhyUnredactable.WITHDRAWN) from problem
        kept = _kept(document, copy, made, marks, Ground(ground), actor=actor, at=at)
        with drafted(io.BytesIO(made.content)) as draft:
            draft.place_on_commit()
        record_entry(
            "document.redacted",
            actor=actor,
            subject_kind="document",
            subject_id=document.pk,
            at=at,
            detail={
                "copy": kept.sha256,
                "of": kept.of_sha256,
                "ground": kept.ground,
                "passages": kept.passages,
                "boxes": kept.boxes,
                "places": kept.places,
                "of_sealed": kept.of_sealed,
            },
        )
    return kept


def withdraw_redacted_copy(copy: RedactedCopy, *, actor: Actor, at: datetime) -> None:
    """Withdraw a copy: nothing shows or takes it any more, and its bytes go. Raises `Forbidden`.

    Once is enough. That it was, with its digest, stays in the log of custody and in the audit.
    """
    require(actor, Verb.RECORD, Facts(holder=copy.holder))
    with transaction.atomic():
        held = RedactedCopy.objects.select_for_update().select_related("document").get(pk=copy.pk)
        if held.withdrawn_at is not None:
            return
        held.withdrawn_by, held.withdrawn_at = actor.person, at
        held.save(update_fields=["withdrawn_by", "withdrawn_at"])
        kind = CustodyKind.COPY_WITHDRAWN
        record_custody(held.document, kind, actor=actor, at=at, note=held.sha256)
        record_entry(
            "document.redaction_withdrawn",
            actor=actor,
            subject_kind="document",
            subject_id=held.document_id,
            at=at,
            detail={"copy": held.sha256},
        )
        settle_on_commit([held.sha256])
        tell_fallen(held.document_id, actor=actor, at=at)


def note_taking(copy: RedactedCopy, *, actor: Actor, at: datetime) -> None:
    """Add to a document's log that its redacted copy was taken, by whoever may write there."""
    if decide(actor, Verb.RECORD, Facts(holder=copy.holder)).allowed:
        record_custody(copy.document, CustodyKind.VIEWED, actor=actor, at=at)


def draw_for_redacting(
    document: Document,
    number: int,
    *,
    actor: Actor,
    at: datetime,
    key: OpenKey | None = None,
) -> tuple[bytes, int]:
    """Give a page of the clean copy as PNG under a grid, and how many there are; noted as seen.

    Raises `Forbidden`, `Unredactable`.
    """
    require(actor, Verb.RECORD, Facts(holder=document.holder))
    content, copy = _clean(document, key, actor=actor, at=at)
    drawn = page_picture(content, MediaKind(copy.media_type), number, grid=True)
    note_viewing(document, actor=actor, at=at)
    return drawn


def _demand_open(document: Document, key: OpenKey | None, *, lies_open: bool) -> None:
    """Ask for a key of a sealed document, and for the word that its copy may lie open."""
    if document.team is None:
        return
    if key is None:
        raise Unredactable(WhyUnredactable.SEALED)
    if not lies_open:
        raise Unredactable(WhyUnredactable.OPEN_UNSAID)


def _clean(
    document: Document, key: OpenKey | None, *, actor: Actor, at: datetime
) -> tuple[bytes, CleanCopy]:
    copy = clean_copy_of(actor, document)
    if copy is None or not copy.sha256:
        raise Unredactable(WhyUnredactable.NO_COPY)
    if document.team is None:
        with open_clean_copy(actor, document) as file:
            return file.read(), copy
    try:
        with open_copy(document, key=key, actor=actor, at=at) as file:
            return file.read(), copy
    except KeyNeeded as problem:
        raise Unredactable(WhyUnredactable.SEALED) from problem
    except VaultError as problem:
        raise Unredactable(WhyUnredactable.NOT_YOURS) from problem


def _kept(  # noqa: PLR0913 - of what, what was made, with which marks, why, by whom, when
    document: Document,
    copy: CleanCopy,
    made: Redacted,
    marks: Marks,
    ground: Ground,
    *,
    actor: Actor,
    at: datetime,
) -> RedactedCopy:
    row = RedactedCopy(
        holder=document.holder,
        document=document,
        of_sha256=copy.sha256,
        sha256=hashlib.sha256(made.content).hexdigest(),
        size=len(made.content),
        media_type=made.kind.value,
        ground=ground.value,
        passages=sum(bool(each.strip()) for each in marks.passages),
        boxes=len(marks.boxes),
        places=made.places,
        kept=list(made.kept),
        unsearched=list(made.unsearched),
        of_sealed=document.team is not None,
        made_by=actor.person,
        made_at=at,
    )
    keep_vouched(row)
    return row
