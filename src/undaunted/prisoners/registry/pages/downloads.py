"""The folder of prepared downloads as the public sees it: names, sizes, checksums."""

from __future__ import annotations

import fcntl
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from undaunted.core.access.rules import PUBLIC
from undaunted.prisoners.registry.queries.countries import published_by_country
from undaunted.prisoners.registry.queries.open_data import open_tables
from undaunted.prisoners.registry.queries.published import published_version
from undaunted.prisoners.registry.rules.open_data import TABLES
from undaunted.prisoners.registry.writers.open_data import write_open_data

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CONTENT_TYPES", "Download", "downloads", "folder"]

CHECKSUMS = "SHA256SUMS"
VERSION = ".version"
WRITTEN_AT_ONCE = 20_000
"""Cases up to which the files are written while a reader waits."""
CONTENT_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".jsonl": "application/x-ndjson",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    "": "text/plain; charset=utf-8",
}
_LINE = re.compile(r"([0-9a-f]{64}) [ *](\S+)")


@dataclass(frozen=True, slots=True)
class Download:
    """One file that anybody may fetch."""

    name: str
    what: str
    size: int
    sha256: str
    written: datetime


def folder() -> Path:
    """Give the folder that the files lie in."""
    return Path(settings.DOWNLOADS_FOLDER)


def downloads() -> tuple[Download, ...]:
    """Give the files as they are true now; none while somebody else is writing them.

    They are written when first asked for after anything published has changed. A roll too long
    for that is written by `undaunted registry`, and a takedown deletes it.
    """
    if sum(published_by_country(PUBLIC).values()) <= WRITTEN_AT_ONCE and not _brought_up_to_date():
        return ()
    try:
        sums = dict(_sums((folder() / CHECKSUMS).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return ()
    found = [_download(name, sums) for name in [*sums, CHECKSUMS]]
    return tuple(each for each in found if each)


def _brought_up_to_date() -> bool:
    """Tell whether the files hold what is published; write them anew if they do not."""
    version = published_version(PUBLIC)
    if _version_written() == version:
        return True
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder() / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        (folder() / VERSION).unlink(missing_ok=True)
        write_open_data(folder(), open_tables(PUBLIC))
        # A takedown meanwhile deletes the files; what was read before it must not stay.
        if published_version(PUBLIC) != version:
            for file in folder().iterdir():
                file.unlink(missing_ok=True)
            return False
        (folder() / VERSION).write_text(version, encoding="utf-8")
    return True


def _version_written() -> str:
    try:
        return (folder() / VERSION).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def _sums(text: str) -> list[tuple[str, str]]:
    return [(name, digest) for digest, name in _LINE.findall(text) if "/" not in name]


def _download(name: str, sums: Mapping[str, str]) -> Download | None:
    path = folder() / name
    if path.is_symlink() or not path.is_file() or path.suffix not in CONTENT_TYPES:
        return None
    state = path.stat()
    return Download(
        name,
        _what(name),
        state.st_size,
        sums.get(name, ""),
        datetime.fromtimestamp(state.st_mtime, UTC),
    )


def _what(name: str) -> str:
    if name == CHECKSUMS:
        return _("The checksums of this table as one file")
    if "codebook" in name:
        return _("Every column and every code, explained")
    if name.endswith(".ftm.json"):
        return _("Persons and detentions as FollowTheMoney entities")
    found = (table.meaning for table in TABLES if name.startswith(f"{table.name}."))
    return str(next(found, _("Published data")))
