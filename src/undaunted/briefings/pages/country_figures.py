"""What a country page shows of its numbers: the trend, who they are, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from undaunted.prisoners.registry.templatetags.registry import term_label
from undaunted.site.charts.series import Break, TrendPoint, trend
from undaunted.site.components.clauses import commas_text
from undaunted.site.components.numbers import number_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undaunted.prisoners.registry.rules.counts import BandCount, FlowResult, SeriesResult
    from undaunted.site.charts.figure import Chart

__all__ = ["Breakdown", "FlowLine", "Part", "breakdowns", "flow_lines", "trend_of"]

FULL = 200
"""Width of the longest bar."""


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a breakdown with the length of its bar."""

    label: str
    persons: int
    width: float

    @property
    def offset(self) -> float:
        """Where the bar begins when it is read from the right."""
        return FULL - self.width


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A table of parts."""

    title: str
    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One line of the account from one stock to the next."""

    label: str
    text: str
    total: bool = False


def trend_of(found: SeriesResult, country: str, lists: Mapping[str, str]) -> Chart | None:
    """Draw the stock by month from the first month in which anybody was held.

    `lists` says what lists are called, by their short names.
    """
    points = list(found.points)
    while points and not points[0].bands.high:
        points.pop(0)
    if len(points) < 2:  # noqa: PLR2004 - a line needs two ends
        return None
    first = points[0].day
    flags = [
        Break(
            flag.at,
            _("From here on these lists contribute: %(lists)s")
            % {"lists": commas_text(lists.get(slug, slug) for slug in flag.lists)},
        )
        for flag in found.break_flags
        if flag.at > first
    ]
    return trend(
        [TrendPoint(p.day, p.bands.persons, p.bands.low, p.bands.high) for p in points],
        title=_("Held in %(country)s, month by month") % {"country": country},
        description=_(
            "From %(first)s at the beginning to %(last)s now; at most %(most)s. The band reaches "
            "from what is verified to what is possible."
        )
        % {
            "first": number_text(points[0].bands.persons),
            "last": number_text(points[-1].bands.persons),
            "most": number_text(max(point.bands.persons for point in points)),
        },
        breaks=flags,
    )


def breakdowns(parts: Mapping[str, Sequence[BandCount]]) -> list[Breakdown]:
    """Give the tables by role, law and gender; a table of nothing is left out."""
    named = (
        ("role", _("By role"), _("Role"), "target_roles"),
        ("law", _("By law used"), _("Law"), "law_taxonomy"),
        ("gender", _("By gender"), _("Gender"), ""),
    )
    found = [
        Breakdown(title, heading, _parts(parts[by], vocabulary))
        for by, title, heading, vocabulary in named
    ]
    return [each for each in found if each.parts]


def flow_lines(flows: FlowResult) -> list[FlowLine]:
    """Write the account of a year: what was, what came, what went, what is."""
    moved = (
        (_("Documentation backlog: held already then, known to us since"), flows.backlog),
        (_("Corrected: found not to have been held then"), -flows.corrected),
        (_("Newly detained"), flows.new),
        (_("Detained again"), flows.redetained),
        (_("Status or confidence raised while held"), flows.reclassified_in),
        (_("Released"), -flows.released),
        (_("Died in custody"), -flows.died),
        (_("Status or confidence lowered while held"), -flows.reclassified_out),
    )
    return [
        FlowLine(_("Held at the beginning, as known then"), number_text(flows.before), total=True),
        *(FlowLine(label, _signed(number)) for label, number in moved),
        FlowLine(_("Held at the end"), number_text(flows.after), total=True),
    ]


def _parts(counted: Sequence[BandCount], vocabulary: str) -> tuple[Part, ...]:
    held = sorted((part for part in counted if part.persons), key=lambda part: -part.persons)
    most = held[0].persons if held else 1
    return tuple(
        Part(
            _label(part.value or "", vocabulary),
            part.persons,
            round(FULL * part.persons / most, 1),
        )
        for part in held
    )


def _label(value: str, vocabulary: str) -> str:
    if not value:
        return pgettext("breakdown", "Not stated")
    if vocabulary:
        return term_label(value, vocabulary)
    genders = {
        "female": pgettext("gender", "Women"),
        "male": pgettext("gender", "Men"),
        "other": pgettext("gender", "Other"),
    }
    return genders.get(value, value)


def _signed(number: int) -> str:
    if not number:
        return "0"
    return f"+{number_text(number)}" if number > 0 else f"\N{MINUS SIGN}{number_text(-number)}"
