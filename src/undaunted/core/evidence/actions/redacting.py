"""Making a redacted copy: of the clean copy, with both digests, and no word of what is gone."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.evidence.actions.blobs import drafted
from undaunted.core.evidence.actions.documents import CustodyBroken, note_viewing, record_custody
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

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.evidence.rules import Marks, Redacted

__all__ = ["draw_for_redacting", "make_redacted_copy"]


def make_redacted_copy(
    document: Document, marks: Marks, ground: Ground, *, actor: Actor, at: datetime
) -> RedactedCopy:
    """Take something out of a document's clean copy, in a process apart, and keep what is left.

    The original and its clean copy stay as they are. Nothing is written where a passage is nowhere
    found or could still be found. Raises `Forbidden`, `Unredactable`.
    """
    require(actor, Verb.RECORD, Facts(holder=document.holder))
    content, copy = _clean(document, actor)
    made = redacted(content, MediaKind(copy.media_type), marks)
    with transaction.atomic():
        if Document.objects.select_for_update().get(pk=document.pk).team is not None:
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
            },
        )
    return kept


def draw_for_redacting(
    document: Document, number: int, *, actor: Actor, at: datetime
) -> tuple[bytes, int]:
    """Give a page of the clean copy as PNG under a grid, and how many there are; noted as seen.

    Raises `Forbidden`, `Unredactable`.
    """
    require(actor, Verb.RECORD, Facts(holder=document.holder))
    content, copy = _clean(document, actor)
    drawn = page_picture(content, MediaKind(copy.media_type), number, grid=True)
    note_viewing(document, actor=actor, at=at)
    return drawn


def _clean(document: Document, actor: Actor) -> tuple[bytes, CleanCopy]:
    if document.team is not None:
        raise Unredactable(WhyUnredactable.SEALED)
    copy = clean_copy_of(actor, document)
    if copy is None or not copy.sha256:
        raise Unredactable(WhyUnredactable.NO_COPY)
    with open_clean_copy(actor, document) as file:
        return file.read(), copy


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
        made_by=actor.person,
        made_at=at,
    )
    keep_vouched(row)
    return row
