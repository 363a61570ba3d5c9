"""What may be said of a person: names of known kinds, and a life whose days can be true."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.prisoners.registry.rules.claims import ClaimRefused, check_come

if TYPE_CHECKING:
    from datetime import date

    from undaunted.core.actors.rules.partial_date import PartialDate

__all__ = ["DeathBeforeBirth", "NameKind", "check_life"]


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is told."""
    return sentence


class NameKind(StrEnum):
    """What a name is of its person."""

    FULL = "full"
    NATIVE = "native"
    ALIAS = "alias"
    GIVEN = "given"
    FAMILY = "family"
    PSEUDONYM = "pseudonym"


class DeathBeforeBirth(ClaimRefused):
    """Every day on which somebody can have died comes before every day of their birth."""

    sentence = _("It lies before the birth.")


def check_life(
    birth: PartialDate | None, death: PartialDate | None, today: date, *, field: str = "death"
) -> None:
    """Raise `ClaimRefused` for days of a life that certainly cannot be true.

    `field` is that of the death.
    """
    check_come("birth", birth, today)
    check_come(field, death, today)
    if birth is not None and death is not None and death.certainly_before(birth):
        raise DeathBeforeBirth(field)
