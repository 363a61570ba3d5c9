"""Two organisations that exchange packages, with people, keys and a case, through real actions.

Each stands for an instance: row security keeps them apart as two databases would.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.core.vault.factories import Office, make_office
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.consent.actions import record_consent
from undaunted.core.consent.rules import Audience, Basis, FieldGroup, IdentityLevel, Purpose
from undaunted.core.evidence.actions import record_source
from undaunted.core.evidence.rules import Grade, SourceKind
from undaunted.core.sharing.actions import (
    Wanted,
    make_own_keys,
    propose_parcel,
    record_partner,
    seal_parcel,
    verify_partner,
)
from undaunted.core.sharing.models import Copy
from undaunted.core.sharing.rules import Pap, PartnerKind, Tlp
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.prisoners.registry.actions.records import record_spell

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.actors.models import Party
    from undaunted.core.consent.models import Grant
    from undaunted.core.sharing.models import OwnKeys, Parcel, Partner

__all__ = [
    "NAME",
    "Instance",
    "befriend",
    "case_of",
    "consented",
    "make_instance",
    "sealed",
    "wanted",
]

NAME = "Ilmira Sovdagar"
AUDIENCE = "organisation:lantern-fund"


@dataclass
class Instance:
    """An organisation with its people and its keys for sharing."""

    office: Office
    own: OwnKeys

    @property
    def holder(self) -> UUID:
        """The organisation."""
        return self.office.holder


def make_instance(owner_sql: Any, name: str = "Harbour Watch") -> Instance:
    """Make an organisation that can share."""
    office = make_office(owner_sql)
    with office.steward.acting() as actor:
        own = make_own_keys(office.holder, office.team, name, actor=actor, at=timezone.now())
    return Instance(office, own)


def befriend(
    ours: Instance,
    theirs: Instance,
    *,
    kind: PartnerKind = PartnerKind.ORGANISATION,
    audience: str = AUDIENCE,
    verified: bool = True,
) -> Partner:
    """Record one as the other's partner, verified by a second person."""
    with ours.office.caseworker.acting() as actor:
        partner = record_partner(
            ours.holder,
            name=theirs.own.name,
            kind=kind,
            audience=audience,
            signing_key=theirs.own.signing_key,
            recipient=theirs.own.recipient,
            actor=actor,
            at=timezone.now(),
        )
    if verified:
        with ours.office.steward.acting() as actor:
            partner = verify_partner(
                partner, theirs.own.fingerprint.upper(), actor=actor, at=timezone.now()
            )
    return partner


def case_of(
    instance: Instance, *, country: str = "XR", nationalities: tuple[str, ...] = ()
) -> Party:
    """Record somebody held since March."""
    at = timezone.now()
    with instance.office.caseworker.acting() as actor:
        party = record_person(
            instance.holder,
            [(NAME, "full", "en")],
            actor=actor,
            at=at,
            country=country,
            nationalities=list(nationalities),
        )
        source = record_source(instance.holder, actor=actor, at=at, kind=SourceKind.NGO_REPORT)
        record_spell(
            party,
            "pre_trial_detention",
            PartialDate.parse("2024-03-05"),
            actor=actor,
            at=at,
            sources=[(source, Grade.parse("B2"))],
            city="Port Ruritan",
        )
    return party


def consented(  # noqa: PLR0913 - the dimensions of consent
    instance: Instance,
    party: Party,
    *,
    audience: str = AUDIENCE,
    level: IdentityLevel = IdentityLevel.NAME,
    groups: tuple[FieldGroup, ...] = (
        FieldGroup.IDENTITY,
        FieldGroup.BIOGRAPHY,
        FieldGroup.DETENTION,
        FieldGroup.DOCUMENTS,
    ),
    purpose: Purpose = Purpose.CAMPAIGN,
    fingerprints: tuple[str, ...] = (),
) -> Grant:
    """Record that the person agreed that this audience may see them."""
    today = timezone.now().date()
    with instance.office.caseworker.acting() as actor:
        return record_consent(
            party.pk,
            actor=actor,
            at=timezone.now(),
            holder=instance.holder,
            purpose=purpose,
            audience=Audience.parse(audience),
            fingerprints=fingerprints,
            level=level,
            field_groups=groups,
            basis=Basis.SELF,
            how="by letter",
            given_on=today - timedelta(days=1),
            until=date(today.year + 1, 12, 31),
        )


def wanted(*things: UUID, partners: tuple[UUID, ...] = (), **changed: Any) -> Wanted:
    """Give what to propose."""
    usual: dict[str, Any] = {
        "title": "For the campaign",
        "things": tuple(("registry.case", thing) for thing in things),
        "partners": partners,
        "circles": (),
        "tlp": Tlp.AMBER_STRICT,
        "pap": Pap.GREEN,
        "purpose": Purpose.CAMPAIGN,
        "expires_at": timezone.now() + timedelta(days=30),
    }
    return Wanted(**(usual | changed))


def sealed(ours: Instance, request: Wanted) -> tuple[Parcel, list[bytes]]:
    """Propose as one person, seal as another; gives the parcel and each recipient's file."""
    with ours.office.caseworker.acting() as actor:
        parcel = propose_parcel(ours.holder, request, actor=actor, at=timezone.now())
    steward = ours.office.steward
    with steward.acting() as actor:
        parcel = seal_parcel(parcel, key=steward.key, actor=actor, at=timezone.now())
        copies = Copy.objects.filter(parcel=parcel).order_by("partner__name", "id")
        return parcel, [bytes(copy.sealed or b"") for copy in copies]
