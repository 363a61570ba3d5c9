"""Tables of exact stakes between numbered parties, too large to be held: Parquet, or CSV.

Columns are owner and owned, whole numbers from 0 without large gaps, and share, a part of one. They
are read in pieces. Nothing is guessed here: a row that is no exact stake is refused by its number.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.engines.ownership import StakesMalformed, units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

__all__ = ["NumberedStakes", "read_numbered_stakes"]

COLUMNS = ("owner", "owned", "share")
PIECE = 1 << 20
SPARSE, SPARE = 10, 1_000
"""So many numbers a stake, and so many more, may stand for nobody: each takes memory."""


@dataclass(frozen=True, slots=True)
class NumberedStakes:
    """A table, read anew for each of its readings.

    Attributes:
        parties: one more than the highest number.
        rows: stakes.
        own: companies that hold shares of themselves, a row each.
        own_share: how much, in units.
    """

    path: Path
    parties: int
    rows: int
    own: Ints
    own_share: Ints

    def pieces(self) -> Iterator[tuple[Ints, Ints, Ints]]:
        """Give owners, companies and shares in units, as `held_in` takes them."""
        return _pieces(self.path)


def read_numbered_stakes(path: Path) -> NumberedStakes:
    """Read a table once, to know that it can be taken; raises `StakesMalformed` by row and rule."""
    highest, rows = -1, 0
    own = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
    for owner, owned, share in _pieces(path):
        highest = max(highest, int(owner.max(initial=-1)), int(owned.max(initial=-1)))
        rows += owner.size
        own.append((owned[owner == owned], share[owner == owned]))
    if highest >= SPARSE * rows + SPARE:
        raise StakesMalformed(
            f"{highest} is a number among {rows} stakes; number parties from 0 "
            "without gaps, as each number takes memory"
        )
    companies, shares = (np.concatenate([each[k] for each in own]) for k in (0, 1))
    return NumberedStakes(path, highest + 1, rows, companies, shares)


def _pieces(path: Path) -> Iterator[tuple[Ints, Ints, Ints]]:
    import pyarrow as pa  # noqa: PLC0415 - starts faster

    before = 0
    try:
        for batch in _batches(path):
            owner, owned, share = (_column(batch, name, before) for name in COLUMNS)
            for name, values in (("owner", owner), ("owned", owned)):
                _demand(values >= 0, before, f"{name} is below 0; number parties from 0")
            inside = (share >= 0) & (share <= 1)
            _demand(inside, before, "share is not between 0 and 1; write a part of one")
            yield owner, owned, units(share)
            before += owner.size
    except (pa.ArrowException, OSError) as reason:
        raise StakesMalformed(str(reason)) from None


def _batches(path: Path) -> Iterator[Any]:
    if path.suffix == ".csv":
        import pyarrow.csv as from_csv  # noqa: PLC0415 - starts faster

        with from_csv.open_csv(path) as rows:
            _demand_once(rows.schema.names)
        chosen = from_csv.ConvertOptions(include_columns=COLUMNS)
        with from_csv.open_csv(path, convert_options=chosen) as rows:
            yield from rows
        return
    import pyarrow.parquet as pq  # noqa: PLC0415 - starts faster

    with pq.ParquetFile(path) as table:
        lacking = set(COLUMNS) - set(table.schema_arrow.names)
        if lacking:
            raise StakesMalformed(f"no column {min(lacking)}; name it so")
        _demand_once(table.schema_arrow.names)
        yield from table.iter_batches(PIECE, columns=list(COLUMNS))


def _demand_once(names: Sequence[str]) -> None:
    """Refuse a table in which a column stands twice: nobody can tell which of both is meant."""
    twice = [each for each in COLUMNS if names.count(each) > 1]
    if twice:
        raise StakesMalformed(f"column {twice[0]} stands twice; leave one of them out")


def _column(batch: Any, name: str, before: int) -> Any:  # noqa: ANN401 - of Arrow
    import pyarrow as pa  # noqa: PLC0415 - starts faster

    column = batch.column(batch.schema.get_field_index(name))
    whole = pa.types.is_integer(column.type)
    if not (whole or pa.types.is_null(column.type)) and name != "share":
        raise StakesMalformed(f"{name} is {column.type}; number parties by whole numbers from 0")
    if name == "share":
        _demand_numbers(column, before)
    present = column.is_valid().to_numpy(zero_copy_only=False)
    _demand(present, before, f"{name} is empty; leave out rows without an exact share")
    return column.cast(pa.float64() if name == "share" else pa.int64()).to_numpy(
        zero_copy_only=False
    )


def _demand_numbers(column: Any, before: int) -> None:  # noqa: ANN401 - of Arrow
    """Refuse shares that Arrow would turn into numbers, as true into 1."""
    import pyarrow as pa  # noqa: PLC0415 - starts faster

    kinds = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_null)
    if any(each(column.type) for each in kinds):
        return
    values = column.to_pylist()
    places = (at for at, value in enumerate(values) if not _is_number(value))
    at = next(places, 0)
    raise StakesMalformed(
        f"row {before + at + 1}: share is {values[at]!r}, {column.type}; write a part of one"
    )


def _is_number(value: object) -> bool:
    try:
        return value is None or (isinstance(value, str) and math.isfinite(float(value)))
    except ValueError:
        return False


def _demand(holds: NDArray[np.bool_], before: int, sentence: str) -> None:
    if not holds.all():
        row = before + int(np.argmin(holds)) + 1
        raise StakesMalformed(f"row {row}: {sentence}")
