"""Taking in what was sealed elsewhere: in a reporter's browser, or in a form handed over by hand.

The server never sees the content or the record's private key, and so cannot check what is inside;
opening does, exactly as for what was sealed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.vault.actions.placing import (
    keep_record,
    note_sealing,
    place_of,
    wait_for_team,
)
from undaunted.core.vault.queries import team_keys
from undaunted.core.vault.rules import (
    AGE,
    DESK,
    HEAD,
    Binding,
    NotAnEnvelope,
    SealRefused,
    recipient_from,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["take_sealed"]

LARGEST_KEY = 65_536


def take_sealed(  # noqa: PLR0913  (as `seal_for`, and what the browser made)
    team: UUID,
    record: UUID,
    start: bytes,
    *,
    kind: str,
    version: int,
    sequence: int = 1,
    recipient: str = "",
    sealed_key: bytes = b"",
    actor: Actor,
    at: datetime,
    door: str = DESK,
) -> Binding:
    """Take in an envelope that begins with `start` (4096 bytes, or all where it is shorter).

    For a new record the sender has made its key pair: `recipient` is the public half and
    `sealed_key` the private half, sealed to every member of the team as kind `vault.key`, version
    and sequence 1. For one that exists, `sequence` must be the next. Raises `NotAnEnvelope`,
    `SealRefused`, and what `seal_for` does.
    """
    if not start.startswith(AGE) or len(start) > HEAD:
        raise NotAnEnvelope(f"give the first {HEAD} bytes of a binary age v1 file")
    with transaction.atomic(using=door):
        place = place_of(team, record, kind, version, door=door)
        if place is None:
            wait_for_team(team, door=door)
            holder = team_keys(actor, team, door=door).holder
            if not sealed_key.startswith(AGE) or len(sealed_key) > LARGEST_KEY:
                raise NotAnEnvelope("the key of a new record must come with it, sealed")
            recipient_from(recipient)
            keep_record(team, record, holder, recipient, sealed_key, at=at, door=door)
            bound = Binding(holder, record, kind, version, 1)
        else:
            bound = place.binding
        if bound.sequence != sequence:
            what = "ask for the next number and seal again"
            raise SealRefused(f"sequence {sequence}: the next is {bound.sequence}; {what}")
        note_sealing(bound, start, actor=actor, at=at, door=door)
    return bound
