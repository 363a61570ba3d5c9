"""Editions as the desk sees them and as the public does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Max, Q

from undaunted.core.access.queries import seen_by
from undaunted.core.editions.models import (
    Edition,
    EditionFile,
    PublishedEdition,
    PublishedEditionFile,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "edition_file_for",
    "edition_for",
    "editions_due",
    "editions_for",
    "files_of",
    "last_entry",
    "last_number",
    "newest_edition",
    "news_heard",
    "published_edition",
    "published_editions",
    "published_file",
    "published_files",
]


def editions_for(actor: Actor) -> QuerySet[Edition]:
    """Give the editions that the actor may know of, newest first."""
    rows = seen_by(actor, Edition.objects.all())
    return rows.order_by("-known_at", "series", "-number", "-revision")


def edition_for(actor: Actor, edition: UUID) -> Edition | None:
    """Give one edition, None where the actor may not know of it."""
    rows = editions_for(actor).filter(pk=edition)
    return rows.select_related("previous", "replaces").first()


def files_of(actor: Actor, edition: Edition) -> QuerySet[EditionFile]:
    """Give the files of an edition by name, without their bytes."""
    rows = seen_by(actor, EditionFile.objects.filter(edition=edition))
    return rows.defer("content").order_by("name")


def edition_file_for(actor: Actor, edition: UUID, name: str) -> EditionFile | None:
    """Give one file with its bytes, None where the actor may not know of it."""
    rows = seen_by(actor, EditionFile.objects.filter(edition=edition, name=name))
    return rows.select_related("edition").first()


def last_number(actor: Actor, holder: UUID, series: str) -> int:
    """Give the highest number of a series; 0 before the first."""
    rows = editions_for(actor).filter(holder=holder, series=series).order_by()
    found: int | None = rows.aggregate(last=Max("number"))["last"]
    return found or 0


def newest_edition(actor: Actor, holder: UUID, series: str) -> Edition | None:
    """Give the published edition that the next of a series is compared with, if there is one."""
    rows = editions_for(actor).filter(holder=holder, series=series, state="published")
    return rows.order_by("-number", "-revision").first()


def last_entry(_actor: Actor) -> datetime | None:
    """Give the moment of the last entry of the ledger; None before the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT editions_last_entry()")
        ((found,),) = cursor.fetchall()
    at: datetime | None = found
    return at


def news_heard(_actor: Actor, *, hold: bool) -> int:
    """Count the news that ended something; with `hold` none is heeded until this commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT editions_heard(%s)", [hold])
        ((heard,),) = cursor.fetchall()
    return int(heard)


def editions_due(_actor: Actor) -> list[tuple[UUID, UUID | None]]:
    """Give the editions that wait to be built anew, each with somebody who may, if anybody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT edition, person FROM editions_due()")
        return [(edition, person) for edition, person in cursor.fetchall()]


def published_editions(_actor: Actor, *, country: str = "") -> QuerySet[PublishedEdition]:
    """Give everything that the public may know of, newest first; tombstones too.

    With a `country`, without the editions about another one alone.
    """
    rows = PublishedEdition.objects.defer("manifest", "signature")
    if country:
        about = Q(series__contains=" country=")
        rows = rows.filter(~about | Q(series__contains=f" country={country.upper()}"))
    return rows.order_by("-published_at", "series", "-number", "-revision")


def published_edition(_actor: Actor, edition: UUID) -> PublishedEdition | None:
    """Give one published edition or its tombstone; None where the public may not know of it."""
    return PublishedEdition.objects.filter(pk=edition).first()


def published_files(_actor: Actor, edition: UUID) -> QuerySet[PublishedEditionFile]:
    """Give the files of a published edition by name, without their bytes."""
    rows = PublishedEditionFile.objects.filter(edition_id=edition)
    return rows.defer("content").order_by("name")


def published_file(_actor: Actor, edition: UUID, name: str) -> PublishedEditionFile | None:
    """Give one published file; its bytes are None once its edition was withdrawn."""
    return PublishedEditionFile.objects.filter(edition_id=edition, name=name).first()
