"""What a reporter's boxes mean as agreements: purpose, audience, level and parts of each."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Audience,
    AudienceKind,
    FieldGroup,
    IdentityLevel,
    Purpose,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["AGREED_FOR", "AGREEMENTS", "Agreed"]

AGREED_FOR: Final = 365
"""Days for which a box that was ticked holds; then ask again."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """One box as an agreement."""

    purpose: Purpose
    audience: Audience
    level: IdentityLevel
    groups: frozenset[FieldGroup]


AGREEMENTS: Final[Mapping[str, Agreed]] = MappingProxyType(
    {
        "share_with_lawyers": Agreed(
            Purpose.ASSISTANCE,
            Audience(AudienceKind.BODY, "lawyers"),
            IdentityLevel.NAME,
            frozenset(FieldGroup),
        ),
        "share_with_funds": Agreed(
            Purpose.ASSISTANCE,
            Audience(AudienceKind.BODY, "funds"),
            IdentityLevel.NAME,
            frozenset(FieldGroup),
        ),
        "count_only": Agreed(
            Purpose.STATISTICS,
            PUBLIC_AUDIENCE,
            IdentityLevel.AGGREGATE,
            frozenset({FieldGroup.DETENTION}),
        ),
    }
)
"""By the key that a sealed report holds."""
