"""Catalogues are brought up to date without losing what a person wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.messages.pofile import read_po, write_po
from django.conf import settings

from undaunted.config.messages import gather, refresh

if TYPE_CHECKING:
    from pathlib import Path


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
