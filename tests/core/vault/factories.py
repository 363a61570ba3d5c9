"""People with open keys and a team, made through the vault's own actions at the lowest work."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import Actor, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.vault.actions import (
    add_member,
    approve_member,
    found_team,
    make_key_pair,
    open_at_terminal,
    propose_member,
)
from undaunted.core.vault.queries import admissions_waiting, team_for
from undaunted.core.vault.rules import FLOOR, OpenKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from undaunted.core.accounts.models import User

__all__ = [
    "PASSPHRASE",
    "Colleague",
    "Office",
    "admit",
    "make_colleague",
    "make_office",
    "take_in",
]

PASSPHRASE = "seven quiet lanterns by the river"


@dataclass
class Colleague:
    """Somebody who works here, with their private key open."""

    user: User
    key: OpenKey

    @contextmanager
    def acting(self) -> Iterator[Actor]:
        """Act as this person in one transaction."""
        with acting_as(self.user) as actor:
            yield actor


@dataclass
class Office:
    """An organisation with a steward, a caseworker and a team of both that receives."""

    holder: UUID
    team: UUID
    steward: Colleague
    caseworker: Colleague


def make_colleague(
    owner_sql: Any, roles: dict[UUID, list[Role]], *, passphrase: str = PASSPHRASE
) -> Colleague:
    """Make a person with a key pair that costs the least work, so that tests stay quick."""
    user = make_user(owner_sql, roles)
    with acting_as(user) as actor:
        make_key_pair(passphrase, actor=actor, at=timezone.now(), work=FLOOR)
        return Colleague(user, _opened(passphrase, actor))


def make_office(owner_sql: Any) -> Office:
    """Make an office whose team has two members."""
    holder = make_organisation(owner_sql)
    steward = make_colleague(owner_sql, {holder: [Role.STEWARD]})
    caseworker = make_colleague(owner_sql, {holder: [Role.DOCUMENTER]})
    with steward.acting() as actor:
        team = found_team(holder, "Casework", receives=True, actor=actor, at=timezone.now()).pk
    take_in(owner_sql, team, caseworker.user.pk, by=steward)
    return Office(holder, team, steward, caseworker)


def admit(owner_sql: Any, team: UUID, person: UUID, *, by: Colleague) -> User:
    """Let a steward propose somebody for a team, and a second agree; makes and gives the second."""
    with by.acting() as actor:
        holder = team_for(actor, team).holder
    second = make_user(owner_sql, {holder: [Role.STEWARD]})
    with acting_as(by.user, kind="terminal") as actor:
        propose_member(team, person, actor=actor, at=timezone.now())
    with acting_as(second, kind="terminal") as actor:
        waiting = admissions_waiting(actor).get(team=team, person=person)
        approve_member(waiting.pk, actor=actor, at=timezone.now())
    return second


def take_in(owner_sql: Any, team: UUID, person: UUID, *, by: Colleague) -> int:
    """Take somebody into a team through both doors; gives how many records were re-sealed."""
    admit(owner_sql, team, person, by=by)
    with by.acting() as actor:
        return add_member(team, person, key=by.key, actor=actor, at=timezone.now())


def _opened(passphrase: str, actor: Actor) -> OpenKey:
    return open_at_terminal(passphrase, actor=actor, at=timezone.now(), work=FLOOR)
