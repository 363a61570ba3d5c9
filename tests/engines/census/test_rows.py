"""What the census takes in and what it refuses; the tiers of rule K8."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.engines.census import (
    ALWAYS,
    NEVER,
    CensusError,
    Deaths,
    Recognitions,
    RowsMalformed,
    SourceMark,
    Spell,
    Spells,
    Tier,
    TierReason,
    gather_spells,
    tier_from_sources,
    tiers_from_counts,
)

ONE = gather_spells([Spell.exact(1, date(2024, 1, 1), date(2024, 5, 1))])
_marks = st.builds(SourceMark, st.sampled_from("abc"), st.booleans(), st.booleans())


@pytest.mark.parametrize(
    "wrong",
    [
        {"tier": [4]},
        {"tier": [-1]},
        {"tier": [0, 1]},
        {"person": [[1]]},
        {"start_earliest": [ALWAYS]},
        {"start_earliest": [19800]},
        {"start_latest": [NEVER]},
        {"end_latest": [0]},
        {"end_latest": [NEVER + 1]},
        {"confirmed_row": [0]},
        {"confirmed_row": [1], "confirmed_on": [19800]},
        {"confirmed_row": [-1], "confirmed_on": [19800]},
        {"confirmed_row": [0], "confirmed_on": [NEVER]},
    ],
)
def test_malformed_spells_are_refused(wrong: dict[str, object]) -> None:
    columns = {name: np.array(values) for name, values in wrong.items()}
    with pytest.raises(RowsMalformed):
        replace(ONE, **columns)


def test_malformed_deaths_and_recognitions_are_refused() -> None:
    one, two = np.array([1]), np.array([1, 2])
    with pytest.raises(CensusError):
        Deaths(one, two, two)
    with pytest.raises(CensusError):
        Deaths(one, np.array([5]), np.array([4]))
    with pytest.raises(CensusError):
        Recognitions(one, np.array([ALWAYS - 1]), one)


def test_recognition_of_all_has_neither_beginning_nor_end() -> None:
    everyone = Recognitions.of_all(np.array([4, 7]))
    assert everyone.start.tolist() == [ALWAYS, ALWAYS]
    assert everyone.end.tolist() == [NEVER, NEVER]


def test_plain_lists_become_columns() -> None:
    columns = {name: getattr(ONE, name).tolist() for name in Spells.__dataclass_fields__}
    assert Spells(**columns).person.dtype == np.int64


@pytest.mark.parametrize(
    ("sources", "disputed", "tier", "reason"),
    [
        ([("ngo", False, True), ("court", True, True)], False, Tier.A, TierReason.CORROBORATED),
        ([("ngo", False, True), ("press", False, True)], False, Tier.B, TierReason.RELIABLE),
        ([("court", True, True)], False, Tier.B, TierReason.RELIABLE),
        ([("court", True, True), ("court", False, True)], False, Tier.B, TierReason.RELIABLE),
        ([("channel", False, False)], False, Tier.C, TierReason.REPORTED),
        ([], False, Tier.C, TierReason.UNSOURCED),
        ([("ngo", False, True), ("court", True, True)], True, Tier.D, TierReason.DISPUTED),
    ],
)
def test_a_tier_comes_from_its_sources(
    sources: list[tuple[str, bool, bool]], *, disputed: bool, tier: Tier, reason: TierReason
) -> None:
    given_ = tier_from_sources((SourceMark(*source) for source in sources), disputed=disputed)
    assert (given_.tier, given_.reason) == (tier, reason)


@given(st.lists(st.tuples(st.lists(_marks, max_size=4), st.booleans()), max_size=6))
def test_tiers_of_many_records_are_the_tiers_of_each(
    records: list[tuple[list[SourceMark], bool]],
) -> None:
    each = [tier_from_sources(marks, disputed=disputed) for marks, disputed in records]
    together = tiers_from_counts(
        np.array([tier.independent for tier in each], dtype=np.int64),
        np.array([tier.primary for tier in each], dtype=np.int64),
        np.array([tier.reliable for tier in each], dtype=np.int64),
        np.array([disputed for _, disputed in records], dtype=np.bool_),
    )
    assert together.tolist() == [tier.tier for tier in each]


@given(st.lists(_marks, max_size=5), _marks)
def test_another_source_never_weakens_a_record(marks: list[SourceMark], more: SourceMark) -> None:
    assert tier_from_sources([*marks, more]).tier <= tier_from_sources(marks).tier
