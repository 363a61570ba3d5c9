"""Small input-output tables in the layouts in which they are published."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["flows_of", "write_eora", "write_exiobase", "write_oecd", "write_wiod"]

WIOD_CODES = (
    "AtB C 15t16 17t18 19 20 21t22 23 24 25 26 27t28 29 30t33 34t35 36t37 E F 50 51 52 H 60 61 "
    "62 63 64 J 70 71t74 L M N O P"
)


def flows_of(n: int, j: int, *, seed: int = 3) -> tuple[Any, Any]:
    """Give input flows [(i, k), (n, j)] and final flows [(i, k), n], in whole numbers."""
    rng = np.random.default_rng(seed)
    inputs = rng.integers(1, 9, (n * j, n * j)).astype(float)
    final = rng.integers(40, 90, (n * j, n)).astype(float) * j
    return inputs, final


def write_oecd(
    path: Path, *, stocks: float = 0.0, regions: tuple[str, ...] = ("AUS", "USA")
) -> Path:
    """Write OECD's CSV: rows V1, columns COUNTRY_SECTOR and COUNTRY_DEMAND, TLS, VA, OUT."""
    sectors = ["A01", "C26", "D"]
    labels = [f"{region}_{sector}" for region in regions for sector in sectors]
    inputs, final = flows_of(len(regions), len(sectors))
    demand = {}
    for number, region in enumerate(regions):
        demand[f"{region}_HFCE"] = final[:, number]
        demand[f"{region}_INVNT"] = np.where(np.arange(len(labels)) == 0, stocks, 0.0)
    table = pd.DataFrame(inputs, index=labels, columns=labels).assign(**demand)
    table["OUT"] = table.sum(axis=1)
    made = table["OUT"].to_numpy()
    taxes = pd.DataFrame(0.0, index=["TLS"], columns=table.columns)
    added = pd.DataFrame(0.0, index=["VA"], columns=table.columns)
    added.loc["VA", labels] = made - inputs.sum(0)
    output = pd.DataFrame(0.0, index=["OUT"], columns=table.columns)
    output.loc["OUT", labels] = made
    whole = pd.concat([table, taxes, added, output])
    whole.index.name = "V1"
    whole.to_csv(path)
    return path


def write_wiod(path: Path) -> Path:
    """Write WIOD's sheet of 2013: four lines of title, four of heads, c1 to c35, c37 to c42."""
    isic = WIOD_CODES.split()
    regions = ("AUS", "USA")
    inputs, final = flows_of(2, len(isic))
    heads = [(code, f"name {code}", region, f"c{number}") for region in regions
             for number, code in enumerate(isic, 1)]  # fmt: skip
    uses = [(f"c{37}", "Final consumption", region, "c37") for region in regions]
    columns = [*heads, *uses, ("", "Total output", "TOT", "c60")]
    sheet: list[list[Any]] = [
        ["Intercountry Input-Output Table: 2011", *[""] * 3, *[""] * len(columns)]
    ]
    sheet.append(["in current prices", *[""] * 3, *[""] * len(columns)])
    for number, line in enumerate(("(industry-by-industry)", "(millions of US$)", "", "")):
        sheet.append([line, "", "", "", *[each[number] for each in columns]])
    for row, head in enumerate(heads):
        values = [*inputs[row], *final[row], inputs[row].sum() + final[row].sum()]
        sheet.append([*head, *values])
    for code, name in (("r60", "Total intermediate consumption"), ("r64", "Value added"),
                       ("r69", "Output")):  # fmt: skip
        sheet.append([code, name, "TOT", code, *[0.0] * len(columns)])
    pd.DataFrame(sheet).to_excel(path, header=False, index=False)
    return path


def write_exiobase(folder: Path) -> Path:
    """Write EXIOBASE's tab-separated texts and the file that says how many heads each has."""
    regions, sectors = ("AU", "US"), ("Cultivation of wheat", "Computer services")
    inputs, final = flows_of(2, 2)
    rows = pd.MultiIndex.from_product([regions, sectors], names=["region", "sector"])
    uses = pd.MultiIndex.from_product([regions, ["Households"]], names=["region", "category"])
    folder.mkdir()
    output = inputs.sum(1) + final.sum(1)
    tables = {
        "Z": pd.DataFrame(inputs, index=rows, columns=rows),
        "A": pd.DataFrame(inputs / output, index=rows, columns=rows),
        "Y": pd.DataFrame(final, index=rows, columns=uses),
        "x": pd.DataFrame({"indout": output}, index=rows),
        "unit": pd.DataFrame({"unit": "M.EUR"}, index=rows),
    }
    heads = {"Z": 2, "A": 2, "Y": 2, "x": 1, "unit": 1}
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.txt", sep="\t")
    told = {
        name: {"name": f"{name}.txt", "nr_index_col": "2", "nr_header": str(number)}
        for name, number in heads.items()
    }
    parameters = json.dumps({"files": told, "systemtype": "IOSystem"})
    (folder / "file_parameters.json").write_text(parameters, encoding="utf-8")
    return folder


def write_eora(folder: Path) -> Path:
    """Write Eora's numbers and labels apart: T, FD, VA, Q, QY for two countries and two sectors."""
    folder.mkdir()
    inputs, final = flows_of(2, 2)
    regions, sectors = (
        (("Australia", "AUS"), ("USA", "USA")),
        ("Agriculture", "Transport Equipment"),
    )
    kinds = [[*region, "Industries", sector, ""] for region in regions for sector in sectors]
    uses = [[*region, "Final Demand", "Household final consumption P.3h", ""] for region in regions]
    held = {
        "Eora26_2015_bp_T.txt": inputs,
        "Eora26_2015_bp_FD.txt": final,
        "Eora26_2015_bp_VA.txt": np.ones((1, 4)),
        "Eora26_2015_bp_Q.txt": np.ones((1, 4)),
        "Eora26_2015_bp_QY.txt": np.ones((1, 2)),
        "labels_T.txt": kinds,
        "labels_FD.txt": uses,
        "labels_VA.txt": [["Primary Inputs", "Compensation of employees D.1", ""]],
        "labels_Q.txt": [["Energy Usage (TJ)", "Natural Gas", ""]],
    }
    for name, rows in held.items():
        pd.DataFrame(rows).to_csv(folder / name, sep="\t", header=False, index=False)
    return folder
