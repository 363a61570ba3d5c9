"""Judging the passphrase of a key: wrong ones are counted, and slowed from the fifth on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.actions import forgive_try, take_try
from undaunted.core.access.rules import Door, TooManyTries
from undaunted.core.vault.rules import TooManyGuesses, TooManyUnlocks, unwrap

if TYPE_CHECKING:
    from pyrage.x25519 import Identity

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.models import PublicKey
    from undaunted.core.vault.rules import Wrapped

__all__ = ["judge_passphrase"]


def judge_passphrase(
    wrapped: Wrapped, pair: PublicKey, passphrase: str, *, actor: Actor
) -> Identity:
    """Give the private key that the passphrase opens.

    Raises `WrongPassphrase`, `TooManyGuesses`, `TooManyUnlocks`; the last was not judged, so it
    does not count.
    """
    name = str(actor.person)
    try:
        take_try(Door.VAULT, name)
    except TooManyTries as refusal:
        raise TooManyGuesses(str(refusal)) from refusal
    try:
        identity = unwrap(wrapped, passphrase, user=actor.person, generation=pair.generation)
    except TooManyUnlocks:
        forgive_try(Door.VAULT, name, everything=False)
        raise
    forgive_try(Door.VAULT, name, everything=True)
    return identity
