"""Files under their checksum: kept, and drafts of killed processes swept away."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.db import transaction

from undaunted.core.evidence.actions.settling import note_unsettled, settle, sweep_unsettled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

__all__ = ["Draft", "drafted", "keep_blob", "lay_open", "measured", "sweep_drafts"]

_CHUNK = 1024 * 1024
_DRAFTS = (".draft-*", "sealed/.draft-*", "imports/*/.draft-*")


def keep_blob(content: BinaryIO, folder: Path) -> tuple[str, int]:
    """Write a stream under its SHA-256 below `folder`; gives digest and size. Not an action.

    The file appears complete or not at all, readable by this account only.
    """
    draft, name, size = _drafted(content, folder)
    lay_open(draft, name, folder)
    return name, size


@dataclass(slots=True)
class Draft:
    """A file that was written, and lies nowhere yet."""

    file: Path
    digest: str
    size: int
    kept: bool = False

    def place(self) -> None:
        """Let it lie open under its digest; part of the transaction that wrote its row, after it.

        Where that transaction fails, it is destroyed by the sweep unless another row needs it.
        """
        self.kept = True
        note_unsettled([self.digest])
        lay_open(self.file, self.digest, Path(settings.DOCUMENTS_FOLDER))
        transaction.on_commit(lambda: settle([self.digest]))

    def place_on_commit(self) -> None:
        """Let it lie open once its row is committed, where nobody sealed the document meanwhile."""
        self.kept = True
        note_unsettled([self.digest])
        transaction.on_commit(self._placed)

    def _placed(self) -> None:
        lay_open(self.file, self.digest, Path(settings.DOCUMENTS_FOLDER))
        settle([self.digest])


@contextmanager
def drafted(content: BinaryIO) -> Iterator[Draft]:
    """Write a stream that goes again where the block fails or does not place it. Not an action."""
    draft = Draft(*_drafted(content, Path(settings.DOCUMENTS_FOLDER)))
    try:
        yield draft
    except BaseException:
        draft.file.unlink(missing_ok=True)
        raise
    if not draft.kept:
        draft.file.unlink(missing_ok=True)


def _drafted(content: BinaryIO, folder: Path) -> tuple[Path, str, int]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, held = tempfile.mkstemp(dir=folder, prefix=".draft-")
    draft, digest, size = Path(held), hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as stream:
            while block := content.read(_CHUNK):
                digest.update(block)
                size += len(block)
                stream.write(block)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft, digest.hexdigest(), size


def lay_open(draft: Path, name: str, folder: Path) -> None:
    """Move a draft to where it lies under its digest, or remove it. Not an action."""
    try:
        place = folder / name[:2]
        place.mkdir(mode=0o700, exist_ok=True)
        draft.replace(place / name)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def sweep_drafts(before: datetime) -> int:
    """Remove what a killed process left half written before `before`; gives how many files.

    Drafts belong to no record: they were never acknowledged. Nor do files whose transaction failed
    after they were placed, or whose process died before they were destroyed. Not an action.
    """
    folder, gone = Path(settings.DOCUMENTS_FOLDER), 0
    for draft in (file for pattern in _DRAFTS for file in folder.glob(pattern)):
        with suppress(FileNotFoundError):  # finished or swept meanwhile
            if draft.stat().st_mtime < before.timestamp():
                draft.unlink()
                gone += 1
    return gone + sweep_unsettled(before)


def measured(content: BinaryIO) -> tuple[str, int]:
    """Give digest and size of a stream, and wind it back."""
    digest, size = hashlib.sha256(), 0
    while block := content.read(_CHUNK):
        digest.update(block)
        size += len(block)
    content.seek(0)
    return digest.hexdigest(), size
