"""The recovery key as shares (SLIP-39): so many of so many organisations, none alone.

Twenty English letters and digits would do for a computer; words are for two people who read to each
other over a telephone. A share carries its own checksum, and shares of different ceremonies do not
mix.
"""

from __future__ import annotations

import hashlib
from itertools import zip_longest
from typing import TYPE_CHECKING

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics

from undaunted.core.vault.rules.identities import identity_from, raw_identity
from undaunted.core.vault.rules.refusals import NotTheQuorum, SharesDisagree, ShareUnreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyrage.x25519 import Identity

__all__ = [
    "LEAST",
    "MOST",
    "combined",
    "differing_words",
    "read_share",
    "share_digest",
    "split",
]

LEAST = 2
MOST = 16
WORDS = 33


def split(identity: Identity, *, threshold: int, holders: Sequence[str]) -> tuple[str, ...]:
    """Give one share for each holder; any `threshold` of them give the key back.

    Raises `NotTheQuorum` where one holder alone could, or nobody could.
    """
    names = [name.strip().casefold() for name in holders]
    if not all(names) or len(set(names)) != len(names):
        raise NotTheQuorum("name every organisation once; one that holds two shares counts twice")
    if not LEAST <= threshold <= len(names) <= MOST:
        what = f"need {LEAST} or more of at most {MOST} organisations, and no more than there are"
        raise NotTheQuorum(f"{threshold} of {len(names)}: {what}")
    groups = generate_mnemonics(1, [(threshold, len(names))], raw_identity(identity))
    return tuple(groups[0])


def read_share(text: str) -> str:
    """Give a share as it was handed out, in small letters with single spaces.

    Raises `ShareUnreadable`, which says how many words there are, never which are right.
    """
    words = text.casefold().split()
    if len(words) != WORDS:
        raise ShareUnreadable(f"a share has {WORDS} words; {len(words)} were given")
    share = " ".join(words)
    try:
        Share.from_mnemonic(share)
    except MnemonicError as problem:
        raise ShareUnreadable("a word is mistyped or out of place; compare with the sheet") from (
            problem
        )
    return share


def share_digest(share: str) -> str:
    """Give the digest that is kept of a share: it proves a sheet, and gives nothing away.

    A share holds more than 128 random bits, so nobody finds it by trying.
    """
    return hashlib.sha256(share.encode()).hexdigest()


def differing_words(share: str, typed: str) -> tuple[int, ...]:
    """Give the numbers of the words, from 1, in which what was typed is not the share."""
    pairs = zip_longest(share.split(), typed.casefold().split())
    return tuple(number for number, (held, given) in enumerate(pairs, start=1) if held != given)


def combined(texts: Sequence[str]) -> Identity:
    """Give the recovery key from shares.

    Raises `ShareUnreadable`, `NotTheQuorum`, `SharesDisagree`.
    """
    shares = [read_share(text) for text in texts]
    if not shares:
        raise NotTheQuorum("no share was given")
    needed = Share.from_mnemonic(shares[0]).member_threshold
    different = sorted(set(shares))
    if len(different) < needed:
        raise NotTheQuorum(f"{needed} different shares are needed; {len(different)} were given")
    try:
        return identity_from(combine_mnemonics(different[:needed]))
    except MnemonicError as problem:
        raise SharesDisagree("the shares do not belong together") from problem
