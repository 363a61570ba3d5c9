"""Files of every kind, whole and broken: what is read, and what is refused with which reason."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gzip
import struct
from typing import TYPE_CHECKING

import pytest

from tests.prisoners.registry.readers.lists import (
    HEADER,
    ROW,
    changed,
    codes,
    csv_text,
    json_text,
    mapping,
    ods_bytes,
    ods_row,
    read,
    write,
    xlsx_bytes,
    zip_bytes,
)
from undaunted.prisoners.registry.readers import LIMITS, UnreadableFile
from undaunted.prisoners.registry.readers.files import open_table
from undaunted.prisoners.registry.rules.import_rows import Outcome
from undaunted.prisoners.registry.rules.mapping import FileFormat, FormatRule

if TYPE_CHECKING:
    from pathlib import Path

CYRILLIC = "Анна Лунд, журналистка из Рованска, задержана весной"
CHINESE = "王玉文是記者在罗瓦尼亚被捕中国政治犯名单的人"
ARABIC = "آنا لوند صحفية من روفينيا اعتقلت في الربيع"
FRENCH = "Anaïs Lefèvre, arrêtée à la frontière, libérée, réarrêtée; André Noël"


def refused(path: Path, **more: str) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as error:
        read(path, mapping("".join(f"{name} = {text}\n" for name, text in more.items())))
    return error.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_unicode_files_read_themselves(tmp_path: Path, encoding: str, mark: str) -> None:
    text = csv_text(ROW, changed(ID="K2", Name="Анна"), mark=mark)
    rows = read(write(tmp_path, text.encode(encoding)))
    assert [row.outcome for row in rows] == [Outcome.OK, Outcome.OK]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("cp1251", CYRILLIC), ("gb18030", CHINESE), ("cp1256", ARABIC), ("cp1252", FRENCH)],
)
def test_legacy_encoding_is_detected_with_a_stated_confidence(
    tmp_path: Path, encoding: str, name: str
) -> None:
    rows = "".join(f'K{number},"{name}"\n' for number in range(20))
    path = write(tmp_path, ("ID,Name\n" + rows).encode(encoding))
    with open_table(path) as table:
        [note] = table.notes
        assert (table.encoding, note.code) == (encoding, "encoding_guessed")
        assert next(iter(table.rows()))[1][1] == name


def test_undecidable_encoding_is_refused_until_named(tmp_path: Path) -> None:
    path = write(tmp_path, b"ID,Name\nK1,\xdf\x80\xfe\x81\n")
    assert refused(path).code == "unknown_encoding"
    with open_table(path, FormatRule(encoding="latin-1")) as table:
        assert table.encoding == "latin-1"


def test_wrong_named_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "ID,Name\nK1,Ana\nK2,Анна\n".encode("cp1251"))
    with pytest.raises(UnreadableFile) as error, open_table(path, FormatRule(encoding="utf-8")):
        pass
    assert (error.value.code, error.value.params["line"]) == ("wrong_encoding", "3")


def test_lines_are_counted_through_cells_with_line_breaks(tmp_path: Path) -> None:
    text = csv_text(changed(Name='"Ana\n\nLund"'), changed(ID="K2"))
    first, second = read(write(tmp_path, text))
    assert (first.line, second.line) == (2, 5)


def test_unclosed_quotation_mark_rejects_the_row_that_swallowed_the_rest(tmp_path: Path) -> None:
    rows = read(write(tmp_path, csv_text(ROW, changed(Name='"Ana'), changed(ID="K3"))))
    assert [codes(row) for row in rows] == [[], ["unclosed_quote"]]


def test_endless_line_and_too_many_rows_are_refused(tmp_path: Path) -> None:
    tight = dataclasses.replace(LIMITS, line_characters=1000, rows=2)
    for text, code in (
        (csv_text(changed(Name="a" * 2000)), "line_too_long"),
        (csv_text(ROW, ROW, ROW), "too_many_rows"),
    ):
        path = write(tmp_path, text)
        with pytest.raises(UnreadableFile) as error:
            read(path, limits=tight)
        assert error.value.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\n\n", "no_header"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old_or_locked_workbook"),
        (b"PK\x03\x04" + bytes(60), "damaged_archive"),
        (zip_bytes({"a.txt": b"a"}), "not_a_workbook"),
        (b"[", "bad_json"),
        (b"[" * 100_000, "json_too_deep"),
        (b'[{"a": 1, "a": 2}]', "json_duplicate_name"),
        (b'[{"a": NaN}]', "bad_json"),
        (b"[{}]", "no_header"),
        (b"\x1f\x8b" + bytes(20), "damaged_archive"),
    ],
)
def test_broken_file_is_refused_with_its_reason(tmp_path: Path, content: bytes, code: str) -> None:
    assert refused(write(tmp_path, content)).code == code


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "absent.csv").code == "file_missing"
    assert refused(tmp_path).code == "file_missing"


def test_file_of_another_kind_than_mapped_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, xlsx_bytes(HEADER, ROW))
    with pytest.raises(UnreadableFile) as error, open_table(path, FormatRule(FileFormat.CSV)):
        pass
    assert error.value.code == "wrong_format"


def test_gzip_is_unpacked_and_a_gzip_bomb_is_not(tmp_path: Path) -> None:
    assert len(read(write(tmp_path, gzip.compress(csv_text(ROW).encode())))) == 1
    bomb = write(tmp_path, gzip.compress(b"a" * 50_000_000))
    assert refused(bomb).code == "archive_bomb"


def test_workbook_gives_values_with_sheet_and_line(tmp_path: Path) -> None:
    path = write(tmp_path, xlsx_bytes((), HEADER, ROW, (), changed(ID="K2")))
    first, second = read(path)
    assert (first.outcome, first.sheet, first.line, second.line) == (Outcome.OK, "Sheet", 3, 5)


def test_workbook_formula_is_never_worked_out(tmp_path: Path) -> None:
    path = write(tmp_path, xlsx_bytes(HEADER, changed(Name="=1+1")))
    [row] = read(path)
    assert codes(row) == ["missing_name"]


def test_workbook_names_its_other_sheets(tmp_path: Path) -> None:
    path = write(tmp_path, xlsx_bytes(HEADER, ROW, sheets=("One", "Two")))
    with open_table(path) as table:
        assert (table.sheet, [note.code for note in table.notes]) == ("One", ["other_sheets"])
    with open_table(path, FormatRule(sheet="Two")) as table:
        assert (table.sheet, table.notes) == ("Two", ())
    with pytest.raises(UnreadableFile), open_table(path, FormatRule(sheet="Three")):
        pass


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_workbook_is_refused(tmp_path: Path, share: float) -> None:
    whole = xlsx_bytes(HEADER, *[changed(ID=f"K{number}") for number in range(200)])
    assert refused(write(tmp_path, whole[: int(len(whole) * share)])).code == "damaged_archive"


def test_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    bomb = zip_bytes({"xl/workbook.xml": b"<a/>", "xl/worksheets/s.xml": bytes(60_000_000)})
    assert refused(write(tmp_path, bomb)).code == "archive_bomb"


def test_archive_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    honest = zip_bytes({"xl/workbook.xml": b"a" * 30_000_000})
    at = honest.rfind(b"PK\x01\x02") + 24
    lying = honest[:at] + struct.pack("<I", 10) + honest[at + 4 :]
    assert refused(write(tmp_path, lying)).code == "archive_bomb"
    smaller = zip_bytes({"xl/workbook.xml": b"a" * 3_000})
    at = smaller.rfind(b"PK\x01\x02") + 24
    lying = smaller[:at] + struct.pack("<I", 10) + smaller[at + 4 :]
    assert refused(write(tmp_path, lying)).code == "damaged_archive"


def test_archive_of_too_many_entries_is_refused(tmp_path: Path) -> None:
    many = zip_bytes({f"xl/{number}": b"" for number in range(2_001)})
    assert refused(write(tmp_path, many)).code == "archive_bomb"


def test_xml_bomb_is_refused(tmp_path: Path) -> None:
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert refused(write(tmp_path, zip_bytes({"xl/workbook.xml": entity}))).code == "forbidden_xml"
    wide = entity.decode().encode("utf-16")
    assert refused(write(tmp_path, zip_bytes({"xl/workbook.xml": wide}))).code == "forbidden_xml"
    ods = ods_bytes("", head='<!DOCTYPE a [<!ENTITY b "c">]>')
    assert refused(write(tmp_path, ods)).code == "forbidden_xml"


@pytest.mark.parametrize(
    ("cell", "code"), [("XFD1048576", "too_many_columns"), ("ZZ1048576", "archive_bomb")]
)
def test_cell_far_out_does_not_fill_the_memory(tmp_path: Path, cell: str, code: str) -> None:
    sheet = (
        f'<worksheet><sheetData><row r="1"><c r="A1"/><c r="{cell}"/></row></sheetData></worksheet>'
    )
    path = write(
        tmp_path,
        zip_bytes({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": sheet.encode()}),
    )
    assert refused(path).code == code


def test_open_document_gives_values_dates_and_repeats(tmp_path: Path) -> None:
    date = (
        '<table:table-cell office:value-type="date" office:date-value="2020-03-05T00:00:00">'
        "<text:p>5 March</text:p></table:table-cell>"
    )
    row = (
        "<table:table-row><table:table-cell><text:p>K1</text:p></table:table-cell>"
        '<table:table-cell><text:p>Ana<text:s text:c="2"/>Lund</text:p></table:table-cell>'
        f"{date}</table:table-row>"
    )
    empty = '<table:table-row table:number-rows-repeated="1048000"/>'
    table = ods_row("ID", "Name", "Arrested") + row + empty
    path = write(tmp_path, ods_bytes(f'<table:table table:name="People">{table}</table:table>'))
    [found] = read(path, mapping(columns={"Name": "person.name.full", "Arrested": "spell.start"}))
    assert (found.outcome, found.sheet, found.line) == (Outcome.OK, "People", 2)
    assert found.cells == ("K1", "Ana  Lund", "2020-03-05")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (' table:number-rows-repeated="9999999"', "too_many_rows"),
        (' table:number-columns-repeated="16384"', "too_many_columns"),
    ],
)
def test_open_document_that_repeats_itself_forever_is_refused(
    tmp_path: Path, more: str, code: str
) -> None:
    row = ods_row("K1", "Ana", more=more)
    if "columns" in more:
        cell = f"<table:table-cell{more}><text:p>a</text:p></table:table-cell>"
        row = f"<table:table-row>{cell}</table:table-row>"
    table = f'<table:table table:name="P">{ods_row("ID", "Name")}{row}</table:table>'
    path = write(tmp_path, ods_bytes(table))
    with pytest.raises(UnreadableFile) as error:
        read(
            path,
            mapping(columns={"Name": "person.name.full"}),
            limits=dataclasses.replace(LIMITS, rows=1000),
        )
    assert error.value.code == code


def test_json_list_nested_list_and_json_lines_give_the_same_rows(tmp_path: Path) -> None:
    records = json_text(ROW, changed(ID="K2"))
    nested = (
        '{"about": {"results": []}, "results": [\n'
        + ",\n".join(f'{{"input": "x", "output": {one}}}' for one in _each(records))
        + "]}"
    )
    lines = "\n".join(_each(records))
    plain = read(write(tmp_path, records))
    deep = read(write(tmp_path, nested), mapping(extra='[format]\nrecords = "results[].output"\n'))
    by_line = read(write(tmp_path, lines))
    assert [row.values for row in plain] == [row.values for row in deep]
    assert [row.values for row in plain] == [row.values for row in by_line]
    assert [row.line for row in deep] == [2, 3]
    assert [row.line for row in by_line] == [1, 2]


def test_bad_json_line_spoils_only_itself(tmp_path: Path) -> None:
    one, two = _each(json_text(ROW, changed(ID="K2")))
    rows = read(write(tmp_path, f"{one}\n{{oops\n[1]\n{two}\n"))
    assert [codes(row) for row in rows] == [[], ["bad_json_line"], ["not_a_record"], []]


def test_json_without_the_named_records_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, '{"other": 1}')
    with (
        pytest.raises(UnreadableFile) as error,
        open_table(path, FormatRule(FileFormat.JSON, records="results[]")),
    ):
        pass
    assert error.value.code == "records_missing"


def test_half_a_character_in_json_rejects_the_row(tmp_path: Path) -> None:
    text = json_text(ROW).replace("Ana Lund", "Ana \\ud800")
    [row] = read(write(tmp_path, text))
    assert codes(row) == ["broken_character"]


def _each(records: str) -> list[str]:
    return [f"{{{one}}}" for one in records[2:-2].split("}, {")]


def test_locked_overlapping_and_unusual_archives_are_refused(tmp_path: Path) -> None:
    honest = zip_bytes({"xl/workbook.xml": b"a" * 3_000})
    central = honest.rfind(b"PK\x01\x02")
    for at, value, code in (
        (central + 8, 1, "old_or_locked_workbook"),
        (central + 10, 12, "damaged_archive"),
    ):
        changed_bytes = honest[:at] + struct.pack("<H", value) + honest[at + 2 :]
        assert refused(write(tmp_path, changed_bytes)).code == code
    far = honest[: central + 20] + struct.pack("<I", 9_000_000) + honest[central + 24 :]
    assert refused(write(tmp_path, far)).code == "archive_bomb"


def test_open_document_numbers_and_truths_are_read_as_values(tmp_path: Path) -> None:
    typed = (
        '<table:table-cell office:value-type="float" office:value="1970"><text:p>1 970</text:p>'
        '</table:table-cell><table:table-cell office:value-type="boolean"'
        ' office:boolean-value="true"><text:p>WAHR</text:p></table:table-cell>'
        "<table:table-cell><text:p>a<text:span>b</text:span>c</text:p></table:table-cell>"
    )
    table = f"{ods_row('A', 'B', 'C')}<table:table-row>{typed}</table:table-row>"
    path = write(tmp_path, ods_bytes(f'<table:table table:name="P">{table}</table:table>'))
    with open_table(path) as opened:
        assert [cells for _, cells, _ in opened.rows()] == [["1970", "true", "abc"]]


def test_workbook_days_numbers_and_truths_are_read_as_text(tmp_path: Path) -> None:
    day, moment = map(dt.datetime.fromisoformat, ("2020-03-05", "2020-03-05T13:00"))
    values = (day, moment, 1970, 2.5, True, None, "x")
    path = write(tmp_path, xlsx_bytes(tuple("ABCDEFG"), values))
    with open_table(path) as opened:
        [(_, cells, _)] = opened.rows()
    assert cells == ["2020-03-05", "2020-03-05T13:00:00", "1970", "2.5", "true", "", "x"]


def test_json_values_become_text(tmp_path: Path) -> None:
    record = '[{"a": true, "b": null, "c": ["x", 1], "d": [{"e": 1}], "f": {"g": 2.5}, "h": {}}]'
    with open_table(write(tmp_path, record)) as opened:
        [(_, cells, _)] = opened.rows()
        header = opened.header
    assert header == ("a", "b", "c", "d", "f.g", "h")
    assert cells == ["true", "", "x; 1", '[{"e": "1"}]', "2.5", ""]


@pytest.mark.parametrize(
    "content", ['{"a" 1}', '[{"a": 1} {"b": 2}]', '{"a": [{"b": 1}', f"[{'9' * 5000}]"]
)
def test_broken_json_is_refused(tmp_path: Path, content: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(UnreadableFile), open_table(path, FormatRule(FileFormat.JSON)) as opened:
        list(opened.rows())
