"""Whom texts name: everybody in the registry is looked for, whether the actor may see them or not.

What is public must keep out whom its writer may not know of. Whoever is given here as not `seen` is
told to nobody: not who, nor as which words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.db.models import Q

from undaunted.core.access.queries import seen_by
from undaunted.core.actors.models import Party
from undaunted.core.consent.queries import subjects_agreed
from undaunted.prisoners.registry.models import Publication, PublishedCase, PublishedTombstone
from undaunted.prisoners.registry.queries.records import cases_for, shown_names
from undaunted.prisoners.registry.rules.names_in_texts import asked_names, naming_mac

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.consent.rules import Purpose
    from undaunted.prisoners.registry.rules.names_in_texts import AskedNames

__all__ = ["Named", "cases_agreed_to", "named_in_texts", "standing_for", "undeclared_in"]

MOST_LOOKED_AT = 400
_NAMED = "SELECT * FROM actors_named(%s, %s, %s, %s, %s)"
Place = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom a text names: which text, counted from 0, and as which words."""

    text: int
    words: str
    person: UUID | None
    """The record that stands for all of the person; None of a case that was taken back."""
    seen: bool
    """Whether the actor may see the record that has this name."""


def named_in_texts(actor: Actor, texts: Sequence[tuple[str, str]]) -> tuple[Named, ...]:
    """Give whom texts name, each text with its language, in the order of the texts."""
    asked = asked_names(texts)
    found = {*_by_name(asked), *_by_reference(actor, asked)}
    persons = {party for _place, party, _canonical in found if party is not None}
    seen = set(seen_by(actor, Party.objects.filter(pk__in=persons)).values_list("pk", flat=True))
    named = {
        Named(text, words, canonical, party in seen) for (text, words), party, canonical in found
    }
    return tuple(sorted(named, key=lambda one: (one.text, one.words, str(one.person), one.seen)))


def cases_agreed_to(actor: Actor, purpose: Purpose) -> list[tuple[UUID, str, str]]:
    """Give the cases about which somebody agreed to this: id, country, name at the desk."""
    agreed = subjects_agreed(actor, purpose, most=MOST_LOOKED_AT)
    rows = [(row.pk, row.country) for row in cases_for(actor).filter(pk__in=agreed)]
    names = shown_names(actor, [party for party, _country in rows])
    told = [(party, country, names.get(party, str(party))) for party, country in rows]
    return sorted(told, key=lambda row: row[1:])


def undeclared_in(
    actor: Actor, text: str, language: str, declared: Collection[UUID]
) -> tuple[Named, ...]:
    """Give whom a text names beside those it is declared to name; first whom the actor may see."""
    known = {*declared, *standing_for(actor, declared).values()}
    found = [each for each in named_in_texts(actor, [(text, language)]) if each.person not in known]
    return tuple(sorted(found, key=lambda one: not one.seen))


def standing_for(actor: Actor, persons: Iterable[UUID]) -> dict[UUID, UUID]:
    """Give for each of these records the one that stands for the person, as far as seen."""
    rows = seen_by(actor, Party.objects.filter(pk__in=tuple(persons)))
    return dict(rows.values_list("pk", "canonical"))


def _by_name(asked: AskedNames) -> Iterator[tuple[Place, UUID, UUID]]:
    pairs, wholes, ids = list(asked.pairs), list(asked.wholes), list(asked.ids)
    if not (pairs or wholes or ids):
        return
    mac = naming_mac(settings.SESSION_BINDING_KEY, pairs, wholes, ids)
    columns = [one for one, _other in pairs], [other for _one, other in pairs]
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [*columns, wholes, ids, mac])
        found = cursor.fetchall()
    places = {
        "pair": list(asked.pairs.values()),
        "whole": list(asked.wholes.values()),
        "id": list(asked.ids.values()),
    }
    for sort, at, party, canonical in found:
        for place in places[sort][at - 1]:
            yield place, party, canonical


def _by_reference(
    actor: Actor, asked: AskedNames
) -> Iterator[tuple[Place, UUID | None, UUID | None]]:
    """Give whom references lead to: cases that are public or were, and those at one's own gate."""
    wanted = list(asked.references)
    if not wanted:
        return
    known: list[tuple[str, UUID | None]] = [*_public(wanted), *_waiting(actor, wanted)]
    gone = PublishedTombstone.objects.filter(reference__in=wanted)
    known += [(each, None) for each in gone.values_list("reference", flat=True)]
    for reference, person in known:
        for place in asked.references[reference]:
            yield place, person, person


def _public(wanted: Collection[str]) -> Iterator[tuple[str, UUID]]:
    rows = PublishedCase.objects.filter(Q(reference__in=wanted) | Q(merged__overlap=list(wanted)))
    for person, reference, merged in rows.values_list("pk", "reference", "merged"):
        for each in {reference, *merged} & set(wanted):
            yield each, person


def _waiting(actor: Actor, wanted: Collection[str]) -> Iterator[tuple[str, UUID]]:
    rows = seen_by(actor, Publication.objects.filter(reference__in=wanted))
    yield from rows.values_list("reference", "party__canonical")
