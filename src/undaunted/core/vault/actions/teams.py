"""Teams: founding one, taking somebody in, letting somebody go. Only record keys are re-sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.actions.records import lock_team, require_settled, reseal_team
from undaunted.core.vault.models import KeyCheck, Member, PublicKey, Team, mark
from undaunted.core.vault.queries import (
    is_barred_in,
    member_for,
    recipient_of,
    team_for,
    team_keys,
    two_agreed,
)
from undaunted.core.vault.rules import AdmissionRefused, BarredHere, NoKeyPair, NoRecipients

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "add_member",
    "compare_key",
    "found_team",
    "go_on_resealing",
    "remove_member",
]


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


def add_member(  # noqa: PLR0913  (whom, where, with which key, by whom, when, how far)
    team: UUID,
    user: UUID,
    *,
    key: OpenKey,
    actor: Actor,
    at: datetime,
    most: int | None = None,
) -> int:
    """Take somebody in whom two people agreed on, and seal every record's key to them too.

    Gives how many were re-sealed; with `most`, the rest waits for `go_on_resealing`. Raises
    `Forbidden`, `NotThatTeam`, `BarredHere`, `ResealingUnfinished`, `NoKeyPair` where they have
    made no key pair yet, and `AdmissionRefused` where nobody has approved.
    """
    found = team_for(actor, team)
    require(actor, Verb.MANAGE_TEAM, Facts(holder=found.holder))
    recipient_of(actor, user)
    with transaction.atomic():
        lock_team(team)
        require_settled([team])
        _require_all(team, actor)
        if not two_agreed(actor, team, user):
            raise AdmissionRefused("alone")
        _take_in(found, user, at=at)
        recipients = team_keys(actor, team).recipients
        done = reseal_team(team, recipients, key=key, actor=actor, at=at, most=most)
        detail = {"user": str(user), "resealed": done}
        _note("team.member_added", found, actor=actor, at=at, detail=detail)
    return done


def remove_member(  # noqa: PLR0913  (as `add_member`)
    team: UUID,
    user: UUID,
    *,
    key: OpenKey,
    actor: Actor,
    at: datetime,
    most: int | None = None,
) -> int:
    """Let somebody go and seal every record's key to the others only; how many were re-sealed.

    With `most`, the rest waits for `go_on_resealing`; the row of who left is closed at once.
    What they opened before, they have seen; what is in the database they cannot open any more.
    Raises `Forbidden`, `NotThatTeam`, `BarredHere`, `NoRecipients` for the last member.
    """
    found = team_for(actor, team)
    require(actor, Verb.MANAGE_TEAM, Facts(holder=found.holder))
    place = member_for(actor, team, user)
    with transaction.atomic():
        lock_team(team)
        require_settled([team])
        _require_all(team, actor)
        staying = team_keys(actor, team).without({user})
        if found.duty is not None and not set(staying) - {found.duty}:
            raise NoRecipients("somebody must stay who can open the team's records")
        done = reseal_team(team, staying, key=key, actor=actor, at=at, most=most)
        detail = {"user": str(user), "resealed": done}
        _note("team.member_removed", found, actor=actor, at=at, detail=detail)
        Member.objects.filter(pk=place.pk).update(left_at=at)
    return done


def go_on_resealing(team: UUID, *, key: OpenKey, actor: Actor, at: datetime, most: int) -> int:
    """Seal the next record keys of a team to its members; how many were sealed now.

    Raises `Forbidden`, `NotThatTeam`, and `NotForThisKey` for a member whom they do not reach yet.
    """
    found = team_for(actor, team)
    require(actor, Verb.MANAGE_TEAM, Facts(holder=found.holder))
    with transaction.atomic():
        lock_team(team)
        _require_all(team, actor)
        recipients = team_keys(actor, team).recipients
        done = reseal_team(team, recipients, key=key, actor=actor, at=at, most=most)
        _note("team.resealed", found, actor=actor, at=at, detail={"resealed": done})
    return done


def compare_key(public_key: UUID, *, actor: Actor, at: datetime) -> None:
    """Note that the actor has compared a key's fingerprint with its owner. Raises `NoKeyPair`."""
    found = PublicKey.objects.filter(pk=public_key, retired_at__isnull=True).first()
    if found is None or found.user == actor.person:
        raise NoKeyPair("there is no such key of somebody else in force")
    with transaction.atomic():
        KeyCheck.objects.bulk_create(
            [KeyCheck(public_key=found, by=actor.person, at=at)], ignore_conflicts=True
        )
        record_entry(
            "key.compared",
            actor=actor,
            subject_kind="key",
            subject_id=found.user,
            at=at,
            detail={"generation": found.generation},
        )


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
