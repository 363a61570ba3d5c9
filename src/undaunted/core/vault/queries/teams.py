"""Teams, as far as the actor is in them, and the keys to seal to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connections

from undaunted.core.vault.models import Member, Team, require_mark
from undaunted.core.vault.rules import DESK, NoRecipients, NotThatTeam

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = ["TeamKeys", "member_for", "team_for", "team_keys", "teams_for"]

ON_DUTY = 0
"""Instead of a generation: this key belongs to a team on duty."""


@dataclass(frozen=True, slots=True)
class TeamKeys:
    """Whose records a team opens, and each member's public key in force."""

    holder: UUID
    recipients: dict[UUID, str]

    def without(self, people: set[UUID]) -> dict[UUID, str]:
        """Give the keys of all but `people`."""
        return {who: key for who, key in self.recipients.items() if who not in people}


def teams_for(actor: Actor) -> QuerySet[Team]:
    """Teams the actor is in, or may look after; row security says the same."""
    return Team.objects.all() if not actor.is_public else Team.objects.none()


def team_for(actor: Actor, team: UUID) -> Team:
    """Give one team. Raises `NotThatTeam`."""
    found = teams_for(actor).filter(pk=team).first()
    if found is None:
        raise NotThatTeam("there is no such team for you")
    return found


def member_for(actor: Actor, team: UUID, user: UUID) -> Member:
    """Give somebody's place in a team. Raises `NotThatTeam`."""
    found = Member.objects.filter(
        team=team_for(actor, team), user=user, left_at__isnull=True
    ).first()
    if found is None:
        raise NotThatTeam("this person is not in the team")
    return found


def team_keys(_actor: Actor, team: UUID, *, door: str = DESK) -> TeamKeys:
    """Give the keys to seal to, each vouched for by this instance.

    Raises `NotThatTeam`, `NoRecipients`, `UnvouchedRow`. A member who has made no key pair yet is
    left out; the team is re-sealed when they are added. The emergency key of the team on duty,
    where the team has chosen one, stands under that team's id.
    """
    with connections[door].cursor() as cursor:
        cursor.execute("SELECT * FROM vault_recipients(%s)", [team])
        rows = cursor.fetchall()
    if not rows:
        raise NotThatTeam("there is no such team for you")
    recipients = {}
    for _, member, member_mark, generation, recipient, key_mark in rows:
        if recipient is None:
            continue
        if generation == ON_DUTY:
            require_mark(member_mark, "covered", team, member)
            require_mark(key_mark, "duty", member, recipient)
        else:
            require_mark(member_mark, "member", team, member)
            require_mark(key_mark, "key", member, generation, recipient)
        recipients[member] = recipient
    if not any(row[3] for row in rows):
        raise NoRecipients("nobody in this team has a key pair")
    return TeamKeys(rows[0][0], recipients)
