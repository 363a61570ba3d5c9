"""The folder of prepared downloads as the public sees it: names, sizes, checksums."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CONTENT_TYPES", "Download", "downloads", "folder"]

CHECKSUMS = "SHA256SUMS"
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
    """Give the files that the list of checksums names, and the list itself; none before it."""
    place = folder() / CHECKSUMS
    try:
        sums = dict(_sums(place.read_text(encoding="utf-8")))
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
        return _("The checksums below as one file")
    if "codebook" in name:
        return _("Every column and every code, explained")
    if name.endswith(".ftm.json") or "ftm" in name:
        return _("Persons and detentions as FollowTheMoney entities")
    contents = {
        "case": _("One row for each published person"),
        "person": _("One row for each published person"),
        "spell": _("One row for each stretch of detention"),
        "segment": _("One row for each segment that is counted"),
        "count": _("Counts by country and month"),
    }
    return next((words for part, words in contents.items() if part in name), _("Published data"))
