"""The world by country: shapes coloured by quantile, each a link, with the table behind it.

Names and addresses come from the caller; this module knows shapes and codes only. Hypothetical
states have no place on the globe: they stand below the map as labelled tiles.
"""

import json
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from undaunted.site.charts.figure import Key, TableBehind, rendered
from undaunted.site.components.numbers import number_text

__all__ = ["CLASSES", "Place", "WorldMap", "printed_map", "quantile_bounds"]

CLASSES: Final = 5
_DOT: Final = 7
_PRINTED: Final = ("#ffffff", "#cfe3e5", "#9cc6cc", "#5f9fab", "#2b7482", "#0b4f5e")
"""The classes on paper, none documented first; the style sheet has the same for pages."""
_NO_DATA: Final = "#e6e1d7"
_FONT: Final = "Liberation Sans"
_ACROSS: Final = 4
"""Entries in a row of the printed key."""


@dataclass(frozen=True)
class Place:
    """A country as the map shows it; no value means that there is no data."""

    code: str
    name: str
    address: str
    value: int | None = None
    hypothetical: bool = False


@dataclass(frozen=True)
class WorldMap:
    """A choropleth of counts; a place too small for a shape is a dot once it has data.

    Other whole numbers than counts, such as hundredths of a percent, say how they are `written` and
    what `nothing` means; the country that a map is about may stand out as `here`.
    """

    title: str
    description: str
    places: tuple[Place, ...]
    value_heading: str = ""
    written: Callable[[int], str] = number_text
    nothing: str = ""
    here: str = ""
    keys: tuple[Key, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def table(self) -> TableBehind:
        """Every place with a number, the largest first."""
        known = [place for place in self.places if place.value is not None]
        known.sort(key=lambda place: (-(place.value or 0), place.name))
        rows = tuple((_labelled(place), self._cell(place.value or 0)) for place in known)
        return TableBehind((_("Country"), self.value_heading or _("Persons")), rows)

    def html(self, prefix: str) -> SafeString:
        """Write the map, its key and the tiles of hypothetical states."""
        bounds = quantile_bounds([place.value for place in self.places if place.value])
        after = _key(self, bounds, prefix) + _tiles(self.places, bounds)
        return rendered(self, _drawn(self, bounds, prefix), prefix=prefix, after=after)

    def _cell(self, value: int) -> object:
        return value if self.written is number_text else self.written(value)


def quantile_bounds(values: Sequence[int]) -> tuple[int, ...]:
    """Give the upper bounds of at most five classes of about equal size, each one once."""
    ordered = sorted(values)
    if not ordered:
        return ()
    picks = [ordered[-(-len(ordered) * part // CLASSES) - 1] for part in range(1, CLASSES + 1)]
    return tuple(sorted(set(picks)))


def printed_map(world_map: WorldMap) -> str:
    """Draw the map with its key for paper: no links, no style sheet, and it needs none."""
    bounds = quantile_bounds([place.value for place in world_map.places if place.value])
    world = _world()
    by_code = {place.code: place for place in world_map.places if place.value is not None}
    body = [f'<path d="{path}" fill="{_NO_DATA}"/>' for path in world["plain"]]
    hatched = list(world["plain"])
    for code, path in world["shapes"].items():
        place = by_code.get(code)
        body.append(f'<path d="{path}" fill="{_printed(place, bounds)}"/>')
        if place is None:
            hatched.append(path)
    body += [
        f'<circle cx="{x}" cy="{y}" r="{_DOT}" fill="{_printed(by_code[code], bounds)}"/>'
        for code, (x, y) in world["dots"].items()
        if code in by_code
    ]
    key, depth = _printed_key(world_map, bounds, world["height"])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {world["width"]} {depth}"'
        f' width="{world["width"]}" height="{depth}"><defs><pattern id="hatch" width="9"'
        ' height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path d="M0 0V9" stroke="#8b8479" stroke-opacity="0.45" stroke-width="2.5"/></pattern>'
        f'</defs><g stroke="#8b8479" stroke-width="0.8">{"".join(body)}</g>'
        f'<path d="{"".join(hatched)}" fill="url(#hatch)"/>{key}</svg>'
    )


def _printed(place: Place | None, bounds: Sequence[int]) -> str:
    kind = _class(place.value if place else None, bounds)
    return _NO_DATA if kind == "no-data" else _PRINTED[int(kind[-1])]


def _printed_key(world_map: WorldMap, bounds: Sequence[int], top: int) -> tuple[str, int]:
    """Give the key and the tiles of hypothetical states below the map, and where they end."""
    entries = [(_NO_DATA, _("No data")), (_PRINTED[0], world_map.nothing or _("None documented"))]
    entries += [
        (_PRINTED[_shade(at, len(bounds))], words)
        for at, words in enumerate(_ranges(bounds, world_map.written))
    ]
    invented = [place for place in world_map.places if place.hypothetical]
    tiles = [
        (_printed(place, bounds), f"{_labelled(place)}: {world_map.written(place.value or 0)}")
        for place in invented
    ]
    rows = [
        part[at : at + _ACROSS] for part in (entries, tiles) for at in range(0, len(part), _ACROSS)
    ]
    drawn = []
    for at, row in enumerate(rows):
        middle = top + 40 + at * 56
        for place, (colour, words) in enumerate(row):
            drawn.append(_printed_entry(20 + place * 1960 // _ACROSS, middle, colour, words))
    return "".join(drawn), top + 40 + len(rows) * 56


def _printed_entry(left: int, middle: int, colour: str, words: str) -> str:
    """Give a swatch with its words, from the side on which reading begins."""
    box, text, anchor = left, left + 52, "start"
    if get_language_bidi():
        box, text, anchor = 1960 - left, 1948 - left, "end"
    return (
        f'<rect x="{box}" y="{middle - 18}" width="40" height="30" fill="{colour}"'
        f' stroke="#8b8479"/><text x="{text}" y="{middle + 7}" fill="#1b1a18"'
        f' text-anchor="{anchor}" font-family="{_FONT}" font-size="32">{escape(words)}</text>'
    )


@cache
def _world() -> dict[str, Any]:
    path = Path(__file__).parent / "geometry" / "world.json"
    world: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return world


def _class(value: int | None, bounds: Sequence[int]) -> str:
    """Name the class of a value; fewer classes than five use the darker end evenly."""
    if value is None:
        return "no-data"
    if value == 0:
        return "class-0"
    at = min(bisect_left(bounds, value), len(bounds) - 1)
    return f"class-{_shade(at, len(bounds))}"


def _shade(at: int, classes: int) -> int:
    if classes == 1:
        return 3
    return 1 + round(at * (CLASSES - 1) / (classes - 1))


def _drawn(world_map: WorldMap, bounds: Sequence[int], prefix: str) -> str:
    world = _world()
    by_code: Mapping[str, Place] = {place.code: place for place in world_map.places}
    body = [f'<path class="country no-data" d="{path}"/>' for path in world["plain"]]
    hatched = list(world["plain"])
    for code, path in world["shapes"].items():
        place = by_code.get(code)
        kind = _class(place.value if place else None, bounds)
        if code == world_map.here:
            kind = "here"
        elif place is None or place.value is None:
            hatched.append(path)
        shape = f'<path class="country {kind}" d="{path}"/>'
        body.append(_linked(place, shape, world_map))
    for code, (x, y) in world["dots"].items():
        place = by_code.get(code)
        if place is not None and place.value is not None:
            kind = _class(place.value, bounds)
            dot = f'<circle class="country {kind}" cx="{x}" cy="{y}" r="{_DOT}"/>'
            body.append(_linked(place, dot, world_map))
    hatch = f'<path class="hatched" d="{"".join(hatched)}" fill="url(#{prefix}-hatch)"/>'
    return (
        f'<svg class="map wide" viewBox="0 0 {world["width"]} {world["height"]}" role="group"'
        f' aria-labelledby="{prefix}-title" aria-describedby="{prefix}-desc" direction="ltr">'
        f'<title id="{prefix}-title">{escape(world_map.title)}</title>'
        f'<desc id="{prefix}-desc">{escape(world_map.description)}</desc>'
        f"{_pattern(prefix)}{''.join(body)}{hatch}</svg>"
    )


def _linked(place: Place | None, shape: str, world_map: WorldMap) -> str:
    if place is None:
        return shape
    words = _labelled(place)
    if place.code == world_map.here:
        return f"<g><title>{escape(words)}</title>{shape}</g>"
    if place.value is None:
        words = _("%(country)s: no data") % {"country": words}
        return f"<g><title>{escape(words)}</title>{shape}</g>"
    words = _("%(country)s: %(number)s") % {
        "country": words,
        "number": world_map.written(place.value),
    }
    return (
        f'<a href="{escape(place.address)}" aria-label="{escape(words)}">'
        f"<title>{escape(words)}</title>{shape}</a>"
    )


def _labelled(place: Place) -> str:
    if place.hypothetical:
        return _("%(state)s (hypothetical)") % {"state": place.name}
    return place.name


def _pattern(prefix: str) -> str:
    return (
        f'<defs><pattern id="{prefix}-hatch" width="9" height="9" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><path class="hatch-line" d="M0 0V9" stroke-width="2.5"/>'
        "</pattern></defs>"
    )


def _key(world_map: WorldMap, bounds: Sequence[int], prefix: str) -> str:
    by_code = {place.code: place for place in world_map.places}
    entries = [("here", by_code[world_map.here].name)] if world_map.here in by_code else []
    entries += [("no-data", _("No data")), ("class-0", world_map.nothing or _("None documented"))]
    entries += [
        (f"class-{_shade(at, len(bounds))}", words)
        for at, words in enumerate(_ranges(bounds, world_map.written))
    ]
    swatches = format_html_join(
        "",
        '<li><svg viewBox="0 0 22 14" focusable="false"><rect class="swatch {}" x="1" y="1"'
        ' width="20" height="12"/>{}</svg>{}</li>',
        (
            (
                kind,
                format_html('<rect width="22" height="14" fill="url(#{}-hatch)"/>', prefix)
                if kind == "no-data"
                else "",
                words,
            )
            for kind, words in entries
        ),
    )
    return format_html('<ul class="legend">{}</ul>', swatches)


def _ranges(bounds: Sequence[int], written: Callable[[int], str]) -> list[str]:
    """Write the numbers that each class holds."""
    told, low = [], 1
    for bound in bounds:
        words = written(bound)
        if bound != low:
            words = _("%(low)s to %(high)s") % {"low": written(low), "high": written(bound)}
        told.append(words)
        low = bound + 1
    return told


def _tiles(places: Sequence[Place], bounds: Sequence[int]) -> str:
    invented = [place for place in places if place.hypothetical]
    if not invented:
        return ""
    tiles = format_html_join(
        "",
        '<li><a class="{}" href="{}">{} <span class="number">{}</span></a></li>',
        (
            (_class(place.value, bounds), place.address, place.name, number_text(place.value))
            for place in invented
        ),
    )
    return format_html(
        '<div class="hypothetical"><p class="eyebrow">{}</p><ul class="tiles">{}</ul></div>',
        _("Hypothetical states: invented people, for demonstration only"),
        tiles,
    )
