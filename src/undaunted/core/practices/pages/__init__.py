"""Pages of the library: what everybody may read, and the desk's work on it."""

from undaunted.core.practices.pages.desk import (
    accept,
    board,
    confirm,
    decline,
    new,
    practice_page,
    revise,
    withdraw,
)
from undaunted.core.practices.pages.public import library, menu, one

__all__ = [
    "accept",
    "board",
    "confirm",
    "decline",
    "library",
    "menu",
    "new",
    "one",
    "practice_page",
    "revise",
    "withdraw",
]
