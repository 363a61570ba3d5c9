"""The counting rule once more, day by day and person by person, in plain Python.

Slow and meant to be read: every function follows `docs/explanation/counting.md` word for
word. The engine must agree with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

import numpy as np

from undaunted.engines.census import (
    ALWAYS,
    NEVER,
    Bands,
    Census,
    Deaths,
    Recognitions,
    Spell,
    Tier,
    day_number,
    gather_spells,
    take_census,
)

ONE_DAY = timedelta(days=1)
KNOWN = datetime(2026, 1, 1, 12)  # noqa: DTZ001 - the engine only hands it through


class Window(NamedTuple):
    """Somebody's days, from one to another; None stands for no bound."""

    person: int
    since: date | None
    until: date | None


class State(NamedTuple):
    """What is known of one person on one day."""

    tier: Tier
    certain: bool
    verified: bool


@dataclass(frozen=True)
class World:
    """Rows as a test invents them."""

    spells: tuple[Spell, ...]
    recognised: tuple[Window, ...]
    deaths: tuple[Window, ...] = ()
    known_at: datetime = field(default=KNOWN)

    def census(self, standard: str = "pace-1900") -> Census:
        return take_census(
            gather_spells(self.spells),
            Recognitions(
                np.array([row.person for row in self.recognised], dtype=np.int64),
                np.array([_number(row.since, ALWAYS) for row in self.recognised], dtype=np.int64),
                np.array([_number(row.until, NEVER) for row in self.recognised], dtype=np.int64),
            ),
            Deaths(
                np.array([row.person for row in self.deaths], dtype=np.int64),
                np.array([_number(row.since, NEVER) for row in self.deaths], dtype=np.int64),
                np.array([_number(row.until, NEVER) for row in self.deaths], dtype=np.int64),
            ),
            standard=standard,
            known_at=self.known_at,
        )

    def people(self) -> list[int]:
        return sorted({spell.person for spell in self.spells})

    def death(self, person: int) -> tuple[date, date]:
        told = [(row.since, row.until) for row in self.deaths if row.person == person]
        told += [
            (spell.end_earliest, spell.end_latest)
            for spell in self.spells
            if spell.person == person and spell.died
        ]
        earliest = min((since or date.max for since, _ in told), default=date.max)
        return earliest, max((until or date.max for _, until in told), default=date.max)

    def recognises(self, person: int, day: date) -> bool:
        return any(
            row.person == person and (row.since or date.min) <= day < (row.until or date.max)
            for row in self.recognised
        )

    def state(self, person: int, day: date) -> State | None:
        earliest, latest = self.death(person)
        mine = [spell for spell in self.spells if spell.person == person and spell.in_stock]
        surely = [
            spell
            for spell in mine
            if spell.start_latest <= day < min(spell.end_earliest or date.max, earliest)
        ]
        possibly = [
            spell
            for spell in mine
            if spell.start_earliest <= day < min(spell.end_latest or date.max, latest)
        ]
        best = surely or possibly
        if not best:
            return None
        return State(
            min(spell.tier for spell in best),
            bool(surely),
            any(verified(spell, day) for spell in best),
        )

    def surely_held(self, person: int, day: date) -> bool:
        state = self.state(person, day)
        return state is not None and state.certain

    def in_headline(self, person: int, day: date) -> bool:
        state = self.state(person, day)
        counted = state is not None and state.certain and state.tier <= Tier.B
        return counted and self.recognises(person, day)

    def bands(self, day: date, among: Sequence[int] | None = None) -> Bands:
        people = self.people() if among is None else among
        states = [self.state(person, day) for person in people if self.recognises(person, day)]
        known = [state for state in states if state is not None]
        tiers = [sum(1 for state in known if state.certain and state.tier == tier) for tier in Tier]
        headline = [state for state in known if state.certain and state.tier <= Tier.B]
        confirmed = sum(1 for state in headline if state.verified)
        return Bands(
            persons=len(headline),
            tiers=(tiers[0], tiers[1], tiers[2], tiers[3]),
            held_unverified=len(headline) - confirmed,
            low=confirmed,
            high=sum(1 for state in known if state.tier <= Tier.C),
        )

    def movements(self, after: date, until: date, dawn: date) -> dict[str, int]:
        """Walk from day to day; no spell begins before ``dawn``."""
        counts = dict.fromkeys(
            ("new", "redetained", "reclassified_in", "released", "died", "reclassified_out"), 0
        )
        for person in self.people():
            for day in days_between(after + ONE_DAY, until):
                was, is_ = self.in_headline(person, day - ONE_DAY), self.in_headline(person, day)
                if is_ and not was:
                    counts[self._entry(person, day, dawn)] += 1
                if was and not is_:
                    counts[self._exit(person, day)] += 1
        return counts

    def days_held(self, person: int, until: date, dawn: date) -> tuple[int, int]:
        states = [self.state(person, day) for day in days_between(dawn, until - ONE_DAY)]
        known = [state for state in states if state is not None]
        return sum(1 for state in known if state.certain), len(known)

    def _entry(self, person: int, day: date, dawn: date) -> str:
        if self.surely_held(person, day - ONE_DAY):
            return "reclassified_in"
        if any(self.surely_held(person, past) for past in days_between(dawn, day - ONE_DAY)):
            return "redetained"
        free_again = False
        for past in reversed(list(days_between(dawn, day - ONE_DAY))):
            held = self.state(person, past) is not None
            if held and free_again:
                return "redetained"
            free_again = free_again or not held
        return "new"

    def _exit(self, person: int, day: date) -> str:
        if self.surely_held(person, day):
            return "reclassified_out"
        return "died" if self.death(person)[0] == day else "released"


def verified(spell: Spell, day: date) -> bool:
    return any(
        confirmed <= day < year_later(confirmed)
        for confirmed in (spell.start_latest, *spell.confirmed)
    )


def year_later(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 3, 1)
    return day.replace(year=day.year + 1)


def days_between(first: date, last: date) -> list[date]:
    return [first + ONE_DAY * step for step in range((last - first).days + 1)]


def _number(day: date | None, unbounded: int) -> int:
    return unbounded if day is None else day_number(day)
