"""What a decision says of the sectors that the investment touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.coercion.screening.writers.proofs import proof_told
from undaunted.core.editions.rules import Paragraph, Section
from undaunted.core.places.rules import UnknownCountry, country_name
from undaunted.site.components.numbers import number_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.coercion.screening.rules import ExposureLine
    from undaunted.core.editions.rules import Block

__all__ = ["exposure_chapter"]


def exposure_chapter(lines: Iterable[ExposureLine]) -> Iterator[Block]:
    """Give the section; none where nothing of a sector is held."""
    blocks: list[Block] = []
    for each in lines:
        blocks.append(Paragraph((_line(each),)))
        if each.proof:
            blocks.append(proof_told(each.proof))
    if blocks:
        yield Section(
            "exposure", _("What the acquiring side holds of the target's sector"), tuple(blocks)
        )


def _line(line: ExposureLine) -> str:
    named = {
        "owner": line.owner,
        "sector": line.sector,
        "country": _country(line.country),
        "before": _amount(line.before, line),
        "after": _amount(line.after, line),
        "total": f"{number_text(line.total)} {line.unit}".strip(),
    }
    return (
        _(
            "%(owner)s controls %(before)s of the sector %(sector)s in %(country)s before the "
            "investment and %(after)s after it, of %(total)s that the register tells of."
        )
        % named
    )


def _amount(held: tuple[float, float], line: ExposureLine) -> str:
    """Write what must be controlled, or from that to what may be; with the part of the whole."""
    must, may = held
    low, high = (percent_text(each / line.total if line.total else 0.0, 1) for each in held)
    if must == may:
        return f"{number_text(must)} {line.unit}".strip() + f" ({low})"
    told = {"low": number_text(must), "high": number_text(may), "unit": line.unit}
    parts = _("%(low)s to %(high)s") % {"low": low, "high": high}
    return (_("%(low)s to %(high)s %(unit)s") % told).strip() + f" ({parts})"


def _country(code: str) -> str:
    try:
        return country_name(code, get_language() or "en")
    except UnknownCountry:
        return code
