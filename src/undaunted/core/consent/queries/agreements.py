"""Reads of who agreed to what, and of who asked to be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.queries import seen_by
from undaunted.core.consent.models import Grant
from undaunted.core.consent.models import Objection as ObjectionRow
from undaunted.core.consent.rules import (
    Audience,
    Basis,
    FieldGroup,
    IdentityLevel,
    Objection,
    Purpose,
)
from undaunted.core.consent.rules import (
    Grant as Agreement,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "agreement",
    "grant_row_for",
    "grant_rows_for",
    "grants_for",
    "objections_for",
    "subjects_agreed",
]


def grants_for(actor: Actor, subjects: Iterable[UUID]) -> dict[UUID, tuple[Agreement, ...]]:
    """Give every subject's grants as `permits` takes them; a subject without any has ()."""
    wanted = tuple(subjects)
    found: dict[UUID, list[Agreement]] = {subject: [] for subject in wanted}
    for row in grant_rows_for(actor, wanted):
        found[row.subject].append(agreement(row))
    return {subject: tuple(rows) for subject, rows in found.items()}


def grant_rows_for(actor: Actor, subjects: Iterable[UUID]) -> QuerySet[Grant]:
    """Give the rows of the ledger about these subjects, oldest first."""
    rows = Grant.objects.filter(subject__in=tuple(subjects))
    return seen_by(actor, rows).order_by("recorded_at", "id")


def subjects_agreed(actor: Actor, purpose: Purpose, *, most: int) -> tuple[UUID, ...]:
    """Give the subjects about whom an agreement to this purpose stands, newest agreement first."""
    rows = Grant.objects.filter(purpose=purpose.value, revoked_at__isnull=True)
    found = seen_by(actor, rows).order_by("-recorded_at").values_list("subject", flat=True)
    return tuple(dict.fromkeys(found[:most]))


def grant_row_for(actor: Actor, grant: UUID) -> Grant | None:
    """Give one row of the ledger, None where the actor may not know of it."""
    return seen_by(actor, Grant.objects.filter(pk=grant)).first()


def objections_for(actor: Actor, subject: UUID) -> tuple[Objection, ...]:
    """Give what a subject asked to be left out of, as `permits` takes it; none for the public."""
    if not actor.organisations or not actor.second_factor:
        return ()
    return tuple(
        Objection(
            made_on=row.made_on,
            purposes=frozenset({Purpose(row.purpose)}) if row.purpose else None,
            audiences=frozenset({Audience.parse(row.audience)}) if row.audience else None,
        )
        for row in ObjectionRow.objects.filter(subject=subject).order_by("recorded_at", "id")
    )


def agreement(row: Grant) -> Agreement:
    """Give a row as the rules read it."""
    return Agreement(
        id=str(row.pk),
        purposes=frozenset({Purpose(row.purpose)}),
        audiences=frozenset({Audience.parse(row.audience)}),
        field_groups=frozenset(FieldGroup(group) for group in row.field_groups),
        fingerprints=frozenset(row.fingerprints),
        level=IdentityLevel[row.level.upper()],
        basis=Basis(row.basis),
        given_on=row.given_on,
        expires_on=row.until,
        revoked_on=row.revoked_at.date() if row.revoked_at else None,
        citation=str(row.evidence_document or row.how),
    )
