"""People of the registry as they are held against lists: by whoever may read them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from undaunted.core.access.queries import seen_by
from undaunted.core.matching.rules import Form, Named, Reference, Subject
from undaunted.prisoners.registry.models import Publication
from undaunted.prisoners.registry.queries.records import cases_for, people_named

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.actors.models import Party

__all__ = ["PEOPLE", "People"]


class People:
    """Gives each person once: records that were judged to be one stand together."""

    def all_of(self, actor: Actor, holder: UUID) -> Iterable[Subject]:
        """Give everybody in the registry of an organisation."""
        return self._told(cases_for(actor).filter(holder=holder))

    def described(self, actor: Actor, keys: Iterable[str]) -> Mapping[str, Subject]:
        """Give some by any of their records; whoever may not be read is left out."""
        wanted = {key for key in keys if _is_id(key)}
        asked = cases_for(actor).filter(Q(pk__in=wanted) | Q(canonical__in=wanted))
        groups = {row.canonical for row in asked}
        told = self._told(cases_for(actor).filter(canonical__in=groups))
        called = _called(actor, groups)
        return {
            each.reference.key: replace(each, called=called.get(each.reference.key, ""))
            for each in told
        }

    def sought(self, actor: Actor, words: str, *, most: int) -> Collection[UUID]:
        """Give the records of those named like the words, or whose case is called so."""
        gates = Publication.objects.filter(reference__iexact=words.strip())
        found = {party for party, _name in people_named(actor, words, most=most)}
        found |= set(seen_by(actor, gates).values_list("party", flat=True))
        same = cases_for(actor).filter(pk__in=found).values("canonical")
        return set(cases_for(actor).filter(canonical__in=same).values_list("pk", flat=True))

    def _told(self, rows: QuerySet[Party]) -> list[Subject]:
        together: dict[UUID, list[Party]] = defaultdict(list)
        for row in rows:
            together[row.canonical].append(row)
        found = (_subject(key, parties) for key, parties in together.items())
        return [each for each in found if each.form.names]


PEOPLE = People()


def _subject(key: UUID, parties: list[Party]) -> Subject:
    names = {name.text for party in parties for name in party.names.all() if not name.withdrawn_at}
    form = Form(
        kind="person",
        names=tuple(sorted(names)),
        births=tuple(sorted({party.birth for party in parties if party.birth})),
        nationalities=tuple(sorted({n for party in parties for n in party.nationalities})),
        gender=next((party.gender for party in parties if party.gender), ""),
    )
    reference = Reference(Named.PERSON, str(key))
    stands = next((party for party in parties if party.pk == key), parties[0])
    members = tuple(Reference(Named.PERSON, str(party.pk)) for party in parties if party.pk != key)
    address = reverse("desk:case", args=[stands.pk])
    return Subject(reference, stands.holder, form, address, members=members)


def _called(actor: Actor, wanted: Iterable[UUID]) -> dict[str, str]:
    """Give the references of these people's cases, as far as the actor reads the gate of one."""
    rows = seen_by(actor, Publication.objects.filter(party__canonical__in=wanted))
    told = rows.order_by("-proposed_at").values_list("party__canonical", "reference")
    return {str(person): reference for person, reference in told}


def _is_id(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True
