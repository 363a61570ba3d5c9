"""Who of a dossier is not in a submission, and where its texts tell of them.

What speaks for whoever is alleged stands beside what is alleged, in the same paper: whoever is not
in it is not named in its title and its summary. A victim whose act is left out is not told of by
number either, in no text that goes out. And as the dossier's own summary may tell of them in other
words, how many they were or what was done, it goes along only where nobody's act is left out; else
one is put together from the paper itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.repression.dossiers.analysis.naming import words_passed
from undaunted.repression.dossiers.rules import (
    names_in,
    numbers_told,
    plain_text,
    surnames_in,
    texts_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from undaunted.repression.dossiers.analysis.composing import Recipient
    from undaunted.repression.dossiers.analysis.gathering import PersonLine, Sheet
    from undaunted.repression.dossiers.analysis.testing import Reach
    from undaunted.repression.dossiers.rules import PaperTold

__all__ = ["Outside", "outside_problems", "who_is_outside"]

_SHORT: Final = 5
"""Letters of a body's name that may stand in other words by chance: GUR in figures."""


@dataclass(frozen=True, slots=True)
class Outside:
    """The alleged and the victims of a dossier, by number, of whom a submission does not tell."""

    alleged: tuple[PersonLine, ...]
    victims: frozenset[int]
    unagreed: bool = False
    """Whether an act is left out: nobody agreed to it, the ledger lost it, or it was taken out."""


def who_is_outside(sheet: Sheet, people: Collection[PersonLine], reach: Reach) -> Outside:
    """Give who of a whole dossier is not among these people, nor a victim who may be told of."""
    chosen = {each.row.pk for each in people}
    told = {each.row.number for each in reach.acts}
    unagreed = [e for e in sheet.acts if e.act is None or not reach.agreed[e.row.subject].told]
    return Outside(
        tuple(each for each in sheet.people if each.row.pk not in chosen),
        frozenset(row.number for row in (*(e.row for e in sheet.acts), *sheet.withdrawn)) - told,
        bool(unagreed or sheet.withdrawn),
    )


def outside_problems(paper: PaperTold, outside: Outside, recipient: Recipient) -> Iterator[str]:
    """Tell where title or summary names, or any text numbers, somebody not in the submission."""
    passed = words_passed(paper, recipient.coincidences)
    anew = "write it without" if recipient.summary else "write a summary for this submission"
    do = {"title": "call the dossier otherwise", "summary": anew}
    for field, what in do.items():
        for each in outside.alleged:
            if _names(getattr(paper, field), each, passed):
                yield f"{field}: it names {each.label}, who is not in this submission; {what}"
    for field, numbers in _numbered(paper, outside.victims).items():
        what = do.get(field, "write it without")
        for number in sorted(numbers):
            yield f"{field}: it tells of Person {number}, who is not in this submission; {what}"


def _numbered(paper: PaperTold, victims: frozenset[int]) -> dict[str, frozenset[int]]:
    """Give by field which of these victims its texts tell of by number."""
    found: dict[str, frozenset[int]] = {}
    for field, text in texts_of(paper):
        found[field] = found.get(field, frozenset()) | (numbers_told(text) & victims)
    return found


def _names(text: str, person: PersonLine, passed: Collection[str]) -> bool:
    """Tell whether a text names somebody; a body is named by its whole name alone."""
    if person.row.kind != "person":
        plain = " ".join(plain_text(text).casefold().split())
        whole = (" ".join(plain_text(each).casefold().split()) for each in person.names)
        return any(each and _stands(each, plain) for each in whole)
    return names_in(text, person.names) or bool(surnames_in(text, person.names, passed))


def _stands(name: str, text: str) -> bool:
    """Tell whether a name stands in a text; a short Latin one is no part of another word there.

    A longer one is found with an ending too, as many languages put one to it.
    """
    place = text.find(name)
    while place >= 0:
        around = text[:place][-1:] + text[place + len(name) :][:1]
        if len(name) > _SHORT or not name.isascii() or not any(map(str.isalnum, around)):
            return True
        place = text.find(name, place + 1)
    return False
