"""What a campaign hands out: only what the mode allows, readable, alike every time."""

# ruff: noqa: SLF001 - the library shows no directions

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from typing import TYPE_CHECKING, Any

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from icalendar import Calendar
from lxml import etree
from PIL import Image

from tests.prisoners.campaigns.sheets import (
    ADOPTER,
    ARABIC,
    CAMPAIGN,
    CHINESE,
    CYRILLIC,
    LONG,
    NAMELESS,
)
from undaunted.core.editions.rules import (
    Bullets,
    DocumentUnreadable,
    FontMissing,
    Link,
    Name,
    Notice,
    Paragraph,
    Strong,
)
from undaunted.core.editions.writers import FOLDERS
from undaunted.prisoners.campaigns.rules import MaterialKind, Mode, NamePiece, SourceLine
from undaunted.prisoners.campaigns.rules.directions import closed, own_way
from undaunted.prisoners.campaigns.rules.materials import (
    AdopterRefused,
    CardTooFull,
    CaseNotHeld,
    CasePrivate,
    CaseSilent,
    Form,
    FormUnknown,
    Material,
    MaterialRefused,
    check_material,
    forms_of,
    kinds_for,
    stem_of,
)
from undaunted.prisoners.campaigns.rules.naming import also_name, called, own_name
from undaunted.prisoners.campaigns.rules.papers import (
    Ask,
    Blank,
    Facts,
    Heading,
    Paper,
    Small,
    Ticks,
)
from undaunted.prisoners.campaigns.writers import write_calendar, write_material
from undaunted.prisoners.campaigns.writers.plain import write_text
from undaunted.prisoners.campaigns.writers.printing import write_print
from undaunted.prisoners.campaigns.writers.word import write_word
from undaunted.site.languages import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.prisoners.campaigns.rules import CaseSheet
    from undaunted.prisoners.campaigns.rules.papers import Line

NOTO = all(folder.is_dir() for folder in FOLDERS[:2])
fonts = pytest.mark.skipif(not NOTO, reason="needs fonts-noto-core and fonts-noto-cjk")
AT = datetime(2026, 11, 1, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"


def _made(kind: MaterialKind, case: CaseSheet, language: str = "en", **more: Any) -> Material:
    return write_material(kind, case, CAMPAIGN, language=language, **more)


def _word(material: Material) -> Any:
    return docx.Document(io.BytesIO(material.content))


def _words(material: Material) -> str:
    made = _word(material)
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in made.paragraphs), *cells])


def _pdf_text(content: bytes, folder: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext (Debian: poppler-utils)")
    file = folder / "a.pdf"
    file.write_bytes(content)
    said = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    return said.stdout


@pytest.mark.parametrize(("mode", "kind"), list(product(Mode, MaterialKind)))
def test_mode_alone_decides_which_material_exists(mode: Mode, kind: MaterialKind) -> None:
    case = replace(CYRILLIC, mode=mode)
    if mode is Mode.SILENT:
        for form in Form:
            with pytest.raises(CaseSilent, match="silent case appears in no material"):
                _made(kind, case, form=form)
        assert kinds_for(mode) == ()
    elif mode is Mode.PRIVATE_ONLY and kind is not MaterialKind.DEMARCHE_NOTE:
        for form in Form:
            with pytest.raises(CasePrivate, match="in private alone"):
                _made(kind, case, form=form)
        assert kind not in kinds_for(mode)
    else:
        check_material(kind, forms_of(kind)[0], case)
        assert kind in kinds_for(mode)


@pytest.mark.parametrize("kind", MaterialKind)
def test_only_forms_of_a_kind_are_written(kind: MaterialKind) -> None:
    for form in set(Form) - set(forms_of(kind)):
        with pytest.raises(FormUnknown, match=f"a {kind} comes as {forms_of(kind)[0]}"):
            check_material(kind, form, CYRILLIC)


@pytest.mark.parametrize("kind", MaterialKind)
def test_nothing_asks_for_somebody_who_is_free(kind: MaterialKind) -> None:
    with pytest.raises(CaseNotHeld, match="XR-0042: not recorded as held now"):
        _made(kind, replace(CYRILLIC, held_now=False))


def test_adopter_is_named_only_where_that_fits() -> None:
    shy = replace(ADOPTER, public=False)
    for kind, adopter in ((MaterialKind.DEMARCHE_NOTE, ADOPTER), (MaterialKind.SOCIAL_CARD, shy)):
        with pytest.raises(AdopterRefused, match="adopter: a"):
            _made(kind, CYRILLIC, adopter=adopter)
        assert issubclass(AdopterRefused, MaterialRefused)
    told = _made(MaterialKind.PARLIAMENTARY_QUESTION, CYRILLIC, adopter=shy, form=Form.TEXT)
    assert "Anna Bera" in told.content.decode()
    assert not told.public, "whoever has not agreed is in nothing that everybody may see"


def test_file_is_named_by_reference_alone() -> None:
    odd = replace(CAMPAIGN, reference="../Day ÄÖ" + "x" * 300)
    name = stem_of(MaterialKind.LETTER, replace(CYRILLIC, reference="A/B\n"), odd, "zh-hans")
    assert name.startswith("day---xxx")
    assert name.endswith("-a-b-letter-zh-hans")
    assert len(name) <= 125
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.")


def test_own_script_is_large_and_the_readers_stands_first_in_texts() -> None:
    assert own_name(CYRILLIC.names) == NamePiece("Олена Корсак", "uk")
    assert also_name(CYRILLIC.names, own_name(CYRILLIC.names)) == NamePiece("Olena Korsak")
    assert own_name(()) is also_name((), None) is None
    latin = replace(CYRILLIC, names=(NamePiece("Olena Korsak"),))
    assert own_name(latin.names) == NamePiece("Olena Korsak")
    assert called(latin, "ru") == (Name("Olena Korsak"),)
    english = (Name("Olena Korsak"), " (", Name("Олена Корсак", "uk"), ")")
    assert called(CYRILLIC, "en") == english
    assert called(CYRILLIC, "be") == (english[2], " (", english[0], ")")
    assert called(NAMELESS, "ar") == (Name("XZ-0001"),)
    assert called(CYRILLIC, "en", longest=20) == (Name("Olena Korsak"),)
    assert called(CYRILLIC, "en", longest=5) == (Name("XR-0042"),)


@fonts
def test_letter_can_be_printed_signed_and_read_aloud(tmp_path: Path) -> None:
    made = _made(MaterialKind.LETTER, CYRILLIC, form=Form.PDF, adopter=ADOPTER)
    assert (made.media_type, made.public) == ("application/pdf", True)
    assert made.name == "day-2026-xr-0042-letter-en.pdf"
    assert made.subjects == {CYRILLIC.subject}
    text = " ".join(_pdf_text(made.content, tmp_path).split())
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
    again = _made(MaterialKind.LETTER, CYRILLIC, form=Form.PDF, adopter=ADOPTER)
    assert again == made


def test_word_letter_has_a_title_facts_and_links() -> None:
    made = _made(MaterialKind.LETTER, CYRILLIC)
    assert _made(MaterialKind.LETTER, CYRILLIC) == made
    told = _word(made)
    titles = [each.text for each in told.paragraphs if each.style.name == "Title"]
    assert titles == ["Concerning Olena Korsak (Олена Корсак), Ruritania"]
    facts = {row.cells[0].text: row.cells[1].text for row in told.tables[0].rows}
    assert facts["Deprivation of liberty"] == "since February 2021"
    assert facts["Name"] == "Olena Korsak · Олена Корсак"
    assert "From (name and office): ____" in _words(made)
    links = [each.target_ref for each in told.part.rels.values() if each.is_external]
    assert links == ["https://example.org/list"]
    assert told.core_properties.created.date() == CAMPAIGN.day
    with zipfile.ZipFile(io.BytesIO(made.content)) as held:
        assert {line.date_time for line in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in held.namelist() if "Effects" in name or "thumb" in name]


@pytest.mark.parametrize("case", [CYRILLIC, ARABIC], ids=["public", "private-only"])
def test_note_is_restricted_on_every_page(case: CaseSheet) -> None:
    made = _made(MaterialKind.DEMARCHE_NOTE, case)
    assert not made.public
    head = _word(made).sections[0].header.paragraphs[0]._p
    assert "RESTRICTED" in "".join(each.text or "" for each in head.iter(qn("w:t")))
    text = _words(made)
    assert ("not even that it was raised" in text) is (case is ARABIC)
    assert case.ask in text
    for rung in ("No answer", "Denial", "Information", "Visit", "Better", "Release"):
        assert f"□\u00a0{rung}" in text.replace("No\u00a0answer", "No answer")
    notice = text.index("For a conversation")
    assert notice < text.index("What to say") < text.index("What not to say")


def test_arabic_note_runs_from_right_to_left_and_latin_names_do_not() -> None:
    body = _word(_made(MaterialKind.DEMARCHE_NOTE, ARABIC, "ar")).element.body
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
    made = _made(MaterialKind.PARLIAMENTARY_QUESTION, case, adopter=ADOPTER, form=Form.TEXT)
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
    words = _words(_made(MaterialKind.PARLIAMENTARY_QUESTION, CYRILLIC, adopter=plainer))
    assert "Anna Bera\n" in words
    assert "From (" not in words
    alone = _made(MaterialKind.PARLIAMENTARY_QUESTION, CYRILLIC, form=Form.TEXT).content.decode()
    assert "From (name and office): ____" in alone


def test_statement_can_be_read_aloud() -> None:
    text = _words(_made(MaterialKind.STATEMENT, CYRILLIC, adopter=replace(ADOPTER, office="")))
    assert "Distinguished President," in text
    assert "This has lasted since: February 2021." in text
    assert "What this person is known for: Journalist, Human rights defender." in text
    assert "Anna Bera" in text
    short = _words(_made(MaterialKind.STATEMENT, CHINESE, "zh-hans"))
    assert "林默言 (Lin Moyan)" in short
    assert "博尔多利亚" in short
    assert "lasted" not in short
    spoken = _words(_made(MaterialKind.STATEMENT, CYRILLIC, adopter=ADOPTER))
    assert "Anna Bera · Member of the Diet" in spoken


def test_whoever_has_no_name_is_a_reference() -> None:
    text = _words(_made(MaterialKind.LETTER, NAMELESS))
    assert "deprived of liberty: XZ-0001, Zubrowka." in text
    assert "Name withheld" in text
    assert "Release, without conditions." in text
    assert "Sources" not in text


@pytest.fixture(scope="module")
def cards() -> dict[tuple[str, Form], Material]:
    case = replace(ARABIC, mode=Mode.PUBLIC)
    wanted = ((CYRILLIC, "en"), (case, "ar"), (CHINESE, "zh-hans"))
    return {
        (language, form): _made(MaterialKind.SOCIAL_CARD, one, language, form=form, adopter=ADOPTER)
        for one, language in wanted
        for form in ((Form.SQUARE_SVG, Form.WIDE_PNG) if language == "en" else (Form.SQUARE_SVG,))
    }


@fonts
def test_card_is_a_picture_of_its_size_that_tells_nothing_else(
    cards: dict[tuple[str, Form], Material],
) -> None:
    made = cards["en", Form.WIDE_PNG]
    assert (made.media_type, made.name) == (
        "image/png",
        "day-2026-xr-0042-social_card-en-wide.png",
    )
    with Image.open(io.BytesIO(made.content)) as picture:
        assert picture.size == (1200, 630)
        assert not picture.info
        assert not picture.getexif()
        assert len(picture.convert("RGB").getcolors(1200 * 630) or ()) > 1000
    again = _made(MaterialKind.SOCIAL_CARD, CYRILLIC, form=Form.WIDE_PNG, adopter=ADOPTER)
    assert again == made


@fonts
@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
def test_drawing_needs_no_font_and_fetches_nothing(
    language: str, cards: dict[tuple[str, Form], Material]
) -> None:
    made = cards[language, Form.SQUARE_SVG]
    root = etree.fromstring(made.content)
    assert root.get("viewBox") == "0 0 1080 1080"
    assert (root.get("width"), root.get("height")) == ("1080px", "1080px")
    assert (root.get("role"), root.get("lang")) == ("img", language)
    assert root.get("aria-label") == root.findtext(f"{SVG}desc") == made.alternative
    assert root.findtext(f"{SVG}title") == CAMPAIGN.name
    tags = {each.tag.removeprefix(SVG) for each in root.iter()}
    assert not tags & {"text", "image", "script", "foreignObject", "style", "a"}
    links = [value for each in root.iter() for key, value in each.items() if "href" in key]
    assert links
    assert all(value.startswith("#") for value in links)


@fonts
def test_words_of_a_card_say_what_it_shows(cards: dict[tuple[str, Form], Material]) -> None:
    told = cards["en", Form.WIDE_PNG].alternative
    for words in (
        "Олена Корсак · Olena Korsak", "Ruritania", "Release without conditions.",
        "February 2021", "Adopted by Anna Bera", "XR-0042", "invented",
    ):  # fmt: skip
        assert words in told
    assert "سمير القصر" in cards["ar", Form.SQUARE_SVG].alternative


@fonts
def test_longest_name_fits_on_a_card_and_in_a_letter(tmp_path: Path) -> None:
    card = _made(MaterialKind.SOCIAL_CARD, LONG, form=Form.WIDE_SVG)
    assert LONG.names[0].text in card.alternative
    assert LONG.names[1].text in card.alternative
    letter = _made(MaterialKind.LETTER, LONG, form=Form.PDF).content
    text = "".join(_pdf_text(letter, tmp_path).split()).replace("\u200b", "")
    assert "Maximiliana" in text
    with pikepdf.open(io.BytesIO(letter)) as pdf:
        assert len(pdf.pages) <= 3
    with pytest.raises(CardTooFull, match="card 1200 x 630: too many words; write the ask"):
        _made(MaterialKind.SOCIAL_CARD, replace(LONG, ask="Release. " * 400), form=Form.WIDE_SVG)
    coded = _made(MaterialKind.SOCIAL_CARD, NAMELESS, form=Form.WIDE_SVG)
    assert "In large letters: XZ-0001" in coded.alternative


@fonts
@pytest.mark.parametrize("language", [each.code for each in LANGUAGES])
def test_every_language_of_the_product_is_set(language: str, tmp_path: Path) -> None:
    text = _made(MaterialKind.PARLIAMENTARY_QUESTION, CYRILLIC, language, form=Form.TEXT)
    assert text.content.decode().count("Олена Корсак") >= 3
    assert text.content.decode().count(CYRILLIC.ask) == 1
    card = _made(MaterialKind.SOCIAL_CARD, CYRILLIC, language, form=Form.WIDE_SVG)
    assert "Олена Корсак" in card.alternative
    letter = _made(MaterialKind.LETTER, CYRILLIC, language, form=Form.PDF).content
    assert "Олена Корсак" in _pdf_text(letter, tmp_path)
    with pikepdf.open(io.BytesIO(letter)) as pdf:
        assert len(pdf.pages) == 1
        assert str(pdf.Root.Lang).startswith(language[:2])
    for kind in (MaterialKind.DEMARCHE_NOTE, MaterialKind.STATEMENT):
        assert CYRILLIC.ask in _words(_made(kind, CYRILLIC, language))


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
        "pdf": _pdf_text(write_print(paper), tmp_path) if NOTO else write_text(paper).decode(),
        "docx": _words(replace(_made(MaterialKind.LETTER, CYRILLIC), content=write_word(paper))),
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
    assert "\u200eRelease.\u200e" in _words(_made(MaterialKind.DEMARCHE_NOTE, latin, "ar"))


@pytest.mark.parametrize(
    ("case", "where"),
    [
        (replace(CYRILLIC, ask="Release\x00"), "Release"),
        (replace(CYRILLIC, names=(NamePiece("Ol\x07ena"),)), "ena"),
        (replace(CYRILLIC, sources=(SourceLine("\ud800", "x"),)), ""),
    ],
    ids=["ask", "name", "source"],
)
def test_letter_that_cannot_be_printed_is_refused(case: CaseSheet, where: str) -> None:
    for kind in MaterialKind:
        with pytest.raises(DocumentUnreadable, match=f"{where}.*cannot be printed; correct"):
            _made(kind, case)


def test_since_may_be_as_vague_as_it_is() -> None:
    for since, words in (
        ("2021~", "since about 2021"),
        ("2021/2022", "between 2021 and 2022"),
    ):
        text = _made(
            MaterialKind.PARLIAMENTARY_QUESTION, replace(CYRILLIC, since=since), form=Form.TEXT
        ).content.decode()
        assert f"Deprivation of liberty: {words}" in text


def test_missing_font_is_named_with_its_package(tmp_path: Path) -> None:
    for kind, form in (
        (MaterialKind.LETTER, Form.PDF),
        (MaterialKind.SOCIAL_CARD, Form.SQUARE_PNG),
    ):
        with pytest.raises(FontMissing, match="install the Debian package fonts-noto"):
            _made(kind, CHINESE, form=form, folders=[tmp_path])


def test_calendar_has_three_days_and_nobody_in_it() -> None:
    made = write_calendar(CAMPAIGN, language="en", at=AT)
    assert write_calendar(CAMPAIGN, language="en", at=AT) == made
    events = Calendar.from_ical(made).walk("VEVENT")
    days = [str(each.decoded("DTSTART")) for each in events]
    assert days == ["2026-11-05", "2026-12-03", "2026-12-04"]
    assert "send the letters" in str(events[0]["SUMMARY"])
    assert "who raised whom" in str(events[2]["SUMMARY"])
    assert "3 December\nhttps://example.org/campaigns/day-2026" in str(events[1]["DESCRIPTION"])
    assert b"ATTENDEE" not in made
    assert b"ORGANIZER" not in made
