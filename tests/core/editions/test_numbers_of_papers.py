"""A number of figures and letters is one word in a paper of any direction, and is copied whole."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import undaunted
from undaunted.core.editions.rules import (
    Bullets,
    Column,
    Document,
    Name,
    Paragraph,
    Section,
    Table,
    apart,
    apart_in_words,
    kept_apart,
)
from undaunted.core.editions.writers import Paper, write_paper_pdf, write_paper_word
from undaunted.site.languages import direction

COPY = "2828e0fbd95c4a7e9b31c05d6e7f8a90"
PICTURES = {
    "coercion/response/writers/curve.typ",
    "coercion/response/writers/front.typ",
    "prisoners/campaigns/writers/card.typ",
}
"""Looks of pictures, from which nobody copies words, and what one shares with a paper."""
PAPERS = {
    "coercion/response/writers/brief.typ",
    "coercion/screening/writers/letter.typ",
    "core/editions/writers/edition.typ",
    "core/editions/writers/paper.typ",
    "prisoners/campaigns/writers/paper.typ",
    "prisoners/memo/writers/memo.typ",
}
DIGEST = f"{COPY}{COPY}"
ARABIC = {
    "ar": "رقم النسخة",
    "fa": "شمارهٔ رونوشت",
    "ug": "نۇسخا نومۇرى",
    "en": "Number of the copy",
}


def paper(language: str) -> Paper:
    said = f"{ARABIC[language]} {COPY}"
    blocks = (
        Section(
            "first",
            ARABIC[language],
            (Paragraph((said,)), Bullets(((f"{ARABIC[language]} SHA-256 {DIGEST}",),))),
        ),
    )
    rtl = direction(language) == "rtl"
    document = Document(
        title=ARABIC[language],
        subtitle="",
        language=language,
        publisher="Invented",
        as_of=date(2026, 11, 1),
        known_at="2026-11-01",
        blocks=tuple(kept_apart(blocks)) if rtl else blocks,
    )
    told = apart_in_words(COPY) if rtl else COPY
    return Paper(document, "Kicker", "TLP:CLEAR", ((ARABIC[language], told),))


def pdf_text(content: bytes, folder: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext (Debian: poppler-utils)")
    file = folder / "paper.pdf"
    file.write_bytes(content)
    command = ["pdftotext", "-raw", str(file), "-"]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return re.sub("[\u202a-\u202e]", "", told)  # the program's own, between pieces of a line


@pytest.mark.parametrize("language", ARABIC)
def test_the_number_of_a_copy_stands_in_the_pdf_as_it_is(language: str, tmp_path: Path) -> None:
    told = pdf_text(write_paper_pdf(paper(language), moment=1_700_000_000), tmp_path)
    assert "\u200b" not in told
    assert told.count(COPY) >= 3, "in the head, in a sentence and in the digest"


@pytest.mark.parametrize("language", ARABIC)
def test_the_number_of_a_copy_stands_in_the_file_for_word_as_it_is(language: str) -> None:
    content = write_paper_word(paper(language), moment=1_700_000_000)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        told = file.read("word/document.xml").decode()
    assert "\u200b" not in told
    assert DIGEST in told
    if direction(language) == "rtl":
        assert told.count(f"\u200e{COPY}\u200e") >= 2, "one word, in marks of its own direction"


def test_figures_that_touch_a_letter_are_of_its_word_and_others_are_not() -> None:
    assert apart(f"رقم {COPY} هنا") == ("رقم ", Name(COPY), " هنا")
    assert apart("المادة 3(3)(b) هنا") == ("المادة ", Name("3(3)(b)"), " هنا")
    assert apart("سنة 2026 Act") == ("سنة 2026 ", Name("Act"))
    assert apart("(2nd) هنا") == ("(", Name("2nd"), ") هنا")
    assert apart("انظر 2)abc") == ("انظر 2)", Name("abc"))


def test_nothing_that_nobody_sees_is_copied_from_any_paper() -> None:
    """A look that is new stands among papers or among pictures, however it sets its pages."""
    at = Path(undaunted.__file__).parent
    looks = {str(each.relative_to(at)): each.read_text("utf-8") for each in at.rglob("*.typ")}
    assert set(looks) == PAPERS | PICTURES
    assert {name for name, told in looks.items() if "#show sym.zws: box()" in told} == PAPERS


def test_a_number_is_copied_whole_from_a_table_and_a_head_in_word() -> None:
    rows = ((DIGEST,),)
    table = Table("t", f"Caption {COPY}", (Column("a", COPY),), rows)
    held = paper("en")
    document = replace(held.document, blocks=(Section("s", f"Head {COPY}", (table,)),))
    content = write_paper_word(replace(held, document=document), moment=1_700_000_000)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert "\u200b" not in file.read("word/document.xml").decode()
