"""The ledger of withdrawals written to its file: appended, synced, and its head noted apart.

Whoever is told that a withdrawal is kept is told so after `append` has come back.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from undaunted.core.consent.rules import FORMAT, LEDGER, NOTED, line_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import BufferedRandom
    from pathlib import Path
    from uuid import UUID

    from undaunted.core.consent.rules import Head, Kept, Line

__all__ = ["append", "begin", "holding", "note_head", "put_aside", "write_anew"]

_BLOCK = 1 << 16


@contextmanager
def holding(folder: Path) -> Iterator[None]:
    """Let one process at a time write; a process that dies lets go."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def begin(folder: Path, instance: UUID) -> None:
    """Make the file with the line that names its installation."""
    _write_new(folder / LEDGER, _first_line(instance))


def append(folder: Path, lines: Iterable[Line]) -> None:
    """Add lines and come back when the disk has them; a line cut off before is cleared away."""
    text = "".join(f"{line_text(line)}\n" for line in lines)
    handle = os.open(folder / LEDGER, os.O_RDWR)
    with os.fdopen(handle, "r+b") as file:
        _cut_what_never_ended(file)
        file.seek(0, os.SEEK_END)
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def write_anew(folder: Path, kept: Kept) -> None:
    """Put a whole ledger in the place of the one that is there, all of it or nothing."""
    lines = "".join(f"{line_text(line)}\n" for line in kept.lines)
    _write_new(folder / LEDGER, _first_line(kept.instance) + lines)


def put_aside(folder: Path, name: str) -> None:
    """Keep the file that is there under another name, for whoever looks into what happened."""
    if (folder / LEDGER).exists():
        (folder / LEDGER).rename(folder / f"{LEDGER}.{name}")


def note_head(folder: Path, head: Head) -> None:
    """Note how far the ledger is in a second place, beside the heads of the audit chain."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = {"instance": str(head.instance), "number": head.number, "hash": head.hash}
    _write_new(folder / NOTED, json.dumps(held) + "\n")


def _first_line(instance: UUID) -> str:
    return json.dumps({"format": FORMAT, "instance": str(instance)}, separators=(",", ":")) + "\n"


def _cut_what_never_ended(file: BufferedRandom) -> None:
    end = size = file.seek(0, os.SEEK_END)
    while end:
        begin_at = max(0, end - _BLOCK)
        file.seek(begin_at)
        found = file.read(end - begin_at).rfind(b"\n")
        if found >= 0:
            end = begin_at + found + 1
            break
        end = begin_at
    if end < size:
        file.truncate(end)


def _write_new(path: Path, text: str) -> None:
    """Write beside the place, sync, put it there, and sync the folder."""
    draft = path.with_suffix(".draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
