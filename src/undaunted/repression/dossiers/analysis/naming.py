"""Which fields of a paper name a victim, by the whole name or the surname; which annexes do."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import override

from undaunted.core.events.rules import labels
from undaunted.core.evidence.rules import Passages
from undaunted.core.places.rules import countries, country_name
from undaunted.repression.dossiers.readers import AnnexUnread, text_of
from undaunted.repression.dossiers.rules import (
    DetailKind,
    declared_whole,
    forms_in,
    names_in,
    surnames_in,
    texts_of,
)
from undaunted.repression.dossiers.rules.leaks import runs_of
from undaunted.repression.sanctions.rules import facts
from undaunted.site.english import law_told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from undaunted.repression.dossiers.analysis.testing import Reach
    from undaunted.repression.dossiers.rules import PaperTold

__all__ = [
    "annex_problems",
    "names_anybody",
    "names_silent",
    "naming_problems",
    "passages_naming",
    "words_passed",
]


def naming_problems(paper: PaperTold, reach: Reach, coincidences: Collection[str]) -> Iterable[str]:
    """Tell which fields name a victim, of everybody in the dossier; nothing with one goes out."""
    declared = forms_in(coincidences)
    names = [
        name
        for each in reach.agreed.values()
        for name in each.names
        if len(name.split()) > 1 or not declared_whole(name, declared)
    ]
    passed = words_passed(paper, coincidences)
    found: dict[str, None] = {}
    for field, text in texts_of(paper):
        if text and names_in(text, names):
            found.setdefault(
                f"{field}: it names somebody who suffered it; write “Person” and their number"
            )
            continue
        for word in surnames_in(text, names, passed):
            found.setdefault(
                f"{field}: “{word}” is a surname of somebody who suffered it; write “Person” and "
                "their number, or declare that the word is a coincidence"
            )
    return list(found)


def names_silent(reach: Reach, coincidences: Collection[str]) -> tuple[str, ...]:
    """Give the names of whoever of a dossier no document may name to this reader.

    Those who did not agree to it, and those of whom it is not told: their withdrawal ends nothing.
    """
    declared = forms_in(coincidences)
    told = {one for line in reach.acts for one in reach.agreed[line.row.subject].subjects}
    return tuple(
        name
        for each in reach.agreed.values()
        if not each.documents or each.subject not in told
        for name in each.names
        if len(name.split()) > 1 or not declared_whole(name, declared)
    )


def annex_problems(
    title: str, content: bytes, media_type: str, names: Collection[str]
) -> Iterator[str]:
    """Tell where the words of a document that goes along name somebody of these."""
    try:
        text = text_of(content, media_type)
    except AnnexUnread:
        yield f"annex “{title}”: its text cannot be read for names; make a clean copy of another"
        return
    if text and names and names_in(text, names):
        yield (
            f"annex “{title}”: it names somebody who did not agree that this recipient is given "
            "documents; redact it, or take it out"
        )


def passages_naming(content: bytes, media_type: str, names: Iterable[str]) -> tuple[str, ...]:
    """Give what to take out of a document so that it names none of these: names, or their words.

    Nothing where its words cannot be read.
    """
    try:
        text = text_of(content, media_type)
    except AnnexUnread:
        return ()
    wanted: dict[str, None] = {}
    for name in names:
        if not names_in(text, [name]):
            continue
        whole = Passages([name]).found([text])
        held = () if whole else (each for each in runs_of(name) if Passages([each]).found([text]))
        wanted |= dict.fromkeys([name] if whole else held)
    return tuple(wanted)


def names_anybody(content: bytes, media_type: str, reach: Reach) -> bool:
    """Tell whether the words of a document name anybody of a dossier, agreed or not."""
    try:
        text = text_of(content, media_type)
    except AnnexUnread:
        return True
    return bool(text) and names_in(text, [e for one in reach.agreed.values() for e in one.names])


def words_passed(paper: PaperTold, coincidences: Collection[str]) -> frozenset[str]:
    """Give the words by which alone nobody is named: ordinary, of the alleged, declared."""
    return _ordinary(paper.language) | forms_in(_alleged(paper)) | forms_in(coincidences)


def _alleged(paper: PaperTold) -> Iterator[str]:
    """Give the names of those a paper is about; whoever is called like them is not told apart."""
    for person in paper.people:
        yield from (text for kind, text, _ in person.details if kind == DetailKind.NAME)


@lru_cache(maxsize=32)
def _ordinary(language: str) -> frozenset[str]:
    """Give words that stand in papers anyhow: of facts, of acts, of the calendar, of states."""
    told: list[str] = []
    for each in dict.fromkeys(("en", language)):
        with override(each):
            told += [
                law_told(text) for one in facts().values() for text in (one.title, one.evidence)
            ]
            told += [str(text) for text in (*MONTHS.values(), *WEEKDAYS.values())]
        told += labels("act_types", each).values()
        told += [country_name(state.code, each) for state in countries()]
    return forms_in(told)
