"""The PDF of a paper has the columns of the file for Word: as wide as what they hold asks."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from itertools import pairwise

import docx
import pypdfium2
import pytest

from undaunted.core.editions.rules import Column, Document, Section, Table
from undaunted.core.editions.writers import Paper, write_paper_pdf
from undaunted.core.editions.writers.widths import ROOM, ROOM_ON_ITS_SIDE, column_shares
from undaunted.core.editions.writers.word import write_word

LONG = "The order was signed by the commander, and bears the seal of the court of that district."
HEADS = ("What", "Shown", "Evidence")
TABLE = Table(
    "facts",
    "Facts",
    tuple(Column(each.lower(), each) for each in HEADS),
    (("Post in the year 2023", "Met", LONG), ("Born on", "Met", "Annex 1")),
)
DOCUMENT = Document(
    title="A paper",
    subtitle="",
    language="en",
    publisher="Invented",
    as_of=date(2026, 11, 1),
    known_at="2026-11-01",
    blocks=(),
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


MANY = ("Aliaksandr", "Akhmadovitchskaya", "Aliaksandrovichevitch", "Nothing")


def test_a_word_wider_than_its_column_is_broken_and_runs_into_no_other() -> None:
    columns = tuple(Column(str(each), f"Jurisdiction{each}") for each in range(9))
    table = Table("t", "T", columns, tuple(MANY * 2 + (each,) for each in MANY))
    page = pypdfium2.PdfDocument(
        write_paper_pdf(
            Paper(replace(DOCUMENT, blocks=(Section("first", "First", (table,)),)), "K", "C"),
            moment=1_700_000_000,
        )
    )[0]
    text = page.get_textpage()
    left, right = 2.1 * 72 / 2.54, page.get_width() - 2.1 * 72 / 2.54
    width = (right - left) / 9
    told = text.get_text_range().replace("\r", "").replace("\n", "").replace("\ufffe", "")
    assert "Aliaksandrovichevitch" in told.replace(" ", ""), "no letter is lost"
    (start, _most) = text.search("Jurisdic").get_next() or (0, 0)
    checked = 0
    for at in range(start, text.count_chars()):
        first, low, last, _high = text.get_charbox(at)
        if text.get_text_range(at, 1).isalpha() and low > 1.8 * 72 / 2.54:
            checked += 1
            assert int((first - left) / width) == int((last - left) / width), at
    assert checked > 300


@pytest.mark.parametrize("room", [ROOM, ROOM_ON_ITS_SIDE])
def test_short_words_stay_whole_where_long_ones_have_to_give_way(room: int) -> None:
    words = ("controlled", *["Zusammengehoerigkeitsgef"] * (room // 24))
    columns = tuple(Column(str(each), "How") for each in range(len(words)))
    shares = column_shares(Table("t", "T", columns, (words,)), room)
    assert shares[0] / 5000 * room >= len("controlled") + 2.9
    assert max(shares[1:]) - min(shares[1:]) <= 1
    assert sum(shares) == pytest.approx(5000, abs=4)


def test_word_file_of_an_edition_keeps_a_short_word_whole_beside_long_texts() -> None:
    heads = ("Company", "How", "By", "Listed itself", "What shows it")
    columns = tuple(Column(each, each) for each in heads)
    table = Table("held", "Companies", columns, ((LONG, "controlled", LONG, LONG, LONG * 4),))
    document = replace(DOCUMENT, blocks=(Section("first", "First", (table,)),))
    made = docx.Document(io.BytesIO(write_word(document, {}, moment=1_700_000_000)))
    (laid,) = (each for each in made.tables if len(each.columns) == 5)
    widths = [each.width or 0 for each in laid.columns]
    assert widths[1] / sum(widths) * 90 >= len("controlled") + 4.9


def test_heads_of_many_narrow_columns_stay_whole_where_edges_can_spare_it() -> None:
    heads = ("Country", "Held", "New", "Released", "Died", "Reclassified", "After", "Corrected")
    columns = tuple(Column(each, each) for each in heads)
    shares = column_shares(Table("t", "T", columns, (("Ruritania", *["1,204"] * 7),)), 90)
    for share, head in zip(shares, heads, strict=True):
        assert share / 5000 * 90 >= len(head) + 2.5, head


def _below(table: Table, *, wide: bool) -> int:
    """Count the letters that stand below the text of a page, where its foot is."""
    document = replace(DOCUMENT, blocks=(Section("first", "First", (table,)),))
    paper = Paper(document, "K", "C", wide=wide)
    with pypdfium2.PdfDocument(write_paper_pdf(paper, moment=1_700_000_000)) as file:
        texts = [page.get_textpage() for page in file]
        below: list[int] = [
            sum(
                text.get_charbox(at)[1] < 1.75 * 72 / 2.54
                for at in range(text.count_chars())
                if not text.get_text_range(at, 1).isspace()
            )
            for text in texts
        ]
    return max(below)


FOOT = len("CPage1of9")


@pytest.mark.parametrize(("piece", "places"), [("Since {} held", 12), ("{}被列名者的职务", 9)])
@pytest.mark.parametrize("rows", [1, 9])
def test_no_row_runs_off_the_paper(piece: str, places: int, rows: int) -> None:
    told = " ".join(piece.format(each) for each in range(100, 700))[:590]
    columns = tuple(Column(str(each), "Jurisdiction") for each in range(places))
    table = Table("t", "T", columns, ((told,) * places, *[("x",) * places] * rows))
    assert _below(table, wide=True) <= FOOT


@pytest.mark.parametrize("wide", [False, True])
def test_no_short_table_with_long_texts_runs_off_the_paper(wide: bool) -> None:  # noqa: FBT001
    columns = tuple(Column(each, each) for each in "abc")
    table = Table("t", "T", columns, (("Post", LONG * 5, LONG * 5),) * 8)
    assert _below(table, wide=wide) <= FOOT
