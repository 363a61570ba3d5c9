"""What costs the product much on purpose, or each process once, and a process of tests little.

A test client builds the whole chain of middleware anew, and WhiteNoise then reads every static
file. Argon2id is made to be slow: a thousand tests make people with passphrases and keys, and a
handful is about what guessing them costs. Django tells its test client of every template that an
answer is made of, some thirty a page, and the client copies what each was given. A database server
plans for tables as large as it may think them, gives the memory back after each statement, and the
kernel empties it for the next one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from argon2.low_level import hash_secret_raw

if TYPE_CHECKING:
    from django.template import Context, Template
    from django.utils.safestring import SafeString
    from whitenoise.responders import StaticFile  # type: ignore[import-untyped]

__all__ = [
    "GENUINE",
    "derive_lightly",
    "keep_memory",
    "remember_static_files",
    "tell_of_whole_pages",
]

LEAST = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
"""The least that Argon2id can be asked for."""

KEPT = str(64 << 20)
KEEPING = {"MALLOC_TRIM_THRESHOLD_": KEPT, "MALLOC_MMAP_THRESHOLD_": KEPT}
"""Bytes that a process of the database keeps for its next statement (read by glibc alone)."""

GENUINE: dict[str, int] = {}
"""The factors for passphrases of accounts, as the product has them."""


def derive_lightly() -> None:
    """Let Argon2id do the least it can in this process, over the same passphrase and salt.

    Which factors were asked for still decides what comes out, so that a row whose factors were
    changed opens no more here than in the product.
    """
    from undaunted.core.accounts.forms.hashing import (  # noqa: PLC0415 - after the profile is set
        BoundedArgon2Hasher,
    )
    from undaunted.core.vault.rules import wrapping  # noqa: PLC0415 - as above

    wrapping.hash_secret_raw = _light  # type: ignore[assignment, attr-defined]
    for name, least in LEAST.items():
        GENUINE[name] = getattr(BoundedArgon2Hasher, name)
        setattr(BoundedArgon2Hasher, name, least)


def _light(secret: bytes, salt: bytes, **told: Any) -> bytes:
    factors = ",".join(str(told[name]) for name in LEAST)
    return hash_secret_raw(secret, salt + factors.encode(), **{**told, **LEAST})


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


def tell_of_whole_pages() -> None:
    """Tell the test client what a page was given, and not what each of its parts was."""
    from django.test import signals, utils  # noqa: PLC0415 - as above

    def render(self: Template, context: Context) -> SafeString:
        if context.template is self:
            signals.template_rendered.send(sender=self, template=self, context=context)
        return self.nodelist.render(context)

    utils.instrumented_test_render = render  # type: ignore[attr-defined]


def keep_memory() -> None:
    """Let database servers that this process starts keep the memory that a statement has had."""
    server: Any = import_module("undaunted.config.postgres.server")
    plain = server.plain_environment
    server.plain_environment = lambda: plain() | KEEPING
