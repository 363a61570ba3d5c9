"""`undaunted ownership pairs`: who controls whom, every owner by itself, among numbered parties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.cli.outputs import demand_other, drafted
from undaunted.cli.ownership_doubts import beyond_whole, refuse_repeats
from undaunted.cli.ownership_numbered import read_numbered_stakes
from undaunted.engines.ownership import StakesMalformed, every_owner, held_in

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.engines.ownership import Pairs, Threshold

__all__ = ["write_pairs"]

PIECE = 1 << 20


def write_pairs(file: Path, out: Path, threshold: Threshold) -> str:
    """Write the pairs as Parquet, whole or not at all; gives what was found in words."""
    demand_other(out, file, refusal=StakesMalformed)
    table = read_numbered_stakes(file)
    held = held_in(table.parties, table.pieces)
    refuse_repeats(table, held)
    pairs = every_owner(held, threshold)
    try:
        with drafted(out) as draft:
            _write(pairs, draft)
    except OSError as reason:
        raise StakesMalformed(f"{out}: {reason.strerror}") from None
    told = f"{len(pairs)} pairs, {table.rows} stakes, {table.parties} parties"
    return "\n".join([told + ".", *beyond_whole(held)])


def _write(pairs: Pairs, draft: Path) -> None:
    import numpy as np  # noqa: PLC0415 - starts faster
    import pyarrow as pa  # noqa: PLC0415 - as above
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    schema = pa.schema([("owner", pa.int32()), ("company", pa.int32())])
    with pq.ParquetWriter(draft, schema) as writer:
        for begin in range(0, len(pairs), PIECE):
            companies = pairs.companies[begin : begin + PIECE]
            places = np.arange(begin, begin + companies.size)
            owners = pairs.owners[np.searchsorted(pairs.first, places, side="right") - 1]
            writer.write_table(pa.table([pa.array(owners), pa.array(companies)], schema=schema))
