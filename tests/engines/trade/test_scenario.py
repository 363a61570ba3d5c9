"""A scenario's words become the measures that they name, or are refused by field and rule."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.engines.trade.worlds import small_world
from undaunted.engines.trade import (
    Kind,
    MeasureRefused,
    Scenario,
    Shock,
    SupplyCutOff,
    measures_of,
    prepare,
    solve,
)

WORLD = replace(small_world(6), sectors=("A01", "C10T12", "Services"))
GROUND = prepare(WORLD)
GROUPS = {"friends": ("C1", "C3")}


def _asked(kind: str, value: float | None = None, **more: Any) -> Scenario:
    shock = Shock(
        more.get("importer", "friends"),
        more.get("exporter", "C2"),
        more.get("sectors", "goods"),
        kind,  # type: ignore[arg-type]
        value,
    )
    return Scenario("asked", (shock,), GROUPS)


def test_group_that_no_shock_names_and_shock_on_a_closed_flow_are_told() -> None:
    groups = {"named": ("C1",), "idle": ("C2", "C3")}
    ban = Shock(("C0",), "named", "A01", Kind.BAN)
    levy = Shock("C0", "C1", ("A01", "C10T12"), Kind.TARIFF_PP, 10)
    told = measures_of(WORLD, Scenario("two", (ban, levy), groups)).assumptions
    assert told == (
        "groups.idle: no shock names it, so that it changes nothing",
        "shocks[2]: another shock closes 1 of 2 flows that this tariff_pp falls on",
    )
    shut = Scenario("all", (replace(levy, sectors="A01"), replace(ban, exporter="C1")))
    assert measures_of(WORLD, shut).assumptions == (
        "shocks[1]: another shock closes all flows that this tariff_pp falls on",
    )
    assert not measures_of(WORLD, Scenario("one", (levy,))).assumptions


def test_points_are_added_to_the_tariff_of_those_named() -> None:
    told = measures_of(WORLD, _asked("tariff_pp", 25)).tariffs - WORLD.tariffs
    assert np.allclose(told[[1, 3], 2, :2], 0.25)
    told[[1, 3], 2, :2] = 0
    assert not told.any()


def test_per_cent_is_of_the_factor() -> None:
    told = measures_of(WORLD, _asked("tariff_pct", 10, sectors="C10T12"))
    assert np.allclose(1 + told.tariffs[1, 2, 1], 1.1 * (1 + WORLD.tariffs[1, 2, 1]))


def test_shocks_add_up_and_factors_multiply() -> None:
    one, other = _asked("iceberg", 10).shocks[0], _asked("iceberg", 20, importer="C1").shocks[0]
    told = measures_of(WORLD, Scenario("both", (one, other), GROUPS)).barriers
    assert np.isclose(told[1, 2, 0], 1.1 * 1.2)
    assert np.isclose(told[3, 2, 0], 1.1)
    tax = _asked("export_tax_pp", 5).shocks[0]
    taxes = measures_of(WORLD, Scenario("taxes", (tax, tax), GROUPS)).export_taxes
    assert taxes is not None
    assert np.isclose(taxes[1, 2, 0], 0.1)


def test_own_goods_are_never_touched() -> None:
    told = measures_of(WORLD, _asked("ban", importer="all", exporter="all", sectors="services"))
    n = np.arange(4)
    assert (told.barriers[n, n] == 1).all()
    assert np.isinf(told.barriers[..., 2]).sum() == 12
    assert (told.barriers[..., :2] == 1).all()


def test_several_names_are_taken_once_each() -> None:
    told = measures_of(
        WORLD, _asked("tariff_pp", 10, importer=("friends", "C1", "C0"), sectors=("A01", "A01"))
    )
    moved = np.argwhere(~np.isclose(told.tariffs, WORLD.tariffs))
    assert moved.tolist() == [[0, 2, 0], [1, 2, 0], [3, 2, 0]]


def test_what_is_asked_in_words_is_what_arrays_say() -> None:
    scenario = _asked("tariff_pp", 25)
    found = solve(GROUND, measures_of(WORLD, scenario), deficits=scenario.deficits)
    assert found.real_income[2] < 0


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"kind": "tarif"}, r"shocks\[1\].kind: tarif is none of tariff_pp, "),
        ({"kind": "tariff_pp"}, r"shocks\[1\].value: tariff_pp needs a number"),
        ({"kind": "tariff_pp", "value": np.nan}, "must be a number"),
        ({"kind": "tariff_pct", "value": -100}, "-100; tariff_pct must be a number above -100"),
        ({"kind": "iceberg", "value": np.inf}, "must be a number"),
        ({"kind": "tariff_pp", "value": -150}, r"tariffs\[C1, C2, A01\]: .*must lie above -1"),
        ({"kind": "ban", "value": 25}, "takes no number"),
        ({"kind": "ban", "importer": "freinds"}, "country or group of this world; do you mean fri"),
        ({"kind": "ban", "exporter": "c2"}, r"shocks\[1\].exporter: c2 is no .*do you mean C2"),
        ({"kind": "ban", "importer": "Zq"}, "there is, for example, C0"),
        ({"kind": "ban", "importer": ()}, "importer: empty"),
        ({"kind": "ban", "sectors": ()}, "sectors: empty"),
        ({"kind": "ban", "sectors": "C10T13"}, "is no sector of this world; do you mean C10T12"),
        ({"kind": "ban", "importer": "C2"}, "importer and exporter are one country"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked: dict[str, Any], words: str) -> None:
    with pytest.raises(MeasureRefused, match=words):
        measures_of(WORLD, _asked(**asked))


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ({"all": ("C1",)}, "groups.all: this name has a meaning already"),
        ({"C1": ("C1",)}, "groups.C1: this name has a meaning"),
        ({"none": ()}, "groups.none: empty"),
        ({"odd": ("C7",)}, "groups.odd: C7 is no country of this world"),
    ],
)
def test_group_that_means_nothing_is_refused(groups: dict[str, Any], words: str) -> None:
    with pytest.raises(MeasureRefused, match=words):
        measures_of(WORLD, Scenario("groups", (), groups))


def test_goods_are_those_of_isic() -> None:
    words = replace(WORLD, sectors=("farms", "mills", "shops"))
    with pytest.raises(MeasureRefused, match="no sector of this world has a code of ISIC A to C"):
        measures_of(words, _asked("ban"))
    goods = replace(WORLD, sectors=("A", "B05", "C10"))
    with pytest.raises(MeasureRefused, match="this world has no services"):
        measures_of(goods, _asked("ban", sectors="services"))


def test_embargo_of_everything_names_who_is_cut_off() -> None:
    shares = WORLD.trade_shares.copy()
    shares[3, :, 1], shares[3, 1, 1] = 0.0, 1.0
    world = replace(WORLD, trade_shares=shares)
    with pytest.raises(SupplyCutOff, match="C3 buys C10T12"):
        measures_of(world, _asked("ban", importer="all", exporter="all", sectors="all"))


@pytest.mark.parametrize("tolerance", [0.0, -1e-9, 2.0, np.nan])
def test_tolerance_is_a_small_number(tolerance: float) -> None:
    with pytest.raises(MeasureRefused, match="tolerance: "):
        solve(GROUND, replace(_asked("tariff_pp", 25), tolerance=tolerance))


def test_kinds_are_named_as_in_a_file() -> None:
    assert Kind("tariff_pp") is Kind.TARIFF_PP
