"""How passphrases of accounts are hashed: Argon2id, so many at a time that memory is bounded."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import Argon2PasswordHasher

from undaunted.core.accounts.rules import TooManyAtOnce

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BoundedArgon2Hasher"]

AT_ONCE = 2
WAIT_SECONDS = 5.0
SLOTS = threading.BoundedSemaphore(AT_ONCE)


class BoundedArgon2Hasher(Argon2PasswordHasher):
    """Django's Argon2id (two passes over 100 MiB in eight lanes), two at a time in a process.

    Without a bound every thread of the web server could hold 100 MiB for a stranger's guess.
    """

    def encode(self, password: str, salt: str) -> str:
        """Hash a passphrase. Raises `TooManyAtOnce`."""
        with _slot():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Compare a passphrase with a hash. Raises `TooManyAtOnce`."""
        with _slot():
            return super().verify(password, encoded)


@contextmanager
def _slot() -> Iterator[None]:
    if not SLOTS.acquire(timeout=WAIT_SECONDS):
        raise TooManyAtOnce("too many passphrases are judged at this moment; try again in a minute")
    try:
        yield
    finally:
        SLOTS.release()
