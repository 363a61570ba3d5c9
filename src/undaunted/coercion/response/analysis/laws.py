"""On what law each partner who acts stands, and how that was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.coercion.response.analysis.words import commas, instrument_told, nation, needs_told
from undaunted.coercion.response.readers.legal_bases import (
    LegalBasis,
    NamedAct,
    european_members,
    legal_bases,
)

if TYPE_CHECKING:
    from undaunted.coercion.response.analysis.weighing import Told

__all__ = ["Law", "laws_of", "union_told"]


@dataclass(frozen=True, slots=True)
class Law:
    """What some partners need for an instrument; `note` names acts and how they were read."""

    who: str
    needs: str
    note: str


def laws_of(told: Told) -> list[Law]:
    """Give the legal basis that each partner who acts needs, by instrument."""
    used = {each[0]: None for levels in told.weighed.levels.values() for each in levels}
    laws = []
    for basis in legal_bases(used, told.weighed.members):
        read = _read(basis)
        named = "; ".join(f"{code}: {act.acts}{_read(act)}" for code, act in basis.named.items())
        laws.append(
            Law(
                commas(nation(each) for each in basis.partners),
                f"{instrument_told(basis.instrument)}: {needs_told(basis.needs)}",
                f"{basis.acts}{read}." + (f" {named}." if named else ""),
            )
        )
    return laws


def _read(told: LegalBasis | NamedAct) -> str:
    return f" ({told.status.value}{': ' + told.read_in if told.read_in else ''})"


def union_told(told: Told) -> str:
    """Give what has to be known where members of the European Union act; empty where none does."""
    if not european_members() & set(told.weighed.members):
        return ""
    return _(
        "Members of the European Union stand here one by one; on trade they act only with all the "
        "others, whose cost is not in this table."
    )
