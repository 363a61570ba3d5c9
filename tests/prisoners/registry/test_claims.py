"""What may be claimed of an act: tiers that sources carry, and days that can be true."""

from __future__ import annotations

from datetime import date

import pytest

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.evidence.rules import Grade, SourceFacts, SourceKind
from undaunted.prisoners.registry.rules.claims import (
    ClaimRefused,
    DayNotCome,
    EndsBeforeStart,
    TierTooHigh,
    check_come,
    check_correction,
    check_order,
    check_tier,
    tier_at_most,
)

TODAY = date(2026, 11, 1)


def source(name: str, grade: str = "A1", kind: SourceKind = SourceKind.COURT_PAPER) -> SourceFacts:
    return SourceFacts(name, kind, Grade.parse(grade))


PAPER, SISTER = source("a"), source("b", kind=SourceKind.FAMILY)
RUMOUR = source("c", "E5", SourceKind.ANONYMOUS)


@pytest.mark.parametrize(
    ("sources", "best"),
    [([PAPER, SISTER], "A"), ([PAPER], "B"), ([PAPER, PAPER], "B"), ([RUMOUR], "C")],
)
def test_a_tier_is_no_better_than_its_sources(sources: list[SourceFacts], best: str) -> None:
    for tier in "ABCD":
        assert tier_at_most(tier, sources) == max(tier, best)
        if tier >= best:
            check_tier(tier, sources)
        else:
            with pytest.raises(TierTooHigh, match=f"^Tier {tier} needs .* lower tier") as refusal:
                check_tier(tier, sources)
            assert refusal.value.field == "tier"


@pytest.mark.parametrize("day", ["2026-11-02", "2027", "2999/.."])
def test_a_day_certainly_ahead_has_not_come(day: str) -> None:
    with pytest.raises(DayNotCome) as refusal:
        check_come("start", PartialDate.parse(day), TODAY)
    assert refusal.value.field == "start"


@pytest.mark.parametrize("day", ["2026-11-01", "2026", "2026-11", "../2999", "2026-11-02~"])
def test_a_day_that_may_have_come_stands(day: str) -> None:
    check_come("start", PartialDate.parse(day), TODAY)
    check_come("on", None, TODAY)
    check_come("on", TODAY, TODAY)


def test_only_an_end_certainly_before_the_start_is_refused() -> None:
    start, end = PartialDate.parse("2021-08"), PartialDate.parse("2021")
    check_order("end", start, end)
    check_order("end", None, end)
    with pytest.raises(EndsBeforeStart):
        check_order("end", start, PartialDate.parse("2021-07"))


def test_a_correction_is_judged_with_the_days_that_stay() -> None:
    later, earlier = PartialDate.parse("2023"), PartialDate.parse("2019")
    check_correction("2020", "2019", None, None)
    check_correction("2020", "", later, None)
    for start, end, field in ((later, None, "start"), (None, earlier, "end")):
        with pytest.raises(ClaimRefused) as refusal:
            check_correction("2020", "2022", start, end)
        assert refusal.value.field == field
