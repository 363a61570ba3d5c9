"""What no model can take is refused by name, or set right as it says; never a silent nan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.engines.trade.worlds import small_world, tables
from undaunted.engines.trade import (
    Deficits,
    Effort,
    MeasureRefused,
    NotConverged,
    Scenario,
    Shock,
    SupplyCutOff,
    World,
    WorldMalformed,
    make_world,
    measures_of,
    no_measures,
    prepare,
    settled,
    solve,
)

WORLD = replace(small_world(6), sectors=("A01", "C10T12", "Services"))
GROUND = prepare(WORLD)


def _closed(*pairs: tuple[str | tuple[str, ...], str | tuple[str, ...]]) -> Scenario:
    shocks = tuple(Shock(one, other, "all", "ban") for one, other in pairs)  # type: ignore[arg-type]
    return Scenario("closed", shocks)


def test_embargo_of_everything_is_autarky() -> None:
    everything = replace(_closed(("all", "all")), deficits=Deficits.BALANCED)
    found = solve(GROUND, everything)
    assert (found.real_wages < 0).all()
    assert found.certificate.assumptions[-1].endswith("have wages in a unit of their own")


@pytest.mark.parametrize("way", [(("C0", "C1"), ("C2", "C3"))])
def test_blocks_are_solved_where_neither_owes_the_other(way: tuple[Any, Any]) -> None:
    one, other = way
    parted = _closed((one, other), (other, one))
    with pytest.raises(SupplyCutOff, match=r"C0, C1 would trade with nobody else and still spend"):
        solve(_indebted(), parted)
    found = solve(GROUND, replace(parted, deficits=Deficits.BALANCED))
    assert np.isfinite(found.real_income).all()
    money = Shock("C0", "C2", "all", "transfer", 1.0)  # type: ignore[arg-type]
    with pytest.raises(SupplyCutOff, match="spend beyond its income by 1;"):
        solve(
            GROUND,
            replace(parted, shocks=(*parted.shocks, money), deficits=Deficits.BALANCED),
        )
    open_ = _closed((one, other))
    assert "unit of their own" not in solve(GROUND, open_).certificate.assumptions[-1]


def test_one_who_is_shut_out_is_named() -> None:
    with pytest.raises(SupplyCutOff, match="C0 would trade with nobody else"):
        solve(_indebted(), _closed(("C0", "all"), ("all", "C0")))


def _indebted() -> World:
    """Give a world in which one country spends beyond its income."""
    told = tables(6)
    spent = np.array(told["expenditure"])
    spent[0] *= 1.1
    return settled(replace(make_world(**(told | {"expenditure": spent})), sectors=WORLD.sectors))[0]


def test_world_that_falls_apart_is_refused() -> None:
    shares = WORLD.trade_shares.copy()
    for n, i in ((0, 2), (0, 3), (1, 2), (1, 3)):
        for one, other in ((n, i), (i, n)):
            shares[one, one] += shares[one, other]
            shares[one, other] = 0
    with pytest.raises(WorldMalformed, match="trade_shares: C0, C1 and the other countries do not"):
        prepare(replace(WORLD, trade_shares=shares))


def test_row_of_zeros_is_bought_at_home_or_refused() -> None:
    told = tables()
    for name, words in (
        ("final_shares", r"final_shares\[C1\]: they sum to 0"),
        ("value_added", r"value_added\[C1\]: must be above zero"),
        ("value_added_shares", r"value_added_shares and input_shares\[C1"),
    ):
        table = np.array(told[name], dtype=float)
        table[1] = 0
        with pytest.raises(WorldMalformed, match=words):
            make_world(**(told | {name: table}))
    spent = np.array(told["expenditure"])
    spent[1] = 0
    with pytest.raises(WorldMalformed, match=r"C1"):
        settled(make_world(**(told | {"expenditure": spent})))


def test_sector_that_nobody_makes_or_buys_stays_at_nothing() -> None:
    told = tables()
    spent, final = np.array(told["expenditure"]), np.array(told["final_shares"])
    inputs, beta = np.array(told["input_shares"]), np.array(told["value_added_shares"])
    beta += inputs[:, 2]
    spent[:, 2], final[:, 2], inputs[:, 2] = 0, 0, 0
    final /= final.sum(1, keepdims=True)
    world, _ = settled(
        make_world(
            **(
                told
                | {
                    "expenditure": spent,
                    "final_shares": final,
                    "input_shares": inputs,
                    "value_added_shares": beta,
                }
            )
        )
    )
    levy = replace(_closed(("C1", "C2")), shocks=(Shock("C1", "C2", "all", "tariff_pp", 10),))  # type: ignore[arg-type]
    found = solve(world, levy)
    assert np.isfinite(found.real_income).all()
    assert (found.expenditure[:, 2] < 1e-9 * world.value_added).all()


@pytest.mark.parametrize("name", ["trade_shares", "final_shares", "expenditure", "value_added"])
def test_negative_and_endless_numbers_are_refused(name: str) -> None:
    for value, words in ((-1.0, "at least 0 is asked"), (np.inf, "not a finite number")):
        table = np.array(tables()[name], dtype=float)
        table[1] = value
        with pytest.raises(WorldMalformed, match=rf"{name}\[1.*{words}"):
            make_world(**(tables() | {name: table}))


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("ban", 0, r"shocks\[1\].value: a ban closes all"),
        ("tariff_pp", "x", r"shocks\[1\].value: 'x'; tariff_pp must be a number"),
    ],
)
def test_value_that_means_nothing_is_refused(kind: Any, value: Any, words: str) -> None:
    with pytest.raises(MeasureRefused, match=words):
        measures_of(WORLD, Scenario("odd", (Shock("C1", "C2", "all", kind, value),)))


def test_unknown_closure_is_refused_and_no_search_warns() -> None:
    with pytest.raises(MeasureRefused, match="deficits: bogus; write one of fixed, balanced"):
        solve(GROUND, no_measures(WORLD), deficits="bogus")  # type: ignore[arg-type]
    odd: Any = Shock("all", "all", "all", "quota", 1e-6)  # type: ignore[arg-type]
    with pytest.raises(
        NotConverged, match=r"(?s)^no (?!.*allow more).*1e-09.*Where most of the world"
    ):
        solve(GROUND, Scenario("wide", (odd,), tolerance=1e-9), effort=Effort(1e-9, most=3))


def test_subsidy_may_be_large_and_not_whole() -> None:
    told = measures_of(
        WORLD,
        Scenario("gift", (Shock("C1", "C2", "all", "tariff_pp", -50),)),  # type: ignore[arg-type]
    )
    assert np.isfinite(solve(GROUND, told).real_income).all()
