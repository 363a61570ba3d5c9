"""Sheets as people have them become raises, and every cell that cannot says why and what to do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from undaunted.prisoners.campaigns.readers import read_columns, read_raises, suggested_columns
from undaunted.prisoners.campaigns.rules import Channel, Level, Reply, SheetRefused
from undaunted.prisoners.campaigns.writers import problem_told

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []

HEAD = (
    "Date;Prisoner;Way;Level;Raised with;Counterpart country;Raised by;Country;Answer;"
    "Date of reply;Note"
)
GOOD = "03.12.2026;XR-1;bilateral;MP;Ministry;Ruritania;I. Morvan;XS;visit;2026-12-04;saw her"


def _sheet(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "raises.csv"
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return path


def test_sheet_of_an_embassy_is_read_with_its_own_headings_and_words(tmp_path: Path) -> None:
    plain = "2026-11-30;;statement;;Ministry;XR;Mayor;XS;;;"
    found = read_raises(_sheet(tmp_path, GOOD, "", plain))
    assert found.problems == ()
    first, second = found.rows
    assert (first.line, first.day, first.case) == (2, date(2026, 12, 3), "XR-1")
    assert (first.channel, first.level, first.reply) == (
        Channel.PRIVATE, Level.PARLIAMENT, Reply.VISIT,
    )  # fmt: skip
    assert (first.counterpart_country, first.by_country) == ("XR", "XS")
    assert (first.reply_day, first.note) == (date(2026, 12, 4), "saw her")
    assert (second.case, second.level, second.reply) == ("", Level.WORKING, None)


def test_workbook_is_read_like_a_sheet_with_commas(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEAD.split(";"))
    book.active.append([date(2026, 12, 3), *GOOD.split(";")[1:]])
    path = tmp_path / "raises.xlsx"
    book.save(path)
    (row,) = read_raises(path).rows
    assert (row.day, row.by) == (date(2026, 12, 3), "I. Morvan")


@pytest.mark.parametrize(
    ("at", "text", "field", "told"),
    [
        (0, "", "day", "It is empty. Fill it in."),
        (0, "03/12/2026", "day", "can be two days. Write it as 2026-12-03."),
        (0, "2026-13-40", "day", "is no day"),
        (0, "31.02.2026", "day", "is no day"),
        (2, "by pigeon", "channel", "Write one of: public, private, multilateral"),
        (3, "pope", "level", "Write one of: working"),
        (4, "", "counterpart", "It is empty."),
        (4, "x" * 201, "counterpart", "too long"),
        (5, "Atlantis", "counterpart_country", "is no country. Give its name or its code"),
        (8, "perhaps", "reply", "Write one of: none, denial"),
        (8, "", "reply", "There is a day of a reply, but no reply"),
    ],
)
def test_cell_that_cannot_be_read_names_line_field_rule_and_remedy(
    tmp_path: Path, at: int, text: str, field: str, told: str
) -> None:
    cells = GOOD.split(";")
    cells[at] = text
    found = read_raises(_sheet(tmp_path, GOOD, ";".join(cells)))
    assert len(found.rows) == 1
    (problem,) = found.problems
    assert (problem.line, problem.field) == (3, field)
    assert told in problem_told(problem)


def test_file_that_is_no_list_or_lacks_a_column_is_refused_with_what_to_do(tmp_path: Path) -> None:
    picture = tmp_path / "scan.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    with pytest.raises(SheetRefused, match="file: "):
        read_raises(picture)
    broken = tmp_path / "raises.xlsx"
    broken.write_bytes(b"PK\x03\x04" + b"0" * 40)
    for unreadable in (picture, broken):
        with pytest.raises(SheetRefused, match=r"^file: [A-Z][^=]+\.$"):
            read_raises(unreadable)
    with pytest.raises(SheetRefused, match="no column for channel, counterpart"):
        read_raises(_sheet(tmp_path, "2026-12-03", head="Date"))
    with pytest.raises(SheetRefused, match="no column is called 'Tag'"):
        read_raises(_sheet(tmp_path, GOOD), {"day": "Tag"})
    with pytest.raises(SheetRefused, match="more than 2000 rows"):
        read_raises(_sheet(tmp_path, *[GOOD] * 2001))
    open_quote = _sheet(tmp_path, GOOD, '2026-12-03;"XR-1;private;;A;XR;B;XS;;;', GOOD)
    assert "Close it." in problem_told(read_raises(open_quote).problems[0])


def test_mapping_of_one_heading_leaves_the_other_guesses(tmp_path: Path) -> None:
    sheet = _sheet(tmp_path, GOOD, head=HEAD.replace("Date;", "Jour J;", 1))
    found = read_raises(sheet, {"day": "Jour J", "note": ""})
    assert (found.problems, found.columns["by"]) == ((), "Raised by")
    assert "note" not in found.columns
    # A heading that was given to one field is guessed for no other.
    (row,) = read_raises(sheet, {"day": "Jour J", "note": "Answer", "reply_day": ""}).rows
    assert (row.reply, row.note) == (None, "visit")


def test_mapping_of_ones_own_is_read_strictly() -> None:
    assert read_columns('[columns]\nday = "Tag"') == {"day": "Tag"}
    for text, told in (
        ("[columns", "write"), ("day = 1", "columns"), ('[columns]\nrisk = "x"', "is no field"),
    ):  # fmt: skip
        with pytest.raises(SheetRefused, match=told):
            read_columns(text)
    assert suggested_columns(["Country", "Country of raiser"])["by_country"] == "Country of raiser"
    assert suggested_columns(["Дата", "Кем", "x"]) == {"day": "Дата", "by": "Кем"}
