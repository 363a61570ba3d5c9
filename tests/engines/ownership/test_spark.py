"""Control in Spark is that of the walks and of SQL, however it is cut up and whoever dies."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from benchmarks.ownership_drawn import drawn_stakes
from benchmarks.ownership_spark import (
    SHORT,
    columns_of,
    kill_a_worker,
    lacking,
    two_workers,
    walked,
)

from tests.engines.ownership.tables import table
from undaunted.engines.ownership import (
    HALF,
    PartyKind,
    QuestionMalformed,
    Right,
    Threshold,
    control,
    spark,
    votes_graph,
)
from undaunted.engines.ownership.in_sql import all_control_in_sql

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyspark.sql import DataFrame, SparkSession

__all__: list[str] = []

pytestmark = [
    pytest.mark.skipif(bool(lacking()), reason=lacking()),
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support:FutureWarning"),
]
COMPANIES, STAKES = 100_000, 60_000
CUT = "spark.sql.shuffle.partitions"


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    with two_workers(768, SHORT) as started:
        yield started


def test_every_pair_of_many_companies_is_that_of_both_other_ways_though_a_worker_dies(
    session: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stakes = drawn_stakes(COMPANIES, STAKES, 7)
    killed: list[int] = []
    rounds, doubled = count(1), spark.doubled

    def while_one_dies(*frames: DataFrame) -> DataFrame:
        if next(rounds) == 2:
            killed.append(kill_a_worker(session))
        return doubled(*frames)

    monkeypatch.setattr(spark, "doubled", while_one_dies)
    session.conf.set(CUT, 2)
    frames = spark.frames_of(session, stakes)
    found = spark.all_control_in_spark(*frames, str(tmp_path))
    pairs = columns_of(found)
    assert killed
    assert len(found.rounds) > 3
    assert sum(found.rounds) == pairs[0].size > STAKES // 5
    for ours, walks, sql in zip(pairs, walked(stakes), all_control_in_sql(stakes), strict=True):
        assert np.array_equal(ours, walks)
        assert np.array_equal(ours, sql)
    assert 0 < spark.shuffled(session) / STAKES < 1000


def test_the_number_of_partitions_changes_nothing(session: SparkSession, tmp_path: Path) -> None:
    stakes = drawn_stakes(1_000, 300, 3)
    frames = spark.frames_of(session, stakes)
    expected = [each.tolist() for each in walked(stakes)]
    for partitions in (2, 8):
        session.conf.set(CUT, partitions)
        found = spark.all_control_in_spark(*frames, str(tmp_path / str(partitions)))
        assert [each.tolist() for each in columns_of(found)] == expected
    session.conf.set(CUT, 2)


def test_a_run_that_stopped_goes_on_and_answers_the_same(
    session: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stakes = table(*((f"c{each}", f"c{each + 1}", 0.6) for each in range(5)), ("c5", "own", 1))
    asked, _ = spark.frames_of(session, stakes)
    rounds, summed = count(1), spark.summed

    def stops(*asked: Any) -> Any:
        if next(rounds) == 4:
            raise InterruptedError
        return summed(*asked)

    with monkeypatch.context() as patch:
        patch.setattr(spark, "summed", stops)
        with pytest.raises(InterruptedError):
            spark.control_in_spark(asked, [0], str(tmp_path))
    found = spark.control_in_spark(asked, [0], str(tmp_path))
    assert (found.resumed, found.rounds) == (3, (1, 1, 1, 1, 1, 1, 0))
    acting, companies = columns_of(found)
    assert set(acting.tolist()) == {spark.TOGETHER}
    assert companies.tolist() == sorted(control(votes_graph(stakes), ["c0"]).must.tolist())
    with pytest.raises(QuestionMalformed, match="keeps rounds of another question"):
        spark.control_in_spark(asked, [1], str(tmp_path))
    with pytest.raises(QuestionMalformed, match="one owner at least"):
        spark.control_in_spark(asked, [], str(tmp_path))


def test_every_owner_s_rounds_go_on_too_and_what_is_below_a_joint_company_comes_with_it(
    session: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stakes = table(
        ("s", "a", 0.6), ("a", "b", 0.6), ("s", "joint", 0.3), ("b", "joint", 0.3),
        ("joint", "below", 0.7),
    )  # fmt: skip
    frames = spark.frames_of(session, stakes)
    rounds, summed = count(1), spark.summed

    def stops(*asked: Any) -> Any:
        if next(rounds) == 2:
            raise InterruptedError
        return summed(*asked)

    with monkeypatch.context() as patch:
        patch.setattr(spark, "summed", stops)
        with pytest.raises(InterruptedError):
            spark.all_control_in_spark(*frames, str(tmp_path))
    found = spark.all_control_in_spark(*frames, str(tmp_path))
    assert (found.resumed, found.rounds) == (4, (3, 1, 0, 2, 0))
    ours = [each.tolist() for each in columns_of(found)]
    assert ours == [each.tolist() for each in walked(stakes)]


def test_layers_own_shares_and_thresholds_are_read_as_by_the_walks(
    session: SparkSession, tmp_path: Path
) -> None:
    stakes = table(
        ("s", "a", 0.3), ("s", "b", 0.5), ("b", "b", 0.2), ("b", "a", 0.21), ("s", "c", 0.4),
        ("s", "c", 0.9, Right.EQUITY), ("t", "c", 0.6, Right.VOTES), ("d", "d", 1.0),
        ("s", "d", 0.5), ("many", "e", 0.9), ("s", "f", 0.5), ("t", "f", 0.5), ("t", "s", (0.2, 1)),
        kinds={"many": PartyKind.SEVERAL},
    )  # fmt: skip
    frames = spark.frames_of(session, stakes)
    for number, asked in enumerate((Threshold(), Threshold(HALF, reached=True))):
        found = spark.all_control_in_spark(*frames, str(tmp_path / str(number)), asked)
        ours = [each.tolist() for each in columns_of(found)]
        assert ours == [each.tolist() for each in all_control_in_sql(stakes, asked)]
        assert ours[0]
