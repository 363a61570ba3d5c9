"""What makes a world: each table that does not fit is named with its row and its rule."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.engines.trade.worlds import small_world, tables
from undaunted.engines.trade import WorldMalformed, balance_of, make_world, settled


def _with(name: str, at: tuple[Any, ...], value: float) -> dict[str, Any]:
    told = tables()
    told[name] = np.array(told[name], dtype=float)
    told[name][at] = value
    return told


@pytest.mark.parametrize(
    ("name", "at", "value", "words"),
    [
        ("trade_shares", (0, 1, 0), -0.1, r"trade_shares\[0, 1, 0\]: -0.1; at least 0"),
        ("trade_shares", (0, 1, 0), 0.9, r"trade_shares\[C0, farms\]: they sum to"),
        ("tariffs", (0, 1, 2), np.nan, "not a finite number"),
        ("tariffs", (0, 1, 2), -1.5, "at least -1"),
        ("tariffs", (0, 1, 2), -1.0, r"tariffs\[C0, C1, shops\]: must lie above -100 %"),
        ("input_shares", (3, 1, 1), 0.9, "value_added_shares and input_shares.*C3, mills"),
        ("input_shares", (3, 1, 1), -0.5, "at least -0.01"),
        ("final_shares", (2, 0), 5.0, r"final_shares\[C2\]: they sum to"),
        ("elasticities", (1,), 0.0, r"elasticities\[mills\]: must be above zero"),
        ("value_added", (1,), 0.0, r"value_added\[C1\]: must be above zero"),
        ("deficits", (1,), -1e9, r"income\[C1\]: must be above zero"),
    ],
)
def test_table_that_no_world_has_is_named(
    name: str, at: tuple[int, ...], value: float, words: str
) -> None:
    with pytest.raises(WorldMalformed, match=words):
        make_world(**_with(name, at, value))


def test_axes_are_checked() -> None:
    with pytest.raises(WorldMalformed, match="regions: empty"):
        make_world(**(tables() | {"regions": []}))
    with pytest.raises(WorldMalformed, match="sectors: farms stands there more than once"):
        make_world(**(tables() | {"sectors": ["farms", "farms", "mills"]}))
    with pytest.raises(WorldMalformed, match=r"deficits: has the shape \(2,\)"):
        make_world(**(tables() | {"deficits": [0, 0]}))


def test_buyer_of_nothing_buys_at_home() -> None:
    world = make_world(**_with("trade_shares", (1, slice(None), 2), 0.0))
    assert world.trade_shares[1, 1, 2] == 1


def test_what_nearly_balances_is_settled_and_the_gap_told() -> None:
    given = make_world(**(tables() | {"value_added": np.array(tables()["value_added"]) * 1.001}))
    world, off = settled(given)
    assert 0.0009 < off.labour < 0.0011
    after = balance_of(world)
    assert max(after.goods, after.labour, after.deficits) < 1e-14
    assert not world.trade_shares.flags.writeable


def test_inputs_beyond_all_that_is_bought_are_refused() -> None:
    told = tables()
    told["expenditure"] = np.array(told["expenditure"])
    told["expenditure"][2, 1] *= 0.01
    with pytest.raises(WorldMalformed, match=r"expenditure\[C2, mills\]: the inputs of this"):
        settled(make_world(**told))


def test_digest_names_the_data() -> None:
    assert small_world(1).digest == small_world(1).digest != small_world(2).digest
