"""Files that may have no row: noted on the disk beforehand, and asked about until that is settled.

A file is placed before its row is committed, and destroyed after the row that needed it is gone: a
process that dies in between, or a transaction that fails, would leave a file that no row knows of.
So its digest is noted first, as an empty file in `unsettled`. Once the transaction is over the
database says whether an open document needs the file; the sweep asks the same of every note that
stayed. Only what was noted is ever destroyed: a database that was set back destroys nothing else.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction

from undaunted.core.vault.rules import code_for_database

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

__all__ = ["note_unsettled", "open_place", "settle", "settle_on_commit", "sweep_unsettled"]


def open_place(digest: str) -> Path:
    """Give where a file lies that is kept open."""
    return Path(settings.DOCUMENTS_FOLDER) / digest[:2] / digest


def note_unsettled(digests: Collection[str]) -> None:
    """Note on the disk that these files may come to have no row; before that can be."""
    folder = _notes()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for digest in digests:
        (folder / digest).touch(mode=0o600)


def settle_on_commit(digests: Collection[str]) -> None:
    """Note these files, and destroy those that nothing needs once the transaction is over."""
    note_unsettled(digests)
    transaction.on_commit(lambda: settle(digests))


def settle(digests: Collection[str]) -> int:
    """Destroy those of these files that no open document needs, of any organisation; how many.

    No row comes to need one meanwhile: the database lets whoever writes it wait. Each has a
    transaction of its own, so that nobody waits for one file while another is kept from others.
    """
    return sum(_settled(digest) for digest in sorted(digests))


def _settled(digest: str) -> bool:
    gone = False
    with transaction.atomic():
        if _is_unneeded(digest):
            with suppress(FileNotFoundError):
                open_place(digest).unlink()
                gone = True
        (_notes() / digest).unlink(missing_ok=True)
    return gone


def sweep_unsettled(before: datetime) -> int:
    """Settle what was noted before `before` and is noted still; gives how many files went."""
    old = []
    for note in _notes().glob("*"):
        with suppress(FileNotFoundError):  # settled meanwhile
            if note.stat().st_mtime < before.timestamp():
                old.append(note.name)
    return settle(old)


def _notes() -> Path:
    return Path(settings.DOCUMENTS_FOLDER) / "unsettled"


def _is_unneeded(digest: str) -> bool:
    code = code_for_database(settings.SESSION_BINDING_KEY, "evidence-unneeded", digest)
    with connection.cursor() as cursor:
        cursor.execute("SELECT evidence_unneeded(%s, %s)", [[digest], code])
        return bool(cursor.fetchall())
