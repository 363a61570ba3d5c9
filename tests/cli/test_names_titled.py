"""`undaunted names` reads tables as people keep them: below a title, packed, or an issuer's."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_names import told
from tests.core.workbooks.books import saved
from undaunted.core.listings.readers.files import MeteredFile

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "name,id,birth\nRamzan Velgantov,L1,1980\nZarina Velgant,L2,\n"
TITLED = f"# kept by hand\nOur people\n\n2026,,\n{TABLE}"
OFAC = {
    "sdn": '36,"VELGANTOV, Ramzan","individual","XR",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n',
    "alt": '36,12,"aka","VELGANT",-0- \n',
    "add": '36,25,-0- ,"Velgrad","Velgia",-0- \n',
}


def found_in(file: Path) -> tuple[str, str]:
    result = told("search", "Ramzan Velgantov", "--against", str(file))
    return result.stdout, " ".join(result.stderr.split())


def test_a_header_below_a_title_is_found_and_told_and_rows_keep_their_lines(
    tmp_path: Path,
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(TITLED, encoding="utf-8")
    plain, said = found_in(file)
    assert "row 6: Ramzan Velgantov (L1)" in plain
    assert "line 5 is read as the header, and nothing above it" in said
    asked, out = tmp_path / "asked.csv", tmp_path / "hits.csv"
    asked.write_text(TITLED, encoding="utf-8")
    result = told("screen", str(asked), "--against", str(file), "--out", str(out))
    assert result.exit_code == 0, result.output
    assert "line 5 is read as the header" in out.read_text(encoding="utf-8")


def test_a_sheet_with_a_title_and_with_rows_that_end_early_is_read(tmp_path: Path) -> None:
    rows = [["Our people"], [], ["name", "id", "birth"], ["Ramzan Velgantov"], ["Zarina", "L2"]]
    plain, said = found_in(saved(tmp_path / "list.xlsx", People=rows))
    assert "1 of 2 names" in plain
    assert "row 4: Ramzan Velgantov" in plain
    assert "line 3 is read as the header" in said


def test_a_header_below_the_tenth_line_is_none_and_no_title_is_told_where_there_is_none(
    tmp_path: Path,
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("title\n" * 9 + TABLE, encoding="utf-8")
    assert "1 of 2 names" in found_in(file)[0]
    file.write_text("title\n" * 10 + TABLE, encoding="utf-8")
    assert "there is no column name" in found_in(file)[1]
    file.write_text("title\nfull,dob\nRamzan,\n", encoding="utf-8")
    assert "its columns are full, dob" in found_in(file)[1]
    file.write_text(TABLE, encoding="utf-8")
    assert "header" not in found_in(file)[1]


@pytest.mark.parametrize("name", ["list.csv.gz", "list.csv", "list"])
def test_a_packed_table_is_read_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(gzip.compress(TABLE.encode()))
    assert "row 2: Ramzan Velgantov (L1)" in found_in(file)[0]


def test_a_packed_workbook_is_read(tmp_path: Path) -> None:
    book = saved(tmp_path / "list.xlsx", People=[["name"], ["Ramzan Velgantov"]])
    file = tmp_path / "list.xlsx.gz"
    file.write_bytes(gzip.compress(book.read_bytes()))
    assert "row 2: Ramzan Velgantov" in found_in(file)[0]


def test_what_is_packed_is_held_to_the_bounds_of_a_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "list.csv.gz"
    whole = gzip.compress(TABLE.encode())
    file.write_bytes(whole[:-12])
    assert "is cut or damaged" in found_in(file)[1]
    file.write_bytes(whole)
    monkeypatch.setattr(MeteredFile.__init__, "__defaults__", (len(TABLE) - 1,))
    assert "holds more than 512 MiB" in found_in(file)[1]


@pytest.mark.parametrize("packed", [False, True])
def test_a_list_as_its_issuer_gives_it_out_is_told_with_what_reads_it(
    tmp_path: Path, *, packed: bool
) -> None:
    ending = ".csv.gz" if packed else ".csv"
    for name, text in OFAC.items():
        plain = f"{text}\x1a".encode()
        content = gzip.compress(plain) if packed else plain
        (tmp_path / f"{name}{ending}").write_bytes(content)
    file = tmp_path / f"sdn{ending}"
    _, said = found_in(file)
    assert "is the list us-ofac-sdn as its issuer gives it out" in said
    assert f"`undaunted sanctions load us-ofac-sdn {file}` reads it" in said
    other = tmp_path / "other.csv"
    other.write_text("full,dob\nRamzan,\n", encoding="utf-8")
    assert "sanctions load" not in found_in(other)[1]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("part", ["sdn", "alt", "add"])
def test_one_file_of_the_american_list_without_the_others_is_told_as_that_whatever_it_is_called(
    tmp_path: Path, part: str, *, packed: bool
) -> None:
    plain = f"{OFAC[part]}\x1a".encode()
    for name in (f"{part}.csv", "names.csv"):
        file = tmp_path / (f"{name}.gz" if packed else name)
        file.write_bytes(gzip.compress(plain) if packed else plain)
        _, said = found_in(file)
        assert f"{file}: is a file of the American list (us-ofac-sdn) as OFAC gives it out" in said
        assert "`undaunted sanctions load us-ofac-sdn FOLDER` reads them" in said
    file.write_text('36,"VELGANTOV, Ramzan",a,b,c,d,e,f,g,h,i,j\n', encoding="utf-8")
    if not packed:
        assert "OFAC" not in found_in(file)[1], "nothing in it is as OFAC writes it"


@pytest.mark.parametrize("heading", ['"Date of\nbirth"', '"No.\nof\nrow"', '"He said ""so""\n"'])
def test_a_heading_that_holds_a_line_break_is_one_heading(tmp_path: Path, heading: str) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"id,{heading},name\nL1,x,Ramzan Velgantov\n", encoding="utf-8")
    plain, said = found_in(file)
    assert f"row {heading.count(chr(10)) + 2}: Ramzan Velgantov (L1)" in plain
    assert "is read as the header" not in said
    file.write_text(f"Our people\nid,{heading},name\nL1,x,Ramzan Velgantov\n", encoding="utf-8")
    plain, said = found_in(file)
    assert f"row {heading.count(chr(10)) + 3}: Ramzan Velgantov (L1)" in plain
    assert "line 2 is read as the header" in said


def test_what_is_packed_and_cut_is_called_as_it_was_given(tmp_path: Path) -> None:
    file = tmp_path / "list.csv.gz"
    file.write_bytes(gzip.compress(TABLE.encode() * 50)[:60])
    result = told("search", "Ramzan Velgantov", "--against", str(file))
    assert result.exit_code == 2
    assert f"{file}: is cut or damaged" in " ".join(result.stderr.split())
