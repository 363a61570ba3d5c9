"""Worker processes for a sweep: of this machine, or of others that a scheduler knows.

Dask (decision 0032) hands the parts out, notices when a process dies, starts another and hands its
part out again. Processes of this machine speak over TLS with a certificate made for the occasion,
on the loopback address alone: whoever may send them work may run anything.
"""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from distributed import Client

    from undaunted.cli.sweep import Part

__all__ = ["DaskMissing", "in_processes", "in_this_process", "processes"]


class DaskMissing(Exception):
    """The packages of `requirements/sweep.txt` are not installed."""


def in_this_process(
    solve: Callable[[Part], list[list[Any]]], parts: list[Part]
) -> Iterator[tuple[int, list[list[Any]]]]:
    """Solve one part after the other, here."""
    for part in parts:
        yield part.number, solve(part)


@contextmanager
def processes(number: int) -> Iterator[Client]:
    """Start so many processes of one thread each, and end them. Raises `DaskMissing`."""
    try:
        dask = import_module("distributed")
    except ImportError as missing:
        raise DaskMissing(
            "several processes need Dask: pip install --require-hashes -r requirements/sweep.txt"
        ) from missing
    with (
        dask.LocalCluster(
            n_workers=number,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            security=dask.Security.temporary(),
        ) as cluster,
        dask.Client(cluster) as client,
    ):
        yield client


def in_processes(
    client: Client,
) -> Callable[[Callable[[Part], list[list[Any]]], list[Part]], Iterator[tuple[int, Any]]]:
    """Give the way of working that hands parts to the processes of a client."""

    def work(
        solve: Callable[[Part], list[list[Any]]], parts: list[Part]
    ) -> Iterator[tuple[int, Any]]:
        dask = import_module("distributed")
        numbers = {
            client.submit(solve, part, key=f"part-{part.key}"): part.number for part in parts
        }
        for future, rows in dask.as_completed(numbers, with_results=True):
            yield numbers[future], rows

    return work
