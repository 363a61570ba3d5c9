"""Numbers as the reader writes them: grouping and decimals of the locale, Latin digits."""

from decimal import Decimal, localcontext
from functools import lru_cache

from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from undaunted.site.languages import current_locale

__all__ = ["Amount", "compact_text", "number_text", "percent_text"]

_NOTHING = "\u2013"
_LEFT_TO_RIGHT_MARK = "\u200e"
"""Before a minus, so that it stays before its number among Arabic letters."""

_DIGITS = 400
"""More than any number of eight bytes has."""

Amount = int | float | Decimal


def number_text(value: Amount | None, digits: int | None = None) -> str:
    """Write 7840 as `7,840` or `7 840`; nothing as an en dash."""
    if value is None:
        return _NOTHING
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return _decimal(value, pattern, current_locale())


def percent_text(share: float | Decimal | None, digits: int = 0) -> str:
    """Write a share between 0 and 1 as a percentage."""
    if share is None:
        return _NOTHING
    locale = current_locale()
    pattern = locale.percent_formats[None].pattern
    if digits:
        pattern = pattern.replace("#,##0", "#,##0." + "0" * digits)
    return str(format_percent(share, format=pattern, locale=locale))


def compact_text(value: Amount) -> str:
    """Shorten `1,250,000` as `1.3M`, for axes and tight tiles."""
    return str(format_compact_decimal(value, locale=current_locale(), fraction_digits=1))


@lru_cache(maxsize=4096, typed=True)
def _decimal(value: Amount, pattern: str | None, locale: Locale) -> str:
    """Write a number once; a page with a long table writes the same ones over and over."""
    # The usual 28 digits are too few for a number that somebody wrote with more.
    with localcontext(prec=_DIGITS):
        told = str(format_decimal(value, format=pattern, locale=locale))
    if value < 0 and locale.text_direction == "rtl":
        return _LEFT_TO_RIGHT_MARK + told.removeprefix(_LEFT_TO_RIGHT_MARK)
    return told
