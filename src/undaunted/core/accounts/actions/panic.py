"""The panic lock: out everywhere at once, no key open, and back only with two colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.actions import ask_discreetly
from undaunted.core.access.rules import Forbidden
from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.actions import close_everywhere

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["panic", "unlock_account"]


def panic(*, lock: bool, actor: Actor, at: datetime) -> None:
    """Destroy the actor's open keys, end every session of theirs, and with `lock` keep them out.

    A locked account is let in again when two colleagues of an organisation have agreed; its tokens
    are withdrawn. The session at hand ends too: let the browser forget it.
    """
    with transaction.atomic():
        close_everywhere(actor=actor, at=at)
        record_entry(
            "panic.locked" if lock else "panic.closed",
            actor=actor,
            subject_kind="user",
            subject_id=actor.person,
            at=at,
        )
        if lock:
            ask_discreetly("SELECT account_lock()", [])
        ask_discreetly("SELECT identity_close_all(false)", [])


def unlock_account(lock: UUID, *, actor: Actor, at: datetime) -> bool:
    """Agree that a colleague is let in again; gives whether two have agreed and they are.

    Raises `Forbidden` where there is no such lock, or it is the actor's own.
    """
    with transaction.atomic():
        agreed = ask_discreetly("SELECT account_unlock(%s)", [lock])[0][0]
        if agreed is None:
            raise Forbidden("no such lock")
        record_entry(
            "lock.lifted" if agreed else "lock.lifting_agreed",
            actor=actor,
            subject_kind="lock",
            subject_id=lock,
            at=at,
        )
    return bool(agreed)
