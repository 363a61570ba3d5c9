"""A person's own key pair: making, opening for a session, closing, passphrase, rotation."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.actions.judging import judge_passphrase
from undaunted.core.vault.actions.records import lock_team, require_settled, reseal_team
from undaunted.core.vault.models import (
    Member,
    PublicKey,
    RecoveryCopy,
    SessionKey,
    WrappedKey,
    mark,
)
from undaunted.core.vault.queries import (
    key_pair_for,
    recovery_for,
    team_keys,
    wrapped_key_for,
)
from undaunted.core.vault.rules import (
    KEY_VERSION,
    OPEN_FOR,
    RECOVERY_KIND,
    SESSION_ENTRY,
    WORK,
    Binding,
    KeyPairExists,
    NoKeyPair,
    NotForThisKey,
    OpenKey,
    UnvouchedRow,
    Work,
    Wrapped,
    new_identity,
    new_session_key,
    session_facts,
    wrap,
    wrap_for_session,
)
from undaunted.core.vault.writers import sealed

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.sessions.backends.base import SessionBase
    from pyrage.x25519 import Identity

    from undaunted.core.access.rules import Actor

__all__ = [
    "change_passphrase",
    "close",
    "close_everywhere",
    "give_up_key_pair",
    "make_key_pair",
    "open_at_terminal",
    "open_for_session",
    "replace_key_pair",
    "rotate_key_pair",
]


def make_key_pair(passphrase: str, *, actor: Actor, at: datetime, work: Work = WORK) -> PublicKey:
    """Make the actor's key pair, its private half under `passphrase`.

    Raises `WeakPassphrase`, `KeyPairExists`, `TooManyUnlocks`.
    """
    if key_pair_for(actor) is not None:
        raise KeyPairExists("you have a key pair; change its passphrase or rotate it instead")
    with transaction.atomic():
        made = _keep(new_identity(), passphrase, 1, actor=actor, at=at, work=work)
        _note("key.made", made, actor=actor, at=at)
    return made


def open_for_session(
    passphrase: str, *, session: SessionBase, actor: Actor, at: datetime, work: Work = WORK
) -> str:
    """Open the actor's key for this session; gives the value of the `VAULT_COOKIE`.

    A row keeps the key encrypted, and only the cookie can decrypt it: set it `__Host-`, Secure,
    HttpOnly, SameSite=Strict, for the browser's session. Raises `NoKeyPair`,
    `WrongPassphrase`, `TooManyGuesses`, `TooManyUnlocks`, `UnvouchedRow`.
    """
    key = open_at_terminal(passphrase, actor=actor, at=at, work=work)
    cookie = new_session_key()
    until = (at + OPEN_FOR).isoformat()
    about = session_facts(actor.person, session.session_key, key.generation, until)
    box = wrap_for_session(key.identity, cookie, about=about)
    SessionKey.objects.filter(until__lt=at).delete()
    kept = SessionKey.objects.create(user=actor.person, box=box, until=at + OPEN_FOR)
    session[SESSION_ENTRY] = {
        "key": str(kept.pk),
        "generation": key.generation,
        "until": until,
    }
    return base64.urlsafe_b64encode(cookie).decode()


def open_at_terminal(passphrase: str, *, actor: Actor, at: datetime, work: Work = WORK) -> OpenKey:
    """Open the actor's key for one command. Raises what `open_for_session` does.

    Work factors below `work`, of an earlier version, are raised on the way, and a copy for a
    recovery that is no longer in force is renewed.
    """
    held = wrapped_key_for(actor)
    pair = held.public_key
    identity = judge_passphrase(_wrapped(held), pair, passphrase, actor=actor)
    if str(identity.to_public()) != pair.recipient:
        raise UnvouchedRow("your public key was replaced in the database; tell your operator")
    with transaction.atomic():
        if _wrapped(held).work < work:
            _wrap_again(pair, identity, passphrase, actor=actor, work=work)
        expected = mark("key", actor.person, pair.generation, pair.recipient)
        if bytes(pair.vouched) != expected:
            PublicKey.objects.filter(pk=pair.pk).update(vouched=expected)
        _copy_for_recovery(pair, identity, actor=actor)
        _note("key.opened", pair, actor=actor, at=at)
    return OpenKey(actor.person, pair.generation, identity)


def close(*, session: SessionBase, actor: Actor, at: datetime) -> None:
    """Close the vault in this session; the cookie then opens nothing."""
    held = session.pop(SESSION_ENTRY, None)
    if held is None:
        return
    SessionKey.objects.filter(pk=held.get("key")).delete()
    pair = key_pair_for(actor)
    if pair is not None:
        with transaction.atomic():
            _note("key.closed", pair, actor=actor, at=at)


def close_everywhere(*, actor: Actor, at: datetime) -> int:
    """Destroy the actor's private key in every session where it is open; gives in how many."""
    with transaction.atomic():
        done, _ = SessionKey.objects.filter(user=actor.person).delete()
        _note("key.closed", key_pair_for(actor), actor=actor, at=at, detail={"sessions": done})
    return done


def change_passphrase(old: str, new: str, *, actor: Actor, at: datetime, work: Work = WORK) -> None:
    """Put the actor's private key under another passphrase; the key pair stays.

    Whoever had a copy of the table and the old passphrase still has the key: after such a loss,
    rotate. Raises `WrongPassphrase`, `TooManyGuesses`, `WeakPassphrase`, `NoKeyPair`,
    `TooManyUnlocks`.
    """
    held = wrapped_key_for(actor)
    pair = held.public_key
    identity = judge_passphrase(_wrapped(held), pair, old, actor=actor)
    with transaction.atomic():
        _wrap_again(pair, identity, new, actor=actor, work=work)
        _note("key.passphrase_changed", pair, actor=actor, at=at)


def rotate_key_pair(
    passphrase: str, *, key: OpenKey, actor: Actor, at: datetime, work: Work = WORK
) -> OpenKey:
    """Give the actor a new key pair, seal all record keys to it, and destroy the old private half.

    Raises `WeakPassphrase`, `NotForThisKey`, `TooManyUnlocks`.
    """
    with transaction.atomic():
        fresh, done = replace_key_pair(passphrase, key=key, actor=actor, at=at, work=work)
        pair = key_pair_for(actor)
        _note("key.rotated", pair, actor=actor, at=at, detail={"resealed": done})
    return fresh


def replace_key_pair(
    passphrase: str, *, key: OpenKey, actor: Actor, at: datetime, work: Work
) -> tuple[OpenKey, int]:
    """Retire the pair in force, make the next, re-seal; the new key and how many were re-sealed."""
    if key.user != actor.person:
        raise NotForThisKey("this is somebody else's key")
    mine = Member.objects.filter(user=actor.person, left_at__isnull=True)
    teams = list(mine.order_by("team").values_list("team", flat=True))
    for team in teams:
        lock_team(team)
    require_settled(teams)
    identity, generation = new_identity(), key.generation + 1
    _retire(actor, at)
    _keep(identity, passphrase, generation, actor=actor, at=at, work=work)
    done = 0
    for team in teams:
        recipients = team_keys(actor, team).recipients
        done += reseal_team(team, recipients, key=key, actor=actor, at=at)
    return OpenKey(actor.person, generation, identity), done


def give_up_key_pair(
    passphrase: str, *, actor: Actor, at: datetime, work: Work = WORK
) -> PublicKey:
    """Begin again after a passphrase was lost for good: a new pair, in no team.

    What only the old pair opened stays closed for ever. A colleague of each team takes the actor in
    again, and what that team holds opens with the new pair. Raises `NoKeyPair`, `WeakPassphrase`.
    """
    pair = key_pair_for(actor)
    if pair is None:
        raise NoKeyPair("you have no key pair to give up")
    with transaction.atomic():
        left = Member.objects.filter(user=actor.person, left_at__isnull=True).update(left_at=at)
        _retire(actor, at)
        made = _keep(new_identity(), passphrase, pair.generation + 1, actor=actor, at=at, work=work)
        _note("key.given_up", made, actor=actor, at=at, detail={"teams": left})
    return made


def _retire(actor: Actor, at: datetime) -> None:
    old = PublicKey.objects.filter(user=actor.person, retired_at__isnull=True)
    WrappedKey.objects.filter(public_key__in=old).delete()
    RecoveryCopy.objects.filter(public_key__in=old).delete()
    old.update(retired_at=at)


def _keep(  # noqa: PLR0913  (which key, under what, of whom, since when)
    identity: Identity, passphrase: str, generation: int, *, actor: Actor, at: datetime, work: Work
) -> PublicKey:
    recipient = str(identity.to_public())
    pair = PublicKey.objects.create(
        user=actor.person,
        generation=generation,
        recipient=recipient,
        since=at,
        vouched=mark("key", actor.person, generation, recipient),
    )
    _wrap_again(pair, identity, passphrase, actor=actor, work=work)
    _copy_for_recovery(pair, identity, actor=actor)
    return pair


def _wrap_again(
    pair: PublicKey, identity: Identity, passphrase: str, *, actor: Actor, work: Work
) -> None:
    box = wrap(identity, passphrase, user=actor.person, generation=pair.generation, work=work)
    WrappedKey.objects.update_or_create(
        public_key=pair,
        defaults={
            "user": actor.person,
            "box": box.box,
            "salt": box.salt,
            "memory_kib": work.memory_kib,
            "passes": work.passes,
            "lanes": work.lanes,
        },
    )


def _wrapped(held: WrappedKey) -> Wrapped:
    work = Work(held.memory_kib, held.passes, held.lanes)
    return Wrapped(bytes(held.box), bytes(held.salt), work)


def _copy_for_recovery(pair: PublicKey, identity: Identity, *, actor: Actor) -> None:
    recovery = recovery_for(actor)
    if recovery is None:
        return
    if RecoveryCopy.objects.filter(public_key=pair, recovery=recovery).exists():
        return
    bound = Binding(recovery.pk, actor.person, RECOVERY_KIND, KEY_VERSION, pair.generation)
    box = sealed(str(identity).encode(), bound, [recovery.recipient], key=True)
    RecoveryCopy.objects.update_or_create(
        public_key=pair, defaults={"user": actor.person, "recovery": recovery, "sealed": box}
    )


def _note(
    verb: str,
    pair: PublicKey | None,
    *,
    actor: Actor,
    at: datetime,
    detail: dict[str, object] | None = None,
) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="key",
        subject_id=actor.person,
        at=at,
        detail={"generation": pair.generation if pair else 0, **(detail or {})},
    )
