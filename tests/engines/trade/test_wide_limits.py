"""Quotas by everybody on everything: found where something is left to pay with, else refused."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engines.trade.worlds import lopsided_world
from undaunted.engines.trade import (
    Deficits,
    Kind,
    NotConverged,
    Scenario,
    Shock,
    solve,
    trade_quantities,
)

OFF = ~np.eye(4, dtype=bool)


def _everybody(allowed: float, deficits: Deficits) -> Scenario:
    shock = Shock("all", "all", "all", Kind.QUOTA, allowed)
    return Scenario("everybody", (shock,), deficits=deficits, tolerance=1e-8)


@pytest.mark.parametrize(
    ("allowed", "deficits"),
    [(90, Deficits.FIXED), (50, Deficits.BALANCED)],
)
def test_quota_of_everybody_on_everything_is_found(allowed: float, deficits: Deficits) -> None:
    """Where deficits stay, some flows fall below their limit, and steps that are mixed mislead."""
    found = solve(lopsided_world(4), _everybody(allowed, deficits))
    quantity, worth = trade_quantities(found)[OFF], found.scarcity
    assert worth is not None
    assert (quantity <= allowed / 100 * (1 + 1e-7)).all()
    assert np.allclose(quantity[worth[OFF] > 0], allowed / 100, rtol=1e-7)
    assert (worth[OFF] > 0).all() == (deficits is Deficits.BALANCED)
    assert found.certificate.market_clearing < 1e-7


def test_limits_that_leave_too_little_to_pay_a_deficit_with_say_so() -> None:
    world = lopsided_world(6, off=0.6)
    with pytest.raises(
        NotConverged, match=r'must still be paid for .* deficits = "balanced" settles'
    ):
        solve(world, _everybody(50, Deficits.FIXED))
    assert solve(world, _everybody(50, Deficits.BALANCED)).scarcity is not None
