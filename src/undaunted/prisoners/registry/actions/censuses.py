"""Standing in a census: assessed from the spells on record, proposed from the day of the census."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from undaunted.core.standards.actions import record_assessments
from undaunted.core.standards.queries import assessments_for
from undaunted.core.standards.rules import Finding, Value, pack
from undaunted.prisoners.registry.actions.batches import propose_recognitions
from undaunted.prisoners.registry.queries.records import acts_of, cases_for
from undaunted.prisoners.registry.rules.censuses import first_census_day

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.actors.models import Party
    from undaunted.core.events.models import Act
    from undaunted.prisoners.registry.models import StatusProposal

__all__ = ["propose_census"]

CENSUS: Final = "cpj-census"
ROLE: Final = "journalist"


def propose_census(
    parties: Collection[UUID],
    *,
    actor: Actor,
    at: datetime,
    work_related: Collection[UUID],
    reason: str,
) -> list[StatusProposal]:
    """Assess journalists who were in custody on a day of the census, and propose them from it on.

    Whoever was assessed under this standard before is left as they are. Held for their work are
    those in `work_related`; of the others that is unclear, and they are not proposed.
    """
    standard = pack(CENSUS, at.date())
    done = {
        row.subject_id for row in assessments_for(actor, "person", parties) if row.pack == CENSUS
    }
    found = cases_for(actor, role=ROLE).filter(pk__in=parties)
    people = {party.pk: party for party in found if party.pk not in done}
    spells = _spells(people, actor)
    days: dict[UUID, date] = {}
    for key in people:
        day = first_census_day(spells[key], standard, at.date())
        if day is not None:
            days[key] = day
    if not days:
        return []
    assessed = record_assessments(
        "person",
        {key: _findings(reason, related=key in work_related) for key in days},
        actor=actor,
        at=at,
        holder=people[next(iter(days))].holder,
        pack=CENSUS,
        public_reasons=["work_related"],
    )
    return propose_recognitions(
        {key: assessed[key] for key in days if key in work_related},
        actor=actor,
        at=at,
        parties=people,
        reason=reason,
        reason_public=True,
        effective_from=days,
    )


def _spells(people: Mapping[UUID, Party], actor: Actor) -> Mapping[UUID, list[Act]]:
    """Give the spells of detention of each person, on whichever of their records."""
    standing = {party.canonical: key for key, party in people.items()}
    records = cases_for(actor).filter(canonical__in=standing).prefetch_related(None)
    whose = {record.pk: standing[record.canonical] for record in records}
    spells: defaultdict[UUID, list[Act]] = defaultdict(list)
    for act in acts_of(actor, list(whose)).filter(in_stock=True):
        spells[whose[act.victim_id]].append(act)
    return spells


def _findings(reason: str, *, related: bool) -> dict[str, Finding]:
    """Give the findings on somebody in custody on the day of a census."""
    met = Finding(Value.MET)
    return {
        "journalist": met,
        "in_custody_at_midnight": met,
        "government_custody": met,
        "work_related": Finding(Value.MET if related else Value.UNCLEAR, (reason,)),
    }
