"""Catalogues are brought up to date without losing what a person wrote."""

from __future__ import annotations

from gettext import GNUTranslations
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po, write_po
from django.conf import settings

from undaunted.config.messages import CannotFill, fill, gather, missing, refresh

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


def test_every_language_gets_a_catalogue_that_keeps_its_translations(tmp_path: Path) -> None:
    first = refresh(tmp_path)
    assert set(first) == {code for code, _ in settings.LANGUAGES} - {"en"}
    path = tmp_path / "lt" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale="lt")
    message = next(each for each in catalogue if each.id and isinstance(each.id, str))
    message.string = "išversta"
    with path.open("wb") as file:
        write_po(file, catalogue)
    second = refresh(tmp_path)
    assert second["lt"] == first["lt"] - 1
    assert second["fr"] == first["fr"]


def test_sentences_of_templates_and_of_code_are_both_found() -> None:
    files = {place for message in gather() for place, _ in message.locations}
    assert any(file.endswith(".html") for file in files)
    assert any(file.endswith(".py") for file in files)


def _words(entry: dict[str, Any]) -> str | list[str]:
    sentence, room = entry["sentence"], entry["translation"]
    return f"«{sentence}»" if isinstance(room, str) else [f"«{sentence[1]}»"] * len(room)


def test_what_a_language_lacks_is_printed_filled_and_lacking_no_more(tmp_path: Path) -> None:
    lacking = missing(tmp_path, "ar")
    plural = next(entry for entry in lacking if isinstance(entry["sentence"], list))
    assert plural["translation"] == [""] * 6
    assert all(entry["found_in"] for entry in lacking)
    for entry in lacking[1:]:
        entry["translation"] = _words(entry)
    assert fill(tmp_path, "ar", lacking[1:]) == len(lacking) - 1
    assert missing(tmp_path, "ar") == lacking[:1]
    with (tmp_path / "ar" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        catalogue = GNUTranslations(file)
    assert catalogue.pgettext("gender", "Women") == "«Women»"
    single, several = plural["sentence"]
    assert catalogue.ngettext(single, several, 7) == f"«{several}»"


@pytest.mark.parametrize(
    ("sentence", "words", "said"),
    [
        ("Held on %(date)s", "Détenus le %(jour)s", r"entry 1.*use the placeholders"),
        ("Held on %(date)s", "Détenus ce jour", r"use the placeholders \['%\(date\)s'\]"),
        ("Held on %(date)s", " ", r"none of them empty"),
        ("Held on %(date)s", ["a", "b"], r"write one text"),
        ("Nobody ever wrote this", "Rien", r"the source does not say 'Nobody ever wrote this'"),
        (["%(shown)s case", "%(shown)s cases"], ["%(shown)s cas"], r"write 3 forms in a list"),
        (["%(shown)s case", "%(shown)s cases"], ["un", "", "trois"], r"none of them empty"),
    ],
)
def test_bad_words_are_refused_and_nothing_is_written(
    tmp_path: Path, sentence: str | list[str], words: str | list[str], said: str
) -> None:
    good = {"sentence": "Home", "translation": "Accueil"}
    with pytest.raises(CannotFill, match=said):
        fill(tmp_path, "fr", [{"sentence": sentence, "translation": words}, good])
    assert not (tmp_path / "fr").exists()


def test_only_languages_of_the_product_are_translated(tmp_path: Path) -> None:
    for code in ("en", "tlh"):
        with pytest.raises(CannotFill, match=f"{code} is not a language to translate into"):
            missing(tmp_path, code)
