"""Somebody whom a source tells by an id alone: whether it is one, and the name from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["is_bare_id", "with_names"]


def is_bare_id(told: str) -> bool:
    """Whether this is the id of a register and nobody's name: one word with figures, or in signs.

    XR-HOLDING and 0123456 are ids; Rufus Firefly, Coca-Cola and IBM are names.
    """
    if any(letter.isspace() for letter in told):
        return False
    if any(letter.isdigit() for letter in told):
        return True
    return told.isupper() and not told.isalpha()


def with_names(sentence: str, names: Mapping[str, str]) -> str:
    """Give a sentence with names in place of ids that stand in it as words of their own."""
    told, rest = "", sentence
    while True:
        found = [(rest.find(each), -len(each), each) for each in names if each and each in rest]
        if not found:
            return told + rest
        at, _length, each = min(found)
        before, rest = told + rest[:at], rest[at + len(each) :]
        alone = not (before[-1:].isalnum() or rest[:1].isalnum())
        told = before + (names[each] if alone else each)
