"""Where the tables of many files lie: in this process, or in Spark by its master's address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from undaunted.engines.linkage.files import Files
    from undaunted.engines.linkage.tables import Base

__all__ = ["IN_PROCESS", "Where"]


@dataclass(frozen=True, slots=True)
class Where:
    """Where tables lie.

    Attributes:
        spark: the address of a master of Spark, such as `local[4]` or `spark://10.0.0.7:7077`;
            empty: DuckDB, inside this process.
        spill: a folder for what memory does not hold; empty: nothing is written.
    """

    spark: str = ""
    spill: str = ""

    def opened(self, files: Files) -> AbstractContextManager[Base]:
        """Put files down there; raises `SparkMissing` where Spark is asked for and lacks."""
        if self.spark:
            from undaunted.engines.linkage import spark  # noqa: PLC0415 - optional

            return spark.opened(files, self.spark, spill=self.spill)
        from undaunted.engines.linkage import duck  # noqa: PLC0415 - starts faster

        return duck.opened(files, spill=self.spill)


IN_PROCESS: Final = Where()
