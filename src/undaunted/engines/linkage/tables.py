"""Files as tables, and the pairs worth comparing found there: `blocking` said in SQL.

The SQL is what DuckDB and Spark read alike (`duck`, `spark`). Splink's own blocking joins on one
rule after another and keeps every pair of every block. Here a file has a dozen keys of very unlike
rarity, so the few that share most with it are chosen first; and pairs that share a key are held for
a slice of the files at a time, so that memory does not grow with them.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Protocol

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
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from undaunted.engines.linkage.files import Files, Pair, Span

__all__ = ["Base", "Met", "as_arrow", "pairs_in_tables", "put_down"]

WHOLE: Final = frozenset({
    "unique_id", "file", "lists", "one", "other", "code",
    "born_from", "born_to", "arrested_from", "arrested_to",
})  # fmt: skip
"""Columns that hold whole numbers of 32 bits."""
LOOKED_AT: Final = 10_000
"""Pairs of two people, at most, of which names are compared."""
AT_ONCE: Final = 20_000_000
"""So many pairs that share a key are held at a time, each both ways round."""
BLOCKS: Final = """
SELECT key, size, pairs FROM (
    SELECT key, CAST(sum(times) AS BIGINT) AS size, CAST((
        sum(times) * (sum(times) - 1)
        - sum(CASE WHEN lists > 0 THEN times * (times - 1) ELSE 0 END)
    ) / 2 AS BIGINT) AS pairs
    FROM (SELECT key, lists, count(*) AS times FROM {source} GROUP BY key, lists) counted
    GROUP BY key
) sized WHERE pairs > 0
"""
NARROW: Final = """
SELECT k.key AS key, k.file AS file, k.lists AS lists, b.size AS size
FROM {source} k JOIN {sized} b ON k.key = b.key WHERE b.pairs <= {most}
"""
PARTED: Final = """
SELECT concat(k.key, '\u0001', p.part) AS key, k.file AS file, k.lists AS lists
FROM keyed k JOIN blocks b ON k.key = b.key JOIN parts p ON p.file = k.file
WHERE b.pairs > {most}
"""
BLOCKED: Final = """
SELECT * FROM of_keys UNION ALL SELECT * FROM of_parts UNION ALL SELECT * FROM of_hints
"""
BOTH_WAYS: Final = """
SELECT CAST(coalesce(sum(times * (times - 1)), 0) AS BIGINT) AS pairs
FROM (SELECT key, count(*) AS times FROM blocked GROUP BY key) counted
"""
SHARED: Final = """
SELECT l.file AS one, r.file AS other,
    CAST(sum(CAST(floor({rarity} / l.size) AS BIGINT)) AS BIGINT) AS weight
FROM blocked l JOIN blocked r ON l.key = r.key AND l.file <> r.file
LEFT JOIN apart a ON a.one = l.lists AND a.other = r.lists
WHERE l.file % {slices} = {slice} AND a.one IS NULL
GROUP BY l.file, r.file
"""
MET: Final = """
SELECT s.one AS one, s.other AS other, s.weight AS weight, coalesce(
    greatest(l.born_from, r.born_from) - least(l.born_to, r.born_to) > {slip}
    AND l.born_from IS NOT NULL AND r.born_from IS NOT NULL, false
) AS excluded, coalesce(
    l.arrested_from = l.arrested_to AND r.arrested_from = r.arrested_to
    AND l.arrested_from = r.arrested_from, false
) AS one_arrest
FROM shared s JOIN files l ON l.unique_id = s.one JOIN files r ON r.unique_id = s.other
"""
CHOSEN: Final = """
SELECT one, other FROM (
    SELECT m.one AS one, m.other AS other,
        row_number() OVER (PARTITION BY m.one ORDER BY m.weight DESC, m.other) AS place
    FROM met m LEFT JOIN closed c
        ON c.one = least(m.one, m.other) AND c.other = greatest(m.one, m.other)
    WHERE c.one IS NULL AND (m.one_arrest OR NOT m.excluded)
) ranked WHERE place <= {partners}
"""
DRAW: Final = "(CAST(one AS BIGINT) * 48271 + CAST(other AS BIGINT) * 69621) % 2147483647"
"""An order that depends on the pair alone, and is the same wherever it is asked."""
EXCLUDED: Final = """
SELECT one, other, {draw} AS draw FROM met WHERE excluded AND one < other
ORDER BY draw, one, other LIMIT {most}
"""
STRANGERS: Final = "SELECT count(*) AS times FROM met WHERE excluded AND one < other"


class Base(Protocol):
    """Where tables lie, and who answers."""

    def fill(self, name: str, columns: Mapping[str, Any]) -> None:
        """Make a table of columns; those named in `WHOLE` hold whole numbers of 32 bits."""

    def make(self, name: str, select: str) -> None:
        """Make a table of what a query gives, in place of one of this name."""

    def rows(self, select: str) -> dict[str, NDArray[Any]]:
        """Give the columns of an answer, masked where nothing is known."""

    def drop(self, *names: str) -> None:
        """Forget tables."""

    def mapped(self, key: str, value: str) -> str:
        """Give the aggregate that makes a map of two columns."""

    def splink(self) -> Any:  # noqa: ANN401 - Splink's
        """Give Splink's way to this base."""


class Met:
    """Pairs that met.

    Attributes:
        pairs: those worth comparing, two columns, in order.
        strangers: some that share a key and whose births exclude each other: two people.
        times: so many of those there are.
    """

    __slots__ = ("pairs", "strangers", "times")

    def __init__(self, pairs: NDArray[np.int64], strangers: NDArray[np.int64], times: int) -> None:
        self.pairs, self.strangers, self.times = pairs, strangers, times


def as_arrow(columns: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a table of Arrow, loaded with it
    """Give columns as both kinds of base take them."""
    import pyarrow as pa  # noqa: PLC0415 - starts faster

    kinds = dict.fromkeys(WHOLE, pa.int32()) | {"tf_spelling": pa.float64()}
    return pa.table(
        {name: pa.array(values, kinds.get(name, pa.string())) for name, values in columns.items()}
    )


def put_down(base: Base, files: Files) -> None:
    """Put files down as tables."""
    numbers = _numbered(files)
    base.fill("files", _columns(files, numbers))
    base.fill("keyed", _keyed(files, files.keys, numbers))
    base.fill("hinted", _keyed(files, files.hints, numbers))
    base.fill("parts", _parts(files))
    base.fill("apart", _apart(numbers))


def pairs_in_tables(
    base: Base,
    *,
    closed: Collection[Pair] = (),
    partners: int = MOST_PARTNERS,
    at_once: int = AT_ONCE,
) -> Met:
    """Give the pairs worth comparing, a slice of the files at a time."""
    pairs = np.array(sorted(closed), np.int32).reshape(-1, 2)
    base.fill("closed", {"one": pairs[:, 0], "other": pairs[:, 1]})
    _block(base)
    both_ways = int(base.rows(BOTH_WAYS)["pairs"][0])
    slices = both_ways // at_once + 1
    chosen, strangers, times = [], [], 0
    for part in range(slices):
        base.make("shared", SHARED.format(rarity=f"{RARITY}.0", slices=slices, slice=part))
        base.make("met", MET.format(slip=SLIP))
        chosen.append(_columns_of(base.rows(CHOSEN.format(partners=partners)), "one", "other"))
        asked = EXCLUDED.format(draw=DRAW, most=LOOKED_AT)
        strangers.append(_columns_of(base.rows(asked), "one", "other", "draw"))
        times += int(base.rows(STRANGERS)["times"][0])
        base.drop("shared", "met")
    base.drop("blocked", "of_keys", "of_parts", "of_hints")
    apart = np.concatenate(strangers)
    order = np.lexsort((apart[:, 1], apart[:, 0], apart[:, 2]))[:LOOKED_AT]
    either = np.unique(np.sort(np.concatenate(chosen), axis=1), axis=0)
    return Met(either, apart[order, :2], times)


def _block(base: Base) -> None:
    """Make the table of keys that few enough share, large ones parted by what else is known."""
    base.make("blocks", BLOCKS.format(source="keyed"))
    base.make("of_keys", NARROW.format(source="keyed", sized="blocks", most=MOST_PAIRS))
    base.make("parted", PARTED.format(most=MOST_PAIRS))
    base.make("narrow", BLOCKS.format(source="parted"))
    base.make("of_parts", NARROW.format(source="parted", sized="narrow", most=MOST_PAIRS))
    base.drop("parted", "narrow", "keyed")
    base.make("narrow", BLOCKS.format(source="hinted"))
    base.make("of_hints", NARROW.format(source="hinted", sized="narrow", most=MOST_HINTED))
    base.make("blocked", BLOCKED)
    base.drop("narrow", "blocks", "hinted", "parts")


def _columns_of(found: Mapping[str, NDArray[Any]], *names: str) -> NDArray[np.int64]:
    return np.stack([np.asarray(found[name], np.int64) for name in names], axis=1)


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
