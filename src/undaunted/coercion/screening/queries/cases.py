"""Reads of cases: one's own authority's alone, and what each held at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

from undaunted.coercion.screening.models import (
    Answer,
    Assessment,
    Case,
    Decision,
    Filing,
    Request,
)
from undaunted.coercion.screening.rules import Said
from undaunted.core.access.rules import RECORD_ROLES
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.vault.queries import teams_for

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from undaunted.coercion.screening.models.cases import Keepable
    from undaunted.core.access.rules import Actor

__all__ = [
    "authorities_of",
    "authority_name",
    "case_for",
    "cases_for",
    "draft_of",
    "said_of",
    "sealed_in",
    "teams_of",
]

SEALING = (Filing, Request, Answer, Assessment, Decision)


def authorities_of(actor: Actor) -> frozenset[UUID]:
    """Give the organisations for which the actor reads cases; officials, their own body alone."""
    held = actor.organisations_as(*RECORD_ROLES) if actor.second_factor else frozenset()
    return held & actor.governments if actor.governments else held


def cases_for(actor: Actor) -> QuerySet[Case]:
    """Give the cases of one's own authority, the last moved first."""
    return Case.objects.filter(holder__in=authorities_of(actor)).order_by("-moved_at", "reference")


def case_for(actor: Actor, reference: str) -> Case | None:
    """Give one case by its short name or id; None for absent and for forbidden."""
    try:
        named = Q(pk=UUID(reference))
    except ValueError:
        named = Q(reference=reference)
    return cases_for(actor).filter(named).order_by("recorded_at").first()


def authority_name(actor: Actor, case: Case) -> str:
    """Give the name of the authority that holds a case."""
    found = organisations_for(actor).filter(pk=case.holder).first()
    return (found.name if found else str(case.holder))[:200]


def draft_of(actor: Actor, case: Case) -> Filing | None:
    """Give the notification that is being drafted, if one is."""
    rows = Filing.objects.filter(holder__in=authorities_of(actor), case=case)
    return rows.filter(submitted_at__isnull=True, withdrawn_at__isnull=True).first()


def said_of(_actor: Actor, filing: Filing) -> dict[str, Said]:
    """Give a notification as the rules read it; what is sealed is there, and is not told."""
    sealed = set(filing.sealed_names)
    codes = [*filing.fields, *(code for code in sealed if code not in filing.fields)]
    return {
        code: Said("sealed", secret=True, summary=filing.fields.get(code, ""))
        if code in sealed
        else Said(filing.fields[code])
        for code in codes
    }


def sealed_in(actor: Actor, case: Case) -> tuple[Keepable, ...]:
    """Give the rows of a case that have sealed texts, oldest first; withdrawn ones too."""
    if case.holder not in authorities_of(actor):
        return ()
    rows: list[Any] = []
    for model in SEALING:
        rows += model.objects.filter(case=case, envelope__isnull=False)
    return tuple(sorted(rows, key=lambda row: (row.recorded_at, str(row.pk))))


def teams_of(actor: Actor, case: Case) -> QuerySet[Any]:
    """Give the teams of one's own authority, one of which opens what is sealed in a case."""
    return teams_for(actor).filter(holder=case.holder).order_by("name", "id")
