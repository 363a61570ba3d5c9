"""What a campaign hands out: only what the mode allows, in every language, or a clear refusal."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from typing import TYPE_CHECKING

import pikepdf
import pytest
from icalendar import Calendar

from tests.prisoners.campaigns.reading import fonts, made_of, pdf_text, words_of
from tests.prisoners.campaigns.sheets import (
    ADOPTER,
    CAMPAIGN,
    CHINESE,
    CYRILLIC,
    NAMELESS,
)
from undaunted.core.editions.rules import (
    DocumentUnreadable,
    FontMissing,
    Name,
)
from undaunted.prisoners.campaigns.rules import MaterialKind, Mode, NamePiece, SourceLine
from undaunted.prisoners.campaigns.rules.materials import (
    AdopterRefused,
    CaseNotHeld,
    CasePrivate,
    CaseSilent,
    Form,
    FormUnknown,
    MaterialRefused,
    check_material,
    forms_of,
    kinds_for,
    stem_of,
)
from undaunted.prisoners.campaigns.rules.naming import also_name, called, own_name
from undaunted.prisoners.campaigns.writers import write_calendar
from undaunted.site.languages import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.prisoners.campaigns.rules import CaseSheet

AT = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(("mode", "kind"), list(product(Mode, MaterialKind)))
def test_mode_alone_decides_which_material_exists(mode: Mode, kind: MaterialKind) -> None:
    case = replace(CYRILLIC, mode=mode)
    if mode is Mode.SILENT:
        for form in Form:
            with pytest.raises(CaseSilent, match="silent case appears in no material"):
                made_of(kind, case, form=form)
        assert kinds_for(mode) == ()
    elif mode is Mode.PRIVATE_ONLY and kind is not MaterialKind.DEMARCHE_NOTE:
        for form in Form:
            with pytest.raises(CasePrivate, match="in private alone"):
                made_of(kind, case, form=form)
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
        made_of(kind, replace(CYRILLIC, held_now=False))


def test_adopter_is_named_only_where_that_fits() -> None:
    shy = replace(ADOPTER, public=False)
    for kind, adopter in ((MaterialKind.DEMARCHE_NOTE, ADOPTER), (MaterialKind.SOCIAL_CARD, shy)):
        with pytest.raises(AdopterRefused, match="adopter: a"):
            made_of(kind, CYRILLIC, adopter=adopter)
        assert issubclass(AdopterRefused, MaterialRefused)
    told = made_of(MaterialKind.PARLIAMENTARY_QUESTION, CYRILLIC, adopter=shy, form=Form.TEXT)
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
@pytest.mark.parametrize("language", [each.code for each in LANGUAGES])
def test_every_language_of_the_product_is_set(language: str, tmp_path: Path) -> None:
    text = made_of(MaterialKind.PARLIAMENTARY_QUESTION, CYRILLIC, language, form=Form.TEXT)
    assert text.content.decode().count("Олена Корсак") >= 3
    assert text.content.decode().count(CYRILLIC.ask) == 1
    card = made_of(MaterialKind.SOCIAL_CARD, CYRILLIC, language, form=Form.WIDE_SVG)
    assert "Олена Корсак" in card.alternative
    letter = made_of(MaterialKind.LETTER, CYRILLIC, language, form=Form.PDF).content
    assert "Олена Корсак" in pdf_text(letter, tmp_path)
    with pikepdf.open(io.BytesIO(letter)) as pdf:
        assert len(pdf.pages) == 1
        assert str(pdf.Root.Lang).startswith(language[:2])
    for kind in (MaterialKind.DEMARCHE_NOTE, MaterialKind.STATEMENT):
        assert CYRILLIC.ask in words_of(made_of(kind, CYRILLIC, language))


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
            made_of(kind, case)


def test_missing_font_is_named_with_its_package(tmp_path: Path) -> None:
    for kind, form in (
        (MaterialKind.LETTER, Form.PDF),
        (MaterialKind.SOCIAL_CARD, Form.SQUARE_PNG),
    ):
        with pytest.raises(FontMissing, match="install the Debian package fonts-noto"):
            made_of(kind, CHINESE, form=form, folders=[tmp_path])


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
