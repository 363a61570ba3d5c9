"""An episode in monthly trade: planted effects are recovered, and noise is left alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from undaunted.coercion.exposure.readers import FileRefused, read_monthly
from undaunted.coercion.exposure.rules import (
    Effect,
    Episode,
    Monthly,
    Needs,
    TooShort,
    WarningRefused,
    effect_on,
    reached,
    warned_of,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []

MONTHS, START = 40, 30
COUNTRIES = ("TGT", "CRC", "THR", *(f"N{each:02d}" for each in range(6)))
NAMES = tuple(f"{2020 + at // 12}-{at % 12 + 1:02d}" for at in range(MONTHS))
GOODS, PARTS = "0403", "8471"
EPISODE = Episode("TGT", "CRC", NAMES[START], (GOODS,), (PARTS,))


def drawn(seed: int) -> dict[tuple[str, str, str], np.ndarray]:
    """Draw sales that share two tides, each pair by its own measure, with a little noise."""
    rng = np.random.default_rng(seed)
    tides = np.stack([1 + 0.01 * np.arange(MONTHS), 1 + 0.2 * np.sin(np.arange(MONTHS) / 2)])
    return {
        (seller, buyer, product): rng.uniform(50, 150)
        * (rng.dirichlet((2, 2)) @ tides)
        * rng.normal(1, 0.03, MONTHS).clip(0.5)
        for product in (GOODS, PARTS)
        for seller in COUNTRIES
        for buyer in COUNTRIES
        if seller != buyer
    }


def months() -> str:
    """Write a file of months in which TGT loses 80 % of what it sold to CRC."""
    sales = {key: series for key, series in drawn(5).items() if key[2] == GOODS}
    sales["TGT", "CRC", GOODS][START:] *= 0.2
    rows = [
        f"{month},{_lettered(seller)},{_lettered(buyer)},{product},{value}"
        for (seller, buyer, product), series in sales.items()
        for month, value in zip(NAMES, series, strict=True)
    ]
    return "\n".join(["date,reporter,partner,product,value", *rows, ""])


def _lettered(name: str) -> str:
    return name if name.isalpha() else f"N{'ABCDEF'[COUNTRIES.index(name) - 3]}Z"


def monthly(sales: dict[tuple[str, str, str], np.ndarray]) -> Monthly:
    return Monthly(NAMES, sales)


@pytest.fixture(scope="module")
def planted() -> tuple[dict[str, float], Any]:
    """Plant 80 % lost, sales up by half to THR and onward, and parts of N00 pressed by 60 %."""
    sales = drawn(5)
    before = {key: series.copy() for key, series in sales.items()}
    sales["TGT", "CRC", GOODS][START:] *= 0.2
    sales["TGT", "THR", GOODS][START:] *= 1.5
    sales["THR", "CRC", GOODS][START:] *= 1.6
    sales["N00", "CRC", PARTS][START:] *= 0.4
    true = {
        name: float((sales[key] - before[key])[START:].sum())
        for name, key in {
            "loss": ("TGT", "CRC", GOODS), "out": ("TGT", "THR", GOODS),
            "onward": ("THR", "CRC", GOODS), "pressed": ("N00", "CRC", PARTS),
        }.items()
    }  # fmt: skip
    return true, warned_of(monthly(sales), EPISODE)


def within(effect: Effect, true: float) -> bool:
    return effect.low <= true <= effect.high


def test_planted_loss_is_recovered_with_its_interval(planted: Any) -> None:
    true, warned = planted
    loss = warned.loss
    assert loss.found
    assert within(loss, true["loss"])
    assert loss.effect == pytest.approx(true["loss"], rel=0.15)
    assert loss.part == pytest.approx(-0.8, abs=0.1)
    assert loss.high < 0
    assert loss.p_value <= 0.05
    assert not loss.in_time.found
    assert loss.weights.sum() == pytest.approx(1)
    assert (loss.weights >= 0).all()
    assert len(loss.placebos) == len(loss.weights) == len(warned.donors)
    farther = (np.abs(loss.placebos) >= abs(loss.off)).sum()
    assert loss.p_value == (1 + farther) / (1 + len(loss.placebos))
    assert loss.off < 0


def test_interval_is_laid_evenly_over_the_months_after(planted: Any) -> None:
    _true, warned = planted
    loss = warned.loss
    bounds = np.array([reached(loss, at) for at in range(MONTHS)])
    assert (bounds[:START] == loss.expected[:START, None]).all()
    wide = bounds[START:, 1] - loss.expected[START:]
    assert wide.sum() == pytest.approx((loss.high - loss.low) / 2)
    assert (bounds >= 0).all()


def test_flow_that_begins_late_gives_numbers_and_no_warning() -> None:
    late = np.where(np.arange(MONTHS) < START - 2, 0.0, 50.0)
    donors = np.array([each for key, each in drawn(1).items() if key[0].startswith("N")])
    effect = effect_on(late, donors, START)
    assert effect.in_time.effect == 0
    assert np.isfinite([effect.effect, effect.low, effect.high, effect.off]).all()


def test_what_goes_round_is_told_apart_from_what_is_lost(planted: Any) -> None:
    true, warned = planted
    (route,) = warned.routes
    assert route.country == "THR"
    assert route.amount == pytest.approx(min(true["out"], true["onward"]), rel=0.1)
    assert 0 < route.low < route.amount < route.high
    assert warned.diverted == route.amount


def test_pressure_on_others_is_told_apart_by_seller(planted: Any) -> None:
    true, warned = planted
    ((seller, effect),) = warned.pressed
    assert seller == "N00"
    assert within(effect, true["pressed"])
    assert within(warned.components, true["pressed"])


def test_noise_is_left_alone() -> None:
    found = [warned_of(monthly(drawn(seed)), replace(EPISODE, components=())) for seed in range(5)]
    assert sum(each.loss.found for each in found) <= 1  # a tenth of five, and luck
    assert sum(within(each.loss, 0) for each in found) >= 4
    assert sum(len(each.routes) for each in found) <= 1
    assert {each.said[-1] for each in found} == {
        "Component pressure was not looked at: no products were named for it."
    }


def test_placebo_in_time_that_moves_and_a_poor_match_forbid_a_conclusion() -> None:
    sales = drawn(2)
    early = sales["TGT", "CRC", GOODS].copy()
    early[START - 7 :] *= 0.2
    donors = np.array([each for key, each in sales.items() if "TGT" not in key])[:30]
    effect = effect_on(early, donors, START)
    assert effect.in_time.found
    assert not effect.found
    wild = np.where(np.arange(MONTHS) % 2, 300.0, 1.0)
    wild[START:] = 0
    effect = effect_on(wild, donors, START)
    assert not effect.well_matched
    assert not effect.found


def test_placebo_in_time_that_is_small_beside_the_effect_does_not_speak_against_it() -> None:
    sales = drawn(2)
    donors = np.array([each for key, each in sales.items() if "TGT" not in key])[:30]
    hit = sales["TGT", "CRC", GOODS].copy()
    hit[START - 7 :] *= 0.9
    alone = effect_on(hit, donors, START)
    assert alone.in_time.high < 0
    assert alone.in_time.found
    hit[START:] *= 0.1
    effect = effect_on(hit, donors, START)
    assert effect.in_time.high < 0
    assert effect.found
    assert effect.part < -0.8


def test_too_short_or_empty_series_are_refused() -> None:
    sales = monthly(drawn(1))
    with pytest.raises(WarningRefused, match="12 months lie before the measure; 24"):
        warned_of(sales, replace(EPISODE, since=NAMES[12]))
    with pytest.raises(WarningRefused, match="1 months lie after the measure; 3"):
        warned_of(sales, replace(EPISODE, since=NAMES[-1]))
    with pytest.raises(WarningRefused, match="2031-01 is not among the months"):
        warned_of(sales, replace(EPISODE, since="2031-01"))
    with pytest.raises(WarningRefused, match="no sales of TGT to CRC of 9999"):
        warned_of(sales, replace(EPISODE, products=("9999",)))
    few = {key: each for key, each in drawn(1).items() if key[0] in {"TGT", "N00"}}
    with pytest.raises(WarningRefused, match="untouched flows are there to compare with"):
        warned_of(monthly(few), EPISODE)
    none = {**drawn(1), ("TGT", "CRC", GOODS): np.zeros(MONTHS)}
    with pytest.raises(WarningRefused, match="no trade before the measure"):
        warned_of(monthly(none), EPISODE)
    with pytest.raises(TooShort, match="0 untouched"):
        effect_on(np.ones(MONTHS), np.zeros((0, MONTHS)), START)


def test_component_pressure_says_why_it_cannot_be_told() -> None:
    sales = drawn(1)
    goods = {key: each for key, each in sales.items() if key[2] == GOODS}
    nobody = warned_of(monthly(goods), EPISODE)
    assert nobody.said == ("Nobody else sells the named products to the coercer.",)
    few = goods | {key: each for key, each in sales.items() if key == ("N00", "CRC", PARTS)}
    lonely = warned_of(monthly(few), EPISODE)
    assert lonely.components is None
    assert "0 untouched flows" in lonely.said[0]


def test_third_country_that_never_traded_is_no_route() -> None:
    sales = {**drawn(1), ("TGT", "THR", GOODS): np.zeros(MONTHS)}
    del sales["N00", "CRC", GOODS]
    needs = Needs(level=0.5)
    assert all(
        route.country not in {"THR", "N00"}
        for route in warned_of(monthly(sales), EPISODE, needs=needs).routes
    )


HEAD = "date,reporter,partner,product,value\n"


def test_months_are_read_and_silent_sellers_left_out(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text(
        f"{HEAD}2021-01,ltu,CHN,0403,5\n2021-03-15,LTU,CHN,0403,7\n2021-02,LTU,DEU,0403,1\n"
        "2021-01,LVA,CHN,0403,5\n",
        encoding="utf-8",
    )
    found = read_monthly(path)
    assert found.months == ("2021-01", "2021-02", "2021-03")
    assert found.sales["LTU", "CHN", "0403"].tolist() == [5, 0, 7]
    assert found.said == ("LVA was left out: it reports nothing in 2 of 3 months.",)
    assert {key[0] for key in found.sales} == {"LTU"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("date,reporter\n", "column partner: is missing"),
        (HEAD, "holds no rows"),
        (f"{HEAD}2021-13,LTU,CHN,1,1\n", "row 2, column date: '2021-13': a month such as"),
        (f"{HEAD}1700-01,LTU,CHN,1,1\n", "row 2, column date"),
        (f"{HEAD}2021-01,LT,CHN,1,1\n", "row 2, column reporter: 'LT': three letters"),
        (f"{HEAD}2021-01,LTU,CHN,,1\n", "row 2, column product: a code is asked for"),
        (f"{HEAD}2021-01,LTU,CHN,1,-1\n", "row 2, column value: '-1': a number"),
        (f"{HEAD}2021-01,LTU,CHN,1,inf\n", "row 2, column value"),
        (f"{HEAD}2021-01,LTU,CHN,1,x\n", "row 2, column value"),
        (f"{HEAD}\n2021-01,LTU,CHN,1\n", "row 3, column value: '': a number"),
        (f"{HEAD}2021-01,LTU,LTU,1,1\n", "row 2: a country does not trade with itself"),
        (f"{HEAD}2021-01,LTU,CHN,1,1\n2021-01-09,LTU,CHN,1,1\n", "row 3: this flow stands there"),
        (f"{HEAD}1962-01,LTU,CHN,1,1\n2021-01,LTU,CHN,1,1\n", "spans 709 months; 600 are taken"),
    ],
)
def test_bad_rows_are_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "m.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileRefused) as refused:
        read_monthly(path)
    assert said in str(refused.value)


def test_unreadable_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"gone\.csv: No such file"):
        read_monthly(tmp_path / "gone.csv")
    (tmp_path / "b.csv").write_bytes(HEAD.encode() + b"\xff\xfe\n")
    with pytest.raises(FileRefused, match="cannot be read as CSV"):
        read_monthly(tmp_path / "b.csv")
