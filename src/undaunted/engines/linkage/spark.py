"""Tables in Spark, for more files than one machine holds: the same SQL, and Splink's own way there.

Spark is optional (`requirements/spark.txt`, `make spark`, Java 17). A session that was started for
the tables is ended with them; on one machine it is bound to itself, without a page.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from undaunted.engines.linkage.errors import SparkMissing
from undaunted.engines.linkage.tables import as_arrow, put_down

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray
    from pyspark.sql import DataFrame, SparkSession

    from undaunted.engines.linkage.files import Files

__all__ = ["ALONE", "QUIET", "InSpark", "opened"]

QUIET: Final = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.warehouse.dir": "/nonexistent",
}
ALONE: Final = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
"""Of a session on one machine."""


class InSpark:
    """A base in a session of Spark: every table is a view of what the workers keep."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session
        self._kept: dict[str, DataFrame] = {}

    def fill(self, name: str, columns: Mapping[str, Any]) -> None:
        """Make a table of columns."""
        self._keep(name, self._session.createDataFrame(as_arrow(columns)))

    def make(self, name: str, select: str) -> None:
        """Make a table of what a query gives."""
        self._keep(name, self._session.sql(select))

    def rows(self, select: str) -> dict[str, NDArray[Any]]:
        """Give the columns of an answer, masked where nothing is known."""
        table = self._session.sql(select).toArrow()
        return {name: _column(table[name]) for name in table.column_names}

    def drop(self, *names: str) -> None:
        """Forget tables; what others were made of them stays, for it is worked out."""
        for name in names:
            self._session.catalog.dropTempView(name)
            self._kept.pop(name).unpersist()

    def close(self) -> None:
        """Forget all tables."""
        self.drop(*list(self._kept))

    @staticmethod
    def mapped(key: str, value: str) -> str:
        """Give the aggregate that makes a map of two columns."""
        return f"map_from_entries(collect_list(struct({key}, {value})))"

    def splink(self) -> Any:  # noqa: ANN401 - Splink's
        """Give Splink's way to this base."""
        from splink.backends.spark import SparkAPI  # noqa: PLC0415 - optional

        # None of the comparisons of text that its Java archive brings is asked for.
        api: Any = SparkAPI  # Its signature has no types.
        return api(
            spark_session=self._session,
            break_lineage_method="persist",
            register_udfs_automatically=False,
            num_partitions_on_repartition=self._session.sparkContext.defaultParallelism,
        )

    def _keep(self, name: str, frame: DataFrame) -> None:
        kept = frame.persist()
        kept.createOrReplaceTempView(name)
        kept.count()  # Worked out now: what it is made of is forgotten soon.
        self._kept[name] = kept


@contextmanager
def opened(files: Files, master: str, *, spill: str = "") -> Iterator[InSpark]:
    """Give a base in Spark that holds the files; raises `SparkMissing` where Spark lacks.

    A session that this process has already is taken as it is, and left open.
    """
    if find_spec("pyspark") is None:
        raise SparkMissing(
            f"Linkage in Spark ({master}) was asked for, and PySpark is not installed: run"
            " `make spark`, or install requirements/spark.txt"
        )
    with warnings.catch_warnings():
        # PySpark 4.3 warns of pandas 3, which nothing here uses.
        warnings.simplefilter("ignore", FutureWarning)
        from pyspark.sql import SparkSession  # noqa: PLC0415 - optional

        there = SparkSession.getActiveSession()
        session = there or _started(master, spill)
        base = InSpark(session)
        try:
            put_down(base, files)
            yield base
        finally:
            base.close()
            if there is None:
                session.stop()


def _started(master: str, spill: str) -> SparkSession:
    from pyspark.errors import PySparkRuntimeError  # noqa: PLC0415 - optional
    from pyspark.sql import SparkSession  # noqa: PLC0415 - optional

    building = SparkSession.builder.master(master).appName("linkage")
    alone = ALONE if master.startswith("local") else {}
    kept = {"spark.local.dir": spill} if spill else {}
    for name, value in (QUIET | alone | kept).items():
        building = building.config(name, value)
    try:
        return building.getOrCreate()
    except PySparkRuntimeError as error:
        raise SparkMissing(
            f"Linkage in Spark ({master}) was asked for, and Spark did not start: install Java 17,"
            f" or set JAVA_HOME to it ({error})"
        ) from error


def _column(column: Any) -> NDArray[Any]:  # noqa: ANN401 - a column of Arrow
    whole = column.combine_chunks()
    mask = np.asarray(whole.is_null().to_numpy(zero_copy_only=False))
    if not mask.any():
        return np.asarray(whole.to_numpy(zero_copy_only=False))
    empty = whole.fill_null("" if str(whole.type) == "string" else 0)
    return np.ma.masked_array(empty.to_numpy(zero_copy_only=False), mask)
