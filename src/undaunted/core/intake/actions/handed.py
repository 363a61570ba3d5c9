"""Files of the offline form, brought in by any way: taken in like what a browser sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError

from undaunted.core.access.rules import PUBLIC
from undaunted.core.intake.actions.sealed_outside import take_in
from undaunted.core.intake.queries import is_known
from undaunted.core.intake.readers import read_handed
from undaunted.core.vault.rules import NotThatTeam

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor

__all__ = ["AnotherTeam", "HandedInBefore", "take_handed"]


class HandedInBefore(ValueError):
    """What is in this file was handed in before; nothing was taken a second time."""


class AnotherTeam(ValueError):
    """The file is sealed to a team that does not receive on this site; nothing was taken."""


def take_handed(content: bytes, *, at: datetime, actor: Actor = PUBLIC) -> int:
    """Take in what an offline form has saved, all of it or nothing; gives how many mailboxes.

    Raises `SealedUnreadable`, `HandedInBefore`, `AnotherTeam`, and a `VaultError` where an envelope
    is none. Who brings a file says nothing about who wrote it, so nobody is noted.
    """
    sent = read_handed(content)
    if any(is_known(actor, box.record) for box in sent.mailboxes):
        raise HandedInBefore("handed in before")
    try:
        take_in(sent, at=at, actor=actor)
    except NotThatTeam as problem:
        raise AnotherTeam("sealed to a team that does not receive here") from problem
    except IntegrityError as problem:
        raise HandedInBefore("its receipt was handed in before") from problem
    return len(sent.mailboxes)
