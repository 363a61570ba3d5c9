"""Counts that hold people who are not published: which cells there are, and the key that draws.

One person in `ONE_IN` is drawn, once for all, by a key of this installation (decision 0031). There
is one cell a country and year, and nothing finer; a year has cells once its 31 December has come.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from undaunted.core.editions.rules import EditionRefused, ParameterRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

__all__ = [
    "MOST_YEARS",
    "ONE_IN",
    "Counted",
    "DrawKeyChanged",
    "DrawKeyMissing",
    "Measure",
    "NotForThePublic",
    "YearCell",
    "asking_mac",
    "draw_digest",
    "draw_key",
    "finished_years",
    "key_fingerprint",
]

ONE_IN: Final = 10
"""Never less: whom a larger share draws as well would leave a trace that was excluded before."""
MOST_YEARS: Final = 30
KEY_BYTES: Final = 32
_PURPOSE: Final = b"undaunted draw v1"
_CHECKED: Final = b"undaunted draw v1: fingerprint"
_FINGERPRINT: Final = 32
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class DrawKeyMissing(EditionRefused):
    """This installation has no key to draw with."""


class DrawKeyChanged(EditionRefused):
    """The key is another one than that with which this database was counted before."""


class NotForThePublic(EditionRefused):
    """Nobody is signed in who may build an edition."""


class Measure(StrEnum):
    """What is counted of a country and year."""

    HELD = "held"
    ARRESTED = "arrested"


@dataclass(frozen=True, slots=True, order=True)
class YearCell:
    """One number: people held on 31 December of a year, or arrested in it, by a country or all."""

    measure: Measure
    country: str
    year: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Unpublished people without who they are: a digest each, and the cells each counts in."""

    digests: tuple[bytes, ...]
    cells: tuple[tuple[int, YearCell], ...]


def finished_years(as_of: date, number: int) -> tuple[int, ...]:
    """Give the last years whose 31 December is not after `as_of`, the earliest first.

    Raises `ParameterRefused` where the calendar has none.
    """
    last = as_of.year if (as_of.month, as_of.day) == (12, 31) else as_of.year - 1
    if last < date.min.year:
        raise ParameterRefused(f"as_of: no year has ended by {as_of}; give a later day")
    return tuple(range(max(last - number + 1, date.min.year), last + 1))


def draw_key(secret: bytes, salt: UUID) -> bytes:
    """Give the key of one database: what two installations are told alike still draws apart."""
    if len(secret) < KEY_BYTES:
        raise DrawKeyMissing(
            "UNDAUNTED_DRAW_KEY is not set, so nobody unpublished can be counted; give 64 "
            "hexadecimal digits, for example from `openssl rand -hex 32`, and keep them for good"
        )
    return _derived(secret, salt.bytes, _PURPOSE)


def key_fingerprint(key: bytes) -> str:
    """Give what the database remembers of the key; nothing of the key follows from it."""
    return _derived(key, None, _CHECKED).hex()[:_FINGERPRINT]


def draw_digest(key: bytes, token: bytes) -> bytes:
    """Give the HMAC of what lasts of a person, by which they are drawn or not."""
    return hmac.digest(key, token, "sha256")


def asking_mac(
    binding_key: bytes, known_at: datetime, years: Sequence[int], fingerprint: str, person: UUID
) -> bytes:
    """Give the code without which the database counts nobody unpublished: SQL alone cannot ask."""
    micro = (known_at - _EPOCH) // timedelta(microseconds=1)
    told = ("unpublished", micro, ",".join(map(str, years)), fingerprint, person)
    return hmac.digest(binding_key, "|".join(map(str, told)).encode(), "sha256")


def _derived(secret: bytes, salt: bytes | None, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=salt, info=purpose).derive(secret)
