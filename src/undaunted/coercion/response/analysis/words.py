"""Codes and numbers in the reader's words."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.coercion.exposure.analysis import sector_word
from undaunted.core.editions.rules import left_to_right
from undaunted.core.places.rules import countries, country_name
from undaunted.engines.trade.menu import Key, Pool
from undaunted.site.components.clauses import clauses_text, commas_text
from undaunted.site.components.numbers import number_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "commas",
    "instrument_told",
    "key_told",
    "level_told",
    "money",
    "nation",
    "needs_told",
    "per_cent",
    "per_cents",
    "pool_told",
    "sector",
    "sectors_asked",
    "semicolons",
    "signed",
    "spelt",
    "unit",
]

SMALL, FEW, MOST = 0.1, 2, 4
BAN = "ban"


def nation(code: str) -> str:
    """Give a country of the table by its name, else its code."""
    found = _by_alpha_3().get(code)
    return code if found is None else country_name(found, get_language() or "en")


def sector(code: str) -> str:
    """Give a sector of the table in words, else its code."""
    return sector_word(code)


def per_cent(value: float) -> str:
    """Write a share that is in per cent, small ones with more digits."""
    return per_cents([value])[0] if _counts(value) else percent_text(0)


def per_cents(values: Sequence[float], *, plus: bool = False) -> list[str]:
    """Write shares in per cent that stand in one column: all with the digits that the least needs.

    `plus` gives what rises a sign.
    """
    least = min((abs(each) for each in values if _counts(each)), default=1.0)
    digits = FEW if least >= SMALL else MOST
    return [_written(each, digits, plus=plus) for each in values]


def _counts(value: float) -> bool:
    """Whether anything is left of a value that is told with the most digits."""
    return round(value, MOST) != 0


def _written(value: float, digits: int, *, plus: bool) -> str:
    if not _counts(value):
        return percent_text(0, digits)
    told = percent_text(value / 100, digits)
    if value < 0:
        return left_to_right(told)
    return left_to_right(f"+{told}") if plus else told


def signed(value: float) -> str:
    """Write a change in per cent with its sign, which stays before it among Arabic letters."""
    return per_cents([value], plus=True)[0] if _counts(value) else percent_text(0)


def money(millions: float) -> str:
    """Write an amount in the table's millions."""
    told = number_text(millions, 0)
    return left_to_right(told) if millions < 0 else told


def unit(own_table: str | None) -> str:
    """Write what amounts are in."""
    if own_table is None:
        return _("millions of US dollars")
    return _("millions of the table's currency")


def commas(words: Iterable[str]) -> str:
    """Join with the comma of the language."""
    return commas_text(words)


def semicolons(words: Iterable[str]) -> str:
    """Join what has commas in itself."""
    return clauses_text(words)


def level_told(level: float | str) -> str:
    """Write the level of a measure."""
    if level == BAN:
        return _("ban")
    return percent_text(float(level) / 100, 0 if float(level).is_integer() else 2)


def spelt(level: float) -> str:
    """Write a level of a question, where infinity is a ban."""
    return level_told(BAN if math.isinf(level) else level)


def instrument_told(instrument: str) -> str:
    """Write what an instrument is."""
    return {
        "tariff": _("Tariff"),
        "barrier": _("Non-tariff barrier"),
        "export_control": _("Export control"),
    }[instrument]


def sectors_asked(sectors: str | tuple[str, ...]) -> str:
    """Write which sectors a question names."""
    whole = {"all": _("goods and services"), "goods": _("goods"), "services": _("services")}
    if isinstance(sectors, str):
        return whole.get(sectors) or sector(sectors)
    return semicolons(sector(each) for each in sectors)


def key_told(key: str | None) -> str:
    """Write by what key partners share the cost."""
    if key is None or key not in list(Key):
        return _("none")
    return {
        Key.EQUAL_LOSS: _("until all lose the same part of real income"),
        Key.GDP_SHARE: _("until all bear the same part of their output"),
        Key.SHAPLEY: _("until each bears what its own measures cost all (Shapley)"),
    }[Key(key)]


def pool_told(pool: str) -> str:
    """Write among whom the cost is shared."""
    return _("those who act") if pool == Pool.MEMBERS else _("all partners")


def needs_told(needs: str) -> str:
    """Write what kind of legal basis is needed."""
    return {
        "union_act": _(
            "An act of the European Union: its members levy no tariffs and restrict no trade of "
            "their own, so they act only together."
        ),
        "union_act_and_licence": _(
            "An act of the European Union, carried out by the export authorities of its members."
        ),
        "statute_and_bound_rate": _(
            "A national statute that allows a tariff on one country, and a ground on which the "
            "rate bound in the World Trade Organization is passed."
        ),
        "statute_and_exception": _(
            "A national statute on import restrictions, and an exception of world trade law."
        ),
        "licence": _("A national statute on export licences, and an exception of world trade law."),
    }[needs]


@cache
def _by_alpha_3() -> dict[str, str]:
    return {one.alpha_3: one.code for one in countries()}
