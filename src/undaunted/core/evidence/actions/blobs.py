"""Files under their checksum: kept, dropped, and drafts of killed processes swept away."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings

from undaunted.core.evidence.models import CleanCopy, Document, RedactedCopy

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["drop_blob", "keep_blob", "measured", "sweep_drafts"]

_CHUNK = 1024 * 1024
_DRAFTS = (".draft-*", "sealed/.draft-*", "imports/*/.draft-*")


def keep_blob(content: BinaryIO, folder: Path) -> tuple[str, int]:
    """Write a stream under its SHA-256 below `folder`; gives digest and size. Not an action.

    The file appears complete or not at all, readable by this account only.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=folder, prefix=".draft-")
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as stream:
            while block := content.read(_CHUNK):
                digest.update(block)
                size += len(block)
                stream.write(block)
            stream.flush()
            os.fsync(stream.fileno())
        name = digest.hexdigest()
        place = folder / name[:2]
        place.mkdir(mode=0o700, exist_ok=True)
        Path(draft).replace(place / name)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return name, size


def drop_blob(digest: str, folder: Path) -> None:
    """Delete the file of a document whose row is gone, unless another has it too. Not an action."""
    held = (
        Document.objects.filter(sha256=digest).exists()
        or CleanCopy.objects.filter(sha256=digest).exists()
        or RedactedCopy.objects.filter(sha256=digest).exists()
    )
    if not held:
        (folder / digest[:2] / digest).unlink(missing_ok=True)


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
