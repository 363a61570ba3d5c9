"""Reads of sources, documents and citations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.db.models import Q

from undaunted.core.access.queries import seen_by
from undaunted.core.evidence.models import (
    Citation,
    CleanCopy,
    CustodyEvent,
    Document,
    RedactedCopy,
    Source,
    Timestamp,
)
from undaunted.core.evidence.rules import CustodyKind
from undaunted.core.vault.queries import standings_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "Citation",
    "citation_for",
    "citations_for",
    "citations_from",
    "clean_copy_of",
    "copy_to_hand_out",
    "custody_of",
    "document_for",
    "documents_for",
    "documents_of",
    "ever_redacted",
    "is_withdrawn",
    "open_clean_copy",
    "open_document",
    "open_redacted_copy",
    "redacted_copies_of",
    "redacted_copy_for",
    "sources_for",
    "stamps_of",
    "team_to_seal_to",
    "teams_to_seal_to",
]

_STANDS = Q(withdrawn_at__isnull=True) & (Q(document__team__isnull=True) | Q(of_sealed=True))


def citations_for(actor: Actor, subject_kind: str, subjects: Iterable[UUID]) -> QuerySet[Citation]:
    """Give the citations in force of these subjects with their sources, oldest first."""
    rows = Citation.objects.filter(
        subject_kind=subject_kind, subject_id__in=tuple(subjects), withdrawn_at__isnull=True
    )
    return seen_by(actor, rows).select_related("source").order_by("recorded_at", "id")


def citations_from(actor: Actor, source: UUID) -> QuerySet[Citation]:
    """Give the claims in force that a source carries, oldest first."""
    rows = Citation.objects.filter(source=source, withdrawn_at__isnull=True)
    return seen_by(actor, rows).order_by("recorded_at", "id")


def citation_for(actor: Actor, citation: UUID) -> Citation | None:
    """Give one citation, withdrawn or not; None where the actor may not know of it."""
    return seen_by(actor, Citation.objects.filter(pk=citation)).select_related("source").first()


def sources_for(actor: Actor) -> QuerySet[Source]:
    """Give the sources that the actor may see, newest first."""
    return seen_by(actor, Source.objects.all()).order_by("-recorded_at", "id")


def document_for(actor: Actor, document: UUID) -> Document | None:
    """Give one document, None where the actor may not know of it."""
    return seen_by(actor, Document.objects.filter(pk=document)).select_related("source").first()


def documents_for(actor: Actor) -> QuerySet[Document]:
    """Give the documents that the actor may see with their clean copies, newest first."""
    rows = seen_by(actor, Document.objects.all()).select_related("source", "clean_copy")
    return rows.order_by("-recorded_at", "id")


def clean_copy_of(actor: Actor, document: Document) -> CleanCopy | None:
    """Give what may be shown of a document, None while nobody has made it."""
    return seen_by(actor, CleanCopy.objects.filter(document=document)).first()


def open_clean_copy(actor: Actor, document: Document) -> BinaryIO:
    """Open the clean copy's bytes; raises `CleanCopy.DoesNotExist` where none lies open."""
    copy = clean_copy_of(actor, document)
    if copy is None or not copy.sha256 or document.team is not None:
        raise CleanCopy.DoesNotExist
    return open_blob(actor, copy.sha256)


def documents_of(actor: Actor, sources: Iterable[UUID]) -> QuerySet[Document]:
    """Give the documents kept with these sources, oldest first."""
    rows = Document.objects.filter(source__in=tuple(sources))
    return seen_by(actor, rows).select_related("source").order_by("recorded_at", "id")


def custody_of(actor: Actor, document: Document) -> QuerySet[CustodyEvent]:
    """Give what happened to a document, in order."""
    return seen_by(actor, CustodyEvent.objects.filter(document=document)).order_by("at", "id")


def is_withdrawn(actor: Actor, document: Document) -> bool:
    """Tell whether a document was withdrawn: then nothing of it is handed out any more."""
    return custody_of(actor, document).filter(kind=CustodyKind.WITHDRAWN.value).exists()


def open_document(actor: Actor, document: UUID) -> BinaryIO:
    """Open a document's bytes; raises `Document.DoesNotExist` where the actor may not see it.

    A sealed one is opened by the action `open_original`, with a key.
    """
    found = document_for(actor, document)
    if found is None or found.team is not None:
        raise Document.DoesNotExist
    return open_blob(actor, found.sha256)


def ever_redacted(actor: Actor, document: Document) -> bool:
    """Whether a redacted copy of a document was ever made, standing or withdrawn."""
    return seen_by(actor, RedactedCopy.objects.filter(document=document)).exists()


def redacted_copies_of(actor: Actor, document: Document) -> QuerySet[RedactedCopy]:
    """Give the redacted copies of a document that stand, the newest first."""
    rows = RedactedCopy.objects.filter(_STANDS, document=document)
    return seen_by(actor, rows).order_by("-made_at", "id")


def redacted_copy_for(actor: Actor, copy: UUID) -> RedactedCopy | None:
    """Give one redacted copy; None for absent, forbidden, withdrawn, and sealed away since."""
    rows = RedactedCopy.objects.filter(_STANDS, pk=copy)
    return seen_by(actor, rows).select_related("document__source").first()


def copy_to_hand_out(actor: Actor, copy: UUID) -> RedactedCopy | None:
    """Give a redacted copy that may be taken; None too where its document was withdrawn."""
    held = redacted_copy_for(actor, copy)
    return None if held is None or is_withdrawn(actor, held.document) else held


def open_redacted_copy(actor: Actor, copy: UUID) -> BinaryIO:
    """Open the bytes of a redacted copy; raises `RedactedCopy.DoesNotExist` as its query."""
    found = redacted_copy_for(actor, copy)
    if found is None:
        raise RedactedCopy.DoesNotExist
    return open_blob(actor, found.sha256)


def stamps_of(actor: Actor, document: Document) -> QuerySet[Timestamp]:
    """Give the time stamps of a document, the oldest first."""
    return seen_by(actor, Timestamp.objects.filter(document=document)).order_by("stamped_at", "id")


def team_to_seal_to(actor: Actor, holder: UUID) -> UUID | None:
    """Give the team of an organisation to which the actor's uploads are sealed; None if in none.

    The first by name of those the actor is in.
    """
    return next((team for team, _name in teams_to_seal_to(actor, holder)), None)


def teams_to_seal_to(actor: Actor, holder: UUID) -> tuple[tuple[UUID, str], ...]:
    """Give the teams of an organisation to which the actor may seal an upload, by name."""
    mine = (each.team for each in standings_for(actor))
    return tuple((team.pk, team.name) for team in mine if team.holder == holder)


def open_blob(_actor: Actor, digest: str) -> BinaryIO:
    """Open a file that lies open under its digest, for the subject's own actions."""
    return (Path(settings.DOCUMENTS_FOLDER) / digest[:2] / digest).open("rb")
