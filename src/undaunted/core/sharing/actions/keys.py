"""An organisation's keys for sharing: made by a steward, sealed to a team, opened by its members.

The server alone signs nothing and opens nothing: both private halves are the content of a sealed
record of the vault.
"""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.sharing.models import OwnKeys
from undaunted.core.sharing.queries import key_pairs_for
from undaunted.core.sharing.rules import fingerprint, new_seed, public_key
from undaunted.core.vault.actions import new_receiving_key, open_abroad, open_sealed, seal_for
from undaunted.core.vault.queries import team_for
from undaunted.core.vault.rules import NotThatTeam, VaultError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = ["Secrets", "make_own_keys", "open_own_keys", "opened_as_ours"]

KIND, VERSION = "sharing.keys", 1


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """The private halves, open in memory for one action."""

    seed: bytes
    receiving: str


def make_own_keys(holder: UUID, team: UUID, name: str, *, actor: Actor, at: datetime) -> OwnKeys:
    """Make the keys by which an organisation signs and receives; earlier ones retire.

    Partners must compare the new fingerprint before they accept what is signed with it. Raises
    `Forbidden`, `NotThatTeam`, `NoRecipients`.
    """
    require(actor, Verb.MANAGE_TEAM, Facts(holder=holder))
    if team_for(actor, team).holder != holder:
        raise NotThatTeam("the team belongs to another organisation")
    seed, (receiving, recipient) = new_seed(), new_receiving_key()
    secrets = {"seed": base64.b64encode(seed).decode(), "receiving": receiving}
    record = uuid4()
    with transaction.atomic():
        held = seal_for(
            team,
            record,
            json.dumps(secrets).encode(),
            kind=KIND,
            version=VERSION,
            actor=actor,
            at=at,
        )
        OwnKeys.objects.filter(holder=holder, retired_at__isnull=True).update(retired_at=at)
        made = OwnKeys.objects.create(
            holder=holder,
            name=name,
            team=team,
            record=record,
            envelope=held.envelope,
            signing_key=public_key(seed),
            recipient=recipient,
            fingerprint=fingerprint(public_key(seed), recipient),
            made_at=at,
            made_by=actor.person,
        )
        record_entry(
            "share.keys_made",
            actor=actor,
            subject_kind="share_keys",
            subject_id=made.pk,
            at=at,
            detail={"holder": str(holder), "fingerprint": made.fingerprint},
        )
    return made


def open_own_keys(own: OwnKeys, *, key: OpenKey, actor: Actor, at: datetime) -> Secrets:
    """Open both private halves; who did is in the audit trail. Raises a `VaultError`."""
    content = open_sealed(
        bytes(own.envelope), own.record, kind=KIND, version=VERSION, key=key, actor=actor, at=at
    )
    told = json.loads(content)
    return Secrets(base64.b64decode(told["seed"]), told["receiving"])


def opened_as_ours(
    envelopes: Sequence[bytes], holder: UUID, *, key: OpenKey, actor: Actor, at: datetime
) -> list[bytes | None]:
    """Open what others sealed to the receiving keys of an organisation, its earlier ones too.

    None stands for what none of them opens. Raises a `VaultError` where no pair can be opened.
    """
    found: list[bytes | None] = [None] * len(envelopes)
    for own in key_pairs_for(actor).filter(holder=holder).order_by("-made_at"):
        waiting = [place for place, content in enumerate(found) if content is None]
        if not waiting:
            break
        secrets = open_own_keys(own, key=key, actor=actor, at=at)
        for place in waiting:
            with suppress(VaultError):
                found[place] = open_abroad(envelopes[place], secrets.receiving)
    return found
