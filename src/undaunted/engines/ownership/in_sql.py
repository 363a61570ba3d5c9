"""Control as one recursive query: an independent way to what must be controlled, in DuckDB.

Nothing is shared with the walks of this engine but the table of stakes: which layer decides, what a
company's own shares take away, and the least set itself are all said in SQL. Shares are whole
numbers, so that both ways agree exactly. `USING KEY` keeps one row for what an owner has of a
company, and each round joins only those companies that have come under control in the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import numpy as np

from undaunted.engines.ownership.parties import PartyKind
from undaunted.engines.ownership.shares import WHOLE, Right
from undaunted.engines.ownership.thresholds import MAJORITY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from undaunted.engines.ownership.stakes import Stakes
    from undaunted.engines.ownership.thresholds import Threshold

__all__ = ["all_control_in_sql", "control_in_sql"]

LAYERED = """
CREATE TABLE counted AS
SELECT owner, owned, lo FROM stakes WHERE kind = $votes
UNION ALL
SELECT owner, owned, lo FROM stakes
WHERE kind = $equity AND owned NOT IN (SELECT owned FROM stakes WHERE kind = $votes)
"""
HELD = """
CREATE TABLE held AS
SELECT owner, owned, sum(lo)::BIGINT AS share FROM counted
WHERE owner <> owned AND lo > 0 GROUP BY owner, owned
"""
NEEDED = """
CREATE TABLE needed AS
SELECT owned AS company, CASE
    WHEN own >= $whole THEN $whole
    WHEN $reached THEN (($whole - own) * $share + $whole - 1) // $whole - 1
    ELSE (($whole - own) * $share) // $whole
END AS enough
FROM (
    SELECT owned, coalesce(sum(lo) FILTER (owner = owned), 0)::BIGINT AS own
    FROM counted GROUP BY owned
)
"""
ALONE = """
CREATE TABLE seeds AS
SELECT DISTINCT owner AS acting, owner AS company
FROM held JOIN needed ON owned = company JOIN parties ON number = owner
WHERE share > enough AND kind <> $several
"""
TOGETHER = """
CREATE TABLE seeds AS SELECT -1 AS acting, number AS company FROM given
"""
REACHED = """
WITH RECURSIVE reached(acting, company, share, inside) USING KEY (acting, company) AS (
    SELECT acting::INTEGER, company::INTEGER, 0::BIGINT, true FROM seeds
    UNION
    SELECT step.acting, step.company, coalesce(had.share, 0) + step.share,
           coalesce(had.share, 0) + step.share > step.enough
    FROM (
        SELECT r.acting, h.owned AS company, sum(h.share)::BIGINT AS share, any_value(n.enough)
            AS enough
        FROM reached r JOIN held h ON h.owner = r.company JOIN needed n ON n.company = h.owned
        WHERE r.inside GROUP BY r.acting, h.owned
    ) step
    LEFT JOIN recurring.reached had
        ON had.acting = step.acting AND had.company = step.company
    WHERE NOT coalesce(had.inside, false)
)
SELECT acting, company FROM reached WHERE inside AND share > 0 ORDER BY acting, company
"""


def control_in_sql(
    stakes: Stakes, owners: Iterable[str], threshold: Threshold = MAJORITY
) -> NDArray[np.int32]:
    """Give what owners, acting as one, must control: numbers of parties, ascending."""
    with _laid_out(stakes, threshold) as base:
        base.register("given", {"number": stakes.parties.numbers_of(owners).astype(np.int32)})
        base.execute(TOGETHER)
        companies: NDArray[np.int32] = base.execute(REACHED).fetchnumpy()["company"]
        return companies


def all_control_in_sql(
    stakes: Stakes, threshold: Threshold = MAJORITY
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Give who must control whom, each owner by itself: owners and companies, a row a pair.

    Those who cannot decide as one (`PartyKind.SEVERAL`) control nothing.
    """
    with _laid_out(stakes, threshold) as base:
        numbers = np.arange(len(stakes.parties), dtype=np.int32)
        base.register("parties", {"number": numbers, "kind": stakes.parties.kinds})
        base.execute(ALONE, {"several": int(PartyKind.SEVERAL)})
        found = base.execute(REACHED).fetchnumpy()
        return found["acting"], found["company"]


def _laid_out(stakes: Stakes, threshold: Threshold) -> duckdb.DuckDBPyConnection:
    """Give a database in memory that holds the layer that decides, and what must be exceeded."""
    base = duckdb.connect(":memory:", config={"enable_external_access": "false"})
    columns = {"owner": stakes.owner, "owned": stakes.owned, "kind": stakes.right, "lo": stakes.lo}
    base.register("stakes", columns)
    base.execute(LAYERED, {"votes": int(Right.VOTES), "equity": int(Right.EQUITY)})
    base.execute(HELD)
    base.execute(NEEDED, {"whole": WHOLE, "share": threshold.share, "reached": threshold.reached})
    return base
