"""A picture of owners and companies as SVG: for a page in its tokens, or a file of its own."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from unicodedata import bidirectional, east_asian_width

from undaunted.coercion.screening.rules.drawings import Shape, Standing
from undaunted.coercion.screening.writers.ink import MARKS, Ink, outline
from undaunted.site.components.clauses import commas_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.coercion.screening.rules.drawings import Box, Bundle, Drawing, Tie, Words

__all__ = ["drawing_svg", "legend_of"]

FONT = "'Source Sans 3', 'Noto Sans', 'Liberation Sans', sans-serif"
STANDS = "ownership"
"""Its ids, where it stands alone."""
LINE, NAME = 15, 23
"""Height of a line, and how many letters of a name stand in one."""
TOLD = 32
HEAD, ROW, COLUMN = 34, 22, 20
LEGEND, SAMPLE = 24, (34, 18)
NARROWEST = 340
OWN, BEND = 3, 8
"""Places of a stake of a party in itself; how far corners of lines are rounded."""
WIDE = {"W", "F"}


@dataclass(frozen=True, slots=True)
class _Pen:
    """What every part needs to be drawn; `x` mirrors where names run from right to left."""

    ink: Ink
    words: Words
    width: float

    def x(self, across: float) -> float:
        return round(self.width - across if self.words.right_to_left else across, 1)

    def text(self, across: float, down: float, said: str, more: str = "") -> str:
        anchor = "" if "text-anchor" in more else ' text-anchor="middle"'
        return f'<text x="{self.x(across):g}" y="{down:g}"{anchor} {more}>{escape(said)}</text>'


def drawing_svg(
    drawing: Drawing,
    words: Words,
    *,
    prefix: str = "",
    address: Callable[[str], str] | None = None,
) -> str:
    """Give the picture; `prefix` makes it part of a page, without it is a file with a legend.

    `address` says where a bundle of a company leads that one may open.
    """
    inked = Ink(tokens=bool(prefix))
    width = drawing.width if prefix else max(drawing.width, NARROWEST)
    pen = _Pen(inked, words, width)
    parts = [_tie(pen, each) for each in drawing.ties]
    parts += [_box(pen, each) for each in drawing.boxes]
    parts += [_bundle(pen, each, address) for each in drawing.bundles]
    parts += [_told(pen, each) for each in drawing.ties if each.parts]
    height = drawing.height
    if not prefix:
        legend = legend_of(words, tokens=False)
        parts += [_entry(pen, at, height, each) for at, each in enumerate(legend)]
        height += LEGEND * len(legend) + LEGEND
    return "".join([_opening(pen, height, prefix), *parts, "</svg>"])


def legend_of(words: Words, *, tokens: bool = True) -> list[tuple[str, str]]:
    """Give the legend: what is drawn, within 34 by 18, and what it says."""
    ink, (wide, high) = Ink(tokens=tokens), SAMPLE
    middle = wide / 2, high / 2, wide - 8, high - 6
    entries = [
        (outline(ink, Shape.COMPANY, each, *middle), f"{MARKS[each]} {words.standings[each]}")
        for each in (Standing.SEED, Standing.MUST, Standing.MAY, Standing.JOINT)
    ]
    entries += [
        (outline(ink, each, Standing.NONE, *middle), words.shapes[each])
        for each in (Shape.STATE, Shape.COMPANY, Shape.PERSON, Shape.SEVERAL, Shape.UNKNOWN)
    ]
    lines = (("ink", 3, "", words.carries), ("ink-soft", 1.4, "5 4", words.open_ended))
    return entries + [
        (
            f'<path d="M2 {high / 2:g}H{wide - 2}" fill="none" stroke="{ink(colour)}" '
            f'stroke-width="{heavy}"' + (f' stroke-dasharray="{dashes}"' if dashes else "") + "/>",
            said,
        )
        for colour, heavy, dashes, said in lines
    ]


def _opening(pen: _Pen, height: float, prefix: str) -> str:
    words, ink = pen.words, pen.ink
    way = "rtl" if words.right_to_left else "ltr"
    size = f'viewBox="0 0 {pen.width:g} {height:g}"'
    named = (
        f'<title id="{prefix or STANDS}-title">{escape(words.title)}</title>'
        f'<desc id="{prefix or STANDS}-desc">{escape(words.description)}</desc>'
    )
    if prefix:
        return (
            f'<svg {size} width="{pen.width:g}" height="{height:g}" class="ownership" '
            f'role="group" direction="{way}" aria-labelledby="{prefix}-title {prefix}-desc">{named}'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} width="{pen.width:g}" '
        f'height="{height:g}" role="img" direction="{way}" font-family="{FONT}" '
        f'aria-labelledby="{STANDS}-title {STANDS}-desc">{named}'
        f'<rect width="100%" height="100%" fill="{ink("surface")}"/>'
    )


def _entry(pen: _Pen, at: int, height: float, entry: tuple[str, str]) -> str:
    drawn, said = entry
    left, top = 12, height + LEGEND * at
    corner = pen.width - left - SAMPLE[0] if pen.words.right_to_left else left
    more = f'text-anchor="start" font-size="13" fill="{pen.ink("ink")}"'
    return f'<g transform="translate({corner:g} {top:g})">{drawn}</g>' + pen.text(
        left + SAMPLE[0] + 10, top + 14, said, more
    )


def _box(pen: _Pen, box: Box) -> str:
    ink, words = pen.ink, pen.words
    x, y = pen.x(box.x), box.y
    frame = ""
    if box.asked:
        wide, high = box.width + 12, box.height + 12
        frame = (
            f'<rect x="{x - wide / 2:g}" y="{y - high / 2:g}" width="{wide:g}" height="{high:g}" '
            f'rx="6" fill="none" stroke="{ink("ink")}" stroke-width="1.6"/>'
        )
    name = words.name(box.party, box.label)
    lines = _lines(name)
    said = words.asked if box.asked else words.shapes[box.shape]
    standing = words.standings.get(box.standing, "")
    top = y - (len(lines) + bool(standing)) * LINE / 2 + 3
    drawn = [pen.text(box.x, top, said, f'font-size="11.5" fill="{ink("ink-soft")}"')]
    drawn += [
        pen.text(box.x, top + LINE * at, line, f'font-size="14" font-weight="600" '
                 f'fill="{ink("ink")}" direction="{_way(line, words)}"')
        for at, line in enumerate(lines, start=1)
    ]  # fmt: skip
    if standing:
        more = f'font-size="12" fill="{ink.word(box.standing)}"'
        marked = f"{MARKS[box.standing]} {standing}"
        drawn.append(pen.text(box.x, top + LINE * (len(lines) + 1), marked, more))
    full = commas_text(each for each in (name, words.shapes[box.shape], standing) if each)
    shape = outline(ink, box.shape, box.standing, x, y, box.width, box.height)
    asked = ' data-asked=""' if box.asked else ""
    return f"<g{asked}><title>{escape(full)}</title>{frame}{shape}{''.join(drawn)}</g>"


def _bundle(pen: _Pen, bundle: Bundle, address: Callable[[str], str] | None) -> str:
    ink, words = pen.ink, pen.words
    x, y = pen.x(bundle.x), bundle.y
    left, top = x - bundle.width / 2, y - bundle.height / 2
    head = words.more(len(bundle.holders))
    frame = (
        f'<rect x="{left:g}" y="{top:g}" width="{bundle.width:g}" height="{bundle.height:g}" '
        f'rx="10" fill="{ink("sunk")}" stroke="{ink("hairline-strong")}"/>'
    )
    at = y + 5 if not bundle.opened else top + 21
    colour = ink("ink") if bundle.opened or address is None else ink("accent")
    drawn = [frame, pen.text(bundle.x, at, head, f'font-size="13.5" fill="{colour}"')]
    if bundle.opened:
        drawn += _listed(pen, bundle, top + HEAD)
    named = words.bundle(bundle)
    inner = f"<title>{escape(named)}</title>{''.join(drawn)}"
    if bundle.opened or address is None:
        return f"<g>{inner}</g>"
    leads, company = escape(address(bundle.company)), escape(bundle.company)
    return f'<a href="{leads}" data-company="{company}" aria-label="{escape(named)}">{inner}</a>'


def _listed(pen: _Pen, bundle: Bundle, top: float) -> list[str]:
    """Tell the holders of an open bundle line by line, in columns."""
    columns = -(-len(bundle.holders) // COLUMN)
    wide = bundle.width / columns
    start = bundle.x - bundle.width / 2
    drawn = []
    small = f'font-size="12.5" fill="{pen.ink("ink")}"'
    for place, holder in enumerate(bundle.holders):
        left, down = start + wide * (place // COLUMN), top + ROW * (place % COLUMN) + 12
        shares = commas_text(pen.words.share(part) for part in holder.parts)
        name = _cut(
            pen.words.name(holder.party, holder.label), TOLD - min(len(shares), TOLD - 8) // 2
        )
        drawn.append(pen.text(left + 12, down, name, f'text-anchor="start" {small}'))
        drawn.append(pen.text(left + wide - 12, down, shares, f'text-anchor="end" {small}'))
    return drawn


def _tie(pen: _Pen, tie: Tie) -> str:
    points = [(pen.x(across), round(down, 1)) for across, down in tie.points]
    colour, heavy = ("ink", 3.0) if tie.carries else ("ink-soft", 1.4)
    dashed = ' stroke-dasharray="5 4"' if tie.parts and not tie.exact else ""
    path = _curve(points) if not tie.back else _turn(points)
    stroke = f'fill="none" stroke="{pen.ink(colour)}" stroke-width="{heavy:g}"{dashed}'
    return f'<path d="{path}" {stroke}/>{_head(pen, points, colour, back=tie.back)}'


def _curve(points: list[tuple[float, float]]) -> str:
    """Lead down upright from each place to the next; straight where it passes a layer."""
    x, y = points[0]
    path = [f"M{x:g} {y:g}"]
    for place, (to_x, to_y) in enumerate(points[1:], start=1):
        middle = round((y + to_y) / 2, 1)
        passing = place % 2 == 1
        path.append(
            f"V{to_y:g}" if passing else f"C{x:g} {middle:g} {to_x:g} {middle:g} {to_x:g} {to_y:g}"
        )
        x, y = to_x, to_y
    return "".join(path)


def _turn(points: list[tuple[float, float]]) -> str:
    """Lead round a party's own corner; or, of a line that leads back, from corner to corner."""
    if len(points) == OWN:
        (x, y), (turn, down), (to_x, to_y) = points
        first, last = (y + down) / 2, (to_y + down) / 2
        return f"M{x:g} {y:g}C{turn:g} {first:g} {turn:g} {last:g} {to_x:g} {to_y:g}"
    path = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        (from_x, from_y), (to_x, to_y) = _near(corner, before), _near(corner, after)
        path.append(f"L{from_x:g} {from_y:g}Q{corner[0]:g} {corner[1]:g} {to_x:g} {to_y:g}")
    return "".join([*path, f"L{points[-1][0]:g} {points[-1][1]:g}"])


def _near(corner: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Give a point beside a corner, on the way to another."""
    (x, y), (to_x, to_y) = corner, other
    length = abs(to_x - x) + abs(to_y - y) or 1.0
    part = min(BEND / length, 0.5)
    return round(x + (to_x - x) * part, 1), round(y + (to_y - y) * part, 1)


def _head(pen: _Pen, points: list[tuple[float, float]], colour: str, *, back: bool) -> str:
    x, y = points[-1]
    if back and len(points) == OWN:
        side = -9 if pen.words.right_to_left else 9
        path = f"M{x:g} {y:g}l{side} -5v10z"
    else:
        path = f"M{x:g} {y:g}l-5 -9h10z"
    return f'<path d="{path}" fill="{pen.ink(colour)}"/>'


def _told(pen: _Pen, tie: Tie) -> str:
    """Write the shares beside their line, on a ground that keeps them readable."""
    weight = ' font-weight="700"' if tie.carries else ""
    ground = pen.ink("paper" if pen.ink.tokens else "surface")
    more = (
        f'font-size="12.5"{weight} fill="{pen.ink("ink")}" stroke="{ground}" stroke-width="4" '
        'stroke-linejoin="round" paint-order="stroke"'
    )
    across, down = tie.told_at
    return "".join(
        pen.text(across, down + 4 + LINE * at, pen.words.share(part), more)
        for at, part in enumerate(tie.parts)
    )


def _lines(label: str) -> list[str]:
    """Break a name into at most two lines."""
    if _wide(label) <= NAME:
        return [label]
    first, rest = "", label.split(" ")
    while rest and _wide(f"{first} {rest[0]}".strip()) <= NAME:
        first = f"{first} {rest.pop(0)}".strip()
    if not first:
        first = _cut(label, NAME, mark="")
        rest = [label[len(first) :]]
    return [first, _cut(" ".join(rest), NAME)]


def _cut(label: str, most: int, mark: str = "\N{HORIZONTAL ELLIPSIS}") -> str:
    if _wide(label) <= most:
        return label
    kept = label
    while kept and _wide(kept) > most - len(mark):
        kept = kept[:-1]
    return kept.rstrip() + mark


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(each) in WIDE else 1 for each in text)


def _way(line: str, words: Words) -> str:
    """Give the direction of a name by its first letter that has one."""
    for each in line:
        kind = bidirectional(each)
        if kind == "L":
            return "ltr"
        if kind in {"R", "AL"}:
            return "rtl"
    return "rtl" if words.right_to_left else "ltr"
