"""Recovery: a key that exists only as shares, each with a different organisation.

The ceremony makes it, splits it, shows each share once and forgets it. From then on every person's
private key is also sealed to it. When a passphrase is lost, so many organisations bring their
shares into the session of whoever lost it, and a new key pair takes the place of the old.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from pyrage import x25519

from undaunted.core.access.rules import Forbidden, Verb
from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.actions.keys import replace_key_pair
from undaunted.core.vault.models import Recovery, RecoveryCopy, mark
from undaunted.core.vault.queries import key_pair_for
from undaunted.core.vault.readers import opened
from undaunted.core.vault.rules import (
    KEY_VERSION,
    RECOVERY_KIND,
    WORK,
    Binding,
    NoKeyPair,
    NoRecovery,
    OpenKey,
    SharesDisagree,
    Work,
    combined,
    new_identity,
    split,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from undaunted.core.access.rules import Actor

__all__ = ["Ceremony", "hold_ceremony", "recover_key_pair"]


@dataclass(frozen=True, slots=True, repr=False)
class Ceremony:
    """What a ceremony gives: a share for each organisation, shown once and kept nowhere here."""

    recovery: Recovery
    shares: tuple[tuple[str, str], ...]


def hold_ceremony(
    holders: Sequence[str], threshold: int, *, actor: Actor, at: datetime
) -> Ceremony:
    """Make a recovery key and give its shares; the one before goes out of force.

    Each person's key is copied for the new recovery when they next open it. Until then a lost
    passphrase still needs the shares of the ceremony before: keep them until then. Raises
    `Forbidden`, `NotTheQuorum`.
    """
    if not actor.can(Verb.HOLD_CEREMONY):
        raise Forbidden("only an administrator of accounts holds a ceremony")
    identity = new_identity()
    shares = split(identity, threshold=threshold, holders=holders)
    with transaction.atomic():
        Recovery.objects.filter(retired_at__isnull=True, pending=False).update(retired_at=at)
        recovery = Recovery(
            recipient=str(identity.to_public()),
            threshold=threshold,
            holders=list(holders),
            made_at=at,
            made_by=actor.person,
        )
        recovery.vouched = mark("recovery", recovery.pk, recovery.recipient, threshold)
        recovery.save(force_insert=True)
        record_entry(
            "recovery.made",
            actor=actor,
            subject_kind="recovery",
            subject_id=recovery.pk,
            at=at,
            detail={"threshold": threshold, "shares": len(shares)},
        )
    return Ceremony(recovery, tuple(zip(holders, shares, strict=True)))


def recover_key_pair(
    shares: Sequence[str], passphrase: str, *, actor: Actor, at: datetime, work: Work = WORK
) -> OpenKey:
    """Give the actor a new key pair under `passphrase`, by the shares of a quorum.

    The old private key is opened from its copy, every record key is sealed to the new pair, and the
    old one is destroyed. Raises `NoKeyPair`, `NoRecovery`, `ShareUnreadable`, `NotTheQuorum`,
    `SharesDisagree`, `WeakPassphrase`.
    """
    pair = key_pair_for(actor)
    if pair is None:
        raise NoKeyPair("you never had a key pair, so there is nothing to recover")
    copy = RecoveryCopy.objects.filter(public_key=pair).select_related("recovery").first()
    if copy is None:
        raise NoRecovery("no recovery was in force when you last opened your key")
    identity = combined(shares)
    if str(identity.to_public()) != copy.recovery.recipient:
        raise SharesDisagree("these shares belong to another ceremony than your key's copy")
    bound = Binding(copy.recovery.pk, actor.person, RECOVERY_KIND, KEY_VERSION, pair.generation)
    text = opened(bytes(copy.sealed), bound, identity, key=True)
    old = OpenKey(actor.person, pair.generation, x25519.Identity.from_str(text.decode()))
    with transaction.atomic():
        fresh, done = replace_key_pair(passphrase, key=old, actor=actor, at=at, work=work)
        record_entry(
            "key.recovered",
            actor=actor,
            subject_kind="key",
            subject_id=actor.person,
            at=at,
            right="quorum",
            detail={"recovery": str(copy.recovery.pk), "resealed": done},
        )
    return fresh
