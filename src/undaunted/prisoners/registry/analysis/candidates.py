"""Pairs of records that may be one person, that nobody has judged yet, with the reasons.

The door to the engine of linkage: sketches become its columns, pairs come back with what each
weighs. A person decides; what was judged is not asked again and takes no other pair's place.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from django.conf import settings

from undaunted.engines.linkage import (
    FEW,
    IN_PROCESS,
    STANDING,
    Files,
    LinkageError,
    Linked,
    Weighing,
    Where,
    link,
    weigh_pairs,
)
from undaunted.prisoners.registry.analysis.likeness import (
    blocking_hints,
    blocking_keys,
    compare,
    likeness_of,
    spelling_of,
)
from undaunted.prisoners.registry.queries.matching import judged_pairs, places_of, sketches
from undaunted.prisoners.registry.rules.matching import birth_years, folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.actors.rules.partial_date import PartialDate
    from undaunted.engines.linkage import Alike, Model, Pair
    from undaunted.prisoners.registry.rules.matching import CaseSketch, MatchReasons

__all__ = [
    "LEAST_LIKELY",
    "LIKELY",
    "CandidatePair",
    "ComparisonFailed",
    "Found",
    "Gathered",
    "alike_among",
    "candidate_pairs",
    "columns_of",
    "found_among",
    "gathered",
    "linked",
    "partners_of",
    "steps_of",
    "weighed_alone",
]

LIKELY: Final = 0.55
"""What the reasons of a pair must add up to for somebody to be asked."""
LEAST_LIKELY: Final = 0.05
"""A pair is left out where, of twenty such pairs, not one would be one person."""

MOST_PARTNERS: Final = 8
FEWER_PARTNERS: Final = 3
MANY: Final = 50_000
"""So many files make comparing names take minutes."""


@dataclass(frozen=True, slots=True)
class CandidatePair:
    """Two records, what was compared of each, how like they are, and how much that says here."""

    left: UUID
    right: UUID
    left_sketch: CaseSketch
    right_sketch: CaseSketch
    match: MatchReasons
    weighing: Weighing


class ComparisonFailed(ValueError):
    """Records could not be held against each other; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Records that are to be compared.

    Attributes:
        lists: numbers of the lists in which a record stands; records of one list are not compared.
        judged: pairs with a verdict.
        together: pairs that are one person already.
    """

    parties: tuple[UUID, ...]
    files: tuple[CaseSketch, ...]
    lists: tuple[tuple[int, ...], ...]
    judged: frozenset[Pair]
    together: frozenset[Pair]


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a comparison.

    Attributes:
        pairs: those that nobody has judged, the likeliest first.
        judged: those with a verdict, which comes back to the queue where it is undone.
        records: so many were held against each other.
        compared: so many pairs of them were looked at.
        origin: where the weights come from.
    """

    pairs: tuple[CandidatePair, ...]
    judged: tuple[CandidatePair, ...]
    records: int
    compared: int
    origin: str


def candidate_pairs(
    actor: Actor,
    lists: Collection[UUID] = (),
    *,
    within_lists: bool = False,
    at_least: float = LIKELY,
    limit: int = 500,
) -> list[CandidatePair]:
    """Give the likeliest pairs that nobody has judged yet, best first.

    Of all lists that the actor may read where none is named. Two rows of one list are compared only
    with `within_lists`. What is passed over to stay fast is told in `docs/explanation/matching.md`.
    """
    held = gathered(actor, lists, within_lists=within_lists)
    return list(found_among(held, at_least=at_least, limit=limit).pairs)


def gathered(actor: Actor, lists: Collection[UUID] = (), *, within_lists: bool = False) -> Gathered:
    """Read what is compared of the records that the actor may see."""
    places = places_of(actor, lists)
    known = sketches(actor, places)
    parties = sorted(known, key=str)
    every = sorted({*chain.from_iterable(places.values())})
    numbers = {one: number for number, one in enumerate(every)}
    marks = (
        () if within_lists else tuple(sorted(numbers[one] for one in places[party]))
        for party in parties
    )
    files = tuple(known[party] for party in parties)
    return Gathered(tuple(parties), files, tuple(marks), *_closed(actor, parties))


def found_among(held: Gathered, *, at_least: float = LIKELY, limit: int = 500) -> Found:
    """Compare records that were gathered; reads no table, and takes minutes for many.

    Raises `ComparisonFailed`.
    """
    closed = held.judged | held.together
    try:
        told = linked(held.files, held.lists, closed=closed)
    except LinkageError as error:
        raise ComparisonFailed(str(error)) from error
    pairs = []
    for (one, other), weighing in zip(told.pairs, told.weighings, strict=True):
        pair = _pair(held, one, other, weighing)
        if pair.match.score >= at_least:
            pairs.append(pair)
            if len(pairs) == limit:
                break
    judged = (pair for pair in _judged(held, told) if pair.match.score >= at_least)
    return Found(tuple(pairs), tuple(judged), len(held.files), told.compared, told.model.origin)


def weighed_alone(left: CaseSketch, right: CaseSketch) -> list[dict[str, object]]:
    """Weigh two records that were not compared among others, by the standing model."""
    pair = (left, right)
    likeness = alike_among(pair)([(0, 1)])
    (weighing,) = weigh_pairs(columns_of(pair, ((), ())), [(0, 1)], likeness, STANDING)
    return steps_of(weighing)


def steps_of(weighing: Weighing) -> list[dict[str, object]]:
    """Give the steps of a weighing as they are kept."""
    return [
        {"field": one.field.value, "level": one.level.value, "bits": one.bits, "rarity": one.rarity}
        for one in weighing.steps
    ]


def _judged(held: Gathered, told: Linked) -> Iterator[CandidatePair]:
    """Weigh the pairs with a verdict as all others were."""
    pairs = sorted(held.judged)
    columns = columns_of(held.files, held.lists) if pairs else None
    if columns is None:
        return
    weighings = weigh_pairs(columns, pairs, alike_among(held.files)(pairs), told.model)
    before = told.weighings[0].before if told.weighings else weighings[0].before
    for (one, other), weighing in zip(pairs, weighings, strict=True):
        yield _pair(held, one, other, Weighing(before, weighing.steps))


def _pair(held: Gathered, one: int, other: int, weighing: Weighing) -> CandidatePair:
    left, right = held.files[one], held.files[other]
    return CandidatePair(
        held.parties[one], held.parties[other], left, right, compare(left, right), weighing
    )


def linked(
    files: Sequence[CaseSketch],
    lists: Sequence[tuple[int, ...]],
    *,
    closed: Collection[Pair] = (),
    model: Model | None = None,
) -> Linked:
    """Link case files; files of one list are not compared, nor pairs that are closed."""
    with _where(len(files)) as where:
        return link(
            columns_of(files, lists),
            alike_among(files),
            closed=closed,
            model=model,
            at_least=LEAST_LIKELY,
            partners=partners_of(len(files)),
            where=where,
        )


@contextmanager
def _where(files: int) -> Iterator[Where]:
    """Give where tables lie: as the settings say, with a folder that is gone afterwards."""
    if files < FEW:
        yield IN_PROCESS
        return
    held = Path(settings.LINKAGE_FOLDER)
    held.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=held) as folder:
        yield Where(settings.SPARK_MASTER, folder)


def alike_among(files: Sequence[CaseSketch]) -> Alike:
    """Give what tells how alike the names of pairs of files are.

    Pairs are gone through in the order of their names, so that a name is made ready once.
    """

    def alike(pairs: Sequence[Pair]) -> list[float]:
        found = [0.0] * len(pairs)
        named = [sorted((files[one].names, files[other].names)) for one, other in pairs]
        for at in sorted(range(len(pairs)), key=named.__getitem__):
            likeness = likeness_of(*named[at])
            found[at] = likeness.score if likeness else 0.0
        return found

    return alike


def partners_of(files: int) -> int:
    """Give with how many others a file is compared; fewer where there are very many files."""
    return MOST_PARTNERS if files < MANY else FEWER_PARTNERS


def columns_of(files: Sequence[CaseSketch], lists: Sequence[tuple[int, ...]]) -> Files:
    """Give case files as the engine reads them."""
    # What is known of a name is asked at once, while it is at hand.
    named = [(blocking_keys(file), blocking_hints(file), spelling_of(file)) for file in files]
    return Files(
        keys=[keys for keys, _, _ in named],
        hints=[hints for _, hints, _ in named],
        lists=lists,
        spelling=[spelling for _, _, spelling in named],
        born=[_span(file.birth) for file in files],
        arrested=[_span(file.arrested) for file in files],
        place=[folded(file.place) for file in files],
        gender=[folded(file.gender) for file in files],
        country=[folded(file.country) for file in files],
    )


def _span(day: PartialDate | None) -> tuple[int, int] | None:
    """Give the days a date allows, None where they are more than two years."""
    if day is None or not birth_years(day) or day.earliest is None or day.latest is None:
        return None
    return day.earliest.toordinal(), day.latest.toordinal()


def _closed(actor: Actor, parties: Sequence[UUID]) -> tuple[frozenset[Pair], frozenset[Pair]]:
    """Give the pairs that were judged, and those that are one person already."""
    at = {party: place for place, party in enumerate(parties)}
    judged, together = judged_pairs(actor, parties)
    groups: defaultdict[UUID, list[int]] = defaultdict(list)
    for party, person in together.items():
        groups[person].append(at[party])
    told = frozenset(
        (min(at[one], at[other]), max(at[one], at[other]))
        for one, other in judged
        if one in at and other in at
    )
    pairs = (combinations(sorted(group), 2) for group in groups.values())
    return told, frozenset(chain.from_iterable(pairs))
