"""Tables in DuckDB, inside this process: bounded in memory, closed to the outside.

Above its bound DuckDB writes what it cannot hold to a folder of whoever asks, and removes it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from undaunted.engines.linkage.errors import MemoryExhausted
from undaunted.engines.linkage.tables import as_arrow, put_down

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from undaunted.engines.linkage.files import Files

__all__ = ["MOST_MEMORY", "Duck", "opened"]

MOST_MEMORY: Final = "8GB"
CLOSED: Final = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
"""Nothing is read from outside, and nothing fetched."""


class Duck:
    """A base in the memory of this process."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - its stubs are loaded with it
        self._connection = connection

    def fill(self, name: str, columns: Mapping[str, Any]) -> None:
        """Make a table of columns."""
        self._connection.register("given", as_arrow(columns))
        self.make(name, "SELECT * FROM given")
        self._connection.unregister("given")

    def make(self, name: str, select: str) -> None:
        """Make a table of what a query gives."""
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} AS {select}")

    def rows(self, select: str) -> dict[str, NDArray[Any]]:
        """Give the columns of an answer, masked where nothing is known."""
        found: dict[str, NDArray[Any]] = self._connection.execute(select).fetchnumpy()
        return found

    def drop(self, *names: str) -> None:
        """Forget tables."""
        for name in names:
            self._connection.execute(f"DROP TABLE {name}")

    @staticmethod
    def mapped(key: str, value: str) -> str:
        """Give the aggregate that makes a map of two columns."""
        return f"map(list({key}), list({value}))"

    def splink(self) -> Any:  # noqa: ANN401 - Splink's
        """Give Splink's way to this base."""
        from splink import DuckDBAPI  # noqa: PLC0415 - starts faster

        return DuckDBAPI(self._connection)


@contextmanager
def opened(
    files: Files, *, spill: str = "", threads: int = 0, memory: str = MOST_MEMORY
) -> Iterator[Duck]:
    """Give a base that holds the files.

    ``spill`` is a folder for what memory does not hold; without one nothing is ever written, and
    `MemoryExhausted` is raised instead.
    ``threads`` 0 is as many as there are cores.
    """
    import duckdb  # noqa: PLC0415 - starts faster

    chosen = {"threads": str(threads)} if threads else {}
    settings: dict[str, Any] = {**CLOSED, **chosen, "memory_limit": memory, "temp_directory": spill}
    with duckdb.connect(":memory:", config=settings) as connection:
        connection.execute("SET preserve_insertion_order = false")
        base = Duck(connection)
        try:
            put_down(base, files)
            yield base
        except duckdb.OutOfMemoryException as error:
            raise MemoryExhausted(
                f"{len(files)} files need more than {memory} for their tables: give more, a"
                " folder to spill to, or Spark"
            ) from error
