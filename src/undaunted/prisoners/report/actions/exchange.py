"""Translations that come back from translators: each becomes a draft, or says why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.prisoners.report.actions.texts import write_text
from undaunted.prisoners.report.queries import text_named, texts_of_place
from undaunted.prisoners.report.rules.exchange import assembled
from undaunted.prisoners.report.rules.marks import TextBroken, read_text, segments_of, tidied
from undaunted.prisoners.report.rules.texts import ORIGINAL, Place, State, TextRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.report.models import TextVersion
    from undaunted.prisoners.report.rules.exchange import Returned

__all__ = ["Imported", "import_texts"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the drafts that it made, the places that say the same, what is wrong."""

    drafts: tuple[TextVersion, ...]
    unchanged: tuple[Place, ...]
    problems: tuple[str, ...]


def import_texts(
    holder: UUID, texts: Iterable[Returned], *, actor: Actor, at: datetime
) -> Imported:
    """Keep each translation that is whole as a draft; the others stay out, and say why.

    Raises `Forbidden`.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    drafts: list[TextVersion] = []
    unchanged: list[Place] = []
    problems: list[str] = []
    for text in texts:
        original = _original(holder, text, actor)
        told = tuple(_problems(text, original))
        if told or original is None:
            problems += told
            continue
        body = tidied(assembled(original.body, text.pieces))
        if _same(holder, text, body, actor):
            unchanged.append(text.place)
            continue
        try:
            with transaction.atomic():
                drafts.append(
                    write_text(holder, text.place, body, actor=actor, at=at, translates=text.number)
                )
        except TextBroken as broken:
            problems += [f"{text.place}: {each}" for each in broken.problems]
        except TextRefused as refusal:
            problems.append(str(refusal))
    return Imported(tuple(drafts), tuple(unchanged), tuple(problems))


def _original(holder: UUID, text: Returned, actor: Actor) -> TextVersion | None:
    english = Place(text.place.year, text.place.chapter, ORIGINAL)
    found = text_named(actor, holder, english, text.number)
    signed = found is not None and found.state in {State.SIGNED, State.WITHDRAWN}
    return found if signed else None


def _problems(text: Returned, original: TextVersion | None) -> Iterator[str]:
    """Say what is wrong with a text, piece by piece, before it is put together."""
    if original is None:
        yield (
            f"{text.place}: there is no signed English version {text.number}; export the texts "
            "of this organisation anew"
        )
        return
    segments = segments_of(original.body)
    wanted = range(1, len(segments) + 1)
    missing = [str(at) for at in wanted if not text.pieces.get(at)]
    if missing:
        yield f"{text.place}: pieces {', '.join(missing)} are not translated; translate them all"
        return
    if strange := sorted(set(text.pieces) - set(wanted)):
        yield f"{text.place}: piece {strange[0]} is none of {len(segments)}; export the text anew"
    for number in wanted:
        try:
            piece = _piece(text.pieces[number], point=segments[number - 1].point)
            read_text(piece, text.place.language)
        except TextBroken as broken:
            for problem in broken.problems:
                yield f"{text.place}, piece {number}: {problem.partition(': ')[2]}"


def _piece(text: str, *, point: bool) -> str:
    return tidied(f"- {text}" if point else text)


def _same(holder: UUID, text: Returned, body: str, actor: Actor) -> bool:
    """Whether the newest version says the same of the same original."""
    newest = texts_of_place(actor, holder, text.place).first()
    return (
        newest is not None
        and newest.body == body
        and newest.translates == text.number
        and newest.state not in {State.DECLINED, State.WITHDRAWN}
    )
