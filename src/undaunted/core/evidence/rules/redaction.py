"""Redacted copies: what is taken out, on which ground, and why a copy cannot be made.

What is black in a copy is gone from its file. A copy says how much was taken out and on which
ground, never what.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.evidence.rules.media import MediaKind, WhyUncleanable

__all__ = [
    "LONGEST_PASSAGE",
    "MOST_BOXES",
    "MOST_PASSAGES",
    "Box",
    "Ground",
    "Marks",
    "Redacted",
    "Unredactable",
    "WhyUnredactable",
    "boxes_in",
    "marks_of",
]

MOST_PASSAGES: Final = 200
MOST_BOXES: Final = 500
LONGEST_PASSAGE: Final = 300
_WHOLE: Final = 100.0
_HARD_EDGE: Final = 1e-6


class Ground(StrEnum):
    """Why something was taken out; it stands in the index of annexes."""

    SAFETY = "safety"
    AGREEMENT = "agreement"
    PRIVACY = "privacy"
    SOURCE = "source"
    PROCEEDINGS = "proceedings"


class WhyUnredactable(StrEnum):
    """Why no redacted copy can be made."""

    NOTHING = "nothing"
    TOO_MANY = "too_many"
    BOX_UNREADABLE = "box_unreadable"
    BOX_OUTSIDE = "box_outside"
    NO_SUCH_PAGE = "no_such_page"
    PASSAGE_MISSING = "passage_missing"
    NO_BOXES = "no_boxes"
    NO_PASSAGES = "no_passages"
    RECORDING = "recording"
    STILL_THERE = "still_there"
    MANY_PAGES = "many_pages"
    UNCLEAN = "unclean"
    NO_COPY = "no_copy"
    SEALED = "sealed"
    NOT_YOURS = "not_yours"
    OPEN_UNSAID = "open_unsaid"
    WITHDRAWN = "withdrawn"


class Unredactable(ValueError):
    """No redacted copy is made; `reason` says why, `lines` which lines it is about, from 1."""

    def __init__(
        self,
        reason: WhyUnredactable,
        lines: Iterable[int] = (),
        unclean: WhyUncleanable | None = None,
    ) -> None:
        self.reason = reason
        self.lines = tuple(lines)
        self.unclean = unclean
        super().__init__(_sentence(reason, ", ".join(map(str, self.lines)), unclean))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a page, from 1; its edges in per cent of the page as it is shown."""

    page: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Marks:
    """What is to be taken out: passages wherever they stand, and boxes."""

    passages: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Redacted:
    """A redacted copy: its bytes, how many places are black, what people have to look at."""

    content: bytes
    kind: MediaKind
    places: int
    kept: tuple[str, ...] = ()
    unsearched: tuple[int, ...] = ()
    """Pages that are or hold pictures, whose words were not searched."""


def marks_of(passages: Iterable[str], boxes: Iterable[Box]) -> Marks:
    """Check what is to be taken out, before a file is opened. Raises `Unredactable`."""
    words, drawn = tuple(passages), tuple(boxes)
    told = [line for line, each in enumerate(words, start=1) if each.strip()]
    if not told and not drawn:
        raise Unredactable(WhyUnredactable.NOTHING)
    if len(told) > MOST_PASSAGES or len(drawn) > MOST_BOXES:
        raise Unredactable(WhyUnredactable.TOO_MANY)
    long = [line for line in told if len(words[line - 1]) > LONGEST_PASSAGE]
    if long:
        raise Unredactable(WhyUnredactable.TOO_MANY, long)
    outside = [line for line, box in enumerate(drawn, start=1) if not _is_inside(box)]
    if outside:
        raise Unredactable(WhyUnredactable.BOX_OUTSIDE, outside)
    return Marks(words, drawn)


def boxes_in(text: str) -> tuple[Box, ...]:
    """Read boxes, one a line: page, left, top, width, height, the last four in per cent.

    Raises `Unredactable` with the lines that are none.
    """
    boxes, unreadable = [], []
    for line, told in enumerate(text.splitlines(), start=1):
        words = told.replace(",", " ").replace("%", " ").split()
        if not words:
            continue
        try:
            page, *edges = words
            left, top, width, height = map(float, edges)
            boxes.append(Box(int(page), left, top, width, height))
        except ValueError:
            unreadable.append(line)
    if unreadable:
        raise Unredactable(WhyUnredactable.BOX_UNREADABLE, unreadable)
    return tuple(boxes)


def _is_inside(box: Box) -> bool:
    """Tell whether a box lies on a page; what is no number lies nowhere."""
    return (
        box.page >= 1
        and box.left >= 0
        and box.top >= 0
        and box.width > 0
        and box.height > 0
        and box.left + box.width <= _WHOLE + _HARD_EDGE
        and box.top + box.height <= _WHOLE + _HARD_EDGE
    )


def _sentence(reason: WhyUnredactable, lines: str, unclean: WhyUncleanable | None) -> str:
    """Say what is against a copy, and what to do; the field comes first."""
    told = {
        WhyUnredactable.NOTHING: "passages: say what to take out, by its words or by a box",
        WhyUnredactable.TOO_MANY: (
            f"passages: at most {MOST_PASSAGES} lines of {LONGEST_PASSAGE} letters and "
            f"{MOST_BOXES} boxes are taken at once; make the copy of less"
        ),
        WhyUnredactable.BOX_UNREADABLE: (
            f"boxes: line {lines} is no box; write five numbers: page, left, top, width, height"
        ),
        WhyUnredactable.BOX_OUTSIDE: (
            f"boxes: line {lines} reaches out of its page; pages begin with 1, edges lie between "
            "0 and 100"
        ),
        WhyUnredactable.NO_SUCH_PAGE: f"boxes: line {lines} names a page that there is not",
        WhyUnredactable.PASSAGE_MISSING: (
            f"passages: line {lines} stands nowhere in what the copy shows; copy the words from "
            "it, or draw a box"
        ),
        WhyUnredactable.NO_BOXES: "boxes: this kind of file has no pages; take out words",
        WhyUnredactable.NO_PASSAGES: "passages: a picture holds no words; draw boxes",
        WhyUnredactable.RECORDING: (
            "passages: film and sound are not redacted here; cut them or write down what is said, "
            "and add that"
        ),
        WhyUnredactable.STILL_THERE: (
            "passages: what was to be taken out can still be found in the copy, so that none was "
            "kept; print the document, and redact the scan"
        ),
        WhyUnredactable.MANY_PAGES: "boxes: it has more than 100 pages; take out those that matter",
        WhyUnredactable.NO_COPY: "document: it has no clean copy; make one first",
        WhyUnredactable.SEALED: (
            "document: it is sealed to a team; open your key at the desk, and make the copy there"
        ),
        WhyUnredactable.NOT_YOURS: (
            "document: your key does not open it; somebody of its team makes the copy"
        ),
        WhyUnredactable.OPEN_UNSAID: (
            "lies_open: it is sealed, and its redacted copy lies open to your organisation and to "
            "whoever takes the disk; say that it may"
        ),
        WhyUnredactable.WITHDRAWN: "document: it is withdrawn, and no copy of it is made",
        WhyUnredactable.UNCLEAN: (
            f"document: it cannot be redacted ({unclean.value if unclean else ''}); print it, and "
            "redact the scan"
        ),
    }
    return told[reason]
