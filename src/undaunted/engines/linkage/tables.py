"""Files as tables of DuckDB, and the pairs worth comparing found there: `blocking` said in SQL.

Splink's own blocking joins on one rule after another and keeps every pair of every block. Here a
file has a dozen keys of very unlike rarity, so the few that share most with it are chosen first.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from undaunted.engines.linkage.blocking import (
    MOST_HINTED,
    MOST_PAIRS,
    MOST_PARTNERS,
    RARITY,
    parts_of,
)
from undaunted.engines.linkage.files import SLIP

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from undaunted.engines.linkage.files import Files, Pair, Span

__all__ = ["Base", "excluded_pairs", "fill", "opened", "pairs_in_tables"]

Base = Any
"""A connection of DuckDB; its stubs are loaded with it."""
CLOSED: Final = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
"""Nothing is read from outside, and nothing fetched."""
WHOLE: Final = (
    "unique_id", "file", "lists", "one", "other", "code",
    "born_from", "born_to", "arrested_from", "arrested_to",
)  # fmt: skip
BLOCKS: Final = """
CREATE OR REPLACE TEMP TABLE {into} AS
WITH counted AS (SELECT key, lists, count(*) AS times FROM {source} GROUP BY key, lists)
SELECT key, sum(times)::BIGINT AS size, (
    sum(times) * (sum(times) - 1) - sum(CASE WHEN lists > 0 THEN times * (times - 1) ELSE 0 END)
)::HUGEINT // 2 AS pairs FROM counted GROUP BY key HAVING pairs > 0
"""
KEYED: Final = """
CREATE OR REPLACE TEMP TABLE blocked AS
SELECT k.key, k.file, k.lists, b.size FROM keyed k JOIN blocks b USING (key) WHERE pairs <= $most
"""
PARTED: Final = """
CREATE OR REPLACE TEMP TABLE parted AS
SELECT k.key || chr(1) || p.part AS key, k.file, k.lists
FROM keyed k JOIN blocks b USING (key) JOIN parts p ON p.file = k.file WHERE pairs > $most
"""
ALSO: Final = """
INSERT INTO blocked
SELECT k.key, k.file, k.lists, b.size FROM {source} k JOIN {sized} b USING (key)
WHERE pairs <= $most
"""
SHARED: Final = """
CREATE OR REPLACE TEMP TABLE shared AS
SELECT l.file AS one, r.file AS other, sum($rarity // l.size)::BIGINT AS weight
FROM blocked l JOIN blocked r ON l.key = r.key AND l.file < r.file
WHERE l.lists = 0 OR r.lists = 0 OR NOT EXISTS (
    SELECT 1 FROM apart a WHERE a.one = l.lists AND a.other = r.lists
)
GROUP BY l.file, r.file
"""
MET: Final = """
CREATE OR REPLACE TEMP TABLE met AS
SELECT s.one, s.other, s.weight, coalesce(
    greatest(l.born_from, r.born_from) - least(l.born_to, r.born_to) > $slip, false
) AS excluded, coalesce(
    l.arrested_from = l.arrested_to AND r.arrested_from = r.arrested_to
    AND l.arrested_from = r.arrested_from, false
) AS one_arrest
FROM shared s JOIN files l ON l.unique_id = s.one JOIN files r ON r.unique_id = s.other
"""
OPEN: Final = """
CREATE OR REPLACE TEMP TABLE open AS
SELECT one, other, weight FROM met ANTI JOIN closed USING (one, other)
WHERE one_arrest OR NOT excluded
"""
EXCLUDED: Final = """
SELECT one, other FROM met WHERE excluded ORDER BY hash(one, other), one, other LIMIT $most
"""
CHOSEN: Final = """
CREATE OR REPLACE TEMP TABLE chosen AS
SELECT DISTINCT least(file, met) AS one, greatest(file, met) AS other FROM (
    SELECT file, met FROM (
        SELECT one AS file, other AS met, weight FROM open
        UNION ALL
        SELECT other, one, weight FROM open
    ) QUALIFY row_number() OVER (PARTITION BY file ORDER BY weight DESC, met) <= $partners
)
"""


def opened(files: Files, *, threads: int = 0) -> Base:
    """Open a base in memory that holds the files; `threads` 0 is as many as there are cores."""
    import duckdb  # noqa: PLC0415 - starts faster

    chosen = {"threads": str(threads)} if threads else {}
    base = duckdb.connect(":memory:", config={**CLOSED, **chosen})
    base.execute("SET preserve_insertion_order = false")
    numbers = _numbered(files)
    fill(base, "files", _columns(files, numbers))
    fill(base, "keyed", _keyed(files, files.keys, numbers))
    fill(base, "hinted", _keyed(files, files.hints, numbers))
    fill(base, "parts", _parts(files))
    fill(base, "apart", _apart(numbers))
    return base


def pairs_in_tables(
    base: Base, *, closed: Collection[Pair] = (), partners: int = MOST_PARTNERS
) -> NDArray[np.int64]:
    """Give the pairs worth comparing, two columns, in order; the table `chosen` has them too."""
    pairs = np.array(sorted(closed), np.int32).reshape(-1, 2)
    fill(base, "closed", {"one": pairs[:, 0], "other": pairs[:, 1]})
    base.execute(BLOCKS.format(into="blocks", source="keyed"))
    base.execute(KEYED, {"most": MOST_PAIRS})
    base.execute(PARTED, {"most": MOST_PAIRS})
    base.execute(BLOCKS.format(into="narrow", source="parted"))
    base.execute(ALSO.format(source="parted", sized="narrow"), {"most": MOST_PAIRS})
    base.execute(BLOCKS.format(into="narrow", source="hinted"))
    base.execute(ALSO.format(source="hinted", sized="narrow"), {"most": MOST_HINTED})
    base.execute(SHARED, {"rarity": RARITY})
    base.execute(MET, {"slip": SLIP})
    base.execute(OPEN)
    base.execute(CHOSEN, {"partners": partners})
    base.execute("DROP TABLE shared; DROP TABLE parted; DROP TABLE blocked; DROP TABLE open")
    return _two(base.execute("SELECT one, other FROM chosen ORDER BY one, other").fetchnumpy())


def excluded_pairs(base: Base, *, most: int) -> tuple[NDArray[np.int64], int]:
    """Give some pairs that share a key and whose births exclude each other, and how many there are.

    They are two people, and tell how often two people have one name.
    """
    (times,) = base.execute("SELECT count(*) FROM met WHERE excluded").fetchall()[0]
    return _two(base.execute(EXCLUDED, {"most": most}).fetchnumpy()), int(times)


def _two(found: dict[str, Any]) -> NDArray[np.int64]:
    return np.stack([found["one"], found["other"]], axis=1).astype(np.int64)


def fill(base: Base, name: str, columns: dict[str, Any]) -> None:
    """Make a table of columns; those named in `WHOLE` hold whole numbers of 32 bits."""
    import pyarrow as pa  # noqa: PLC0415 - starts faster

    kinds = dict.fromkeys(WHOLE, pa.int32()) | {"tf_spelling": pa.float64()}
    arrays = {
        column: pa.array(values, kinds.get(column, pa.string()))
        for column, values in columns.items()
    }
    base.register("given", pa.table(arrays))
    base.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM given")  # noqa: S608 - our names
    base.unregister("given")


def _numbered(files: Files) -> dict[tuple[int, ...], int]:
    """Give a number to each set of lists that files stand in; 0 is no list."""
    numbers: dict[tuple[int, ...], int] = {(): 0}
    for lists in files.lists:
        numbers.setdefault(lists, len(numbers))
    return numbers


def _apart(numbers: dict[tuple[int, ...], int]) -> dict[str, Any]:
    """Give those that share a list, with themselves as well."""
    sets = [(number, frozenset(lists)) for lists, number in numbers.items() if lists]
    rows = [(one, other) for one, left in sets for other, right in sets if left & right]
    found = np.array(rows, np.int32).reshape(-1, 2)
    return {"one": found[:, 0], "other": found[:, 1]}


def _columns(files: Files, numbers: dict[tuple[int, ...], int]) -> dict[str, Any]:
    texts = {
        name: [text or None for text in getattr(files, name)]
        for name in ("spelling", "place", "gender", "country")
    }
    return {
        "unique_id": np.arange(len(files), dtype=np.int32),
        "lists": np.array([numbers[lists] for lists in files.lists], np.int32),
        **texts,
        **_ends("born", files.born),
        **_ends("arrested", files.arrested),
    }


def _ends(name: str, spans: Sequence[Span | None]) -> dict[str, Any]:
    return {
        f"{name}_{end}": [span[at] if span else None for span in spans]
        for at, end in enumerate(("from", "to"))
    }


def _keyed(
    files: Files, keys: Sequence[Collection[str]], numbers: dict[tuple[int, ...], int]
) -> dict[str, Any]:
    counts = np.fromiter(map(len, keys), np.int64, len(files))
    of_file = np.array([numbers[lists] for lists in files.lists], np.int32)
    return {
        "file": np.repeat(np.arange(len(files), dtype=np.int32), counts),
        "key": list(chain.from_iterable(keys)),
        "lists": np.repeat(of_file, counts),
    }


def _parts(files: Files) -> dict[str, Any]:
    rows = [(at, part) for at in range(len(files)) for part in parts_of(files, at)]
    return {
        "file": np.array([at for at, _ in rows], np.int32),
        "part": [part for _, part in rows],
    }
