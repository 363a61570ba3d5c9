"""The words that a PDF holds beside its pages: bookmarks, tooltips, layers, what reads it aloud.

A bar hides what is drawn and none of these, and whoever reads the file finds them.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from undaunted.repression.dossiers.readers.drawn import DrawnUnread

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["words_beside"]

_MOST_THINGS: Final = 5_000_000
_MOST_LETTERS: Final = 5_000_000


def words_beside(content: bytes) -> str:
    """Give every string of a PDF's objects, one a line. Raises `DrawnUnread`."""
    told: list[str] = []
    letters = 0
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for each in _strings(pdf):
                told.append(each)
                letters += len(each)
                if letters > _MOST_LETTERS:
                    raise DrawnUnread(f"more than {_MOST_LETTERS} letters")
    except (pikepdf.PdfError, TypeError, LookupError, AttributeError) as error:
        raise DrawnUnread(str(error)) from error
    return "\n".join(told)


def _strings(pdf: pikepdf.Pdf) -> Iterator[str]:
    left = _MOST_THINGS
    for thing in pdf.objects:
        waiting: list[Any] = [thing]
        while waiting:
            left -= 1
            if left < 0:
                raise DrawnUnread(f"more than {_MOST_THINGS} parts")
            held = waiting.pop()
            if isinstance(held, pikepdf.String):
                yield _told(held)
            elif isinstance(held, (pikepdf.Dictionary, pikepdf.Stream)):
                waiting += _within(held[key] for key in held.keys())  # noqa: SIM118 - no mapping
            elif isinstance(held, pikepdf.Array) and not _is_colours(held):
                waiting += _within(held)


def _within(things: Any) -> Iterator[Any]:  # noqa: ANN401 - whatever stands in the file
    """Give what stands in a thing itself; what it names stands among the objects."""
    return (each for each in things if isinstance(each, pikepdf.Object) and not each.is_indirect)


def _is_colours(held: pikepdf.Array) -> bool:
    """Tell whether its string is a table of colours."""
    return len(held) > 0 and isinstance(held[0], pikepdf.Name) and str(held[0]) == "/Indexed"


def _told(held: pikepdf.String) -> str:
    try:
        return str(held)
    except ValueError:
        return bytes(held).decode("latin-1")
