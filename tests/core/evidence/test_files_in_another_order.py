"""Two transactions that keep the same files in another order do not wait for each other."""

from __future__ import annotations

import io
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.core.vault.factories import Office, make_office
from undaunted.core.evidence.actions import record_source, store_document
from undaunted.core.evidence.rules import SourceKind

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")
FILES = (b"the first of two files", b"the second of two files")


def test_two_organisations_keep_the_same_files_in_another_order(
    owner_sql: Any, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    offices = [make_office(owner_sql) for _ in range(2)]
    between, problems = Barrier(2, timeout=20), list[DatabaseError]()

    def keep(office: Office, files: tuple[bytes, ...]) -> None:
        at = timezone.now()
        try:
            with office.caseworker.acting() as actor, transaction.atomic():
                source = record_source(
                    office.holder, actor=actor, at=at, kind=SourceKind.COURT_PAPER
                )
                for number, content in enumerate(files):
                    if number:
                        between.wait()
                    store_document(
                        io.BytesIO(content), source, actor=actor, at=at, media_type="text/plain"
                    )
        except DatabaseError as problem:
            problems.append(problem)
        finally:
            connection.close()

    both = [
        Thread(target=keep, args=(office, files))
        for office, files in zip(offices, (FILES, FILES[::-1]), strict=True)
    ]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert problems == []
    assert owner_sql("SELECT count(*) FROM evidence_document") == [(4,)]
