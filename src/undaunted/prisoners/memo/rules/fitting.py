"""How a memo is shortened to its pages: by steps that are declared, and told in the memo.

The steps follow each other from roomy to tight; the first that fits is taken. Red lines are never
left out, and never shortened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.prisoners.memo.rules.refusals import MemoRefused

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Made = TypeVar("Made")

__all__ = ["STEPS", "Room", "first_that_fits", "shortened"]


@dataclass(frozen=True, slots=True)
class Room:
    """How many of each a memo shows at most; `letters` of a text that a practice brings."""

    cases: int
    practices: int
    points: int
    parts: int
    """Roles, laws and tactics, each."""
    letters: int
    chart: bool


STEPS: Final = (
    Room(cases=5, practices=12, points=10, parts=12, letters=360, chart=True),
    Room(cases=5, practices=9, points=8, parts=12, letters=300, chart=True),
    Room(cases=5, practices=7, points=8, parts=12, letters=240, chart=True),
    Room(cases=5, practices=5, points=6, parts=10, letters=180, chart=True),
    Room(cases=5, practices=4, points=6, parts=8, letters=140, chart=True),
    Room(cases=5, practices=3, points=5, parts=8, letters=110, chart=True),
    Room(cases=4, practices=3, points=4, parts=6, letters=110, chart=False),
    Room(cases=3, practices=2, points=3, parts=5, letters=90, chart=False),
    Room(cases=3, practices=1, points=2, parts=4, letters=70, chart=False),
    Room(cases=2, practices=1, points=1, parts=3, letters=50, chart=False),
)


def first_that_fits(make: Callable[[Room], tuple[Made, int]], pages: int) -> Made:
    """Give what `make` makes with the roomiest step that needs no more than `pages`.

    `make` answers with what it made and how many pages that took. Each step is tighter than the
    one before, so half of those left are ruled out at a time. Raises `MemoRefused`.
    """
    made, needed = make(STEPS[0])
    if needed <= pages:
        return made
    low, high = 1, len(STEPS)
    found: Made | None = None
    while low < high:
        middle = (low + high) // 2
        made, needed = make(STEPS[middle])
        if needed <= pages:
            found, high = made, middle
        else:
            low = middle + 1
    if found is None:
        raise MemoRefused(
            "pages",
            f"it does not fit {pages} even at its shortest; allow another page, or shorten red "
            "lines and asks",
        )
    return found


def shortened(text: str, letters: int) -> tuple[str, bool]:
    """Give a text of at most so many letters, cut between words and marked; and whether it was."""
    if len(text) <= letters:
        return text, False
    head = text[: letters - 1]
    space = head.rfind(" ")
    return (head[:space] if space > letters // 2 else head).rstrip(" ,;:.") + "…", True
