"""Whether what a mailbox says concerns what somebody has a conflict with: a state, an organisation.

Compared after opening and before showing, in memory: what a mailbox is about is sealed, and a
register of it in the clear would be a gift to whoever seizes the server.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.core.places.rules import LANGUAGES, country_name, find_country

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ConflictKind", "Declared", "concerns"]

_BETWEEN = re.compile(r"[\W_]+")
_UNSPACED = "\u2e80"
"""From here on, scripts that are written without spaces between words."""


class ConflictKind(StrEnum):
    """With what somebody has a conflict of interest."""

    STATE = "state"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Declared:
    """A conflict: with the state of this code, or with the organisation of this name."""

    kind: ConflictKind
    about: str


def concerns(declared: Iterable[Declared], texts: Iterable[str]) -> Declared | None:
    """Give the first declared conflict that any of `texts` names, None where none does.

    A state is found by any of its names, in all languages of the product, anywhere in a text.
    """
    said = [_plain(text) for text in texts]
    named = [find_country(text) for text in texts if text]
    for each in declared:
        if each.kind is ConflictKind.STATE:
            if each.about in named or _says(said, _names_of(each.about)):
                return each
        elif _says(said, {_plain(each.about)}):
            return each
    return None


def _names_of(code: str) -> set[str]:
    return {_plain(country_name(code, language)) for language in LANGUAGES}


def _says(said: list[str], names: set[str]) -> bool:
    return any(_stands_in(name, text) for text in said for name in names if name.strip())


def _stands_in(name: str, text: str) -> bool:
    """Tell whether a name stands in a text as words; Chinese puts no spaces between them."""
    bare = name.strip()
    return bare in text if max(bare) >= _UNSPACED else name in text


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(each for each in apart if not unicodedata.combining(each))
    return f" {_BETWEEN.sub(' ', bare).strip()} "
