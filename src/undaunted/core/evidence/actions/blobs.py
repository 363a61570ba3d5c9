"""Files under their checksum: kept, and drafts of killed processes swept away."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.db import transaction

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["keep_blob", "keep_blob_on_commit", "measured", "sweep_drafts"]

_CHUNK = 1024 * 1024
_DRAFTS = (".draft-*", "sealed/.draft-*", "imports/*/.draft-*")


def keep_blob(content: BinaryIO, folder: Path) -> tuple[str, int]:
    """Write a stream under its SHA-256 below `folder`; gives digest and size. Not an action.

    The file appears complete or not at all, readable by this account only.
    """
    draft, name, size = _drafted(content, folder)
    _place(draft, name, folder)
    return name, size


def keep_blob_on_commit(content: BinaryIO, folder: Path) -> tuple[str, int]:
    """Write a stream that lies under its SHA-256 once its row is committed; digest and size.

    Where the transaction fails, its draft is swept, and no file lies there that no row knows of.
    """
    draft, name, size = _drafted(content, folder)
    transaction.on_commit(lambda: _place(draft, name, folder))
    return name, size


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


def _place(draft: Path, name: str, folder: Path) -> None:
    try:
        place = folder / name[:2]
        place.mkdir(mode=0o700, exist_ok=True)
        draft.replace(place / name)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def sweep_drafts(before: datetime) -> int:
    """Remove what a killed process left half written before `before`; gives how many files.

    Drafts belong to no record: they were never acknowledged. Not an action.
    """
    folder, gone = Path(settings.DOCUMENTS_FOLDER), 0
    for draft in (file for pattern in _DRAFTS for file in folder.glob(pattern)):
        with suppress(FileNotFoundError):  # finished or swept meanwhile
            if draft.stat().st_mtime < before.timestamp():
                draft.unlink()
                gone += 1
    return gone


def measured(content: BinaryIO) -> tuple[str, int]:
    """Give digest and size of a stream, and wind it back."""
    digest, size = hashlib.sha256(), 0
    while block := content.read(_CHUNK):
        digest.update(block)
        size += len(block)
    content.seek(0)
    return digest.hexdigest(), size
