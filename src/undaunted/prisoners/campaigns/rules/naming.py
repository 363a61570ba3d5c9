"""Which name of a person stands first: large in its own script, in a text in the reader's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undaunted.core.actors.rules.names import script_of
from undaunted.core.editions.rules import Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.core.editions.rules import Text
    from undaunted.prisoners.campaigns.rules.sheets import CaseSheet, NamePiece

__all__ = ["LONGEST_IN_TITLE", "also_name", "called", "own_name"]

_SCRIPTS: Final = {
    "ar": "Arab", "fa": "Arab", "ug": "Arab", "be": "Cyrl", "ru": "Cyrl", "zh-hans": "Hani",
}  # fmt: skip
_LATIN: Final = "Latn"
LONGEST_IN_TITLE: Final = 90
"""Letters of names in a title; longer ones stand in the text alone."""


def own_name(names: Sequence[NamePiece]) -> NamePiece | None:
    """Give the name in its own script: the first that is not Latin, else the first."""
    foreign = (each for each in names if script_of(each.text) != _LATIN)
    return next(foreign, names[0] if names else None)


def also_name(names: Sequence[NamePiece], first: NamePiece | None) -> NamePiece | None:
    """Give the first name in another script than `first`."""
    if first is None:
        return None
    script = script_of(first.text)
    return next((each for each in names if script_of(each.text) != script), None)


def called(case: CaseSheet, language: str, *, longest: int = 0) -> Text:
    """Give what a text calls the person: a name its reader can read, its own form in brackets.

    Without a name it is the reference; so it is where the name has more letters than `longest`.
    """
    if not case.names:
        return (Name(case.reference),)
    wanted = _SCRIPTS.get(language, _LATIN)
    readable = (each for each in case.names if script_of(each.text) == wanted)
    first = next(readable, case.names[0])
    other = also_name(case.names, first)
    text: Text = (Name(first.text, first.language),)
    if longest and len(first.text) > longest:
        return (Name(case.reference),)
    if other is None or (longest and len(first.text) + len(other.text) > longest):
        return text
    return (*text, " (", Name(other.text, other.language), ")")
