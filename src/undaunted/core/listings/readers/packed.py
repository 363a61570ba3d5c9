"""A ZIP with one list in it, unpacked: nothing of its names is believed, and no bomb goes off."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from undaunted.core.listings.readers.files import MeteredFile
from undaunted.core.listings.rules import LIMITS, ListRefused, list_source

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["unpacked"]

_ZIP: Final = b"PK\x03\x04"
_WORKBOOK: Final = "[Content_Types].xml"
_LARGE: Final = b"PK\x06\x07"
_END: Final = b"PK\x05\x06"
_TAIL: Final = 66_000
"""Bytes at the end of a ZIP in which its end is told, a remark of the longest kind included."""
_DIRECTORY: Final = 2**20
_MOST_FILES: Final = 1_000
_CHUNK: Final = 2**20
_PLAIN: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED: Final = 1
_LONGEST: Final = 80
_AGAIN: Final = "fetch it by hand"


def unpacked(source: str, path: Path) -> Path:
    """Give the one list in a ZIP as a file beside it; the same file where it is no ZIP.

    A workbook is one file in itself. Raises `ListRefused` where the ZIP holds no file, or several,
    of a kind in which the list comes, and for one that is damaged, locked or too large.
    """
    with path.open("rb") as held:
        if held.read(len(_ZIP)) != _ZIP:
            return path
    _demand_small(path)
    try:
        with zipfile.ZipFile(path) as archive:
            inside = archive.infolist()
            if any(each.filename == _WORKBOOK for each in inside):
                return path
            one = _one(source, path.name, inside)
            out = path.parent / "unpacked" / _name(one.filename)
            out.parent.mkdir()
            with archive.open(one) as packed, out.open("wb") as written:
                metered = MeteredFile(packed, path.name, LIMITS["file_bytes"])  # type: ignore[arg-type]
                while chunk := metered.read(_CHUNK):
                    written.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as reason:
        raise ListRefused(f"{path.name}: the ZIP is cut or damaged ({reason}); {_AGAIN}") from None
    return out


def _demand_small(path: Path) -> None:
    """Refuse a directory of files that would fill the memory, before anything reads it."""
    size = path.stat().st_size
    with path.open("rb") as held:
        held.seek(max(0, size - _TAIL))
        tail = held.read()
    # One end may stand within another, and which of them is read is not ours to say.
    ends = [at for at in range(len(tail)) if tail.startswith(_END, at)]
    directory = max((int.from_bytes(tail[at + 12 : at + 16], "little") for at in ends), default=0)
    if _LARGE in tail or directory > _DIRECTORY:
        raise ListRefused(f"{path.name}: is a ZIP larger than any list's; {_AGAIN}")


def _one(source: str, name: str, inside: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    if len(inside) > _MOST_FILES:
        raise ListRefused(f"{name}: is a ZIP of {len(inside)} files; {_AGAIN}")
    kinds = frozenset(f".{each}" for each in list_source(source).formats)
    found = [
        each
        for each in inside
        if not each.is_dir()
        and PurePosixPath(each.filename).parts[:1] != ("__MACOSX",)
        and PurePosixPath(each.filename.lower()).suffix in kinds
    ]
    wanted = " or ".join(sorted(kinds))
    if len(found) != 1:
        raise ListRefused(
            f"{name}: is a ZIP with {len(found)} files in {wanted}, and one is read; {_AGAIN}"
        )
    (one,) = found
    if one.flag_bits & _ENCRYPTED or one.compress_type not in _PLAIN:
        raise ListRefused(f"{name}: is a ZIP that is locked or packed unusually; {_AGAIN}")
    return one


def _name(told: str) -> str:
    """Give a name that is one in every folder; its ending tells the format."""
    last = PurePosixPath(told.replace("\\", "/")).name
    return "".join(sign for sign in last if sign.isalnum() or sign in "._-")[-_LONGEST:].lstrip(".")
