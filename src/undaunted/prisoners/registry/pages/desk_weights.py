"""What a pair's weight is made of, step by step and in words: from most pairs to this one."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from undaunted.site.components.numbers import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["WeightLine", "weight_lines"]

COMPARED = {
    "name": gettext_lazy("Name"),
    "born": gettext_lazy("Date of birth"),
    "arrested": gettext_lazy("Date of arrest"),
    "place": gettext_lazy("Place"),
    "gender": gettext_lazy("Gender"),
    "country": gettext_lazy("Country"),
}
LEVELS = {
    "same": gettext_lazy("the same"),
    "close": pgettext_lazy("two names", "nearly the same"),
    "alike": gettext_lazy("alike"),
    "apart": gettext_lazy("different"),
}
OF_DATES = {
    "close": gettext_lazy("may be the same"),
    "alike": pgettext_lazy("two dates", "not far from each other"),
}
DATES = frozenset({"born", "arrested"})
LITTLE = 0.3
"""So many bits say little either way."""
MOST = 1_000_000
CERTAIN = 0.99


@dataclass(frozen=True, slots=True)
class WeightLine:
    """One step: what was compared, how it stands, what that says, how likely one person is now."""

    compared: str
    finding: str
    says: str
    so_far: str


def weight_lines(
    steps: Iterable[Mapping[str, Any]], before: float | None = None
) -> list[WeightLine]:
    """Give the steps in words; `before` is None where the pair was not compared among others."""
    lines, held = [], before
    if before is not None:
        lines.append(WeightLine(_("Any two of these records"), "", "", _so_far(before)))
    for step in steps:
        field, level = str(step["field"]), str(step["level"])
        held = None if held is None else held + step["bits"]
        told = (OF_DATES if field in DATES else {}).get(level, LEVELS.get(level, level))
        compared = str(COMPARED.get(field, field))
        lines.append(WeightLine(compared, str(told), _says(step["bits"]), _so_far(held)))
        if abs(step["rarity"]) >= LITTLE:
            held = None if held is None else held + step["rarity"]
            rare = _("rare in these lists") if step["rarity"] > 0 else _("common in these lists")
            how = _("How common the name is")
            lines.append(WeightLine(how, rare, _says(step["rarity"]), _so_far(held)))
        elif held is not None:
            held += step["rarity"]
    return lines


def _says(bits: float) -> str:
    if abs(bits) < LITTLE:
        return _("says little either way")
    times = _times(2 ** abs(bits))
    if bits > 0:
        return _("one person is %(times)s times as likely") % {"times": times}
    return _("one person is %(times)s times less likely") % {"times": times}


def _times(factor: float) -> str:
    if factor >= MOST:
        return _("more than %(number)s") % {"number": number_text(MOST)}
    return number_text(_rounded(factor) if factor >= 10 else round(factor, 1))  # noqa: PLR2004 - two digits


def _so_far(bits: float | None) -> str:
    """Say how many of such pairs would be one person."""
    if bits is None:
        return ""
    chance = 1 / (1 + 2 ** -max(-60.0, min(60.0, bits)))
    if chance > CERTAIN:
        return _("more than 99 of 100 such pairs")
    if chance >= 1 - CERTAIN:
        return _("%(number)s of 100 such pairs") % {"number": number_text(round(chance * 100))}
    if chance < 1 / MOST:
        return _("less than one of %(number)s such pairs") % {"number": number_text(MOST)}
    return _("one of %(number)s such pairs") % {"number": number_text(_rounded(1 / chance))}


def _rounded(number: float) -> int:
    """Keep two digits, for more are not known."""
    return int(round(number, 1 - floor(log10(number))))
