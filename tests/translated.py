"""A catalogue of a test's own, compiled as the real ones are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pytest_django import Settings

__all__ = ["translate_into"]


def translate_into(
    locale: str, words: Mapping[tuple[str, str], str], *, folder: Path, settings: Settings
) -> None:
    """Let pages find `words`, by context and sentence, before what is shipped."""
    catalogue = Catalog(locale=locale, charset="utf-8")
    for (context, sentence), said in words.items():
        catalogue.add(sentence, said, context=context or None)
    path = folder / locale / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)
    settings.LOCALE_PATHS = [folder, *settings.LOCALE_PATHS]
