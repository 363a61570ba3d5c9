"""Invented ledgers, written as the owner: spells known in part, corrections, recognition."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import psycopg

from undaunted.engines.census import (
    ALWAYS,
    NEVER,
    Census,
    Deaths,
    Recognitions,
    Spell,
    Tier,
    day_number,
    gather_spells,
    take_census,
)
from undaunted.prisoners.registry.rules.month_ends import day_counted, month_end

if TYPE_CHECKING:
    from undaunted.config.postgres import Lease

__all__ = [
    "DUSK",
    "OTHER",
    "PUBLISHED",
    "STANDARD",
    "Act",
    "Person",
    "Status",
    "World",
    "random_world",
]

STANDARD = "pace-1900"
HOLDER = uuid.UUID(int=7)
ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
PUBLISHED = datetime(2021, 1, 1, tzinfo=UTC)
DAWN = date(2015, 1, 1)
DUSK = date(2024, 6, 1)


@dataclass(frozen=True)
class Act:
    """One row of the ledger about one spell."""

    start: tuple[date, date]
    end: tuple[date | None, date | None]
    tier: Tier
    country: str = "XR"
    in_stock: bool = True
    died: bool = False
    confirmed: tuple[date, ...] = ()
    known: tuple[datetime, datetime | None] = (PUBLISHED - timedelta(days=9), None)
    law: str = ""
    claim: uuid.UUID = field(default_factory=uuid.uuid4)
    id: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True)
class Status:
    """One row of recognition."""

    days: tuple[date | None, date | None]
    status: str = "recognised"
    known: tuple[datetime, datetime | None] = (PUBLISHED - timedelta(days=9), None)


@dataclass(frozen=True)
class Person:
    """One party with all that hangs on it."""

    number: int
    acts: tuple[Act, ...]
    statuses: tuple[Status, ...] = (Status((None, None)),)
    death: tuple[date, date] | None = None
    roles: tuple[str, ...] = ()
    gender: str = "female"
    state: str = "published"
    embargo: datetime | None = None
    level: str = "name"
    groups: tuple[str, ...] = ("identity", "biography", "detention")
    canonical: int | None = None
    withdrawn: bool = False
    basis: str = "self"
    until: date = date(2090, 1, 1)
    approvals: tuple[datetime, ...] | None = None
    """When two people approved what the ledger then held; None: the moment anything is recorded."""

    @property
    def id(self) -> uuid.UUID:
        return uuid.UUID(int=10_000 + self.number)

    def row_of(self, act: Act) -> uuid.UUID:
        """Give the id of this person's row about an act; several people may share an act here."""
        return uuid.uuid5(self.id, f"row {act.id}")

    @property
    def named(self) -> bool:
        return self.level == "name"

    def approved_at(self) -> list[datetime]:
        """Give the moments of approval, the first at publication."""
        if self.approvals is not None:
            return sorted({PUBLISHED, *self.approvals})
        turns = {turn for act in self.acts for turn in act.known if turn and turn > PUBLISHED}
        return sorted({PUBLISHED, *turns})

    def known_of_acts(self, at: datetime) -> list[Act]:
        """Give the acts that the public knows at a time: those of the last approval."""
        last = max((one for one in self.approved_at() if one <= at), default=None)
        return [] if last is None else [act for act in self.acts if _known(act.known, last)]

    @property
    def leader(self) -> int:
        return self.number if self.canonical is None else self.canonical

    @property
    def reference(self) -> str:
        return f"XR-{self.number:05}"


@dataclass(frozen=True)
class World:
    """People, to be written into a database or counted by the engine."""

    people: tuple[Person, ...]

    @property
    def ids(self) -> list[uuid.UUID]:
        return [person.id for person in self.people]

    def write(self, lease: Lease) -> None:
        """Put everyone into the ledger as the owner; nothing is projected yet."""
        assert lease.owner_url is not None
        with psycopg.connect(lease.owner_url) as connection, connection.cursor() as cursor:
            for table, rows in self._rows().items():
                columns = ", ".join(f'"{name}"' for name in rows[0]) if rows else ""
                marks = ", ".join("%s" for _ in rows[0]) if rows else ""
                if rows:
                    cursor.executemany(
                        f"INSERT INTO {table} ({columns}) VALUES ({marks})".encode(),
                        [list(row.values()) for row in rows],
                    )

    def census(self, known_at: datetime) -> Census:
        """Count the same people by the pure rule."""
        spells: list[Spell] = []
        recognised: list[tuple[int, int, int]] = []
        deaths: list[tuple[int, int, int]] = []
        out = {one.leader for one in self.people if one.state == "published"}
        for person in self.people:
            who = person.leader
            if who not in out or person.withdrawn:
                continue
            named = self._named(who)
            spells += [_spell(who, act, named=named) for act in person.known_of_acts(known_at)]
            for one in person.statuses:
                if one.status == "recognised" and _known(one.known, known_at):
                    since, until = (day_counted(day, named=named) for day in one.days)
                    recognised.append(
                        (
                            who,
                            ALWAYS if since is None else day_number(since),
                            NEVER if until is None else day_number(until),
                        )
                    )
            if person.death:
                first, last = (day_counted(day, named=named) for day in person.death)
                deaths.append((who, day_number(first), day_number(last)))  # type: ignore[arg-type]
        return take_census(
            gather_spells(spells),
            Recognitions(*_columns(recognised)),
            Deaths(*_columns(deaths)),
            standard=STANDARD,
            known_at=known_at,
        )

    def _named(self, who: int) -> bool:
        """Tell whether a group is shown by name: the highest level of its published records."""
        group = [one for one in self.people if one.leader == who and not one.withdrawn]
        return any(one.named and one.state == "published" for one in group)

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        tables: dict[str, list[dict[str, Any]]] = {
            "actors_party": [], "actors_partyname": [], "events_event": [], "events_act": [],
            "registry_recognition": [], "registry_publication": [], "consent_grant": [],
            "registry_approval": [],
        }  # fmt: skip
        for person in self.people:
            event = uuid.uuid4()
            tables["actors_party"].append(_party(person))
            tables["actors_partyname"].append(_name(person))
            tables["events_event"].append(
                _base() | {"id": event, "title": "", "country": "XR", "start": "",
                           "recorded_at": PUBLISHED}
            )  # fmt: skip
            tables["events_act"] += [_act(person, event, act) for act in person.acts]
            tables["registry_recognition"] += [_status(person, one) for one in person.statuses]
            gate = _publication(person)
            tables["registry_publication"].append(gate)
            if person.state == "published":
                name = tables["actors_partyname"][-1]["id"]
                tables["registry_approval"] += self._approvals(person, gate["id"], name)
            tables["consent_grant"].append(_grant(person))
        return tables

    def _approvals(self, person: Person, gate: uuid.UUID, name: uuid.UUID) -> list[dict[str, Any]]:
        """Give what was approved of a person, and of the unpublished records of the same group."""
        levels = {"name": 4, "pseudonym": 3, "code": 2, "aggregate": 1, "none": 0}
        group = [one for one in self.people if one.leader == person.leader]
        mine = [one for one in group if one is person or one.state != "published"]
        rows = []
        for record in mine:
            moments = sorted({*person.approved_at(), *record.approved_at()})
            ends: list[datetime | None] = [*moments[1:], None]
            for at, until in zip(moments, ends, strict=True):
                earliest, latest = record.death or (None, None)
                levels_of = {
                    part: levels[person.level] if part in person.groups else 0
                    for part in ("identity", "biography", "detention", "health")
                }
                acts = [record.row_of(act) for act in record.acts if _known(act.known, at)]
                rows.append(
                    {
                        "id": uuid.uuid4(), "gate_id": gate, "party_id": record.id,
                        "approved_by": OTHER, "approved_at": at, "ended_at": until, **levels_of,
                        "gender": record.gender, "country": "XR", "roles": list(record.roles),
                        "death_earliest": earliest, "death_latest": latest, "acts": acts,
                        "names": [name] if record is person and levels_of["identity"] == 4 else [],
                        "citations": [], "lists": [],
                    }
                )  # fmt: skip
        return rows


def random_world(seed: int, people: int, *, corrected: bool = True) -> World:
    """Give an invented ledger with every kind of trouble."""
    dice = random.Random(seed)  # noqa: S311 - invented people
    return World(tuple(_person(dice, number, corrected=corrected) for number in range(people)))


def _person(dice: random.Random, number: int, *, corrected: bool) -> Person:
    acts = tuple(
        act for _ in range(dice.choice((0, 1, 1, 1, 2, 3))) for act in _acts(dice, corrected)
    )
    death = None
    if dice.random() < 0.1:
        first = _day(dice)
        death = (first, first + timedelta(days=dice.choice((0, 0, 30))))
    statuses: tuple[Status, ...] = (Status((None, None)),)
    if dice.random() < 0.3:
        since, until = sorted((_day(dice), _day(dice)))
        statuses = (Status((dice.choice((since, None)), dice.choice((until, None, None)))),)
    if dice.random() < 0.1:
        statuses = (Status((None, None), status="candidate"),)
    if corrected and dice.random() < 0.2:
        turn = PUBLISHED + timedelta(days=dice.randrange(1, 1500))
        statuses = (
            Status(statuses[0].days, statuses[0].status, (PUBLISHED - timedelta(days=3), turn)),
            Status((None, _day(dice)), known=(turn, None)),
        )
    return Person(
        number, acts, statuses, death,
        roles=tuple(dice.sample(("journalist", "lawyer", "hrd"), dice.randrange(3))),
        gender=dice.choice(("female", "male", "")),
        state="published" if dice.random() < 0.9 else "proposed",
        canonical=number - 1 if number % 10 == 9 else None,
        level=dice.choice(("name", "name", "code", "pseudonym")),
        approvals=_approvals(dice) if corrected and dice.random() < 0.4 else None,
    )  # fmt: skip


def _approvals(dice: random.Random) -> tuple[datetime, ...]:
    """Give approvals that come late or not at all after what they approve."""
    days = (dice.randrange(1, 1600) for _ in range(dice.randrange(4)))
    return tuple(PUBLISHED + timedelta(days=day) for day in days)


def _acts(dice: random.Random, corrected: bool) -> list[Act]:  # noqa: FBT001 - passed on
    act = _one_act(dice)
    if not corrected or dice.random() > 0.3:
        return [act]
    turn = PUBLISHED + timedelta(days=dice.randrange(-30, 1500))
    later = _one_act(dice)
    return [
        Act(**{**vars(act), "id": uuid.uuid4(), "known": (PUBLISHED - timedelta(days=90), turn)}),
        Act(**{**vars(later), "id": uuid.uuid4(), "known": (turn, None), "claim": act.claim}),
    ]


def _one_act(dice: random.Random) -> Act:
    start = _day(dice)
    doubt = timedelta(days=dice.choice((0, 0, 0, 12, 40)))
    end: tuple[date | None, date | None] = (None, None)
    if dice.random() < 0.7:
        last = start + timedelta(days=dice.randrange(900))
        end = (last, dice.choice((last, last, last + timedelta(days=33), None)))
    return Act(
        (start, start + doubt), end, dice.choice(list(Tier)),
        in_stock=dice.random() < 0.85,
        died=dice.random() < 0.1 and end[1] is not None,
        confirmed=tuple(sorted(_day(dice) for _ in range(dice.choice((0, 0, 1, 2))))),
    )  # fmt: skip


def _day(dice: random.Random) -> date:
    if dice.random() < 0.05:
        return date(dice.choice((2016, 2020)), 2, 29)
    return DAWN + timedelta(days=dice.randrange((DUSK - DAWN).days))


def _known(known: tuple[datetime, datetime | None], at: datetime) -> bool:
    return known[0] <= at and (known[1] is None or at < known[1])


def _spell(who: int, act: Act, *, named: bool) -> Spell:
    start = [day_counted(day, named=named) for day in act.start]
    end = [day_counted(day, named=named) for day in act.end]
    first, latest = start
    assert first is not None
    assert latest is not None
    return Spell(
        who, first, latest, end[0], end[1],
        tier=act.tier, in_stock=act.in_stock, died=act.died,
        confirmed=act.confirmed if named else tuple(map(month_end, act.confirmed)),
    )  # fmt: skip


def _columns(rows: list[tuple[int, int, int]]) -> list[Any]:
    return [np.array([row[place] for row in rows], dtype=np.int64) for place in range(3)]


def _base() -> dict[str, Any]:
    return {"id": uuid.uuid4(), "holder": HOLDER, "sharing": "organisation"}


def _party(person: Person) -> dict[str, Any]:
    earliest, latest = person.death or (None, None)
    return _base() | {
        "id": person.id, "kind": "person", "gender": person.gender, "birth": "", "death": "",
        "death_earliest": earliest, "death_latest": latest, "nationalities": [], "country": "XR",
        "roles": list(person.roles), "canonical": uuid.UUID(int=10_000 + person.leader),
        "recorded_at": PUBLISHED, "recorded_by": ONE,
        "withdrawn_at": PUBLISHED if person.withdrawn else None,
    }  # fmt: skip


def _name(person: Person) -> dict[str, Any]:
    return _base() | {
        "party_id": person.id, "text": f"Invented {person.number}", "kind": "full",
        "script": "Latn", "language": "",
        "search_form": f"invented {person.number}", "primary": True,
        "recorded_at": PUBLISHED,
    }  # fmt: skip


def _act(person: Person, event: uuid.UUID, act: Act) -> dict[str, Any]:
    texts = (
        "ground", "start", "end", "expected_end", "admin1", "city", "facility", "authority", "law",
        "stage", "sentence_kind", "whereabouts", "health_alert",
    )  # fmt: skip
    return _base() | dict.fromkeys(texts, "") | {
        "id": person.row_of(act), "claim": uuid.uuid5(person.id, str(act.claim)), "event_id": event,
        "victim_id": person.id,
        "category": "deprivation_of_liberty", "type": "prison", "vocabulary": "act_types-1",
        "start_earliest": act.start[0], "start_latest": act.start[1], "end_earliest": act.end[0],
        "end_latest": act.end[1], "confirmed": list(act.confirmed), "country": act.country,
        "law_category": act.law, "release_type": "died" if act.died else "",
        "tier": act.tier.name, "in_stock": act.in_stock, "recorded_from": act.known[0],
        "recorded_to": act.known[1], "recorded_by": ONE,
    }  # fmt: skip


def _status(person: Person, status: Status) -> dict[str, Any]:
    return _base() | {
        "party_id": person.id, "standard": STANDARD, "standard_version": "1",
        "status": status.status, "reason": "", "reason_public": False,
        "effective_from": status.days[0], "effective_to": status.days[1], "proposed_by": ONE,
        "decided_by": OTHER, "recorded_from": status.known[0], "recorded_to": status.known[1],
    }  # fmt: skip


def _publication(person: Person) -> dict[str, Any]:
    out = person.state == "published"
    down = person.state == "taken_down"
    return _base() | {
        "party_id": person.id, "reference": person.reference, "state": person.state,
        "embargo_until": person.embargo, "proposed_by": ONE, "proposed_at": PUBLISHED,
        "published_by": OTHER if out else None, "published_at": PUBLISHED if out else None,
        "taken_down_by": OTHER if down else None, "taken_down_at": PUBLISHED if down else None,
    }  # fmt: skip


def _grant(person: Person) -> dict[str, Any]:
    return _base() | {
        "subject": person.id, "purpose": "registry", "audience": "public", "level": person.level,
        "field_groups": list(person.groups), "basis": person.basis, "relation": "",
        "how": "invented",
        "given_on": date(2020, 1, 1), "until": person.until, "recorded_at": PUBLISHED,
        "recorded_by": ONE,
    }  # fmt: skip
