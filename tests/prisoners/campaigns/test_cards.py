"""Cards for social media: a picture that tells nothing else, and its words."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf
import pytest
from lxml import etree
from PIL import Image

from tests.prisoners.campaigns.reading import fonts, made_of, pdf_text
from tests.prisoners.campaigns.sheets import (
    ADOPTER,
    ARABIC,
    CAMPAIGN,
    CHINESE,
    CYRILLIC,
    LONG,
    NAMELESS,
)
from undaunted.prisoners.campaigns.rules import MaterialKind, Mode
from undaunted.prisoners.campaigns.rules.materials import (
    CardTooFull,
    Form,
    Material,
)

if TYPE_CHECKING:
    from pathlib import Path


SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def cards() -> dict[tuple[str, Form], Material]:
    case = replace(ARABIC, mode=Mode.PUBLIC)
    wanted = ((CYRILLIC, "en"), (case, "ar"), (CHINESE, "zh-hans"))
    return {
        (language, form): made_of(
            MaterialKind.SOCIAL_CARD, one, language, form=form, adopter=ADOPTER
        )
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
    again = made_of(MaterialKind.SOCIAL_CARD, CYRILLIC, form=Form.WIDE_PNG, adopter=ADOPTER)
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
    card = made_of(MaterialKind.SOCIAL_CARD, LONG, form=Form.WIDE_SVG)
    assert LONG.names[0].text in card.alternative
    assert LONG.names[1].text in card.alternative
    letter = made_of(MaterialKind.LETTER, LONG, form=Form.PDF).content
    text = "".join(pdf_text(letter, tmp_path).split())
    assert "Maximiliana" in text
    with pikepdf.open(io.BytesIO(letter)) as pdf:
        assert len(pdf.pages) <= 3
    with pytest.raises(CardTooFull, match="card 1200 x 630: too many words; write the ask"):
        made_of(MaterialKind.SOCIAL_CARD, replace(LONG, ask="Release. " * 400), form=Form.WIDE_SVG)
    coded = made_of(MaterialKind.SOCIAL_CARD, NAMELESS, form=Form.WIDE_SVG)
    assert "In large letters: XZ-0001" in coded.alternative
