"""The open data as files: CSV, JSON lines, Parquet, FollowTheMoney, codebook, checksums.

The same rows give the same bytes. No free text, months instead of days, first-level divisions at
most: what is not in `rules.open_data` cannot be written. A file appears only when it is whole.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

from undaunted.core.evidence.rules import harmless
from undaunted.prisoners.registry.rules.open_data import (
    TABLES,
    ColumnKind,
    DownloadFormat,
)
from undaunted.prisoners.registry.writers.followthemoney import entities
from undaunted.prisoners.registry.writers.packages import PACKAGE, write_package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import pyarrow as pa

    from undaunted.prisoners.registry.rules.open_data import OpenTable

__all__ = ["CHECKSUMS", "PACKAGE", "write_open_data"]

CHECKSUMS = "SHA256SUMS"
_FOREWORD = (
    "Published cases only, as consent and publication allow. Months, not days: a column of kind "
    "`month` holds `2020-03`. First-level divisions at most; no free text. In CSV, lists have `|` "
    "between their values, and a text that begins like a formula has an apostrophe in front."
)
PORTION = 20_000


def write_open_data(
    folder: Path,
    rows: Callable[[OpenTable], Iterator[tuple[Any, ...]]],
    formats: Iterable[DownloadFormat] = tuple(DownloadFormat),
) -> list[Path]:
    """Write the tables in each format into `folder`, with codebook and checksums.

    `rows` gives the rows of a table anew each time. Returns what was written, checksums last.
    """
    formats = tuple(formats)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for each in formats:
        if each is DownloadFormat.FTM:
            written.append(_whole(folder / "entities.ftm.json", _ftm, rows))
            continue
        for table in TABLES:
            path = folder / f"{table.name}.{each.value}"
            written.append(_whole(path, _WRITERS[each], table, rows))
    written.append(_whole(folder / "codebook.md", _codebook_text))
    written.append(_whole(folder / "codebook.csv", _codebook_table))
    if DownloadFormat.CSV in formats:
        written.append(_whole(folder / PACKAGE, write_package, folder))
    sums = "".join(f"{_digest(path)}  {path.name}\n" for path in sorted(written))
    written.append(_whole(folder / CHECKSUMS, lambda path: path.write_text(sums, encoding="ascii")))
    return written


def _whole(path: Path, write: Callable[..., object], *arguments: object) -> Path:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write(draft, *arguments)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def _csv(
    path: Path, table: OpenTable, rows: Callable[[OpenTable], Iterator[tuple[Any, ...]]]
) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        sheet = csv.writer(stream, lineterminator="\n")
        sheet.writerow([column.name for column in table.columns])
        sheet.writerows([_cell(value) for value in row] for row in rows(table))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return harmless("|".join(str(one).replace("|", "/") for one in value))
    return harmless(value) if isinstance(value, str) else str(value)


def _jsonl(
    path: Path, table: OpenTable, rows: Callable[[OpenTable], Iterator[tuple[Any, ...]]]
) -> None:
    names = [column.name for column in table.columns]
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for row in rows(table):
            stream.write(_json(dict(zip(names, row, strict=True))))


def _parquet(
    path: Path, table: OpenTable, rows: Callable[[OpenTable], Iterator[tuple[Any, ...]]]
) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415 - starts faster

    schema = _schema(table)
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        portion: list[tuple[Any, ...]] = []
        for row in rows(table):
            portion.append(row)
            if len(portion) == PORTION:
                file.write_table(_arrow(portion, schema))
                portion = []
        if portion:
            file.write_table(_arrow(portion, schema))


def _schema(table: OpenTable) -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415 - starts faster

    kinds = {
        ColumnKind.TEXT: pa.string(),
        ColumnKind.MONTH: pa.string(),
        ColumnKind.WHOLE: pa.int32(),
        ColumnKind.FLAG: pa.bool_(),
        ColumnKind.LIST: pa.list_(pa.string()),
    }
    return pa.schema([(column.name, kinds[column.kind]) for column in table.columns])


def _arrow(portion: list[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415 - starts faster

    columns = zip(*portion, strict=True)
    arrays = [
        pa.array(list(column), type=each.type) for column, each in zip(columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _ftm(path: Path, rows: Callable[[OpenTable], Iterator[tuple[Any, ...]]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for entity in entities(rows):
            stream.write(_json(entity))


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _codebook_text(path: Path) -> None:
    lines = [
        "# Codebook",
        "",
        _FOREWORD,
    ]
    for table in TABLES:
        lines += ["", f"## {table.name}", "", str(table.meaning), ""]
        lines += ["| column | kind | meaning |", "|---|---|---|"]
        lines += [f"| `{one.name}` | {one.kind.value} | {one.meaning} |" for one in table.columns]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")


def _codebook_table(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        sheet = csv.writer(stream, lineterminator="\n")
        sheet.writerow(["table", "column", "kind", "meaning"])
        for table in TABLES:
            for one in table.columns:
                sheet.writerow([table.name, one.name, one.kind.value, str(one.meaning)])


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


_WRITERS = {
    DownloadFormat.CSV: _csv,
    DownloadFormat.JSONL: _jsonl,
    DownloadFormat.PARQUET: _parquet,
}
