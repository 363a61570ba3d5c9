"""Who holds shares, who is in a team or could be, and what would be lost with one's key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, Q

from undaunted.core.vault.models import KeyCheck, RecordKey, Share, Team, require_mark
from undaunted.core.vault.queries.teams import team_for, teams_for
from undaunted.core.vault.rules import NotTheQuorum, NotYourShare, fingerprint_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = [
    "Colleague",
    "Holder",
    "Resealing",
    "ShareState",
    "Standing",
    "colleagues_for",
    "holder_named",
    "houses_for",
    "own_share",
    "resealing_of",
    "shares_for",
    "standings_for",
]


@dataclass(frozen=True, slots=True)
class ShareState:
    """One share of the ceremony under way (`pending`) or in force."""

    pending: bool
    number: int
    organisation: str
    holder: str
    taken_at: datetime | None
    checked_at: datetime | None
    own: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who is to hold a share, with the public key it is sealed to."""

    organisation: UUID
    name: str
    person: UUID
    recipient: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of a team's organisation: in the team since when, and with which key."""

    person: UUID
    name: str
    since: datetime | None
    key: UUID | None
    generation: int
    fingerprint: str
    compared: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What the actor opens with a team, and who else could."""

    team: Team
    records: int
    others: int


@dataclass(frozen=True, slots=True)
class Resealing:
    """How far the keys of a team's records are sealed anew."""

    done: int
    total: int


def shares_for(_actor: Actor) -> tuple[ShareState, ...]:
    """Give the shares of the ceremony in force, then of the one under way."""
    return tuple(ShareState(*row) for row in _rows("SELECT * FROM vault_shares()"))


def own_share(actor: Actor) -> Share:
    """Give the share that waits for the actor to write it down. Raises `NotYourShare`."""
    waiting = Share.objects.select_related("recovery").filter(
        person=actor.person, sealed__isnull=False, recovery__retired_at__isnull=True
    )
    found = waiting.first()
    if found is None:
        raise NotYourShare("no share waits for you")
    return found


def houses_for(_actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """Give the organisations of this instance, by name."""
    return tuple(_rows("SELECT id, name FROM vault_houses()"))


def holder_named(actor: Actor, organisation: UUID, name: str) -> Holder:
    """Give somebody by their exact user name, for an administrator who hands out shares.

    Raises `NotTheQuorum` where nobody of that organisation has this name and a key, and
    `UnvouchedRow`.
    """
    rows = _rows("SELECT * FROM vault_holder(%s, %s)", organisation, name)
    if not rows:
        raise NotTheQuorum(f"nobody of that organisation is called {name} and has a key")
    person, generation, recipient, mark = rows[0]
    require_mark(mark, "key", person, generation, recipient)
    house = dict(houses_for(actor))[organisation]
    return Holder(organisation, house, person, recipient)


def colleagues_for(actor: Actor, team: UUID) -> tuple[Colleague, ...]:
    """Give the people of a team's organisation, its members first. Raises `UnvouchedRow`."""
    team_for(actor, team)
    rows = _rows("SELECT * FROM vault_people(%s)", team)
    compared = set(KeyCheck.objects.filter(by=actor.person).values_list("public_key", flat=True))
    made = []
    for person, name, since, key, generation, recipient, mark in rows:
        if key is not None:
            require_mark(mark, "key", person, generation, recipient)
        shown = fingerprint_of(recipient) if key else ""
        made.append(Colleague(person, name, since, key, generation or 0, shown, key in compared))
    return tuple(sorted(made, key=lambda each: each.since is None))


def standings_for(actor: Actor) -> tuple[Standing, ...]:
    """Give what the actor opens, team by team, and how many others hold a key to the same."""
    mine = teams_for(actor).filter(members__user=actor.person, members__left_at__isnull=True)
    counted = mine.annotate(
        held=Count("records", filter=Q(records__erased_at__isnull=True), distinct=True)
    ).order_by("name")
    return tuple(
        Standing(team, team.held, _others(colleagues_for(actor, team.pk), actor))
        for team in counted
    )


def resealing_of(actor: Actor, team: UUID) -> Resealing | None:
    """Give how far a team's re-sealing is, None where none is under way."""
    found = team_for(actor, team)
    if found.resealing_since is None:
        return None
    rows = RecordKey.objects.filter(record__team=team)
    left = rows.filter(sealed_at__lt=found.resealing_since).count()
    total = rows.count()
    return Resealing(total - left, total)


def _others(people: Sequence[Colleague], actor: Actor) -> int:
    return sum(bool(each.since and each.key) and each.person != actor.person for each in people)


def _rows(statement: str, *values: Any) -> list[Any]:  # noqa: ANN401
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return list(cursor.fetchall())
