"""Print what of each country's capacity foreign states or their firms must, and may, control.

From Global Energy Monitor's tables of assets and holders (CC BY 4.0), unpacked:

    .venv/bin/python scripts/foreign_capacity.py gem_assets.csv gem_asset_owners.csv

An asset is held by its ultimate parents; by its direct owners where no parent is told. A state and
its firms (`states_and_firms.toml`) act as one. Operating assets of one country are counted, each
whole for whoever must control it; those of several countries are told apart and left out.
"""

from __future__ import annotations

import argparse
import csv
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.screening.readers import read_stakes
from undaunted.engines.ownership import (
    WHOLE,
    Rule,
    Stakes,
    control_by,
    over_one_register,
    votes_graph,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.coercion.screening.readers import Loaded

HERE = Path(__file__).parent
MAPPINGS = HERE.parent / "docs" / "examples" / "ownership"
SECTORS = {
    "gas_plant": "gas plants, MW", "lng": "LNG terminals, as stated", "nuclear": "nuclear, MW",
    "pipeline": "gas pipelines, bcm a year", "hydro": "hydro, MW", "steel": "steel, kt a year",
}  # fmt: skip
OPERATING = "operating"
UNDER, OVER = WHOLE * 99 // 100, WHOLE * 1005 // 1000
LEAST_MUST, LEAST_MAY = 0.05, 0.25
"""Rows are printed from so much of a sector upwards."""


@dataclass(frozen=True, slots=True)
class Row:
    """A state's part of a sector of another country."""

    country: str
    sector: str
    state: str
    must: float
    may: float
    total: float


def main() -> None:
    """Read, work out, print as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assets", type=Path)
    parser.add_argument("holders", type=Path)
    chosen = parser.parse_args()
    layers = {
        layer: read_stakes(chosen.holders, str(MAPPINGS / f"gem-{layer}.toml"))
        for layer in ("owners", "parents")
    }
    print("| layer | rows | without share | assets disclosed in full | under 99 % | over 100.5 % |")
    print("|---|---|---|---|---|---|")
    for layer, loaded in layers.items():
        print("|", layer, "|", " | ".join(f"{each:,}" for each in disclosure(loaded)), "|")
    told = tomllib.loads((HERE / "states_and_firms.toml").read_text(encoding="utf-8"))
    capacities, left_out = capacities_of(chosen.assets)
    print()
    for reason, number in sorted(left_out.items()):
        print(f"{number:,} operating assets {reason} and are left out.\n")
    print(
        "| country | sector | state | must | may | of | its firms |\n|---|---|---|---|---|---|---|"
    )
    for row in rows_of(held_by_parents(layers), capacities, told):
        if row.must >= LEAST_MUST or row.may >= LEAST_MAY:
            print(f"| {row.country} | {SECTORS[row.sector]} | {row.state} | {row.must:.0%} | "
                  f"{row.may:.0%} | {row.total:,.0f} | {told['status']} |")  # fmt: skip


def disclosure(loaded: Loaded) -> tuple[int, int, int, int, int]:
    """Give rows, rows without share, assets told in full, and those that are too little or much."""
    stakes = loaded.stakes
    missing = {each.rows[0] for each in loaded.findings if each.rule is Rule.MISSING}
    untold = set(stakes.owned[np.isin(stakes.row, list(missing))].tolist())
    sums = np.bincount(stakes.owned, weights=stakes.hi, minlength=len(stakes.parties))
    full = [float(sums[each]) for each in set(stakes.owned.tolist()) - untold]
    under, over = (sum(each < UNDER for each in full), sum(each > OVER for each in full))
    return len(stakes), len(missing), len(full), under, over


def held_by_parents(layers: dict[str, Loaded]) -> Stakes:
    """Give the stakes of parents, and of owners in assets of which no parent is told."""
    parents, owners = over_one_register(layers["parents"].stakes, layers["owners"].stakes)
    return parents.joined_with(owners.take(~np.isin(owners.owned, parents.owned)))


def capacities_of(path: Path) -> tuple[dict[tuple[str, str], dict[str, float]], Counter[str]]:
    """Give operating capacities by country and sector; how many assets are left out, and why."""
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    left_out: Counter[str] = Counter()
    with path.open(encoding="utf-8", newline="") as held:
        for asset in csv.DictReader(held):
            sector = asset["sector"]
            if sector == "gas_pipeline_lng":
                sector = "lng" if asset["gem_id"].startswith("T") else "pipeline"
            if sector not in SECTORS or not asset["status"].startswith(OPERATING):
                continue
            if "," in asset["country"]:
                left_out["lie in several countries"] += 1
            elif not asset["capacity"].replace(".", "", 1).isdigit():
                left_out["have no capacity that is a number"] += 1
            else:
                found[asset["country"], sector][asset["asset_key"]] = float(asset["capacity"])
    return found, left_out


def rows_of(
    stakes: Stakes,
    capacities: dict[tuple[str, str], dict[str, float]],
    told: dict[str, dict[str, list[str]]],
) -> Iterator[Row]:
    """Give what each state must and may control of each sector of every other country."""
    graph, parties = votes_graph(stakes), stakes.parties
    shares: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    where = {key: place for place, assets in capacities.items() for key in assets}
    for state, firms in told["states"].items():
        home = {state, *told["territories"].get(state, ())}
        named = [each for each in firms if each in parties]
        if not named:
            continue
        found = control_by(graph, parties.numbers_of(named))
        for sort, numbers in (("must", found.must), ("may", np.append(found.must, found.may))):
            for key in parties.named(numbers):
                if key in where and where[key][0] not in home:
                    shares[*where[key], state][sort] += capacities[where[key]][key]
    for (country, sector, state), sums in sorted(shares.items()):
        total = sum(capacities[country, sector].values())
        if total:
            yield Row(country, sector, state, sums["must"] / total, sums["may"] / total, total)


if __name__ == "__main__":
    main()
