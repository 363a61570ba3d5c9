"""Small files of lists that open to more than a machine has, or that cost more the longer they are.

A list comes from outside, every day and by whoever documents; what serves the public and takes in
reports must not end with it.
"""

from __future__ import annotations

import gzip
import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl.utils import get_column_letter

from undaunted.core.listings.readers.elements import elements_of
from undaunted.core.listings.readers.tables import sheets_of
from undaunted.core.listings.rules import LIMITS, ListRefused
from undaunted.core.workbooks.readers import child, open_workbook
from undaunted.core.workbooks.rules import WorkbookRefused

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []

OPEN = "http://schemas.openxmlformats.org"
PARTS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
ODS = "urn:oasis:names:tc:opendocument:xmlns"
BOOK = f"""<workbook xmlns="{OPEN}/spreadsheetml/2006/main"
    xmlns:r="{OPEN}/officeDocument/2006/relationships">
    <sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"""
CONTENT = f"""<office:document-content xmlns:office="{ODS}:office:1.0"
    xmlns:table="{ODS}:table:1.0" xmlns:text="{ODS}:text:1.0"><office:body><office:spreadsheet>
    <table:table table:name="a"><table:table-row table:number-rows-repeated="1000">
    <table:table-cell office:value-type="string" table:number-columns-repeated="16000">
    <text:p>x</text:p></table:table-cell></table:table-row></table:table>
    </office:spreadsheet></office:body></office:document-content>"""
PLACES = [
    ('r="XFD1000000"', "worksheets/sheet1.xml"),
    ("r='XFD1000000'", "worksheets/sheet1.xml"),
    ('r = "XFD1000000"', "worksheets/sheet1.xml"),
    ('r="xfd1000000"', "worksheets/sheet1.xml"),
    ('r="XFD1000000"', "elsewhere/sheet1.xml"),
]


def workbook(path: Path, cell: str, part: str, more: str = "") -> Path:
    """Make a workbook of 1.4 KB with two cells: the first one, `more` in its row, and a far one."""
    kind = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    of = f"{OPEN}/officeDocument/2006/relationships"
    links = f'<Relationships xmlns="{OPEN}/package/2006/relationships"><Relationship Id="r1" '
    one = '<c r="A1" t="inlineStr"><is><t>name</t></is></c>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{OPEN}/package/2006/content-types">{kind}'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{PARTS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/{part}" ContentType="{PARTS}.worksheet+xml"/></Types>',
        "_rels/.rels": f'{links} Type="{of}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": f'{links} Type="{of}/worksheet" Target="{part}"/>'
        "</Relationships>",
        f"xl/{part}": f'<worksheet xmlns="{OPEN}/spreadsheetml/2006/main" '
        f'xmlns:x="{OPEN}/spreadsheetml/2006/main"><sheetData><row r="1">'
        f'{one}{more}</row><row><c {cell} t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
        "</worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def test_workbook_of_these_tests_is_read_where_its_cells_lie_near(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ua.xlsx", 'r="C3"', "worksheets/sheet1.xml")
    assert list(sheets_of(path)) == [("a", [["name", "", ""], ["", "", ""], ["", "", "x"]])]


@pytest.mark.parametrize(("cell", "part"), PLACES)
def test_cell_far_out_is_refused_before_the_sheet_is_laid_out(
    cell: str, part: str, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "ua.xlsx", cell, part)
    assert path.stat().st_size < 2_000
    with pytest.raises(ListRefused, match="16384 columns"):
        list(sheets_of(path))
    with pytest.raises(WorkbookRefused, match="16384 columns"):
        open_workbook(path)


@pytest.mark.parametrize(
    "cells",
    [
        "<c><v>1</v></c>" * 16_000,
        "<c/>" * 16_000,
        '<x:c t="n"><x:v>1</x:v></x:c>' * 16_000,
        '<c r="ZZ1"><v>1</v></c>' + "<c/>" * 400,
        '<c><v r="A1">1</v></c>' * 16_000,
        """<c s=' r="A1"'/>""" * 16_000,
    ],
)
def test_many_cells_that_say_no_place_are_refused_too(cells: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "ua.xlsx", 'r="A1000000"', "worksheets/sheet1.xml", cells)
    assert path.stat().st_size < 6_000
    with pytest.raises(ListRefused, match="columns"):
        list(sheets_of(path))
    with pytest.raises(WorkbookRefused, match="columns"):
        open_workbook(path)


def test_wide_sheet_whose_cells_all_say_a_place_is_as_wide_as_they_say(tmp_path: Path) -> None:
    row = "".join(f'<c r="{get_column_letter(at)}1"><v>{at}</v></c>' for at in range(2, 700))
    cells = row + "".join(f'</row><row r="{at}">{row}' for at in range(2, 90))
    path = workbook(tmp_path / "ua.xlsx", 'r="A100"', "worksheets/sheet1.xml", cells)
    with zipfile.ZipFile(path) as archive:
        assert max(each.file_size for each in archive.infolist()) > 1 << 20, "more than a piece"
    assert open_workbook(path)


def test_cells_that_say_no_place_are_read_beside_each_other(tmp_path: Path) -> None:
    cells = "<c><v>1</v></c>" * 3
    path = workbook(tmp_path / "ua.xlsx", 'r="A3"', "worksheets/sheet1.xml", cells)
    ((_, rows),) = sheets_of(path)
    assert rows[0] == ["name", 1, 1, 1]


@pytest.mark.parametrize("name", ["content.xml", "xl/workbook.bin"])
def test_workbook_of_another_kind_is_not_opened_under_the_name_of_one(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / "ua.xlsx"
    for others in ((), ("xl/workbook.xml",)):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            for each in (name, *others):
                archive.writestr(each, CONTENT)
        with pytest.raises(ListRefused, match="is no XLSX; save the list as XLSX"):
            list(sheets_of(path))
    path.write_bytes(b"".join((b"%", path.read_bytes())))
    with pytest.raises(ListRefused, match="is no XLSX; save the list as XLSX"):
        list(sheets_of(path))


def test_workbook_that_takes_all_memory_ends_no_more_than_its_own_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undaunted.core.workbooks.readers.apart.sheets_fit", _all_fits)
    path = workbook(tmp_path / "ua.xlsx", 'r="XFD1000000"', "worksheets/sheet1.xml")
    with pytest.raises(ListRefused, match="its reader ended by itself"):
        list(sheets_of(path))
    assert child.MEMORY <= 1024**3


def _all_fits(path: Path, _limits: object) -> frozenset[str]:
    with zipfile.ZipFile(path) as archive:
        return frozenset(archive.namelist())


@pytest.mark.parametrize("pair", ["<a/><INDIVIDUAL/>", "<a><INDIVIDUAL/></a>", "<a/>"])
def test_nothing_around_records_is_kept_however_much_of_it_there_is(
    pair: str, tmp_path: Path
) -> None:
    path = tmp_path / "un.xml.gz"
    text = f"<CONSOLIDATED_LIST><INDIVIDUALS>{pair * 20_000}<INDIVIDUAL/></INDIVIDUALS>"
    path.write_bytes(gzip.compress(f"{text}</CONSOLIDATED_LIST>".encode()))
    most = 0
    told = elements_of(path, {"INDIVIDUAL"}, roots={"CONSOLIDATED_LIST"})
    _number, root = next(told)
    for number, _element in told:
        if number % 1_000 in {0, 1}:
            most = max(most, sum(1 for _ in root.iter()))
    assert most < 10_000, "what is read ahead, in a piece of the file, and no more"


def test_record_is_no_longer_for_the_records_within_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "record_bytes", 200_000)
    path = tmp_path / "un.xml"
    inside = f"<a>{'x' * 1_000}</a><INDIVIDUAL/>" * 400
    path.write_text(f"<CONSOLIDATED_LIST><INDIVIDUAL>{inside}</INDIVIDUAL></CONSOLIDATED_LIST>")
    with pytest.raises(ListRefused, match="TooLong"):
        list(elements_of(path, {"INDIVIDUAL"}, roots={"CONSOLIDATED_LIST"}))
