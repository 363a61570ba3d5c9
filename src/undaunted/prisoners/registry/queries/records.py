"""Reads of case files from the ledger, for the desk; the public reads projections."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from undaunted.core.access.queries import seen_by
from undaunted.core.actors.models import Party, PartyName
from undaunted.core.events.models import Act
from undaunted.core.evidence.queries import citations_for
from undaunted.core.evidence.rules import Grade
from undaunted.prisoners.registry.models import (
    ListEntry,
    Publication,
    PublishedCase,
    Recognition,
    StatusProposal,
)
from undaunted.prisoners.registry.rules.claims import source_facts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.evidence.models import Citation
    from undaunted.core.evidence.rules import SourceFacts

__all__ = [
    "CaseFile",
    "acts_of",
    "case_file",
    "cases_for",
    "current_act",
    "facts_cited",
    "facts_cited_of",
    "history_of",
    "people_named",
    "public_reference",
    "publications_for",
    "shown_names",
    "waiting_proposals",
]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything about one person that the actor may read, over all records judged to be them."""

    party: Party
    members: tuple[Party, ...]
    names: tuple[PartyName, ...]
    acts: tuple[Act, ...]
    imported: frozenset[UUID]
    """Claims that came with a row of a list."""
    citations: tuple[Citation, ...]
    entries: tuple[ListEntry, ...]
    recognitions: tuple[Recognition, ...]
    proposals: tuple[StatusProposal, ...]
    publication: Publication | None

    def cited(self, act: Act) -> tuple[Citation, ...]:
        """Give the sources that carry a claim; of a row of a list, those that carry the row."""
        own = [one for one in self.citations if one.subject_id == act.claim]
        if act.claim in self.imported:
            own += [one for one in self.citations if _carries_row(one, act.victim_id)]
        return tuple(own)

    def feared(self, holder: UUID) -> frozenset[str]:
        """Give the states that may never have it: where it happened, whose national it is.

        Only places that `holder` recorded tell where. A nationality alone does not: then none is
        known, and every government is refused.
        """
        where = {one.country for one in self.members if one.holder == holder}
        where |= {act.country for act in self.acts if act.holder == holder}
        if not where - {""}:
            return frozenset()
        whose = {state for one in self.members for state in one.nationalities}
        return frozenset((where | whose) - {""})


def cases_for(
    actor: Actor, *, country: str = "", role: str = "", source_list: UUID | None = None
) -> QuerySet[Party]:
    """Give the persons the actor may read, newest records first."""
    rows = Party.objects.filter(kind="person", withdrawn_at__isnull=True)
    if country:
        rows = rows.filter(country=country)
    if role:
        rows = rows.filter(roles__contains=[role])
    if source_list is not None:
        entries = ListEntry.objects.filter(source_list=source_list, withdrawn_at__isnull=True)
        rows = rows.filter(pk__in=entries.values("party"))
    return seen_by(actor, rows).prefetch_related("names").order_by("-recorded_at", "id")


def case_file(actor: Actor, party: UUID, *, known_at: datetime | None = None) -> CaseFile | None:
    """Give a case with all records judged to be the same person; None where it may not be seen.

    With `known_at`, acts and statuses are those that the ledger held then.
    """
    asked = seen_by(actor, Party.objects.filter(pk=party)).first()
    if asked is None:
        return None
    group = Party.objects.filter(canonical=asked.canonical, withdrawn_at__isnull=True)
    members = tuple(seen_by(actor, group).order_by("recorded_at", "id")) or (asked,)
    standing = next((one for one in members if one.pk == asked.canonical), asked)
    ids = [one.pk for one in members]
    names = PartyName.objects.filter(party__in=ids, withdrawn_at__isnull=True)
    entries = ListEntry.objects.filter(party__in=ids, withdrawn_at__isnull=True)
    acts = tuple(acts_of(actor, ids, known_at=known_at))
    claims = [act.claim for act in acts]
    subjects = [*ids, *claims]
    citations = [
        citation for kind in ("party", "act") for citation in citations_for(actor, kind, subjects)
    ]
    recognitions = Recognition.objects.filter(party__in=ids).filter(_known(known_at))
    proposals = StatusProposal.objects.filter(party__in=ids, answer="")
    gate = Publication.objects.filter(party__in=ids)
    return CaseFile(
        party=standing,
        members=members,
        names=tuple(seen_by(actor, names).order_by("-primary", "recorded_at", "id")),
        acts=acts,
        imported=_imported(claims),
        citations=tuple(citations),
        entries=tuple(seen_by(actor, entries).select_related("source_list")),
        recognitions=tuple(seen_by(actor, recognitions).order_by("standard")),
        proposals=tuple(seen_by(actor, proposals).order_by("proposed_at")),
        publication=seen_by(actor, gate).order_by("-proposed_at").first(),
    )


def acts_of(
    actor: Actor, parties: list[UUID], *, known_at: datetime | None = None
) -> QuerySet[Act]:
    """Give the acts done to these records, in the order of time, as known now or then."""
    rows = Act.objects.filter(victim__in=parties).filter(_known(known_at))
    return seen_by(actor, rows).order_by("start_earliest", "recorded_from", "id")


def current_act(actor: Actor, claim: UUID) -> Act | None:
    """Give the row that stands for a claim now."""
    rows = Act.objects.filter(claim=claim, recorded_to__isnull=True)
    return seen_by(actor, rows).select_related("victim", "event").first()


def facts_cited(actor: Actor, act: Act) -> list[SourceFacts]:
    """Give what must be known of the sources that carry a claim to tell which tier they carry."""
    return facts_cited_of(actor, [act])[act.claim]


def facts_cited_of(actor: Actor, acts: Collection[Act]) -> dict[UUID, list[SourceFacts]]:
    """Give the same of many claims."""
    claims = [act.claim for act in acts]
    imported = _imported(claims)
    victims = {act.victim_id for act in acts if act.claim in imported}
    rows: dict[UUID, list[Citation]] = defaultdict(list)
    for one in citations_for(actor, "act", claims):
        rows[one.subject_id].append(one)
    of_record: dict[UUID, list[Citation]] = defaultdict(list)
    for one in citations_for(actor, "party", victims) if victims else ():
        if _carries_row(one, one.subject_id):
            of_record[one.subject_id].append(one)
    return {
        act.claim: source_facts(
            (one.source, Grade.parse(one.reliability + one.credibility))
            for one in [
                *rows[act.claim],
                *(of_record[act.victim_id] if act.claim in imported else ()),
            ]
        )
        for act in acts
    }


def history_of(actor: Actor, claim: UUID) -> QuerySet[Act]:
    """Give every row a claim ever had, oldest first."""
    return seen_by(actor, Act.objects.filter(claim=claim)).order_by("recorded_from", "id")


def people_named(actor: Actor, text: str, *, most: int = 50) -> list[tuple[UUID, str]]:
    """Give records whose names are like `text`, in any script, best first.

    Names shared on this instance are found through the index, names of the actor's own
    organisations by a plain scan, so that an index tells nobody what it holds.
    """
    from undaunted.core.actors.rules.names import search_form  # noqa: PLC0415 - loads tables

    if not actor.organisations or not actor.second_factor:
        return []
    form = search_form(text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT party, name FROM actors_search(%s, %s)", [form, most])
        found: dict[UUID, str] = dict(cursor.fetchall())
    own = PartyName.objects.filter(withdrawn_at__isnull=True, sharing="organisation")
    like = own.filter(Q(search_form__contains=form) | Q(text__icontains=text))
    for party, name in seen_by(actor, like).values_list("party", "text")[:most]:
        found.setdefault(party, name)
    return list(found.items())[:most]


def waiting_proposals(actor: Actor) -> QuerySet[StatusProposal]:
    """Give the statuses that wait for a second person, oldest first."""
    rows = StatusProposal.objects.filter(answer="").select_related("party")
    return seen_by(actor, rows).order_by("proposed_at")


def publications_for(actor: Actor, *, state: str = "") -> QuerySet[Publication]:
    """Give cases at the gate, in one state or in all, oldest first."""
    rows = Publication.objects.select_related("party")
    if state:
        rows = rows.filter(state=state)
    return seen_by(actor, rows).order_by("proposed_at")


def public_reference(
    actor: Actor,  # noqa: ARG001 - what is public, of a case that was fetched through the actor
    file: CaseFile,
) -> str:
    """Give the reference under which the public can read a case now; empty where it cannot.

    Asked of the desk's connection, which sees what its own transaction has just taken back.
    """
    if file.publication is None:
        return ""
    own = file.publication.reference
    rows = PublishedCase.objects.using("default").filter(
        Q(reference=own) | Q(merged__contains=[own])
    )
    return next(iter(rows.values_list("reference", flat=True)), "")


def shown_names(actor: Actor, parties: Iterable[UUID]) -> dict[UUID, str]:
    """Give the name that stands for each of these records at the desk."""
    rows = PartyName.objects.filter(party__in=tuple(parties), withdrawn_at__isnull=True)
    found: dict[UUID, str] = {}
    for party, text in (
        seen_by(actor, rows)
        .order_by("-primary", "recorded_at", "id")
        .values_list("party_id", "text")
    ):
        found.setdefault(party, text)
    return found


def _imported(claims: Iterable[UUID]) -> frozenset[UUID]:
    rows = Act.objects.filter(claim__in=list(claims), origin__isnull=False)
    return frozenset(rows.values_list("claim", flat=True))


def _carries_row(citation: Citation, party: UUID) -> bool:
    """Whether a list was cited for the whole row that became this record."""
    return citation.subject_id == party and citation.origin is not None and not citation.claim


def _known(at: datetime | None) -> Q:
    if at is None:
        return Q(recorded_to__isnull=True)
    return Q(recorded_from__lte=at) & (Q(recorded_to__isnull=True) | Q(recorded_to__gt=at))
