"""What is wrong with one value of a pack, with the place where it stands and the remedy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from undaunted.core.actors.rules.partial_date import PartialDate, UnreadableDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "choice_problems",
    "day_problems",
    "extra_problems",
    "ids_problems",
    "is_day",
    "text_problems",
]


def extra_problems(place: str, table: Mapping[str, object], keys: frozenset[str]) -> Iterator[str]:
    """Say which keys of the table nobody reads."""
    for key in sorted(set(map(str, table)) - keys):
        allowed = ", ".join(sorted(keys))
        yield f"{place}: {key!r} is no key here; remove it or use one of {allowed}"


def choice_problems(place: str, value: object, kind: Iterable[str]) -> Iterator[str]:
    """Say that the value is none of a closed list."""
    allowed = [str(each) for each in kind]
    if not isinstance(value, str) or value not in allowed:
        yield f"{place}: write one of " + ", ".join(allowed)


def text_problems(place: str, value: object, most: int) -> Iterator[str]:
    """Say that the text is missing, too long, or cannot be kept."""
    if not isinstance(value, str) or not value.strip():
        yield f"{place}: write a text that is not empty"
    elif "\x00" in value or len(value) > most:
        yield f"{place}: write {most} letters at most, and no null characters"


def day_problems(place: str, value: object) -> Iterator[str]:
    """Say that the value is no date, as well as dates are known."""
    try:
        PartialDate.parse(str(value or ""))
    except UnreadableDate:
        yield f"{place}: write a day, a month or a year, as 2015-10-29, 2015-10 or 2015"


def ids_problems(place: str, value: object, *, needed: bool) -> Iterator[str]:
    """Say that the value is no list of the ids of sources, or names none where one is needed."""
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        yield f"{place}, sources: write a list of the ids of sources"
    elif needed and not value:
        yield f"{place}, sources: name at least one source that says so"


def is_day(value: object) -> bool:
    """Tell whether the value is one whole day."""
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True
