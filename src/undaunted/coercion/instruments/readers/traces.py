"""What a document tells: its words, and who made it, when and with what, that nobody sees.

Word, spreadsheets, presentations and open documents are read whole, with the names of authors of
changes and comments; texts as they are; of a PDF what it says of itself, since its pages are drawn.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from typing import TYPE_CHECKING, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Unread", "reads_whole", "traces_in"]

MOST: Final = 20_000_000
"""So many bytes of one packed document are read; what is larger is refused unread."""
_PACKED: Final = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "odp", "docm", "xlsm"})
_TEXTS: Final = frozenset({"txt", "csv", "md", "json", "toml", "xml", "eml", "html", "htm"})
_ENDS: Final = re.compile(r"</(?:w:p|a:p|w:tc|si|row|c|text:p|text:h|dc:[a-z]+|cp:[A-Za-z]+)>")
_TAG: Final = re.compile(r"<[^<>]*>")
_BY: Final = re.compile(r'(?:author|userId|initials|lastModifiedBy|Company|name)="([^"]+)"')


class Unread(ValueError):
    """The document cannot be looked into; the message says what to do."""


def reads_whole(name: str) -> bool:
    """Tell whether a document of this name is read word by word, and not only its metadata."""
    return _ending(name) in _PACKED | _TEXTS


def traces_in(name: str, content: bytes) -> tuple[tuple[str, str], ...]:
    """Give parts of a document with their places. Raises `Unread` for what cannot be opened."""
    ending = _ending(name)
    try:
        if ending in _PACKED:
            return tuple(_packed(name, content))
        if ending == "pdf":
            return tuple(_of_pdf(name, content))
        if ending in _TEXTS:
            return ((name, html.unescape(content.decode("utf-8-sig"))),)
    except (zipfile.BadZipFile, pikepdf.PdfError, UnicodeDecodeError) as error:
        raise Unread(f"{name}: cannot be opened as {ending}; give a file that is whole") from error
    raise Unread(
        f"{name}: is of a kind that cannot be looked into; give it as Word or text, or mark it "
        "confidential"
    )


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _packed(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        if sum(each.file_size for each in opened.infolist()) > MOST:
            raise Unread(f"{name}: unpacks to more than {MOST:,} bytes; give a smaller file")
        for each in opened.infolist():
            yield f"{name}, its parts", each.filename
            if each.comment:
                yield f"{name}, comment of the archive", each.comment.decode("utf-8", "replace")
            if not each.filename.endswith((".xml", ".rels")):
                continue
            told = opened.read(each).decode("utf-8", "replace")
            words = html.unescape(_TAG.sub("", _ENDS.sub("\n", told)))
            yield f"{name}, {each.filename}", words
            if not each.filename.endswith(("styles.xml", "theme1.xml", "fontTable.xml")):
                for author in _BY.findall(told):
                    yield f"{name}, {each.filename}, an author", html.unescape(author)


def _of_pdf(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        for key, value in (opened.trailer.get("/Info") or {}).items():
            yield f"{name}, {key}", str(value)
        with opened.open_metadata(set_pikepdf_as_editor=False) as told:
            for key, value in told.items():
                yield f"{name}, {key}", str(value)
        for attached in opened.attachments:
            yield f"{name}, attachment", attached
