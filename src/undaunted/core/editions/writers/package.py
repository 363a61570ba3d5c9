"""The tables of a document as a Frictionless data package: CSV, types, checksums, one archive."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.editions.rules.document import ColumnKind, Name, Table, Unknown
from undaunted.core.editions.rules.walking import tables_in
from undaunted.core.editions.writers.archives import packed
from undaunted.core.evidence.rules import harmless

if TYPE_CHECKING:
    from undaunted.core.editions.rules.document import Cell, Document

__all__ = ["PACKAGE", "write_package"]

PACKAGE: Final = "datapackage.json"
_TYPES: Final[dict[ColumnKind, str]] = {
    ColumnKind.TEXT: "string",
    ColumnKind.WHOLE: "integer",
    ColumnKind.DECIMAL: "number",
    ColumnKind.DAY: "date",
}


def write_package(document: Document, name: str) -> bytes:
    """Give the archive; a text that begins like a formula has an apostrophe in front."""
    tables = _tables(document)
    files = {f"{table.key}.csv": _sheet(table) for table in tables}
    told = {
        "profile": "tabular-data-package",
        "name": name,
        "title": document.title,
        "description": document.subtitle,
        "version": document.edition,
        "as_of": document.as_of.isoformat(),
        "known_at": document.known_at,
        "resources": [_resource(table, files[f"{table.key}.csv"]) for table in tables],
    }
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    return packed(files | {PACKAGE: text.encode()}, first=(PACKAGE,))


def _tables(document: Document) -> tuple[Table, ...]:
    """Give the tables as the files of the package hold them, those that are joined as one."""
    found: dict[str, Table] = {}
    for table in tables_in(document):
        if table.joined is None:
            found[table.key] = table
            continue
        rows = tuple((table.joined.value, *row) for row in table.rows)
        if table.joined.key in found:
            rows = found[table.joined.key].rows + rows
        columns = (table.joined.column, *table.columns)
        found[table.joined.key] = Table(table.joined.key, table.joined.caption, columns, rows)
    return tuple(found.values())


def _resource(table: Table, content: bytes) -> dict[str, Any]:
    fields = [
        {"name": column.key, "title": column.label, "type": _TYPES[column.kind]}
        for column in table.columns
    ]
    if table.keys:
        fields.insert(0, {"name": "key", "title": "Key", "type": "string"})
    return {
        "profile": "tabular-data-resource",
        "name": table.key,
        "path": f"{table.key}.csv",
        "title": table.caption,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": fields, **({"primaryKey": ["key"]} if table.keys else {})},
    }


def _sheet(table: Table) -> bytes:
    stream = io.StringIO()
    sheet = csv.writer(stream, lineterminator="\n")
    head = [column.key for column in table.columns]
    sheet.writerow(["key", *head] if table.keys else head)
    for at, row in enumerate(table.rows):
        cells = [_cell(cell) for cell in row]
        sheet.writerow([_cell(table.keys[at]), *cells] if table.keys else cells)
    return stream.getvalue().encode()


def _cell(cell: Cell) -> str:
    if cell is None or isinstance(cell, Unknown):
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Name):
        cell = cell.text
    if isinstance(cell, str):
        return harmless(cell)
    return str(cell)
