"""Recording sources, storing documents by their content, citing, and the log of custody."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.db import transaction

from undaunted.core.access.rules import Facts, Sharing, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.evidence.actions.sealing import (
    keep_withdrawn,
    note_custody,
    open_original,
    put_away,
    put_copy_away,
)
from undaunted.core.evidence.models import (
    Citation,
    CleanCopy,
    CustodyEvent,
    Document,
    Source,
)
from undaunted.core.evidence.rules import (
    CustodyKind,
    Grade,
    SourceKind,
    Uncleanable,
    custody_may_follow,
)
from undaunted.core.evidence.writers import clean_copy

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "CustodyBroken",
    "cite",
    "keep_blob",
    "make_clean_copy",
    "record_custody",
    "record_source",
    "store_document",
    "withdraw_citation",
]

_CHUNK = 1024 * 1024


class CustodyBroken(ValueError):
    """The step cannot follow what has happened to the document so far."""


def record_source(  # noqa: PLR0913 - what is known of a source, one argument a column
    holder: UUID,
    *,
    actor: Actor,
    at: datetime,
    kind: SourceKind,
    publisher: str = "",
    title: str = "",
    language: str = "",
    url: str = "",
    published: str = "",
    archived_url: str = "",
    archived_at: datetime | None = None,
    public: bool = False,
    sharing: Sharing = Sharing.ORGANISATION,
) -> Source:
    """Record a source; it is shown beside public claims only where `public` says so."""
    require(actor, Verb.RECORD, Facts(holder=holder))
    with transaction.atomic():
        source = Source.objects.create(
            holder=holder,
            sharing=sharing,
            kind=SourceKind(kind).value,
            publisher=publisher,
            title=title,
            language=language,
            url=url,
            published=published,
            archived_url=archived_url,
            archived_at=archived_at,
            public=public,
            recorded_at=at,
        )
        record_entry(
            "source.recorded",
            actor=actor,
            subject_kind="source",
            subject_id=source.pk,
            at=at,
            detail={"kind": source.kind, "public": public},
        )
    return source


def store_document(  # noqa: PLR0913 - content, where it comes from, what it is, who and when
    content: BinaryIO,
    source: Source,
    *,
    actor: Actor,
    at: datetime,
    media_type: str,
    note: str = "",
    team: UUID | None = None,
) -> Document:
    """Keep a file under its SHA-256 and begin its log of custody; the same bytes are kept once.

    With `team`, the original is sealed to it while it is read, and never lies open on the disk.
    """
    require(actor, Verb.RECORD, Facts(holder=source.holder))
    kept_open = Path(settings.DOCUMENTS_FOLDER)
    digest, size = _measured(content) if team else keep_blob(content, kept_open)
    with transaction.atomic():
        held = Document.objects.filter(holder=source.holder, sha256=digest).first()
        if held is not None:
            return held
        document = Document.objects.create(
            holder=source.holder,
            sharing=source.sharing,
            source=source,
            sha256=digest,
            size=size,
            media_type=media_type,
            team=team,
            recorded_at=at,
        )
        if team:
            put_away(document, content, team, actor=actor, at=at)
        for kind in (CustodyKind.RECEIVED, CustodyKind.HASHED):
            note_custody(document, kind, actor=actor, at=at, note=note)
        if team:
            note_custody(document, CustodyKind.SEALED, actor=actor, at=at)
        record_entry(
            "document.stored",
            actor=actor,
            subject_kind="document",
            subject_id=document.pk,
            at=at,
            detail={
                "sha256": digest,
                "size": size,
                "source": str(source.pk),
                "sealed": bool(team),
            },
        )
    return document


def record_custody(
    document: Document, kind: CustodyKind, *, actor: Actor, at: datetime, note: str = ""
) -> CustodyEvent:
    """Add a step to a document's log; raises `CustodyBroken` where it cannot follow."""
    require(actor, Verb.RECORD, Facts(holder=document.holder))
    with transaction.atomic():
        steps = document.custody.order_by("at", "id").values_list("kind", flat=True)
        log = sorted((CustodyKind(step) for step in steps), key=list(CustodyKind).index)
        if not custody_may_follow(log, kind):
            raise CustodyBroken(f"{kind.value} cannot follow {[step.value for step in log]}")
        event = note_custody(document, kind, actor=actor, at=at, note=note)
        if kind is CustodyKind.WITHDRAWN and document.team:
            keep_withdrawn(document, actor=actor, at=at)
        record_entry(
            "document.custody",
            actor=actor,
            subject_kind="document",
            subject_id=document.pk,
            at=at,
            detail={"kind": kind.value},
        )
    return event


def make_clean_copy(
    document: Document, *, actor: Actor, at: datetime, key: OpenKey | None = None
) -> CleanCopy:
    """Make what may be shown of a document, once; a refusal is kept with its reason.

    The original stays as it is, with its digest. A sealed one is opened in memory with `key`, and
    its copy is sealed too. Raises `KeyNeeded`, and what the vault raises.
    """
    require(actor, Verb.RECORD, Facts(holder=document.holder))
    held = CleanCopy.objects.filter(document=document).first()
    if held is not None:
        return held
    copy = CleanCopy(
        holder=document.holder, sharing=document.sharing, document=document, made_at=at
    )
    original = open_original(document, key=key, actor=actor, at=at)
    cleaned = b""
    try:
        made = clean_copy(io.BytesIO(original))
    except Uncleanable as refusal:
        copy.refused = refusal.reason.value
    else:
        cleaned = made.content
        copy.sha256, copy.size = _kept_copy(cleaned, document)
        copy.media_type = made.kind.value
        copy.removed, copy.kept = list(made.removed), list(made.kept)
    with transaction.atomic():
        copy.save(force_insert=True)
        if copy.sha256 and document.team:
            put_copy_away(document, cleaned, actor=actor, at=at)
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


def cite(  # noqa: PLR0913 - a claim, its source, its grade
    source: Source,
    *,
    actor: Actor,
    at: datetime,
    subject_kind: str,
    subject_id: UUID,
    claim: str = "",
    grade: Grade | None = None,
    locator: str = "",
    document: Document | None = None,
) -> Citation:
    """Let a source carry one claim of a record, or the whole record where `claim` is empty."""
    require(actor, Verb.RECORD, Facts(holder=source.holder))
    graded = grade or Grade()
    with transaction.atomic():
        citation = Citation.objects.create(
            holder=source.holder,
            sharing=source.sharing,
            source=source,
            document=document,
            subject_kind=subject_kind,
            subject_id=subject_id,
            claim=claim,
            reliability=graded.reliability.value,
            credibility=str(graded.credibility.value),
            locator=locator,
            recorded_at=at,
        )
        record_entry(
            "claim.cited",
            actor=actor,
            subject_kind=subject_kind,
            subject_id=subject_id,
            at=at,
            detail={"source": str(source.pk), "claim": claim, "grade": str(graded)},
        )
    return citation


def withdraw_citation(citation: Citation, *, actor: Actor, at: datetime) -> None:
    """End a citation; it stays as history."""
    require(actor, Verb.RECORD, Facts(holder=citation.holder))
    with transaction.atomic():
        citation.withdrawn_at = at
        citation.save(update_fields=["withdrawn_at"])
        record_entry(
            "citation.withdrawn",
            actor=actor,
            subject_kind="citation",
            subject_id=citation.pk,
            at=at,
        )


def keep_blob(content: BinaryIO, folder: Path) -> tuple[str, int]:
    """Write a stream under its SHA-256 below `folder`; gives digest and size. Not an action.

    The file appears complete or not at all, readable by this account only.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=folder, prefix=".draft-")
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as stream:
            while block := content.read(_CHUNK):
                digest.update(block)
                size += len(block)
                stream.write(block)
            stream.flush()
            os.fsync(stream.fileno())
        name = digest.hexdigest()
        place = folder / name[:2]
        place.mkdir(mode=0o700, exist_ok=True)
        Path(draft).replace(place / name)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return name, size


def _measured(content: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := content.read(_CHUNK):
        digest.update(block)
        size += len(block)
    content.seek(0)
    return digest.hexdigest(), size


def _kept_copy(cleaned: bytes, document: Document) -> tuple[str, int]:
    if document.team:
        return hashlib.sha256(cleaned).hexdigest(), len(cleaned)
    return keep_blob(io.BytesIO(cleaned), Path(settings.DOCUMENTS_FOLDER))
