"""Lists of invented people for the readers' tests: files of every kind, and their mapping."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from undaunted.prisoners.registry.readers import parse_mapping, read_rows
from undaunted.prisoners.registry.rules.import_rows import ImportedName, ImportSummary

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from undaunted.prisoners.registry.rules.import_rows import ImportRow
    from undaunted.prisoners.registry.rules.mapping import Mapping

TODAY = dt.date(2026, 11, 23)
HEADER = ("ID", "Name", "Born", "Country", "Arrested", "Released", "Sentence", "Link")
ROW = (
    "K1", "Ana Lund", "1970", "Rovenia", "2020-03-05", "", "3 years", "https://example.org/1",
)  # fmt: skip
COUNTRIES = {"rovenia": "XR", "xr": "XR", "sarnath": "XS", "cn": "CN", "tw": "TW", "hk": "HK"}
COLUMNS = {
    "Name": "person.name.full",
    "Born": "person.birth",
    "Country": "spell.country",
    "Arrested": "spell.start",
    "Released": "spell.end",
    "Sentence": "spell.sentence",
    "Link": "source.url",
}


def find_country(text: str) -> str | None:
    return COUNTRIES.get(text.casefold())


def near_countries(text: str) -> tuple[str, ...]:
    return ("XR",) if text.startswith("Rov") else ()


def column(name: str, field: str, more: str = "") -> str:
    return f'[[columns]]\ncolumn = "{name}"\nfield = "{field}"\n{more}\n'


def mapping_text(more: str = "", columns: dict[str, str] | None = None, extra: str = "") -> str:
    chosen = COLUMNS if columns is None else columns
    parts = [column(name, field) for name, field in chosen.items()]
    return (
        f'id = "invented"\nversion = 1\n{more}\n[keys]\ncolumns = ["ID"]\n'
        + "\n".join(parts)
        + extra
    )


def mapping(more: str = "", columns: dict[str, str] | None = None, extra: str = "") -> Mapping:
    return parse_mapping(mapping_text(more, columns, extra))


def csv_text(*rows: Sequence[str], header: Sequence[str] = HEADER, mark: str = ",") -> str:
    return "".join(mark.join(row) + "\n" for row in (header, *rows))


def changed(**cells: str) -> tuple[str, ...]:
    return tuple(cells.get(name, was) for name, was in zip(HEADER, ROW, strict=True))


def write(folder: Path, content: str | bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path, how: Mapping | None = None, **more: Any) -> list[ImportRow]:
    return list(
        read_rows(
            path,
            how or mapping(),
            today=TODAY,
            find_country=find_country,
            near_countries=near_countries,
            **more,
        )
    )


def read_one(folder: Path, how: Mapping | None = None, **cells: str) -> ImportRow:
    [row] = read(write(folder, csv_text(changed(**cells))), how)
    return row


def names(row: ImportRow) -> list[str]:
    found = row.values["person.names"]
    assert isinstance(found, tuple)
    return [one.text for one in found if isinstance(one, ImportedName)]


def codes(row: ImportRow) -> list[str]:
    return [problem.code for problem in row.problems]


def summary(rows: Sequence[ImportRow]) -> ImportSummary:
    counted = ImportSummary()
    for row in rows:
        counted.add(row)
    return counted


def xlsx_bytes(*rows: Sequence[object], sheets: Sequence[str] = ("Sheet",)) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods_bytes(table: str, head: str = "") -> bytes:
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content {names}>'
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return zip_bytes({"mimetype": b"", "content.xml": content.encode()})


def ods_row(*cells: str, more: str = "") -> str:
    inside = "".join(
        f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in cells
    )
    return f"<table:table-row{more}>{inside}</table:table-row>"


def zip_bytes(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def json_text(*rows: Sequence[str]) -> str:
    return json.dumps([dict(zip(HEADER, row, strict=True)) for row in rows], ensure_ascii=False)
