"""`python -m benchmarks.names_speed FOLDER SIZE`: one size of list, in a process of its own.

Times are of the processor, since others use the machine. Prints JSON.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.machine import memory_used
from benchmarks.names_data import innocents, listed

__all__ = ["measured"]

ASKED = 1_000


def measured(folder: Path, size: int) -> dict[str, Any]:
    """Give seconds to start and to index, screenings a second when cold and warm, and memory."""
    begin = time.process_time()
    from undaunted.engines.names import (  # noqa: PLC0415 - the start is measured
        build_index,
        compare,
        search,
    )

    compare("Рамзан Велгантов", "Ramzan Velgantov")
    started = time.process_time() - begin
    names, (asked, latin) = listed(folder, size), _asked(folder)
    begin = time.process_time()
    index = build_index(names)
    built = time.process_time() - begin
    rates = {}
    for label, lot in (("all scripts", asked), ("Latin", latin)):
        for when, first in (("cold", 0), ("warm", ASKED)):
            begin = time.process_time()
            for name in lot[first : first + ASKED]:
                search(name, index)
            rates[f"{label}, {when}"] = ASKED / (time.process_time() - begin)
    return {
        "names": len(index), "start": started, "index": built, "rates": rates,
        "memory": memory_used(),
    }  # fmt: skip


def _asked(folder: Path) -> tuple[list[str], list[str]]:
    """Give names of all scripts and of Latin letters to ask for; no others stay in memory."""
    drawn = innocents(folder)
    # others than those of all scripts: a name that was asked before is read and met already
    latin = (name for name in drawn[2 * ASKED :] if name.isascii())
    return drawn[: 2 * ASKED], list(islice(latin, 2 * ASKED))


if __name__ == "__main__":
    json.dump(measured(Path(sys.argv[1]), int(sys.argv[2])), sys.stdout)
