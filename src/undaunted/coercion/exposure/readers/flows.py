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
        numbers: dict[str, int] = {}
        base.execute(flow_queries.MAKE)
        layouts = {_load(base, path, countries, numbers, said) for path in paths}
        if len(layouts) > 1:
            raise FileRefused(paths[0].name, "files of BACI and of Comtrade; load one kind at once")
        (layout,) = layouts
        return _flows(base, layout, numbers, said)


def _load(
    base: Any,  # noqa: ANN401
    path: Path,
    countries: Path | None,
    numbers: dict[str, int],
    said: list[str],
) -> str:
    """Put the rows of one file into the table of flows, and give its layout.

    `numbers` are those that countries have in this reading, and grow.
    """
    layout = _raw(base, path)
    if base.execute(flow_queries.COUNT).fetchone()[0] == 0:
        raise FileRefused(path.name, "holds no rows")
    base.execute(flow_queries.EMPTY_CODES)
    codes = list(country_codes(countries, path.parent).items())
    if layout == "comtrade":
        codes += [(-1, each) for each in countries_no_more()]
        base.execute(flow_queries.COMTRADE_OPTIONAL)
    told = [(code, iso3, numbers.setdefault(iso3, len(numbers))) for code, iso3 in codes]
    base.executemany(flow_queries.ADD_CODE, told)
    base.execute(flow_queries.BACI if layout == "baci" else flow_queries.COMTRADE)
    _check(base, path, layout)
    for sentence, query in flow_queries.LEFT_OUT:
        number = base.execute(query).fetchone()[0]
        if number:
            said.append(f"{path.name}: {number} {sentence}")
    base.execute(flow_queries.TAKE)
    base.execute(flow_queries.EMPTY)
    return layout


def _check(base: Any, path: Path, layout: str) -> None:  # noqa: ANN401
    first_row = 2 if path.suffix.lower() != ".parquet" else 1
    for column, rule, query in flow_queries.FLAWS:
        (line,) = base.execute(query).fetchone()
        if line is not None:
            text = flow_queries.RAW_TEXTS[layout][column]
            (told,) = base.execute(text, [line]).fetchone()
            named = flow_queries.NAMES[layout][column]
            raise FileRefused(path.name, f"{told!r}: {rule}", row=line + first_row, column=named)


def _raw(base: Any, path: Path) -> str:  # noqa: ANN401
    """Load a file as texts, and give its layout."""
    import duckdb  # noqa: PLC0415 - starts faster

    if not path.is_file():
        raise FileRefused(path.name, "No such file")
    parquet = path.suffix.lower() == ".parquet"
    alone = glob.escape(str(path))
    head = flow_queries.HEAD_OF_PARQUET if parquet else flow_queries.HEAD_OF_CSV
    load = flow_queries.FROM_PARQUET if parquet else flow_queries.FROM_CSV
    try:
        layout = _layout(path, [each[0] for each in base.execute(head, [alone]).description])
        base.execute(load[layout], [alone])
    except duckdb.Error as fault:
        kind = "Parquet" if parquet else "CSV in UTF-8 with commas and a header"
        reason = str(fault).splitlines()[0][:200]
        raise FileRefused(path.name, f"cannot be read as {kind}: {reason}") from fault
    return layout


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


def _flows(base: Any, layout: str, numbers: dict[str, int], said: list[str]) -> Flows:  # noqa: ANN401
    used = {each[0] for each in base.execute(flow_queries.USED).fetchall()}
    if not used:
        raise FileRefused(layout, "holds no flow between two countries of a six-digit product")
    countries = tuple(sorted(iso3 for iso3, number in numbers.items() if number in used))
    base.execute(flow_queries.NUMBER)
    base.executemany(
        flow_queries.ADD_COUNTRY, [(numbers[iso3], at) for at, iso3 in enumerate(countries)]
    )
    products = base.execute(flow_queries.GOODS).fetchall()
    arrays = {
        name: np.ascontiguousarray(column)
        for name, column in base.execute(flow_queries.ROWS).fetchnumpy().items()
    }
    for each in arrays.values():
        each.setflags(write=False)
    flows = Flows(
        layout=layout,
        countries=countries,
        products=tuple(f"{each[0]:06d}" for each in products),
        attribution=ATTRIBUTION[layout],
        said=tuple(said),
        **arrays,
    )
    _check_twice(flows)
    return flows


def _check_twice(flows: Flows) -> None:
    """Refuse what stands there twice: rows are in order, so that it stands side by side."""
    same = np.ones(max(len(flows) - 1, 0), dtype=bool)
    for each in (flows.year, flows.exporter, flows.importer, flows.product):
        same &= each[1:] == each[:-1]
    if same.any():
        at = int(same.argmax())
        product, year = flows.products[flows.product[at]], int(flows.year[at])
        names = flows.countries[flows.exporter[at]], flows.countries[flows.importer[at]]
        raise FileRefused(
            flows.layout,
            f"the flow of {product} from {names[0]} to {names[1]} in {year} stands there twice; "
            "load each year once and one revision of the classification",
        )
