"""Frozen values that pages hand to list components: a cursor page, facets, steps, comparisons."""

import difflib
from dataclasses import dataclass, field

__all__ = [
    "Chip",
    "Choice",
    "Compared",
    "CursorPage",
    "Facet",
    "Step",
    "changed_words",
]


@dataclass(frozen=True)
class CursorPage:
    """One page of a long list. Cursors are opaque strings; None means there is no such page."""

    shown: int
    total: int | None = None
    previous: str | None = None
    next: str | None = None
    parameter: str = "after"
    back_parameter: str = "before"


@dataclass(frozen=True)
class Choice:
    """One box of a facet."""

    value: str
    label: str
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """One group of boxes in the filters."""

    name: str
    legend: str
    choices: tuple[Choice, ...]
    single: bool = False


@dataclass(frozen=True)
class Chip:
    """A filter in force, with the address of the page without it."""

    label: str
    without: str


@dataclass(frozen=True)
class Step:
    """One step of a task of several pages."""

    label: str
    address: str = ""


@dataclass(frozen=True)
class Compared:
    """One line of a side-by-side comparison; `agreement` is same, close, different or missing."""

    label: str
    first: object
    second: object
    agreement: str
    reason: str = ""
    first_language: str = ""
    second_language: str = ""
    marks: tuple[str, ...] = field(default=())


def changed_words(before: str, after: str) -> list[tuple[str, str]]:
    """Give runs of words with what happened to them: `same`, `del`, `ins`, in reading order."""
    old, new = before.split(), after.split()
    runs: list[tuple[str, str]] = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            runs.append(("same", " ".join(old[i1:i2])))
            continue
        if i2 > i1:
            runs.append(("del", " ".join(old[i1:i2])))
        if j2 > j1:
            runs.append(("ins", " ".join(new[j1:j2])))
    return runs
