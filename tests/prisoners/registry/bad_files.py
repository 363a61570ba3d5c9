"""Files as they really arrive when something is wrong with them, made on the spot."""

from __future__ import annotations

import gzip
import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.prisoners.registry.readers.lists import ods_bytes, ods_row, xlsx_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["BAD_FILES", "MAPPING", "BadFile"]

MAPPING = """
id = "invented"
version = 1
title = "Invented"
language = "en"

[record_kind]
default = "detention"

[keys]
columns = ["id"]

[[columns]]
column = "name"
field = "person.name.full"

[[columns]]
column = "country"
field = "spell.country"

[[columns]]
column = "since"
field = "spell.start"
"""
HEAD = "id,name,country,since\n"
GOOD = "1,Ann One,XR,2020-01-02\n"
COLUMNS = ("id", "name", "country", "since")
ROW = ("1", "Ann One", "XR", "2020")


@dataclass(frozen=True)
class BadFile:
    """A file, what the command must say of it, and the status it must end with."""

    name: str
    content: Callable[[], bytes]
    says: str
    status: int


def _file(name: str, content: str | bytes | Callable[[], bytes], says: str, status: int) -> BadFile:
    if isinstance(content, str):
        content = content.encode()
    fixed = content
    return BadFile(name, fixed if callable(fixed) else lambda: fixed, says, status)


def _cut_workbook() -> bytes:
    whole = xlsx_bytes(COLUMNS, ROW)
    return whole[: len(whole) // 2]


def _zip_bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<a/>")
        archive.writestr("xl/workbook.xml", "x")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(60_000_000))
    return target.getvalue()


def _gzip_bomb() -> bytes:
    return gzip.compress(bytes(600_000_000), 1)


def _repeated() -> bytes:
    row = ods_row(*ROW, more=' table:number-rows-repeated="1048576"')
    return ods_bytes(f'<table:table table:name="P">{ods_row(*COLUMNS)}{row}</table:table>')


def _columns() -> bytes:
    return (HEAD.strip() + "," * 1_000_000 + "\n" + GOOD).encode()


BAD_FILES = (
    _file("cut.xlsx", _cut_workbook, "damaged or was cut off", 2),
    _file("bomb.xlsx", _zip_bomb, "unpacks to far more", 2),
    _file("bomb.csv.gz", _gzip_bomb, "unpacks to far more", 2),
    _file("old.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "old or password-protected", 2),
    _file("report.pdf", b"%PDF-1.7\n" + bytes(range(256)), "This file is a PDF", 2),
    _file("page.xls", "<html><table><tr><td>1</td></tr></table>", "This file is a HTML", 2),
    _file("noise.csv", bytes(range(128, 256)) * 40, "cannot be read for certain", 2),
    _file("empty.csv", b"", "The file is empty", 2),
    _file("blank.csv", "\n\n\n", "no header row on line 1", 2),
    _file("header.csv", HEAD, "a header and no rows", 1),
    _file("other.csv", "nr,title\n1,x\n", "No column holds names of persons", 2),
    _file("nokey.csv", "name,country,since\nAnn,XR,2020\n", "does not have: id", 2),
    _file("columns.csv", _columns, "has 1000004 columns", 2),
    _file("repeated.ods", _repeated, "Line 2 says that it repeats itself 1048576 times", 2),
    _file("deep.json", "[" * 100_000 + "]" * 100_000, "nested too deeply", 2),
    _file("nan.json", '[{"id": 1, "name": "Ann",\n"since": NaN}]', "is not JSON: NaN", 2),
    _file("cell.csv", HEAD + "1," + "x" * 10_000_000 + ",XR,2020\n", "has 10000000 characters", 1),
    _file("day.csv", HEAD + "1,Ann,XR,31.02.2020\n", "line 2, column since, value '31.02.2020'", 1),
    _file("slash.csv", HEAD + "1,Ann,XR,03/04/2020\n", "Day and month cannot be told apart", 1),
    _file("number.csv", HEAD + "1,Ann,XR,1e999\n", "not a date we can read", 1),
    _file("inf.json", '[{"id":1,"name":"Ann","since":1e999}]', "value '1e999'", 1),
    _file("twice.csv", HEAD + GOOD + GOOD, "source key 1 stands on line 2 already", 1),
    _file("country.csv", HEAD + "1,Ann,Atlantis,2020\n", "No country is called Atlantis", 1),
    _file("emoji.csv", HEAD + "1,😀,XR,2020\n", "it has no letter", 1),
    _file("null.csv", HEAD + "1,An\0n,XR,2020\n", "holds a null byte", 1),
    _file("nulls.csv", bytes(1000), "No column holds names of persons", 2),
    _file("key.csv", HEAD + ",Ann,XR,2020\n", "has no source key", 1),
)
"""Refused as a whole: 2. Read, but rows stay out: 1."""
