"""Input-output tables as users download them: OECD ICIO, WIOD 2013, EXIOBASE 3, Eora26.

`pymrio` (LGPL) reads the layouts; it brings pandas and matplotlib and is installed on demand. What
it gives is checked and put into a world here, and every repair is told.
"""

from __future__ import annotations

import tomllib
import warnings
import zipfile
from enum import StrEnum
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.coercion.exposure.readers.arrays import LoadedWorld
from undaunted.coercion.exposure.readers.elasticities import elasticity_set
from undaunted.coercion.exposure.readers.mending import mended
from undaunted.coercion.exposure.readers.refusals import FileRefused
from undaunted.coercion.exposure.readers.worlds import world_of
from undaunted.engines.trade import WorldMalformed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import IO

__all__ = ["Layout", "read_table"]

CONCORDANCES = files("undaunted.coercion.exposure") / "packs" / "concordances.toml"
MOST_ELSEWHERE = 0.03
"""Of final demand, by buyers that are no country of the table."""
NOT_FLOWS = ("V1", "TLS", "TAX", "VA", "OUT", "TOTAL")
DEFAULT_SET = "fontagne-guimbard-orefice-2022"


class Layout(StrEnum):
    """Whose table it is."""

    OECD = "oecd"
    WIOD = "wiod"
    EXIOBASE = "exiobase"
    EORA26 = "eora26"


def read_table(
    path: Path, layout: Layout, *, year: int | None = None, elasticities: str = DEFAULT_SET
) -> LoadedWorld:
    """Give the world of a table, with zero tariffs and a published set of elasticities.

    `year` is needed where `path` is a folder of several years. Raises `FileRefused`.
    """
    if not path.exists():
        raise FileRefused(path.name, "No such file")
    if layout is Layout.OECD:
        _check_all_blanks(path, year)
    system = _parsed(path, layout, year)
    regions, sectors = _axes(path.name, system.Z)
    named = _codes(path.name, layout, sectors)
    n, j = len(regions), len(sectors)
    flows = system.Z.to_numpy(dtype=np.float64).reshape(n, j, n, j)
    final, elsewhere = _final(path.name, system.Y, regions)
    final = final.reshape(n, j, n)
    table = mended(path.name, regions, named, flows, final)
    try:
        world, off = world_of(
            regions=_iso3(regions),
            sectors=named,
            trade_shares=table.trade_shares,
            input_shares=table.input_shares,
            expenditure=table.expenditure,
            elasticities=elasticity_set(elasticities).for_sectors(named),
            name=f"{path.stem} ({layout})",
        )
    except WorldMalformed as fault:
        raise FileRefused(path.name, str(fault)) from fault
    tariffs = "Benchmark tariffs are zero: the table has none."
    return LoadedWorld(world, off, (*elsewhere, *table.said, tariffs))


def _parsed(path: Path, layout: Layout, year: int | None) -> Any:  # noqa: ANN401 - late import
    try:
        import pymrio  # noqa: PLC0415 - heavy, on demand
    except ImportError as fault:
        raise FileRefused(
            path.name,
            "is read by pymrio, which is not installed; pip install -r requirements/tables.txt",
        ) from fault
    parse: dict[Layout, Any] = {
        Layout.OECD: lambda: pymrio.parse_oecd(path, year=year),
        Layout.WIOD: lambda: pymrio.parse_wiod(path, year=year),
        Layout.EXIOBASE: lambda: pymrio.parse_exiobase3(path),
        Layout.EORA26: lambda: pymrio.parse_eora26(path, year=year),
    }
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            system = parse[layout]()
            if system.Z is None:
                system.calc_system()
    except Exception as fault:  # a parser for files of all kinds raises of all kinds
        reason = " ".join(str(fault).split())[:200] or type(fault).__name__
        raise FileRefused(path.name, f"is no table in the layout of {layout}: {reason}") from fault
    if system.Z is None or system.Y is None:
        raise FileRefused(path.name, "holds no flows or no final demand")
    return system


def _axes(where: str, flows: Any) -> tuple[list[str], list[str]]:  # noqa: ANN401 - a data frame
    rows = [(str(region), str(sector)) for region, sector, *_ in flows.index]
    regions = list(dict.fromkeys(region for region, _ in rows))
    sectors = list(dict.fromkeys(sector for _, sector in rows))
    columns = [(str(region), str(sector)) for region, sector, *_ in flows.columns]
    whole = [(region, sector) for region in regions for sector in sectors]
    for name, found in (("row", rows), ("column", columns)):
        held = set(found)
        absent = [each for each in whole if each not in held]
        if absent:
            raise FileRefused(where, f"{absent[0][0]}, {absent[0][1]} has no {name}")
        if found != whole:
            raise FileRefused(where, f"{name}s do not follow countries, then sectors, each once")
    return regions, sectors


def _check_all_blanks(path: Path, year: int | None) -> None:
    """Refuse empty cells of a file, of one in an archive, or of those in a folder."""
    if path.is_dir():
        for each in sorted(path.iterdir()):
            if each.suffix.lower() in {".csv", ".zip"} and (year is None or str(year) in each.name):
                _check_all_blanks(each, year)
    elif path.suffix.lower() == ".csv":
        with path.open("rb") as held:
            _check_blanks(path.name, held)
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.lower().endswith(".csv") and (year is None or str(year) in name):
                    with archive.open(name) as held:
                        _check_blanks(f"{path.name}, {name}", held)


def _check_blanks(where: str, held: IO[bytes]) -> None:
    """Refuse cells that are empty: pymrio would take them for zero."""
    for number, line in enumerate(held, 1):
        label, *cells = line.rstrip(b"\r\n").split(b",")
        if label.decode("utf-8", "replace").strip('" ').startswith(NOT_FLOWS):
            continue
        if any(cell.strip(b'" ') == b"" for cell in cells):
            column = next(n for n, cell in enumerate(cells, 2) if cell.strip(b'" ') == b"")
            raise FileRefused(
                where, "an empty cell; write 0 where nothing was bought", row=number,
                column=str(column),
            )  # fmt: skip


def _final(
    where: str,
    demand: Any,  # noqa: ANN401 - a data frame
    regions: Sequence[str],
) -> tuple[Any, list[str]]:
    """Give final demand by buying country, and what buyers of no country bought, left out."""
    buyers = [str(each[0]) for each in demand.columns]
    held = demand.to_numpy(dtype=np.float64)
    final = np.stack([held[:, [b == region for b in buyers]].sum(1) for region in regions], axis=1)
    said = []
    for other in sorted(set(buyers) - set(regions)):
        bought = np.abs(held[:, [b == other for b in buyers]]).sum()
        part = bought / np.abs(held).sum() if bought else 0.0
        if part > MOST_ELSEWHERE:
            raise FileRefused(
                where,
                f"final demand of {other} is {part:.1%} of all and {other} is no country of the "
                f"table, {MOST_ELSEWHERE:.0%} is left out; add its rows or rename it",
                column=other,
            )
        if bought:
            said.append(
                f"Final demand of {other}, {bought:,.0f} or {part:.2%} of all, was left out: it is "
                "no country of the table."
            )
    return final, said


def _codes(where: str, layout: Layout, sectors: Sequence[str]) -> list[str]:
    known = tomllib.loads(CONCORDANCES.read_text(encoding="utf-8")).get(layout.value, {})
    absent = [each for each in sectors if each not in known] if known else []
    if absent:
        raise FileRefused(where, f"sector {absent[0]} is not one of {layout}")
    return [known.get(each, each) for each in sectors]


def _iso3(regions: Sequence[str]) -> list[str]:
    """Give ISO3 codes for ISO2 ones; what is no country keeps its name."""
    import pycountry  # noqa: PLC0415 - slow to load

    told = []
    for each in regions:
        found = pycountry.countries.get(alpha_2=each) if len(each) == len("XX") else None
        told.append(found.alpha_3 if found else each)
    return told
