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
from undaunted.core.evidence.rules import harmless

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
    begun: dict[tuple[str, ...], int] = {}
    for number, group in _statements(rows):
        earlier = begun.setdefault(tuple(group[0][name] for name in _NAMES), number)
        if earlier != number:
            problems.append(
                f"row {number}: the statement of row {earlier} stands here again; put its rows "
                "one after another"
            )
        told, strange = _statement(number, group)
        problems += strange
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
    return (cell[1:] if cell[:1] == "'" and harmless(cell[1:]) == cell else cell).strip()


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


def _statement(first: int, group: list[dict[str, str]]) -> tuple[dict[str, Any], list[str]]:
    """Give what the rows of a statement say, and by row what they say otherwise than before."""
    held = _Told()
    for number, row in enumerate(group, start=first):
        for name in ("text", "language"):
            held.say(number, name, name, row[name])
        source = row["source_id"]
        for column in _SOURCE:
            held.say(number, f"{column} of {source}", column, row[column], source)
        _read_evidence(number, row, held)
        _read_features(number, row, held)
    told = {
        **{name: group[0][name] for name in _NAMES},
        "text": held.value("text"),
        "language": held.value("language") or "en",
        "features": list(held.features.values()),
        "evidence": [name for name in held.sources if held.value("evidence", name)],
        "sources": [
            {name: held.value(column, source) for column, name in _SOURCE.items()}
            for source in held.sources
        ],
    }
    return told, held.problems


class _Told:
    """What the rows of one statement said so far, and where: each cell counts, or is a fault."""

    def __init__(self) -> None:
        self.features: dict[str, dict[str, Any]] = {}
        self.problems: list[str] = []
        self._said: dict[tuple[str, str], tuple[int, str]] = {}

    @property
    def sources(self) -> list[str]:
        """The ids of the sources in the order of their rows; one that is missing is empty."""
        return [source for column, source in self._said if column == "row"]

    def say(self, number: int, place: str, name: str, value: str, source: str = "") -> None:
        """Keep the value of a cell; an empty one says nothing, another one is a fault."""
        if name == "source_id":
            self._said.setdefault(("row", source), (number, source))
        if not value:
            return
        row, held = self._said.setdefault((name, source), (number, value))
        if held != value:
            self.problems.append(
                f"row {number}: {place}: {value!r}, where row {row} says {held!r}; write the same "
                "in both, or leave one empty"
            )

    def value(self, name: str, source: str = "") -> str:
        """Give what was said; empty where nothing was."""
        return self._said.get((name, source), (0, ""))[1]


def _read_evidence(number: int, row: dict[str, str], held: _Told) -> None:
    answer, source = row["evidence"].lower(), row["source_id"]
    if answer not in _YES | _NO:
        held.problems.append(f"row {number}: evidence: {row['evidence']!r} is neither yes nor no")
    elif answer:
        told = "yes" if answer in _YES else "no"
        held.say(number, f"evidence of {source}", "answer", told, source)
        if answer in _YES:
            held.say(number, f"evidence of {source}", "evidence", told, source)


def _read_features(number: int, row: dict[str, str], held: _Told) -> None:
    """Add what a row tells to the features of its statement."""
    for column in ("has", "lacks"):
        for part in filter(None, map(str.strip, row[column].split(";"))):
            code, _at, clause = map(str.strip, part.partition("@"))
            feature = held.features.setdefault(
                code, {"code": code, "has": column == "has", "clause": "", "sources": []}
            )
            feature["sources"].append(row["source_id"])
            held.say(number, f"clause of {code}", f"clause {code}", clause)
            feature["clause"] = held.value(f"clause {code}")
            if feature["has"] is not (column == "has"):
                held.problems.append(
                    f"row {number}: has, lacks: {code} stands in both; decide which source is right"
                )
