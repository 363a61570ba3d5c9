"""As whom consent counts the government that reads a submission, and how rebuilt ones are numbered."""

from __future__ import annotations

from undaunted.core.consent.rules import Audience, AudienceKind

__all__ = ["audience_for", "tombstone_of"]


def audience_for(jurisdiction: str) -> Audience:
    """Give the audience that must have been named: one government, the Union as `government:EU`.

    An agreement for one government is none for another, nor for the Union of which it is a member.
    """
    return Audience(AudienceKind.GOVERNMENT, jurisdiction.upper())


def tombstone_of(number: str) -> str:
    """Give the number of a submission that takes the place of one that ended: 3, then 3.1, 3.2."""
    first, _, later = number.partition(".")
    return f"{first}.{int(later or 0) + 1}"
