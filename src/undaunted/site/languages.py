"""Languages the product speaks: their own names, their direction, who has reviewed them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.core import UnknownLocaleError
from django.utils.translation import get_language

__all__ = [
    "LANGUAGES",
    "REVIEWED",
    "Language",
    "arrow_onward",
    "current_locale",
    "direction",
    "locale_for",
    "read_languages",
]

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "ug", "he", "ur", "ps", "ckb", "sd", "dv", "yi"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo"})


@dataclass(frozen=True)
class Language:
    """One language as a reader chooses it."""

    code: str
    own_name: str
    source: bool = False
    reviewed_by: str = ""
    reviewed_on: date | None = None

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return direction(self.code)

    @property
    def reviewed(self) -> bool:
        """Whether a native speaker has read its sentences; the source needs nobody."""
        return self.source or self.reviewed_on is not None


def read_languages(text: str) -> tuple[Language, ...]:
    """Read the pack of languages; `ValueError` names the language and what to write."""
    return tuple(_read_language(entry) for entry in tomllib.loads(text)["languages"])


def _read_language(entry: dict[str, Any]) -> Language:
    code, by, on = entry["code"], entry.get("reviewed_by", ""), entry.get("reviewed_on", "")
    if bool(by) is not bool(on):
        raise ValueError(f"languages.toml, {code}: fill reviewed_by and reviewed_on, or neither.")
    try:
        day = on if isinstance(on, date) else date.fromisoformat(on) if on else None
    except ValueError:
        raise ValueError(
            f"languages.toml, {code}, reviewed_on: write a day such as 2027-01-31, not {on!r}."
        ) from None
    return Language(code, entry["own_name"], entry.get("source", False), by, day)


def direction(tag: str) -> str:
    """Direction of a BCP 47 tag; a script subtag outweighs the language."""
    language, *rest = tag.replace("_", "-").lower().split("-")
    scripts = [part for part in rest if len(part) == 4]  # noqa: PLR2004 - ISO 15924 codes have four letters
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


LANGUAGES = read_languages(
    (files("undaunted.site") / "packs" / "languages.toml").read_text("utf-8")
)
REVIEWED = frozenset(each.code for each in LANGUAGES if each.reviewed)
"""Languages whose texts a native speaker has reviewed."""


@lru_cache(maxsize=64)
def locale_for(tag: str) -> Locale:
    """Babel's locale for a language tag; English where CLDR knows nothing.

    English is written the international way, day before month.
    """
    if tag == "en":
        return Locale("en", "GB")
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        language = tag.split("-", maxsplit=1)[0]
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def arrow_onward() -> str:
    """Give an arrow from what stands before it to what follows, in the language of this request.

    No program turns an arrow around where it turns the words beside it.
    """
    return "←" if direction(get_language() or "en") == "rtl" else "→"


def current_locale() -> Locale:
    """Babel's locale for the language of this request."""
    return locale_for(get_language() or "en")
