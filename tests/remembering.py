"""What is worked out once in a process of tests, because it comes out the same each time.

A test client builds the whole chain of middleware anew, and WhiteNoise then reads every static
file. Opening a key with the passphrase that wrapped it asks Argon2id for what it has just answered.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whitenoise.responders import StaticFile  # type: ignore[import-untyped]

__all__ = ["remember_derived_keys", "remember_static_files"]

KEYS = 4096


def remember_derived_keys() -> None:
    """Keep what Argon2id made of a passphrase, a salt and its factors."""
    from undaunted.core.vault.rules import wrapping  # noqa: PLC0415 - after the profile is set

    wrapping.hash_secret_raw = lru_cache(KEYS)(wrapping.hash_secret_raw)  # type: ignore[attr-defined]


def remember_static_files() -> None:
    """Let every chain of middleware share the files that the first one has read."""
    from whitenoise.middleware import (  # type: ignore[import-untyped]  # noqa: PLC0415 - as above
        WhiteNoiseMiddleware,
    )

    read = WhiteNoiseMiddleware.add_files_from_finders
    kept: dict[str, dict[str, StaticFile]] = {}

    def add_files_from_finders(self: WhiteNoiseMiddleware) -> None:
        if self.static_prefix not in kept:
            read(self)
            kept[self.static_prefix] = dict(self.files)
        self.files.update(kept[self.static_prefix])

    WhiteNoiseMiddleware.add_files_from_finders = add_files_from_finders
