"""The prepared downloads: written as a set, put in place together, never older than a takedown.

The files lie in one folder. While a set is replaced the list of checksums is absent, and without it
nothing is served. Whoever destroys the files leaves a new mark first; a writer that finds another
mark than the one it began with throws away what it wrote.
"""

from __future__ import annotations

import fcntl
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction

from undaunted.core.access.rules import PUBLIC
from undaunted.prisoners.registry.queries.open_data import open_tables
from undaunted.prisoners.registry.queries.published import published_version
from undaunted.prisoners.registry.writers.open_data import CHECKSUMS, write_open_data

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["destroy_downloads", "destroy_downloads_now", "renew_downloads"]

VERSION: Final = ".version"
_LOCK: Final = ".lock"
_MARK: Final = ".destroyed"
_DRAFT: Final = ".draft"


def destroy_downloads() -> None:
    """Delete prepared downloads once the transaction stands; they are made anew later."""
    transaction.on_commit(destroy_downloads_now)


def renew_downloads() -> bool:
    """Write the files anew if anything published changed; tells whether they are as published.

    False while somebody else is writing them, and where something was destroyed meanwhile.
    """
    folder = Path(settings.DOWNLOADS_FOLDER)
    version = published_version(PUBLIC)
    if _text(folder / VERSION) == version and (folder / CHECKSUMS).is_file():
        return True
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        mark = _text(folder / _MARK)
        draft = folder / _DRAFT
        shutil.rmtree(draft, ignore_errors=True)
        try:
            written = write_open_data(draft, open_tables(PUBLIC))
            _put_in_place(folder, written)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        if _text(folder / _MARK) != mark or published_version(PUBLIC) != version:
            _delete_files(folder)
            return False
        (folder / VERSION).write_text(version, encoding="utf-8")
    return True


def _put_in_place(folder: Path, written: list[Path]) -> None:
    """Move a set in; the checksums go first and come last, and old files of other names go."""
    (folder / CHECKSUMS).unlink(missing_ok=True)
    (folder / VERSION).unlink(missing_ok=True)
    names = {path.name for path in written}
    for old in _files(folder):
        if old.name not in names:
            old.unlink(missing_ok=True)
    for path in written:
        path.replace(folder / path.name)


def destroy_downloads_now() -> None:
    """Delete prepared downloads at once, for whoever has seen a case go."""
    folder = Path(settings.DOWNLOADS_FOLDER)
    if folder.is_dir():
        (folder / _MARK).write_text(secrets.token_hex(16), encoding="ascii")
        _delete_files(folder)


def _delete_files(folder: Path) -> None:
    (folder / CHECKSUMS).unlink(missing_ok=True)
    (folder / VERSION).unlink(missing_ok=True)
    for file in _files(folder):
        file.unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        kept = {_LOCK, _MARK, _DRAFT} & set(file.relative_to(folder).parts)
        if not kept and (file.is_file() or file.is_symlink()):
            yield file


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
