"""Open documents beside a request: names over marks and cells, pictures in letters, kept days."""

from __future__ import annotations

import base64
import io
import json
from datetime import date
from typing import Any

import openpyxl
import pytest

from tests.coercion.instruments.requests import exporter
from tests.coercion.instruments.test_request_files import packed
from undaunted.coercion.instruments.readers import Unread, check_documents, traces_in
from undaunted.coercion.instruments.readers.written import days_of_numbers
from undaunted.coercion.instruments.rules import Evidence, Request, SummaryLeaks

REQUESTER: dict[str, dict[str, Any] | None] = {
    "requester": {"value": "Altmoor Planks and Boards AG"},
    "began": {"value": "2026-10-05", "confidential": True},
    "share": {"value": "41.3", "confidential": True},
    "loss": {"value": "2318400", "unit": "EUR", "confidential": True},
}
PICTURE = base64.b64encode(bytes(range(256))).decode()


def check(name: str, content: bytes | str) -> None:
    """Look into one open document of the request."""
    held = exporter(**REQUESTER)
    request = Request(held.answers, (Evidence("n", "A notice"),), True, held.harm, held.also)
    whole = content.encode() if isinstance(content, str) else content
    check_documents(request, {"n": (name, whole)})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("n.txt", "Firm of Alt-\nmoor"), ("n.txt", "Alt-\r\n  moor"),
        ("n.html", "<p>Alt<b>moor</b></p>"), ("n.html", "<td>Alt</td>\n<td>moor</td>"),
        ("n.html", "<p>Alt&#x6d;oor</p>"), ("n.html", "Alt<!-- x -->moor"),
        ("n.md", "Alt**moor**"), ("n.md", "[Alt](https://xr.example)moor"),
        ("n.csv", "a,b\nAlt,moor\n"), ("n.csv", "a;b\nAlt;1\nmoor;2\n"), ("n.tsv", "Alt\tmoor"),
        ("n.json", '{"a": "Alt\\u006door"}'), ("n.json", '{"a": "Alt", "b": "moor"}'),
        ("n.json", '[["Alt", 1], {"x": "Al\\u200btmoor"}]'),
        ("n.toml", 'a = "Alt"\nb = "moor"\n'), ("n.xml", "<a><b>Alt</b><c>moor</c></a>"),
        ("n.txt", "https://%61ltmoor.example"), ("n.html", "<a href='//%61lt%6door.example'>x</a>"),
        ("n.docx", packed(word__document_xml="<d><tc>Alt</tc><tc>moor</tc></d>")),
        ("n.docx", packed(word__document_xml="<d><t>Alt</t><sym char='F06D'/><t>oor</t></d>")),
        ("n.docx", packed(word__document_xml="<d><ins date='2026-10-05T09:00:00Z'/></d>")),
        ("n.docx", packed(word__document_xml="<d><del date='2026-10-05'>x</del></d>")),
        ("n.csv", "day,share\n46300,2\n"), ("n.csv", "day\n46300.5\n"), ("n.csv", "x\n44838\n"),
        ("n.json", '{"at": 1791187200}'), ("n.csv", "at\n1791187200000\n"),
        ("n.csv", "share\n0.413\n"), ("n.csv", "loss (EUR thousand)\n2318.4\n"),
        ("n.csv", "loss\n2.3184E6\n"), ("n.csv", "loss\n2.3184E+06\n"),
    ],
)  # fmt: skip
def test_who_asked_is_found_over_marks_cells_and_escapes(name: str, content: bytes | str) -> None:
    with pytest.raises(SummaryLeaks, match="tells"):
        check(name, content)


def sheet(*cells: Any) -> bytes:
    """Give a spreadsheet with these cells below one another."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row, value in enumerate(cells, 1):
        book.active.cell(row, 1, value)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    "cells",
    [(date(2026, 10, 5),), (46300,), (0.413,), (2318.4,), (2.3184e6,), ("Alt", "moor"), (0.587,)],
)
def test_a_spreadsheet_is_read_as_it_is_shown(cells: tuple[Any, ...]) -> None:
    with pytest.raises(SummaryLeaks, match=r"sheet1.xml.*tells|sharedStrings.*tells"):
        check("n.xlsx", sheet(*cells))
    check("n.xlsx", sheet("Wood", 12, date(2025, 1, 3), 0.2))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("n.html", f'<img src="data:image/png;base64,{PICTURE}">', "in letters"),
        ("n.html", f"<img src='data:image/svg+xml,%3Csvg'>{'x'}", "in letters"),
        ("n.html", "<svg><path d='M0 0'/></svg>", "draws a picture"),
        ("n.html", "<script>say('Alt' + 'moor')</script>", "draws a picture"),
        ("n.md", "<svg></svg>", "draws a picture"),
        ("n.xml", '<!DOCTYPE a [<!ENTITY b "Alt">]><a>&b;moor</a>', "draws a picture"),
        ("n.json", json.dumps({"picture": PICTURE}), "in letters"),
        ("n.txt", "\n".join(PICTURE[at : at + 76] for at in range(0, len(PICTURE), 76)), "letters"),
        ("n.docx", packed(word__document_xml=f"<d><t>{PICTURE}</t></d>"), "in letters"),
        ("n.docx", packed(word__document_xml=f"<d><p src='{PICTURE}'/></d>"), "in letters"),
        ("n.json", "{", "is no JSON"), ("n.toml", "a =", "is no TOML"),
        ("n.json", "[" * 200 + "]" * 200, "is no JSON"),
        ("n.docx", packed(word__document_xml="<d><p rsidR='00A77B3E'/></d>"), "of the sessions"),
        ("n.docx", packed(word__settings_xml="<s><docId val='1A2B'/></s>"), "of the sessions"),
    ],
)  # fmt: skip
def test_what_is_no_text_or_tells_the_hand_is_refused(
    name: str, content: bytes | str, says: str
) -> None:
    with pytest.raises(SummaryLeaks, match=says):
        check(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("n.html", "<style>p { color: red }</style><p>A notice on wood</p>"),
        ("n.json", '{"notice": "wood", "pages": 3}'), ("n.csv", "goods,pages\nwood,3\n"),
        ("n.txt", "https://xr.example/a/very/long/address/of/a/notice/on/goods/of/wood?page=3"),
        ("n.docx", packed(word__document_xml="<d><sym char='x'/><sym/><t>wood</t></d>")),
        ("n.docx", packed(word__document_xml="<d><sym char='FFFFFFFF'/><sym char='2022'/></d>")),
    ],
)  # fmt: skip
def test_what_tells_nothing_may_be_open(name: str, content: bytes | str) -> None:
    check(name, content)


def test_without_protection_the_numbers_of_sessions_stay() -> None:
    content = packed(word__document_xml="<d><p rsidR='00A77B3E'/></d>")
    assert traces_in("n.docx", content)
    with pytest.raises(Unread, match="rsidR"):
        traces_in("n.docx", content, strict=True)


def test_numbers_are_read_as_days_of_both_kinds_of_sheet() -> None:
    assert days_of_numbers("46300") == "2026-10-05\n2030-10-06"
    assert days_of_numbers("12345 and 99999, 1.46300") == ""
    assert days_of_numbers("1791187200") == "2026-10-05"
