"""A ceremony whose holders each take their own share, at their own desk.

Whoever begins it sees no share: each is sealed to the key of its holder, who writes the words down
and types them back. Then the sealed share is destroyed; with the last one the recovery is in force.
Until then the recovery before stays in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.core.access.rules import Forbidden, Verb
from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.models import Recovery, Share, mark
from undaunted.core.vault.queries import own_share, recovery_for
from undaunted.core.vault.readers import opened
from undaunted.core.vault.rules import (
    KEY_VERSION,
    SHARE_KIND,
    Binding,
    NoRecovery,
    NotForThisKey,
    NotTheQuorum,
    NotYourShare,
    SharesDisagree,
    combined,
    new_identity,
    read_share,
    share_digest,
    split,
)
from undaunted.core.vault.writers import sealed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.queries import Holder
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "abandon_ceremony",
    "begin_ceremony",
    "check_share",
    "rehearse_recovery",
    "show_share",
    "take_share",
]


def begin_ceremony(
    holders: Sequence[Holder], threshold: int, *, actor: Actor, at: datetime
) -> Recovery:
    """Make a recovery key and seal a share of it to each holder; it is not in force yet.

    Raises `Forbidden`, `NotTheQuorum`.
    """
    if not actor.can(Verb.HOLD_CEREMONY):
        raise Forbidden("only an administrator of accounts holds a ceremony")
    if len({each.person for each in holders}) != len(holders):
        raise NotTheQuorum("one person cannot hold two shares")
    if Recovery.objects.filter(pending=True, retired_at__isnull=True).exists():
        raise NotTheQuorum("a ceremony is under way; end it or break it off first")
    identity = new_identity()
    words = split(identity, threshold=threshold, holders=[each.name for each in holders])
    recovery = Recovery(
        recipient=str(identity.to_public()),
        threshold=threshold,
        holders=[each.name for each in holders],
        made_at=at,
        made_by=actor.person,
        pending=True,
    )
    recovery.vouched = mark("recovery", recovery.pk, recovery.recipient, threshold)
    with transaction.atomic():
        recovery.save(force_insert=True)
        for number, (holder, share) in enumerate(zip(holders, words, strict=True), start=1):
            _lay_by(recovery, number, holder, share)
        detail = {"threshold": threshold, "shares": len(words)}
        _note("recovery.begun", recovery.pk, actor=actor, at=at, detail=detail)
    return recovery


def show_share(*, key: OpenKey, actor: Actor, at: datetime) -> str:
    """Give the actor the words of the share that waits for them. Raises `NotYourShare`."""
    share = own_share(actor)
    if key.user != actor.person:
        raise NotForThisKey("this is somebody else's key")
    bound = Binding(share.recovery_id, actor.person, SHARE_KIND, KEY_VERSION, share.number)
    words = opened(bytes(share.sealed or b""), bound, key.identity)
    detail = {"number": share.number}
    _note("share.shown", share.recovery_id, actor=actor, at=at, detail=detail)
    return words.decode()


def take_share(words: str, *, actor: Actor, at: datetime) -> bool:
    """Note that the actor has their share on paper, and destroy it here; whether all have now.

    Raises `ShareUnreadable`, and `NotYourShare` where the words are not those of the share.
    """
    share = own_share(actor)
    with transaction.atomic():
        answer = _asked("vault_take_share(%s, %s)", share.pk, share_digest(read_share(words)))
        if answer == "refused":
            raise NotYourShare("these are not the words of your share; compare each with the sheet")
        detail = {"number": share.number}
        _note("share.taken", share.recovery_id, actor=actor, at=at, detail=detail)
        if answer == "in force":
            _note("recovery.made", share.recovery_id, actor=actor, at=at, detail={})
    return answer == "in force"


def check_share(words: str, *, actor: Actor, at: datetime) -> None:
    """Note that the actor's sheet can still be read and is that of the recovery in force.

    The words are compared with a digest and forgotten; no share meets another. Raises
    `NoRecovery`, `ShareUnreadable`, `NotYourShare`.
    """
    recovery = recovery_for(actor)
    if recovery is None:
        raise NoRecovery("no ceremony was held, so there is no share to check")
    with transaction.atomic():
        if not _asked("vault_check_share(%s)", share_digest(read_share(words))):
            raise NotYourShare("this is not your share of the ceremony in force")
        _note("share.checked", recovery.pk, actor=actor, at=at, detail={})


def rehearse_recovery(shares: Sequence[str], *, actor: Actor, at: datetime) -> int:
    """Put shares together and see whether they give the recovery key; nothing else happens.

    Gives how many were needed. Raises `NoRecovery`, `ShareUnreadable`, `NotTheQuorum`,
    `SharesDisagree`.
    """
    recovery = recovery_for(actor)
    if recovery is None:
        raise NoRecovery("no ceremony was held, so there is nothing to rehearse")
    if str(combined(shares).to_public()) != recovery.recipient:
        raise SharesDisagree("these shares belong to another ceremony than the one in force")
    with transaction.atomic():
        detail = {"shares": len(shares)}
        _note("recovery.rehearsed", recovery.pk, actor=actor, at=at, detail=detail)
    return recovery.threshold


def abandon_ceremony(*, actor: Actor, at: datetime) -> None:
    """Break off the ceremony under way and destroy its shares; the one in force stays.

    Raises `Forbidden`, `NoRecovery`.
    """
    if not actor.can(Verb.HOLD_CEREMONY):
        raise Forbidden("only an administrator of accounts breaks off a ceremony")
    under_way = Recovery.objects.filter(pending=True, retired_at__isnull=True).first()
    with transaction.atomic():
        if under_way is None or not _asked("vault_abandon_ceremony()"):
            raise NoRecovery("no ceremony is under way")
        _note("recovery.abandoned", under_way.pk, actor=actor, at=at, detail={})


def _lay_by(recovery: Recovery, number: int, holder: Holder, words: str) -> None:
    bound = Binding(recovery.pk, holder.person, SHARE_KIND, KEY_VERSION, number)
    # Without RETURNING, which would ask for the right to read what only its holder reads.
    Share.objects.bulk_create(
        [
            Share(
                recovery=recovery,
                number=number,
                organisation=holder.organisation,
                person=holder.person,
                digest=share_digest(words),
                sealed=sealed(words.encode(), bound, [holder.recipient]),
            )
        ]
    )


def _asked(call: str, *values: str | UUID) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}", list(values))
        row = cursor.fetchone()
    return row[0] if row else None


def _note(
    verb: str, recovery: UUID, *, actor: Actor, at: datetime, detail: Mapping[str, object]
) -> None:
    record_entry(
        verb, actor=actor, subject_kind="recovery", subject_id=recovery, at=at, detail=detail
    )
