"""What is asked of the matrix: which rows and columns, of which day, as known when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from undaunted.core.places.rules import find_country
from undaunted.engines.names import MOST_OTHERS, are_too_many

if TYPE_CHECKING:
    from datetime import date

    from undaunted.core.listings.rules import Kind, Measure

__all__ = ["MatrixAsked", "QuestionRefused", "asks_too_little", "asks_too_many", "plainly",
           "refuse_ahead"]  # fmt: skip

_FEWEST: Final = 2
_WHOLE: Final = "\u2e80"
"""From here on one sign of a script is a word."""


class QuestionRefused(ValueError):
    """The question contradicts itself or names what is not there; the message says what to do."""

    def __init__(self, message: str, field: str = "jurisdictions") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class MatrixAsked:
    """One question; every part narrows the rows, and in whatever order gives the same rows.

    `entries` is where a dossier or a case names whom it is about: entries by source and key.
    """

    on: date
    known: date | None = None
    jurisdictions: tuple[str, ...] = ()
    country: str = ""
    programme: str = ""
    authority: str = ""
    measure: Measure | None = None
    kind: Kind | None = None
    words: str = ""
    listed_by: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    sure: bool = False
    """Whether only gaps that a current, wholly compared list bears out are asked for."""
    entries: frozenset[tuple[str, str]] | None = None

    def __post_init__(self) -> None:
        """Refuse what no row can answer."""
        both = sorted(set(self.listed_by) & set(self.not_by))
        if both:
            raise QuestionRefused(
                f"{', '.join(both)}: stands both in listed by and in not by; name it once"
            )


def plainly(asked: MatrixAsked) -> MatrixAsked:
    """Give a question with its country by code and no blanks around what is looked for.

    Raises `QuestionRefused` for a country that is none, and for more names at once than a search
    answers: no row would be an answer.
    """
    if asks_too_little(asked.words):
        raise QuestionRefused("q: a name to search for has two letters or more", "q")
    if asks_too_many(asked.words):
        raise QuestionRefused(
            f"q: more than {MOST_OTHERS + 1} names are asked for at once; ask for each by itself",
            "q",
        )
    code = ""
    if country := asked.country.strip():
        code = find_country(country) or ""
        if not code:
            raise QuestionRefused(f"country: {country!r} is no country; write its code", "country")
    return replace(
        asked, country=code, words=asked.words.strip(), programme=asked.programme.strip()
    )


def refuse_ahead(asked: MatrixAsked, today: date) -> None:
    """Refuse a day ahead of today: no list speaks of it. Raises `QuestionRefused`."""
    for field, day in (("on", asked.on), ("known", asked.known)):
        if day is not None and day > today:
            raise QuestionRefused(
                f"{field}: {day} is ahead of today, {today}; no list says who will be listed then. "
                "Name today or an earlier day",
                field,
            )


def asks_too_little(words: str) -> bool:
    """Say whether what is looked for has one letter or none: it would find all, or nobody.

    In scripts of Chinese, Japanese and Korean one sign is a whole word.
    """
    said = [each for each in words if each.isalnum()]
    return bool(words.strip()) and len(said) < _FEWEST and not any(e >= _WHOLE for e in said)


def asks_too_many(words: str) -> bool:
    """Say whether more names, behind strokes or semicolons, are looked for than are compared."""
    return are_too_many(words)
