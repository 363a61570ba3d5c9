"""Files that are cut, damaged, poisoned or of something else: refused whole, with what to do."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.listings.factories import FILES, plain_list, read
from undaunted.core.listings.readers import read_addresses
from undaunted.core.listings.readers.files import MeteredFile
from undaunted.core.listings.rules import LIMITS, FaultRule, ListRefused

if TYPE_CHECKING:
    from pathlib import Path

XML_LISTS = [
    ("us-ofac-sdn", "ofac_advanced.xml"),
    ("eu-fsf", "eu_fsf.xml"),
    ("uk-fcdo", "uk_fcdo.xml"),
    ("un-sc", "un.xml"),
    ("ca-sema", "canada.xml"),
    ("ch-seco", "switzerland.xml"),
]
TABLES = [("uk-fcdo", "uk_fcdo.csv"), ("uk-ofsi", "uk_ofsi.csv"), ("au-dfat", "australia.csv"),
          ("cn-counter", "china.csv")]  # fmt: skip


@pytest.mark.parametrize(("source", "file"), XML_LISTS)
def test_xml_is_refused_wherever_it_is_cut(source: str, file: str, tmp_path: Path) -> None:
    content = (FILES / file).read_bytes().rstrip()
    cut = tmp_path / file
    for part in (3, 2, 1):
        cut.write_bytes(content[: len(content) - len(content) // 4 * part - 1])
        with pytest.raises(ListRefused, match="is cut or no XML"):
            read(source, cut)


@pytest.mark.parametrize(("source", "file"), XML_LISTS)
def test_xml_of_another_list_is_told(source: str, file: str, tmp_path: Path) -> None:
    other = tmp_path / file
    other.write_text("<nothing/>", encoding="utf-8")
    with pytest.raises(ListRefused, match=r"begins with <nothing> and not <"):
        read(source, other)


def test_xml_with_a_document_type_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "un.xml"
    bomb.write_text(
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><CONSOLIDATED_LIST>&b;'
        "</CONSOLIDATED_LIST>",
        encoding="utf-8",
    )
    with pytest.raises(ListRefused, match="holds what no list does"):
        read("un-sc", bomb)


def test_xml_that_goes_on_or_nests_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "record_bytes", 200_000)
    long = tmp_path / "un.xml"
    long.write_text(f"<CONSOLIDATED_LIST><x>{'a' * 300_000}</x></CONSOLIDATED_LIST>")
    with pytest.raises(ListRefused, match="TooLong"):
        read("un-sc", long)
    long.write_text("<CONSOLIDATED_LIST>" + "<x>" * 100)
    with pytest.raises(ListRefused, match="TooLong"):
        read("un-sc", long)


LONG_PARTS = [
    ("ofac_advanced.xml", "</Locations>", "Location"),
    ("ofac_advanced.xml", "</DistinctParties>", "DistinctParty"),
    ("ofac_advanced.xml", "</SanctionsEntries>", "SanctionsEntry"),
    ("switzerland.xml", "</swiss-sanctions-list>", "target"),
    ("switzerland.xml", "</swiss-sanctions-list>", "place"),
]


@pytest.mark.parametrize(("file", "end", "name"), LONG_PARTS)
def test_part_that_another_reading_takes_is_as_long_as_it_likes(
    file: str, end: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "record_bytes", 200_000)
    source = next(source for source, each in XML_LISTS if each == file)
    known, _ = read(source, FILES / file)
    more = f"<{name}><Comment>{'a' * 900}</Comment></{name}>" * 600
    whole = tmp_path / file
    whole.write_text((FILES / file).read_text("utf-8").replace(end, more + end), encoding="utf-8")
    assert [each.digest for each in read(source, whole)[0]] == [each.digest for each in known]


def test_xml_in_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    strange = tmp_path / "un.xml"
    strange.write_bytes(b'<?xml version="1.0" encoding="klingon"?><CONSOLIDATED_LIST/>')
    with pytest.raises(ListRefused, match="fetch it again"):
        read("un-sc", strange)


@pytest.mark.parametrize(("source", "file"), TABLES)
def test_table_in_another_encoding_is_refused(source: str, file: str, tmp_path: Path) -> None:
    text = (FILES / file).read_text("utf-8")
    other = tmp_path / file
    other.write_bytes(text.encode("utf-16"))
    with pytest.raises(ListRefused, match="UTF-16 and not UTF-8; save it as UTF-8"):
        read(source, other)
    other.write_bytes(text.encode("utf-8") + b"\xff\xfe\xfd")
    line = text.count("\n") + 1
    with pytest.raises(ListRefused, match=rf"line {line} is not UTF-8; save the file as UTF-8"):
        read(source, other)


@pytest.mark.parametrize(("source", "file"), TABLES)
def test_table_without_its_head_or_cut_in_a_quotation_is_refused(
    source: str, file: str, tmp_path: Path
) -> None:
    other = tmp_path / file
    other.write_text("a,b,c\n1,2,3\n", encoding="utf-8")
    with pytest.raises(ListRefused, match="no row names the columns"):
        read(source, other)
    other.write_text((FILES / file).read_text("utf-8") + '"open', encoding="utf-8")
    with pytest.raises(ListRefused, match="is cut or no CSV"):
        read(source, other)


@pytest.mark.parametrize(("source", "file"), TABLES)
def test_table_cut_within_its_last_row_is_refused(source: str, file: str, tmp_path: Path) -> None:
    text = (FILES / file).read_text("utf-8").rstrip("\n")
    head, _end, last = text.rpartition("\n")
    kept = last[: last.rindex(",")].rstrip('",')
    cut = tmp_path / file
    cut.write_text(f"{head}\n{kept}", encoding="utf-8")
    with pytest.raises(ListRefused, match=r"line \d+: the last row is cut|is cut or no CSV"):
        read(source, cut)


def test_own_form_cut_within_its_last_line_is_refused(tmp_path: Path) -> None:
    file = plain_list(tmp_path / "x.jsonl", ["One", "Two", "Three"])
    text = file.read_text("utf-8").rstrip("\n")
    file.write_text(text[:-20], encoding="utf-8")
    with pytest.raises(ListRefused, match=r"x\.jsonl, line 4: the last row is cut"):
        read("xf-invented", file)


@pytest.mark.parametrize("part", ["add", "alt"])
def test_part_of_the_american_list_without_its_end_is_refused(part: str, tmp_path: Path) -> None:
    for name in ("sdn", "add", "alt"):
        (tmp_path / f"{name}.csv").write_bytes((FILES / "ofac" / f"{name}.csv").read_bytes())
    cut = tmp_path / f"{part}.csv"
    cut.write_bytes(cut.read_bytes().rstrip(b"\x1a\r\n").rpartition(b"\n")[0] + b"\n")
    with pytest.raises(ListRefused, match=rf"{part}\.csv: ends without the sign"):
        read("us-ofac-sdn", tmp_path)


def test_ofac_csv_without_its_end_or_its_sisters_is_refused(tmp_path: Path) -> None:
    for name in ("sdn", "add", "alt"):
        (tmp_path / f"{name}.csv").write_bytes((FILES / "ofac" / f"{name}.csv").read_bytes())
    sdn = tmp_path / "sdn.csv"
    assert len(read("us-ofac-sdn", sdn)[0]) == 4
    sdn.write_bytes(sdn.read_bytes().rstrip(b"\x1a"))
    with pytest.raises(ListRefused, match="ends without the sign"):
        read("us-ofac-sdn", sdn)
    (tmp_path / "alt.csv").unlink()
    with pytest.raises(ListRefused, match=r"alt\.csv is not beside it"):
        read("us-ofac-sdn", tmp_path)


def test_gzip_is_opened_and_a_cut_or_damaged_one_refused(tmp_path: Path) -> None:
    content = gzip.compress((FILES / "un.xml").read_bytes())
    zipped = tmp_path / "un.xml.gz"
    zipped.write_bytes(content)
    assert len(read("un-sc", zipped)[0]) == 2
    for damaged in (content[:-20], content[:40] + b"\x00" * 40 + content[80:]):
        zipped.write_bytes(damaged)
        with pytest.raises(ListRefused, match=r"un\.xml\.gz"):
            read("un-sc", zipped)


def test_file_that_opens_to_more_than_a_list_may_hold_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "x").open("wb") as held:
        held.write(b"a" * 100)
    with (tmp_path / "x").open("rb") as held, pytest.raises(ListRefused, match="holds more than"):
        MeteredFile(held, "x", most=50).read()


def test_workbook_that_is_damaged_or_a_bomb_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "ua.xlsx"
    book.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(ListRefused, match="is cut or damaged"):
        read("ua-nsdc", book)
    book.write_bytes(b"\xd0\xcf\x11\xe0 nothing")
    with pytest.raises(ListRefused, match="no workbook"):
        read("ua-nsdc", book)
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 2_000_000)
    monkeypatch.setitem(LIMITS, "file_bytes", 1_000_000)
    with pytest.raises(ListRefused, match="opens to 1 MiB"):
        read("ua-nsdc", book)


def test_own_form_is_refused_where_entries_lack_or_its_head_does(tmp_path: Path) -> None:
    file = plain_list(tmp_path / "x.jsonl", ["One", "Two"])
    lines = file.read_text("utf-8").splitlines()
    file.write_text("\n".join(lines[:2]), encoding="utf-8")
    with pytest.raises(ListRefused, match="1 of 2 entries; it is cut"):
        read("xf-invented", file)
    file.write_text("\n".join(lines[1:]), encoding="utf-8")
    with pytest.raises(ListRefused, match="line 1 does not name day and entries"):
        read("xf-invented", file)
    bare = lines[1].replace('"text": "One", "quality": "primary"', "").replace("[{}]", "[]")
    file.write_text("\n".join([lines[0], bare, "[[[", lines[2]]), encoding="utf-8")
    entries, told = read("xf-invented", file)
    assert [each.key for each in entries] == ["Two"]
    assert [(each.row, each.rule) for each in told.faults] == [
        (2, FaultRule.NO_NAME),
        (3, FaultRule.CELLS),
    ]


def test_file_with_not_one_entry_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "un.xml"
    empty.write_text("<CONSOLIDATED_LIST/>", encoding="utf-8")
    with pytest.raises(ListRefused, match="not one entry could be read"):
        read("un-sc", empty)
    with pytest.raises(ListRefused, match="holds no CSV"):
        read("eu-journal", tmp_path)
    with pytest.raises(ListRefused, match="No such file"):
        read("un-sc", tmp_path / "nowhere.xml")


def test_half_of_the_journal_is_not_taken_for_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Amendments say what changed, and consolidated files do not know of them."""
    whole = tmp_path / "journal"
    shutil.copytree(FILES / "journal", whole)
    for part in (whole / "amendments", next((whole / "amendments").glob("*.csv"))):
        with pytest.raises(ListRefused, match="holds amendments alone; give the consolidated"):
            read("eu-journal", part)
    with pytest.raises(ListRefused, match="consolidated: amendments lie beside it"):
        read("eu-journal", whole / "consolidated")
    monkeypatch.chdir(whole / "consolidated")
    with pytest.raises(ListRefused, match="consolidated: amendments lie beside it"):
        read("eu-journal", type(tmp_path)())
    assert read("eu-journal", whole)[0]
    shutil.rmtree(whole / "amendments")
    assert read("eu-journal", whole / "consolidated")[0]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("A", FaultRule.SHORT),
        ("x" * 10_000, FaultRule.TOO_LONG),
        ("Vik\u202etor", FaultRule.HIDDEN),
        ("Vik\u00adtor", FaultRule.HIDDEN),
    ],
)
def test_name_that_a_matcher_must_know_of_is_flagged(
    name: str, rule: FaultRule, tmp_path: Path
) -> None:
    text = (FILES / "canada.xml").read_text("utf-8").replace("<Entity>Karsk", f"<Entity>{name}")
    file = tmp_path / "ca.xml"
    file.write_text(text.replace(" Stroy Ltd./Société Karsk", ""), encoding="utf-8")
    entries, told = read("ca-sema", file)
    (found,) = [each for each in told.faults if each.rule is rule]
    assert found.row == 2
    held = entries[1].name
    assert len(held) <= LIMITS["name"]
    assert held.isprintable()


def test_name_without_a_letter_gives_no_entry(tmp_path: Path) -> None:
    text = (FILES / "canada.xml").read_text("utf-8")
    file = tmp_path / "ca.xml"
    file.write_text(text.replace("<Entity>Karsk Stroy Ltd./Société Karsk", "<Entity>—"), "utf-8")
    entries, told = read("ca-sema", file)
    assert len(entries) == 3
    assert told.lost == 2


def test_entry_with_more_names_than_anybody_has_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "names", 3)
    with pytest.raises(ListRefused, match="row 1: 4 names"):
        read("ca-sema", FILES / "canada.xml")


SAFE = "as = 's'\n[[lists]]\nsource='un-sc'\naddress='https://a.example/'\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "as: name the user"),
        ("as = 'stella'", "lists: write at least one"),
        ("as = 'stella'\n[[lists]]\nsource = 'un-sc'", "lists 1, address: is missing"),
        ("as = 'stella'\n[[lists]]\nsource = 'un'\naddress = 'https://a.example/'", "un: no list"),
        ("as = 'stella'\n[[lists]]\nsource = 'un-sc'\naddress = 'http://a.example/'", "https://"),
        ("as = 'stella'\n[[lists]]\nsource = 'un-sc'\naddress = 'file:///etc/passwd'", "https://"),
        ("as = 'stella'\n[[lists]]\nsource = 'un-sc'\naddress = 'https://[x'", "https://"),
        ("as = 's'\n[[lists]]\nsource='un-sc'\naddress='https://a.example/'\nname='../x'", "slash"),
        *(
            (f"{SAFE}hosts={hosts}", "hosts: write names of hosts alone")
            for hosts in ("'b.example'", "['https://b.example/']", "['10.0.0.1']", "[1]")
        ),
        ("as = ", "cannot be read"),
    ],
)
def test_file_of_addresses_says_all_that_is_wrong(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "lists.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ListRefused, match=said):
        read_addresses(file)


def test_file_of_addresses_names_files_by_their_format(tmp_path: Path) -> None:
    with pytest.raises(ListRefused, match="UNDAUNTED_LISTS names no file"):
        read_addresses(None)
    file = tmp_path / "lists.toml"
    file.write_text(
        "as = 'stella'\n"
        "[[lists]]\nsource = 'un-sc'\naddress = 'https://a.example/consolidated'\n"
        "[[lists]]\nsource = 'us-ofac-sdn'\naddress = 'https://a.example/SDN_ADVANCED.XML'\n"
        "[[lists]]\nsource = 'uk-fcdo'\naddress = 'https://a.example/x?y=z'\nname = 'uk.csv'\n"
        "hosts = ['Files.B.example']\n",
        encoding="utf-8",
    )
    held = read_addresses(file)
    assert held.user == "stella"
    assert [each.name for each in held.lists] == ["un-sc.xml", "SDN_ADVANCED.XML", "uk.csv"]
    assert [each.hosts for each in held.lists] == [(), (), ("files.b.example",)]


ODD = [b"\x00", b"&amp;#0;", b"<", b'"', b"\n", b",", b"99/99/9999", b"\xff", b"\xe2\x80\xae",
       b"\\u0000", b"\\ud800", b"1e999", b"<!DOCTYPE a>"]  # fmt: skip
EVERY = [
    ("us-ofac-sdn", "ofac_advanced.xml"),
    *XML_LISTS[1:],
    *TABLES,
    ("eu-journal", "journal/consolidated/32024R0001.csv"),
    ("xf-invented", None),
]


@pytest.mark.parametrize(("source", "file"), EVERY)
@given(data=st.data())
def test_whatever_happens_to_the_bytes_gives_entries_or_a_refusal(
    source: str, file: str | None, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("broken")
    held = FILES / file if file else plain_list(folder / "x.jsonl", ["One", "Two", "Three"])
    content = bytearray(held.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 40))
        content[place : place + length] = data.draw(st.binary(max_size=12) | st.sampled_from(ODD))
    broken = folder / held.name
    broken.write_bytes(bytes(content) or b" ")
    try:
        entries, told = read(source, broken)
    except ListRefused as refusal:
        assert held.name in str(refusal)  # noqa: PT017 - it may be read as well
        return
    kept = json.dumps([each.as_data() for each in entries] + [f.as_data() for f in told.faults])
    assert not re.search(r"(?<!\\)\\u0000", kept)
    assert all(len(each.key) <= LIMITS["key"] and each.names for each in entries)


def test_a_sign_that_nothing_keeps_before_a_birth_is_left_out(tmp_path: Path) -> None:
    text = (FILES / "australia.csv").read_bytes()
    file = tmp_path / "australia.csv"
    file.write_bytes(text.replace(b"a) Approximately", b"\x00a) Approximately"))
    entries, _told = read("au-dfat", file)
    births = [birth.text for each in entries for birth in each.births]
    assert "a) Approximately 1960-1962" in births


def test_number_longer_than_any_and_signs_that_nothing_keeps_are_refused(tmp_path: Path) -> None:
    file = plain_list(tmp_path / "x.jsonl", ["One", "Two"])
    text = file.read_text("utf-8")
    file.write_text(text.replace('"key": "One"', f'"key": "{"1" * 300}"'), encoding="utf-8")
    with pytest.raises(ListRefused, match="is longer than any"):
        read("xf-invented", file)
    for sign in ("\\u0000", "\\uD800"):
        file.write_text(text.replace('"text": "One"', f'"text": "One{sign}"'), encoding="utf-8")
        entries, told = read("xf-invented", file)
        assert [each.key for each in entries] == ["Two"]
        assert told.faults[0].rule is FaultRule.CELLS
