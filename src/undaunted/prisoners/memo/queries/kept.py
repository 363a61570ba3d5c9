"""Memos that were built, their files, and the texts of a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.queries import seen_by
from undaunted.prisoners.memo.models import Memo, MemoFile, MemoSubject, MemoText
from undaunted.prisoners.memo.rules import DeskText, TextKind, TextState

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "desk_texts",
    "file_of",
    "files_of",
    "memo_for",
    "memos_for",
    "subjects_of",
    "text_for",
    "texts_for",
]


def memos_for(actor: Actor) -> QuerySet[Memo]:
    """Give the memos that the actor may know of, newest first."""
    return seen_by(actor, Memo.objects.all()).order_by("-built_at", "id")


def memo_for(actor: Actor, memo: UUID) -> Memo | None:
    """Give one memo; None for absent and for forbidden."""
    return memos_for(actor).filter(pk=memo).first()


def files_of(actor: Actor, memo: Memo) -> QuerySet[MemoFile]:
    """Give the files of a memo by name, without their bytes."""
    return seen_by(actor, MemoFile.objects.filter(memo=memo)).defer("content").order_by("name")


def file_of(actor: Actor, memo: Memo, name: str) -> MemoFile | None:
    """Give one file with its bytes; None for absent and for forbidden."""
    return seen_by(actor, MemoFile.objects.filter(memo=memo, name=name)).first()


def subjects_of(actor: Actor, memo: Memo) -> frozenset[UUID]:
    """Give everybody whom a memo shows, by opaque id; nobody once it has ended."""
    rows = seen_by(actor, MemoSubject.objects.filter(memo=memo))
    return frozenset(rows.values_list("subject", flat=True))


def texts_for(actor: Actor, *, country: str = "") -> QuerySet[MemoText]:
    """Give the texts in force that the actor may read, by country and kind."""
    rows = MemoText.objects.filter(withdrawn_at__isnull=True)
    if country:
        rows = rows.filter(country=country)
    return seen_by(actor, rows).order_by("country", "kind", "written_at", "id")


def text_for(actor: Actor, text: UUID) -> MemoText | None:
    """Give one text in force; None for absent and for forbidden."""
    return texts_for(actor).filter(pk=text).first()


def desk_texts(actor: Actor, holder: UUID, country: str) -> tuple[DeskText, ...]:
    """Give the texts of one organisation about a country as a memo takes them."""
    rows = texts_for(actor, country=country).filter(holder=holder)
    return tuple(
        DeskText(
            id=row.pk,
            kind=TextKind(row.kind),
            body=row.body,
            language=row.language,
            state=TextState(row.state),
            confirmed_on=row.confirmed_on,
            subject=row.subject,
            names=frozenset(row.names),
        )
        for row in rows
    )
