"""An episode as two pictures drawn by hand: months with what was expected, and the placebos."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING

import numpy as np
from django.utils.html import escape
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from undaunted.coercion.exposure.rules import reached
from undaunted.site.charts.figure import Key, TableBehind, rendered
from undaunted.site.components.numbers import compact_text, number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.safestring import SafeString

    from undaunted.coercion.exposure.rules import Effect

__all__ = ["CourseFigure", "PlaceboFigure", "course_figure", "placebo_figure"]

WIDE, HIGH, DOTS_HIGH = 760, 320, 190
SIDE, EDGE, TOP, BELOW = 70, 14, 18, 36
STEPS, TICKS = 4, 6
DOT, BINS = 4.5, 60
DASHED = 'stroke-width="1.5" stroke-dasharray="4 3"'
WORDS = 'fill="var(--ink-soft)" font-size="13" aria-hidden="true"'


@dataclass(frozen=True)
class CourseFigure:
    """What was sold by month, and what would have been; time runs as the language reads."""

    title: str
    description: str
    months: tuple[str, ...]
    effect: Effect
    table: TableBehind
    keys: tuple[Key, ...]
    notes: tuple[str, ...] = ()

    def html(self, prefix: str) -> SafeString:
        """Write the figure."""
        return rendered(self, _course(self, prefix), prefix=prefix)


@dataclass(frozen=True)
class PlaceboFigure:
    """How far every untouched flow comes to lie, and the one that is asked about."""

    title: str
    description: str
    effect: Effect
    table: TableBehind
    keys: tuple[Key, ...]
    notes: tuple[str, ...] = ()

    def html(self, prefix: str) -> SafeString:
        """Write the figure."""
        return rendered(self, _placebos(self, prefix), prefix=prefix)


def course_figure(
    months: tuple[str, ...], effect: Effect, *, title: str, description: str
) -> CourseFigure:
    """Give the figure of an effect with its months as the table behind."""
    rows = tuple(
        (month, round(float(effect.actual[at]), 1), round(float(effect.expected[at]), 1),
         *(round(each, 1) for each in reached(effect, at)))
        for at, month in enumerate(months)
    )  # fmt: skip
    return CourseFigure(
        title=title,
        description=description,
        months=months,
        effect=effect,
        table=TableBehind(
            (_("Month"), _("Sold"), _("Expected"), _("Lowest"), _("Highest")), rows
        ),
        keys=(
            Key("series-1", _("Sold"), line=True),
            Key("series-2", _("Expected"), line=True),
            Key("band", _("What chance leaves open, laid evenly over the months")),
        ),
    )  # fmt: skip


def placebo_figure(effect: Effect, names: Sequence[str], *, own: str) -> PlaceboFigure:
    """Give the figure of an effect's placebos; `names` are those of its untouched flows."""
    farther = int((np.abs(effect.placebos) >= abs(effect.off)).sum())
    order = np.argsort(-np.abs(effect.placebos), kind="stable").tolist()
    return PlaceboFigure(
        title=_("The same taken of flows that nothing happened to"),
        description=_(
            "Each dot is an untouched flow, treated as if it had been hit: how far it lies from "
            "its own expectation, in units of how well it was matched before. %(number)s of "
            "%(all)s lie at least as far off as %(flow)s; the p-value is %(p)s."
        )
        % {
            "number": farther,
            "all": len(effect.placebos),
            "flow": own,
            "p": number_text(effect.p_value, 3),
        },
        effect=effect,
        table=TableBehind(
            (_("Flow"), _("Distance, in units of the match"), _("Weight")),
            (
                (own, round(effect.off, 2), None),
                *(
                    (names[at], round(float(effect.placebos[at]), 2),
                     round(float(effect.weights[at]), 3))
                    for at in order
                ),
            ),
        ),
        keys=(Key("series-2", own), Key("series-1", _("Untouched flows"))),
    )  # fmt: skip


@dataclass(frozen=True)
class _Frame:
    """Where values lie: low to high upwards, months from the edge where reading begins."""

    high: float
    months: int
    rtl: bool

    def x(self, at: float) -> float:
        part = at / max(self.months - 1, 1)
        left = EDGE if self.rtl else SIDE
        wide = WIDE - SIDE - EDGE
        return round(left + (1 - part if self.rtl else part) * wide, 1)

    def y(self, value: float) -> float:
        return round(HIGH - BELOW - value / self.high * (HIGH - TOP - BELOW), 1)


def _course(figure: CourseFigure, prefix: str) -> str:
    effect, months = figure.effect, figure.months
    bounds = [reached(effect, at) for at in range(len(months))]
    high = max(float(effect.actual.max()), *(each[1] for each in bounds)) * 1.04 or 1.0
    frame = _Frame(high, len(months), get_language_bidi())
    after = range(effect.start, len(months))
    band = [(frame.x(at), frame.y(bounds[at][1])) for at in after]
    band += [(frame.x(at), frame.y(bounds[at][0])) for at in reversed(after)]
    since = frame.x(effect.start)
    return "".join([
        _opening(figure, prefix, HIGH),
        *_levels(frame),
        *_months(frame, months),
        f'<path d="M{_joined(band)}z" fill="var(--band)"/>',
        f'<path d="M{since} {TOP - 6}V{HIGH - BELOW}" stroke="var(--ember)" {DASHED}/>',
        _line(frame, effect.expected, "series-2", ' stroke-dasharray="7 4"'),
        _line(frame, effect.actual, "series-1", ""),
        "</svg>",
    ])  # fmt: skip


def _placebos(figure: PlaceboFigure, prefix: str) -> str:
    effect = figure.effect
    every = [float(each) for each in effect.placebos]
    low, high = min(*every, effect.off, 0.0), max(*every, effect.off, 0.0)
    wide = (high - low) or 1.0
    stacks: dict[int, int] = {}
    drawn = []

    def placed(value: float) -> tuple[float, float]:
        column = round((value - low) / wide * BINS)
        level = stacks[column] = stacks.get(column, -1) + 1
        step = (WIDE - 2 * SIDE) / BINS
        return round(SIDE + column * step, 1), round(DOTS_HIGH - BELOW - 10 - level * 2.2 * DOT, 1)

    for value, colour, size in ((effect.off, "series-2", DOT + 2.5),
                                *((each, "series-1", DOT) for each in sorted(every))):  # fmt: skip
        x, y = placed(value)
        drawn.append(f'<circle cx="{x}" cy="{y}" r="{size}" fill="var(--{colour})"/>')
    axis = _units(low, low + wide)
    return "".join([_opening(figure, prefix, DOTS_HIGH), *axis, *drawn, "</svg>"])


def _units(low: float, high: float) -> list[str]:
    bottom, step = DOTS_HIGH - BELOW, _step(high - low)
    axis = [f'<path d="M{SIDE} {bottom}H{WIDE - SIDE}" stroke="var(--ink)" stroke-width="1"/>']
    for level in range(ceil(low / step), floor(high / step) + 1):
        x = round(SIDE + (level * step - low) / (high - low) * (WIDE - 2 * SIDE), 1)
        told = number_text(level * step)
        axis.append(f'<text x="{x}" y="{bottom + 20}" text-anchor="middle" {WORDS}>{told}</text>')
    return axis


def _opening(figure: CourseFigure | PlaceboFigure, prefix: str, high: int) -> str:
    return (
        f'<svg viewBox="0 0 {WIDE} {high}" class="wide" role="img" direction="ltr"'
        f' aria-labelledby="{prefix}-title {prefix}-desc">'
        f'<title id="{prefix}-title">{escape(figure.title)}</title>'
        f'<desc id="{prefix}-desc">{escape(figure.description)}</desc>'
    )


def _levels(frame: _Frame) -> list[str]:
    parts = []
    step = _step(frame.high)
    for level in range(int(frame.high / step) + 1):
        value = level * step
        y, beside = frame.y(value), WIDE - SIDE + 8 if frame.rtl else SIDE - 8
        anchor = "start" if frame.rtl else "end"
        ends = f"M{EDGE} {y}H{WIDE - SIDE}" if frame.rtl else f"M{SIDE} {y}H{WIDE - EDGE}"
        parts.append(f'<path d="{ends}" stroke="var(--hairline)" stroke-width="1"/>')
        parts.append(
            f'<text x="{beside}" y="{y + 4}" text-anchor="{anchor}" {WORDS}>'
            f"{escape(compact_text(value))}</text>"
        )
    return parts


def _step(high: float) -> float:
    """Give a round step with which at most `STEPS` reach the top."""
    ten = 10.0 ** floor(log10(high / STEPS))
    return next(each * ten for each in (1, 2, 2.5, 5, 10) if each * ten * STEPS >= high)


def _months(frame: _Frame, months: Sequence[str]) -> list[str]:
    every = -(-len(months) // TICKS)
    return [
        f'<text x="{frame.x(at)}" y="{HIGH - BELOW + 22}" text-anchor="middle" {WORDS}>'
        f"{months[at]}</text>"
        for at in range(every // 2, len(months), every)
    ]


def _line(frame: _Frame, values: Iterable[float], colour: str, dashes: str) -> str:
    points = [(frame.x(at), frame.y(float(value))) for at, value in enumerate(values)]
    return (
        f'<path d="M{_joined(points)}" fill="none" stroke="var(--{colour})" stroke-width="2.5"'
        f'{dashes} stroke-linejoin="round"/>'
    )


def _joined(points: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{x} {y}" for x, y in points)
