"""One code for every library: the same numbers from NumPy and from arrays on another device.

`array-api-strict` knows the functions of the standard and nothing beyond it, refuses arrays of two
devices in one sum, and refuses to hand an array of its second device to NumPy unasked. PyTorch is
held against NumPy in the same way by `benchmarks/trade_gpu.py`, where it is installed.
"""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import Any

import array_api_strict
import numpy as np
import pytest
from benchmarks.trade_gpu_page import section

from tests.engines.trade.worlds import small_world
from undaunted.engines.trade import (
    Capital,
    Deficits,
    Effort,
    Limits,
    Measures,
    crossed,
    gradients,
    no_measures,
    prepare,
    solve,
    solve_batch,
    trade_quantities,
)
from undaunted.engines.trade.anderson import Mixing
from undaunted.engines.trade.arrays import as_numpy, sender, turned

EXACT = Effort(tolerance=1e-12)
WORLD = small_world(3)
C = 2
ELSEWHERE = array_api_strict.empty(0, device=array_api_strict.Device("device1"))
GROUND, OTHER = prepare(WORLD), prepare(WORLD, like=ELSEWHERE)


def _measures() -> Measures:
    measures = no_measures(WORLD)
    measures.tariffs[0, C] += 0.3
    measures.barriers[1, C, 1] = 1.2
    return measures


def test_what_is_scarce_is_the_same_elsewhere() -> None:
    most = np.full_like(WORLD.tariffs, np.inf)
    most[0, C] = 0.4
    stock = np.ones_like(WORLD.expenditure)
    stock[1, 0] = 0.8
    told = replace(
        _measures(), limits=Limits(most, most < 1, most > 1), capital=Capital(stock, 0.3)
    )
    here, there = (solve(ground, told, effort=Effort(1e-10)) for ground in (GROUND, OTHER))
    assert np.allclose(here.real_income, there.real_income, rtol=1e-9, atol=1e-9)
    assert np.isclose(trade_quantities(there)[0, C].max(), 0.4, rtol=1e-9)


@pytest.mark.parametrize("deficits", list(Deficits))
def test_scenario_is_the_same_elsewhere(deficits: Deficits) -> None:
    table = np.ones_like(WORLD.tariffs)
    table[0, 1] = 1.05
    plain = replace(_measures(), transfers=np.array([10.0, -10.0, 0, 0]))
    taxed = replace(_measures(), export_taxes=table - 1, final_barriers=table)
    for measures in (plain, taxed):
        here, there = (
            solve(ground, measures, deficits=deficits, effort=EXACT) for ground in (GROUND, OTHER)
        )
        assert isinstance(there.income, np.ndarray)
        for name in ("real_income", "wages", "prices", "output", "revenue"):
            assert np.allclose(getattr(here, name), getattr(there, name), rtol=1e-12, atol=1e-12)
        assert there.certificate.residual <= EXACT.tolerance


@pytest.mark.parametrize(
    ("dtype", "tolerance", "near"), [(np.float64, 1e-12, 1e-12), (np.float32, 2e-5, 1e-5)]
)
def test_batch_is_the_same_elsewhere(
    dtype: type[np.floating[Any]], tolerance: float, near: float
) -> None:
    rng = np.random.default_rng(4)
    on_exports = WORLD.tariffs[:, C] + rng.choice([0, 0.1, 0.5], (5, 4, 3))
    on_exports[0] = WORLD.tariffs[:, C]
    here, there = prepare(WORLD, dtype=dtype), prepare(WORLD, dtype=dtype, like=ELSEWHERE)
    lying_there = array_api_strict.asarray(on_exports, device=ELSEWHERE.device)
    told, *same = (
        solve_batch(ground, crossed(ground, C, on_exports=given), effort=Effort(tolerance))
        for ground, given in ((here, on_exports), (there, on_exports), (there, lying_there))
    )
    for batch in same:
        assert batch.found.all()
        assert np.allclose(batch.real_income, told.real_income, rtol=0, atol=near)


def test_slopes_are_the_same_elsewhere() -> None:
    found = solve(GROUND, _measures(), effort=EXACT)
    here, there = (
        gradients(ground, found, ["C2", "C0"], effort=EXACT) for ground in (GROUND, OTHER)
    )
    assert np.allclose(here.tariffs, there.tariffs, rtol=0, atol=1e-12)
    assert np.allclose(here.barriers, there.barriers, rtol=0, atol=1e-12)


def test_what_is_sent_lies_in_the_order_of_its_axes() -> None:
    table = np.arange(24.0).reshape(2, 3, 4)
    there = array_api_strict.asarray(table, device=ELSEWHERE.device)
    asked = array_api_strict.permute_dims(there, (2, 1, 0))
    told = sender(ELSEWHERE)(asked)
    assert told.device == ELSEWHERE.device
    for sent, right in ((told, table.T), (turned(there[0, :, :]), table[0].T)):
        lying = as_numpy(sent.to_device(array_api_strict.Device("CPU_DEVICE")))
        assert lying.flags.c_contiguous
        assert np.array_equal(lying, right)


def test_the_past_is_made_in_the_type_of_the_state_and_nowhere_else() -> None:
    """It is the largest thing a batch holds: in float64 first, or on the way, it takes the time."""
    depth, state = 5, np.zeros((500, 40), dtype=np.float32)
    tracemalloc.start()
    mixing = Mixing(depth, state)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 1.1 * 2 * depth * state.nbytes
    assert mixing.next(state, state).dtype == np.float32


def test_page_tells_what_was_measured_on_a_card() -> None:
    page = Path(__file__).parents[3] / "docs" / "benchmarks-trade.md"
    assert section() in page.read_text(encoding="utf-8")


def test_no_accelerator_is_imported_with_the_engine() -> None:
    asked = (
        "import sys, undaunted.engines.trade; print({'torch', 'cupy', 'jax'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
