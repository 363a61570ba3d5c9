"""What is done to people, by country: how many published persons each act binds on a day.

Detention and civil death are published act by act, so they are counted; of the other acts of the
vocabulary only the words "not counted" can be told. Months are known, not days: an act counts from
the month it began to the month it ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.events.rules import ActFamily, vocabulary
from undaunted.prisoners.registry.queries.stock import rows
from undaunted.prisoners.registry.rules.counts import EVERYWHERE

if TYPE_CHECKING:
    from datetime import date

    from undaunted.core.access.rules import Actor

__all__ = ["COUNTED_FAMILIES", "Tactic", "tactics_on"]

COUNTED_FAMILIES = (ActFamily.DEPRIVATION_OF_LIBERTY, ActFamily.CIVIL_DEATH)
_STATEMENT = """
    SELECT x.type, x.country, count(*) FROM (
        SELECT DISTINCT s.type, s.case_id, CASE WHEN s.country <> '' THEN s.country ELSE (
            SELECT c.country FROM published_case c WHERE c.id = s.case_id) END AS country
        FROM published_spell s
        WHERE s.start_earliest <= %(as_of)s
          AND (s."end" = '' OR s.end_latest >= %(as_of)s)
          AND (%(country)s = '*' OR s.country IN (%(country)s, ''))) x
    WHERE %(country)s = '*' OR x.country = %(country)s
    GROUP BY 1, 2
"""

_ROOM = "SELECT set_config('work_mem', '96MB', true)"
"""A million persons are told apart in memory, for this transaction alone."""


@dataclass(frozen=True, slots=True)
class Tactic:
    """One act of the vocabulary: persons whom it binds by country; None where it is not counted."""

    code: str
    family: str
    by_country: tuple[tuple[str, int], ...] | None

    @property
    def persons(self) -> int | None:
        """Persons everywhere; whoever it binds in two countries counts in both."""
        return None if self.by_country is None else sum(n for _code, n in self.by_country)


def tactics_on(_actor: Actor, *, as_of: date, country: str | None = None) -> tuple[Tactic, ...]:
    """Give every act of the vocabulary in its order, as published now, for the day.

    An act of a counted family of which nobody has published a case is "not counted" as well:
    nought would say that it does not happen.
    """
    asked = {"as_of": as_of, "country": country or EVERYWHERE}
    found: dict[str, list[tuple[str, int]]] = {}
    with transaction.atomic(using="public"):
        rows(_ROOM, {})
        counted = rows(_STATEMENT, asked)
    for code, where, persons in counted:
        found.setdefault(code, []).append((where, persons))
    held = vocabulary("act_types")
    return tuple(
        Tactic(code, _family(code), _ordered(found.get(code)))
        for code, term in held.terms.items()
        if (term.parent is not None or not held.under(code)) and code != ActFamily.RELEASE
    )


def _family(code: str) -> str:
    above = vocabulary("act_types").ancestors(code)
    return above[-1] if above else code


def _ordered(counts: list[tuple[str, int]] | None) -> tuple[tuple[str, int], ...] | None:
    if counts is None:
        return None
    return tuple(sorted(counts, key=lambda pair: (-pair[1], pair[0])))
