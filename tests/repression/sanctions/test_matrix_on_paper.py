"""The matrix on paper: dense enough to carry, and nothing that it says on the page is lost."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from django.test import Client
from django.utils.translation import override

from tests.repression.sanctions.factories import XF, XZ, Verdict, judged, make_office, two_lists
from undaunted.core.editions.writers import write_paper_pdf
from undaunted.repression.sanctions.rules import Cell, Line, MatrixAsked, State, Tie
from undaunted.repression.sanctions.writers import condensed, matrix_paper

if TYPE_CHECKING:
    from tests.core.listings.factories import Office

ASKED = MatrixAsked(date(2026, 6, 1))
LAW = {"programmes": ("XF-HR",), "measures": ("asset_freeze",)}
OTHER = {"programmes": ("XF-TRADE",), "measures": ("entry_ban",)}
SIGNS = Path(__file__).parents[3] / "src/undaunted/site/static/site/print.css"


def _line(key: str, name: str, **told: Any) -> Line:
    return Line("xf-invented", key, name, State.LISTED, told.pop("tie", Tie.OWN), **told)


def _cell(code: str, state: State, *lines: Line) -> Cell:
    return Cell(code, state, State.NOT_FOUND, lines)


def _row(name: str, *cells: Cell) -> Any:
    held = {each.jurisdiction: each for each in cells}
    return SimpleNamespace(name=name, cells=cells, cell=held.__getitem__)


def _rows() -> list[Any]:
    open_one = _line("Z9", "Lyudmila Varga", tie=Tie.OPEN, score=0.93, since="2024-03-01", **LAW)
    first = _line("F1", "Viktor Strovik", since="2024-02-15", **LAW)
    silent = (_cell("US", State.NOT_LOADED), _cell("AU", State.OLD), _cell("CA", State.OLD))
    return [
        _row("Viktor Strovik", _cell("XF", State.LISTED, first), _cell("XZ", State.OLD), *silent),
        _row("Ludmila Varga", _cell("XF", State.LISTED, _line("F2", "Ludmila Varga", **OTHER)),
             _cell("XZ", State.POSSIBLY, open_one), *silent),
        _row("Oskar Brandl", _cell("XF", State.LISTED, _line("F3", "Oskar Brandl", **OTHER)),
             _cell("XZ", State.NOT_FOUND), *silent),
    ]  # fmt: skip


def test_cell_is_short_and_names_by_number_what_others_say_too() -> None:
    dense = condensed(_rows(), ASKED)
    told = [[str(cell) for cell in cells] for _row, cells in dense.rows]
    assert told == [
        ["Listed: since 15 February 2024 (1)", "Old version"],
        ["Listed (2)", "Possibly listed: Lyudmila Varga, Listed: since 1 March 2024; 0.93 (1)"],
        ["Listed (2)", "Not found"],
    ]
    assert dense.notes == (
        ("1", "XF-HR; asset freeze"),
        ("2", "since when is not told; XF-TRADE; entry ban"),
        ("0.93", "names alike to 0.93, not judged"),
    )


def test_jurisdiction_that_says_nothing_of_anybody_is_told_of_once() -> None:
    dense = condensed(_rows(), ASKED)
    assert dense.columns == ("XF", "XZ"), "Zubrowka says something of one"
    assert dense.apart == ((State.NOT_LOADED, ("US",)), (State.OLD, ("AU", "CA")))


@pytest.mark.parametrize("asked", [{"not_by": ("AU",)}, {"jurisdictions": ("AU",)}])
def test_jurisdiction_that_is_asked_about_keeps_its_column(asked: dict[str, Any]) -> None:
    dense = condensed(_rows(), MatrixAsked(date(2026, 6, 1), **asked))
    assert dense.columns == ("XF", "XZ", "AU")
    assert dense.apart == ((State.NOT_LOADED, ("US",)), (State.OLD, ("CA",)))


def test_name_in_a_cell_turns_no_word_around_it() -> None:
    cell = condensed(_rows(), ASKED).rows[1][1][1]
    assert '<bdi dir="auto">Lyudmila Varga</bdi>, Listed' in cell.__html__()


@pytest.mark.usefixtures("ledger")
def test_page_to_print_and_files_say_the_same(owner_sql: Any, tmp_path: Path) -> None:
    office: Office = make_office(owner_sql)
    two_lists(office, tmp_path)
    judged(office.writer, (XF, "F1"), (XZ, "Z1"), Verdict.SAME, second=office.reviewer)
    page = Client().get("/sanctions/matrix/print/?on=2026-06-01").content.decode()
    row = page.partition("Viktor Strovik")[2].partition("</tr>")[0]
    cells = re.findall(r"<td>([^<]{1,200})</td>", row)
    assert len(cells) == 2
    assert all(re.search(r"\(\d\)$", each) for each in cells)
    notes = page.partition("How to read it")[2].partition("</dl>")[0]
    for number in {each[-2] for each in cells}:
        assert f"<dt>{number}</dt>" in notes


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pdf_holds_twenty_parties_a_page_none_of_them_divided(language: str) -> None:
    rows = [_row(f"Aliaksandr Mikhailavich Strovikou {at:03}", *_rows()[1].cells)
            for at in range(100)]  # fmt: skip
    with override(language):
        paper = matrix_paper(rows, 100, (), ASKED)
        file = pypdfium2.PdfDocument(write_paper_pdf(paper, moment=1_700_000_000))
    pages = [re.findall(r"\b0\d\d\b", page.get_textpage().get_text_range()) for page in file]
    assert [each for page in pages for each in page] == [f"{at:03}" for at in range(100)]
    assert min(map(len, pages[1:3])) >= 20


def test_print_lets_a_long_word_be_broken() -> None:
    told = SIGNS.read_text(encoding="utf-8")
    cells = told.partition(".on-paper .matrix :is(td, th) {")[2].partition("}")[0]
    assert "overflow-wrap: anywhere" in cells
