"""Names read in the wrong encoding are refused with their file; words of two scripts are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.listings.factories import FILES, read
from undaunted.core.listings.readers.lettering import is_garbled, is_mixed
from undaunted.core.listings.rules import FaultRule, ListRefused

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["Рамзан Велгантов", "Людмила Стровик", "قديروف", "Société Karsk", "Karsk Stroy"]


def _read_as(name: str, encoding: str) -> str:
    return "".join(
        bytes([each]).decode(encoding, "replace") if encoding == "latin-1" else _one(each)
        for each in name.encode()
    )


def _one(byte: int) -> str:
    """Give what a browser reads of a byte as Windows-1252, which leaves five bytes out."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _canada(folder: Path, names: list[str]) -> Path:
    """Write a list with a body for each name."""
    text = (FILES / "canada.xml").read_text("utf-8")
    row = text[text.index("<record>") : text.index("</record>") + len("</record>")]
    bodies = [
        f"<record><Country>Ruritania</Country><Entity>{each}</Entity><Schedule>1</Schedule>"
        f"<Item>{at}</Item></record>"
        for at, each in enumerate(names, 900)
    ]
    file = folder / "canada.xml"
    file.write_text(text.replace(row, row + "".join(bodies), 1), encoding="utf-8")
    return file


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_list_that_was_read_in_another_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    assert not any(is_garbled(each) for each in NAMES)
    garbled = [_read_as(each, encoding) for each in NAMES]
    assert [is_garbled(each) for each in garbled] == [True] * 4 + [False]
    with pytest.raises(ListRefused, match="letters were read as signs"):
        read("ca-sema", _canada(tmp_path, garbled * 4))


def test_an_xml_that_says_another_encoding_than_it_has_is_refused(tmp_path: Path) -> None:
    text = (FILES / "un.xml").read_text("utf-8")
    text = text.replace("WIKTOR STROWIK; V. STROVIK", "; ".join(NAMES[:3]))
    file = tmp_path / "un.xml"
    file.write_text(text, encoding="utf-8")
    assert read("un-sc", file)[0]
    file.write_text(text.replace("UTF-8", "ISO-8859-1", 1), encoding="utf-8")
    with pytest.raises(ListRefused, match="letters were read as signs"):
        read("un-sc", file)


def test_a_list_of_which_one_name_was_garbled_by_its_issuer_is_read(tmp_path: Path) -> None:
    names = [*NAMES, _read_as("Вельгант", "cp1252")]
    entries, told = read("ca-sema", _canada(tmp_path, names))
    before, _ = read("ca-sema", FILES / "canada.xml")
    assert len(entries) == len(before) + len(names)
    assert FaultRule.MIXED not in {each.rule for each in told.faults}


@pytest.mark.parametrize(("plain", "refused"), [(387, True), (388, False), (900, False)])
def test_a_few_garbled_names_among_many_plain_ones_refuse_no_list(
    tmp_path: Path, plain: int, *, refused: bool
) -> None:
    """A list in plain letters with four names that its issuer garbled is the issuer's still."""
    names = [_read_as(each, "cp1252") for each in NAMES[:4]] + ["Société"]
    file = _canada(tmp_path, [*names, *(f"Body {each}" for each in range(plain))])
    if refused:
        with pytest.raises(ListRefused, match="letters were read as signs"):
            read("ca-sema", file)
    else:
        assert len(read("ca-sema", file)[0]) > plain


def test_a_word_of_two_scripts_is_told_with_its_row(tmp_path: Path) -> None:
    mixed = "Велг\u0061нт Виктор"
    assert is_mixed(mixed)
    assert not any(is_mixed(each) for each in [*NAMES, "Рамзан Velgantov", "A Вельгант"])
    entries, told = read("ca-sema", _canada(tmp_path, [*NAMES, mixed]))
    (found,) = [each for each in told.faults if each.rule is FaultRule.MIXED]
    assert found.value == mixed
    assert not found.loses_the_entry
    assert mixed in {each.name for each in entries}
