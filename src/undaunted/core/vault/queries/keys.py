"""The actor's own key pair, whether it is open in this session, and the recovery in force."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from undaunted.core.vault.models import (
    PublicKey,
    Recovery,
    RecoveryCopy,
    SessionKey,
    WrappedKey,
    require_mark,
)
from undaunted.core.vault.rules import (
    SESSION_ENTRY,
    VAULT_COOKIE,
    NoKeyPair,
    OpenKey,
    VaultClosed,
    session_facts,
    unwrap_for_session,
)

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase
    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor

__all__ = [
    "key_pair_for",
    "open_key_of",
    "opened_key",
    "recipient_of",
    "recovery_for",
    "recovery_of",
    "wrapped_key_for",
]


def key_pair_for(actor: Actor) -> PublicKey | None:
    """Give the public half of the actor's key pair in force, or None."""
    return PublicKey.objects.filter(user=actor.person, retired_at__isnull=True).first()


def wrapped_key_for(actor: Actor) -> WrappedKey:
    """Give the actor's own wrapped key. Raises `NoKeyPair`."""
    found = (
        WrappedKey.objects.select_related("public_key")
        .filter(user=actor.person, public_key__retired_at__isnull=True)
        .first()
    )
    if found is None:
        raise NoKeyPair("you have no key pair yet; make one first")
    return found


def recipient_of(_actor: Actor, user: UUID) -> str:
    """Give somebody's public key in force. Raises `NoKeyPair`, `UnvouchedRow`."""
    found = PublicKey.objects.filter(user=user, retired_at__isnull=True).first()
    if found is None:
        raise NoKeyPair("this person has no key pair yet; they make one when they next sign in")
    require_mark(found.vouched, "key", user, found.generation, found.recipient)
    return found.recipient


def recovery_for(_actor: Actor) -> Recovery | None:
    """Give the recovery in force, or None. Raises `UnvouchedRow`."""
    found = Recovery.objects.filter(retired_at__isnull=True, pending=False).first()
    if found is not None:
        require_mark(found.vouched, "recovery", found.pk, found.recipient, found.threshold)
    return found


def recovery_of(actor: Actor) -> Recovery | None:
    """Give the recovery whose shares bring back the actor's key: that of its copy, or None."""
    copy = (
        RecoveryCopy.objects.select_related("recovery")
        .filter(user=actor.person, public_key__retired_at__isnull=True)
        .first()
    )
    return copy.recovery if copy else None


def opened_key(actor: Actor, session: SessionBase, cookie: str, *, at: datetime) -> OpenKey:
    """Give the private key that is open in this session. Raises `VaultClosed`.

    A row holds it encrypted; the cookie holds the key to that and nothing else does.
    """
    held = session.get(SESSION_ENTRY)
    pair = key_pair_for(actor)
    if not isinstance(held, dict) or pair is None or held["generation"] != pair.generation:
        raise VaultClosed("the vault is not open in this session")
    if at >= datetime.fromisoformat(held["until"]):
        raise VaultClosed("the vault closed by itself; open it again with your passphrase")
    try:
        key = base64.urlsafe_b64decode(cookie.encode())
    except (binascii.Error, ValueError) as problem:
        raise VaultClosed("the vault is not open in this session") from problem
    box = _box(held, actor)
    about = session_facts(actor.person, session.session_key, pair.generation, held["until"])
    return OpenKey(actor.person, pair.generation, unwrap_for_session(box, key, about=about))


def open_key_of(actor: Actor, request: HttpRequest, *, at: datetime) -> OpenKey | None:
    """Give the private key that is open in the session of a request, None where none is."""
    try:
        return opened_key(actor, request.session, request.COOKIES.get(VAULT_COOKIE, ""), at=at)
    except VaultClosed:
        return None


def _box(held: dict[str, str], actor: Actor) -> bytes:
    try:
        kept = SessionKey.objects.filter(pk=UUID(held["key"]), user=actor.person).first()
    except (KeyError, ValueError) as problem:
        raise VaultClosed("the vault is not open in this session") from problem
    if kept is None:
        raise VaultClosed("the vault was closed from elsewhere; open it again")
    return bytes(kept.box)
