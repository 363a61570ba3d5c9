"""The folder of prepared downloads as the public sees it: names, sizes, checksums."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from undaunted.core.access.rules import PUBLIC
from undaunted.prisoners.registry.actions.downloads import renew_downloads
from undaunted.prisoners.registry.queries.countries import published_by_country
from undaunted.prisoners.registry.rules.open_data import TABLES
from undaunted.prisoners.registry.writers.open_data import CHECKSUMS, PACKAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CONTENT_TYPES", "Download", "downloads", "folder"]

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
    for that is written by the worker, so that it may lack what was published in the last minutes;
    a takedown deletes it at once.
    """
    if sum(published_by_country(PUBLIC).values()) <= WRITTEN_AT_ONCE and not renew_downloads():
        return ()
    try:
        sums = dict(_sums((folder() / CHECKSUMS).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return ()
    found = [_download(name, sums) for name in [*sums, CHECKSUMS]]
    return tuple(each for each in found if each)


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
    if name == PACKAGE:
        return _("What the tables hold, as a Frictionless data package")
    if "codebook" in name:
        return _("Every column and every code, explained")
    if name.endswith(".ftm.json"):
        return _("Persons and detentions as FollowTheMoney entities")
    found = (table.meaning for table in TABLES if name.startswith(f"{table.name}."))
    return str(next(found, _("Published data")))
