"""What happened to one person, in dates: lanes of spells and moments, drawn as SVG by hand.

`draw` is a pure function of frozen values. Known stretches are solid; what is only possible,
between the earliest and the latest day of a partial date, is pale. Colours are classes.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from undaunted.site.charts.figure import Key, TableBehind, rendered

__all__ = ["Lane", "Moment", "Spell", "Timeline", "draw"]

_WIDTH = 760
_EDGE = 12
_TOP = 30
_ROW = 40
_BAR = 10
_LETTER = 6.6
_WIDE_LETTER = 12.5
_WIDE_FROM = 0x2E80
_MIN_LABEL_GAP = 10
_YEAR_GAP = 48


@dataclass(frozen=True)
class Spell:
    """A stretch of time. No end days: it goes on."""

    label: str
    start_earliest: date
    start_latest: date
    end_earliest: date | None = None
    end_latest: date | None = None
    in_stock: bool = True


@dataclass(frozen=True)
class Moment:
    """One event; `kind` is a class of the style sheet: charge, trial, release, death or other."""

    label: str
    earliest: date
    latest: date
    kind: str = "other"


@dataclass(frozen=True)
class Lane:
    """One row of meaning: detention, proceedings, releases, civil death."""

    label: str
    spells: tuple[Spell, ...] = ()
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True)
class Timeline:
    """A figure of lanes until `until`, the day on which the record was read."""

    title: str
    description: str
    lanes: tuple[Lane, ...]
    until: date
    table: TableBehind
    keys: tuple[Key, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def html(self, prefix: str) -> SafeString:
        """Write the figure in the direction of the reader's language."""
        return rendered(self, draw(self, prefix=prefix, rtl=get_language_bidi()), prefix=prefix)


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date
    rtl: bool

    def x(self, day: date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        at = _EDGE + min(max(share, 0.0), 1.0) * (_WIDTH - 2 * _EDGE)
        return round(_WIDTH - at if self.rtl else at, 1)


@dataclass(frozen=True)
class _Mark:
    """A labelled thing on its way to a row in which its words touch nothing."""

    start: float
    end: float
    label: str
    item: Spell | Moment


def draw(timeline: Timeline, *, prefix: str, rtl: bool = False) -> str:
    """Draw the timeline; the same values always give the same text."""
    scale = _scale(timeline, rtl=rtl)
    body: list[str] = []
    top = _TOP
    for lane in timeline.lanes:
        rows = _rows(lane, scale, timeline.until)
        body.append(_text(_WIDTH - _EDGE if rtl else _EDGE, top + 8, lane.label, "lane-label", rtl))
        body.append(f'<path class="grid" d="M{_EDGE} {top - 8}H{_WIDTH - _EDGE}"/>')
        top += 18
        for row in rows:
            body += [_drawn(mark, scale, top, timeline.until) for mark in row]
            top += _ROW
        top += 6
    height = top + 4
    return (
        f'<svg class="timeline wide" viewBox="0 0 {_WIDTH} {height}" role="img" direction="ltr"'
        f' aria-labelledby="{prefix}-title {prefix}-desc">'
        f'<title id="{prefix}-title">{escape(timeline.title)}</title>'
        f'<desc id="{prefix}-desc">{escape(timeline.description)}</desc>'
        + _years(scale, height)
        + _today(scale, timeline.until, height)
        + "".join(body)
        + "</svg>"
    )


def _scale(timeline: Timeline, *, rtl: bool) -> _Scale:
    days = [timeline.until]
    for lane in timeline.lanes:
        days += [spell.start_earliest for spell in lane.spells]
        days += [spell.end_latest for spell in lane.spells if spell.end_latest]
        days += [day for moment in lane.moments for day in (moment.earliest, moment.latest)]
    first, last = min(days), max(days)
    margin = timedelta(days=max(20, (last - first).days // 40))
    return _Scale(first - margin, last + margin, rtl)


def _rows(lane: Lane, scale: _Scale, until: date) -> list[list[_Mark]]:
    marks = [
        _mark(spell.label, scale, spell.start_earliest, spell.end_latest or until, spell)
        for spell in lane.spells
    ]
    marks += [
        _mark(moment.label, scale, moment.earliest, moment.latest, moment)
        for moment in lane.moments
    ]
    marks.sort(key=lambda mark: (mark.start, mark.end, mark.label))
    rows: list[list[_Mark]] = []
    for mark in marks:
        row = next((row for row in rows if row[-1].end + _MIN_LABEL_GAP <= mark.start), None)
        if row is None:
            rows.append([mark])
        else:
            row.append(mark)
    return rows


def _mark(label: str, scale: _Scale, start: date, end: date, item: Spell | Moment) -> _Mark:
    """Measure along the reading direction, so that both directions pack alike."""
    left, right = sorted((scale.x(start), scale.x(end)))
    if scale.rtl:
        left, right = _WIDTH - right, _WIDTH - left
    words = sum(_WIDE_LETTER if ord(letter) >= _WIDE_FROM else _LETTER for letter in label)
    begin = max(min(left, _WIDTH - _EDGE - words), _EDGE)
    return _Mark(min(begin, left), max(right + 6, begin + words), label, item)


def _drawn(mark: _Mark, scale: _Scale, top: int, until: date) -> str:
    item = mark.item
    if isinstance(item, Spell):
        shape = _spell(item, scale, top + 12, until)
    else:
        shape = _moment(item, scale, top + 12 + _BAR / 2)
    anchor = _WIDTH - mark.start if scale.rtl else mark.start
    return shape + _text(anchor, top + 5, mark.label, "label", scale.rtl)


def _spell(spell: Spell, scale: _Scale, y: float, until: date) -> str:
    kind = "bar" if spell.in_stock else "bar outside-stock"
    known_until = spell.end_earliest or until
    possible_until = spell.end_latest or until
    pieces = [_bar(scale, spell.start_earliest, possible_until, y, f"{kind} possible")]
    if spell.start_latest < known_until:
        pieces.append(_bar(scale, spell.start_latest, known_until, y, kind))
    if spell.end_latest is None:
        tip, side = scale.x(until), -1 if scale.rtl else 1
        look = "open-end" if spell.in_stock else "open-end outside-stock"
        pieces.append(
            f'<path class="{look}" d="M{tip} {y - 3}l{side * 9} {_BAR / 2 + 3}'
            f'l{side * -9} {_BAR / 2 + 3}z"/>'
        )
    return "".join(pieces)


def _bar(scale: _Scale, start: date, end: date, y: float, kind: str) -> str:
    left, right = sorted((scale.x(start), scale.x(end)))
    return (
        f'<rect class="{kind}" x="{left}" y="{y}" width="{max(right - left, 2):.1f}"'
        f' height="{_BAR}" rx="1.5"/>'
    )


def _moment(moment: Moment, scale: _Scale, y: float) -> str:
    early, late = scale.x(moment.earliest), scale.x(moment.latest)
    fuzzy = ""
    if moment.earliest != moment.latest:
        fuzzy = f'<path class="fuzzy" d="M{min(early, late)} {y}H{max(early, late)}"/>'
    middle = round((early + late) / 2, 1)
    diamond = f"M{middle} {y - 6}l6 6l-6 6l-6 -6z"
    return f'{fuzzy}<path class="moment {escape(moment.kind)}" d="{diamond}"/>'


def _years(scale: _Scale, height: int) -> str:
    years = range(scale.first.year + 1, scale.last.year + 1)
    if not years:
        return ""
    room = _WIDTH / max((scale.last - scale.first).days, 1) * 365
    step = next(each for each in (1, 2, 5, 10, 20, 50) if each * room >= _YEAR_GAP or each == 50)  # noqa: PLR2004 - the widest step
    shown = [year for year in years if year % step == 0] or [years[0]]
    return "".join(
        f'<path class="grid" d="M{scale.x(date(year, 1, 1))} 20V{height}"/>'
        f'<text class="year" x="{scale.x(date(year, 1, 1))}" y="14" text-anchor="middle">'
        f"{year}</text>"
        for year in shown
    )


def _today(scale: _Scale, until: date, height: int) -> str:
    return f'<path class="today" d="M{scale.x(until)} 20V{height}"/>'


def _text(x: float, y: float, words: str, kind: str, rtl: bool) -> str:  # noqa: FBT001 - internal
    anchor = "end" if rtl else "start"
    return (
        f'<text class="{kind}" x="{round(x, 1)}" y="{y}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )
