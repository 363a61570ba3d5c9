"""Whether stakes show that a government holds a person: the subject's door to the engine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from undaunted.engines.ownership import readings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.coercion.instruments.rules import LinkedPerson
    from undaunted.engines.ownership import Reading, Stakes

__all__ = ["GOVERNMENT_LINKED", "linked_reading", "with_reading"]

GOVERNMENT_LINKED = "eu_government_linked"
"""The engine's key of Article 10(1)."""


def linked_reading(stakes: Stakes, government: Sequence[str], company: str) -> Reading:
    """Read Article 10(1)(a) from stakes of one day: must, may or no, with the shares compared."""
    (found,) = (
        each
        for each in readings(stakes, government, company)
        if each.standard.key == GOVERNMENT_LINKED
    )
    return found


def with_reading(
    person: LinkedPerson, stakes: Stakes, government: Sequence[str], company: str
) -> LinkedPerson:
    """Give the person with what the stakes say of its majority."""
    return replace(person, answer=linked_reading(stakes, government, company).answer)
