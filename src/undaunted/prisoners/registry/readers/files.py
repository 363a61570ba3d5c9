"""One door for every file: its kind is told by its bytes, never by its name."""

from __future__ import annotations

import json
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from undaunted.prisoners.registry.readers.delimited import open_delimited
from undaunted.prisoners.registry.readers.encodings import detect_encoding
from undaunted.prisoners.registry.readers.json_lists import open_json, open_json_lines
from undaunted.prisoners.registry.readers.limits import LIMITS, Limits
from undaunted.prisoners.registry.readers.problems import UnreadableFile
from undaunted.prisoners.registry.readers.unpacking import open_gzip, unpack_gzip
from undaunted.prisoners.registry.readers.workbooks import open_workbook
from undaunted.prisoners.registry.rules.mapping import FileFormat, FormatRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.prisoners.registry.readers.tables import Table

__all__ = ["ANY_FORMAT", "open_table"]

ANY_FORMAT: Final = FormatRule()
_HEAD: Final = 64 * 1024
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
_NO_LISTS: Final = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"<!doctype html": "HTML",
    b"<html": "HTML",
}


@contextmanager
def open_table(
    path: Path, rule: FormatRule = ANY_FORMAT, limits: Limits = LIMITS
) -> Iterator[Table]:
    """Open a list of any kind as a table; the rows can be read until the block ends."""
    _check_size(path, limits)
    if not open_gzip(path):
        yield _open(path, rule, limits)
        return
    with tempfile.TemporaryDirectory(prefix="undaunted-list-") as folder:
        unpacked = Path(folder) / "list"
        with unpacked.open("wb") as target:
            unpack_gzip(path, target, limits)
        _check_size(unpacked, limits)
        yield _open(unpacked, rule, limits)


def _check_size(path: Path, limits: Limits) -> None:
    try:
        if not path.is_file():
            raise UnreadableFile("file_missing", name=path.name)
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except (OSError, ValueError) as error:
        if isinstance(error, UnreadableFile):
            raise
        raise UnreadableFile("file_missing", name=path.name) from error
    if size == 0:
        raise UnreadableFile("file_empty")
    if size > limits.file_bytes:
        raise UnreadableFile("file_too_large", size=size, limit=limits.file_bytes)


def _open(path: Path, rule: FormatRule, limits: Limits) -> Table:
    found = _kind(path, rule)
    wanted = rule.kind
    if found is FileFormat.XLSX:
        table = open_workbook(path, rule, limits)
    elif found is FileFormat.JSON:
        table = open_json(path, rule, limits)
    elif found is FileFormat.JSON_LINES:
        table = open_json_lines(path, rule, limits)
    else:
        table = open_delimited(path, rule, limits)
    if wanted not in {FileFormat.AUTO, FileFormat(table.format)}:
        raise UnreadableFile("wrong_format", expected=wanted.value, found=table.format)
    return table


def _kind(path: Path, rule: FormatRule) -> FileFormat:
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if head.startswith(_OLD_WORKBOOK):
        raise UnreadableFile("old_or_locked_workbook")
    opening = head.lstrip()[:20]
    for mark, kind in _NO_LISTS.items():
        if opening.startswith(mark) or opening.lower().startswith(mark):
            raise UnreadableFile("no_list_format", kind=kind)
    if head.startswith(b"PK"):
        return FileFormat.XLSX
    if rule.kind in {FileFormat.XLSX, FileFormat.ODS}:
        raise UnreadableFile("not_a_workbook")
    if rule.kind is not FileFormat.AUTO:
        return rule.kind
    encoding = detect_encoding(path, rule.encoding)
    text = head.decode(encoding.name, errors="ignore").lstrip()
    if text[:1] == "[":
        return FileFormat.JSON
    if text[:1] == "{":
        return FileFormat.JSON_LINES if _is_whole(text.split("\n", 1)[0]) else FileFormat.JSON
    return FileFormat.CSV


def _is_whole(line: str) -> bool:
    """Whether the line is one record, and not an object around a list of records."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    if not isinstance(record, dict):
        return False
    lists = [value for value in record.values() if isinstance(value, list)]
    return not any(isinstance(one, dict) for found in lists for one in found)
