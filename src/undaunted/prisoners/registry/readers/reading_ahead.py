"""Reading the next rows while the database writes those before them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

__all__ = ["read_ahead"]

_Row = TypeVar("_Row")


def read_ahead(rows: Iterator[_Row], size: int) -> Generator[list[_Row]]:
    """Give the rows in chunks of `size`, one chunk always being read in a thread beside.

    What reading raises is raised here. Close the iterator: that waits for the thread. The thread
    has no connection to the database, so `rows` must not ask it anything.
    """

    def read() -> list[_Row]:
        return list(islice(rows, size))

    with ThreadPoolExecutor(1, "rows-read-ahead") as beside:
        coming = beside.submit(read)
        while chunk := coming.result():
            coming = beside.submit(read)
            yield chunk
