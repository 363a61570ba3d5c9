"""Whatever bytes come, a reader gives rows or `UnreadableFile`; what it wrote, it reads again."""

from __future__ import annotations

import csv
import io
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.prisoners.registry.readers.lists import (
    HEADER,
    ROW,
    changed,
    csv_text,
    json_text,
    mapping,
    ods_bytes,
    ods_row,
    read,
    write,
    xlsx_bytes,
)
from undaunted.prisoners.registry.readers import UnreadableFile
from undaunted.prisoners.registry.readers.hygiene import clean_text
from undaunted.prisoners.registry.rules.import_rows import Outcome

if TYPE_CHECKING:
    from pathlib import Path

steady = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80
)


def survives(folder: Path, content: bytes) -> None:
    try:
        rows = read(write(folder, content))
    except UnreadableFile:
        return
    assert all(row.line >= 1 and row.outcome in Outcome for row in rows)


@cache
def whole_files() -> tuple[bytes, ...]:
    people = [changed(ID=f"K{number}", Name="Анна Lund") for number in range(5)]
    table = "".join(ods_row(*row) for row in (HEADER, *people))
    return (
        csv_text(*people).encode(),
        csv_text(*people).encode("utf-16"),
        csv_text(*people).encode("cp1251"),
        json_text(*people).encode(),
        xlsx_bytes(HEADER, *people),
        ods_bytes(f'<table:table table:name="P">{table}</table:table>'),
    )


@steady
@given(st.binary(max_size=600))
def test_random_bytes_never_break_a_reader(tmp_path: Path, content: bytes) -> None:
    survives(tmp_path, content)


@steady
@given(
    st.sampled_from([b"PK\x03\x04", b"[", b"{", b"\x1f\x8b", b"\xff\xfe", b"\xef\xbb\xbf"]),
    st.binary(max_size=200),
)
def test_random_bytes_behind_a_known_mark_never_break_a_reader(
    tmp_path: Path, mark: bytes, content: bytes
) -> None:
    survives(tmp_path, mark + content)


@steady
@given(st.data())
def test_damaged_files_never_break_a_reader(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(whole_files())))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    survives(tmp_path, bytes(content[: data.draw(st.integers(1, len(content)))]))


@steady
@given(st.lists(st.lists(st.text(max_size=20), min_size=8, max_size=8), max_size=4))
def test_random_cells_never_break_a_row(tmp_path: Path, rows: list[list[str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([HEADER, *rows])
    survives(tmp_path, stream.getvalue().encode("utf-8", "replace"))


_NAMES = st.text(
    st.characters(categories=["Lu", "Ll", "Lo"], max_codepoint=0xFFFF), min_size=1, max_size=12
)


@steady
@given(st.lists(_NAMES, min_size=1, max_size=6, unique=True), st.sampled_from([",", ";", "\t"]))
def test_written_names_are_read_again(tmp_path: Path, names: list[str], mark: str) -> None:
    people = [changed(ID=f"K{number}", Name=name) for number, name in enumerate(names)]
    rows = read(write(tmp_path, csv_text(*people, mark=mark)), mapping())
    found = [row.values["person.names"][0].text for row in rows]  # type: ignore[index, union-attr]
    assert found == [unicodedata.normalize("NFC", name) for name in names]
    assert [row.line for row in rows] == list(range(2, len(names) + 2))


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once, _ = clean_text(text)
    assert clean_text(once)[0] == once


def test_the_whole_files_are_whole(tmp_path: Path) -> None:
    for content in whole_files():
        rows = read(write(tmp_path, content))
        assert [row.outcome for row in rows] == [Outcome.OK] * 5, ROW
