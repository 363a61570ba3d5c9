"""Into a team by two: a steward proposes somebody, a second person approves.

What is approved is carried out by `add_member`, which needs an open key. The database holds that
there are two (migration 0005); a steward, or a member of the team, is the second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.queries import admission_for, team_for
from undaunted.core.vault.rules import AdmissionRefused

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["approve_member", "decline_member", "propose_member"]


def propose_member(team: UUID, person: UUID, *, actor: Actor, at: datetime) -> None:
    """Propose somebody of the organisation for a team; nothing is opened to them yet.

    Raises `Forbidden`, `NotThatTeam`, `AdmissionRefused`.
    """
    found = team_for(actor, team)
    require(actor, Verb.MANAGE_TEAM, Facts(holder=found.holder))
    with transaction.atomic():
        _asked("SELECT vault_propose_member(%s, %s)", team, person)
        _note("team.member_proposed", team, person, actor=actor, at=at)


def approve_member(admission: UUID, *, actor: Actor, at: datetime) -> None:
    """Agree that somebody comes into a team, as a second person.

    Raises `AdmissionRefused`, also for whoever owes their own place to the one who proposes.
    """
    found = admission_for(actor, admission)
    with transaction.atomic():
        _asked("SELECT vault_answer_admission(%s, true)", admission)
        _note("team.member_approved", found.team_id, found.person, actor=actor, at=at)


def decline_member(admission: UUID, *, actor: Actor, at: datetime) -> None:
    """End a proposal, approved or not: whoever made it takes it back, others decline it.

    Raises `AdmissionRefused`.
    """
    found = admission_for(actor, admission)
    with transaction.atomic():
        _asked("SELECT vault_answer_admission(%s, false)", admission)
        _note("team.member_declined", found.team_id, found.person, actor=actor, at=at)


def _asked(statement: str, *values: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        refused = cursor.fetchone()[0]
    if refused:
        raise AdmissionRefused(refused)


def _note(verb: str, team: UUID, person: UUID, *, actor: Actor, at: datetime) -> None:
    detail = {"user": str(person)}
    record_entry(verb, actor=actor, subject_kind="team", subject_id=team, at=at, detail=detail)
