"""Files that are empty, of another kind or in another encoding: told as that, and not as cut."""

from __future__ import annotations

import gzip
import os
import re
from typing import TYPE_CHECKING

import pytest

from tests.core.listings.factories import FILES, read
from tests.core.listings.test_bad_listing_files import TABLES, XML_LISTS
from undaunted.core.listings.readers import digest_of
from undaunted.core.listings.rules import ListRefused

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("source", "file"), [*XML_LISTS, *TABLES, ("xf-invented", "x.jsonl")])
def test_empty_file_is_called_empty_and_not_cut(source: str, file: str, tmp_path: Path) -> None:
    empty = tmp_path / file
    empty.write_bytes(b"")
    with pytest.raises(ListRefused, match=f"{re.escape(file)}: is empty; fetch the file again"):
        read(source, empty)
    zipped = tmp_path / f"{file}.gz"
    zipped.write_bytes(gzip.compress(b""))
    with pytest.raises(ListRefused, match="is empty; fetch the file again"):
        read(source, zipped)


@pytest.mark.parametrize("content", [b"name,country\nA,B\n", b"%PDF-1.7", b" \n", b"\x91bh\xa4"])
def test_file_of_another_kind_is_told_to_be_no_xml(content: bytes, tmp_path: Path) -> None:
    other = tmp_path / "list.csv"
    other.write_bytes(content)
    with pytest.raises(ListRefused, match=r"list\.csv: is no XML, as this list is; name"):
        read("eu-fsf", other)
    for begun in ("<?xml version", "\ufeff <a", "<nothing"):
        for encoding in ("utf-8", "utf-16"):
            other.write_bytes(begun.encode(encoding))
            with pytest.raises(ListRefused, match="is cut or no XML"):
                read("eu-fsf", other)


def test_line_that_is_no_utf8_is_told_wherever_it_stands(tmp_path: Path) -> None:
    other = tmp_path / "china.csv"
    head = (FILES / "china.csv").read_text("utf-8").splitlines()[0]
    other.write_bytes(f"{head}\n".encode() + "й\n".encode() * 50_000 + b"\xd0\nlast\n")
    with pytest.raises(ListRefused, match=r"china\.csv: line 50002 is not UTF-8"):
        read("cn-counter", other)


def test_what_gives_its_bytes_once_alone_is_told_to_be_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "un.xml"
    os.mkfifo(pipe)
    with pytest.raises(ListRefused, match=r"un\.xml: is neither a file nor a folder; save"):
        read("un-sc", pipe)
    with pytest.raises(ListRefused, match="is neither a file nor a folder"):
        digest_of(pipe)


@pytest.mark.parametrize("content", [b"PK\x03\x04rest", b"Name 6,Name 1\nA,B\n", b"<a/>"])
def test_file_of_another_list_is_told_to_be_that(content: bytes, tmp_path: Path) -> None:
    """A workbook of the Kingdom was asked for the American tables beside it."""
    other = tmp_path / "ConList.xlsx"
    other.write_bytes(content)
    with pytest.raises(ListRefused, match=r"ConList\.xlsx: is no file of this list; choose"):
        read("us-ofac-sdn", other)
    table = tmp_path / "alt.csv"
    table.write_bytes(b'36,12,"aka","A B","-0-"\r\n\x1a')
    with pytest.raises(ListRefused, match=r"alt\.csv: sdn\.csv is not beside it"):
        read("us-ofac-sdn", table)
