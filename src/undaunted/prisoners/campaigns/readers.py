"""The sheet that people have: CSV or a workbook to rows of raises, with every problem named."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.places.rules import find_country
from undaunted.prisoners.campaigns.rules import Channel, Level, Reply, SheetRefused
from undaunted.prisoners.campaigns.rules.rows import (
    FIELDS,
    NEEDED,
    Fault,
    RowProblem,
    SheetRead,
    SheetRow,
)
from undaunted.prisoners.registry.readers import UnreadableFile, explain_unreadable
from undaunted.prisoners.registry.readers.files import open_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["read_columns", "read_raises", "row_from", "suggested_columns"]

MOST_ROWS: Final = 2_000
LONGEST: Final = {
    "note": 400, "counterpart": 200, "by": 200, "place": 160, "case": 300, "adopter": 200,
}  # fmt: skip
WORDS: Final = {"channel": Channel, "level": Level, "reply": Reply}


def read_raises(path: Path, columns: Mapping[str, str] | None = None) -> SheetRead:
    """Read a sheet. `columns` says by field which heading holds it; the other fields are guessed.

    An empty heading leaves its field out. Raises `SheetRefused` where the file cannot be read, or a
    needed column is missing.
    """
    try:
        with open_table(path) as table:
            header = tuple(table.header)
            chosen = _chosen(header, columns or {})
            _check_columns(header, chosen)
            rows, problems = _rows(table.rows(), header, chosen)
    except UnreadableFile as problem:
        told = explain_unreadable(problem)
        raise SheetRefused(f"file: {' '.join(filter(None, told))}") from problem
    return SheetRead(header, chosen, tuple(rows), tuple(problems))


def read_columns(text: str) -> dict[str, str]:
    """Read a mapping, TOML: `[columns]` with a heading for each field. Raises `SheetRefused`."""
    try:
        held = dict(tomllib.loads(text)["columns"])
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise SheetRefused(f'mapping: {problem}; write [columns] and day = "Date"') from problem
    unknown = sorted(set(held) - set(FIELDS))
    if unknown:
        raise SheetRefused(f"mapping: {unknown[0]!r} is no field; there are {', '.join(FIELDS)}")
    return {str(field): str(heading) for field, heading in held.items()}


def suggested_columns(header: Sequence[str]) -> dict[str, str]:
    """Guess which heading holds which field, each at most once."""
    found: dict[str, str] = {}
    plain = {heading.strip().casefold(): heading for heading in reversed(header)}
    for field in FIELDS:
        for word in (field, field.replace("_", " "), *_pack()["columns"][field]):
            heading = plain.get(word.casefold())
            if heading is not None and heading not in found.values():
                found[field] = heading
                break
    return found


def _chosen(header: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    said = set(columns.values())
    guessed = suggested_columns([heading for heading in header if heading not in said])
    return {field: heading for field, heading in (guessed | dict(columns)).items() if heading}


def row_from(line: int, cells: Mapping[str, str]) -> tuple[SheetRow | None, list[RowProblem]]:
    """Make a row of the texts of its fields; without a row where something is wrong."""
    problems: list[RowProblem] = []
    values: dict[str, Any] = {}
    for field in FIELDS:
        text = cells.get(field, "").strip()
        try:
            values[field] = _value(field, text)
        except _Wrong as wrong:
            problems.append(RowProblem(line, field, wrong.fault, text[:60], wrong.known))
    if not problems and values["reply_day"] and values["reply"] is None:
        problems.append(RowProblem(line, "reply", Fault.NO_REPLY))
    if problems:
        return None, problems
    return SheetRow(line=line, **values), []


class _Wrong(ValueError):
    def __init__(self, fault: Fault, known: str = "") -> None:
        super().__init__(fault)
        self.fault, self.known = fault, known


def _rows(
    raw: Any,  # noqa: ANN401 - rows of a table
    header: Sequence[str],
    columns: Mapping[str, str],
) -> tuple[list[SheetRow], list[RowProblem]]:
    places = {field: header.index(heading) for field, heading in columns.items()}
    rows: list[SheetRow] = []
    problems: list[RowProblem] = []
    for line, cells, broken in raw:
        if len(rows) + len(problems) >= MOST_ROWS:
            raise SheetRefused(f"file: it has more than {MOST_ROWS} rows; cut it into parts")
        if broken is not None:
            problems.append(RowProblem(line, "row", Fault.OPEN_QUOTE))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        texts = {f: cells[at] if at < len(cells) else "" for f, at in places.items()}
        row, wrong = row_from(line, texts)
        problems += wrong
        rows += [row] if row else []
    return rows, problems


def _check_columns(header: Sequence[str], columns: Mapping[str, str]) -> None:
    absent = sorted(set(columns.values()) - set(header))
    if absent:
        raise SheetRefused(f"mapping: no column is called {absent[0]!r}; there are {_list(header)}")
    missing = [field for field in FIELDS if field in NEEDED and field not in columns]
    if missing:
        raise SheetRefused(
            f"mapping: no column for {', '.join(missing)}; there are {_list(header)}; "
            "say which holds it"
        )


def _value(field: str, text: str) -> Any:  # noqa: ANN401 - by field
    if not text and field in NEEDED:
        raise _Wrong(Fault.EMPTY)
    if field in {"day", "reply_day"}:
        return _day(text) if text else None
    if field in WORDS:
        return _word(field, text)
    if field in {"counterpart_country", "by_country"}:
        found = find_country(text)
        if found is None:
            raise _Wrong(Fault.NO_COUNTRY)
        return found
    if len(text) > LONGEST[field]:
        raise _Wrong(Fault.TOO_LONG, str(LONGEST[field]))
    if not text.isprintable():
        raise _Wrong(Fault.UNPRINTABLE)
    return text


def _day(text: str) -> date:
    parts = text.replace("/", ".").split(".")
    day_first = len(parts) == 3 and len(parts[2]) == 4  # noqa: PLR2004 - day, month, year
    if day_first and "/" in text and all(int(p) <= 12 for p in parts[:2] if p.isdecimal()):  # noqa: PLR2004
        raise _Wrong(Fault.TWO_DAYS)
    try:
        if day_first:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        return date.fromisoformat(text[:10])
    except ValueError:
        raise _Wrong(Fault.NO_DAY) from None


def _word(field: str, text: str) -> Any:  # noqa: ANN401 - a term of the field's vocabulary
    plain = text.casefold()
    for code, words in _pack()["values"][field].items():
        if plain == code or plain in words:
            return WORDS[field](code)
    if not text:
        return None
    known = ", ".join(each.value for each in WORDS[field])
    raise _Wrong(Fault.NOT_KNOWN, known)


def _list(header: Sequence[str]) -> str:
    return ", ".join(heading[:40] for heading in header[:20])


@cache
def _pack() -> Mapping[str, Any]:
    pack = files("undaunted.prisoners.campaigns").joinpath("packs/sheet.toml")
    return tomllib.loads(pack.read_text("utf-8"))
