"""Giving records to another team of the same organisation: their keys are sealed to it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.actions.records import lock_team, sealed_anew
from undaunted.core.vault.models import mark
from undaunted.core.vault.queries import bars_for, record_for, team_for, team_keys
from undaunted.core.vault.rules import NotThatTeam

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = ["close_team", "move_records"]


def move_records(
    records: Collection[UUID], target: UUID, *, key: OpenKey, actor: Actor, at: datetime
) -> None:
    """Seal the keys of records to the members of `target` alone, and let it hold the records.

    Whoever is barred stays barred. The actor is in the team that holds them, and in the other too
    or a steward of the organisation. Raises `Forbidden`, `NotThatTeam`, `NoRecipients`.
    """
    with transaction.atomic():
        for record in records:
            held = record_for(actor, record)
            require(actor, Verb.RECORD, Facts(holder=held.tenant))
            if team_for(actor, target).holder != held.tenant or held.team_id == target:
                raise NotThatTeam("choose another team of the same organisation")
            for team in sorted((held.team_id, target)):
                lock_team(team)
            barred = {bar.user for bar in bars_for(actor, [record])}
            to = team_keys(actor, target).without(barred)
            fresh = sealed_anew(record, to, key=key, actor=actor, at=at)
            vouched = mark("record", record, held.tenant, target, held.recipient)
            record_entry(
                "record.moved",
                actor=actor,
                subject_kind="sealed_record",
                subject_id=record,
                at=at,
                detail={"from": str(held.team_id), "to": str(target)},
            )
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT vault_move(%s, %s, %s, %s, %s)",
                    [record, target, vouched, bytes(fresh.sealed), fresh.sequence],
                )


def close_team(team: UUID, *, actor: Actor, at: datetime) -> int:
    """Sign everybody else of a team out and destroy the keys open in their sessions; how many.

    The actor's own sessions stay; their open keys are destroyed too if they are in the team.
    Raises `Forbidden`, `NotThatTeam`.
    """
    found = team_for(actor, team)
    require(actor, Verb.MANAGE_TEAM, Facts(holder=found.holder))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT vault_lock_team(%s)", [team])
            ended = int(cursor.fetchone()[0])
        record_entry(
            "team.closed",
            actor=actor,
            subject_kind="team",
            subject_id=team,
            at=at,
            detail={"sessions": ended},
        )
    return ended
