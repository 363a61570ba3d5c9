"""JSON and JSON lines as tables: one record a row, nested names joined with dots.

The list of records is walked record by record, so that each keeps the line it starts on and only
one is unfolded at a time. A name given twice in one record is refused: one value would be lost.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn

from undaunted.prisoners.registry.readers.encodings import check_encoding, detect_encoding
from undaunted.prisoners.registry.readers.problems import UnreadableFile
from undaunted.prisoners.registry.readers.tables import RawRow, Table
from undaunted.prisoners.registry.rules.import_rows import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from undaunted.prisoners.registry.readers.limits import Limits
    from undaunted.prisoners.registry.rules.mapping import FormatRule

__all__ = ["open_json", "open_json_lines"]

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_DEEPEST: Final = 8
_LISTED: Final = "; "


def open_json(path: Path, rule: FormatRule, limits: Limits) -> Table:
    """Open a JSON file whose records lie in an array, at the top or at a path like `results[]`."""
    size = path.stat().st_size
    if size > limits.json_bytes:
        raise UnreadableFile("file_too_large", size=size, limit=limits.json_bytes)
    encoding = detect_encoding(path, rule.encoding)
    check_encoding(path, encoding.name)
    text = path.read_text(encoding=encoding.name)
    where = rule.records or _first_array(text)

    def records() -> Iterator[tuple[int, Any]]:
        yield from _records(text, where)

    header = _header(record for _, record in records())
    return replace(_table("json", header, records, encoding.name, limits), records=where)


def open_json_lines(path: Path, rule: FormatRule, limits: Limits) -> Table:
    """Open a file with one JSON record on each line; a bad line spoils only itself."""
    encoding = detect_encoding(path, rule.encoding)
    check_encoding(path, encoding.name)

    def records() -> Iterator[tuple[int, Any]]:
        with path.open(encoding=encoding.name, newline="\n") as stream:
            for number, line in enumerate(_lines(stream, limits), 1):
                if line.strip():
                    yield number, _one(line)

    header = _header(record for _, record in records())
    return _table("jsonlines", header, records, encoding.name, limits)


def _table(
    kind: str,
    header: tuple[str, ...],
    records: Callable[[], Iterator[tuple[int, object]]],
    encoding: str,
    limits: Limits,
) -> Table:
    if not header:
        raise UnreadableFile("no_header", line=1)
    if len(header) > limits.columns:
        raise UnreadableFile("too_many_columns", columns=len(header), limit=limits.columns)

    def rows() -> Iterator[RawRow]:
        for count, (line, record) in enumerate(records(), 1):
            if count > limits.rows:
                raise UnreadableFile("too_many_rows", limit=limits.rows)
            if isinstance(record, Finding):
                yield line, [], record
            elif not isinstance(record, dict):
                yield line, [], Finding(Severity.ERROR, "not_a_record")
            else:
                flat = dict(_flat(record))
                yield line, [flat.get(name, "") for name in header], None

    return Table(kind, "", header, rows, encoding=encoding)


def _lines(stream: IO[str], limits: Limits) -> Iterator[str]:
    number = 0
    while line := stream.readline(limits.line_characters + 1):
        number += 1
        if len(line) > limits.line_characters:
            raise UnreadableFile("line_too_long", line=number, limit=limits.line_characters)
        yield line


def _one(line: str) -> object:
    try:
        return json.loads(line, **_READING)
    except RecursionError:
        return Finding(Severity.ERROR, "bad_json_line", (("detail", "nesting"),))
    except UnreadableFile as error:
        detail = error.params.get("name", "")
        return Finding(Severity.ERROR, "bad_json_line", (("detail", detail),))
    except ValueError as error:
        return Finding(Severity.ERROR, "bad_json_line", (("detail", str(error)[:120]),))


def _header(records: Iterator[Any]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for record in records:
        if isinstance(record, dict):
            names.update(dict.fromkeys(name for name, _ in _flat(record)))
    return tuple(names)


def _flat(record: dict[str, Any], before: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        if isinstance(value, dict) and value and depth < _DEEPEST:
            yield from _flat(value, f"{before}{name}.", depth + 1)
        else:
            yield f"{before}{name}", _as_text(value)


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None or value in ({}, []):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        return _LISTED.join(_as_text(one) for one in value)
    return json.dumps(value, ensure_ascii=False)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise UnreadableFile("json_duplicate_name", name=twice)
    return record


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


# Numbers stay as they are written: no 1e999 becomes Infinity, no long key loses its last figures.
_READING: Final[dict[str, Any]] = {
    "object_pairs_hook": _once,
    "parse_constant": _refuse,
    "parse_float": str,
    "parse_int": str,
}
_DECODER: Final = json.JSONDecoder(**_READING)


def _decoded(text: str, position: int) -> tuple[Any, int]:
    """Decode the value at `position`; a word like NaN is an error on its line."""
    try:
        return _DECODER.raw_decode(text, position)
    except (json.JSONDecodeError, UnreadableFile):
        raise
    except ValueError as error:
        raise json.JSONDecodeError(str(error), text, position) from error


def _records(text: str, path: str) -> Iterator[tuple[int, Any]]:
    """Walk the array at the path; each record with the line it starts on."""
    array, inner = _split_path(path)
    try:
        position = _descend(text, array)
        line, counted = 1, 0
        for start, record in _elements(text, position, path):
            line += text.count("\n", counted, start)
            counted = start
            yield line, _inside(record, inner)
    except RecursionError as error:
        raise UnreadableFile("json_too_deep") from error
    except json.JSONDecodeError as error:
        raise UnreadableFile("bad_json", line=error.lineno, detail=error.msg) from error


def _split_path(path: str) -> tuple[list[str], list[str]]:
    before, _, after = path.partition("[]")
    return (
        [name for name in before.split(".") if name],
        [name for name in after.split(".") if name],
    )


def _inside(record: object, names: list[str]) -> object:
    for name in names:
        if not isinstance(record, dict):
            return None
        record = record.get(name)
    return record


def _skip(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def _descend(text: str, names: list[str]) -> int:
    position = _skip(text, 0)
    for depth, name in enumerate(names):
        position = _member(text, position, name)
        if position < 0:
            raise UnreadableFile("records_missing", path=".".join(names[: depth + 1]))
    return position


def _member(text: str, position: int, name: str) -> int:
    """Give where the value of a member starts; -1 where the object has none of that name."""
    return next((start for key, start in _members(text, position) if key == name), -1)


def _members(text: str, position: int) -> Iterator[tuple[str, int]]:
    """Give each member of the object at `position`: its name and where its value starts."""
    if text[position : position + 1] != "{":
        return
    position = _skip(text, position + 1)
    while text[position : position + 1] == '"':
        key, position = _decoded(text, position)
        position = _skip(text, position)
        if text[position : position + 1] != ":":
            raise json.JSONDecodeError("Expecting ':' delimiter", text, position)
        position = _skip(text, position + 1)
        yield key, position
        _, position = _decoded(text, position)
        position = _skip(text, position)
        if text[position : position + 1] == ",":
            position = _skip(text, position + 1)


def _first_array(text: str) -> str:
    """Give the path of the records where the mapping names none: the first array of an object."""
    try:
        members = _members(text, _skip(text, 0))
        found = next((key for key, at in members if text[at : at + 1] == "["), "")
    except (ValueError, RecursionError):
        return ""
    return f"{found}[]" if found else ""


def _elements(text: str, position: int, path: str) -> Iterator[tuple[int, Any]]:
    if text[position : position + 1] != "[":
        raise UnreadableFile("records_missing", path=path or "[]")
    position = _skip(text, position + 1)
    if text[position : position + 1] == "]":
        return
    while True:
        record, end = _decoded(text, position)
        yield position, record
        position = _skip(text, end)
        following = text[position : position + 1]
        if following == "]":
            return
        if following != ",":
            raise json.JSONDecodeError("Expecting ',' delimiter", text, position)
        position = _skip(text, position + 1)
