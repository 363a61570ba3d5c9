"""What somebody saves before they hand it in: sealed to their receipt, and gone when handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import connections

from undaunted.core.access.rules import PUBLIC
from undaunted.core.intake.rules import DRAFT, VERSION, LetterUnreadable, read_draft, write_draft
from undaunted.core.vault.actions import open_outside, seal_outside
from undaunted.core.vault.rules import AGE, INTAKE, Binding, NotAnEnvelope, VaultError

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.rules import Draft, Receipt

__all__ = [
    "DraftTooLarge",
    "HandedInAlready",
    "drop_old_drafts",
    "keep_draft",
    "keep_sealed_draft",
    "open_draft",
]

NOBODY: Final = UUID(int=0)
"""A draft belongs to no organisation."""


LARGEST_DRAFT: Final = 2_200_000
"""Bytes of a sealed draft; the table refuses more."""


class DraftTooLarge(ValueError):
    """More than a draft may hold; an earlier draft stays as it was."""


class HandedInAlready(ValueError):
    """With this receipt something was handed in already; nothing can be saved beside it."""


def keep_draft(draft: Draft, receipt: Receipt, *, actor: Actor = PUBLIC) -> None:
    """Seal a draft to its receipt, over an earlier one.

    Raises `DraftTooLarge`, `HandedInAlready`.
    """
    bound = _bound(receipt.lookup)
    envelope = seal_outside(write_draft(draft), bound, secret=receipt.secret)
    keep_sealed_draft(receipt.lookup, envelope, actor=actor)


def keep_sealed_draft(lookup: bytes, envelope: bytes, *, actor: Actor = PUBLIC) -> None:
    """Keep a draft that a browser has sealed.

    Raises `NotAnEnvelope`, `DraftTooLarge`, `HandedInAlready`.
    """
    assert actor.is_public  # noqa: S101 - nobody signed in holds a receipt
    if not envelope.startswith(AGE):
        raise NotAnEnvelope("a draft is a binary age v1 file")
    if len(envelope) > LARGEST_DRAFT:
        raise DraftTooLarge(f"a draft has at most {LARGEST_DRAFT} bytes")
    if not _asked("SELECT intake_keep_draft(%s, %s)", lookup, envelope):
        raise HandedInAlready("this receipt has a mailbox")


def open_draft(envelope: bytes, receipt: Receipt, *, actor: Actor = PUBLIC) -> Draft | None:
    """Open a draft with its receipt; None where it cannot be read."""
    assert actor.is_public  # noqa: S101 - nobody signed in holds a receipt
    try:
        return read_draft(open_outside(envelope, _bound(receipt.lookup), secret=receipt.secret))
    except (VaultError, LetterUnreadable):
        return None


def drop_old_drafts(*, actor: Actor = PUBLIC) -> int:
    """Delete drafts that nobody has handed in for seven days; gives how many."""
    assert actor.is_public  # noqa: S101 - the worker acts for nobody
    return int(str(_asked("SELECT intake_drop_old_drafts()")))


def _bound(lookup: bytes) -> Binding:
    return Binding(NOBODY, UUID(bytes=lookup[:16]), DRAFT, VERSION, 1)


def _asked(statement: str, *asked: bytes) -> object:
    with connections[INTAKE].cursor() as cursor:
        cursor.execute(statement, asked)
        found = cursor.fetchone()
    return found and found[0]
