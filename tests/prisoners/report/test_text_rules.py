"""How a text is written and read: marks, typed numbers, translations, and its place in a report."""

# ruff: noqa: RUF001 - digits and commas as they are typed elsewhere

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undaunted.core.editions.rules import (
    Bullets,
    Column,
    ColumnKind,
    Document,
    Figure,
    Footnote,
    Link,
    Notice,
    Number,
    Paragraph,
    Reference,
    Section,
    Strong,
    Table,
    check_document,
    left_to_right,
)
from undaunted.core.editions.rules.numerals import numbers_typed, suggested, values_of
from undaunted.prisoners.registry.rules.names_in_texts import asked_names
from undaunted.prisoners.report.rules import Chapter
from undaunted.prisoners.report.rules.marks import (
    LONGEST,
    TextBroken,
    read_text,
    segments_of,
    tidied,
)
from undaunted.prisoners.report.rules.printed import printed_words
from undaunted.prisoners.report.rules.texts import (
    Kept,
    Place,
    Standing,
    State,
    TextRefused,
    flag_of,
    missing_reasons,
    place_named,
    place_texts,
    read_translation,
    standing_of,
    stated,
)

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Block

KEY = "by-country/XR/persons@2025-12-31"


def test_text_is_read_into_plain_blocks() -> None:
    body = (
        f"In {{number:{KEY}}}\ncases **so many**{{note:[Gazette](https://g.example/1)|2025-03|Said "
        "{number:a}.}, see {table:t.1}.\n- one\n  goes on\n- \\{pair\\} \\- **a{plain:2|article b}"
        "**\n\n<script> & {note:A \\| B|2025}"
    )
    reading = read_text(body, "en")
    note = Footnote(
        ("Said ", Number("a", None), ".", " ", Link("Gazette", "https://g.example/1"), " (2025-03)")
    )
    assert reading.blocks == (
        Paragraph(
            (
                "In ", Number(KEY, None), " cases ", Strong("so many"), note, ", see ",
                Reference("t.1"), ".",
            )
        ),
        Bullets((("one goes on",), ("{pair} - ", Strong("a2")))),
        Paragraph(("<script> & ", Footnote(("A | B", " (2025)")))),
    )  # fmt: skip
    assert reading.keys == (("number", "a"), ("number", KEY), ("table", "t.1"))
    assert [(each.line, each.text, each.why) for each in reading.plain] == [(5, "2", "article b")]
    assert reading.typed == ()


def test_date_of_a_note_keeps_its_order_among_arabic_letters() -> None:
    (block,) = read_text("نص{note:الجريدة|2025-11-03}", "ar").blocks
    assert isinstance(block, Paragraph)
    assert block.text[1] == Footnote(("الجريدة", f" ({left_to_right('2025-11-03')})"))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("", "line 1: the text is empty"),
        ("x" * (LONGEST + 1), f"line 1: {LONGEST + 1} letters"),
        ("a\n\nb \u202egnp", "line 3: U+202E cannot be seen"),
        ("a\n\nb\n# c", "line 3: no headings"),
        ("* a", "line 1: begin points of a list with -"),
        ("- a\n-", "line 2: a point without words"),
        ("a\n{nope:1}", "line 2: {nope…}: write one of number, table, plain or note"),
        ("{number}", "line 1: {number…}"),
        ("{number:a b}", "line 1: {number:a b}: write the key of a number"),
        ("{table:A}", "line 1: {table:A}: write the key of a table"),
        ("{plain:12}", "say what it is, as in {plain:1948|year}"),
        ("{plain:5,000|because}", "first article, date, resolution, year"),
        ("{plain:5,000|year}", "a year has four digits"),
        ("{plain:1948|year}", ""),
        ("{plain:*12*|date}", "plain: 80 letters and no marks inside"),
        ("{plain:twelve|Article: of a law}", ""),
        ("{plain:a day|date}", "holds no number"),
        ("{note:|2025}", "note: name its source"),
        ("{note:x|2025-W10-1}", "note: '2025-W10-1' is no date"),
        ("{note:x|2025-02-30}", "note: '2025-02-30' is no date"),
        ("{note:x}", "note: write {note:source|date}"),
        ("{note:a|2025|{note:b|2025}}", "note: cannot stand inside"),
        ("{note:{number:a}|2025}", "number: cannot stand inside"),
        ("{note:**a**|2025}", "strong: cannot stand inside"),
        ("**[a](https://a.example)**", "link: cannot stand inside"),
        ("a {b", "line 1: { is not closed"),
        ("a } b", "line 1: a single }; write \\}"),
        ("**a \\** b", "line 1: ** is not closed"),
        ("** **", "no words inside"),
        ("[a] b", "[ opens no link"),
        ("[a](https://a.example", "[ opens no link"),
        ("[a](http://a.example)", "only addresses that begin with https://"),
        ("[a](javascript:alert)", "only addresses that begin with https://"),
        ("[a](https://u:p@a.example)", "name the host, and no user"),
        ("[a](https://localhost)", "name the host, and no user"),
        ("[a](https://a.example:port)", "no address"),
        ("[a](https://\u0430.example)", "write letters other than plain ones as %"),
        (f"[a](https://a.example/{'a' * 1000})", "1000 letters are the most"),
    ],
)
def test_what_breaks_a_rule_is_named_with_its_line(body: str, told: str) -> None:
    if not told:
        assert read_text(body, "en").plain
        return
    with pytest.raises(TextBroken) as broken:
        read_text(body, "en")
    assert told in str(broken.value)


@given(st.text(alphabet="ab\n -*{}[]()|:\\#1numberplaintableoehttps./", max_size=60))
@settings(max_examples=150)
def test_every_text_is_read_or_refused_with_lines(body: str) -> None:
    try:
        reading = read_text(tidied(body), "en")
    except TextBroken as broken:
        lines = tidied(body).count("\n") + 1
        for problem in broken.problems:
            assert 1 <= int(problem.split()[1].rstrip(":")) <= lines
    else:
        for block in reading.blocks:
            check_document(_document(block))


def _document(*blocks: Block) -> Document:
    known = tuple(Section(each.to, "t") for each in _references(blocks))
    told = (*blocks, *{each.key: each for each in known}.values())
    return Document("t", "", "en", "p", date(2025, 1, 1), "k", told)


def _references(blocks: tuple[Block, ...]) -> list[Reference]:
    texts = [
        text
        for block in blocks
        for text in (block.items if isinstance(block, Bullets) else (block.text,))  # type: ignore[union-attr]
    ]
    flat = [piece for text in texts for piece in text]
    flat += [inner for piece in flat if isinstance(piece, Footnote) for inner in piece.text]
    return [piece for piece in flat if isinstance(piece, Reference)]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("In 2024 some 1,234.5 of 12 345 (½)", "en", ["2024", "1,234.5", "12 345", "½"]),
        ("2024 12 and 2025-12-31, 19/20", "en", ["2024", "12", "2025-12-31", "19/20"]),
        ("احتجز ١٬٢٣٤ شخصا", "ar", ["١٬٢٣٤"]),
        ("۱۲۳ نفر", "fa", ["۱۲۳"]),
        ("一百二十人，第3次，一个", "zh-hans", ["一百二十", "3"]),
        ("Twenty-one of two hundred and six; one, hundreds", "en",
         ["Twenty-one", "two hundred and six", "hundreds"]),
        ("vingt et un, deux cents", "fr", ["vingt", "deux cents"]),
        ("K9 and 21st ② Ⅷ", "en", ["9", "21", "②", "Ⅷ"]),
        ("XIV and mix of I, CIVIL MMXXV", "en", ["XIV", "MMXXV"]),
        ("tenfold, a third, two-thirds, dozens, thirtyfold, doubled", "en",
         ["tenfold", "a third", "two-thirds", "dozens", "thirtyfold", "doubled"]),
        ("4\u00ad2, 1\u200b2, 3\u200f4, fo\u00adrty", "en", ["42", "12", "34", "forty"]),
        ("пятьдесят два, половина", "ru", ["пятьдесят два", "половина"]),
        ("пяцьдзясят", "be", ["пяцьдзясят"]),
        ("treinta y dos", "es", ["treinta y dos"]),
        ("KIRK iki, YARIM", "tr", ["KIRK iki", "YARIM"]),
        ("šimtas du", "lt", ["šimtas du"]),
        ("hai trăm năm", "vi", ["hai trăm"]),
        ("خمسة وعشرون، نصف", "ar", ["خمسة وعشرون", "نصف"]),
        ("سی و دو، ده\u200cها", "fa", ["سی و دو", "دهها"]),
        ("ئون يەتتە", "ug", ["ئون يەتتە"]),
        ("三人，半年，几十", "zh-hans", ["三", "半", "几十"]),
        ("፳ 四十二", "de", ["፳", "四十二"]),
    ],
)  # fmt: skip
def test_numbers_typed_are_found_in_every_script(
    text: str, language: str, found: list[str]
) -> None:
    assert [each.text for each in numbers_typed(text, language)] == found


def test_typed_number_knows_its_line_and_what_stands_around_it() -> None:
    reading = read_text(
        "a\nb twelve\n\n- c\n  **7**[8](https://a.example/9){note:N 5|2025|x 6}", "en"
    )
    told = [(each.line, each.text, each.around) for each in reading.typed]
    assert flag_of(reading.typed[1]) == {"line": 5, "number": "7", "around": "7"}
    assert told == [
        (2, "twelve", "a b twelve"), (5, "7", "7"), (5, "8", "8"), (5, "5", "N 5"), (5, "6", "x 6"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("1,234", {1234, 1.234}),
        ("1.5", {1.5}),
        ("1 234 567", {1234567}),
        ("١٬٢٣٤", {1234}),
        ("3-5", {3, 5}),
        ("½", {0.5}),
        ("half", {0.5}),
        ("twice", {2}),
        ("two million three hundred thousand and twelve", {2_300_012}),
        ("dozens", {12}),
        ("一百", set()),
        ("XIV", {14}),
        ("MMXXV", {2025}),
    ],
)
def test_typed_number_is_understood(typed: str, values: set[float]) -> None:
    assert values_of(typed) == values


def test_keys_with_the_same_number_are_offered() -> None:
    figures = {"a/long": 1234, "b": 1234.0, "share": 0.4567, "none": None, "c": 45.67, "half": 0.5}
    assert suggested("1,234", figures) == ("b", "a/long")
    assert suggested("45.7", figures) == ("c", "share")
    assert suggested("46", figures) == ("c", "share")
    assert suggested("50", figures) == ("half",)
    assert suggested("9", figures) == ()


def test_translation_has_the_numbers_of_its_original() -> None:
    original = read_text("{number:a} {number:a} {table:t}", "en")
    assert read_translation("{table:t} {number:a} {number:a} vu", "fr", original).keys
    assert read_translation("seul", "fr", None).keys == ()
    with pytest.raises(TextBroken) as broken:
        read_translation("{number:a}\n{number:b}", "fr", original)
    assert broken.value.problems == (
        "{number:a} stands in the English text and not here; add it",
        "{table:t} stands in the English text and not here; add it",
        "line 2: {number:b} stands here oftener than in the English text",
    )


def test_place_is_a_chapter_that_takes_text_in_a_language_of_ours() -> None:
    place = place_named(2025, "summary", "fr")
    assert place.chapter is Chapter.SUMMARY
    assert (str(place), place.is_original) == ("2025, chapter summary, fr", False)
    assert Place(2025, Chapter.SUMMARY, "en").is_original
    for year, chapter, language, told in (
        (1800, "summary", "en", "year: 1800"),
        (2025, "sources", "en", "'sources' takes no text"),
        (2025, "summary", "xx", "language: 'xx'"),
    ):
        with pytest.raises(TextRefused, match=told):
            place_named(year, chapter, language)


def test_board_says_where_a_chapter_stands() -> None:
    assert standing_of([], None) is Standing.MISSING
    draft, signed = Kept(2, State.DRAFT), Kept(1, State.SIGNED)
    assert standing_of([signed, draft], 1) is Standing.DRAFT
    assert standing_of([signed, Kept(2, State.DECLINED)], 1) is Standing.SIGNED
    assert standing_of([signed, Kept(2, State.WITHDRAWN)], None) is Standing.MISSING
    translated = Kept(1, State.SIGNED, translates=1)
    assert standing_of([translated], 1) is Standing.SIGNED
    assert standing_of([translated], 2) is Standing.OVERTAKEN
    assert standing_of([translated], None) is Standing.OVERTAKEN
    assert stated([signed, Kept(2, State.SIGNED)]) == Kept(2, State.SIGNED)
    assert missing_reasons([{}, {}], {"1": "x", "2": " "}) == ("2",)


def _report() -> Document:
    table = Table(
        "by-country", "Held", (Column("c", "C"), Column("persons", "P", ColumnKind.WHOLE,
        compared="persons@2025-12-31"), Column("late", "L", ColumnKind.WHOLE)),
        (("Ruritania", 12, None),), keys=("XR",),
    )  # fmt: skip
    chart = Figure(
        "chart", "C", "alt", Table("chart-table", "c", (Column("c", "C"),), ()), {"a": 1}
    )
    inner = Section("flows", "Flows", (chart,))
    unknown = Paragraph((Number("unknown", None, "Not known"),))
    chapter = Section("summary", "In brief", (Notice("", ("n",)), table, inner, unknown))
    return Document("R", "", "en", "U", date(2025, 12, 31), "k", (Paragraph(("p",)), chapter))


def test_text_stands_at_the_head_of_its_chapter_with_its_numbers() -> None:
    text = read_text(
        f"{{number:{KEY}}}{{note:G|2025|{{number:{KEY}}} {{table:chart}}}}\n\n- x", "en"
    )
    flows = read_text("{table:chart-table} {table:summary}", "en")
    notice = Notice("", ("told",))
    texts = {Chapter.SUMMARY: (notice, *text.blocks), Chapter.FLOWS: flows.blocks}
    placed = place_texts(_report(), texts)
    check_document(placed)
    summary = placed.blocks[1]
    assert isinstance(summary, Section)
    number = Number(KEY, 12, "Held: Ruritania, P")
    assert summary.blocks[0] == notice
    assert summary.blocks[1] == Paragraph(
        (number, Footnote((number, " ", Reference("chart"), " ", "G", " (2025)")))
    )
    assert summary.blocks[2] == Bullets((("x",),))
    inner = summary.blocks[5]
    assert isinstance(inner, Section)
    assert inner.blocks[0] == flows.blocks[0]
    assert place_texts(_report(), {}) == _report()


@pytest.mark.parametrize(
    ("chapter", "body", "told"),
    [
        (Chapter.TACTICS, "a", "chapter tactics: the report has no such chapter"),
        (Chapter.SUMMARY, "a\n\n{number:by-country/XZ/persons}",
         r"summary, block 2: {number:by-country/XZ/persons}: .* no number of this key \("),
        (Chapter.SUMMARY, "{number:by-country/XZ/n}", r"\(of by-country: by-country/XR/p"),
        (Chapter.SUMMARY, "{number:gone/a}", r"no number of this key; propose"),
        (Chapter.SUMMARY, "{table:gone}", r"block 1: {table:gone}: the report has no table"),
        (Chapter.SUMMARY, "- {number:unknown}", "does not know this number"),
    ],
)  # fmt: skip
def test_text_that_does_not_fit_the_report_stops_it(chapter: Chapter, body: str, told: str) -> None:
    with pytest.raises(TextRefused, match=told):
        place_texts(_report(), {chapter: read_text(body, "en").blocks})


def test_segments_are_what_a_translator_gets() -> None:
    parts = segments_of("a\nb\n\n- c\n  d\n- e\nf")
    assert [(each.line, each.flat, each.point) for each in parts] == [
        (1, "a b", False), (4, "c d", True), (6, "e", True), (7, "f", False)
    ]  # fmt: skip


def test_text_holds_no_tables_of_its_own() -> None:
    with pytest.raises(TextRefused, match="paragraphs and lists only"):
        place_texts(_report(), {Chapter.SUMMARY: (Section("a", "A"),)})


def test_many_keys_of_a_table_are_named_in_part() -> None:
    rows = tuple((str(at), at) for at in range(9))
    table = Table("t", "T", (Column("c", "C"), Column("n", "N", ColumnKind.WHOLE)), rows,
                  keys=tuple(map(str, range(9))))  # fmt: skip
    told = Document("R", "", "en", "U", date(2025, 1, 1), "k", (Section("summary", "S", (table,)),))
    with pytest.raises(TextRefused, match="t/4/n, …"):
        place_texts(told, {Chapter.SUMMARY: read_text("{number:t/x/n}", "en").blocks})


@pytest.mark.parametrize(
    "body",
    ["Malwine{note:Gazette|2025}Hofbweiler", "Mal{note:Gazette|2025}wine Hofbweiler",
     "Malwine {number:a}Hofbweiler", "- Malwine{table:t}Hofbweiler"],
)  # fmt: skip
def test_what_stands_for_a_mark_hides_no_name(body: str) -> None:
    asked = asked_names([(printed_words(read_text(body, "en").blocks), "en")])
    assert any("malwine" in one.split() and "hofbweiler" in two.split() for one, two in asked.pairs)
