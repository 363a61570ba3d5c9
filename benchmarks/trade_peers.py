"""The same problems for `engines/trade` and for its peers, in one run, with the answers compared.

gegravity solves one sector between countries whose sales keep their benchmark value. The engine
finds the same equilibrium by raising the price level of each country's goods until no wage moves.
pymrio works a table of deliveries out to its Leontief inverse. The engine never forms that matrix;
it answers the same question, what is produced for a final demand, by its tables alone.
"""

from __future__ import annotations

import csv
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.peers.environments import PeerFailed, ask
from undaunted.engines.trade import Effort, Measures, World, make_world, prepare, solve

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["Compared", "Took", "beside_gegravity", "beside_pymrio", "took"]

ROUNDS = 5
SIGMA = 5.0
REAL = Path(__file__).parents[2] / "shared" / "data" / "trade" / "gegravity"
CLOSE = 1e-8


@dataclass(frozen=True)
class Took:
    """The shortest of some runs, in milliseconds of processor and of clock."""

    processor: float
    clock: float


@dataclass(frozen=True)
class Compared:
    """A row of the page: what was asked, both times, and a sentence on both answers."""

    name: str
    ours: Took
    peer: str
    theirs: Took | None
    told: str


def took(call: Callable[[], object], *, rounds: int = 20) -> Took:
    """Run it once unmeasured, then so many times; neighbours can only make a run longer."""
    call()
    found = []
    for _ in range(rounds):
        began = time.process_time(), time.perf_counter()
        call()
        ended = time.process_time(), time.perf_counter()
        found.append([1000 * (end - begin) for begin, end in zip(began, ended, strict=True)])
    processor, clock = (min(each) for each in zip(*found, strict=True))
    return Took(processor, clock)


def beside_gegravity() -> Compared:
    """Give the agreement of two countries: Canada and Japan where the data is, else drawn ones."""
    question, name = _published() if REAL.is_dir() else _drawn()
    try:
        peer = ask("gegravity", question)
    except PeerFailed as failure:
        return Compared(name, Took(0, 0), str(failure), None, "")
    world = _world(question, np.array(peer["trade"]))
    ratio = np.exp(np.array(question["after"]) - np.array(question["before"]))
    dearer = ratio ** (1 / (1 - SIGMA))
    output = _at_kept_sales(world, dearer)
    apart = np.abs(output - np.array(peer["output"])).max()
    ours = took(lambda: _at_kept_sales(world, dearer), rounds=ROUNDS)
    told = (
        f"Real output of {len(world.regions)} countries differs by at most {apart:.1e} percentage"
        f" points; {question['pair'][0]} gains {output[question['at']]:.6f} %."
    )
    return Compared(name, ours, peer["by"], Took(*peer["simulated"]), told)


def beside_pymrio(world: World) -> Compared:
    """Give what is produced for a final demand, as both work it out from the same table."""
    n, j = world.expenditure.shape
    shares = world.trade_shares / (1 + world.tariffs)
    inputs = world.input_shares * world.sales[:, None]
    final = world.final_shares * world.income[:, None]
    less = final * np.where(np.arange(j) < j // 2, 0.9, 1.0)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "table.npz"
        np.savez(
            file,
            deliveries=np.einsum("nij,njk->ijnk", shares, inputs).reshape(n * j, n * j),
            final=np.einsum("nij,nj->ijn", shares, final).reshape(n * j, n),
            changed=np.einsum("nij,nj->ijn", shares, less).reshape(n * j, n),
        )
        question = {
            "file": str(file), "rounds": 3, "regions": world.regions, "sectors": world.sectors,
        }  # fmt: skip
        name = f"What is produced for another final demand, {n} countries, {j} sectors"
        try:
            peer = ask("pymrio", question)
        except PeerFailed as failure:
            return Compared(name, Took(0, 0), str(failure), None, "")
    theirs = np.array(peer["changed"])
    apart = np.abs(_produced(world, shares, less) - theirs).max() / theirs.max()
    told = (
        f"Output by country and sector differs by at most {apart:.1e} of the largest. pymrio's"
        f" inverse takes {peer['megabytes']:.0f} MB and serves every later demand; the engine's"
        " tables are followed anew for each, and no such matrix is formed."
    )
    ours = took(lambda: _produced(world, shares, less), rounds=ROUNDS)
    return Compared(name, ours, peer["by"], Took(*peer["took"]), told)


def _produced(
    world: World, shares: NDArray[np.float64], final: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Follow final demand through the links until nothing is added: the series of Leontief."""
    table = np.ascontiguousarray(shares.transpose(2, 1, 0))
    asked, made = final, np.zeros_like(final)
    while np.abs(asked).max() > 1e-13 * final.max():
        sold = (table @ asked.T[:, :, None])[..., 0].T
        made = made + sold
        asked = (world.input_shares @ sold[:, :, None])[..., 0]
    return made.ravel()


def _at_kept_sales(world: World, dearer: NDArray[np.float64]) -> NDArray[np.float64]:
    ground, level = prepare(world), np.ones(len(world.regions))
    while True:
        barriers = (dearer * level)[..., None]
        found = solve(ground, Measures(world.tariffs, barriers), effort=Effort(CLOSE))
        level = level * found.wages
        if np.abs(found.wages - 1).max() < CLOSE:
            told: NDArray[np.float64] = 100 * (level / found.prices[:, 0] - 1)
            return told


def _world(question: dict[str, Any], trade: NDArray[np.float64]) -> World:
    n, spent = len(question["codes"]), trade.sum(1)
    return make_world(
        regions=question["codes"],
        sectors=["trade"],
        trade_shares=(trade / spent[:, None])[..., None],
        tariffs=np.zeros((n, n, 1)),
        value_added_shares=np.ones((n, 1)),
        input_shares=np.zeros((n, 1, 1)),
        final_shares=np.ones((n, 1)),
        elasticities=[SIGMA - 1],
        value_added=trade.sum(0),
        deficits=spent - trade.sum(0),
        expenditure=spent[:, None],
    )


def _published() -> tuple[dict[str, Any], str]:
    rows = _rows("outputs_expenditures.csv")
    codes = [row["country"] for row in rows]
    at = {code: place for place, code in enumerate(codes)}
    costs = np.zeros((2, len(codes), len(codes)))
    for row in _rows("bilateral_costs.csv"):
        pair = at[row["importer"]], at[row["exporter"]]
        for turn, name in enumerate(("baseline trade cost", "experiment trade cost")):
            costs[turn][pair] = np.log(float(row[name]))
    output, expenditure = (
        [float(row[f"baseline {name}"]) for row in rows] for name in ("output", "expenditure")
    )
    name = "An agreement of Canada and Japan, one sector, 30 countries"
    return _question(codes, ("CAN", "JPN"), "DEU", (output, expenditure), costs), name


def _drawn() -> tuple[dict[str, Any], str]:
    chance, n = np.random.default_rng(5), 30
    place = chance.uniform(size=(n, 2))
    far = np.linalg.norm(place[:, None] - place[None], axis=2) + 0.02
    costs = np.repeat((-np.log(far) - 3.0 * ~np.eye(n, dtype=bool))[None], 2, 0)
    costs[1, 0, 1] += 0.5
    costs[1, 1, 0] += 0.5
    output = np.exp(chance.normal(10, 1, n)).tolist()
    codes = [f"X{each:02}" for each in range(n)]
    name = "An agreement of two drawn countries, one sector, 30 countries"
    return _question(codes, (codes[0], codes[1]), codes[2], (output, output), costs), name


def _question(
    codes: list[str],
    pair: tuple[str, str],
    reference: str,
    money: tuple[list[float], list[float]],
    costs: NDArray[np.float64],
) -> dict[str, Any]:
    return {
        "codes": codes, "pair": pair, "at": codes.index(pair[0]), "reference": reference,
        "output": money[0], "expenditure": money[1], "sigma": SIGMA, "rounds": ROUNDS,
        "before": costs[0].tolist(), "after": costs[1].tolist(), "rescale": 1,
    }  # fmt: skip


def _rows(name: str) -> list[dict[str, str]]:
    with (REAL / name).open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))
