"""Reads of notices, and how whom they name is held against lists and case files."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from undaunted.core.access.queries import seen_by
from undaunted.core.matching.queries import questions_for
from undaunted.core.matching.rules import Form, Named, Reference, Subject
from undaunted.repression.coordination.models import Notice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = ["NOTICED", "Noticed", "notice_for", "notices_for", "questions_waiting"]


def notices_for(actor: Actor) -> QuerySet[Notice]:
    """Give the notices of one's own organisations that were not erased, newest first."""
    return seen_by(actor, Notice.objects.filter(erased_at__isnull=True))


def notice_for(actor: Actor, notice: UUID) -> Notice | None:
    """Give one; None for absent and for forbidden."""
    return notices_for(actor).filter(pk=notice).first()


def questions_waiting(actor: Actor) -> int:
    """Count the questions about people whom notices name that nobody has answered."""
    return questions_for(actor).filter(subject__startswith=f"{Named.NOTICE.value}:").count()


class Noticed:
    """Describes whom notices name, for the queue of questions."""

    def all_of(self, actor: Actor, holder: UUID) -> Iterable[Subject]:
        """Give everybody whom the notices of an organisation name."""
        return [_subject(each) for each in notices_for(actor).filter(holder=holder)]

    def sought(self, actor: Actor, words: str, *, most: int) -> Collection[UUID]:
        """Give the notices of this number."""
        rows = notices_for(actor).filter(number__iexact=words.strip())
        return set(rows.values_list("pk", flat=True)[:most])

    def described(self, actor: Actor, keys: Iterable[str]) -> Mapping[str, Subject]:
        """Give some by the ids of their notices; whoever may not be read is left out."""
        rows = notices_for(actor).filter(pk__in=[each for each in keys if _is_id(each)])
        return {str(each.pk): _subject(each) for each in rows}


NOTICED = Noticed()


def _subject(row: Notice) -> Subject:
    told = row.told
    form = Form(
        kind="person",
        names=tuple(sorted(told["names"])),
        births=tuple(sorted(told["births"])),
        nationalities=tuple(sorted(told["nationalities"])),
        identifiers=tuple(sorted(told["identifiers"])),
        gender=told["gender"],
    )
    address = reverse("coordination-desk:notices")
    return Subject(Reference(Named.NOTICE, str(row.pk)), row.holder, form, address, row.number)


def _is_id(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True
