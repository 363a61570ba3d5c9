"""Control as one recursive query: an independent way to what must be controlled, in DuckDB.

Nothing is shared with the walks of this engine but the table of stakes: which layer decides, what a
company's own shares take away, and the least set itself are all said in SQL. Shares are whole
numbers, so that both ways agree exactly.

Only the stakes that can matter are asked for. A stake is *sure* where it exceeds alone what must be
exceeded. Where the others of a company do not exceed it together, whoever controls it holds a sure
stake, so that they are left out and nothing is added up: such a company is found once. Of all other
companies `USING KEY` keeps one row for what an owner has, with the sum and what the last round
added. A company goes on in the round in which the sum has passed what must be exceeded, and in no
other, so that no round looks at what those before it have found.
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
OWN = """
CREATE TABLE suspended AS
SELECT owned AS company, sum(lo)::BIGINT AS own FROM counted WHERE owner = owned GROUP BY owned
"""
HELD = """
CREATE TABLE held AS
SELECT owner, owned, share, enough, share > enough AS sure
FROM (
    SELECT owner, owned, share, CASE
        WHEN own >= $whole THEN $whole
        WHEN $reached THEN (($whole - own) * $share + $whole - 1) // $whole - 1
        ELSE (($whole - own) * $share) // $whole
    END AS enough
    FROM (
        SELECT owner, owned, share, coalesce(own, 0) AS own
        FROM (
            SELECT owner, owned, sum(lo)::BIGINT AS share FROM counted
            WHERE owner <> owned AND lo > 0 GROUP BY owner, owned
        ) LEFT JOIN suspended ON company = owned
    )
)
"""
JOINT = """
CREATE TABLE joint AS
SELECT owned FROM held WHERE NOT sure GROUP BY owned HAVING sum(share) > any_value(enough)
"""
SURE = """
CREATE TABLE sure AS
SELECT owner, owned FROM held WHERE sure AND owned NOT IN (FROM joint)
"""
PARTS = """
CREATE TABLE parts AS
SELECT owner, owned, share, enough FROM held WHERE owned IN (FROM joint)
"""
ALONE = """
CREATE TABLE begun AS
WITH alone AS (
    SELECT DISTINCT owner FROM held JOIN parties ON number = owner WHERE sure AND kind <> $several
)
SELECT owner AS acting, owned AS company, 0::BIGINT AS share, 0::BIGINT AS enough, true AS sure
FROM sure WHERE owner IN (FROM alone)
UNION ALL
SELECT owner, owned, share, enough, false FROM parts WHERE owner IN (FROM alone)
"""
NOT_OF_THEMSELVES = "DELETE FROM held WHERE owned IN (FROM given)"
TOGETHER = """
CREATE TABLE begun AS
SELECT DISTINCT -1::INTEGER AS acting, owned AS company, 0::BIGINT AS share, 0::BIGINT AS enough,
    true AS sure
FROM sure WHERE owner IN (FROM given)
UNION ALL
SELECT -1, owned, sum(share)::BIGINT, any_value(enough), false
FROM parts WHERE owner IN (FROM given) GROUP BY owned
"""
REACHED = """
WITH RECURSIVE reached(acting, company, share, step, enough, sure)
USING KEY (acting, company, sum(share), last(step), max(enough), max(sure)) AS (
    SELECT acting, company, share, share, enough, sure FROM begun
    UNION (
        WITH found AS (
            SELECT acting, company FROM reached
            WHERE sure OR (share > enough AND share - step <= enough)
        )
        SELECT acting, owned, 0::BIGINT, 0::BIGINT, 0::BIGINT, true
        FROM found JOIN sure ON owner = company WHERE acting <> owned
        UNION ALL
        SELECT acting, owned, sum(share)::BIGINT, sum(share)::BIGINT, any_value(enough), false
        FROM found JOIN parts ON owner = company WHERE acting <> owned GROUP BY acting, owned
    )
)
SELECT acting, company FROM reached WHERE sure OR share > enough ORDER BY acting, company
"""


def control_in_sql(
    stakes: Stakes, owners: Iterable[str], threshold: Threshold = MAJORITY
) -> NDArray[np.int32]:
    """Give what owners, acting as one, must control: numbers of parties, ascending."""
    with _laid_out(stakes, threshold) as base:
        base.register("given", {"number": stakes.parties.numbers_of(owners).astype(np.int32)})
        _narrowed(base, leaving=NOT_OF_THEMSELVES)
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
        _narrowed(base)
        base.execute(ALONE, {"several": int(PartyKind.SEVERAL)})
        found = base.execute(REACHED).fetchnumpy()
        return found["acting"], found["company"]


def _laid_out(stakes: Stakes, threshold: Threshold) -> duckdb.DuckDBPyConnection:
    """Give a database in memory that holds the layer that decides, and what must be exceeded."""
    base = duckdb.connect(":memory:", config={"enable_external_access": "false"})
    columns = {"owner": stakes.owner, "owned": stakes.owned, "kind": stakes.right, "lo": stakes.lo}
    base.register("stakes", columns)
    base.execute(LAYERED, {"votes": int(Right.VOTES), "equity": int(Right.EQUITY)})
    base.execute(OWN)
    base.execute(HELD, {"whole": WHOLE, "share": threshold.share, "reached": threshold.reached})
    return base


def _narrowed(base: duckdb.DuckDBPyConnection, leaving: str = "") -> None:
    """Part what is held into sure stakes and those that are added up; leave out what cannot matter.

    Stakes in those who ask together are left out first.
    """
    for step in filter(None, (leaving, JOINT, SURE, PARTS)):
        base.execute(step)
