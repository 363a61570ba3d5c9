"""Turn the TopoJSON file into SVG paths once: `python -m undaunted.site.geometry.build`.

Projection: Equal Earth (Savric, Patterson, Jenny 2018, doi 10.1080/13658816.2018.1504949), so that
areas compare honestly.
"""

import json
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pycountry

__all__ = ["WIDTH", "build", "equal_earth", "main"]

WIDTH: Final = 2000
_HERE: Final = Path(__file__).parent
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_ROOT3: Final = math.sqrt(3)
_HALF: Final = 2 * _ROOT3 * math.pi / (3 * _A1)
_NORTH: Final = 84.0
_SOUTH: Final = -57.0
_JUMP: Final = 180.0
_LEFT_OUT: Final = frozenset({"ATA"})
_WITHOUT_CODE: Final = frozenset({"CYN", "SOL"})
_KOSOVO: Final = "XKX"

Ring = list[tuple[int, int]]
Places = list[tuple[float, float]]


def equal_earth(longitude: float, latitude: float) -> tuple[int, int]:
    """Project degrees to whole picture units: x from 0 to 2000, y down from the northern cut."""
    return _scaled(*_raw(longitude, latitude))


def _raw(longitude: float, latitude: float) -> tuple[float, float]:
    theta = math.asin(_ROOT3 / 2 * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2**3
    slope = _A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)
    x = 2 * _ROOT3 * math.radians(longitude) * math.cos(theta) / (3 * slope)
    return x, theta * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))


def _scaled(x: float, y: float) -> tuple[int, int]:
    scale = WIDTH / (2 * _HALF)
    return round((x + _HALF) * scale), round((_raw(0, _NORTH)[1] - y) * scale)


def build(topology: dict[str, Any], dots: dict[str, list[float]]) -> dict[str, Any]:
    """Give `{width, height, shapes: {code: path}, dots: {code: [x, y]}, plain: [paths]}`."""
    arcs = [list(_decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    shapes: dict[str, str] = {}
    plain: list[str] = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        a3 = geometry["properties"]["a3"]
        if a3 in _LEFT_OUT:
            continue
        path = "".join(_path(ring) for ring in _rings(geometry, arcs))
        if a3 in _WITHOUT_CODE:
            plain.append(path)
        else:
            shapes[_alpha2(a3)] = path
    return {
        "width": WIDTH,
        "height": equal_earth(0, _SOUTH)[1],
        "shapes": dict(sorted(shapes.items())),
        "dots": {code: list(equal_earth(*place)) for code, place in sorted(dots.items())},
        "plain": plain,
    }


def main() -> None:
    """Write `world.json` beside the sources."""
    topology = json.loads((_HERE / "world-110m.json").read_text("utf-8"))
    dots = json.loads((_HERE / "small-states.json").read_text("utf-8"))
    text = json.dumps(build(topology, dots), separators=(",", ":"), sort_keys=True)
    (_HERE / "world.json").write_text(text + "\n", "utf-8")


def _alpha2(a3: str) -> str:
    if a3 == _KOSOVO:
        return "XK"
    return str(pycountry.countries.lookup(a3).alpha_2)


def _decoded(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> Iterator[Sequence[float]]:
    x = y = 0
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield x * kx + dx, y * ky + dy


def _rings(geometry: dict[str, Any], arcs: list[list[Sequence[float]]]) -> Iterator[Ring]:
    polygons = geometry["arcs"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    for polygon in polygons:
        for ring in polygon:
            places: Places = []
            for index in ring:
                arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                steps = [(place[0], place[1]) for place in arc]
                places += steps[1:] if places else steps
            for piece in _within_the_world(_unwrapped(places)):
                yield [equal_earth(*place) for place in piece]


def _unwrapped(places: Places) -> Places:
    """Follow a ring over the 180th meridian instead of jumping back round the world."""
    turned = 0.0
    result = [places[0]]
    for (before, _), (longitude, latitude) in pairwise(places):
        if longitude - before > _JUMP:
            turned -= 360
        elif longitude - before < -_JUMP:
            turned += 360
        result.append((longitude + turned, latitude))
    return result


def _within_the_world(places: Places) -> Iterator[Places]:
    """Cut a ring at the 180th meridian and bring each piece to its own side of the map."""
    for turn in (-360.0, 0.0, 360.0):
        moved = [(longitude + turn, latitude) for longitude, latitude in places]
        piece = _cut(_cut(moved, 180.0, keep=1), -180.0, keep=-1)
        if piece:
            yield piece


def _cut(places: Places, meridian: float, *, keep: int) -> Places:
    """Keep what lies west (1) or east (-1) of a meridian (Sutherland and Hodgman)."""
    result: Places = []
    for (x1, y1), (x2, y2) in zip(places[-1:] + places[:-1], places, strict=True):
        inside_before, inside = keep * (meridian - x1) >= 0, keep * (meridian - x2) >= 0
        if inside != inside_before:
            share = (meridian - x1) / (x2 - x1)
            result.append((meridian, y1 + share * (y2 - y1)))
        if inside:
            result.append((x2, y2))
    return result


def _path(ring: Ring) -> str:
    """Write a closed path with relative steps, leaving out those of no length."""
    x, y = ring[0]
    parts = [f"M{x} {y}"]
    for next_x, next_y in ring[1:]:
        if (next_x, next_y) != (x, y):
            parts.append(f"l{next_x - x} {next_y - y}")
            x, y = next_x, next_y
    return "".join(parts) + "z" if len(parts) > 1 else ""


if __name__ == "__main__":
    main()
