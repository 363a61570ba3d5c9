"""What cannot be so of somebody who lives: born ahead or long dead, in office before it began."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from undaunted.core.places.rules import find_country
from undaunted.repression.dossiers.rules.posts import office_of
from undaunted.repression.dossiers.rules.refusals import DossierRefused

if TYPE_CHECKING:
    from undaunted.core.actors.rules.partial_date import PartialDate

__all__ = ["check_birth", "check_nationality", "check_post"]

_FIRST_BIRTH: Final = date(1900, 1, 1)


def check_birth(born: PartialDate, today: date) -> None:
    """Refuse a birth that nobody who can be listed today has. Raises `DossierRefused`."""
    if _ahead(born, today):
        raise DossierRefused("text", f"{born.text} is ahead of today; write the day of birth")
    first = born.earliest or born.latest
    if first is not None and first < _FIRST_BIRTH:
        raise DossierRefused("text", f"{born.text} is before 1900; write the day of birth")


def check_nationality(text: str) -> None:
    """Refuse a nationality that is no state. Raises `DossierRefused`."""
    if find_country(text) is None:
        raise DossierRefused("text", f"{text!r} is no state; write its code or its name")


def check_post(office: str, above: str, begun: PartialDate | None, today: date) -> None:
    """Refuse a post above itself, and one that has not begun. Raises `DossierRefused`."""
    if office_of(office) == office_of(above):
        raise DossierRefused("above", "a post does not answer to itself; write the one above it")
    if begun is not None and _ahead(begun, today):
        raise DossierRefused("start", f"{begun.text} is ahead of today; record a post once held")


def _ahead(day: PartialDate, today: date) -> bool:
    """Tell whether a day is surely ahead, or its period ends in a year to come."""
    if day.earliest is not None and day.earliest > today:
        return True
    return day.latest is not None and day.latest.year > today.year
