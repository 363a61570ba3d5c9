"""What the reading process runs: one workbook in, its rows out, then it ends."""

from __future__ import annotations

import io
import json
import resource
import sys
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from python_calamine import CalamineWorkbook

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["MEMORY", "OUTPUT", "main", "tell_rows"]

MEMORY: Final = 1024**3
"""Bytes of memory: what real lists take is a tenth of it."""
OUTPUT: Final = 256 * 1024**2
"""Bytes of rows that are told at most."""
SECONDS: Final = 60


def tell_rows(content: bytes, out: BinaryIO) -> None:
    """Tell each sheet as a line with its name, then its rows, one a line; an end after all.

    Cells are text, numbers and truth as in JSON; a day, a moment or an hour is an object whose one
    key says which it is.
    """
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        out.write(_line({"sheet": name}))
        rows = book.get_sheet_by_name(name).to_python()
        out.writelines(_line([_told(cell) for cell in row]) for row in rows)
    out.write(_line({"end": True}))


def main() -> None:
    """Read a workbook from standard input and tell it; with a refusal as last line if it is none.

    No memory beyond `MEMORY`, whatever the workbook says of itself: the library lays a sheet out
    whole, and ends the process where memory ends.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = sys.stdout.buffer
    try:
        tell_rows(sys.stdin.buffer.read(), out)
    except (KeyboardInterrupt, SystemExit, MemoryError, OSError):
        raise
    except BaseException as reason:  # noqa: BLE001 - a panic of the library is no Exception
        out.write(_line({"refused": str(reason)[:200]}))


def _line(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _told(cell: Any) -> object:  # noqa: ANN401 - a workbook's cells have types of their own
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    if isinstance(cell, time):
        return {"hour": cell.isoformat()}
    return cell if isinstance(cell, str | int | float | None) else str(cell)


if __name__ == "__main__":
    main()
