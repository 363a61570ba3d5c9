"""Bringing a list in: proposed with its preview's counts, accepted by the steward, written once.

Everything an import writes stands in one transaction with one audit entry, which carries the Merkle
root of the digests of all rows.
"""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.db import connection, transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.audit.rules import merkle_root
from undaunted.core.evidence.actions import keep_blob
from undaunted.core.places.rules import find_country, suggest_countries
from undaunted.prisoners.registry.actions.ledger_import import LedgerImport
from undaunted.prisoners.registry.actions.lists import keep_mapping
from undaunted.prisoners.registry.actions.matching import reapply_judgements
from undaunted.prisoners.registry.actions.projecting import project_published
from undaunted.prisoners.registry.actions.retention import keep_declined_import
from undaunted.prisoners.registry.models import ImportBatch, SourceList
from undaunted.prisoners.registry.readers.mapping_files import parse_mapping
from undaunted.prisoners.registry.readers.reading_ahead import read_ahead
from undaunted.prisoners.registry.readers.rows import read_rows
from undaunted.prisoners.registry.rules.import_rows import (
    WRITTEN,
    ImportSummary,
    Outcome,
)
from undaunted.prisoners.registry.rules.ledger_rows import ledger_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.models import MappingVersion
    from undaunted.prisoners.registry.rules.import_rows import ImportRow

__all__ = [
    "FileChanged",
    "ImportNotReady",
    "accept_import",
    "decline_import",
    "propose_import",
    "record_import_failure",
    "write_import",
]

CHUNK = 4000


class ImportNotReady(ValueError):
    """The import is not in the state this step needs."""


class FileChanged(ValueError):
    """The stored file is not the one that was proposed."""


def propose_import(  # noqa: PLR0913 - the list, the file, how to read it, who and when
    source_list: SourceList,
    *,
    actor: Actor,
    at: datetime,
    file: BinaryIO,
    file_name: str,
    mapping_toml: str,
) -> ImportBatch:
    """Keep a file and count what would come of it; nothing goes into the ledger yet.

    Raises `InvalidMapping` or `UnreadableFile`, and keeps nothing then.
    """
    require(actor, Verb.IMPORT, Facts(holder=source_list.holder))
    parse_mapping(mapping_toml)
    place = Path("imports") / str(source_list.holder)
    digest, _size = keep_blob(file, Path(settings.DOCUMENTS_FOLDER) / place)
    path = place / digest[:2] / digest
    held = ImportBatch.objects.filter(file_sha256=digest, holder=source_list.holder).exists()
    try:
        with transaction.atomic():
            mapping = keep_mapping(source_list, mapping_toml, actor=actor, at=at)
            summary = ImportSummary()
            for row in _rows(path, mapping, at.date()):
                summary.add(row)
            batch = ImportBatch.objects.create(
                holder=source_list.holder,
                sharing=source_list.sharing,
                source_list=source_list,
                mapping=mapping,
                file_name=Path(file_name).name[:200],
                file_sha256=digest,
                file_path=str(path),
                proposed_by=actor.person,
                proposed_at=at,
                **_counts(summary),
            )
            _record("import.proposed", batch, actor, at, _counts(summary))
    except BaseException:
        if not held:
            (Path(settings.DOCUMENTS_FOLDER) / path).unlink(missing_ok=True)
        raise
    return batch


def accept_import(batch: ImportBatch, *, actor: Actor, at: datetime) -> ImportBatch:
    """Let a proposed import be written; the steward of the list does this."""
    require(actor, Verb.ACCEPT_IMPORT, Facts(holder=batch.holder))
    with transaction.atomic():
        held = _in_state(batch, "proposed")
        held.state, held.accepted_by, held.accepted_at = "accepted", actor.id, at
        held.save(update_fields=["state", "accepted_by", "accepted_at"])
        _record("import.accepted", held, actor, at, {})
    return held


def decline_import(batch: ImportBatch, *, actor: Actor, at: datetime) -> ImportBatch:
    """Turn a proposed import down; its file stays for a while as what was proposed."""
    require(actor, Verb.ACCEPT_IMPORT, Facts(holder=batch.holder))
    with transaction.atomic():
        held = _in_state(batch, "proposed")
        held.state, held.finished_at = "declined", at
        held.save(update_fields=["state", "finished_at"])
        _record("import.declined", held, actor, at, {})
        keep_declined_import(held, actor=actor, at=at)
    return held


def write_import(
    batch: ImportBatch,
    *,
    actor: Actor,
    at: datetime,
    progress: Callable[[int, int], object] = lambda _done, _all: None,
) -> ImportBatch:
    """Write an accepted import into the ledger, all of it or nothing.

    `progress` is called with the rows done and the rows there are. Rows that the list had and the
    file has no more are kept; `queries.imports.missing_entries` lists them.
    """
    require(actor, Verb.ACCEPT_IMPORT, Facts(holder=batch.holder))
    with transaction.atomic():
        # One import of a list at a time.
        source_list = SourceList.objects.select_for_update().get(pk=batch.source_list_id)
        held = _in_state(batch, "accepted")
        held.source_list = source_list
        _check_file(held)
        writer = LedgerImport(
            held,
            actor=actor,
            at=at,
            publisher=source_list.publisher,
            public_sources=bool(source_list.licence),
        )
        summary, leaves = ImportSummary(), list[bytes]()
        rows = _counted(_rows(Path(held.file_path), held.mapping, _day_of_reading(held)), summary)
        good = (ledger_row(row) for row in rows if row.outcome in WRITTEN)
        _check_references_at_once()
        with closing(read_ahead(good, CHUNK)) as chunks:
            for chunk in chunks:
                writer.write(chunk)
                leaves += [bytes.fromhex(row.digest) for row in chunk]
                progress(len(leaves), held.rows_good)
        held.state, held.finished_at, held.merkle_root = "written", at, merkle_root(leaves)
        held.rows_written = len(leaves)
        for name in ("added", "changed", "unchanged"):
            setattr(held, name, writer.counts[name])
        for name, value in _counts(summary).items():
            setattr(held, name, value)
        held.save()
        detail = {name: writer.counts[name] for name in ("added", "changed", "unchanged", "kept")}
        _record("import.written", held, actor, at, {**detail, "merkle_root": held.merkle_root})
        reapply_judgements(actor=actor, at=at)
        project_published(writer.touched)
    return held


def record_import_failure(
    batch: ImportBatch, reason: str, *, actor: Actor, at: datetime
) -> ImportBatch:
    """Say that writing failed and nothing was written; called in a transaction of its own."""
    require(actor, Verb.ACCEPT_IMPORT, Facts(holder=batch.holder))
    with transaction.atomic():
        held = _in_state(batch, "accepted")
        held.state, held.failure, held.finished_at = "failed", reason[:2000], at
        held.save(update_fields=["state", "failure", "finished_at"])
        _record("import.failed", held, actor, at, {})
    return held


def _rows(path: Path, mapping: MappingVersion, today: date) -> Iterator[ImportRow]:
    return read_rows(
        Path(settings.DOCUMENTS_FOLDER) / path,
        parse_mapping(mapping.toml),
        today=today,
        find_country=find_country,
        near_countries=suggest_countries,
    )


def _check_references_at_once() -> None:
    """Check each statement's references while the next rows are read, not all at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _day_of_reading(batch: ImportBatch) -> date:
    """Read as on the day of the proposal, so that what is written is what was shown."""
    return batch.proposed_at.date()


def _counted(rows: Iterator[ImportRow], summary: ImportSummary) -> Iterator[ImportRow]:
    for row in rows:
        summary.add(row)
        yield row


def _counts(summary: ImportSummary) -> dict[str, int]:
    outcomes = summary.outcomes
    return {
        "rows_read": summary.rows,
        "rows_good": outcomes[Outcome.OK] + outcomes[Outcome.FLAGGED],
        "rows_rejected": outcomes[Outcome.REJECTED],
        "rows_skipped": outcomes[Outcome.SKIPPED],
        "rows_flagged": outcomes[Outcome.FLAGGED],
    }


def _in_state(batch: ImportBatch, state: str) -> ImportBatch:
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if held.state != state:
        raise ImportNotReady(f"the import is {held.state}, not {state}")
    return held


def _check_file(batch: ImportBatch) -> None:
    with (Path(settings.DOCUMENTS_FOLDER) / batch.file_path).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != batch.file_sha256:
        raise FileChanged(f"{batch.file_name} is not the file that was proposed")


def _record(
    verb: str, batch: ImportBatch, actor: Actor, at: datetime, detail: Mapping[str, object]
) -> None:
    told = {"list": str(batch.source_list_id), "file": batch.file_sha256, **detail}
    record_entry(verb, actor=actor, subject_kind="import", subject_id=batch.pk, at=at, detail=told)
