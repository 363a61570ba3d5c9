"""What kind of file some bytes are, told by the bytes and never by a name."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from undaunted.core.evidence.rules import MediaKind, Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers.recordings.mp3 import begins_as_mp3

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["media_kind"]

_STARTS: Final = (
    (b"\xff\xd8\xff", MediaKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaKind.PNG),
    (b"GIF87a", MediaKind.GIF),
    (b"GIF89a", MediaKind.GIF),
    (b"II*\x00", MediaKind.TIFF),
    (b"MM\x00*", MediaKind.TIFF),
    (b"%PDF-", MediaKind.PDF),
    (b"\x1aE\xdf\xa3", MediaKind.WEBM),
    (b"OggS", MediaKind.OGG),
    (b"fLaC", MediaKind.FLAC),
)
_FILM_TYPE: Final = slice(4, 8)
_FILM: Final = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_PICTURES_IN_BOXES: Final = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
)
_ZIP: Final = b"PK\x03\x04"
_RIFF_TYPE: Final = slice(8, 12)
_RIFF: Final = {b"WEBP": MediaKind.WEBP, b"WAVE": MediaKind.WAV}
_OPEN_DOCUMENT: Final = {each.value: each for each in (MediaKind.ODT, MediaKind.ODS, MediaKind.ODP)}
_MAIN_PARTS: Final = {
    "word/document.xml": MediaKind.DOCX,
    "xl/workbook.xml": MediaKind.XLSX,
    "ppt/presentation.xml": MediaKind.PPTX,
}
_SAMPLE: Final = 65_536
_LONGEST_TYPE: Final = 200
_UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, IndexError, OSError,
    RuntimeError, ValueError,
)  # fmt: skip
_CONTROLS: Final = (frozenset(range(32)) | {0x7F}) - frozenset(b"\t\n\r\f")


def media_kind(content: BinaryIO) -> MediaKind:
    """Give the kind of a file from its first bytes; raises `Uncleanable` where it is not known.

    A file that begins as one kind and is another (a polyglot) is what it begins as: only that part
    is read, and written anew.
    """
    content.seek(0)
    head = content.read(_SAMPLE)
    content.seek(0)
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head.startswith(b"RIFF") and head[_RIFF_TYPE] in _RIFF:
        return _RIFF[head[_RIFF_TYPE]]
    if head[_FILM_TYPE] in _FILM and head[_RIFF_TYPE] not in _PICTURES_IN_BOXES:
        return MediaKind.MP4
    if head.startswith(_ZIP):
        return _in_package(content)
    if begins_as_mp3(head):
        return MediaKind.MP3
    if head and _is_text(head):
        return MediaKind.TEXT
    raise Uncleanable(WhyUncleanable.UNKNOWN_KIND)


def _in_package(content: BinaryIO) -> MediaKind:
    try:
        with zipfile.ZipFile(content) as package:
            names = set(package.namelist())
            if "mimetype" in names:
                with package.open("mimetype") as entry:
                    told = entry.read(_LONGEST_TYPE).decode("ascii", "replace").strip()
                if told in _OPEN_DOCUMENT:
                    return _OPEN_DOCUMENT[told]
    except _UNREADABLE as problem:
        raise Uncleanable(WhyUncleanable.DAMAGED) from problem
    finally:
        content.seek(0)
    for part, kind in _MAIN_PARTS.items():
        if part in names and "[Content_Types].xml" in names:
            return kind
    raise Uncleanable(WhyUncleanable.UNKNOWN_KIND)


def _is_text(head: bytes) -> bool:
    if _CONTROLS & set(head):
        return False
    for cut in range(4):  # a character may be cut at the end of the sample
        try:
            head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return True
    return False
