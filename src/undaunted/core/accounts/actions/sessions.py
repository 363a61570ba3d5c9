"""What somebody does to the own account: sessions ended, factors changed, tokens made."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from undaunted.core.access.actions import ask_discreetly
from undaunted.core.access.rules import AccessError, Forbidden
from undaunted.core.accounts.actions.identities import open_identity
from undaunted.core.accounts.models import ApiToken
from undaunted.core.accounts.rules import SCOPES, TOKEN_BEGINS, Scope, identity_digest
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = [
    "TokenRefused",
    "end_other_sessions",
    "end_session",
    "make_token",
    "record_factor_change",
    "record_passphrase_change",
    "sign_out_everywhere",
    "withdraw_token",
]

_LONGEST_DAYS = 366


class TokenRefused(AccessError):
    """A token cannot be made so; the message says what to change."""


def end_session(which: UUID, *, actor: Actor, at: datetime) -> None:
    """End one of the actor's own sessions. Raises `Forbidden` where it is none."""
    if not ask_discreetly("SELECT identity_close_one(%s)", [which])[0][0]:
        raise Forbidden("no such session")
    _record("session.ended", actor, at, {"session": str(which)})


def end_other_sessions(*, actor: Actor, at: datetime) -> int:
    """End all sessions of the actor but the one at hand; gives how many."""
    return _end(actor, at, others_only=True)


def sign_out_everywhere(*, actor: Actor, at: datetime) -> int:
    """End all sessions of the actor, the one at hand too; gives how many."""
    return _end(actor, at, others_only=False)


def make_token(
    label: str, scopes: Collection[str], *, actor: Actor, at: datetime, days: int
) -> tuple[ApiToken, str]:
    """Make a token for programs; gives it with its secret, which is shown once.

    It carries the roles that the person has at each moment, narrowed by its scopes. Raises
    `TokenRefused`, and `Forbidden` for whoever has not signed in with both factors.
    """
    if not actor.second_factor:
        raise Forbidden("the second factor is missing")
    wanted = sorted(set(scopes))
    if not label.strip():
        raise TokenRefused("label: say what the token is for")
    if not wanted or not set(wanted) <= set(SCOPES):
        raise TokenRefused(f"scopes: choose among {', '.join(SCOPES)}")
    if not 1 <= days <= _LONGEST_DAYS:
        raise TokenRefused(f"days: give a number from 1 to {_LONGEST_DAYS}")
    secret = TOKEN_BEGINS + secrets.token_urlsafe(32)
    until = (at + timedelta(days=days)).replace(microsecond=0)
    made = ApiToken.objects.create(
        user_id=actor.person,
        label=label.strip()[:80],
        digest=identity_digest(secret).hex(),
        scopes=[Scope(each).value for each in wanted],
        created_at=at,
        expires_at=until,
    )
    open_identity(secret, user=actor.person, second_factor=True, kind="token", until=until)
    told = {"token": made.pk, "scopes": made.scopes, "until": until.isoformat()}
    _record("token.made", actor, at, told)
    return made, secret


def withdraw_token(token: ApiToken, *, actor: Actor, at: datetime) -> None:
    """End a token of the actor's own, at once and for good."""
    own = ApiToken.objects.filter(pk=token.pk, user_id=actor.person, withdrawn_at__isnull=True)
    if not own.update(withdrawn_at=at):
        raise Forbidden("no such token")
    _record("token.withdrawn", actor, at, {"token": token.pk})


def record_factor_change(
    added: Collection[str], removed: Collection[str], *, actor: Actor, at: datetime
) -> None:
    """Record which kinds of second factor the actor has added and removed."""
    _record("factor.changed", actor, at, {"added": sorted(added), "removed": sorted(removed)})


def record_passphrase_change(*, actor: Actor, at: datetime) -> None:
    """Record that the actor has another passphrase, and end the other sessions."""
    ended = ask_discreetly("SELECT identity_close_all(true)", [])[0][0]
    _record("passphrase.changed", actor, at, {"sessions_ended": ended})


def _end(actor: Actor, at: datetime, *, others_only: bool) -> int:
    _record("sessions.ended", actor, at, {"others_only": others_only})
    return int(ask_discreetly("SELECT identity_close_all(%s)", [others_only])[0][0])


def _record(verb: str, actor: Actor, at: datetime, told: dict[str, object]) -> None:
    record_entry(
        verb, actor=actor, subject_kind="user", subject_id=actor.person, at=at, detail=told
    )
