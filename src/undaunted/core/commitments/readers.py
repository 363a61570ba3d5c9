"""Files of statements from outside: TOML, JSON as it is exported, and CSV with a row a source."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from undaunted.core.commitments.rules import (
    COLUMNS,
    StatementBroken,
    read_json,
    read_statement,
    read_toml,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.core.commitments.rules import Statement

__all__ = ["LARGEST", "read_csv", "read_file"]

LARGEST = 2_000_000
MOST_ROWS = 20_000
_NAMES = ("instrument", "state", "status", "since", "law")
"""Rows that agree in these, one after another, are one statement."""

_SOURCE = {
    "source_id": "id",
    "source_title": "title",
    "publisher": "publisher",
    "source_date": "date",
    "url": "url",
    "source_status": "status",
    "read_on": "read_on",
    "read_in": "read_in",
    "note": "note",
}
_YES, _NO = {"yes", "true", "1"}, {"no", "false", "0", ""}


def read_file(content: bytes, *, name: str) -> tuple[Statement, ...]:
    """Give the statements of a file by the end of its name; `StatementBroken` tells all faults."""
    if len(content) > LARGEST:
        raise StatementBroken(name, (f"it has more than {LARGEST:,} bytes; part it",))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise StatementBroken(name, ("it is not UTF-8; save it as UTF-8",)) from None
    ending = name.rpartition(".")[2].lower()
    if ending == "toml":
        return read_toml(text, where=name)
    if ending == "json":
        return read_json(text, where=name)
    if ending == "csv":
        return read_csv(text, where=name)
    raise StatementBroken(name, ("its name ends in none of .csv, .json, .toml; rename it",))


def read_csv(text: str, *, where: str) -> tuple[Statement, ...]:
    """Give the statements of a CSV with a row a source, or all that is wrong, by row."""
    rows = _rows(text, where)
    found: list[Statement] = []
    problems: list[str] = []
    for number, group in _statements(rows):
        told, strange = _statement(group)
        problems += [f"row {number}: {each}" for each in strange]
        try:
            found.append(read_statement(told, where=f"row {number}"))
        except StatementBroken as broken:
            problems += [f"{broken.where}: {each}" for each in broken.problems]
    if problems:
        raise StatementBroken(where, tuple(problems))
    return tuple(found)


def _rows(text: str, where: str) -> list[dict[str, str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [name.strip() for name in next(reader, [])]
        lines = [line for line in reader if any(line)]
    except csv.Error as error:
        told = f"row {reader.line_num}: {error}; close its quotation marks"
        raise StatementBroken(where, (told,)) from None
    problems = list(_head_problems(head))
    problems += [
        f"row {number}: {len(line)} cells where the head has {len(head)}; quote cells with commas"
        for number, line in enumerate(lines, start=2)
        if len(line) != len(head)
    ]
    if not lines or len(lines) > MOST_ROWS:
        problems.append(f"write 1 to {MOST_ROWS:,} rows under the head")
    if problems:
        raise StatementBroken(where, tuple(problems))
    return [dict(zip(head, map(_plain, line), strict=True)) for line in lines]


def _head_problems(head: list[str]) -> Iterator[str]:
    for name in sorted(set(head) - set(COLUMNS)):
        yield f"head: {name!r} is no column here; remove it or use one of {', '.join(COLUMNS)}"
    missing = [name for name in COLUMNS if name not in head]
    if missing:
        yield f"head: add the columns {', '.join(missing)}, empty where nothing is known"
    if len(set(head)) < len(head):
        yield "head: a column stands twice; remove one"


def _plain(cell: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from running the text behind it."""
    return (cell[1:] if cell[:1] == "'" else cell).strip()


def _statements(
    rows: Iterable[dict[str, str]],
) -> Iterator[tuple[int, list[dict[str, str]]]]:
    """Give the rows of each statement with the number of the first, as a spreadsheet counts."""
    group: list[dict[str, str]] = []
    first = 2
    for number, row in enumerate(rows, start=2):
        if group and any(row[name] != group[0][name] for name in _NAMES):
            yield first, group
            group, first = [], number
        group.append(row)
    yield first, group


def _statement(group: list[dict[str, str]]) -> tuple[dict[str, Any], list[str]]:
    """Give what the rows of a statement say, and what is wrong with how they say it."""
    first = group[0]
    features: dict[str, dict[str, Any]] = {}
    evidence: list[str] = []
    problems: list[str] = []
    for row in group:
        answer = row["evidence"].lower()
        if answer not in _NO:
            evidence.append(row["source_id"])
        if answer not in _YES | _NO:
            problems.append(f"evidence: {row['evidence']!r} is neither yes nor no")
        problems += list(_features(row, features))
    told = {
        **{name: first[name] for name in _NAMES},
        "text": first["text"],
        "language": first["language"] or "en",
        "features": list(features.values()),
        "evidence": evidence,
        "sources": [
            {name: row[column] for column, name in _SOURCE.items()}
            for row in {row["source_id"]: row for row in group}.values()
        ],
    }
    return told, problems


def _features(row: dict[str, str], features: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Add what a row tells to the features of its statement; give what does not agree."""
    for column in ("has", "lacks"):
        for part in filter(None, map(str.strip, row[column].split(";"))):
            code, _at, clause = map(str.strip, part.partition("@"))
            held = features.setdefault(
                code, {"code": code, "has": column == "has", "clause": clause, "sources": []}
            )
            held["sources"].append(row["source_id"])
            held["clause"] = held["clause"] or clause
            if held["has"] is not (column == "has"):
                yield f"has, lacks: {code} stands in both; decide which source is right"
