"""A paper for Word looks as its PDF does: light lines, columns by what they hold, no lone heads."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from undaunted.core.editions.rules import (
    Column,
    Document,
    Paragraph,
    Section,
    Strong,
    Table,
)
from undaunted.core.editions.writers import Paper, write_paper_word

LONG = (
    "The order to hold the prisoner was signed by the commander, and bears the seal of the court."
)


@pytest.fixture(params=["en", "ar"])
def made(request: pytest.FixtureRequest) -> Any:
    table = Table(
        "facts",
        "Facts",
        (Column("what", "What"), Column("told", "Shown"), Column("rests", "Evidence")),
        (("Post in the year 2023", "Met", LONG), ("Born on", "Met", "Annex 1")),
    )
    label, told = Paragraph((Strong("Act 1"), " · ordered")), Paragraph(("Signed the order.",))
    document = Document(
        title="A paper",
        subtitle="",
        language=request.param,
        publisher="Invented",
        as_of=date(2026, 11, 1),
        known_at="2026-11-01",
        blocks=(Section("first", "First", (label, told, table)),),
    )
    content = write_paper_word(Paper(document, "Kicker", "TLP:CLEAR"), moment=1_700_000_000)
    return docx.Document(io.BytesIO(content))


def test_a_column_is_as_wide_as_what_it_holds_asks(made: Any) -> None:
    grid = made.tables[-1]._tbl.tblGrid  # noqa: SLF001 - the library shows no widths
    what, shown, rests = (int(each.get(qn("w:w"))) for each in grid)
    assert shown < what < rests
    shares = [each._tc.tcPr.find(qn("w:tcW")) for each in made.tables[-1].rows[1].cells]  # noqa: SLF001 - as above
    assert {each.get(qn("w:type")) for each in shares} == {"pct"}
    assert abs(sum(int(each.get(qn("w:w"))) for each in shares) - 5000) < 3
    assert min(what, shown) > 900, "room for a word"


def test_lines_of_tables_are_light_and_run_across(made: Any) -> None:
    lines = made.tables[-1]._tbl.tblPr.find(qn("w:tblBorders"))  # noqa: SLF001 - as above
    told = {each.tag.rpartition("}")[2]: each for each in lines}
    assert [told[side].get(qn("w:val")) for side in ("left", "right", "insideV")] == ["nil"] * 3
    assert {told[side].get(qn("w:color")) for side in ("top", "bottom", "insideH")} == {"CFC7B8"}


def test_captions_are_as_quiet_as_in_the_pdf(made: Any) -> None:
    assert str(made.styles["Caption"].font.color.rgb) == "56514A"


def test_a_label_and_the_head_of_a_table_stay_with_what_follows(made: Any) -> None:
    (label,) = (each for each in made.paragraphs if each.text.startswith("Act 1"))
    assert label.paragraph_format.keep_with_next
    (told,) = (each for each in made.paragraphs if each.text == "Signed the order.")
    assert not told.paragraph_format.keep_with_next
    head, first, *_ = made.tables[-1].rows
    assert all(each.paragraphs[0].paragraph_format.keep_with_next for each in head.cells)
    assert not any(each.paragraphs[0].paragraph_format.keep_with_next for each in first.cells)
