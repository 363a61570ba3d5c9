"""Everybody above a company as a picture: boxes, bundles and ties with their places."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.screening.analysis.choosing import chosen_of, folds, links_of, owners_first
from undaunted.coercion.screening.rules.drawings import (
    Box,
    Bundle,
    Drawing,
    Holder,
    Part,
    Shape,
    Standing,
    Tie,
)
from undaunted.engines.ownership import PartyKind, Placed, Right, placed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.coercion.screening.analysis.choosing import Chosen, Links
    from undaunted.engines.ownership import Control, Stakes

__all__ = ["COLUMN", "ROW", "WIDEST", "drawn"]

WIDEST = 1080.0
"""So wide a picture stands whole on a desk of 1,280 pixels, its smallest letters ten of them."""

BOX = (190.0, 78.0)
FOLDED = (190.0, 44.0)
LISTED, HEAD, ROW, COLUMN = 264.0, 34.0, 22.0, 20
"""An open bundle: width of a column, height of its head and of a line, lines of a column."""
PORT = 64.0
"""Between two ties at one side of a box, where there is room."""
EDGE = 18.0
MARGIN, LANE, LANE_STEP = 26.0, 26.0, 9.0
TURN = 6
"""Corners of a line that leads back."""
SHAPES = {
    PartyKind.UNKNOWN: Shape.UNKNOWN,
    PartyKind.COMPANY: Shape.COMPANY,
    PartyKind.PERSON: Shape.PERSON,
    PartyKind.STATE: Shape.STATE,
    PartyKind.SEVERAL: Shape.SEVERAL,
}

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Scene:
    """What was chosen, numbered as items of the picture: bundles first, then boxes."""

    found: Control
    chosen: Chosen
    bundled: tuple[int, ...]
    order: tuple[int, ...]
    items: dict[int, int]
    pairs: tuple[Pair, ...]
    rows: dict[Pair, list[int]]
    carrying: frozenset[int] | None

    @property
    def stakes(self) -> Stakes:
        return self.found.graph.stakes

    def item(self, party: int) -> int:
        return self.items[party]

    def lines(self) -> list[Pair]:
        """Give the lines between items: those of bundles, then those of boxes."""
        first = [(at, self.item(company)) for at, company in enumerate(self.bundled)]
        return first + [(self.item(owner), self.item(company)) for owner, company in self.pairs]

    def parts(self, pair: Pair) -> tuple[Part, ...]:
        stakes = self.stakes
        return tuple(
            Part(
                Right(int(stakes.right[row])).name.lower(),
                int(stakes.lo[row]),
                int(stakes.hi[row]),
                stakes.sources[int(stakes.source[row])],
                int(stakes.row[row]),
            )
            for row in self.rows[pair]
        )


def drawn(
    found: Control,
    company: int,
    opened: frozenset[str] = frozenset(),
    *,
    everything: bool = False,
    carrying: Sequence[int] | None = None,
) -> Drawing:
    """Give the picture of an answer about a company, over the stakes of everybody above it.

    `opened` are identifiers of companies whose folded holders are shown; `carrying` are the
    rows on which an answer rests that the proof of control does not tell. Folded is the least
    that makes the picture readable before anything is opened; with `everything`, nothing.
    """
    parties, links = found.graph.parties, links_of(found.graph.stakes)
    numbers = frozenset(parties.number_of(each) for each in opened if each in parties)
    for fold in folds(len(parties), everything=everything):
        chosen = chosen_of(found, company, links, frozenset(), fold, carrying=carrying)
        drawing = _drawing(found, company, links, chosen, carrying)
        if drawing.width <= WIDEST:
            break
    if not numbers:
        return drawing
    chosen = chosen_of(found, company, links, numbers, fold, carrying=carrying)
    return _drawing(found, company, links, chosen, carrying)


def _drawing(
    found: Control, company: int, links: Links, chosen: Chosen, carrying: Sequence[int] | None
) -> Drawing:
    """Set out what was chosen, with what carries the answer at the start of each layer."""
    scene = _scene(found, chosen, owners_first(chosen.boxes, links, company), carrying)
    sizes = [_size(*chosen.bundles[each]) for each in scene.bundled] + [BOX] * len(scene.order)
    lines = scene.lines()
    downward = [line for line in lines if line[0] != line[1]]
    places = placed(sizes, downward, [scene.item(each) for each in chosen.spine])
    ties = _ties(scene, company, places, sizes, lines)
    turns = sum(len(each.points) == TURN for each in ties)
    aside = LANE * (turns + 1) if turns else 0.0
    held = {holder for holders, _ in chosen.bundles.values() for holder in holders}
    return Drawing(
        boxes=_boxes(scene, company, places, sizes),
        bundles=_bundles(scene, places, sizes),
        ties=ties,
        width=places.width + 2 * MARGIN + aside,
        height=places.height + 2 * MARGIN + LANE_STEP * turns,
        unseen=len(found.graph.parties) - len(chosen.boxes | held),
    )


def _scene(
    found: Control, chosen: Chosen, order: list[int], carrying: Sequence[int] | None
) -> _Scene:
    stakes, rows = found.graph.stakes, defaultdict[Pair, list[int]](list)
    columns = stakes.owner.tolist(), stakes.owned.tolist()
    for row, pair in enumerate(zip(*columns, strict=True)):
        rows[pair].append(row)
    told = {(holder, company) for company, (held, _) in chosen.bundles.items() for holder in held}
    pairs = tuple(pair for pair in rows if set(pair) <= chosen.boxes and pair not in told)
    bundled = tuple(chosen.bundles)
    items = {party: at for at, party in enumerate(order, start=len(bundled))}
    carried = None if carrying is None else frozenset(carrying)
    return _Scene(found, chosen, bundled, tuple(order), items, pairs, rows, carried)


def _size(holders: tuple[int, ...], told: bool) -> tuple[float, float]:  # noqa: FBT001 - of a pair
    if not told:
        return FOLDED
    columns = -(-len(holders) // COLUMN)
    return LISTED * columns, HEAD + ROW * min(len(holders), COLUMN)


def _standing(found: Control, party: int) -> Standing:
    for numbers, standing in (
        (found.seeds, Standing.SEED),
        (found.must, Standing.MUST),
        (found.may, Standing.MAY),
        (found.joint, Standing.JOINT),
    ):
        if party in numbers:
            return standing
    return Standing.NONE


def _shape(found: Control, party: int) -> Shape:
    return SHAPES[PartyKind(int(found.graph.parties.kinds[party]))]


def _boxes(
    scene: _Scene, company: int, places: Placed, sizes: list[tuple[float, float]]
) -> tuple[Box, ...]:
    parties = scene.found.graph.parties
    boxes = []
    for party in scene.order:
        item = scene.item(party)
        x, y = places.middles[item]
        boxes.append(
            Box(
                parties.ids[party], parties.label(party), _shape(scene.found, party),
                _standing(scene.found, party), party == company, x + MARGIN, y + MARGIN,
                *sizes[item],
            )
        )  # fmt: skip
    return tuple(boxes)


def _bundles(scene: _Scene, places: Placed, sizes: list[tuple[float, float]]) -> tuple[Bundle, ...]:
    parties, bundles = scene.found.graph.parties, []
    for item, company in enumerate(scene.bundled):
        holders, told = scene.chosen.bundles[company]
        named = [
            Holder(
                parties.ids[each], parties.label(each), _shape(scene.found, each),
                scene.parts((each, company)),
            )
            for each in holders
        ]  # fmt: skip
        named.sort(key=lambda each: (-max(part.highest for part in each.parts), each.label))
        x, y = places.middles[item]
        bundles.append(
            Bundle(
                parties.ids[company], parties.label(company), tuple(named), told,
                x + MARGIN, y + MARGIN, *sizes[item],
            )
        )  # fmt: skip
    return tuple(bundles)


def _ties(
    scene: _Scene,
    company: int,
    places: Placed,
    sizes: list[tuple[float, float]],
    lines: list[Pair],
) -> tuple[Tie, ...]:
    carrying = _carrying(scene, company)
    bends = iter(places.bends)
    passed = [() if line[0] == line[1] else next(bends) for line in lines]
    leaving, coming = _ports(lines, places, passed, sizes)
    leading = Counter(owner for owner, _ in lines)
    ids, ties = scene.found.graph.parties.ids, []
    bundled, turned = [None] * len(scene.bundled), 0
    for at, (pair, line) in enumerate(zip([*bundled, *scene.pairs], lines, strict=True)):
        owner, held = line
        back = owner >= held
        if back:
            points, told_at = _backward(places, sizes, line, turned)
            turned += owner > held
        else:
            out, into = places.bands[owner][1], places.bands[held][0]
            ends = (leaving[at][0], out), (coming[at][0], into)
            points = _moved([leaving[at], ends[0], *passed[at], ends[1], coming[at]])
            sole = leading[owner] == 1
            told_at = _along(points[1:3], 0.25) if sole else _along(points[-3:-1], 0.72)
        parts = () if pair is None else scene.parts(pair)
        name = "" if pair is None else ids[pair[0]]
        carries = pair is not None and not carrying.isdisjoint(scene.rows[pair])
        target = scene.bundled[owner] if pair is None else pair[1]
        ties.append(Tie(name, ids[target], parts, carries, back, points, told_at))
    return tuple(ties)


def _carrying(scene: _Scene, company: int) -> set[int]:
    """Give the rows that carry the answer; of what is held in halves, the half."""
    found, proof = scene.found, scene.chosen.proof
    if scene.carrying is not None:
        return set(scene.carrying)
    if proof is not None:
        return {*found.graph.place[proof.places].tolist(), *proof.own_rows.tolist()}
    if company not in found.joint:
        return set()
    group = {*found.seeds.tolist(), *found.must.tolist()}
    return {
        row for (owner, held), rows in scene.rows.items() for row in rows
        if held == company and owner in group
    }  # fmt: skip


def _ports(
    lines: list[Pair],
    places: Placed,
    passed: list[tuple[tuple[float, float], ...]],
    sizes: list[tuple[float, float]],
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Give where each line leaves its owner and reaches its company, side by side."""
    ends: list[list[tuple[float, float]]] = [[(0.0, 0.0)] * len(lines) for _ in range(2)]
    for end, side in ((0, 1), (1, -1)):
        by_item: dict[int, list[int]] = defaultdict(list)
        for at, line in enumerate(lines):
            if line[0] < line[1]:
                by_item[line[end]].append(at)
        for item, those in by_item.items():
            x, y = places.middles[item]
            width, height = sizes[item]

            def far(at: int, end: int = end) -> float:
                points = (*passed[at], places.middles[lines[at][1 - end]])
                return points[0][0] if end == 0 or len(points) == 1 else points[-2][0]

            those.sort(key=far)
            step = min(PORT, (width - 2 * EDGE) / max(len(those) - 1, 1))
            for place, at in enumerate(those):
                shift = (place - (len(those) - 1) / 2) * step
                ends[end][at] = (x + shift, y + side * height / 2)
    return ends[0], ends[1]


def _backward(
    places: Placed, sizes: list[tuple[float, float]], line: Pair, number: int
) -> tuple[tuple[tuple[float, float], ...], tuple[float, float]]:
    """Lead below the holder's layer, up beside the picture, and down on the company.

    Of a party that holds itself, round its own corner. `number` tells such lines apart.
    """
    (x, y), (to_x, to_y) = (places.middles[each] for each in line)
    (width, height), (to_width, to_height) = (sizes[each] for each in line)
    if line[0] == line[1]:
        right, top = x + width / 2, y - height / 2
        points = [(right - 30, top), (right + 16, top - 18), (right, top + 26)]
        return _moved(points), _moved([(right + 12, top - 18)])[0]
    lane, step = places.width + LANE * (number + 1), LANE_STEP * number
    below = places.bands[line[0]][1] + LANE_STEP * 2 + step
    above = places.bands[line[1]][0] - LANE_STEP * 2 - step
    start, end = x + width / 2 - EDGE, to_x + to_width / 2 - EDGE / 2
    points = [
        (start, y + height / 2), (start, below), (lane, below), (lane, above), (end, above),
        (end, to_y - to_height / 2),
    ]  # fmt: skip
    return _moved(points), _moved([(lane, (below + above) / 2)])[0]


def _moved(points: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    return tuple((x + MARGIN, y + MARGIN) for x, y in points)


def _along(points: tuple[tuple[float, float], ...], part: float) -> tuple[float, float]:
    """Give a point of the curve between two, which leaves and arrives upright."""
    (from_x, from_y), (to_x, to_y) = points
    across = part * part * (3 - 2 * part)
    down = 1.5 * part * (1 - part) + part**3
    return from_x + across * (to_x - from_x), from_y + down * (to_y - from_y)
