"""Pairs among many records are found once; verdicts are heeded at once; nothing stale is given."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from undaunted.engines.linkage import STANDING, Linked, Weighing
from undaunted.prisoners.registry.analysis.keeping import MOST_JUDGED, Kept, digest_of
from undaunted.prisoners.registry.rules.matching import CaseSketch

if TYPE_CHECKING:
    from undaunted.engines.linkage import Pair

PAIRS: list[Pair] = [(at, at + 100) for at in range(80)]


class Finder:
    """Finds all pairs, and counts how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Linked:
        self.times += 1
        weighings = tuple(Weighing(0.0, ()) for _ in PAIRS)
        return Linked(tuple(PAIRS), weighings, (1.0,) * len(PAIRS), STANDING, len(PAIRS))


def test_what_was_judged_since_is_left_out_without_a_new_search() -> None:
    kept, find = Kept(), Finder()
    assert [pair for pair, _ in kept.pairs(b"a", set(), find)] == PAIRS
    assert [pair for pair, _ in kept.pairs(b"a", {PAIRS[0]}, find)] == PAIRS[1:]
    assert find.times == 1


def test_an_undone_verdict_many_verdicts_or_other_records_are_searched_anew() -> None:
    kept, find = Kept(), Finder()
    kept.pairs(b"a", {PAIRS[0]}, find)
    kept.pairs(b"a", set(), find)
    assert find.times == 2, "a verdict was undone"
    kept.pairs(b"a", set(PAIRS[: MOST_JUDGED + 1]), find)
    assert find.times == 3, "many were judged"
    for digest in (b"b", b"c", b"a"):
        kept.pairs(digest, set(), find)
    assert find.times == 6, "only the last are kept"


def test_every_change_of_a_record_changes_the_digest() -> None:
    file = CaseSketch(names=("Anna Weber",))
    others = [
        file,
        replace(file, names=("Anna Veber",)),
        replace(file, gender="female"),
        replace(file, country="XR"),
        replace(file, place="XR"),
    ]
    digests = {digest_of([one], [()]) for one in others} | {digest_of([file], [(1,)])}
    assert len(digests) == len(others) + 1
