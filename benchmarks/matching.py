"""Candidates across two lists, beside comparing every name with every name in RapidFuzz."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np
import psycopg
from rapidfuzz import fuzz, process

from benchmarks.people import invent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.installation import Installation
    from undaunted.prisoners.registry.rules.matching import CaseSketch

__all__ = ["measure"]

MOST_NAMES = 100_000
SHARED = 0.2
"""Part of the second list that the first has too, under a name written a little otherwise."""
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
ROWS_OF_PEER = 1_000


def measure(place: Installation) -> dict[str, Any]:
    """Give seconds and the share of true pairs found, for all scripts and for Han names."""
    with psycopg.connect(place.owner_url) as connection:
        persons = "SELECT count(*) FROM actors_party WHERE origin IS NULL"
        row = connection.execute(persons).fetchone()
    assert row is not None
    names = min(int(row[0]), MOST_NAMES)
    return {
        "names": names,
        "all scripts": _both(*_lists(names, _any_script)),
        "Han": _both(*_lists(names, _han)),
    }


def _both(first: list[CaseSketch], second: list[CaseSketch], same: int) -> dict[str, Any]:
    from undaunted.prisoners.registry.analysis.candidates import LIKELY, linked  # noqa: PLC0415
    from undaunted.prisoners.registry.analysis.likeness import compare  # noqa: PLC0415

    begin = time.perf_counter()
    files = [*first, *second]
    told = linked(files, [(1,)] * len(first) + [(2,)] * len(second))
    likely = [
        (one, other)
        for one, other in told.pairs
        if compare(files[one], files[other]).score >= LIKELY
    ]
    spent = time.perf_counter() - begin
    found = sum(other - len(first) == one for one, other in likely)
    return {
        "seconds": spent,
        "compared": told.compared,
        "found": found / same,
        "peer": _peer(first, second, same),
    }


def _peer(first: Sequence[CaseSketch], second: Sequence[CaseSketch], same: int) -> dict[str, Any]:
    """Compare names alone by brute force, a part of the rows where there are many; both cores."""
    from undaunted.core.actors.rules.names import romanise  # noqa: PLC0415

    one, other = ([romanise(file.names[0])[0] for file in files] for files in (first, second))
    rows = min(len(one), ROWS_OF_PEER)
    begin = time.perf_counter()
    scores = process.cdist(
        one[:rows], other, scorer=fuzz.token_sort_ratio, score_cutoff=80, dtype=np.uint8, workers=-1
    )
    spent = time.perf_counter() - begin
    known = min(rows, same)
    return {
        "seconds": spent * len(one) / rows,
        "rows": rows,
        "found": float(np.count_nonzero(scores[np.arange(known), np.arange(known)]) / known),
        "alike": int(np.count_nonzero(scores) * len(one) / rows),
    }


def _lists(
    names: int, write: Callable[[np.random.Generator, int], list[tuple[str, str]]]
) -> tuple[list[CaseSketch], list[CaseSketch], int]:
    """Give two lists of half the names each; the first `same` of both are the same people."""
    from undaunted.core.actors.rules.partial_date import PartialDate  # noqa: PLC0415
    from undaunted.prisoners.registry.rules.matching import CaseSketch  # noqa: PLC0415

    dice, half = np.random.default_rng(11), names // 2
    same = int(half * SHARED)
    people = write(dice, 2 * half)
    born = [PartialDate.year(int(year)) for year in dice.integers(1930, 2006, 2 * half)]

    def file(text: str, at: int) -> CaseSketch:
        return CaseSketch(names=(text,), birth=born[at], country="XR")

    first = [file(people[at][0], at) for at in range(half)]
    shared = [file(people[at][1], at) for at in range(same)]
    return first, [*shared, *(file(people[at][0], at) for at in range(half + same, 2 * half))], same


def _any_script(_dice: np.random.Generator, count: int) -> list[tuple[str, str]]:
    """Give names of twelve scripts, and each with its words in the other order."""
    world = invent(count, seed=11)
    names = (world.name(at, world.script[at])[0] for at in range(count))
    return [(name, " ".join(reversed(name.split()))) for name in names]


def _han(dice: np.random.Generator, count: int) -> list[tuple[str, str]]:
    """Give names in Han signs, and in Pinyin."""
    from undaunted.core.actors.rules.names import romanise  # noqa: PLC0415

    signs = [chr(point) for point in dice.integers(0x4E00, 0x6000, 400)]
    surnames = dice.integers(0, len(SURNAMES), count)
    given = dice.integers(0, len(signs), (count, 2))
    names = [
        SURNAMES[family] + signs[one] + signs[other]
        for family, (one, other) in zip(surnames, given, strict=True)
    ]
    return [(name, romanise(name)[0].title()) for name in names]
