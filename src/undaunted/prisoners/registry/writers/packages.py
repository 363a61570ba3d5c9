"""The description of the CSV files as a Frictionless data package: columns, keys, checksums."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from undaunted.prisoners.registry.rules.open_data import CASES, TABLES, ColumnKind

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.prisoners.registry.rules.open_data import Column, OpenTable

__all__ = ["PACKAGE", "write_package"]

PACKAGE: Final = "datapackage.json"
_TYPES: Final[dict[ColumnKind, dict[str, Any]]] = {
    ColumnKind.TEXT: {"type": "string"},
    ColumnKind.MONTH: {"type": "yearmonth"},
    ColumnKind.WHOLE: {"type": "integer"},
    ColumnKind.FLAG: {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    # Values stand with | between them; the list type of the standard is not widely read yet.
    ColumnKind.LIST: {"type": "string"},
}


def write_package(path: Path, folder: Path) -> None:
    """Describe the CSV files that lie in `folder`."""
    package = {
        "profile": "tabular-data-package",
        "name": "undaunted-open-data",
        "title": "People deprived of their liberty",
        "resources": [_resource(table, folder) for table in TABLES],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _resource(table: OpenTable, folder: Path) -> dict[str, Any]:
    file = folder / f"{table.name}.csv"
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    if table is CASES:
        schema["primaryKey"] = ["reference"]
    else:
        target = {"resource": CASES.name, "fields": ["reference"]}
        schema["foreignKeys"] = [{"fields": ["reference"], "reference": target}]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": file.name,
        "description": str(table.meaning),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    return {"name": column.name, "description": str(column.meaning), **_TYPES[column.kind]}
