"""Flows of goods by six-digit product, as users download them from BACI or Comtrade.

Layouts: BACI as CEPII describes it ("DescriptionBACI": t, i exporter, j importer, k product, v in
thousands of dollars, q); Comtrade as its interface gives it (`refYear`, `reporterISO`, `flowCode`,
`partnerISO`, `cmdCode`, `primaryValue` in dollars). CSV or Parquet, read by DuckDB, which fetches
nothing from outside here. Nothing is left out or put right without being said.
"""

from __future__ import annotations

import glob
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.coercion.exposure.readers import flow_queries
from undaunted.coercion.exposure.readers.country_codes import countries_no_more, country_codes
from undaunted.coercion.exposure.readers.refusals import FileRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["Flows", "read_flows"]

ATTRIBUTION = {
    "baci": "Source of flows: CEPII, BACI (Gaulier and Zignago 2010), Etalab 2.0.",
    "comtrade": "Source of flows: UN Comtrade database, as loaded by the user.",
}
SECURE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": "4GB",
    "threads": "2",
}


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """Who sold how much of what to whom; one row a flow, every array read-only.

    Attributes:
        countries: ISO3 codes that `exporter` and `importer` number.
        products: six-digit codes that `product` numbers.
        year, exporter, importer, product: [R].
        value: [R], thousands of dollars of the year, above zero.
        said: what was left out or put right, in whole sentences.
    """

    layout: str
    countries: tuple[str, ...]
    products: tuple[str, ...]
    year: NDArray[np.int16]
    exporter: NDArray[np.int16]
    importer: NDArray[np.int16]
    product: NDArray[np.int32]
    value: NDArray[np.float64]
    attribution: str
    said: tuple[str, ...]

    def __len__(self) -> int:
        """Give the number of flows."""
        return len(self.value)


def read_flows(paths: Sequence[Path], *, countries: Path | None = None) -> Flows:
    """Give the flows of one or more files of one layout.

    `countries` is BACI's file of country codes; without it one beside the data is taken, or the
    codes of ISO 3166 and Comtrade. Raises `FileRefused` naming file, row, column and rule.
    """
    if not paths:
        raise FileRefused("flows", "no file is named")
    import duckdb  # noqa: PLC0415 - starts faster

    with duckdb.connect(config=SECURE) as base:
        said: list[str] = []
        base.execute(flow_queries.MAKE)
        layouts = {_load(base, path, countries, said) for path in paths}
        if len(layouts) > 1:
            raise FileRefused(paths[0].name, "files of BACI and of Comtrade; load one kind at once")
        (layout,) = layouts
        _check_twice(base, layout)
        return _flows(base, layout, said)


def _load(base: Any, path: Path, countries: Path | None, said: list[str]) -> str:  # noqa: ANN401
    """Put the rows of one file into the table of flows, and give its layout."""
    _raw(base, path)
    columns = [each[0] for each in base.execute(flow_queries.COLUMNS).fetchall()]
    layout = _layout(path, columns)
    if base.execute(flow_queries.COUNT).fetchone()[0] == 0:
        raise FileRefused(path.name, "holds no rows")
    base.execute(flow_queries.EMPTY_CODES)
    codes = list(country_codes(countries, path.parent).items())
    if layout == "comtrade":
        codes += [(-1, each) for each in countries_no_more()]
        base.execute(flow_queries.COMTRADE_OPTIONAL)
    base.executemany(flow_queries.ADD_CODE, codes)
    base.execute(flow_queries.BACI if layout == "baci" else flow_queries.COMTRADE)
    first_row = 2 if path.suffix.lower() != ".parquet" else 1
    for column, rule, query in flow_queries.FLAWS:
        found = base.execute(query).fetchone()
        if found is not None:
            told, row = found
            named = flow_queries.NAMES[layout][column]
            raise FileRefused(path.name, f"{told!r}: {rule}", row=row + first_row, column=named)
    for sentence, query in flow_queries.LEFT_OUT:
        number = base.execute(query).fetchone()[0]
        if number:
            said.append(f"{path.name}: {number} {sentence}")
    base.execute(flow_queries.TAKE)
    return layout


def _raw(base: Any, path: Path) -> None:  # noqa: ANN401
    import duckdb  # noqa: PLC0415 - starts faster

    if not path.is_file():
        raise FileRefused(path.name, "No such file")
    parquet = path.suffix.lower() == ".parquet"
    alone = glob.escape(str(path))
    try:
        base.execute(flow_queries.FROM_PARQUET if parquet else flow_queries.FROM_CSV, [alone])
    except duckdb.Error as fault:
        kind = "Parquet" if parquet else "CSV in UTF-8 with commas and a header"
        reason = str(fault).splitlines()[0][:200]
        raise FileRefused(path.name, f"cannot be read as {kind}: {reason}") from fault


def _layout(path: Path, columns: Sequence[str]) -> str:
    for layout, needed in flow_queries.NEEDED.items():
        if needed <= set(columns):
            return layout
    near = max(flow_queries.NEEDED.items(), key=lambda each: len(each[1] & set(columns)))
    missing = sorted(near[1] - set(columns))
    raise FileRefused(
        path.name,
        f"is missing; files of {' and '.join(flow_queries.NEEDED)} are read, and this one has "
        f"{', '.join(columns[:8])}",
        column=missing[0],
    )


def _check_twice(base: Any, layout: str) -> None:  # noqa: ANN401
    twice = base.execute(flow_queries.TWICE).fetchone()
    if twice is not None:
        year, exporter, importer, product = twice
        raise FileRefused(
            layout,
            f"the flow of {product} from {exporter} to {importer} in {year} stands there twice; "
            "load each year once and one revision of the classification",
        )


def _flows(base: Any, layout: str, said: list[str]) -> Flows:  # noqa: ANN401
    base.execute(flow_queries.NUMBER)
    countries = [each[0] for each in base.execute(flow_queries.COUNTRIES).fetchall()]
    products = [each[0] for each in base.execute(flow_queries.PRODUCTS).fetchall()]
    if not products:
        raise FileRefused(layout, "holds no flow between two countries of a six-digit product")
    arrays = {
        name: np.ascontiguousarray(column)
        for name, column in base.execute(flow_queries.ROWS).fetchnumpy().items()
    }
    for each in arrays.values():
        each.setflags(write=False)
    return Flows(
        layout=layout,
        countries=tuple(countries),
        products=tuple(products),
        attribution=ATTRIBUTION[layout],
        said=tuple(said),
        **arrays,
    )
