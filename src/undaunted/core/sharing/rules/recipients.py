"""To whom a package may go: named, verified, each once, and as its marking allows.

A group is only a shorter way to name its members. It is written out when a package is proposed, and
an empty one is nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.core.consent.rules import Audience, AudienceKind, AudienceUnreadable
from undaunted.core.sharing.rules.markings import Tlp
from undaunted.core.sharing.rules.refusals import (
    MarkingRefused,
    PartnerUnverified,
    RecipientsRefused,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

__all__ = [
    "MOST_RECIPIENTS",
    "PartnerKind",
    "Recipient",
    "audience_of",
    "check_recipients",
    "named_to",
    "written_out",
]

MOST_RECIPIENTS = 50


class PartnerKind(StrEnum):
    """What a partner is."""

    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    BODY = "body"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Recipient:
    """A partner as the rules see it."""

    id: UUID
    name: str
    kind: PartnerKind
    audience: Audience
    verified: bool
    fingerprint: str = ""


def audience_of(kind: PartnerKind, text: str) -> Audience:
    """Read as what audience a partner counts in consent. Raises `RecipientsRefused`.

    A government is `government:CC`. A person counts as the organisation, body or government they
    work for, so that an official is asked about as the state.
    """
    try:
        audience = Audience.parse(text)
    except AudienceUnreadable as problem:
        raise RecipientsRefused(f"audience: {problem}") from problem
    if audience.kind is AudienceKind.PUBLIC:
        raise RecipientsRefused("audience: the public is no partner; publish instead")
    if kind is not PartnerKind.PERSON and audience.kind.value != kind.value:
        raise RecipientsRefused(f"audience: a partner of kind {kind.value} is {kind.value}:NAME")
    return audience


def written_out(named: Iterable[UUID], groups: Iterable[Iterable[UUID]]) -> tuple[UUID, ...]:
    """Give every recipient once. Raises `RecipientsRefused`: nobody, an empty group, too many."""
    wanted = list(named)
    for members in groups:
        found = list(members)
        if not found:
            raise RecipientsRefused("recipients: a group without members is nobody; name somebody")
        wanted += found
    explicit = tuple(dict.fromkeys(wanted))
    if not explicit:
        raise RecipientsRefused("recipients: name at least one; nobody is not everybody")
    if len(explicit) > MOST_RECIPIENTS:
        raise RecipientsRefused(f"recipients: at most {MOST_RECIPIENTS} in one package")
    return explicit


def check_recipients(recipients: Iterable[Recipient], tlp: Tlp) -> None:
    """Raise `PartnerUnverified` or `MarkingRefused` where one of them may not have the package."""
    for recipient in recipients:
        if not recipient.verified:
            raise PartnerUnverified(
                f"{recipient.name}: a second person must compare the fingerprints first"
            )
        if tlp is Tlp.RED and recipient.kind is not PartnerKind.PERSON:
            raise MarkingRefused(
                f"{recipient.name}: TLP:RED is for named persons; name the person there, or "
                "mark it TLP:AMBER+STRICT"
            )


def named_to(recipient: str, everybody: Iterable[str], tlp: Tlp) -> tuple[tuple[str, ...], int]:
    """Give whom a copy names and how many others it only counts.

    Under TLP:RED each copy is for one person, who learns how many others there are and not who.
    """
    names = tuple(everybody)
    return ((recipient,), len(names) - 1) if tlp is Tlp.RED else (names, 0)
