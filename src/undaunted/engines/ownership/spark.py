"""Control over more stakes than one machine holds: semi-naive rounds over DataFrames of Spark.

The rules are those of `in_sql`, written a third time: which layer decides, what a company's own
shares take away, strict comparison of whole numbers. Nothing is drawn at random and sums are whole,
so that the answer depends neither on the number of partitions nor on a worker that was lost.

A round costs more than what it finds, so that there are few. Where every owner is asked about, who
is below whom by *sure* stakes, each of which is enough alone, is found first: what was found last
is joined with all that was found, and a chain is as many rounds as its length can be halved. Then
shares are added up in the *joint* companies, those in which the others may be enough together, and
with each that comes under control goes all that is below it. Stakes that are neither cannot matter.

Each round lies on disk and is read back by the next: a plan would grow with each round otherwise,
and a run that died goes on from the last that is whole. Spark is optional
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
    "spark.sql.warehouse.dir": "/nonexistent",
}
TOGETHER = -1
"""Owners who act as one."""
PAIR = ["acting", "company"]
PAIRS = "acting INT, company INT"
SUMS = f"{PAIRS}, share BIGINT, enough BIGINT, found INT"
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
        rounds: how many pairs each round found, those of an earlier run included, and those of
            owners who cannot decide as one.
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
    # Smaller tables would be rows within the plan, compared and sent anew in every round.
    session.conf.set("spark.sql.execution.arrow.localRelationThreshold", "0")
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
    own = seeds.selectExpr("company AS owned")
    held = _held(stakes, threshold).join(own, "owned", "left_anti").persist()
    keeping = _Keeping(stakes.sparkSession, folder, _digest(held, seeds))
    resumed = len(keeping.found("joint"))
    parts = held.drop("sure").repartition("owner").persist()
    found = _joint(keeping, parts, seeds)
    parts.unpersist()
    held.unpersist()
    return InSpark(keeping.pairs("joint", 1, len(found) - 1), tuple(found), resumed)


def all_control_in_spark(
    stakes: DataFrame, parties: DataFrame, folder: str, threshold: Threshold = MAJORITY
) -> InSpark:
    """Give who must control whom, each owner by itself; those who cannot decide as one, nothing."""
    held = _held(stakes, threshold).persist()
    several = parties.where(parties["kind"] == int(PartyKind.SEVERAL)).selectExpr(
        "number AS acting"
    )
    alone = held.where("sure").selectExpr("owner AS acting").distinct()
    seeds = alone.join(several, "acting", "left_anti").selectExpr("acting", "acting AS company")
    keeping = _Keeping(stakes.sparkSession, folder, _digest(held, seeds))
    resumed = len(keeping.found("near")) + len(keeping.found("joint"))
    others = held.where("NOT sure").groupBy("owned").agg({"share": "sum", "enough": "max"})
    joint = others.where("`sum(share)` > `max(enough)`").select("owned")
    sure = held.where("sure").join(joint, "owned", "left_anti")
    below = _below(keeping, sure.selectExpr("owner AS acting", "owned AS company"))
    parts = held.join(joint, "owned", "left_semi").repartition("owner").persist()
    near = keeping.pairs("near", 1, len(below))
    acting = near.join(several, "acting", "left_anti")
    found = _joint(keeping, parts, seeds.unionByName(acting), near)
    parts.unpersist()
    held.unpersist()
    pairs = acting.unionByName(keeping.pairs("joint", 1, len(found) - 1))
    return InSpark(pairs, (*below, *found), resumed)


def shuffled(session: SparkSession) -> int:
    """Give how many bytes the executors of a session have written for one another so far."""
    store: Any = session.sparkContext._jsc.sc().statusStore()  # noqa: SLF001 - no other way without a page
    told = store.executorList(False)
    return sum(told.apply(at).totalShuffleWrite() for at in range(told.size()))


def _held(stakes: DataFrame, threshold: Threshold) -> DataFrame:
    """Give stakes in others with what must be exceeded, and whether each does it alone."""
    votes = stakes.where(stakes["kind"] == int(Right.VOTES))
    equity = stakes.where(stakes["kind"] == int(Right.EQUITY))
    silent = equity.join(votes.select("owned").distinct(), "owned", "left_anti")
    # By company once: whatever is asked of one from here on hands nothing over.
    counted = votes.unionByName(silent.select(*votes.columns)).where("lo > 0").repartition("owned")
    own = counted.where("owner = owned").groupBy("owned").agg({"lo": "sum"}).toDF("owned", "own")
    each = counted.where("owner <> owned").groupBy("owner", "owned").agg({"lo": "sum"})
    named = each.toDF("owner", "owned", "share").join(own, "owned", "left")
    told = named.selectExpr("owner", "owned", "share", "coalesce(own, 0) AS own")
    enough = _with_enough(told, threshold)
    return enough.selectExpr("owner", "owned", "share", "enough", "share > enough AS sure")


def _with_enough(told: DataFrame, threshold: Threshold) -> DataFrame:
    from pyspark.sql.functions import lit  # noqa: PLC0415 - optional

    asked = told.withColumns({
        "whole": lit(WHOLE), "part": lit(threshold.share), "up": lit(WHOLE - 1),
        "reached": lit(threshold.reached),
    })  # fmt: skip
    return asked.selectExpr("owner", "owned", "share", ENOUGH)


def _below(keeping: _Keeping, sure: DataFrame) -> list[int]:
    """Find who is below whom by sure stakes; give how many pairs each round found."""
    found = keeping.found("near")
    while not found or found[-1]:
        done = len(found)
        pairs = sure
        if found:
            pairs = doubled(keeping.pairs("near", done, done), keeping.pairs("near", 1, done))
        new = keeping.write("near", done + 1, pairs)
        found.append(keeping.mark("near", done + 1, new))
    return found


def doubled(last: DataFrame, near: DataFrame) -> DataFrame:
    """Give pairs up to twice as far apart: whom those are above that were found last."""
    beyond = near.toDF("between", "beyond")
    joined = last.join(beyond, last["company"] == beyond["between"]).where("acting <> beyond")
    far = joined.selectExpr("acting", "beyond AS company").distinct()
    return far.join(near, PAIR, "left_anti")


def _joint(
    keeping: _Keeping, parts: DataFrame, begun: DataFrame, near: DataFrame | None = None
) -> list[int]:
    """Add up shares until a round finds nothing; give how many pairs each found.

    Without `near` what is below a company is found step by step, its sure stakes being parts too.
    """
    found = keeping.found("joint")
    while not found or found[-1]:
        done, number = len(found), len(found) + 1
        frontier = keeping.pairs("joint", done, done) if found else begun
        sums = summed(parts, frontier, keeping.sums(done), number)
        new = keeping.write("sums", number, sums, f"found = {number}")
        if new:
            crossed = keeping.sums(number).where(f"found = {number}").select(*PAIR)
            if near is not None:
                known = near.unionByName(keeping.pairs("joint", 1, done))
                crossed = opened(crossed, near, known)
            new = keeping.write("joint", number, crossed)
        found.append(keeping.mark("joint", number, new))
    return found


def summed(parts: DataFrame, frontier: DataFrame, sums: DataFrame, number: int) -> DataFrame:
    """Add what the frontier holds to what each owner had; what is enough now, this round found."""
    joined = frontier.join(parts, frontier["company"] == parts["owner"]).where("acting <> owned")
    step = joined.selectExpr("acting", "owned AS company", "share", "enough", "INT(NULL) AS found")
    every = step.unionByName(sums).groupBy(*PAIR)
    added = every.agg({"share": "sum", "enough": "max", "found": "min"})
    return added.selectExpr(
        *PAIR, "`sum(share)` AS share", "`max(enough)` AS enough",
        f"coalesce(`min(found)`, IF(`sum(share)` > `max(enough)`, {number}, NULL)) AS found",
    )  # fmt: skip


def opened(crossed: DataFrame, near: DataFrame, known: DataFrame) -> DataFrame:
    """Give companies that have come under control, and what is below them and was not known."""
    beyond = near.toDF("between", "beyond")
    joined = crossed.join(beyond, crossed["company"] == beyond["between"])
    below = joined.where("acting <> beyond").selectExpr("acting", "beyond AS company").distinct()
    return crossed.unionByName(below.join(known, PAIR, "left_anti"))


def _digest(held: DataFrame, seeds: DataFrame) -> str:
    """Tell one question from another: every stake, what must be exceeded, and every seed."""
    stakes = held.selectExpr("bit_xor(xxhash64(owner, owned, share, enough)) AS digest")
    begun = seeds.selectExpr("bit_xor(xxhash64(acting, company)) AS digest")
    return "_".join(str(each["digest"]) for each in stakes.unionByName(begun).collect())


class _Keeping:
    """Rounds in a folder, and of each an empty folder whose name says that it is whole."""

    def __init__(self, session: SparkSession, folder: str, digest: str) -> None:
        self.session, self.folder, self.digest = session, folder, digest
        jvm: Any = session.sparkContext._jvm  # noqa: SLF001 - no other way to any file system
        self.path = jvm.org.apache.hadoop.fs.Path
        self.files = self.path(folder).getFileSystem(
            session.sparkContext._jsc.hadoopConfiguration()  # noqa: SLF001 - the same
        )

    def found(self, kind: str) -> list[int]:
        """Give how many pairs each whole round of a kind has found."""
        whole = self.path(f"{self.folder}/whole")
        if not self.files.exists(whole):
            return []
        names = [each.getPath().getName().split(".") for each in self.files.listStatus(whole)]
        if any(digest != self.digest for *_, digest in names):
            raise QuestionMalformed(
                f"{self.folder} keeps rounds of another question; name an empty folder"
            )
        found = {int(number): int(count) for of, number, count, _ in names if of == kind}
        return [found[each] for each in sorted(found)]

    def write(self, kind: str, number: int, rows: DataFrame, counted: str = "true") -> int:
        """Write a round; give how many rows of it are of those that count."""
        from pyspark.sql import Observation  # noqa: PLC0415 - optional
        from pyspark.sql.functions import count_if, expr  # noqa: PLC0415 - optional

        seen = Observation()
        watched = rows.observe(seen, count_if(expr(counted)).alias("found"))
        watched.write.mode("overwrite").parquet(self._place(kind, number))
        return int(seen.get["found"])

    def mark(self, kind: str, number: int, found: int) -> int:
        """Set down that a round is whole; give what it found."""
        name = f"{kind}.{number}.{found}.{self.digest}"
        self.files.mkdirs(self.path(f"{self.folder}/whole/{name}"))
        return found

    def pairs(self, kind: str, first: int, last: int) -> DataFrame:
        """Give the pairs that some rounds have found."""
        return self._read(PAIRS, [self._place(kind, each) for each in range(first, last + 1)])

    def sums(self, number: int) -> DataFrame:
        """Give what each owner has of each joint company after a round."""
        return self._read(SUMS, [self._place("sums", number)] if number else [])

    def _read(self, columns: str, places: list[str]) -> DataFrame:
        if not places:
            return self.session.createDataFrame([], columns)
        return self.session.read.schema(columns).parquet(*places)

    def _place(self, kind: str, number: int) -> str:
        return f"{self.folder}/{kind}/round={number}"
