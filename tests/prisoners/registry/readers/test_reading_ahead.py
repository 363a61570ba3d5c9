"""Rows are read one chunk ahead, in order, and what reading raises is raised to who asks."""

from __future__ import annotations

import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from undaunted.prisoners.registry.readers.reading_ahead import read_ahead

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize("number", [0, 1, 3, 4, 7])
def test_every_row_comes_once_and_in_order(number: int) -> None:
    with closing(read_ahead(iter(range(number)), 3)) as chunks:
        found = list(chunks)
    assert [row for chunk in found for row in chunk] == list(range(number))
    assert all(len(chunk) == 3 for chunk in found[:-1])


def test_the_next_chunk_is_read_before_it_is_asked_for() -> None:
    read = threading.Event()

    def rows() -> Iterator[int]:
        yield 1
        read.set()
        yield 2

    with closing(read_ahead(rows(), 1)) as chunks:
        assert next(chunks) == [1]
        assert read.wait(10)
        assert next(chunks) == [2]


def test_a_reader_that_fails_fails_the_import() -> None:
    def rows() -> Iterator[int]:
        yield 1
        raise ValueError("the file was cut off")

    with closing(read_ahead(rows(), 1)) as chunks:
        assert next(chunks) == [1]
        with pytest.raises(ValueError, match="cut off"):
            next(chunks)


def test_no_thread_is_left_when_writing_stops_half_way() -> None:
    with closing(read_ahead(iter(range(100)), 1)) as chunks:
        assert next(chunks) == [0]
    assert not [each for each in threading.enumerate() if each.name.startswith("rows-read-ahead")]
