"""Emergencies: a team on duty has a key to which others seal, and whoever uses it raises an alarm.

There is no key under everything. A team chooses by itself whether another team of its organisation
may open what it holds, and only what was sealed to that team's emergency key then can be opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from pyrage import x25519

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.actions.opening import open_sealed
from undaunted.core.vault.actions.records import lock_team, require_settled, reseal_team
from undaunted.core.vault.actions.sealing import seal_for
from undaunted.core.vault.models import Breaking, Duty, Team, mark
from undaunted.core.vault.queries import (
    alarms_for,
    duty_for,
    duty_place,
    is_barred_in,
    team_for,
    team_keys,
)
from undaunted.core.vault.rules import (
    DUTY_KIND,
    KEY_VERSION,
    BarredHere,
    NotThatTeam,
    OpenKey,
    new_identity,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from undaunted.core.access.rules import Actor

__all__ = ["acknowledge_alarm", "break_glass", "cover_team", "open_in_emergency", "put_on_duty"]


def put_on_duty(team: UUID, *, actor: Actor, at: datetime) -> Duty:
    """Give a team an emergency key, which only its members open; the one it has where it has one.

    Raises `Forbidden`, `NotThatTeam`.
    """
    found = team_for(actor, team)
    require(actor, Verb.MANAGE_TEAM, Facts(holder=found.holder))
    held = duty_for(actor, team)
    if held is not None:
        return held
    identity, record = new_identity(), uuid4()
    recipient = str(identity.to_public())
    with transaction.atomic():
        sealed = seal_for(
            team,
            record,
            str(identity).encode(),
            kind=DUTY_KIND,
            version=KEY_VERSION,
            actor=actor,
            at=at,
        )
        made = Duty.objects.create(
            team=found,
            record=record,
            recipient=recipient,
            envelope=sealed.envelope,
            made_at=at,
            made_by=actor.person,
            vouched=mark("duty", team, recipient),
        )
        _note("team.put_on_duty", "team", team, actor=actor, at=at)
    return made


def cover_team(team: UUID, duty: UUID | None, *, key: OpenKey, actor: Actor, at: datetime) -> int:
    """Choose which team may open a team's records in an emergency, or none; re-seals them all.

    Gives how many were re-sealed. Raises `Forbidden`, `NotThatTeam`, `BarredHere`; the database
    refuses a team of another organisation and one without an emergency key.
    """
    found = team_for(actor, team)
    require(actor, Verb.MANAGE_TEAM, Facts(holder=found.holder))
    if is_barred_in(actor, team):
        raise BarredHere("you are kept from a record of this team; another steward must do this")
    with transaction.atomic():
        lock_team(team)
        require_settled([team])
        vouched = mark("covered", team, duty) if duty else None
        Team.objects.filter(pk=team).update(duty=duty, duty_vouched=vouched)
        recipients = team_keys(actor, team).recipients
        done = reseal_team(team, recipients, key=key, actor=actor, at=at)
        detail = {"duty": str(duty or ""), "resealed": done}
        _note("team.covered", "team", team, actor=actor, at=at, **detail)
    return done


def break_glass(  # noqa: PLR0913  (which, with what, why, with which key, by whom, when)
    record: UUID,
    parts: Collection[UUID] = (),
    *,
    why: str,
    key: OpenKey,
    actor: Actor,
    at: datetime,
) -> OpenKey:
    """Raise the alarm and give a key that opens one record, and what belongs to it, for an hour.

    Without the alarm's row the database shows nothing of the record. Everybody in its team, and
    every steward of the organisation, sees the alarm until one of them takes note of it. `why` is
    a code. Raises `NotThatTeam` for whoever is not on duty for that record.
    """
    place = duty_place(actor, record)
    if place is None:
        raise NotThatTeam("there is no such record for you")
    opened = _emergency_key(place.duty, key=key, actor=actor, at=at)
    with transaction.atomic():
        for each in (record, *parts):
            Breaking.objects.create(
                record=each,
                within=record,
                team=place.team,
                tenant=place.tenant,
                by=actor.person,
                why=why,
                at=at,
                until=at,
            )
        detail = {"why": why, "parts": len(parts)}
        _note("record.broken_open", "sealed_record", record, actor=actor, at=at, **detail)
    return opened


def open_in_emergency(record: UUID, *, key: OpenKey, actor: Actor, at: datetime) -> OpenKey:
    """Give the key again that opens a record on which the actor has raised the alarm.

    Raises `NotThatTeam` without an alarm, or when its hour is over.
    """
    place = duty_place(actor, record)
    raised = Breaking.objects.filter(record=record, by=actor.person, until__gt=at).exists()
    if place is None or not raised:
        raise NotThatTeam("there is no such record for you")
    return _emergency_key(place.duty, key=key, actor=actor, at=at)


def acknowledge_alarm(alarm: UUID, *, actor: Actor, at: datetime) -> None:
    """Take note of an emergency opening of somebody else. Raises `Forbidden`."""
    found = alarms_for(actor).filter(pk=alarm).exclude(by=actor.person).first()
    if found is None:
        raise Forbidden("no such alarm")
    with transaction.atomic():
        same = alarms_for(actor).filter(within=found.within, by=found.by)
        same.update(acknowledged_by=actor.person, acknowledged_at=at)
        detail = {"by": str(found.by)}
        _note("alarm.acknowledged", "sealed_record", found.within, actor=actor, at=at, **detail)


def _emergency_key(duty: UUID, *, key: OpenKey, actor: Actor, at: datetime) -> OpenKey:
    held = duty_for(actor, duty)
    if held is None:
        raise NotThatTeam("there is no such record for you")
    text = open_sealed(
        bytes(held.envelope),
        held.record,
        kind=DUTY_KIND,
        version=KEY_VERSION,
        key=key,
        actor=actor,
        at=at,
        right="emergency",
    )
    return OpenKey(actor.person, key.generation, x25519.Identity.from_str(text.decode()))


def _note(
    verb: str, kind: str, subject: UUID, *, actor: Actor, at: datetime, **detail: object
) -> None:
    record_entry(verb, actor=actor, subject_kind=kind, subject_id=subject, at=at, detail=detail)
