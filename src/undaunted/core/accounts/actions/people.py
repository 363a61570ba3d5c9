"""Rights that end: one administrator of accounts takes them, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.actions import ask_discreetly
from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.accounts.models import Membership

__all__ = ["close_account", "withdraw_role"]


def close_account(whose: UUID, *, actor: Actor, at: datetime) -> None:
    """End an account: no role, no way in, and the id in place of the name.

    Raises `Forbidden` unless every role of the person lies in organisations that the actor
    administers.
    """
    _within("SELECT account_close(%s)", [whose])
    _record("account.closed", whose, actor, at, {})


def withdraw_role(membership: Membership, *, actor: Actor, at: datetime) -> None:
    """Take a role away; it ends at once, in open sessions too."""
    require(actor, Verb.MANAGE_ACCOUNTS, Facts(holder=membership.organisation_id))
    told = {"organisation": str(membership.organisation_id), "role": membership.role}
    _record("role.withdrawn", membership.user_id, actor, at, told)
    membership.delete()


def _within(statement: str, parameters: list[object]) -> None:
    """Run a step that the database allows an administrator over people of their own only."""
    with transaction.atomic():
        if not ask_discreetly(statement, parameters)[0][0]:
            raise Forbidden("the person has no role, or one outside the actor's organisations")


def _record(verb: str, whose: UUID, actor: Actor, at: datetime, told: Mapping[str, object]) -> None:
    record_entry(verb, actor=actor, subject_kind="user", subject_id=whose, at=at, detail=told)
