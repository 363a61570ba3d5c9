"""Notices of police organisations in a table: CSV or the first sheet of a workbook, one a row.

They are taken whole or not at all.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from undaunted.core.listings.readers import nationalities_of
from undaunted.core.workbooks.readers import sheet_sent
from undaunted.core.workbooks.rules import WorkbookLimits, WorkbookRefused
from undaunted.repression.coordination.rules import (
    CoordinationRefused,
    NoticeKind,
    ToldNotice,
    all_or_faults,
    checked_notice,
    notice_kind,
)

__all__ = ["MOST_NOTICES", "nationalities_named", "read_notices"]

MOST_NOTICES, MOST_BYTES = 2_000, 4 * 2**20
_SHEET = WorkbookLimits(
    rows=3 * MOST_NOTICES,
    columns=100,
    archive_bytes=16 * MOST_BYTES,
    sheet_cells=100 * MOST_NOTICES,
    text_characters=4 * MOST_BYTES,
)
"""What a workbook of notices may hold."""
_MOST_TOLD = 20
"""So many rows that are wrong are told of at once."""
_BIRTHS = ("dob", "born", "birth date", "date of birth")
_NEEDED = ("number", "kind", "name", "source")
_KNOWN = (*_NEEDED, "state", "birth", "nationality", "gender", "identifier", "file")


def read_notices(content: bytes) -> tuple[ToldNotice, ...]:
    """Read notices. Raises `CoordinationRefused` naming every row that is wrong, and its columns.

    Several names, births, nationalities or identifiers of one notice are parted by `;`. Columns are
    parted by a comma, a semicolon or a tabulator, whichever the first line has most of.
    """
    if len(content) > MOST_BYTES:
        raise CoordinationRefused(f"file: it has more than {MOST_BYTES} bytes; give it in parts")
    sheet = _sheet(content)
    try:
        text = content.decode("utf-8-sig") if sheet is None else sheet
        parted = _parted_by(text) if sheet is None else ","
        rows = csv.DictReader(io.StringIO(text), strict=True, delimiter=parted)
        columns = [_column(str(each)) for each in rows.fieldnames or ()]
        _check_columns(columns)
        rows.fieldnames = columns
        held = {
            number if sheet is None else rows.line_num: row
            for number, row in enumerate(rows, start=2)
        }
    except UnicodeDecodeError as problem:
        raise CoordinationRefused("file: it is not written in UTF-8; save it as such") from problem
    except csv.Error as problem:
        raise CoordinationRefused(f"file: it is no CSV: {problem}") from problem
    if not held:
        raise CoordinationRefused("file: it holds no notice")
    if len(held) > MOST_NOTICES:
        raise CoordinationRefused(f"file: it holds more than {MOST_NOTICES}; give it in parts")
    return _notices(held)


def _notices(held: dict[int, dict[str, str]]) -> tuple[ToldNotice, ...]:
    """Give the notices of all rows, or tell of the first rows that are wrong."""
    found: dict[int, ToldNotice] = {}
    faults: list[str] = []
    for place, row in held.items():
        try:
            found[place] = _notice(place, row)
        except CoordinationRefused as refusal:
            faults.append(str(refusal))
    faults += _twice({place: each.number for place, each in found.items()})
    if faults:
        raise CoordinationRefused("; ".join(faults[:_MOST_TOLD]))
    return tuple(found.values())


def _sheet(content: bytes) -> str | None:
    """Give the only sheet of a workbook as CSV, a line a row; None where it is none."""
    try:
        sheet = sheet_sent("given.xlsx", content, limits=_SHEET)
    except WorkbookRefused as refused:
        raise CoordinationRefused(f"file: {refused}") from None
    if sheet is None:
        return None
    if sheet.others:
        others = ", ".join(sheet.others)[:200]
        raise CoordinationRefused(f"file: it has further sheets ({others}); save the one meant")
    return sheet.text


def _parted_by(text: str) -> str:
    """Give the sign that parts columns: that of which the first line has most."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _column(heading: str) -> str:
    """Give a column by what it is called here: some call a birth otherwise."""
    told = heading.strip().lower()
    return "birth" if told.replace("_", " ") in _BIRTHS else told


def _check_columns(columns: list[str]) -> None:
    lacking = [each for each in _NEEDED if each not in columns]
    if lacking:
        raise CoordinationRefused(f"file: it lacks the column {lacking[0]}")
    strange = [each for each in columns if each not in _KNOWN]
    if strange:
        known = ", ".join(_KNOWN)
        raise CoordinationRefused(f"file: the column {strange[0][:40]!r} is not one of {known}")
    twice = [each for number, each in enumerate(columns) if each in columns[:number]]
    if twice:
        raise CoordinationRefused(f"file: the column {twice[0]!r} stands twice; keep one of them")


def _twice(numbers: dict[int, str]) -> list[str]:
    """Tell of every number that stands twice, by the rows where it stands."""
    first: dict[str, int] = {}
    faults: list[str] = []
    for row, number in numbers.items():
        if number in first:
            refusal = f"number: {number} stands in row {first[number]} already; keep one"
            faults.append(f"row {row}: {refusal}")
        first.setdefault(number, row)
    return faults


def _check_cells(row: dict[str, str]) -> None:
    """Refuse a row whose cells do not stand under their columns: `DictReader` shifts them."""
    count = len([each for each in row if each is not None])
    if None in row:
        raise CoordinationRefused(
            f"it has more cells than the {count} columns; quote a cell that holds a comma"
        )
    if None in row.values():
        raise CoordinationRefused(
            f"it has fewer cells than the {count} columns; write every comma all the same"
        )


def _notice(number: int, row: dict[str, str]) -> ToldNotice:
    try:
        _check_cells(row)
        told = ToldNotice(
            number=row["number"] or "",
            kind=NoticeKind.OTHER,
            names=_several(row["name"]),
            source=row["source"] or "",
            state=row.get("state") or "",
            births=_several(row.get("birth")),
            nationalities=nationalities_named(_several(row.get("nationality"))),
            gender=row.get("gender") or "",
            identifiers=_several(row.get("identifier")),
            file=row.get("file") or "",
        )
        kind, checked = all_or_faults(
            lambda: notice_kind(row["kind"] or ""), lambda: checked_notice(told)
        )
    except CoordinationRefused as refusal:
        raise CoordinationRefused(f"row {number}: {refusal}") from refusal
    kept: ToldNotice = replace(checked, kind=kind)
    return kept


def nationalities_named(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Give the states that each names, as tables of names have them: *Russian*, *German, Italian*.

    What names none stays as it is, to be told of.
    """
    return tuple(code for each in cells for code in nationalities_of(each) or (each,))


def _several(text: str | None) -> tuple[str, ...]:
    return tuple(each.strip() for each in (text or "").split(";") if each.strip())
