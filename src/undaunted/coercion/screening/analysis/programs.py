"""A case as programs are told of it: its rows, how measures stand, when partners may speak."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.analysis.partners import partner_periods
from undaunted.coercion.screening.analysis.standing import done_by_of, look_due, measure_standing
from undaunted.coercion.screening.queries import sheet_told

if TYPE_CHECKING:
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.access.rules import Actor

__all__ = ["whole_told"]


def whole_told(actor: Actor, sheet: CaseSheet) -> dict[str, Any]:
    """Give all that a case held at a moment."""
    told = sheet_told(actor, sheet)
    day = sheet.at.date()
    for each, row in zip(told["mitigations"], sheet.mitigations, strict=True):
        each |= {
            "standing": str(measure_standing(sheet, row, day)),
            "next_look": look_due(sheet, row),
            "done_by": done_by_of(sheet, row),
        }
    periods = partner_periods(actor, sheet.case, sheet.at)
    return told | {"partner_periods": [asdict(each) for each in periods]}
