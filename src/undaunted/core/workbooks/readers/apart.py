"""A workbook read in a process apart, with little memory and time.

The library lays a sheet out as one dense table: two cells that lie far apart fill the memory, and
where memory ends it ends the process, which no exception catches. So it is a process that holds
nothing else.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.workbooks.readers.archives import sheets_fit
from undaunted.core.workbooks.rules import WORKBOOK_LIMITS, WorkbookLimits, WorkbookRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["sheets_apart"]

_PATIENCE: Final = 90.0
_SOURCES: Final = Path(__file__).resolve().parents[4]
_READING: Final = "undaunted.core.workbooks.readers.child"
_ZIP: Final = b"PK"
_OLD: Final = b"\xd0\xcf\x11\xe0"
"""How workbooks begin that are older than XLSX."""
_OTHERS: Final = frozenset({"content.xml", "xl/workbook.bin", "mimetype"})
"""What workbooks of other kinds hold; the library would go on to them."""
_MADE: Final[dict[str, Callable[[str], object]]] = {
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "hour": time.fromisoformat,
}


def sheets_apart(
    content: bytes, limits: WorkbookLimits = WORKBOOK_LIMITS
) -> Iterator[tuple[str, list[list[Any]]]]:
    """Give name and rows of each sheet of an XLSX or of an old XLS; rows as calamine gives them.

    Raises `WorkbookRefused` for whatever else it is, and for what would fill memory or time.
    """
    with TemporaryDirectory() as folder:
        if content.startswith(_ZIP):
            _demand_xlsx(Path(folder) / "given.xlsx", content, limits)
        elif not content.startswith(_OLD):
            raise WorkbookRefused("not_a_workbook")
        told = Path(folder) / "told"
        _run(content, told)
        yield from _sheets(told, limits)


def _demand_xlsx(path: Path, content: bytes, limits: WorkbookLimits) -> None:
    path.write_bytes(content)
    entries = sheets_fit(path, limits)
    if "xl/workbook.xml" not in entries or entries & _OTHERS:
        raise WorkbookRefused("not_a_workbook")


def _run(content: bytes, told: Path) -> None:
    entry = (
        f"import sys; sys.path.insert(0, {str(_SOURCES)!r}); from {_READING} import main; main()"
    )
    try:
        with told.open("wb") as out:
            subprocess.run(  # noqa: S603 - our own interpreter and module, no outside word
                [sys.executable, "-I", "-c", entry],
                input=content,
                stdout=out,
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE,
                check=True,
                close_fds=True,
                cwd="/",
                env={"TZ": "UTC", "PATH": os.defpath},
            )
    except subprocess.SubprocessError as problem:
        raise WorkbookRefused("archive_bomb", detail=_how(problem)) from problem


def _how(problem: subprocess.SubprocessError) -> str:
    if isinstance(problem, subprocess.CalledProcessError):
        return f"its reader ended by itself, {problem.returncode}"
    return f"its reader took more than {_PATIENCE:g} s"


def _sheets(told: Path, limits: WorkbookLimits) -> Iterator[tuple[str, list[list[Any]]]]:
    """Read what the process told; without its end it says nothing."""
    name, rows = "", []
    with told.open("rb") as lines:
        for line in lines:
            said = json.loads(line)
            if isinstance(said, list):
                rows.append([_made(cell) for cell in said])
                if len(rows) > limits.rows:
                    raise WorkbookRefused("too_many_rows", limit=limits.rows)
                continue
            if "refused" in said:
                raise WorkbookRefused("damaged_archive", detail=said["refused"])
            if name:
                yield name, rows
            if "end" in said:
                return
            name, rows = said["sheet"], []
    raise WorkbookRefused("damaged_archive", detail="its reader told no end")


def _made(cell: Any) -> Any:  # noqa: ANN401 - a workbook's cells have types of their own
    if isinstance(cell, dict):
        ((kind, text),) = cell.items()
        return _MADE[kind](text)
    return cell
