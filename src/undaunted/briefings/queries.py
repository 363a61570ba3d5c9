"""What the pages that join areas read: the world on a day, and what waits in every area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.queries import proceeding_steps_waiting
from undaunted.coercion.response.queries import steps_waiting
from undaunted.coercion.screening.queries import alerts_for, decisions_waiting, notices_waiting
from undaunted.core.access.rules import RECORD_ROLES
from undaunted.core.clocks.queries import (
    coming_for,
    overdue_clocks,
    passed_clocks,
    upcoming_clocks,
)
from undaunted.core.commitments.queries import waiting_statements
from undaunted.core.matching.queries import answers_waiting, judging_acts_waiting, questions_for
from undaunted.core.places.rules import countries, country
from undaunted.core.practices.queries import waiting_versions
from undaunted.prisoners.registry.queries.countries import held_by_country, published_by_country
from undaunted.prisoners.registry.rules.counts import BandCount, bands_of
from undaunted.repression.coordination.queries import proposals_to_answer, steps_to_confirm
from undaunted.repression.dossiers.queries import dossier_steps_waiting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor

__all__ = ["Held", "World", "deadlines_of", "to_answer_for", "to_confirm_for", "world_on"]


NOBODY = bands_of(())


@dataclass(frozen=True, slots=True)
class Held:
    """One country on a day; no bands where nothing is published."""

    code: str
    hypothetical: bool
    bands: BandCount | None


@dataclass(frozen=True, slots=True)
class World:
    """Every country of today, with the numbers of the real and of the invented kept apart."""

    countries: tuple[Held, ...]

    def bands(self, *, hypothetical: bool) -> BandCount:
        """Add up one of the two worlds: nobody is held by two countries on one day."""
        parts = [each.bands for each in self._published(hypothetical=hypothetical) if each.bands]
        tiers = [sum(part.tiers[at] for part in parts) for at in range(4)]
        return BandCount(
            persons=sum(part.persons for part in parts),
            low=sum(part.low for part in parts),
            high=sum(part.high for part in parts),
            tiers=(tiers[0], tiers[1], tiers[2], tiers[3]),
            held_unverified=sum(part.held_unverified for part in parts),
        )

    @property
    def only_invented(self) -> bool:
        """Whether all that is published is about states that do not exist."""
        real = self._published(hypothetical=False)
        return not real and bool(self._published(hypothetical=True))

    def _published(self, *, hypothetical: bool) -> list[Held]:
        return [
            each
            for each in self.countries
            if each.bands is not None and each.hypothetical is hypothetical
        ]


def world_on(actor: Actor, day: date, standard: str) -> World:
    """Give every current country, and former ones that hold published cases."""
    held = held_by_country(actor, as_of=day, standard=standard)
    published = published_by_country(actor)
    known = {each.code: each for each in countries()}
    for code in published:
        if code and code not in known:
            known[code] = country(code)
    return World(
        tuple(
            Held(
                each.code,
                each.hypothetical,
                held.get(each.code, NOBODY) if each.code in published else None,
            )
            for each in known.values()
        )
    )


def to_confirm_for(actor: Actor, now: datetime) -> Mapping[str, int]:
    """Count by room what one person did among the actor's own and a second has to confirm.

    Verdicts on entries of lists are nobody's own: whoever judges such pairs may confirm them, and
    what was judged in one act is one.
    """
    own = actor.organisations_as(*RECORD_ROLES)
    return {
        "screening": decisions_waiting(actor).count() + notices_waiting(actor).count(),
        "proceedings": proceeding_steps_waiting(actor).count(),
        "compacts": steps_waiting(actor).count(),
        "coordination": steps_to_confirm(actor, now),
        "dossiers": dossier_steps_waiting(actor),
        "commitments": waiting_statements(actor).filter(holder__in=own).count(),
        "practices": waiting_versions(actor).filter(holder__in=own).count(),
        "matching": judging_acts_waiting(actor) + answers_waiting(actor).count(),
    }


def to_answer_for(actor: Actor) -> tuple[int, int, int]:
    """Count the proposals, questions about people in files, and alerts that await an answer."""
    questions = questions_for(actor).count()
    return proposals_to_answer(actor), questions, alerts_for(actor, waiting=True).count()


def deadlines_of(actor: Actor, now: datetime) -> tuple[int, int, int]:
    """Count the actor's deadlines that are over, past what is normal, and end within 30 days."""
    groups = overdue_clocks(actor, now), passed_clocks(actor, now), upcoming_clocks(actor, now)
    overdue, passed, soon = (each.count() for each in groups)
    return overdue, passed, soon + len(coming_for(actor, now))
