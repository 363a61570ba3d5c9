"""Rows as programs are told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from undaunted.coercion.response.queries import InvocationSheet, PledgeLine

__all__ = ["invocation_told", "pledge_told"]

_PLEDGE = (
    "id", "kind", "text", "legal_basis", "trigger", "off_ramp", "amount", "reach", "approved_at",
    "ended_at", "ended_why", "kept",
)  # fmt: skip
_SAID = ("stage", "text", "reach", "recorded_at", "kept")
_DELIVERED = ("id", "day", "amount", "evidence", "kept", "taken_back_at")
_RAMP = ("id", "condition", "evidence", "met_at", "shown_by", "kept")


def pledge_told(line: PledgeLine) -> dict[str, Any]:
    """Give a pledge with what came of it."""
    return {
        **{name: getattr(line.row, name) for name in _PLEDGE},
        "member": line.row.member.name,
        "delivered": line.delivered,
        "deliveries": [
            {name: getattr(each, name) for name in _DELIVERED} for each in line.row.deliveries.all()
        ],
        "beforehand": line.row.beforehand_id is not None,
        "ending_proposed": line.ending_proposed,
        "notes": line.notes,
        "off_ramps": [
            {name: getattr(each, name) for name in _RAMP} | {"confirmer": each.confirmer.country}
            for each in line.row.off_ramps.all()
        ],
    }


def invocation_told(sheet: InvocationSheet) -> dict[str, Any]:
    """Give an invocation as the actor's government sees it."""
    row = sheet.row
    return {
        "id": row.pk,
        "compact": row.compact.reference,
        "episode": row.episode.reference,
        "stage": row.stage,
        "opened_at": row.opened_at,
        "closing_why": row.closing_why,
        "normally_until": sheet.deadline.soft_due_at if sheet.deadline else None,
        "sides": sorted(sheet.sides),
        "trigger": row.trigger,
        "adopted": row.adopted if row.confirmed_at else None,
        "overdue": sheet.overdue,
        "as_votes_stand": sheet.tally.adopted,
        "statements": [
            {
                "member": each.member,
                **{name: getattr(each.row, name) for name in _SAID},
            }
            for each in sheet.statements
        ],
        "pledges": [pledge_told(line) for line in sheet.pledges],
        "votes": [
            {
                "id": vote.pk,
                "member": vote.member.name,
                "choice": vote.choice,
                "confirmed_at": vote.confirmed_at,
            }
            for vote in sheet.votes
        ],
        "burden": list(sheet.burden),
    }
