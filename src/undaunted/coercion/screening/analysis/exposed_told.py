"""What the acquiring side holds of sectors, for programs and for the decision's paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.analysis.case_exposure import case_exposure
from undaunted.coercion.screening.analysis.letter_owners import states_named
from undaunted.coercion.screening.analysis.words import name_told
from undaunted.coercion.screening.rules import ExposureLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.coercion.screening.rules import AssetGrip, CaseExposure
    from undaunted.core.access.rules import Actor
    from undaunted.engines.ownership import Exposure

__all__ = ["exposed_told", "exposure_lines"]


def exposed_told(rows: Iterable[CaseExposure]) -> list[dict[str, Any]]:
    """Give each owner's part of each sector; capacities, and parts of one."""
    return [
        {
            "country": each.country,
            "taxonomy": each.taxonomy,
            "sector": each.sector,
            "unit": each.unit,
            "owner": each.owner,
            "name": each.name,
            "is_state": each.is_state,
            "before": _held(each.before),
            "after": _held(each.after),
            "assets": each.assets,
            "without_capacity": each.left_out,
            "controlled": [_grip(grip) for grip in each.grips],
            "over_time": [
                {"day": point.day.isoformat(), "case": point.case} | _held(point.held)
                for point in each.over_time
            ],
            "crept": [
                {"day": step.day.isoformat(), "before": step.before, "after": step.after,
                 "level": step.level}
                for step in each.crept
            ],
            "earlier_left_out": each.unfinished,
        }
        for each in rows
    ]  # fmt: skip


def exposure_lines(actor: Actor, sheet: CaseSheet, *, secret: bool) -> Iterator[ExposureLine]:
    """Give what a decision tells of it: owners who hold anything, why, and nothing of the rest."""
    for each in case_exposure(actor, sheet):
        if not (each.before.may or each.after.may):
            continue
        yield ExposureLine(
            owner=name_told(each.owner, each.name),
            country=each.country,
            sector=each.sector,
            unit=each.unit,
            before=(each.before.must, each.before.may),
            after=(each.after.must, each.after.may),
            total=each.after.total,
            proof=tuple(
                states_named(sentence)
                for grip in each.grips
                if grip.before is not grip.after
                for sentence in grip.proof
            ),
            secret=secret,
        )


def _held(held: Exposure) -> dict[str, Any]:
    must, may = held.shares
    return {
        "must": held.must,
        "may": held.may,
        "total": held.total,
        "must_share": must,
        "may_share": may,
    }


def _grip(grip: AssetGrip) -> dict[str, Any]:
    return {
        "asset": grip.reference,
        "name": grip.name,
        "capacity": grip.capacity,
        "before": str(grip.before),
        "after": str(grip.after),
        "proof": list(grip.proof),
    }
