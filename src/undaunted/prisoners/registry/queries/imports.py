"""Reads of imports: what was proposed, what each row says, what the newest file has no more."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from undaunted.core.access.queries import seen_by
from undaunted.core.places.rules import find_country, suggest_countries
from undaunted.prisoners.registry.models import ImportBatch, ListEntry, Publication
from undaunted.prisoners.registry.readers.mapping_files import parse_mapping
from undaunted.prisoners.registry.readers.rows import open_preview

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.models import SourceList
    from undaunted.prisoners.registry.readers.rows import Preview

__all__ = [
    "batch_for",
    "batches_for",
    "cases_taken_out",
    "entries_of",
    "missing_entries",
    "preview_of",
]


def batches_for(actor: Actor, source_list: SourceList | None = None) -> QuerySet[ImportBatch]:
    """Give the imports the actor may read, of one list or of all, newest first."""
    rows = ImportBatch.objects.all()
    if source_list is not None:
        rows = rows.filter(source_list=source_list)
    found = seen_by(actor, rows).select_related("source_list", "mapping")
    return found.order_by("-proposed_at", "id")


def batch_for(actor: Actor, batch: UUID) -> ImportBatch | None:
    """Give one import, None where the actor may not know of it."""
    return batches_for(actor).filter(pk=batch).first()


def cases_taken_out(actor: Actor, batch: ImportBatch) -> int:
    """Count the published cases that undoing an import takes out of everything public."""
    gates = Publication.objects.filter(
        state="published", party__origin=batch.pk, party__withdrawn_at__isnull=True
    )
    return seen_by(actor, gates).count()


@contextmanager
def preview_of(actor: Actor, batch: UUID) -> Iterator[Preview]:
    """Open the stored file of an import as it was read when it was proposed.

    Raises `ImportBatch.DoesNotExist` where the actor may not see it.
    """
    found = batch_for(actor, batch)
    if found is None:
        raise ImportBatch.DoesNotExist
    with open_preview(
        Path(settings.DOCUMENTS_FOLDER) / found.file_path,
        parse_mapping(found.mapping.toml),
        today=found.proposed_at.date(),
        find_country=find_country,
        near_countries=suggest_countries,
    ) as preview:
        yield preview


def entries_of(actor: Actor, source_list: SourceList) -> QuerySet[ListEntry]:
    """Give the rows of a list in force, by line."""
    rows = ListEntry.objects.filter(source_list=source_list, withdrawn_at__isnull=True)
    return seen_by(actor, rows).order_by("line", "id")


def missing_entries(actor: Actor, source_list: SourceList) -> QuerySet[ListEntry]:
    """Give the rows that the list's newest import has no more; they are kept for a person.

    What no import brought is in none.
    """
    written = ImportBatch.objects.filter(source_list=source_list, state="written")
    newest = written.order_by("-finished_at").values_list("pk", flat=True).first()
    rows = entries_of(actor, source_list).filter(batch__isnull=False)
    return rows.exclude(seen_in=newest) if newest else rows.none()
