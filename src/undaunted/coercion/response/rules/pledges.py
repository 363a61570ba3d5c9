"""What a pledge must say before anybody relies on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.response.rules.limits import checked_amount, checked_text
from undaunted.coercion.response.rules.refusals import ResponseRefused
from undaunted.coercion.response.rules.terms import SOLIDARITY, MeasureClass, PledgeKind, Reach

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

__all__ = [
    "OffRampPlan",
    "PledgePlan",
    "check_delivery",
    "checked_pledge",
    "class_of",
    "ending_proposed",
]


@dataclass(frozen=True, slots=True)
class OffRampPlan:
    """When a measure is to end: the condition, what shows it, and which member confirms it."""

    condition: str
    evidence: str
    confirmer: str


@dataclass(frozen=True, slots=True)
class PledgePlan:
    """What a government pledges. `note` stays with the own government whatever the reach."""

    kind: PledgeKind
    text: str
    legal_basis: str
    trigger: str
    off_ramp: str
    reach: Reach = Reach.MEMBERS
    amount: Decimal | None = None
    note: str = ""


def class_of(kind: PledgeKind) -> MeasureClass:
    """Say whether a kind helps the target or is directed at the coercer."""
    return MeasureClass.SOLIDARITY if kind in SOLIDARITY else MeasureClass.MEASURE


def checked_pledge(plan: PledgePlan) -> PledgePlan:
    """Give the plan back. Raises `ResponseRefused` for one without basis, trigger or off-ramp."""
    needed = {
        "text": "say what is done",
        "legal_basis": "name the law that the measure rests on",
        "trigger": "say what brings it into force",
        "off_ramp": "say what ends it",
    }
    missing = [
        f"{name}: {remedy}" for name, remedy in needed.items() if not getattr(plan, name).strip()
    ]
    if plan.amount is None and plan.kind in SOLIDARITY and plan.kind is not PledgeKind.QUOTA:
        missing.append("amount: solidarity is pledged with an amount")
    if missing:
        raise ResponseRefused("; ".join(missing))
    checked_amount("amount", plan.amount)
    for name in (*needed, "note"):
        checked_text(name, getattr(plan, name))
    return plan


def check_delivery(
    day: date, amount: Decimal | None, *, first: date, last: date, left: Decimal | None
) -> None:
    """Raise `ResponseRefused` for a day on which it was not in force, and for more than pledged.

    `left` is what is not delivered yet, None where no amount was pledged.
    """
    if day > last:
        raise ResponseRefused(
            f"day: {day} lies ahead, or the measure had ended; give a day until {last}"
        )
    if day < first:
        raise ResponseRefused(
            f"day: {day} lies before the decision that brought it into force; give {first} or later"
        )
    if amount is not None and left is not None and amount > left:
        raise ResponseRefused(
            f"amount: {left} of what was pledged is left to be delivered; record no more"
        )


def ending_proposed(*, confirmed: int, ended: bool) -> bool:
    """Whether a confirmed condition asks that a measure in force be ended."""
    return confirmed > 0 and not ended
