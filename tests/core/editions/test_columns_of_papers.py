"""The PDF of a paper has the columns of the file for Word: as wide as what they hold asks."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pypdfium2
import pytest

from undaunted.core.editions.rules import Column, Document, Section, Table
from undaunted.core.editions.writers import Paper, write_paper_pdf
from undaunted.core.editions.writers.widths import column_shares

LONG = "The order was signed by the commander, and bears the seal of the court of that district."
HEADS = ("What", "Shown", "Evidence")
TABLE = Table(
    "facts",
    "Facts",
    tuple(Column(each.lower(), each) for each in HEADS),
    (("Post in the year 2023", "Met", LONG), ("Born on", "Met", "Annex 1")),
)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_columns_of_the_pdf_are_those_of_the_file_for_word(language: str) -> None:
    document = Document(
        title="A paper",
        subtitle="",
        language=language,
        publisher="Invented",
        as_of=date(2026, 11, 1),
        known_at="2026-11-01",
        blocks=(Section("first", "First", (TABLE,)),),
    )
    page = pypdfium2.PdfDocument(
        write_paper_pdf(Paper(document, "Kicker", "TLP:CLEAR"), moment=1_700_000_000)
    )[0]
    text = page.get_textpage()
    edges = []
    for head in HEADS:
        found = text.search(head, match_case=True, match_whole_word=True).get_next()
        assert found
        first, most = found
        edges.append(text.get_charbox(first)[0] if language == "en"
                     else text.get_charbox(first + most - 1)[2])  # fmt: skip
    what, shown = (abs(after - before) for before, after in pairwise(edges))
    asked = column_shares(TABLE)
    assert what / shown == pytest.approx(asked[0] / asked[1], rel=0.05)
    assert asked[1] < asked[0] < asked[2]


def test_a_letter_as_wide_as_it_is_high_counts_for_two() -> None:
    columns = (Column("one", "A"), Column("two", "B"))
    chinese = Table("facts", "Facts", columns, (("被列名者的职务与任期" * 2, "x" * 20),))
    latin = Table("facts", "Facts", columns, (("x" * 20, "x" * 20),))
    assert column_shares(latin)[0] == column_shares(latin)[1]
    assert column_shares(chinese)[0] > column_shares(chinese)[1]


def test_a_day_and_a_word_stand_in_one_line_beside_long_texts() -> None:
    """In 105 letters of a line, edges take five in Word."""
    heads = ("Должность", "Кому подчинялся", "Начало", "До", "Доказательства")
    rows = (
        ("Prosecutor for State Security, Strelsau", "—", "март 2022 год", "продолжается", LONG),
    )
    columns = tuple(Column(str(place), each) for place, each in enumerate(heads))
    shares = column_shares(Table("posts", "Posts", columns, rows))
    for share, text in zip(shares[1:4], (heads[1], *rows[0][2:4]), strict=True):
        assert share / 5000 * 105 >= len(text) + 4.9
    assert shares[4] > shares[0]
    assert sum(shares) == pytest.approx(5000, abs=3)


def test_no_column_is_narrower_than_its_longest_word_where_there_is_room() -> None:
    columns = (Column("a", "A"), Column("b", "B"), Column("c", "C"))
    word = "Zusammengehoerigkeit"
    rows = ((f"{word} of one", LONG * 4, LONG * 4),)
    shares = column_shares(Table("t", "T", columns, rows))
    assert shares[0] / 5000 * 105 >= len(word) + 4.9
    many = tuple(Column(str(each), "Jurisdiction") for each in range(12))
    crowded = column_shares(Table("t", "T", many, (("Listed",) * 12,)))
    assert max(crowded) - min(crowded) <= 1


def test_a_day_in_chinese_stands_in_one_line() -> None:
    """Between figures and its letters stands half a letter each."""
    columns = tuple(Column(str(each), each) for each in "abc")
    shares = column_shares(Table("t", "T", columns, (("2021年6月1日", LONG, LONG),)))
    assert shares[0] / 5000 * 105 >= 9 + 3 + 1.5 + 4
