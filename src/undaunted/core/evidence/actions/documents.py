"""Recording sources, storing documents by their content, citing, and the log of custody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction

from undaunted.core.access.rules import Facts, Sharing, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.audit.rules import merkle_root
from undaunted.core.evidence.actions.blobs import drafted, measured
from undaunted.core.evidence.actions.falling import tell_fallen
from undaunted.core.evidence.actions.sealing import (
    keep_withdrawn,
    note_custody,
    put_away,
)
from undaunted.core.evidence.actions.vouching import keep_vouched
from undaunted.core.evidence.models import (
    Citation,
    CustodyEvent,
    Document,
    Source,
)
from undaunted.core.evidence.rules import (
    CustodyKind,
    Grade,
    SourceKind,
    custody_may_follow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.evidence.actions.blobs import Draft

__all__ = [
    "CustodyBroken",
    "cite",
    "cite_together",
    "note_viewing",
    "record_custody",
    "record_source",
    "store_document",
    "withdraw_citation",
]

PLAYING = timedelta(hours=1)
"""For so long one entry says that somebody plays a copy."""


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
    document = Document(
        holder=source.holder,
        sharing=source.sharing,
        source=source,
        media_type=media_type,
        team=team,
        recorded_at=at,
    )
    if team:
        document.sha256, document.size = measured(content)
        return _kept(document, content, None, actor=actor, at=at, note=note)
    with drafted(content) as draft:
        document.sha256, document.size = draft.digest, draft.size
        return _kept(document, content, draft, actor=actor, at=at, note=note)


def _kept(  # noqa: PLR0913 - which row, sealed or placed, by whom, when
    document: Document,
    content: BinaryIO,
    draft: Draft | None,
    *,
    actor: Actor,
    at: datetime,
    note: str,
) -> Document:
    """Keep a document with its file, or give the one that its holder has of the same bytes."""
    team = document.team
    with transaction.atomic():
        held = Document.objects.filter(holder=document.holder, sha256=document.sha256).first()
        if held is not None:
            return held
        keep_vouched(document)
        if draft is not None:
            draft.place()
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
            detail=_stored(document),
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
        if kind is CustodyKind.WITHDRAWN:
            tell_fallen(document.pk, actor=actor, at=at)
    return event


def note_viewing(document: Document, *, actor: Actor, at: datetime) -> None:
    """Add to a document's log that somebody plays it; once an hour, however often they wind it.

    Raises `CustodyBroken`.
    """
    seen = document.custody.filter(kind=CustodyKind.VIEWED.value, by=actor.person)
    if not seen.filter(at__gt=at - PLAYING, at__lte=at).exists():
        record_custody(document, CustodyKind.VIEWED, actor=actor, at=at)


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


def cite_together(  # noqa: PLR0913 - the claims, their source, its grade
    source: Source,
    *,
    actor: Actor,
    at: datetime,
    subject_kind: str,
    subjects: Iterable[UUID],
    grade: Grade,
) -> list[Citation]:
    """Let a source carry many whole records; one audit entry holds their Merkle root."""
    require(actor, Verb.RECORD, Facts(holder=source.holder))
    with transaction.atomic():
        made = Citation.objects.bulk_create(
            Citation(
                holder=source.holder,
                sharing=source.sharing,
                source=source,
                subject_kind=subject_kind,
                subject_id=subject,
                reliability=grade.reliability.value,
                credibility=str(grade.credibility.value),
                recorded_at=at,
            )
            for subject in subjects
        )
        record_entry(
            "claim.cited_together",
            actor=actor,
            subject_kind="batch",
            subject_id=merkle_root(str(row.pk).encode() for row in made),
            at=at,
            detail={"rows": len(made), "source": str(source.pk), "grade": str(grade)},
        )
    return made


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


def _stored(document: Document) -> dict[str, object]:
    return {
        "sha256": document.sha256,
        "size": document.size,
        "source": str(document.source_id),
        "sealed": bool(document.team),
    }
