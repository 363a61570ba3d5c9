"""A dossier without what a partner sent who lets it go no further, before a paper is made of it.

A part that something of one's own carries too goes without the partner's source; one that nothing
else carries stops the paper, so that whoever writes it says what becomes of it. So does a post of
somebody else, or what they did, on which a question of command rests.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from undaunted.repression.dossiers.queries import sources_kept_back
from undaunted.repression.dossiers.rules import ACTING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.analysis.gathering import Cited, PersonLine, Sheet
    from undaunted.repression.dossiers.analysis.testing import Reach

__all__ = ["Onward", "going_onward"]


@dataclass(frozen=True, slots=True)
class Onward:
    """A dossier and the people a paper is about, as they go onward, and what stops them."""

    sheet: Sheet
    people: tuple[PersonLine, ...]
    problems: tuple[str, ...]


def going_onward(
    actor: Actor, whole: Sheet, sheet: Sheet, people: tuple[PersonLine, ...], reach: Reach
) -> Onward:
    """Leave out the sources that go no further, and tell which parts nothing else carries.

    `sheet` is the part of the `whole` dossier that a paper is about; its questions rest on both.
    """
    back = sources_kept_back(actor, {each.source_id for each in whole.citations()})
    if not back:
        return Onward(sheet, people, ())
    told = replace(
        sheet,
        people=tuple(_person(each, back) for each in sheet.people),
        findings=_parts(sheet.findings, back),
    )
    found = (*_problems(sheet, people, reach, back), *_asked(whole, sheet, reach, back))
    problems = tuple(dict.fromkeys(found))
    return Onward(told, tuple(_person(each, back) for each in people), problems)


def _problems(
    sheet: Sheet, people: Iterable[PersonLine], reach: Reach, back: Collection[UUID]
) -> Iterator[str]:
    for person in people:
        parts = [
            *((each, each.row.kind) for each in person.details),
            *((each, "post") for each in person.posts),
            *((each, each.row.mode) for each in person.links if str(each.row.act_id) in reach.keys),
            *((each, each.row.kind) for each in person.statements),
        ]
        for part, what in parts:
            if _alone(part, back):
                yield _no_source(person, what)
    for each in sheet.findings:
        told = each.row.act_id is None or str(each.row.act_id) in reach.keys
        if told and _alone(each, back):
            yield (
                f"{each.row.fact}: every source of it came from a partner who lets it go no "
                "further; cite a source of yours, or take it out"
            )


def _asked(whole: Sheet, sheet: Sheet, reach: Reach, back: Collection[UUID]) -> Iterator[str]:
    """Give on what questions of command rest that nothing else carries, of whomever it is told."""
    posts = {part.row.pk: (each, part) for each in whole.people for part in each.posts}
    for question in sheet.questions:
        if question.act.key not in reach.keys:
            continue
        for person, post in (posts[each.pk] for each in question.steps):
            if _alone(post, back):
                yield _no_source(person, "post")
        below = question.below
        acted = [
            each
            for each in below.links
            if str(each.row.act_id) == question.act.key and each.row.mode in ACTING
        ]
        if all(_alone(each, back) for each in acted):
            yield from (_no_source(below, each.row.mode) for each in acted)


def _no_source(person: PersonLine, what: str) -> str:
    return (
        f"{person.label}, {what}: every source of it came from a partner who lets it go no "
        "further; cite a source of yours, or take it out"
    )


def _alone(part: Cited, back: Collection[UUID]) -> bool:
    """Whether a part rests on sources, each of which goes no further."""
    return bool(part.citations) and all(each.source_id in back for each in part.citations)


def _person(person: PersonLine, back: Collection[UUID]) -> PersonLine:
    return replace(
        person,
        details=_parts(person.details, back),
        posts=_parts(person.posts, back),
        links=_parts(person.links, back),
        statements=_parts(person.statements, back),
        findings=_parts(person.findings, back),
    )


def _parts(parts: Iterable[Cited], back: Collection[UUID]) -> tuple[Cited, ...]:
    return tuple(
        replace(each, citations=tuple(e for e in each.citations if e.source_id not in back))
        for each in parts
    )
