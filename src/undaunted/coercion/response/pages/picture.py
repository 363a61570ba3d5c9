"""The front as a picture: harm against cost, each response a link; drawn as SVG by hand.

Cost runs to the right in every language, as numbers do. Links are named, and a table beside the
picture holds the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.translation import gettext as _

from undaunted.coercion.response.analysis.words import commas, nation, per_cent, per_cents
from undaunted.site.charts.figure import Key, TableBehind, rendered
from undaunted.site.components.numbers import percent_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.safestring import SafeString

    from undaunted.coercion.response.readers.fronts import Front, FrontPoint
    from undaunted.coercion.response.readers.question import Question

__all__ = ["FrontPicture", "answer_told", "picture_of", "who_acts"]

WIDE, HIGH = 760, 380
LEFT, RIGHT, TOP, BELOW = 74, 24, 22, 58
STEPS = 4
CLOSE = 0.999
CLOSE_TO_WHOLE = 1e-9


@dataclass(frozen=True)
class FrontPicture:
    """A figure of a front; `chosen` lies on it, or beside it where a point was changed."""

    title: str
    description: str
    front: Front
    address: Callable[[int], str]
    table: TableBehind
    chosen: tuple[float, float] | None = None
    current: int = 0
    beside: Front | None = None
    keys: tuple[Key, ...] = ()
    notes: tuple[str, ...] = ()

    def html(self, prefix: str) -> SafeString:
        """Write the figure."""
        return rendered(self, _drawn(self, prefix), prefix=prefix)


def picture_of(
    front: Front,
    address: Callable[[int], str],
    *,
    current: int = 0,
    chosen: tuple[float, float] | None = None,
    beside: Front | None = None,
) -> FrontPicture:
    """Give the picture of a front; `address` says where a point leads, `beside` is drawn too."""
    coercer = nation(front.question.coercer)
    first, last = front.points[0], front.points[-1]
    return FrontPicture(
        title=_("What each response inflicts, and what it costs"),
        description=_(
            "%(number)s responses that no other beats. Along them what %(coercer)s loses rises "
            "from %(least)s to %(most)s, and what partners lose together from %(low)s to "
            "%(high)s. Choose a response."
        )
        % {
            "number": len(front.points),
            "coercer": coercer,
            "least": per_cent(first.harm),
            "most": per_cent(last.harm),
            "low": per_cent(first.cost),
            "high": per_cent(last.cost),
        },
        front=front,
        address=address,
        table=TableBehind(
            (_("Response"), _("Harm to the coercer"), _("Cost to partners"), _("Who acts")),
            tuple(
                zip(
                    [str(each.number) for each in front.points],
                    per_cents([each.harm for each in front.points]),
                    per_cents([each.cost for each in front.points]),
                    [who_acts(each, front.question) for each in front.points],
                    strict=True,
                )
            ),
        ),
        chosen=chosen,
        current=current,
        beside=beside,
        keys=()
        if beside is None
        else (Key("series-1", answer_told(front)), Key("series-2", answer_told(beside))),
    )


def who_acts(point: FrontPoint, question: Question) -> str:
    """Give who acts: all partners in one word, for a column of names tells nobody apart."""
    if point.members == question.partners:
        return _("all partners")
    return commas(nation(each) for each in point.members) or _("nobody")


def answer_told(front: Front) -> str:
    """Say whether the coercer answers in a front."""
    if front.answered:
        return _("The coercer answers as is best for it")
    return _("The coercer does not answer")


@dataclass(frozen=True)
class _Frame:
    low: float
    high: float
    left: float
    right: float

    def x(self, cost: float) -> float:
        part = (cost - self.left) / (self.right - self.left)
        return round(LEFT + part * (WIDE - LEFT - RIGHT), 1)

    def y(self, harm: float) -> float:
        part = (harm - self.low) / (self.high - self.low)
        return round(HIGH - BELOW - part * (HIGH - TOP - BELOW), 1)


def _frame(picture: FrontPicture) -> _Frame:
    told = [(each.cost, each.harm) for each in picture.front.points]
    if picture.chosen is not None:
        told.append(picture.chosen)
    if picture.beside is not None:
        told += [(each.cost, each.harm) for each in picture.beside.points]
    left, right = min(each[0] for each in told), max(each[0] for each in told)
    low, high = min(0.0, *(each[1] for each in told)), max(each[1] for each in told)
    wide, tall = (right - left) or 1.0, (high - low) or 1.0
    return _Frame(low, high + 0.04 * tall, left - 0.03 * wide, right + 0.03 * wide)


def _drawn(picture: FrontPicture, prefix: str) -> str:
    frame = _frame(picture)
    opening = (
        f'<svg viewBox="0 0 {WIDE} {HIGH}" class="wide" role="group" '
        f'aria-labelledby="{prefix}-name" direction="ltr">'
        f'<title id="{prefix}-name">{escape(picture.title)}</title>'
    )
    parts = [opening]
    parts += _axes(frame)
    if picture.beside is not None:
        parts += [
            f'<circle cx="{frame.x(each.cost)}" cy="{frame.y(each.harm)}" r="4" fill="none" '
            'stroke="var(--series-2)" stroke-width="2" aria-hidden="true"/>'
            for each in picture.beside.points
        ]
    parts += [_linked(picture, frame, each) for each in picture.front.points]
    if picture.chosen is not None:
        cost, harm = picture.chosen
        parts.append(
            f'<circle cx="{frame.x(cost)}" cy="{frame.y(harm)}" r="8" fill="none" '
            'stroke="var(--series-2)" stroke-width="3" aria-hidden="true"/>'
        )
    return "".join([*parts, "</svg>"])


def _axes(frame: _Frame) -> list[str]:
    """Draw both axes with their ends and steps; the table and the links say the same in words."""
    bottom, words = HIGH - BELOW, 'fill="var(--ink-soft)" font-size="13" aria-hidden="true"'
    line = 'stroke="var(--hairline)" stroke-width="1" aria-hidden="true"'
    parts = []
    for harm, told in _ticks(frame.low, frame.high):
        parts.append(f'<path d="M{LEFT} {frame.y(harm)}H{WIDE - RIGHT}" {line}/>')
        parts.append(
            f'<text x="{LEFT - 8}" y="{frame.y(harm) + 4}" text-anchor="end" {words}>'
            f"{escape(told)}</text>"
        )
    parts += [
        f'<text x="{frame.x(cost)}" y="{bottom + 20}" text-anchor="middle" {words}>'
        f"{escape(told)}</text>"
        for cost, told in _ticks(frame.left, frame.right)
    ]
    across, upward = _("What partners lose together"), _("What the coercer loses")
    middle = (LEFT + WIDE - RIGHT) / 2
    parts.append(
        f'<text x="{middle}" y="{HIGH - 12}" text-anchor="middle" {words}>{escape(across)}</text>'
    )
    parts.append(f'<text x="{LEFT}" y="13" text-anchor="start" {words}>{escape(upward)}</text>')
    return parts


def _ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Give round values between two ends, each written with the digits that their step needs."""
    rough = (high - low) / STEPS
    power = math.floor(math.log10(rough))
    step = next(each for each in (1, 2, 5, 10) if each * 10**power >= rough * CLOSE) * 10**power
    digits = max(0, -math.floor(math.log10(step) + CLOSE_TO_WHOLE))
    first, last = math.ceil(low / step - CLOSE_TO_WHOLE), math.floor(high / step + CLOSE_TO_WHOLE)
    return [(at * step, percent_text(at * step / 100, digits)) for at in range(first, last + 1)]


def _linked(picture: FrontPicture, frame: _Frame, point: FrontPoint) -> str:
    name = _("Response %(number)s: the coercer loses %(harm)s, partners lose %(cost)s") % {
        "number": point.number,
        "harm": per_cent(point.harm),
        "cost": per_cent(point.cost),
    }
    here = point.number == picture.current
    x, y = frame.x(point.cost), frame.y(point.harm)
    current = ' aria-current="true"' if here else ""
    size, colour = (7, "--series-2") if here else (5, "--series-1")
    return (
        f'<a href="{escape(picture.address(point.number))}" aria-label="{escape(name)}"{current}>'
        f"<title>{escape(name)}</title>"
        f'<circle cx="{x}" cy="{y}" r="12" fill="transparent"/>'
        f'<circle cx="{x}" cy="{y}" r="{size}" fill="var({colour})"/></a>'
    )
