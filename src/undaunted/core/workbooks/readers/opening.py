"""XLSX and ODS: guarded before they are opened, values only, formulas never worked out.

XLSX goes through calamine. ODS is read here, in a stream, because a spreadsheet cell that says
"repeat me a million times" is usual there, and a library that obeys it fills the memory.
"""

from __future__ import annotations

import contextlib
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from undaunted.core.workbooks.readers.archives import sheets_fit
from undaunted.core.workbooks.rules import WORKBOOK_LIMITS, WorkbookLimits, WorkbookRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    Rows = Callable[[str], Iterator[tuple[int, list[str]]]]

__all__ = ["Workbook", "open_workbook"]

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS: Final = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_VALUES: Final = ("value", "date-value", "boolean-value", "time-value", "string-value")


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook that was found harmless.

    Attributes:
        kind: xlsx or ods.
        sheets: names, those that are seen first.
        rows: of a sheet by its name: each row with its number, from 1, and its cells as text.
    """

    kind: str
    sheets: tuple[str, ...]
    rows: Rows

    def named(self, sheet: str) -> str:
        """Give a sheet's name, or the first where none is named. Raises `WorkbookRefused`."""
        name = sheet or next(iter(self.sheets), "")
        if name not in self.sheets:
            told = ", ".join(self.sheets)
            raise WorkbookRefused("sheet_missing", sheet=name or "—", sheets=told)
        return name


def open_workbook(path: Path, limits: WorkbookLimits = WORKBOOK_LIMITS) -> Workbook:
    """Open a workbook; rows are read as they are asked for. Raises `WorkbookRefused`."""
    entries = sheets_fit(path, limits)
    if "xl/workbook.xml" in entries:
        return _open_xlsx(path)
    if "content.xml" in entries:
        return _open_ods(path, limits)
    raise WorkbookRefused("not_a_workbook")


def _open_xlsx(path: Path) -> Workbook:
    with _calamine():
        book = CalamineWorkbook.from_path(str(path))
        sheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        visible = [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible]
        hidden = [one.name for one in sheets if one.visible != SheetVisibleEnum.Visible]

    parsed: dict[str, CalamineSheet] = {}

    def rows(sheet: str) -> Iterator[tuple[int, list[str]]]:
        with _calamine():
            opened = parsed.get(sheet) or parsed.setdefault(sheet, book.get_sheet_by_name(sheet))
            cells = iter(opened.iter_rows())
        line = 1
        while True:
            with _calamine():
                row = next(cells, None)
            if row is None:
                return
            yield line, [_as_text(cell) for cell in row]
            line += 1

    return Workbook("xlsx", (*visible, *hidden), rows)


@contextlib.contextmanager
def _calamine() -> Iterator[None]:
    """Turn whatever the library throws, its panics included, into one clear refusal."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, WorkbookRefused):
        raise
    except BaseException as error:
        raise WorkbookRefused("damaged_archive", detail=str(error)[:200]) from error


def _as_text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        # Spreadsheets keep no more than fifteen digits: 0.1 + 0.2 is 0.3 to whoever wrote it.
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _open_ods(path: Path, limits: WorkbookLimits) -> Workbook:
    names: list[str] = []
    with _ods():
        for event, element in _events(path):
            if event == "start" and element.tag == f"{_TABLE}table":
                names.append(element.get(f"{_TABLE}name", ""))
            elif event == "end":
                element.clear()

    def rows(sheet: str) -> Iterator[tuple[int, list[str]]]:
        with _ods():
            yield from _ods_rows(path, sheet, limits)

    return Workbook("ods", tuple(names), rows)


@contextlib.contextmanager
def _ods() -> Iterator[None]:
    try:
        yield
    except WorkbookRefused:
        raise
    except DefusedXmlException as error:
        raise WorkbookRefused("forbidden_xml", entry="content.xml") from error
    except (
        ParseError,
        zipfile.BadZipFile,
        EOFError,
        OSError,
        LookupError,
        ValueError,
        RecursionError,
    ) as error:
        raise WorkbookRefused("damaged_archive", detail=error) from error


def _events(path: Path) -> Iterator[tuple[str, Element]]:
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as content:
        yield from iterparse(content, events=("start", "end"), forbid_dtd=True)


def _ods_rows(path: Path, sheet: str, limits: WorkbookLimits) -> Iterator[tuple[int, list[str]]]:
    inside, line, given = False, 1, 0
    for event, element in _events(path):
        tag = element.tag
        if tag == f"{_TABLE}table":
            inside = event == "start" and element.get(f"{_TABLE}name", "") == sheet
        elif inside and event == "end" and tag == f"{_TABLE}table-row":
            repeated = _repeats(element, "rows")
            cells = _ods_cells(element, limits)
            if cells:
                given += repeated
                if given > limits.rows:
                    raise WorkbookRefused("too_many_rows", limit=limits.rows)
                if repeated > limits.repeats:
                    raise WorkbookRefused("row_repeated", line=line, times=repeated)
                for extra in range(repeated):
                    yield line + extra, cells
            line += repeated
        if event == "end" and tag in {f"{_TABLE}table-row", f"{_TABLE}table"}:
            element.clear()


def _ods_cells(row: Element, limits: WorkbookLimits) -> list[str]:
    cells: list[str] = []
    empty = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        text, repeated = _ods_text(cell), _repeats(cell, "columns")
        if not text:
            empty += repeated
            continue
        if len(cells) + empty + repeated > limits.columns:
            raise WorkbookRefused(
                "too_many_columns", columns=len(cells) + empty + repeated, limit=limits.columns
            )
        cells.extend([""] * empty)
        cells.extend([text] * repeated)
        empty = 0
    return cells


def _ods_text(cell: Element) -> str:
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind in {"float", "percentage", "currency", "date", "boolean"}:
        for name in _VALUES:
            value = cell.get(f"{_OFFICE}{name}")
            if value is not None:
                return value.removesuffix("T00:00:00")
    paragraphs = cell.findall(f"{_TEXT}p")
    return "\n".join("".join(_paragraph(one)) for one in paragraphs)


def _paragraph(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * min(int(child.get(f"{_TEXT}c", "1")), 100)
        elif child.tag in {f"{_TEXT}span", f"{_TEXT}a"}:
            yield from _paragraph(child)
        yield child.tail or ""


def _repeats(element: Element, what: str) -> int:
    text = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("99999999") else 1
