"""What a program says of an injury, as the step that records it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.coercion.instruments.actions import attach_front, attach_months, type_injury
from undaunted.coercion.instruments.analysis import MonthsNamed
from undaunted.coercion.instruments.rules import (
    InjuryKind,
    InstrumentRefused,
    MeasuredInjury,
    of_months_alone,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.coercion.instruments.api.schemas import InjuryIn

__all__ = ["injury_step"]


def injury_step(told: InjuryIn) -> tuple[Any, ...]:
    """Give the action and what it is told. Raises `InstrumentRefused` for amounts beside a result.

    Which further fields a kind needs, the action says.
    """
    amounts = (told.low, told.best, told.high)
    beside = {"target": told.target, "since": told.since, "products": told.products}
    if told.kind is InjuryKind.TYPED:
        low, best, high = (each or 0.0 for each in amounts)
        if None in amounts or told.year is None:
            raise InstrumentRefused("low, best, high, year: of typed amounts write all four")
        _check_alone(beside)
        injury = MeasuredInjury(
            low, best, high, told.unit, told.year, told.source, told.digest.lower()
        )
        return type_injury, injury, told.explained
    if told.kind in {InjuryKind.OTHER, InjuryKind.SCENARIO}:
        raise InstrumentRefused(
            "kind: of a scenario or another calculation attach the file; its amounts, interval and "
            "method are read from it"
        )
    if any(each is not None for each in (*amounts, told.year)) or told.source:
        raise InstrumentRefused(
            "low, best, high, year, source: are read from the result; leave them out"
        )
    if told.kind is InjuryKind.FRONT:
        _check_alone(beside | {"unit": told.unit})
        return attach_front, told.digest
    return attach_months, MonthsNamed(
        told.digest, told.since, told.products, told.unit, told.target
    )


def _check_alone(beside: Mapping[str, object]) -> None:
    if problems := of_months_alone(beside):
        raise InstrumentRefused(*problems)
