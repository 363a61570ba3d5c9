"""A sheet is read as the CSV that it would be saved as, row by row, and nothing harmful opens."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from tests.core.workbooks.books import saved
from tests.prisoners.registry.readers.lists import ods_bytes, ods_row
from undaunted.core.workbooks.readers import is_workbook, open_workbook, sheet_lines, sheet_sent
from undaunted.core.workbooks.rules import SENTENCES, WorkbookLimits, WorkbookRefused

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []


def rows_of(text: str) -> list[tuple[int, list[str]]]:
    told = csv.reader(io.StringIO(text, newline=""), strict=True)
    return [(told.line_num, row) for row in told if row]


def test_rows_keep_their_numbers_and_cells_their_sense(tmp_path: Path) -> None:
    day, moment = date(2026, 3, 1), datetime(2026, 3, 1, 12, 30)  # noqa: DTZ001 - a cell has none
    path = saved(
        tmp_path / "book.xlsx",
        first=[
            ["owner", "owned", "share, in all", "day"],
            [],
            ["A\nB", 'the "C"', 0.1 + 0.2, day],
            ["D", None, 51, moment],
            ["E", True, "x", None, None],
            ["F", "G", 1, day, "beyond"],
        ],
    )
    read = sheet_lines(path)
    assert (read.sheet, read.others) == ("first", ())
    assert rows_of(read.text) == [
        (1, ["owner", "owned", "share, in all", "day"]),
        (3, ["A B", 'the "C"', "0.3", "2026-03-01"]),
        (4, ["D", "", "51", "2026-03-01T12:30:00"]),
        (5, ["E", "true", "x", ""]),
        (6, ["F", "G", "1", "2026-03-01", "beyond"]),
    ]


def test_a_sheet_is_named_or_is_the_first(tmp_path: Path) -> None:
    path = saved(tmp_path / "book.xlsx", notes=[["read me"]], stakes=[["owner"], ["A"]])
    assert sheet_lines(path).text == "read me\n"
    assert sheet_lines(path).others == ("stakes",)
    assert sheet_lines(path, "stakes").text == "owner\nA\n"
    with pytest.raises(WorkbookRefused, match=r"has no sheet other; it has notes, stakes"):
        sheet_lines(path, "other")


def test_a_sheet_that_was_sent_is_read_as_one_of_a_file(tmp_path: Path) -> None:
    path = saved(tmp_path / "book.xlsx", first=[["read me"]], stakes=[["owner"], ["A"]])
    content = path.read_bytes()
    assert sheet_sent("book.xlsx", content) == sheet_lines(path)
    assert sheet_sent("book.xlsx", content, "stakes") == sheet_lines(path, "stakes")
    assert sheet_sent("book.csv", content) is None
    assert sheet_sent("book.xlsx", b"owner\nA\n") is None
    with pytest.raises(WorkbookRefused, match="damaged or was cut off"):
        sheet_sent("book.xlsx", content[:200])


def test_a_workbook_is_known_by_name_and_bytes(tmp_path: Path) -> None:
    path = saved(tmp_path / "book.xlsx", one=[["a"]])
    first = path.read_bytes()[:4]
    assert is_workbook("Book.XLSX", first)
    assert is_workbook("book.ods", first)
    assert not is_workbook("book.zip", first)
    assert not is_workbook("book.xlsx", b"owne")


def test_what_is_cut_is_no_workbook_or_too_large_is_refused_with_a_remedy(tmp_path: Path) -> None:
    path = saved(tmp_path / "book.xlsx", one=[["a", "b"]] * 40)
    whole = path.read_bytes()
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(whole[:-40])
    with pytest.raises(WorkbookRefused, match=r"damaged or was cut off.*Download"):
        open_workbook(cut)
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    with pytest.raises(WorkbookRefused, match="neither XLSX nor ODS"):
        open_workbook(other)
    with pytest.raises(WorkbookRefused, match=r"2 columns; 1 is the most"):
        open_workbook(path, WorkbookLimits(columns=1))
    with pytest.raises(WorkbookRefused, match="unpacks to far more"):
        open_workbook(path, WorkbookLimits(sheet_cells=50))


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (
            '<table:table-row table:number-rows-repeated="9999999"/>'
            + ods_row("a"), "more than 2000000 rows"
        ),
        (
            '<table:table-row table:number-rows-repeated="999"><table:table-cell '
            'table:number-columns-repeated="700"><text:p>' + "x" * 1000
            + "</text:p></table:table-cell></table:table-row>", "unpacks to far more",
        ),
        (ods_row('<text:s text:c="x"/>'), "damaged"),
        (ods_row("<text:span>" * 3000 + "</text:span>" * 3000), "damaged"),
    ],
)  # fmt: skip
def test_a_sheet_that_repeats_itself_or_is_malformed_is_refused(
    tmp_path: Path, table: str, told: str
) -> None:
    path = tmp_path / "book.ods"
    inside = f'<table:table table:name="one">{ods_row("head")}{table}</table:table>'
    path.write_bytes(ods_bytes(inside))
    with pytest.raises(WorkbookRefused, match=told):
        sheet_lines(path, limits=WorkbookLimits(text_characters=10_000_000))


def test_every_refusal_says_what_to_do() -> None:
    for code, (reason, advice) in SENTENCES.items():
        refused = WorkbookRefused(
            code, detail=1, entry=1, line=1, times=1, sheet=1, sheets=1, columns=1, limit=1
        )
        assert str(refused) == f"{reason} {advice}".format(**refused.params)
