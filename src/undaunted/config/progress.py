"""What is being done while somebody waits: a bar at a terminal, elsewhere a line for each step."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["told_by_steps"]


@contextmanager
def told_by_steps(say: Callable[[str], None]) -> Iterator[Callable[[str, int, int], None]]:
    """Lend what is told of each step as it begins: its words, how many are done, and of how many.

    The bar goes to standard error, where it cannot spoil an answer, and leaves nothing behind.
    """
    from rich.console import Console  # noqa: PLC0415 - the command starts faster without
    from rich.progress import (  # noqa: PLC0415 - as above
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )
    from rich.table import Column  # noqa: PLC0415 - as above

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda words, done, total: say(f"  {done + 1} of {total}: {words}")
        return
    columns = (
        SpinnerColumn(),
        BarColumn(bar_width=10, table_column=Column(min_width=10)),
        MofNCompleteColumn(table_column=Column(min_width=5, no_wrap=True)),
        TimeElapsedColumn(table_column=Column(min_width=7, no_wrap=True)),
        TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True)),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(words: str, done: int, total: int) -> None:
            bar.update(task, description=words, completed=done, total=total)

        yield show
