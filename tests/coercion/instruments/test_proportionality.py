"""What measures cost together never goes beyond the injury that was measured."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.coercion.instruments.rules import (
    Effect,
    MeasuredInjury,
    MeasureRefused,
    Verdict,
    check_effect,
    check_injury,
    check_proportionate,
    weigh,
)

INJURY = MeasuredInjury(
    80, 100, 130, "EUR million", 2025, "Result of the replay, attached", "a" * 64
)


def effect(low: float, best: float, high: float) -> Effect:
    return Effect(low, best, high, "EUR million", 2025, "Scenario of the duties")


@pytest.mark.parametrize(
    ("effects", "verdict"),
    [
        ({"a": effect(20, 30, 40), "b": effect(20, 30, 40)}, Verdict.WITHIN),
        ({"a": effect(20, 30, 41), "b": effect(20, 30, 40)}, Verdict.WARNED),
        ({"a": effect(40, 60, 80), "b": effect(10, 40, 50)}, Verdict.WARNED),
        ({"a": effect(40, 60, 80), "b": effect(10, 40, 51)}, Verdict.REFUSED),
        ({"a": effect(0, 0.01, 1e9)}, Verdict.REFUSED),
        ({"a": effect(40, 60, 80), "b": effect(10, 40.001, 60)}, Verdict.REFUSED),
    ],
)
def test_sum_of_effects_is_held_against_the_injury(
    effects: dict[str, Effect], verdict: Verdict
) -> None:
    weighed = weigh(effects, INJURY)
    assert weighed.verdict is verdict
    if verdict is Verdict.REFUSED:
        with pytest.raises(MeasureRefused, match="exceeds that of the injury"):
            check_proportionate(weighed)
    else:
        check_proportionate(weighed)


intervals = st.lists(st.floats(0.01, 1000), min_size=3, max_size=3).map(sorted)


@given(st.lists(intervals, min_size=1, max_size=4), intervals)
def test_one_more_measure_never_makes_them_more_proportionate(
    told: list[list[float]], more: list[float]
) -> None:
    order = [Verdict.WITHIN, Verdict.WARNED, Verdict.REFUSED]
    effects = {str(at): effect(*each) for at, each in enumerate(told)}
    before, after = (weigh(each, INJURY) for each in (effects, effects | {"more": effect(*more)}))
    assert order.index(before.verdict) <= order.index(after.verdict)
    beyond = before.best > INJURY.best or before.high > INJURY.high
    assert (before.verdict is Verdict.REFUSED) == beyond


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"low": -1.0}, "numbers from nought up"),
        ({"high": float("nan")}, "numbers from nought up"),
        ({"low": 101.0}, "correct their order"),
        ({"unit": " "}, "injury, unit"),
        ({"source": ""}, "injury, source"),
        ({"year": 25}, "injury, year: 25"),
        ({"digest": "b" * 63}, "injury, digest"),
        ({"digest": "g" * 64}, "injury, digest"),
    ],
)
def test_an_injury_without_interval_source_or_digest_is_refused(
    change: dict[str, object], says: str
) -> None:
    with pytest.raises(MeasureRefused, match=says):
        weigh({"a": effect(1, 2, 3)}, replace(INJURY, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "unit", ["QQQ", "EUR millions", "eur million", "million EUR", "XTS", "EUR ", " EUR", "MEUR"]
)
def test_a_unit_is_a_currency_and_a_scale_that_are_known(unit: str) -> None:
    with pytest.raises(MeasureRefused, match=r"injury, unit: .* is no money that is known"):
        check_injury(replace(INJURY, unit=unit))
    with pytest.raises(MeasureRefused, match=r"effect, unit: .* is no money that is known"):
        check_effect(replace(effect(1, 2, 3), unit=unit))


def test_a_unit_that_was_taken_before_it_had_to_be_known_is_compared() -> None:
    told = replace(effect(1, 2, 3), unit="million EUR")
    weighed = weigh({"a": told}, replace(INJURY, unit="million EUR"))
    assert weighed.verdict is Verdict.WITHIN
    with pytest.raises(MeasureRefused, match="tell both alike"):
        weigh({"a": told}, INJURY)


@pytest.mark.parametrize(
    "unit", ["EUR", "USD billion", "JPY thousand", "XOF million", "EUR trillion", "XDR million"]
)
def test_every_currency_in_use_is_money(unit: str) -> None:
    weigh({"a": replace(effect(1, 2, 3), unit=unit)}, replace(INJURY, unit=unit))


def test_effects_in_other_money_are_not_added() -> None:
    other = replace(effect(1, 2, 3), unit="USD million"), replace(effect(1, 2, 3), year=2024)
    with pytest.raises(MeasureRefused) as refused:
        weigh(dict(zip("ab", other, strict=True)), INJURY)
    assert [each.split(",")[0] for each in refused.value.problems] == ["a", "b"]
    with pytest.raises(MeasureRefused, match="there are none"):
        weigh({}, INJURY)
    with pytest.raises(MeasureRefused, match="effect: low is at most"):
        check_effect(effect(3, 2, 1))
    with pytest.raises(MeasureRefused, match="a, effect: a measure that costs nothing"):
        weigh({"a": effect(0, 0, 0)}, INJURY)
    with pytest.raises(MeasureRefused, match="a, effect: a measure that costs nothing"):
        weigh({"a": effect(0, 1e-300, 1e-299)}, INJURY)
