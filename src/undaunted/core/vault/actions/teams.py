"""Teams: founding one, taking somebody in, letting somebody go. Only record keys are re-sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.actions.records import lock_team, reseal_team
from undaunted.core.vault.models import Member, Team, mark
from undaunted.core.vault.queries import (
    is_barred_in,
    member_for,
    recipient_of,
    team_for,
    team_keys,
)
from undaunted.core.vault.rules import BarredHere, NoRecipients

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = ["add_member", "found_team", "remove_member"]


def found_team(
    holder: UUID, name: str, *, receives: bool = False, actor: Actor, at: datetime
) -> Team:
    """Found a team of an organisation, with whoever founds it as its first member.

    A team that `receives` may be sealed to by people without an account. Raises `Forbidden`,
    `NoKeyPair`.
    """
    require(actor, Verb.MANAGE_TEAM, Facts(holder=holder))
    recipient_of(actor, actor.person)
    with transaction.atomic():
        team = Team.objects.create(
            holder=holder, name=name, receives=receives, made_at=at, made_by=actor.person
        )
        _take_in(team, actor.person, at=at)
        _note("team.founded", team, actor=actor, at=at, detail={"receives": receives})
    return team


def add_member(team: UUID, user: UUID, *, key: OpenKey, actor: Actor, at: datetime) -> int:
    """Take somebody into a team and seal every record's key to them too; how many were re-sealed.

    Raises `Forbidden`, `NotThatTeam`, `BarredHere`, `NoKeyPair` where they have made no key pair
    yet.
    """
    found = team_for(actor, team)
    require(actor, Verb.MANAGE_TEAM, Facts(holder=found.holder))
    recipient_of(actor, user)
    with transaction.atomic():
        lock_team(team)
        _require_all(team, actor)
        _take_in(found, user, at=at)
        recipients = team_keys(actor, team).recipients
        done = reseal_team(team, recipients, key=key, actor=actor, at=at)
        detail = {"user": str(user), "resealed": done}
        _note("team.member_added", found, actor=actor, at=at, detail=detail)
    return done


def remove_member(team: UUID, user: UUID, *, key: OpenKey, actor: Actor, at: datetime) -> int:
    """Let somebody go and seal every record's key to the others only; how many were re-sealed.

    What they opened before, they have seen; what is in the database they cannot open any more.
    Raises `Forbidden`, `NotThatTeam`, `BarredHere`, `NoRecipients` for the last member.
    """
    found = team_for(actor, team)
    require(actor, Verb.MANAGE_TEAM, Facts(holder=found.holder))
    place = member_for(actor, team, user)
    with transaction.atomic():
        lock_team(team)
        _require_all(team, actor)
        staying = team_keys(actor, team).without({user})
        if found.duty is not None and not set(staying) - {found.duty}:
            raise NoRecipients("somebody must stay who can open the team's records")
        done = reseal_team(team, staying, key=key, actor=actor, at=at)
        detail = {"user": str(user), "resealed": done}
        _note("team.member_removed", found, actor=actor, at=at, detail=detail)
        Member.objects.filter(pk=place.pk).update(left_at=at)
    return done


def _require_all(team: UUID, actor: Actor) -> None:
    """Let only those re-seal a team's records who see all of them."""
    if is_barred_in(actor, team):
        raise BarredHere(
            "you are kept from a record of this team, so another steward in it must do this"
        )


def _take_in(team: Team, user: UUID, *, at: datetime) -> None:
    Member.objects.create(team=team, user=user, since=at, vouched=mark("member", team.pk, user))


def _note(verb: str, team: Team, *, actor: Actor, at: datetime, detail: dict[str, object]) -> None:
    record_entry(verb, actor=actor, subject_kind="team", subject_id=team.pk, at=at, detail=detail)
