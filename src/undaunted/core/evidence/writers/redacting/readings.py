"""What a PDF says beside what it draws, and where it draws what nobody can read.

A file may give other words for the letters that it draws (`ActualText`), and a reader takes those:
a name that is drawn would not be found. They go before pages are read. What a page draws as a
picture, in a pattern, in a mask, as lines or with a font of drawings tells no letters at all.
"""

from __future__ import annotations

import io
import zlib
from typing import Any, Final

import pikepdf

from undaunted.core.evidence.rules import Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers.pdf_parts import dictionaries_in
from undaunted.core.evidence.writers.redacting.strokes import draws_unread

__all__ = ["read_plainly"]

_MARKS: Final = frozenset({"BDC", "DP"})
_OTHER_WORDS: Final = "/ActualText"
_MOST_BYTES: Final = 64 * 1024 * 1024
_DEEPEST: Final = 40
_MOST_PARTS: Final = 20_000


def read_plainly(content: bytes, most_pages: int) -> tuple[bytes, frozenset[int]]:
    """Give a PDF without other words for its letters, and pages, from 1, with letters unread.

    Of more than `most_pages` the rest is left as it is. Raises `Uncleanable`.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            changed = _without_other_words(pdf, most_pages)
            unread = frozenset(
                number
                for number, page in zip(range(1, most_pages + 1), pdf.pages, strict=False)
                if _Walk().finds(page.obj)
            )
            if not changed:
                return content, unread
            out = io.BytesIO()
            pdf.save(out)
    except pikepdf.PasswordError as problem:
        raise Uncleanable(WhyUncleanable.LOCKED) from problem
    except zlib.error as problem:
        raise Uncleanable(WhyUncleanable.DAMAGED) from problem
    except (pikepdf.PdfError, ValueError, TypeError, LookupError, AttributeError) as problem:
        if isinstance(problem, Uncleanable):
            raise
        raise Uncleanable(WhyUncleanable.DAMAGED) from problem
    return out.getvalue(), unread


def _without_other_words(pdf: pikepdf.Pdf, most_pages: int) -> bool:
    """Take other words out of what is drawn and out of the lists that it names."""
    changed = False
    for _number, page in zip(range(most_pages), pdf.pages, strict=False):
        if isinstance(page.obj.get("/Contents"), pikepdf.Array):
            page.contents_coalesce()
        drawn = page.obj.get("/Contents")
        if isinstance(drawn, pikepdf.Stream) and (plain := _plain(drawn)) is not None:
            page.obj.Contents = pdf.make_stream(plain)
            changed = True
    for thing in pdf.objects:
        for part in dictionaries_in(thing):
            if _OTHER_WORDS in part:
                del part[_OTHER_WORDS]
                changed = True
        if isinstance(thing, pikepdf.Stream) and _is_drawn(thing):
            plain = _plain(thing)
            if plain is not None:
                thing.write(plain)
                changed = True
    return changed


def _plain(drawn: pikepdf.Stream) -> bytes | None:
    """Give what is drawn without other words for it; None where there are none."""
    _check_size(drawn)
    told = drawn.read_bytes()
    if not (b"BDC" in told or b"DP" in told) or not (b"ActualText" in told or b"#" in told):
        return None
    steps, changed = [], False
    for each in pikepdf.parse_content_stream(drawn):
        operands = list(each.operands)
        if str(each.operator) in _MARKS:
            for given in operands:
                for part in dictionaries_in(given):
                    if _OTHER_WORDS in part:
                        del part[_OTHER_WORDS]
                        changed = True
        steps.append((operands, each.operator) if str(each.operator) in _MARKS else each)
    return pikepdf.unparse_content_stream(steps) if changed else None


def _check_size(drawn: pikepdf.Stream) -> None:
    """Raise `Uncleanable` for what unpacks to more than anybody draws, before it is unpacked."""
    packed = drawn.get("/Filter")
    ways = list(packed) if isinstance(packed, pikepdf.Array) else [packed]
    told = drawn.read_raw_bytes()
    for way in ways if all(str(each) == "/FlateDecode" for each in ways) else ():
        if way is not None:
            told = zlib.decompressobj().decompress(told, _MOST_BYTES + 1)
        if len(told) > _MOST_BYTES:
            raise Uncleanable(WhyUncleanable.TOO_LARGE)


def _is_drawn(thing: pikepdf.Stream) -> bool:
    return str(thing.get("/Subtype", "")) == "/Form" or "/PatternType" in thing


class _Walk:
    """Looks through what a page may draw with, each thing once."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()
        self._left = _MOST_PARTS

    def finds(self, page: Any) -> bool:  # noqa: ANN401 - whatever stands in the file
        """Tell whether a page, its notes and fields draw with what tells no letters."""
        forms = [each for note in page.get("/Annots", ()) for each in _looks(note)]
        if self._unread(page, 0) or any(self._unread(each, 0) for each in forms):
            return True
        return draws_unread(page, forms)

    def _unread(self, holder: Any, depth: int) -> bool:  # noqa: ANN401 - as above
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            return True
        if holder.objgen != (0, 0):
            if holder.objgen in self._seen:
                return False
            self._seen.add(holder.objgen)
        if isinstance(holder, pikepdf.Stream) and not _is_drawn(holder):
            _check_size(holder)
        resources = holder.get("/Resources", {})
        if any(str(each.get("/Subtype", "")) == "/Type3" for each in _all(resources, "/Font")):
            return True
        if _all(resources, "/Pattern"):
            return True
        if any("/G" in each["/SMask"] for each in _all(resources, "/ExtGState")
               if isinstance(each.get("/SMask"), pikepdf.Dictionary)):  # fmt: skip
            return True
        inner = [each for each in _all(resources, "/XObject") if isinstance(each, pikepdf.Stream)]
        return any(
            str(each.get("/Subtype", "")) == "/Image" or self._unread(each, depth + 1)
            for each in inner
        )


def _looks(note: Any) -> list[pikepdf.Stream]:  # noqa: ANN401 - as above
    """Give how a note or a field looks, in each of its states."""
    normal = note.get("/AP", {}).get("/N")
    states = [normal] if isinstance(normal, pikepdf.Stream) else _all(note.get("/AP", {}), "/N")
    return [each for each in states if isinstance(each, pikepdf.Stream)]


def _all(resources: Any, kind: str) -> list[Any]:  # noqa: ANN401 - as above
    held = resources.get(kind, {})
    return [held[key] for key in held.keys()] if isinstance(held, pikepdf.Dictionary) else []  # noqa: SIM118
