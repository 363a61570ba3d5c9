"""Letters, questions, notes, statements: readable in Word, on paper and aloud, alike every time."""

# ruff: noqa: SLF001 - the library shows no directions

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf
import pytest
from docx.oxml.ns import qn

from tests.prisoners.campaigns.reading import NOTO, fonts, made_of, pdf_text, word_file, words_of
from tests.prisoners.campaigns.sheets import (
    ADOPTER,
    ARABIC,
    CAMPAIGN,
    CHINESE,
    CYRILLIC,
    NAMELESS,
)
from undaunted.core.editions.rules import (
    Bullets,
    Link,
    Name,
    Notice,
    Paragraph,
    Strong,
)
from undaunted.prisoners.campaigns.rules import MaterialKind, SourceLine
from undaunted.prisoners.campaigns.rules.directions import closed, own_way
from undaunted.prisoners.campaigns.rules.materials import Form
from undaunted.prisoners.campaigns.rules.papers import (
    Ask,
    Blank,
    Facts,
    Heading,
    Paper,
    Small,
    Ticks,
)
from undaunted.prisoners.campaigns.writers.plain import write_text
from undaunted.prisoners.campaigns.writers.printing import write_print
from undaunted.prisoners.campaigns.writers.word import write_word

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.prisoners.campaigns.rules import CaseSheet
    from undaunted.prisoners.campaigns.rules.papers import Line


@fonts
def test_letter_can_be_printed_signed_and_read_aloud(tmp_path: Path) -> None:
    made = made_of(MaterialKind.LETTER, CYRILLIC, form=Form.PDF, adopter=ADOPTER)
    assert (made.media_type, made.public) == ("application/pdf", True)
    assert made.name == "day-2026-xr-0042-letter-en.pdf"
    assert made.subjects == {CYRILLIC.subject}
    text = " ".join(pdf_text(made.content, tmp_path).split())
    for words in (
        "Anna Bera", "Member of the Diet", "3 December 2026", "Your Excellency,", "Олена Корсак",
        "Release without conditions.", "February 2021", "Streva Centre", "Extremism",
        "the people and events in this document are invented",
    ):  # fmt: skip
        assert words in text
    assert "javascript" not in text
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) == 1
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["xmp:CreateDate"].startswith("2026-12-03")
    again = made_of(MaterialKind.LETTER, CYRILLIC, form=Form.PDF, adopter=ADOPTER)
    assert again == made


def test_word_letter_has_a_title_facts_and_links() -> None:
    made = made_of(MaterialKind.LETTER, CYRILLIC)
    assert made_of(MaterialKind.LETTER, CYRILLIC) == made
    told = word_file(made)
    titles = [each.text for each in told.paragraphs if each.style.name == "Title"]
    assert titles == ["Concerning Olena Korsak (Олена Корсак), Ruritania"]
    facts = {row.cells[0].text: row.cells[1].text for row in told.tables[0].rows}
    assert facts["Deprivation of liberty"] == "since February 2021"
    assert facts["Name"] == "Olena Korsak · Олена Корсак"
    assert "From (name and office): ____" in words_of(made)
    links = [each.target_ref for each in told.part.rels.values() if each.is_external]
    assert links == ["https://example.org/list"]
    assert told.core_properties.created.date() == CAMPAIGN.day
    with zipfile.ZipFile(io.BytesIO(made.content)) as held:
        assert {line.date_time for line in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in held.namelist() if "Effects" in name or "thumb" in name]


@pytest.mark.parametrize("case", [CYRILLIC, ARABIC], ids=["public", "private-only"])
def test_note_is_restricted_on_every_page(case: CaseSheet) -> None:
    made = made_of(MaterialKind.DEMARCHE_NOTE, case)
    assert not made.public
    head = word_file(made).sections[0].header.paragraphs[0]._p
    assert "RESTRICTED" in "".join(each.text or "" for each in head.iter(qn("w:t")))
    text = words_of(made)
    assert ("not even that it was raised" in text) is (case is ARABIC)
    assert case.ask in text
    for rung in ("No answer", "Denial", "Information", "Visit", "Better", "Release"):
        assert f"□\u00a0{rung}" in text.replace("No\u00a0answer", "No answer")
    notice = text.index("For a conversation")
    assert notice < text.index("What to say") < text.index("What not to say")


def test_arabic_note_runs_from_right_to_left_and_latin_names_do_not() -> None:
    body = word_file(made_of(MaterialKind.DEMARCHE_NOTE, ARABIC, "ar")).element.body
    paragraphs = list(body.iter(qn("w:pPr")))
    assert all(each.find(qn("w:bidi")) is not None for each in paragraphs)
    assert all(each.find(qn("w:bidiVisual")) is not None for each in body.iter(qn("w:tblPr")))
    runs = {run.find(qn("w:t")).text: run for run in body.iter(qn("w:r"))}
    assert runs["سمير القصر"].rPr.find(qn("w:rtl")) is not None
    assert runs["Samir al-Qasr"].rPr.find(qn("w:rtl")) is None
    assert "سيلدافيا" in runs


def test_question_as_text_asks_three_things_and_names_its_sources() -> None:
    verified = SourceLine("", "A report")
    case = replace(CYRILLIC, sources=(*CYRILLIC.sources, verified))
    made = made_of(MaterialKind.PARLIAMENTARY_QUESTION, case, adopter=ADOPTER, form=Form.TEXT)
    text = made.content.decode()
    assert made.media_type == "text/plain; charset=utf-8"
    assert "Parliamentary question: Olena Korsak (Олена Корсак), Ruritania" in text
    assert "Anna Bera · Member of the Diet" in text
    assert [text.count(f"\n{number}. ") for number in (1, 2, 3)] == [2, 2, 2]
    assert "> Release without conditions." in text
    assert "1. Streva Centre · List of prisoners · 30 June 2026 · https://example.org/list" in text
    assert "3. A report" in text
    assert "javascript" not in text
    plainer = replace(ADOPTER, office="")
    words = words_of(made_of(MaterialKind.PARLIAMENTARY_QUESTION, CYRILLIC, adopter=plainer))
    assert "Anna Bera\n" in words
    assert "From (" not in words
    alone = made_of(MaterialKind.PARLIAMENTARY_QUESTION, CYRILLIC, form=Form.TEXT).content.decode()
    assert "From (name and office): ____" in alone


def test_statement_can_be_read_aloud() -> None:
    text = words_of(made_of(MaterialKind.STATEMENT, CYRILLIC, adopter=replace(ADOPTER, office="")))
    assert "Distinguished President," in text
    assert "This has lasted since: February 2021." in text
    assert "What this person is known for: Journalist, Human rights defender." in text
    assert "Anna Bera" in text
    short = words_of(made_of(MaterialKind.STATEMENT, CHINESE, "zh-hans"))
    assert "林默言 (Lin Moyan)" in short
    assert "博尔多利亚" in short
    assert "lasted" not in short
    spoken = words_of(made_of(MaterialKind.STATEMENT, CYRILLIC, adopter=ADOPTER))
    assert "Anna Bera · Member of the Diet" in spoken


def test_whoever_has_no_name_is_a_reference() -> None:
    text = words_of(made_of(MaterialKind.LETTER, NAMELESS))
    assert "deprived of liberty: XZ-0001, Zubrowka." in text
    assert "Name withheld" in text
    assert "Release, without conditions." in text
    assert "Sources" not in text


def test_paper_says_every_line_in_every_form(tmp_path: Path) -> None:
    link = Link("a page", "https://example.org/")
    lines: tuple[Line, ...] = (
        Heading("Head"),
        Paragraph((Strong("Bold"), " ", Name("سمير"), " then")),
        Small(("small ", link)),
        Notice("Mind.", ("noticed",)),
        Notice("", ("untitled",)),
        Bullets((("point",),)),
        Facts((("Label", ("fact",)),)),
        Ask("asked"),
        Blank("Filled", "already"),
        Blank("Empty"),
        Ticks(("tick one",)),
    )
    paper = Paper(("Title",), "en", "Somebody", CAMPAIGN.day, lines, lines[:1], mark="MARK")
    told = {
        "txt": write_text(paper).decode(),
        "pdf": pdf_text(write_print(paper), tmp_path) if NOTO else write_text(paper).decode(),
        "docx": words_of(
            replace(made_of(MaterialKind.LETTER, CYRILLIC), content=write_word(paper))
        ),
    }
    for form, text in told.items():
        for words in (
            "Bold", "سمير", "then", "small", "Mind.", "noticed", "untitled", "point", "Label",
            "fact", "asked", "Filled", "already", "Empty", "tick", "Title",
        ):  # fmt: skip
            assert words in text or words[::-1] in text, form
    assert told["txt"].count("MARK") == 2
    with pytest.raises(TypeError, match="no line of a paper: str"):
        write_print(replace(paper, lines=("odd",)))  # type: ignore[arg-type]


def test_text_that_runs_the_other_way_keeps_its_points() -> None:
    assert own_way("Release.", right_to_left=True) == "\u200eRelease.\u200e"
    assert own_way("Release.", right_to_left=False) == "Release."
    assert own_way("سمير.", right_to_left=False) == "\u200fسمير.\u200f"
    assert own_way("42", right_to_left=True) == "42"
    text = (Name("سمير"), ", ", Name("Samir"))
    assert closed(text, right_to_left=False) == (text[0], "\u200e", *text[1:])
    assert closed(text, right_to_left=True) == (*text, "\u200f")
    latin = replace(ARABIC, ask="Release.")
    assert "\u200eRelease.\u200e" in words_of(made_of(MaterialKind.DEMARCHE_NOTE, latin, "ar"))


def test_since_may_be_as_vague_as_it_is() -> None:
    for since, words in (
        ("2021~", "since about 2021"),
        ("2021/2022", "between 2021 and 2022"),
    ):
        text = made_of(
            MaterialKind.PARLIAMENTARY_QUESTION, replace(CYRILLIC, since=since), form=Form.TEXT
        ).content.decode()
        assert f"Deprivation of liberty: {words}" in text
