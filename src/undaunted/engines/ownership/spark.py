"""Control over more stakes than one machine holds: semi-naive rounds over DataFrames of Spark.

The rules are those of `in_sql`, written a third time: which layer decides, what a company's own
shares take away, strict comparison of whole numbers. A round joins the companies found in the last
with the stakes they hold, adds the shares to what an owner had of each company, and leaves out what
it controls already. Nothing is drawn at random and sums are whole, so that the answer depends
neither on the number of partitions nor on a worker that was lost.

Each round lies on disk and is read back by the next: a plan would grow threefold with each round
otherwise, and a run that died goes on from the last that is whole. Spark is optional
(`requirements/spark.txt`); whoever calls brings a session. `CLOSED` are its settings on one
machine: bound to itself, without a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undaunted.engines.ownership.errors import QuestionMalformed
from undaunted.engines.ownership.parties import PartyKind
from undaunted.engines.ownership.shares import WHOLE, Right
from undaunted.engines.ownership.thresholds import MAJORITY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyspark.sql import DataFrame, SparkSession

    from undaunted.engines.ownership.stakes import Stakes
    from undaunted.engines.ownership.thresholds import Threshold

__all__ = [
    "CLOSED", "TOGETHER", "InSpark", "all_control_in_spark", "control_in_spark", "frames_of",
    "shuffled",
]  # fmt: skip

CLOSED = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.warehouse.dir": "/nonexistent",
}
TOGETHER = -1
"""Owners who act as one."""
PAIR = ["acting", "company"]
SUMS = "acting INT, company INT, share BIGINT, enough BIGINT"
NONE = ("INT(id) acting", "INT(id) company", "id AS share", "id AS enough")
ENOUGH = """
CASE
    WHEN own >= whole THEN whole
    WHEN reached THEN ((whole - own) * part + up) div whole - 1
    ELSE ((whole - own) * part) div whole
END AS enough
"""


@dataclass(frozen=True, slots=True, eq=False)
class InSpark:
    """What was found.

    Attributes:
        pairs: who controls whom; `acting` is `TOGETHER` where owners were asked about as one.
        rounds: how many pairs each round found, those of an earlier run included.
        resumed: so many rounds were those of an earlier run.
    """

    pairs: DataFrame
    rounds: tuple[int, ...]
    resumed: int


def frames_of(session: SparkSession, stakes: Stakes) -> tuple[DataFrame, DataFrame]:
    """Give a table that fits in memory as the two frames that are asked: stakes and parties."""
    import pyarrow as pa  # noqa: PLC0415 - loaded with Spark

    rows = {"owner": stakes.owner, "owned": stakes.owned, "kind": stakes.right, "lo": stakes.lo}
    kinds = stakes.parties.kinds
    parties = {"number": pa.array(range(kinds.size), pa.int32()), "kind": kinds}
    return session.createDataFrame(pa.table(rows)), session.createDataFrame(pa.table(parties))


def control_in_spark(
    stakes: DataFrame, owners: Iterable[int], folder: str, threshold: Threshold = MAJORITY
) -> InSpark:
    """Give what owners (numbers of parties), acting as one, must control."""
    import pyarrow as pa  # noqa: PLC0415 - loaded with Spark

    numbers = pa.array([int(each) for each in owners], pa.int32())
    if not len(numbers):
        raise QuestionMalformed("control is asked of one owner at least")
    given = pa.table({"company": numbers}).append_column(
        "acting", pa.array([TOGETHER] * len(numbers), pa.int32())
    )
    seeds = stakes.sparkSession.createDataFrame(given).select(*PAIR)
    return _walked(_held(stakes, threshold), seeds, folder)


def all_control_in_spark(
    stakes: DataFrame, parties: DataFrame, folder: str, threshold: Threshold = MAJORITY
) -> InSpark:
    """Give who must control whom, each owner by itself; those who cannot decide as one, nothing."""
    held = _held(stakes, threshold)
    one = parties.where(parties["kind"] != int(PartyKind.SEVERAL)).selectExpr("number AS owner")
    alone = held.where("share > enough").select("owner").distinct().join(one, "owner", "left_semi")
    return _walked(held, alone.selectExpr("owner AS acting", "owner AS company"), folder)


def shuffled(session: SparkSession) -> int:
    """Give how many bytes the executors of a session have written for one another so far."""
    store: Any = session.sparkContext._jsc.sc().statusStore()  # noqa: SLF001 - no other way without a page
    told = store.executorList(False)
    return sum(told.apply(at).totalShuffleWrite() for at in range(told.size()))


def _held(stakes: DataFrame, threshold: Threshold) -> DataFrame:
    """Give stakes of others in companies that can be controlled, with what must be exceeded."""
    votes = stakes.where(stakes["kind"] == int(Right.VOTES))
    equity = stakes.where(stakes["kind"] == int(Right.EQUITY))
    silent = equity.join(votes.select("owned").distinct(), "owned", "left_anti")
    counted = votes.unionByName(silent.select(*votes.columns)).where("lo > 0")
    own = counted.where("owner = owned").groupBy("owned").agg({"lo": "sum"}).toDF("owned", "own")
    each = counted.where("owner <> owned").groupBy("owner", "owned").agg({"lo": "sum"})
    held = each.toDF("owner", "owned", "share")
    total = held.groupBy("owned").agg({"share": "sum"}).toDF("owned", "total")
    needed = total.join(own, "owned", "left").selectExpr(
        "owned", "total", "coalesce(own, 0) AS own"
    )
    enough = _with_enough(needed, threshold)
    open_ = enough.where("total > enough").select("owned", "enough")
    # By owner, as rounds ask for it.
    return held.join(open_, "owned").repartition("owner").persist()


def _with_enough(needed: DataFrame, threshold: Threshold) -> DataFrame:
    from pyspark.sql.functions import lit  # noqa: PLC0415 - optional

    told = needed.withColumns({
        "whole": lit(WHOLE), "part": lit(threshold.share), "up": lit(WHOLE - 1),
        "reached": lit(threshold.reached),
    })  # fmt: skip
    return told.selectExpr("owned", "total", ENOUGH)


def _walked(held: DataFrame, seeds: DataFrame, folder: str) -> InSpark:
    """Go round until a round finds nothing; each is kept, and read back by the next."""
    seeds = seeds.persist()
    keeping = _Keeping(held.sparkSession, folder, _digest(held, seeds))
    found = keeping.found()
    resumed = len(found)
    while not found or found[-1]:
        number = len(found)
        done = seeds.unionByName(keeping.controlled(1, number))
        frontier = keeping.controlled(number, number) if number else seeds
        sums = summed(held, frontier, keeping.pending(number), done)
        found.append(keeping.keep(number + 1, sums))
    pairs = keeping.controlled(1, len(found))
    held.unpersist()
    seeds.unpersist()
    return InSpark(pairs, tuple(found), resumed)


def summed(held: DataFrame, frontier: DataFrame, pending: DataFrame, done: DataFrame) -> DataFrame:
    """Add what the frontier holds to what each owner had, without what is controlled already."""
    joined = frontier.join(held, frontier["company"] == held["owner"])
    step = joined.selectExpr("acting", "owned AS company", "share", "enough")
    sums = step.unionByName(pending).groupBy(*PAIR).agg({"share": "sum", "enough": "max"})
    named = sums.selectExpr(*PAIR, "`sum(share)` AS share", "`max(enough)` AS enough")
    return named.join(done, PAIR, "left_anti")


def _digest(held: DataFrame, seeds: DataFrame) -> str:
    """Tell one question from another: every stake, what must be exceeded, and every seed."""
    stakes = held.selectExpr("bit_xor(xxhash64(owner, owned, share, enough)) AS digest")
    begun = seeds.selectExpr("bit_xor(xxhash64(acting, company)) AS digest")
    return "_".join(str(each["digest"]) for each in stakes.unionByName(begun).collect())


class _Keeping:
    """Rounds in a folder: sums of each, and an empty folder whose name says that it is whole."""

    def __init__(self, session: SparkSession, folder: str, digest: str) -> None:
        self.session, self.folder, self.digest = session, folder, digest
        jvm: Any = session.sparkContext._jvm  # noqa: SLF001 - no other way to any file system
        self.path = jvm.org.apache.hadoop.fs.Path
        self.files = self.path(folder).getFileSystem(
            session.sparkContext._jsc.hadoopConfiguration()  # noqa: SLF001 - the same
        )

    def found(self) -> list[int]:
        """Give how many pairs each kept round has found."""
        whole = self.path(f"{self.folder}/whole")
        if not self.files.exists(whole):
            return []
        names = [each.getPath().getName().split(".") for each in self.files.listStatus(whole)]
        if any(digest != self.digest for _, _, digest in names):
            raise QuestionMalformed(
                f"{self.folder} keeps rounds of another question; name an empty folder"
            )
        found = {int(number): int(count) for number, count, _ in names}
        return [found[each] for each in sorted(found)]

    def keep(self, number: int, sums: DataFrame) -> int:
        """Write a round, and then that it is whole; give how many pairs it has found."""
        from pyspark.sql import Observation  # noqa: PLC0415 - optional
        from pyspark.sql.functions import count_if, expr  # noqa: PLC0415 - optional

        seen = Observation()
        watched = sums.observe(seen, count_if(expr("share > enough")).alias("found"))
        watched.write.mode("overwrite").parquet(f"{self.folder}/sums/round={number}")
        found = int(seen.get["found"])
        self.files.mkdirs(self.path(f"{self.folder}/whole/{number}.{found}.{self.digest}"))
        return found

    def controlled(self, first: int, last: int) -> DataFrame:
        """Give the pairs that some rounds have found."""
        within = self._sums(first, last).where("share > enough")
        return within.select(*PAIR)

    def pending(self, number: int) -> DataFrame:
        """Give what was held and was not enough after a round."""
        return self._sums(number, number).where("share <= enough")

    def _sums(self, first: int, last: int) -> DataFrame:
        folders = [f"{self.folder}/sums/round={each}" for each in range(max(first, 1), last + 1)]
        if not folders:
            return self.session.range(0).selectExpr(*NONE)
        return self.session.read.schema(SUMS).parquet(*folders)
