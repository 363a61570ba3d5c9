"""Loops of names, compiled beside a first start, so that no reader waits for that.

Compiling takes half a minute of processor, once for an installation, and a page that was asked for
first waited for all of it. A start that has compiled loops to read is done with them in seconds.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["compile_loops", "compiled_beside"]

_GENTLE: Final = 10
"""Whatever else is done while the program starts goes first."""
_NAMES: Final = ("Рамзан Велгантов", "Zarina Brackwater")
"""Invented; one in another script than is asked for, so that every loop is run."""


@contextmanager
def compiled_beside() -> Iterator[None]:
    """Compile in a process of its own meanwhile, which ends with what it stands beside."""
    from undaunted.config.supervisor import Child, without_owner  # noqa: PLC0415 - starts faster

    child = Child("compiler", [__name__], without_owner(os.environ))
    try:
        yield
    finally:
        child.ask_to_stop()
        child.make_sure(time.monotonic() + 1)


def compile_loops() -> None:
    """Search names of invented people and bodies: what is not compiled yet is compiled."""
    from undaunted.engines.names import Entry, Kind, build_index, look  # noqa: PLC0415 - as above

    for kind in Kind:
        index = build_index([Entry(each, kind) for each in _NAMES])
        look(Entry("Ramzan Velgantov", kind), index)


if __name__ == "__main__":
    os.nice(_GENTLE)
    compile_loops()
