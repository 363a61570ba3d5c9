"""Languages the product speaks: their own names, their direction, who has reviewed them."""

from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError
from django.utils.translation import get_language

__all__ = ["LANGUAGES", "REVIEWED", "Language", "current_locale", "direction", "locale_for"]

REVIEWED = frozenset({"en"})
"""Languages whose texts a native speaker has reviewed."""

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "ug", "he", "ur", "ps", "ckb", "sd", "dv", "yi"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo"})


@dataclass(frozen=True)
class Language:
    """One language as a reader chooses it."""

    code: str
    own_name: str

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return direction(self.code)


LANGUAGES = (
    Language("en", "English"),
    Language("ar", "العربية"),
    Language("be", "Беларуская"),
    Language("zh-hans", "简体中文"),
    Language("fr", "Français"),
    Language("lt", "Lietuvių"),
    Language("fa", "فارسی"),
    Language("ru", "Русский"),
    Language("es", "Español"),
    Language("tr", "Türkçe"),
    Language("ug", "ئۇيغۇرچە"),
    Language("vi", "Tiếng Việt"),
)


def direction(tag: str) -> str:
    """Direction of a BCP 47 tag; a script subtag outweighs the language."""
    language, *rest = tag.replace("_", "-").lower().split("-")
    scripts = [part for part in rest if len(part) == 4]  # noqa: PLR2004 - ISO 15924 codes have four letters
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


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


def current_locale() -> Locale:
    """Babel's locale for the language of this request."""
    return locale_for(get_language() or "en")
