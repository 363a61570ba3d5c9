"""In Spark the same files give the same pairs, weights and model as in DuckDB."""

from __future__ import annotations

import subprocess
import sys
import warnings
from typing import TYPE_CHECKING

import pytest
from benchmarks.ownership_spark import lacking

from tests.engines.linkage.test_linking import alike_in, drawn, shown
from undaunted.engines.linkage import LEVELS, STANDING, SparkMissing, Where, link
from undaunted.engines.linkage import spark as in_spark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyspark.sql import SparkSession

__all__: list[str] = []

NEEDED = pytest.mark.skipif(bool(lacking()), reason=lacking())
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


def test_without_pyspark_the_refusal_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    files = drawn(20)
    monkeypatch.setattr(in_spark, "find_spec", lambda _name: None)
    with pytest.raises(SparkMissing, match=r"local\[2\]\) was asked for.*`make spark`"):
        link(files, alike_in(files), model=STANDING, few=0, where=Where("local[2]"))


@NEEDED
def test_without_java_the_refusal_says_what_to_install() -> None:
    """In a process of its own: a gateway to Java that was opened once is kept."""
    told = (
        "from undaunted.engines.linkage import Files, SparkMissing, Where\n"
        "files = Files([], [], [], [], [], [], [], [], [])\n"
        "try:\n    Where('local[1]').opened(files).__enter__()\n"
        "except SparkMissing as error:\n    print(error)"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", told],
        env={"JAVA_HOME": "/nonexistent", "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "install Java 17, or set JAVA_HOME" in ran.stdout
