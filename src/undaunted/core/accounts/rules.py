"""How a session proves itself to the database, and how far a token reaches."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.core.access.rules import AccessError

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

__all__ = [
    "DEVICES_KEPT",
    "DEVICE_COOKIE",
    "DEVICE_DAYS",
    "NAME_LENGTH",
    "SCOPES",
    "TOKEN_BEGINS",
    "AppointmentRefused",
    "RightsRefused",
    "Scope",
    "TooManyAtOnce",
    "device_named",
    "devices_with",
    "entering_mac",
    "identity_digest",
    "identity_mac",
]


class AppointmentRefused(AccessError):
    """The owner cannot install or appoint so; the message says what to change."""


class RightsRefused(AccessError):
    """A proposal cannot be made, or not approved by this person; `why` is the database's word."""

    def __init__(self, why: str) -> None:
        super().__init__(_WHY_NOT.get(why, _WHY_NOT["absent"]))
        self.why = why


class TooManyAtOnce(AccessError):
    """Too many passphrases are judged at this moment; memory is bounded."""


class Scope(StrEnum):
    """What a token may be used for; the person's roles narrow it further."""

    READ = "registry:read"
    IMPORT = "registry:import"
    RECORD = "registry:record"
    PROPOSE = "registry:propose"
    DECIDE = "registry:decide"
    SHARE = "sharing:propose"


TOKEN_BEGINS = "undaunted_"  # noqa: S105 - no secret: what every token has in common
"""How a token begins, so that whoever finds one knows what it opens."""

NAME_LENGTH = 64

_WHY_NOT = {
    "name": f"user name: letters, digits and @ . + - _ only, {NAME_LENGTH} at most",
    "absent": "there is no such person or proposal in an organisation that you administer",
    "one_hand": (
        "you became an administrator by one person alone; whoever runs the server appoints you: "
        "`undaunted organisation appoint`"
    ),
    "concerned": "nobody proposes or approves rights for themselves",
    "held": "the person has this role already",
    "taken": "the user name has been taken in the meantime; propose it anew",
    "waiting": "a proposal for this person waits already",
    "answered": "the proposal has been answered",
    "lapsed": "the proposal is older than 14 days; propose it anew",
    "own": "a second administrator approves what you proposed",
    "newer": "you became an administrator after this was proposed; another approves it",
    "proposer_left": "whoever proposed this is no administrator any more; propose it anew",
    "pair": "one of you two proposed the other as an administrator; a third approves this",
    "person_left": "the person has left, or has a role where you do not administer",
}
"""What each refusal of the database means, for the terminal; pages translate them."""

DEVICE_COOKIE = "__Host-device"
"""Where a browser keeps the proof that somebody signed in with it before."""

DEVICE_DAYS = 90
DEVICES_KEPT = 3
"""So many people's proofs does one browser keep."""

SCOPES = tuple(each.value for each in Scope)


def identity_digest(token: str) -> bytes:
    """Give what the database keeps of a session's token."""
    return hashlib.sha256(f"identity:{token}".encode()).digest()


def identity_mac(  # noqa: PLR0913  (one parameter per field of the code)
    key: bytes, *, digest: bytes, user: UUID, second_factor: bool, kind: str, until: datetime
) -> bytes:
    """Give the code that lets a session into the database's table (HMAC-SHA-256, RFC 2104)."""
    second = "1" if second_factor else "0"
    message = f"{digest.hex()}|{user}|{second}|{kind}|{int(until.timestamp())}"
    return hmac.digest(key, message.encode(), "sha256")


def entering_mac(key: bytes, username: str) -> bytes:
    """Give the code against which the database gives the row of one named person."""
    return hmac.digest(key, f"entering|{username}".encode(), "sha256")


def device_named(key: bytes, username: str, cookie: str) -> str:
    """Give the id under which this browser signed in as `username` before; "" where it did not.

    The cookie holds pairs of a random id and a code made with `key`: nothing about the browser or
    the person is in it, and nothing about either is stored here.
    """
    for pair in cookie.split("~")[:DEVICES_KEPT]:
        device, _, code = pair.partition(".")
        if device and hmac.compare_digest(code.encode(), _device_code(key, username, device)):
            return device
    return ""


def devices_with(key: bytes, username: str, cookie: str) -> str:
    """Give the cookie of a browser in which `username` has just signed in, the newest first."""
    if device_named(key, username, cookie):
        return cookie
    device = secrets.token_hex(16)
    fresh = f"{device}.{_device_code(key, username, device).decode()}"
    held = [pair for pair in cookie.split("~") if pair]
    return "~".join([fresh, *held][:DEVICES_KEPT])


def _device_code(key: bytes, username: str, device: str) -> bytes:
    return hmac.digest(key, f"device|{device}|{username}".encode(), "sha256").hex().encode()
