"""In Spark the same files give the same pairs, weights and model as in DuckDB."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pytest

from tests.engines.linkage.test_linking import alike_in, drawn, shown
from undaunted.engines.linkage import LEVELS, STANDING, SparkMissing, Where, link
from undaunted.engines.linkage import spark as in_spark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyspark.sql import SparkSession

__all__: list[str] = []

NEEDED = pytest.mark.skipif(bool(in_spark.lacking()), reason=in_spark.lacking())
CLOSED = {(0, 1), (2, 3), (4, 5)}


@pytest.fixture
def session() -> Iterator[SparkSession]:
    """Give a session for so little that cutting it finely would take longer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        from pyspark.sql import SparkSession  # noqa: PLC0415 - optional

        building = SparkSession.builder.master("local[2]")
        for name, value in (in_spark.QUIET | in_spark.ALONE).items():
            building = building.config(name, value)
        started = building.getOrCreate()
        started.conf.set("spark.sql.shuffle.partitions", 2)
        yield started
        started.stop()


@NEEDED
@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.usefixtures("session")
def test_spark_estimates_and_weighs_as_duckdb_does(tmp_path: Path) -> None:
    files = drawn(260, seed=2, words=4)
    here = link(files, alike_in(files), few=0, closed=CLOSED)
    where = Where("local[2]", str(tmp_path))
    there = link(files, alike_in(files), few=0, closed=CLOSED, where=where)
    assert here.model.origin == there.model.origin
    assert here.model.origin.endswith("born, country, gender, place")
    for field, levels in LEVELS.items():
        for level in levels:
            ours, theirs = here.model.parts[field][level], there.model.parts[field][level]
            assert ours == pytest.approx(theirs, rel=1e-9)
    assert shown(here) == shown(there)
    assert here.pairs == there.pairs
    assert len(here.pairs) > 1_000
    assert not CLOSED & set(there.pairs)


def test_without_spark_the_refusal_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    files = drawn(20)
    with monkeypatch.context() as patch:
        patch.setattr(in_spark, "find_spec", lambda _name: None)
        with pytest.raises(SparkMissing, match=r"local\[2\]\) was asked for. PySpark .*make spark"):
            link(files, alike_in(files), model=STANDING, few=0, where=Where("local[2]"))
    monkeypatch.setattr(in_spark, "find_spec", lambda _name: object())
    monkeypatch.setattr(in_spark.shutil, "which", lambda _name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(SparkMissing, match="install Java 17"):
        link(files, alike_in(files), model=STANDING, few=0, where=Where("local[2]"))
