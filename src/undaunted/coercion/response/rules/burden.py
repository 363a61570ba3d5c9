"""Who carries how much: shares by a stated key, against what was pledged and delivered."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from undaunted.coercion.response.rules.terms import BurdenKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["BurdenRow", "Carrier", "burden_table"]


@dataclass(frozen=True, slots=True)
class Carrier:
    """A member with the values that the key may rest on; amounts in the compact's currency."""

    name: str
    gdp: Decimal | None
    exposure: Decimal | None
    pledged: Decimal = Decimal(0)
    delivered: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class BurdenRow:
    """One member's part; `share` and what follows from it are None where its value is not known."""

    name: str
    value: Decimal | None
    share: Decimal | None
    fair: Decimal | None
    pledged: Decimal
    delivered: Decimal

    @property
    def above(self) -> Decimal | None:
        """How much more than its share the member has pledged."""
        return None if self.fair is None else self.pledged - self.fair

    @property
    def outstanding(self) -> Decimal:
        """What was pledged and is not delivered yet."""
        return max(self.pledged - self.delivered, Decimal(0))


def burden_table(carriers: Iterable[Carrier], key: BurdenKey) -> tuple[BurdenRow, ...]:
    """Share what all have pledged by the key, among those whose value is known."""
    held = tuple(carriers)
    values = [_value(each, key) for each in held]
    return tuple(_row(each, value, values, held) for each, value in zip(held, values, strict=True))


def _row(
    carrier: Carrier,
    value: Decimal | None,
    values: Sequence[Decimal | None],
    held: Sequence[Carrier],
) -> BurdenRow:
    whole = sum((each for each in values if each is not None), Decimal(0))
    share = value / whole if value is not None and whole > 0 else None
    pledged = sum((each.pledged for each in held), Decimal(0))
    return BurdenRow(
        name=carrier.name,
        value=value,
        share=share,
        fair=None if share is None else share * pledged,
        pledged=carrier.pledged,
        delivered=carrier.delivered,
    )


def _value(carrier: Carrier, key: BurdenKey) -> Decimal | None:
    if key is BurdenKey.EQUAL:
        return Decimal(1)
    return carrier.gdp if key is BurdenKey.GDP else carrier.exposure
