"""The gate: one person proposes, another publishes, and taking down works at once.

Publishing is the first approval. What is recorded later of a published case waits for another: the
database notes whose hands changed it and lets nobody among them approve.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.actors.models import Party
from undaunted.core.audit.actions import record_entry
from undaunted.core.audit.rules import merkle_root
from undaunted.core.consent.queries import grants_for
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    FieldGroup,
    IdentityLevel,
    Purpose,
    permits,
)
from undaunted.prisoners.registry.actions.downloads import destroy_downloads
from undaunted.prisoners.registry.actions.projecting import project
from undaunted.prisoners.registry.models import Change, Publication
from undaunted.prisoners.registry.queries.changes import (
    gates_waiting,
    offers_for,
    whole_digest,
)
from undaunted.prisoners.registry.queries.received import holds_received

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.consent.rules import Reason

__all__ = [
    "ChangedMeanwhile",
    "ConsentMissing",
    "NeverOnward",
    "PublicationRefused",
    "approve_changes",
    "approve_import",
    "new_reference",
    "propose_publication",
    "publish",
    "release_embargo",
    "take_down",
]

CHANGED_MEANWHILE: Final = "55000"
INSUFFICIENT_PRIVILEGE: Final = "42501"
"""How the database says no (SQLSTATE); see `registry_approve`."""

_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 6


class PublicationRefused(ValueError):
    """The case is not in the state this step needs."""


class ChangedMeanwhile(PublicationRefused):
    """Somebody changed a case after it was looked at; look again, then approve."""


class NeverOnward(PublicationRefused):
    """A partner sent the record: it is neither published nor joined to what is."""


class ConsentMissing(PublicationRefused):
    """Nobody agreed to this use, or not any more; `reason` says what is missing."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"consent does not cover the public registry: {reason.value}")
        self.reason = reason


def propose_publication(
    party: Party, *, actor: Actor, at: datetime, embargo_until: datetime | None = None
) -> Publication:
    """Propose that a case becomes public; the record that stands for its group carries it.

    Raises `ConsentMissing` unless somebody agreed to the public registry, at least by a code.
    """
    require(actor, Verb.PROPOSE_PUBLICATION, Facts(holder=party.holder))
    with transaction.atomic():
        standing = Party.objects.get(pk=party.canonical)
        require(actor, Verb.PROPOSE_PUBLICATION, Facts(holder=standing.holder))
        _require_consent(standing, actor, at)
        gate = Publication.objects.select_for_update().filter(party=standing).first()
        if gate is not None and gate.state != "taken_down":
            raise PublicationRefused(f"the case is {gate.state}")
        gate = gate or Publication(party=standing, holder=standing.holder, sharing=standing.sharing)
        gate.reference = new_reference(standing)
        gate.state, gate.embargo_until = "proposed", embargo_until
        gate.proposed_by, gate.proposed_at = actor.person, at
        gate.published_by = gate.published_at = None
        gate.taken_down_by = gate.taken_down_at = None
        gate.save()
        _record("publication.proposed", gate, actor, at)
    return gate


def publish(gate: Publication, *, actor: Actor, at: datetime) -> Publication:
    """Publish a proposed case as a second person; under an embargo it appears when that ends."""
    hands = frozenset({gate.proposed_by})
    require(actor, Verb.PUBLISH, Facts(holder=gate.holder, earlier_hands=hands))
    with transaction.atomic():
        held = Publication.objects.select_for_update().get(pk=gate.pk)
        if held.state != "proposed" or held.proposed_by == actor.id:
            raise PublicationRefused(f"the case is {held.state}")
        if _changed_by(actor, held):
            raise Forbidden("who changed a proposed case does not publish it")
        _require_consent(held.party, actor, at)
        held.state, held.published_by, held.published_at = "published", actor.id, at
        held.save(update_fields=["state", "published_by", "published_at"])
        _record("publication.published", held, actor, at)
        project([held.party_id])
    return held


def approve_changes(seen: Mapping[UUID, str], *, actor: Actor, at: datetime) -> int:
    """Let what was recorded of published cases since the last approval be shown: all or none.

    `seen` holds by gate the digest of what was looked at (`queries.changes`). Consent, takedown and
    withdrawal need no approval. Raises `Forbidden` to whoever made one of the changes and
    `ChangedMeanwhile`. One audit entry holds the Merkle root of the digests.
    """
    with transaction.atomic():
        gates = list(Publication.objects.filter(pk__in=seen).order_by("pk"))
        hands = dict.fromkeys(seen, frozenset[UUID]())
        made = Change.objects.filter(gate__in=seen).values_list("gate", "by").distinct()
        for changed, by in made:
            hands[changed] |= {by}
        for gate in gates:
            require(actor, Verb.PUBLISH, Facts(holder=gate.holder, earlier_hands=hands[gate.pk]))
        if len(gates) != len(seen) or any(gate.state != "published" for gate in gates):
            raise PublicationRefused("only published cases have changes to approve")
        done = _approve(seen, at)
        record_entry(
            "publication.changes_approved",
            actor=actor,
            subject_kind="batch",
            subject_id=merkle_root(f"{gate.pk} {seen[gate.pk]}".encode() for gate in gates),
            at=at,
            detail={"cases": done, "first": str(gates[0].party_id) if gates else ""},
        )
        project([gate.party_id for gate in gates])
        destroy_downloads()
    return done


def approve_import(batch: UUID, seen: str, *, actor: Actor, at: datetime) -> int:
    """Let all that an import changed of published cases be shown; `seen` is its `whole_digest`.

    Raises as `approve_changes` does.
    """
    waiting = gates_waiting(actor, batch=batch).values_list("pk", flat=True)
    offers = offers_for(actor, waiting)
    if whole_digest(actor, offers) != seen:
        raise ChangedMeanwhile("the cases were changed since they were looked at")
    return approve_changes(offers, actor=actor, at=at) if offers else 0


def release_embargo(gate: Publication, *, actor: Actor, at: datetime) -> Publication:
    """End an embargo now, whether its time has come or somebody ends it earlier."""
    hands = frozenset({gate.proposed_by})
    require(actor, Verb.PUBLISH, Facts(holder=gate.holder, earlier_hands=hands))
    with transaction.atomic():
        held = Publication.objects.select_for_update().get(pk=gate.pk)
        if held.state != "published" or held.embargo_until is None:
            raise PublicationRefused("there is no embargo to end")
        held.embargo_until = min(held.embargo_until, at)
        held.save(update_fields=["embargo_until"])
        _record("publication.embargo_ended", held, actor, at)
        project([held.party_id])
    return held


def take_down(gate: Publication, *, actor: Actor, at: datetime) -> Publication:
    """Take a case out of everything public at once; its reference and the day stay."""
    require(actor, Verb.TAKE_DOWN, Facts(holder=gate.holder))
    with transaction.atomic():
        held = Publication.objects.select_for_update().get(pk=gate.pk)
        if held.state == "taken_down":
            raise PublicationRefused("the case was taken down before")
        shown = held.state == "published"
        held.state, held.taken_down_by, held.taken_down_at = "taken_down", actor.id, at
        held.save(update_fields=["state", "taken_down_by", "taken_down_at"])
        _record("publication.taken_down", held, actor, at)
        if shown:
            project([held.party_id])
            destroy_downloads()
    return held


def _changed_by(actor: Actor, gate: Publication) -> bool:
    """Tell whether something of the case that waits, at any gate of its group, is the actor's."""
    return Change.objects.filter(
        by=actor.person,
        gate__party__canonical=gate.party.canonical,
        gate__state__in=("proposed", "published"),
    ).exists()


def _approve(seen: Mapping[UUID, str], at: datetime) -> int:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT registry_approve(%s::uuid[], %s::text[], %s)",
                [[str(gate) for gate in seen], list(seen.values()), at],
            )
            ((done,),) = cursor.fetchall()
    except DatabaseError as error:
        state = getattr(error.__cause__, "sqlstate", "")
        if state == CHANGED_MEANWHILE:
            raise ChangedMeanwhile("the case was changed since it was looked at") from error
        if state == INSUFFICIENT_PRIVILEGE:
            raise Forbidden("a second person with the role approves") from error
        raise
    return int(done)


def _require_consent(party: Party, actor: Actor, at: datetime) -> None:
    members = list(
        Party.objects.filter(canonical=party.canonical, withdrawn_at__isnull=True).values_list(
            "pk", flat=True
        )
    )
    if holds_received(actor, [party.canonical]):
        raise NeverOnward("a partner sent this record: what is received never goes onward")
    grants = grants_for(actor, members)
    permission = permits(
        [grant for rows in grants.values() for grant in rows],
        purpose=Purpose.REGISTRY,
        audience=PUBLIC_AUDIENCE,
        field_group=FieldGroup.DETENTION,
        level=IdentityLevel.CODE,
        on=at.date(),
    )
    if not permission:
        raise ConsentMissing(permission.reason)


def new_reference(party: Party) -> str:
    """Make a reference that says nothing but the country: it cannot be guessed or counted."""
    drawn = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    return f"{party.country or 'XX'}-{drawn}"


def _record(verb: str, gate: Publication, actor: Actor, at: datetime) -> None:
    until = gate.embargo_until.isoformat() if gate.embargo_until else ""
    record_entry(
        verb,
        actor=actor,
        subject_kind="party",
        subject_id=gate.party_id,
        at=at,
        detail={"reference": gate.reference, "embargo_until": until},
    )
