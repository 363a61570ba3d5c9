"""Who agreed to what, and the one function that says whether it covers a use.

Consent is per purpose, audience, identity level and field group; dated, revocable, expiring;
the default is none (rule H1). Pure: no database, no clock. What is missing denies; an empty
set means nobody. The order of `_checks` is the order in which a refusal is explained.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

__all__ = [
    "IDENTIFYING",
    "NEVER_PUBLIC",
    "PUBLIC_AUDIENCE",
    "PUBLIC_RECORD_FIELDS",
    "PUBLIC_RECORD_PURPOSES",
    "Audience",
    "AudienceKind",
    "AudienceUnreadable",
    "Basis",
    "FieldGroup",
    "Grant",
    "IdentityLevel",
    "NeverPublic",
    "Objection",
    "Permission",
    "Purpose",
    "Reason",
    "check_public",
    "highest_level",
    "permits",
]


class Purpose(StrEnum):
    """What the data are wanted for; consent to one is never consent to another."""

    STATISTICS = "statistics"
    REGISTRY = "registry"
    RESEARCH_DATA = "research_data"
    REPORT = "report"
    MEMO = "memo"
    CAMPAIGN = "campaign"
    QUIET_DIPLOMACY = "quiet_diplomacy"
    UN_SUBMISSION = "un_submission"
    SANCTIONS_SUBMISSION = "sanctions_submission"
    NOTICE_CHALLENGE = "notice_challenge"
    ASSISTANCE = "assistance"
    SHELTER = "shelter"
    ACCOUNTABILITY = "accountability"


class AudienceKind(StrEnum):
    """The kinds of people who can be shown something."""

    PUBLIC = "public"
    ORGANISATION = "organisation"
    BODY = "body"
    GOVERNMENT = "government"


class AudienceUnreadable(ValueError):
    """The text names no audience; the message says how one is written."""


@dataclass(frozen=True, slots=True, order=True)
class Audience:
    """Who sees it. A government or an organisation is always one that is named."""

    kind: AudienceKind
    name: str = ""

    def __post_init__(self) -> None:
        if (self.kind is AudienceKind.PUBLIC) == bool(self.name.strip()):
            raise AudienceUnreadable(
                f"{self.kind.value}:{self.name!r} is no audience: the public has no name, "
                "every other audience must have one."
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the audience that `text` names, as `str()` of an audience writes it."""
        kind, _, name = text.strip().partition(":")
        if kind not in {known.value for known in AudienceKind}:
            raise AudienceUnreadable(
                f"{text!r} names no audience; write public, organisation:ID, body:CODE "
                "or government:CC."
            )
        governmental = kind == AudienceKind.GOVERNMENT.value
        return cls(AudienceKind(kind), name.upper() if governmental else name)

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.name}" if self.name else self.kind.value


PUBLIC_AUDIENCE = Audience(AudienceKind.PUBLIC)


class IdentityLevel(IntEnum):
    """How much of who somebody is; each level holds the ones below it."""

    NONE = 0
    AGGREGATE = 1
    CODE = 2
    PSEUDONYM = 3
    NAME = 4


IDENTIFYING = frozenset({IdentityLevel.PSEUDONYM, IdentityLevel.NAME})
"""Levels at which somebody who knows the person would know them again."""


class FieldGroup(StrEnum):
    """Parts of a record that are agreed to separately."""

    IDENTITY = "identity"
    BIOGRAPHY = "biography"
    DETENTION = "detention"
    HEALTH = "health"
    FAMILY = "family"
    CONTACT = "contact"
    DOCUMENTS = "documents"


NEVER_PUBLIC = frozenset({FieldGroup.FAMILY, FieldGroup.CONTACT})
"""Relatives and ways to reach somebody are never public fields, whoever agreed (rule H2)."""


class NeverPublic(ValueError):
    """Family and contact are never public, whoever agreed (rule H2)."""


def check_public(audience: Audience, groups: Iterable[FieldGroup]) -> None:
    """Raise `NeverPublic` where the public would be agreed to see relatives or ways to reach."""
    if audience.kind is AudienceKind.PUBLIC and not NEVER_PUBLIC.isdisjoint(groups):
        raise NeverPublic("Family and contact are never public.")


class Basis(StrEnum):
    """Who agreed; a proxy is recorded as a proxy."""

    SELF = "self"
    FAMILY_PROXY = "family_proxy"
    LAWYER_PROXY = "lawyer_proxy"
    GUARDIAN = "guardian"
    ORGANISATION = "organisation_proxy"
    PUBLIC_RECORD = "public_record"


PUBLIC_RECORD_PURPOSES = frozenset(
    {Purpose.STATISTICS, Purpose.REGISTRY, Purpose.RESEARCH_DATA, Purpose.REPORT}
)
PUBLIC_RECORD_FIELDS = frozenset({FieldGroup.IDENTITY, FieldGroup.BIOGRAPHY, FieldGroup.DETENTION})
"""What an already public source can stand in for: it is nobody's consent, so it carries least."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One agreement. Empty sets agree to nothing; days are half-open: on the last, it is over."""

    id: str
    purposes: frozenset[Purpose]
    audiences: frozenset[Audience]
    field_groups: frozenset[FieldGroup]
    level: IdentityLevel
    basis: Basis
    given_on: date
    expires_on: date | None
    """A grant without an end is one nobody asked about; it covers nothing (rule H1)."""
    revoked_on: date | None = None
    citation: str = ""
    """Where the public record is; needed for that basis only."""
    fingerprints: frozenset[str] = frozenset()
    """Keys of the partners that the audiences were shown to be; none: any of that name."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Somebody asked to be left out. `None` for purposes or audiences means every one.

    It ends each grant given on or before its day, and bars the public record for ever: only a
    later agreement by a person can open the subject again.
    """

    made_on: date
    purposes: frozenset[Purpose] | None = None
    audiences: frozenset[Audience] | None = None


class Reason(StrEnum):
    """Why a use is or is not covered; pages word it."""

    GRANTED = "granted"
    NO_GRANT = "no_grant"
    NOTHING_ASKED = "nothing_asked"
    NEVER_PUBLIC = "never_public"
    ORIGIN_STATE = "origin_state"
    ORIGIN_UNKNOWN = "origin_unknown"
    OTHER_PURPOSE = "other_purpose"
    OTHER_AUDIENCE = "other_audience"
    GOVERNMENT_NOT_NAMED = "government_not_named"
    OTHER_FIELDS = "other_fields"
    LEVEL_TOO_HIGH = "level_too_high"
    PUBLIC_RECORD_TOO_NARROW = "public_record_too_narrow"
    NOT_YET = "not_yet"
    NO_END = "no_end"
    EXPIRED = "expired"
    REVOKED = "revoked"
    OBJECTED = "objected"


@dataclass(frozen=True, slots=True)
class Permission:
    """The answer, the grant it rests on, and the reason."""

    allowed: bool
    by_which_grant: str | None
    reason: Reason

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True, slots=True)
class _Use:
    purpose: Purpose
    audience: Audience
    field_group: FieldGroup
    level: IdentityLevel
    on: date
    objections: tuple[Objection, ...]
    fingerprint: str | None


def permits(  # noqa: PLR0913 - one argument a dimension of consent: none may be forgotten
    grants: Iterable[Grant],
    *,
    purpose: Purpose,
    audience: Audience,
    field_group: FieldGroup,
    level: IdentityLevel,
    on: date,
    origin_states: Collection[str] = (),
    objections: Iterable[Objection] = (),
    fingerprint: str | None = None,
) -> Permission:
    """Return whether one grant covers this use on this day; two halves never make a whole.

    `origin_states` are the states the person fears, as country codes. A government is refused
    while they are unknown, and each of them always (rule H5). `fingerprint` is that of the partner
    to whom it would be given; None where it stays on this instance.
    """
    use = _Use(purpose, audience, field_group, level, on, tuple(objections), fingerprint)
    barred = _barred(use, frozenset(state.upper() for state in origin_states))
    if barred is not None:
        return Permission(allowed=False, by_which_grant=None, reason=barred)
    nearest, reached = Reason.NO_GRANT, -1
    for grant in grants:
        failed = _first_failure(grant, use)
        if failed is None:
            return Permission(allowed=True, by_which_grant=grant.id, reason=Reason.GRANTED)
        step, reason = failed
        if step > reached:
            nearest, reached = reason, step
    return Permission(allowed=False, by_which_grant=None, reason=nearest)


def highest_level(  # noqa: PLR0913 - the same dimensions, less the one it looks for
    grants: Iterable[Grant],
    *,
    purpose: Purpose,
    audience: Audience,
    field_group: FieldGroup,
    on: date,
    origin_states: Collection[str] = (),
    objections: Iterable[Objection] = (),
    fingerprint: str | None = None,
) -> IdentityLevel:
    """Return the most that may be shown of who the person is; `NONE` where nothing may."""
    held, objected = tuple(grants), tuple(objections)
    return max(
        (
            level
            for level in IdentityLevel
            if permits(
                held,
                purpose=purpose,
                audience=audience,
                field_group=field_group,
                level=level,
                on=on,
                origin_states=origin_states,
                objections=objected,
                fingerprint=fingerprint,
            )
        ),
        default=IdentityLevel.NONE,
    )


def _barred(use: _Use, origin_states: frozenset[str]) -> Reason | None:
    if use.level is IdentityLevel.NONE:
        return Reason.NOTHING_ASKED
    if use.audience.kind is AudienceKind.PUBLIC and use.field_group in NEVER_PUBLIC:
        return Reason.NEVER_PUBLIC
    if use.audience.kind is not AudienceKind.GOVERNMENT:
        return None
    if not origin_states:
        return Reason.ORIGIN_UNKNOWN
    return Reason.ORIGIN_STATE if use.audience.name.upper() in origin_states else None


def _first_failure(grant: Grant, use: _Use) -> tuple[int, Reason] | None:
    for step, (passed, reason) in enumerate(_checks(grant, use)):
        if not passed:
            return step, reason
    return None


def _checks(grant: Grant, use: _Use) -> tuple[tuple[bool, Reason], ...]:
    governmental = use.audience.kind is AudienceKind.GOVERNMENT
    audience_reason = Reason.GOVERNMENT_NOT_NAMED if governmental else Reason.OTHER_AUDIENCE
    revoked = grant.revoked_on is not None and grant.revoked_on <= use.on
    return (
        (use.purpose in grant.purposes, Reason.OTHER_PURPOSE),
        (_reaches(grant, use), audience_reason),
        (use.field_group in grant.field_groups, Reason.OTHER_FIELDS),
        (use.level <= grant.level, Reason.LEVEL_TOO_HIGH),
        (_record_suffices(grant, use), Reason.PUBLIC_RECORD_TOO_NARROW),
        (grant.given_on <= use.on, Reason.NOT_YET),
        (grant.expires_on is not None, Reason.NO_END),
        (grant.expires_on is not None and use.on < grant.expires_on, Reason.EXPIRED),
        (not revoked, Reason.REVOKED),
        (not any(_ends(objection, grant, use) for objection in use.objections), Reason.OBJECTED),
    )


def _reaches(grant: Grant, use: _Use) -> bool:
    """Tell whether the grant names this audience; "the public" holds anyone but a government.

    A government can read a public page like everyone, but nothing is handed to it unless the
    person named it. A partner is meant where it has a key that was shown, if any was.
    """
    if use.audience in grant.audiences and (
        use.fingerprint is None or not grant.fingerprints or use.fingerprint in grant.fingerprints
    ):
        return True
    return use.audience.kind is not AudienceKind.GOVERNMENT and PUBLIC_AUDIENCE in grant.audiences


def _record_suffices(grant: Grant, use: _Use) -> bool:
    if grant.basis is not Basis.PUBLIC_RECORD:
        return True
    return (
        bool(grant.citation.strip())
        and use.purpose in PUBLIC_RECORD_PURPOSES
        and use.field_group in PUBLIC_RECORD_FIELDS
        and use.audience.kind is not AudienceKind.GOVERNMENT
    )


def _ends(objection: Objection, grant: Grant, use: _Use) -> bool:
    in_scope = (objection.purposes is None or use.purpose in objection.purposes) and (
        objection.audiences is None or _touches(objection.audiences, use.audience)
    )
    made = objection.made_on <= use.on
    barred = grant.basis is Basis.PUBLIC_RECORD or grant.given_on <= objection.made_on
    return in_scope and made and barred


def _touches(objected: frozenset[Audience], audience: Audience) -> bool:
    return audience in objected or PUBLIC_AUDIENCE in objected
