"""Linking files: two ways, one answer; nothing judged is asked again; every step is told."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.engines.linkage import (
    LEVELS,
    STANDING,
    Field,
    Files,
    FilesMalformed,
    Level,
    MemoryExhausted,
    Model,
    ModelMalformed,
    level_of_likeness,
    levels_between,
    link,
    weigh,
)
from undaunted.engines.linkage.blocking import pairs_to_compare
from undaunted.engines.linkage.duck import opened
from undaunted.engines.linkage.estimating import estimated, keep_likeness
from undaunted.engines.linkage.levels import codes_of
from undaunted.engines.linkage.tables import pairs_in_tables
from undaunted.engines.linkage.weighing import frequency, prior_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from undaunted.engines.linkage import Linked, Pair

WORDS = ("arn", "vel", "isk", "tom", "irg", "lid", "mor", "ess", "kap", "dor", "zan", "ulf")


def drawn(files: int, seed: int = 3, lists: int = 2, words: int = len(WORDS)) -> Files:
    """Draw files of two words each; every second file is the one before it, in another list."""
    dice = np.random.default_rng(seed)
    first, second = (dice.integers(0, words, files) for _ in range(2))
    born = dice.integers(700_000, 725_000, files)
    held = dice.integers(735_000, 738_000, files)
    twin = np.arange(files) - np.where(dice.random(files) < 0.5, np.arange(files) % 2, 0)
    names = [f"{WORDS[first[at]]} {WORDS[second[at]]}" for at in twin]
    exact = dice.random(files) < 0.7

    def spans(days: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[tuple[int, int] | None]:
        return [
            None if dice.random() < 0.2
            else (int(days[at]), int(days[at])) if exact[place]
            else (int(days[at]) - 90, int(days[at]) + 90)
            for place, at in enumerate(twin)
        ]  # fmt: skip

    return Files(
        keys=[{"|".join(sorted(name.split())), name[:3] + "="} for name in names],
        hints=[{f"{name[:3]}@{born[at] // 365}"} for name, at in zip(names, twin, strict=True)],
        lists=[(place % lists,) for place in range(files)],
        spelling=[" ".join(sorted(name.split())) for name in names],
        born=spans(born),
        arrested=spans(held),
        place=["zenda" if born[at] % 3 else "" for at in twin],
        gender=["female" if born[at] % 2 else "male" for at in twin],
        country=["XR"] * files,
    )


def alike_in(files: Files) -> Callable[[Sequence[Pair]], list[float]]:
    """Give what part of their words two spellings share."""
    words = [set(spelling.split()) for spelling in files.spelling]
    return lambda pairs: [len(words[a] & words[b]) / len(words[a] | words[b]) for a, b in pairs]


def of_one(**columns: object) -> Files:
    """Give two files about which these things are known."""
    told: dict[str, object] = {
        "keys": [{"k"}] * 2, "hints": [()] * 2, "lists": [()] * 2, "spelling": ["arn vel"] * 2,
        "born": [None] * 2, "arrested": [None] * 2, "place": [""] * 2, "gender": [""] * 2,
        "country": [""] * 2,
    }  # fmt: skip
    return Files(**(told | columns))  # type: ignore[arg-type]


def shown(found: Linked) -> dict[Pair, tuple[object, ...]]:
    return {
        pair: (
            round(weighing.bits, 6), round(weighing.before, 6),
            tuple((step.field, step.level) for step in weighing.steps),
        )
        for pair, weighing in zip(found.pairs, found.weighings, strict=True)
    }  # fmt: skip


def test_tables_larger_than_the_memory_they_were_given_are_refused() -> None:
    files = drawn(4)
    with (
        pytest.raises(MemoryExhausted, match="4 files need more than 16MB for their tables"),
        opened(files, threads=1, memory="16MB") as base,
    ):
        base.make("many", "SELECT range, hash(range) FROM range(20000000)")


@pytest.mark.parametrize("seed", [1, 2])
def test_both_ways_give_the_same_pairs_and_weights(seed: int) -> None:
    files = drawn(300, seed)
    here = link(files, alike_in(files), model=STANDING)
    there = link(files, alike_in(files), model=STANDING, few=0)
    assert shown(here) == shown(there)
    assert len(here.pairs) > 100
    assert here.pairs[:50] == there.pairs[:50]


def test_weights_of_the_steps_are_those_that_splink_gives() -> None:
    """The waterfall that is told adds up to what Splink computed in its tables."""
    from undaunted.engines.linkage.estimating import levels_and_weights  # noqa: PLC0415

    files = drawn(200)
    with opened(files, threads=1) as base:
        met = pairs_in_tables(base)
        pairs = [(int(one), int(other)) for one, other in met.pairs]
        likeness = np.array(alike_in(files)(pairs))
        keep_likeness(base, met.pairs, likeness)
        _levels, common, bits = levels_and_weights(base, STANDING)
    for at, (one, other) in enumerate(pairs):
        levels = levels_between(files, one, other, float(likeness[at]))
        told = weigh(levels, STANDING, common=float(common[at]))
        assert told.bits == pytest.approx(bits[at], abs=1e-9)


@given(st.integers(0, 50), st.integers(1, 3), st.sampled_from([50, 10_000]))
def test_blocking_says_the_same_in_tables_in_slices_too(
    seed: int, lists: int, at_once: int
) -> None:
    files = drawn(40, seed, lists, words=4)
    closed = set(pairs_to_compare(files)[::3])
    with opened(files, threads=1) as base:
        found = pairs_in_tables(base, closed=closed, partners=3, at_once=at_once)
    there = [(int(a), int(b)) for a, b in found.pairs]
    assert pairs_to_compare(files, closed=closed, partners=3) == there
    assert not closed & set(there)
    assert all(files.may_meet(*pair) and not files.is_hopeless(*pair) for pair in there)


def test_a_crowd_is_parted_by_what_else_is_known() -> None:
    crowd = 130
    files = of_one(
        keys=[{"k"}] * crowd, hints=[()] * crowd, lists=[()] * crowd, spelling=["k"] * crowd,
        born=[None] * crowd, arrested=[None] * crowd,
        place=["zenda", "zenda", "klow"] + [""] * (crowd - 3),
        gender=[""] * crowd, country=[""] * crowd,
    )  # fmt: skip
    assert pairs_to_compare(files) == [(0, 1)]
    with opened(files, threads=1) as base:
        assert pairs_in_tables(base).pairs.tolist() == [[0, 1]]


def test_a_hint_that_many_share_says_nothing() -> None:
    for many, found in ((12, True), (13, False)):
        columns: dict[str, object] = {name: [()] * many for name in ("keys", "lists")}
        columns |= {name: [None] * many for name in ("born", "arrested")}
        columns |= {name: [""] * many for name in ("spelling", "place", "gender", "country")}
        files = of_one(hints=[{"h"}] * many, **columns)
        assert bool(pairs_to_compare(files)) is found
        with opened(files, threads=1) as base:
            assert bool(len(pairs_in_tables(base).pairs)) is found


def test_births_that_exclude_each_other_need_one_day_of_arrest() -> None:
    born = [(700_000, 700_000), (701_000, 701_000)]
    day = (737_000, 737_000)
    assert of_one(born=born).is_hopeless(0, 1)
    assert of_one(born=born, arrested=[day, (737_000, 737_001)]).is_hopeless(0, 1)
    assert not of_one(born=born, arrested=[day, day]).is_hopeless(0, 1)
    assert not of_one(born=[(700_000, 700_000), (700_366, 700_366)]).is_hopeless(0, 1)
    assert not of_one(born=[None, born[0]]).is_hopeless(0, 1)


def test_levels_of_what_is_known() -> None:
    files = of_one(
        born=[(5, 5), (5, 5)], arrested=[(100, 100), (131, 140)],
        place=["zenda", "klow"], gender=["male", ""], country=["XR", "XR"],
    )  # fmt: skip
    assert levels_between(files, 0, 1, 0.9) == {
        Field.NAME: Level.CLOSE, Field.BIRTH: Level.SAME, Field.ARREST: Level.ALIKE,
        Field.PLACE: Level.APART, Field.COUNTRY: Level.SAME,
    }  # fmt: skip
    overlapping = of_one(born=[(5, 9), (9, 9)], arrested=[(0, 0), (32, 32)])
    told = levels_between(overlapping, 0, 1, 0.0)
    assert (told[Field.BIRTH], told[Field.ARREST]) == (Level.CLOSE, Level.APART)


@given(st.floats(0, 1))
def test_a_likeness_has_one_level_in_both_tongues(likeness: float) -> None:
    order = LEVELS[Field.NAME]
    code = int(codes_of(np.array([likeness]))[0])
    assert order[len(order) - 1 - code] is level_of_likeness(likeness)


def test_a_common_name_says_less_than_a_rare_one() -> None:
    by_chance = STANDING.by_chance()
    rare, common = (frequency(times, 100_000, by_chance) for times in (2, 500))
    levels = {Field.NAME: Level.SAME}
    one, other = (weigh(levels, STANDING, common=each) for each in (rare, common))
    assert one.bits > weigh(levels, STANDING).bits > other.bits
    assert other.steps[0].rarity == pytest.approx(log2(by_chance / common))


def test_a_small_list_makes_no_name_common() -> None:
    by_chance = STANDING.by_chance()
    assert frequency(2, 10, by_chance) == pytest.approx(by_chance, rel=0.01)


@given(st.lists(st.floats(-60, 60), max_size=30), st.integers(0, 1000))
def test_more_evidence_raises_what_is_held_before(bits: list[float], files: int) -> None:
    pairs = files * (files - 1) // 2
    less, more = prior_of(bits, files, pairs), prior_of([one + 5 for one in bits], files, pairs)
    assert less <= more + 1e-9


def test_pairs_less_likely_than_asked_are_left_out() -> None:
    files = drawn(200)
    every = link(files, alike_in(files), model=STANDING)
    likely = link(files, alike_in(files), model=STANDING, at_least=0.5)
    assert 0 < len(likely.pairs) < len(every.pairs)
    assert all(one.probability >= 0.5 for one in likely.weighings)
    assert likely.compared == every.compared


def test_a_model_is_estimated_without_labels_and_the_same_each_time() -> None:
    files = drawn(2_400, words=12)
    models = []
    for _ in range(2):
        with opened(files) as base:
            met = pairs_in_tables(base)
            alike = alike_in(files)
            likeness = np.array(alike([(int(a), int(b)) for a, b in met.pairs]))
            keep_likeness(base, met.pairs, likeness)
            models.append(estimated(base, met, alike))
    one, other = models
    for field, levels in LEVELS.items():
        for level in levels:
            assert one.parts[field][level] == pytest.approx(other.parts[field][level], rel=1e-6)
    assert "born" in one.origin
    assert one.bits(Field.BIRTH, Level.SAME) > 8
    assert one.bits(Field.BIRTH, Level.APART) < -3
    assert one.bits(Field.NAME, Level.SAME) > 2


def test_few_files_of_many_ways_stand_on_the_standing_model() -> None:
    files = drawn(60)
    found = link(files, alike_in(files), few=0)
    assert found.model.origin.endswith("nothing")
    assert found.model.parts[Field.NAME] == STANDING.parts[Field.NAME]


def test_nothing_is_linked_to_nothing() -> None:
    empty = Files([], [], [], [], [], [], [], [], [])
    assert link(empty, alike_in(empty)).pairs == ()
    lone = of_one(keys=[{"a"}, {"b"}])
    for few in (0, 9):
        assert link(lone, alike_in(lone), model=STANDING, few=few).pairs == ()


def test_columns_of_unlike_length_are_refused() -> None:
    with pytest.raises(FilesMalformed, match="`place` has 1 rows"):
        of_one(place=["zenda"])
    with pytest.raises(FilesMalformed, match="file 1: `born` ends before"):
        of_one(born=[None, (9, 3)])


def test_a_model_without_a_level_is_refused() -> None:
    parts = {field: dict(levels) for field, levels in STANDING.parts.items()}
    with pytest.raises(ModelMalformed, match="lie between 0 and 1"):
        Model(parts | {Field.PLACE: {Level.SAME: (1.0, 0.5), Level.APART: (0.5, 0.5)}}, "here")
    del parts[Field.PLACE][Level.APART]
    with pytest.raises(ModelMalformed, match="lacks level"):
        Model(parts, "here")
