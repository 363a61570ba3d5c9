"""Who may speak for somebody who cannot be asked, with what proof, and how far.

A proxy never has more to give than the person, and less wherever a mistake cannot be taken back.
The limits are the house's own choice; no law is quoted for them. As soon as the person has spoken,
for one purpose and one audience, no proxy speaks there again. Pure: what is missing denies.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from undaunted.core.consent.rules.agreements import (
    IDENTIFYING,
    AudienceKind,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from undaunted.core.consent.rules.agreements import Audience, Grant

__all__ = [
    "PROXIES",
    "PROXY_GOVERNMENT_PURPOSES",
    "PROXY_NEVER_PUBLIC",
    "RELATIONS",
    "WITH_MANDATE",
    "Mandate",
    "PersonHasSpoken",
    "ProxyLimit",
    "ProxyRefused",
    "Relation",
    "check_proxy",
    "replaced_by",
]


class Relation(StrEnum):
    """What a proxy is to the person."""

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    OTHER_RELATIVE = "other_relative"
    LAWYER = "lawyer"
    PARENT_OF_A_MINOR = "parent_of_a_minor"
    GUARDIAN_BY_COURT = "guardian_by_court"
    MANDATED_ORGANISATION = "mandated_organisation"


RELATIONS: Final[Mapping[Basis, frozenset[Relation]]] = MappingProxyType(
    {
        Basis.FAMILY_PROXY: frozenset(
            {
                Relation.SPOUSE,
                Relation.PARENT,
                Relation.CHILD,
                Relation.SIBLING,
                Relation.OTHER_RELATIVE,
            }
        ),
        Basis.LAWYER_PROXY: frozenset({Relation.LAWYER}),
        Basis.GUARDIAN: frozenset({Relation.PARENT_OF_A_MINOR, Relation.GUARDIAN_BY_COURT}),
        Basis.ORGANISATION: frozenset({Relation.MANDATED_ORGANISATION}),
    }
)
"""Which relations each kind of proxy can have."""
PROXIES: Final = frozenset(RELATIONS)
WITH_MANDATE: Final = frozenset(
    {Relation.LAWYER, Relation.GUARDIAN_BY_COURT, Relation.MANDATED_ORGANISATION}
)
"""Whoever speaks by a paper must show it: a document of the record, and the day it ends."""
PROXY_NEVER_PUBLIC: Final = frozenset({FieldGroup.DOCUMENTS})
"""What only the person can show to everybody. Health is not among it: an alarm can save a life."""
PROXY_GOVERNMENT_PURPOSES: Final = frozenset(
    {Purpose.QUIET_DIPLOMACY, Purpose.NOTICE_CHALLENGE, Purpose.ASSISTANCE, Purpose.SHELTER}
)
"""For what a proxy can name a government: only where it is asked to help this person."""


class ProxyLimit(StrEnum):
    """Why a proxy cannot agree to this; pages word it."""

    OTHER_RELATION = "other_relation"
    NO_MANDATE = "no_mandate"
    BEYOND_MANDATE = "beyond_mandate"
    PUBLIC_PARTS = "public_parts"
    GOVERNMENT_PURPOSE = "government_purpose"
    ORGANISATION_TO_GOVERNMENT = "organisation_to_government"
    ORGANISATION_IN_PUBLIC = "organisation_in_public"


class ProxyRefused(ValueError):
    """This proxy cannot agree to this; `limit` says why."""

    def __init__(self, limit: ProxyLimit) -> None:
        super().__init__(f"basis: this proxy cannot agree to this ({limit.value})")
        self.limit = limit


class PersonHasSpoken(ValueError):
    """The person has spoken on this purpose and audience; no proxy speaks there any more."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """What is known of a proxy: the relation, whether a document shows it, until when it holds."""

    relation: str = ""
    shown: bool = False
    until: date | None = None


def check_proxy(  # noqa: PLR0913 - one argument a dimension of consent
    basis: Basis,
    mandate: Mandate,
    *,
    purpose: Purpose,
    audience: Audience,
    level: IdentityLevel,
    groups: Iterable[FieldGroup],
    until: date,
) -> None:
    """Raise `ProxyRefused` where somebody who speaks for another cannot agree to this."""
    if basis not in RELATIONS:
        return
    for failed, limit in (
        *_of_the_mandate(basis, mandate, until),
        *_of_the_use(basis, purpose, audience, level, frozenset(groups)),
    ):
        if failed:
            raise ProxyRefused(limit)


def replaced_by(spoken: Grant, held: Iterable[Grant]) -> tuple[str, ...]:
    """Give the ids of the proxies' agreements that the person's own word takes the place of."""
    if spoken.basis is not Basis.SELF:
        return ()
    return tuple(
        grant.id
        for grant in held
        if grant.basis in PROXIES
        and grant.revoked_on is None
        and _overlap(grant.purposes, spoken.purposes)
        and _overlap(grant.audiences, spoken.audiences)
    )


def _of_the_mandate(
    basis: Basis, mandate: Mandate, until: date
) -> tuple[tuple[bool, ProxyLimit], ...]:
    by_paper = mandate.relation in WITH_MANDATE
    unproved = by_paper and (not mandate.shown or mandate.until is None)
    return (
        (mandate.relation not in RELATIONS[basis], ProxyLimit.OTHER_RELATION),
        (unproved, ProxyLimit.NO_MANDATE),
        (mandate.until is not None and until > mandate.until, ProxyLimit.BEYOND_MANDATE),
    )


def _of_the_use(
    basis: Basis,
    purpose: Purpose,
    audience: Audience,
    level: IdentityLevel,
    groups: frozenset[FieldGroup],
) -> tuple[tuple[bool, ProxyLimit], ...]:
    public = audience.kind is AudienceKind.PUBLIC
    governmental = audience.kind is AudienceKind.GOVERNMENT
    organisation = basis is Basis.ORGANISATION
    return (
        (public and not PROXY_NEVER_PUBLIC.isdisjoint(groups), ProxyLimit.PUBLIC_PARTS),
        (governmental and organisation, ProxyLimit.ORGANISATION_TO_GOVERNMENT),
        (
            governmental and purpose not in PROXY_GOVERNMENT_PURPOSES,
            ProxyLimit.GOVERNMENT_PURPOSE,
        ),
        (public and organisation and level in IDENTIFYING, ProxyLimit.ORGANISATION_IN_PUBLIC),
    )


def _overlap(one: Collection[object], other: Collection[object]) -> bool:
    return not frozenset(one).isdisjoint(other)
