"""Codes, days and numbers in the words of the memo's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from undaunted.core.editions.rules import left_to_right
from undaunted.core.events.rules import labels
from undaunted.core.places.rules import UnknownCountry, country_name
from undaunted.site.components.clauses import commas_text
from undaunted.site.components.dates import date_text, partial_date
from undaunted.site.components.numbers import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

__all__ = ["commas", "day", "moment", "month", "number", "place", "signed", "standard", "term"]


def term(vocabulary: str, code: str) -> str:
    """Give a term; the code where no list has it, `not stated` for none."""
    if not code:
        return _("not stated")
    return labels(vocabulary, _language()).get(code) or code.replace("_", " ")


def place(code: str) -> str:
    """Give a country by its name, else its code."""
    try:
        return country_name(code, _language())
    except UnknownCountry:
        return code


def day(value: date) -> str:
    """Give a day."""
    return date_text(value)


def month(edtf: str) -> str:
    """Give a date as well as it is known."""
    return partial_date(edtf).text


def moment(value: datetime) -> str:
    """Give the day on which something was known."""
    return date_text(value.date())


def number(value: int | None) -> str:
    """Give a number."""
    return number_text(value)


def signed(value: int) -> str:
    """Give a difference with its sign, which stays before it among Arabic letters."""
    told = number_text(value) if value < 0 else f"+{number_text(value)}"
    return left_to_right(told) if get_language_bidi() else told


def commas(parts: Iterable[str]) -> str:
    """Join with the comma of the language."""
    return commas_text(parts)


def standard(name: str) -> str:
    """Give the short name of a standard."""
    return {
        "pace-1900": _("Council of Europe definition (PACE Resolution 1900)"),
        "wgad": _("UN Working Group on Arbitrary Detention"),
    }.get(name, name)


def _language() -> str:
    return get_language() or "en"
