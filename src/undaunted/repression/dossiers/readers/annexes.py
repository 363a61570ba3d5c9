"""The words of a document that goes along, so that they can be held against names.

Read are text, tables, Word, spreadsheets, presentations, open documents, the letters drawn in a PDF
and the words that it holds beside them. What is a picture, as a scan, a photo or a film, holds no
letters and is looked at by people.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from undaunted.repression.dossiers.readers.beside import words_beside
from undaunted.repression.dossiers.readers.drawn import DrawnUnread, text_drawn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

__all__ = ["PACKED", "AnnexUnread", "text_of"]

_MOST: Final = 64 * 1024 * 1024
"""So many bytes of a packed document are read; whose parts are larger is not taken."""
PACKED: Final = ("application/vnd.openxmlformats", "application/vnd.oasis.opendocument")
_BLOCKS: Final = frozenset({"p", "h", "tc", "si", "row", "c", "table-cell", "tab", "br", "s"})
"""Where a word ends for certain; elsewhere marks stand within words too."""


class AnnexUnread(ValueError):
    """A document of a kind that has words, of which they cannot be read."""


def text_of(content: bytes, media_type: str) -> str:
    """Give the words of a document; none of what is a picture or a recording.

    Raises `AnnexUnread` where there should be words and they cannot be read.
    """
    if media_type.startswith("text/"):
        return _plain(content)
    try:
        if media_type == "application/pdf":
            return f"{text_drawn(content)}\n{words_beside(content)}"
        if media_type.startswith(PACKED):
            return "\n".join(_packed(content))
    except (
        DrawnUnread, DefusedXmlException, ParseError, zipfile.BadZipFile, zlib.error,
        NotImplementedError, RuntimeError,
    ) as error:  # fmt: skip
        raise AnnexUnread(media_type) from error
    return ""


def _plain(content: bytes) -> str:
    marked = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for each in ("utf-16",) if marked else ("utf-8-sig", "cp1251"):
        try:
            return content.decode(each)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _packed(content: bytes) -> Iterator[str]:
    left = _MOST
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for entry in package.infolist():
            if not entry.filename.endswith(".xml"):
                continue
            with package.open(entry) as part:
                told = part.read(left + 1)
            left -= len(told)
            if left < 0:
                raise AnnexUnread(entry.filename)
            yield "".join(_words(fromstring(told, forbid_dtd=True)))


def _words(root: Element) -> Iterator[str]:
    """Put words together as they are read, across the marks within them."""
    waiting: list[Element | str] = [root]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
            continue
        name = each.tag.rpartition("}")[2] if isinstance(each.tag, str) else ""
        waiting.append(("\n" if name in _BLOCKS else "") + (each.tail or ""))
        waiting.extend(reversed(each))
        yield each.text or ""
