"""What is compared of records, and what was decided about pairs of them.

Which pairs may be one person is worked out in `analysis.candidates`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q

from undaunted.core.access.queries import seen_by
from undaunted.core.actors.models import Judgement, Party, PartyName
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.events.models import Act
from undaunted.prisoners.registry.models import ListEntry
from undaunted.prisoners.registry.rules.ledger_rows import match_key
from undaunted.prisoners.registry.rules.matching import CaseSketch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "holders_of",
    "judged_lately",
    "judged_pairs",
    "judgements_about",
    "keys_of",
    "merges_of",
    "places_of",
    "postponed_pairs",
    "sketches",
]


def places_of(actor: Actor, lists: Collection[UUID] = ()) -> dict[UUID, set[UUID]]:
    """Give the records of these lists, or of all that the actor may read, and where each stands."""
    entries = seen_by(actor, ListEntry.objects.filter(withdrawn_at__isnull=True))
    if lists:
        entries = entries.filter(source_list__in=tuple(lists))
    places: dict[UUID, set[UUID]] = defaultdict(set)
    for party, source_list in entries.values_list("party", "source_list"):
        places[party].add(source_list)
    return places


def judged_pairs(
    actor: Actor, parties: Collection[UUID]
) -> tuple[list[tuple[UUID, UUID]], dict[UUID, UUID]]:
    """Give the pairs with a standing verdict, and for each of these records whose person it is."""
    rows = Judgement.objects.filter(undone_at__isnull=True)
    judged = list(seen_by(actor, rows).values_list("left", "right"))
    together = Party.objects.filter(pk__in=list(parties)).values_list("pk", "canonical")
    return judged, dict(together)


def sketches(actor: Actor, parties: Iterable[UUID]) -> dict[UUID, CaseSketch]:
    """Give what is compared of each of these records."""
    # Keys go over as values: a planner that knows no statistics of a list that was just brought in
    # runs nested conditions once a row.
    wanted = Party.objects.filter(pk__in=list(parties), withdrawn_at__isnull=True)
    persons = list(seen_by(actor, wanted).values_list("pk", "birth", "gender", "country"))
    keys = [party for party, *_rest in persons]
    names: dict[UUID, list[str]] = defaultdict(list)
    rows = PartyName.objects.filter(party__in=keys, withdrawn_at__isnull=True)
    for party, text in rows.order_by("-primary", "recorded_at", "id").values_list("party", "text"):
        names[party].append(text)
    first = _first_arrests(keys)
    return {
        party: CaseSketch(
            names=tuple(names[party]),
            birth=_date(birth),
            arrested=_date(first.get(party, ("", ""))[0]),
            gender=gender,
            country=country,
            place=first.get(party, ("", ""))[1],
        )
        for party, birth, gender, country in persons
    }


def holders_of(actor: Actor, parties: Collection[UUID]) -> frozenset[UUID]:
    """Give the organisations that hold these records."""
    rows = seen_by(actor, Party.objects.filter(pk__in=list(parties)))
    return frozenset(rows.values_list("holder", flat=True))


def judgements_about(actor: Actor, party: UUID) -> QuerySet[Judgement]:
    """Give every verdict on a record, undone ones too, newest first."""
    rows = Judgement.objects.filter(Q(left=party) | Q(right=party))
    return seen_by(actor, rows).order_by("-at")


def merges_of(actor: Actor, parties: Collection[UUID]) -> QuerySet[Judgement]:
    """Give the standing verdicts that made these records one person, oldest first."""
    rows = Judgement.objects.filter(left__in=parties, right__in=parties, undone_at__isnull=True)
    named = seen_by(actor, rows.filter(verdict="same")).select_related("left", "right")
    return named.prefetch_related("left__names", "right__names").order_by("at", "id")


def postponed_pairs(actor: Actor) -> QuerySet[Judgement]:
    """Give the pairs that somebody put off, oldest first."""
    rows = Judgement.objects.filter(verdict="postponed", undone_at__isnull=True)
    return seen_by(actor, rows).select_related("left", "right").order_by("at")


def judged_lately(actor: Actor, *, most: int = 20) -> QuerySet[Judgement]:
    """Give the newest verdicts that stand, with the names of both records."""
    rows = Judgement.objects.filter(undone_at__isnull=True).select_related("left", "right")
    named = seen_by(actor, rows).prefetch_related("left__names", "right__names")
    return named.order_by("-at", "id")[:most]


def keys_of(actor: Actor, parties: Iterable[UUID]) -> dict[UUID, str]:
    """Give the key `list:source key` of records that came from a list."""
    entries = ListEntry.objects.filter(party__in=list(parties), withdrawn_at__isnull=True)
    rows = seen_by(actor, entries).order_by("line")
    return {
        party: match_key(slug, key)
        for party, slug, key in rows.values_list("party", "source_list__slug", "source_key")
    }


def _first_arrests(parties: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Give day and place of the first deprivation of liberty of each."""
    first: dict[UUID, tuple[str, str]] = {}
    spells = Act.objects.filter(
        victim__in=parties, recorded_to__isnull=True, category="deprivation_of_liberty"
    )
    for party, start, admin1, city in spells.order_by("start_latest").values_list(
        "victim", "start", "admin1", "city"
    ):
        first.setdefault(party, (start, city or admin1))
    return first


def _date(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None
