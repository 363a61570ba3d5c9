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
from undaunted.core.intake.rules.conflicts import ConflictKind, Declared, concerns
from undaunted.core.places.rules import find_country

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

__all__ = [
    "AGREED_FOR",
    "Agreed",
    "Governments",
    "agreements_of",
    "governments_in",
    "meaning_of",
]

AGREED_FOR: Final = 365
"""Days for which a box that was ticked holds; then ask again."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """One box as an agreement."""

    purpose: Purpose
    audience: Audience
    level: IdentityLevel
    groups: frozenset[FieldGroup]


@dataclass(frozen=True, slots=True)
class Governments:
    """The governments that a reporter wants asked in private, as far as they may be."""

    codes: tuple[str, ...] = ()
    feared: tuple[str, ...] = ()
    """Left out: what was written is about this state, and it is never asked (rule H5)."""
    unread: int = 0
    """How many lines name no state that can be read."""


def _shown(
    purpose: Purpose, body: str, level: IdentityLevel = IdentityLevel.NAME, *groups: FieldGroup
) -> Agreed:
    audience = Audience(AudienceKind.BODY, body)
    return Agreed(purpose, audience, level, frozenset(groups or FieldGroup))


_AGREEMENTS: Final[Mapping[str, Agreed]] = MappingProxyType(
    {
        "share_with_lawyers": _shown(Purpose.ASSISTANCE, "lawyers"),
        "share_with_funds": _shown(Purpose.ASSISTANCE, "funds"),
        "compare_with_funds": _shown(
            Purpose.ASSISTANCE, "funds-asked", IdentityLevel.CODE, FieldGroup.IDENTITY
        ),
        "share_for_relocation": _shown(Purpose.SHELTER, "relocation"),
        "share_for_care": _shown(Purpose.ASSISTANCE, "care"),
        "share_for_accountability": _shown(
            Purpose.ACCOUNTABILITY,
            "inquiry",
            IdentityLevel.CODE,
            FieldGroup.BIOGRAPHY,
            FieldGroup.DETENTION,
            FieldGroup.HEALTH,
            FieldGroup.DOCUMENTS,
        ),
        "share_with_platforms": _shown(
            Purpose.ASSISTANCE, "platforms", IdentityLevel.PSEUDONYM, FieldGroup.DOCUMENTS
        ),
        "count_only": Agreed(
            Purpose.STATISTICS,
            PUBLIC_AUDIENCE,
            IdentityLevel.AGGREGATE,
            frozenset({FieldGroup.DETENTION}),
        ),
    }
)
"""By the key that a sealed report holds. `speak_in_public` is a wish to be asked, no agreement."""

_IN_PRIVATE: Final = "speak_in_private"
_ABOUT: Final = ("country", "origin_state")
"""The answers that say which state it is about."""


def agreements_of(ticked: Collection[str], governments: Collection[str]) -> tuple[Agreed, ...]:
    """Give what was agreed to: one agreement a box, and one a government for asking in private.

    `governments` are codes of states; without one, no government is asked.
    """
    plain = [each for key, each in _AGREEMENTS.items() if key in ticked]
    if _IN_PRIVATE in ticked:
        plain += [
            Agreed(
                Purpose.QUIET_DIPLOMACY,
                Audience(AudienceKind.GOVERNMENT, code),
                IdentityLevel.NAME,
                frozenset(FieldGroup) - {FieldGroup.CONTACT},
            )
            for code in sorted(set(governments))
        ]
    return tuple(plain)


def governments_in(given: Mapping[str, Any]) -> Governments:
    """Give the governments that may be asked, by the answers at a door; none without the box."""
    if _IN_PRIVATE not in given.get("consents", ()):
        return Governments()
    lines = [line for line in str(given.get("governments", "")).splitlines() if line.strip()]
    found = [find_country(line) for line in lines]
    about = [str(given.get(key, "")) for key in _ABOUT]
    codes = sorted({code for code in found if code})
    feared = {code for code in codes if concerns([Declared(ConflictKind.STATE, code)], about)}
    return Governments(
        codes=tuple(code for code in codes if code not in feared),
        feared=tuple(sorted(feared)),
        unread=found.count(None),
    )


def meaning_of(purpose: str, audience: str) -> str:
    """Give the key of the box that means this, empty where none does."""
    if purpose == Purpose.QUIET_DIPLOMACY and audience.startswith(AudienceKind.GOVERNMENT.value):
        return _IN_PRIVATE
    held = (
        key
        for key, each in _AGREEMENTS.items()
        if (each.purpose, str(each.audience)) == (purpose, audience)
    )
    return next(held, "")
