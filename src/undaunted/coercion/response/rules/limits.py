"""How long a text may be, and which short names and amounts are kept; the same at every door."""

from __future__ import annotations

from decimal import Decimal
from string import ascii_lowercase, digits

from undaunted.coercion.response.rules.refusals import ResponseRefused

__all__ = ["LONGEST_KEY", "LONGEST_NAME", "LONGEST_TEXT", "checked_amount", "checked_key",
           "checked_text"]  # fmt: skip

LONGEST_KEY, LONGEST_NAME, LONGEST_TEXT = 60, 160, 1200
LARGEST = Decimal(10) ** 16
_SIGNS = frozenset(ascii_lowercase + digits + "-")


def checked_text(name: str, text: str, most: int = LONGEST_TEXT) -> str:
    """Give a text without space around it. Raises `ResponseRefused` for one that is not kept."""
    told = text.strip()
    if len(told) > most:
        raise ResponseRefused(f"{name}: it has {len(told)} letters; write {most} at most")
    if "\x00" in told or any("\ud800" <= sign <= "\udfff" for sign in told):
        raise ResponseRefused(f"{name}: it holds signs that cannot be kept; write it anew")
    return told


def checked_key(name: str, key: str) -> str:
    """Give a short name, as it stands in addresses. Raises `ResponseRefused` for what is none."""
    if not key or len(key) > LONGEST_KEY or not set(key) <= _SIGNS:
        raise ResponseRefused(
            f"{name}: {LONGEST_KEY} small letters, figures and hyphens at most; write it anew"
        )
    return key


def checked_amount(name: str, amount: Decimal | None) -> Decimal | None:
    """Give an amount above nought, or none. Raises `ResponseRefused` for what cannot be kept."""
    if amount is None:
        return None
    if not amount.is_finite() or amount >= LARGEST or amount != round(amount, 2):
        raise ResponseRefused(
            f"{name}: {amount} cannot be kept; give 16 figures at most, and two after the point"
        )
    if amount <= 0:
        raise ResponseRefused(f"{name}: give a number above nought, or none")
    return amount
