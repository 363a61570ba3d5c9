"""A case as programs and the terminal are told of it: every field but what is sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.models.cases import Keepable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.queries.known import CaseSheet
    from undaunted.core.access.rules import Actor

__all__ = ["case_told", "row_told", "sheet_told"]

HIDDEN = frozenset({"envelope", "sequence", "holder", "case"})
ROWS = (
    "parties", "loads", "facts", "scopes", "assessments", "requests", "answers", "notices",
    "comments", "decisions", "recourses", "mitigations", "checks", "analyses",
)  # fmt: skip


def row_told(_actor: Actor, row: Model) -> dict[str, Any]:
    """Give a row by its fields; of sealed texts, that there are some."""
    told = {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in HIDDEN
    }
    return told | ({"kept": row.kept} if isinstance(row, Keepable) else {})


def case_told(_actor: Actor, case: Case) -> dict[str, Any]:
    """Give a case in a line."""
    return {
        "id": case.pk,
        "reference": case.reference,
        "title": case.title,
        "jurisdiction": case.jurisdiction,
        "origin": case.origin,
        "stage": case.stage,
        "moved_at": case.moved_at,
    }


def sheet_told(actor: Actor, sheet: CaseSheet) -> dict[str, Any]:
    """Give all that a case held at a moment; parties with where they stand with lists."""
    decision, proposed = sheet.decision, sheet.proposed
    return case_told(actor, sheet.case) | {
        "as_known": sheet.at,
        "stage": sheet.stage,
        "moved_at": sheet.steps[-1].at if sheet.steps else None,
        "steps": [
            {"stage": step.stage, "reason": step.reason, "at": step.at} for step in sheet.steps
        ],
        "filing": row_told(actor, sheet.filing) if sheet.filing else None,
        "stakes": sheet.stakes,
        "lists": [
            {
                "party": line.party.pk,
                "standing": str(line.standing),
                "checks": _rows(actor, line.checks),
            }
            for line in sheet.lists
        ],
        "decision": decision.pk if decision else None,
        "proposed": proposed.pk if proposed else None,
        **{name: _rows(actor, getattr(sheet, name)) for name in ROWS},
        "fallen": sorted(sheet.fallen),
    }


def _rows(actor: Actor, rows: Iterable[Model]) -> list[dict[str, Any]]:
    return [row_told(actor, row) for row in rows]
