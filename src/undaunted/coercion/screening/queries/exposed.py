"""What a register tells around the parties of a case, and what was cleared before, as was known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q

from undaunted.coercion.screening.models import AssetEntry, Decision, Stake
from undaunted.coercion.screening.queries.assets import asset_entries_for, holdings_for
from undaunted.coercion.screening.queries.cases import authorities_of
from undaunted.coercion.screening.queries.spelled import Spellings
from undaunted.coercion.screening.rules.stakes import one_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from undaunted.coercion.screening.models import Case, Holding
    from undaunted.core.access.rules import Actor

__all__ = ["Cleared", "Ties", "assets_among", "cleared_before", "sector_entries", "ties_between"]

Sector = tuple[str, str, str, str]
CLEARING = ("clear", "conditions")


@dataclass(frozen=True, slots=True)
class Cleared:
    """A stake that another case filed and that was cleared, with the decision that cleared it."""

    stake: Stake
    decision: Decision


@dataclass(frozen=True, slots=True)
class Ties:
    """Who holds whom by the register and by rows of cases; both ways are walked."""

    register: QuerySet[Holding]
    spellings: Spellings
    down: Mapping[str, set[str]]
    up: Mapping[str, set[str]]

    def above(self, parties: Iterable[str]) -> frozenset[str]:
        """Give parties and everybody who holds any of them, however little."""
        return self._walked(("owned", "owner"), self.up, parties)

    def below(self, parties: Iterable[str]) -> frozenset[str]:
        """Give parties and everything that any of them holds a part of, however little."""
        return self._walked(("owner", "owned"), self.down, parties)

    def holdings_in(self, companies: Iterable[str]) -> list[Holding]:
        """Give everything that the register tells of the owners of companies."""
        return list(self.register.filter(owned__in=self.spellings.of(companies)))

    def _walked(
        self, ends: tuple[str, str], ties: Mapping[str, set[str]], parties: Iterable[str]
    ) -> frozenset[str]:
        found = {one_form(each) for each in parties}
        new = found.copy()
        while new:
            asked = self.register.filter(**{f"{ends[0]}__in": self.spellings.of(new)})
            told = (one_form(each) for each in asked.values_list(ends[1], flat=True))
            further = {other for each in new for other in ties.get(each, ())}
            new = {*told, *further} - found
            found |= new
        return frozenset(found)


def ties_between(actor: Actor, case: Case, pairs: Iterable[tuple[str, str]], at: datetime) -> Ties:
    """Give the ties of the register as it was known, and of `pairs` of owner and company."""
    down, up = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for owner, owned in ((one_form(each), one_form(other)) for each, other in pairs):
        down[owner].add(owned)
        up[owned].add(owner)
    register = holdings_for(actor, case.holder, known_at=at)
    return Ties(register, Spellings(register, "owner", "owned"), down, up)


def cleared_before(actor: Actor, case: Case, at: datetime) -> list[Cleared]:
    """Give what other cases of the authority filed and its decisions let through, oldest first.

    The last decision of a case counts; one that was attacked stands until another is taken.
    """
    if case.holder not in authorities_of(actor):
        return []
    taken = Decision.objects.filter(holder=case.holder, taken_at__lte=at).exclude(case=case)
    last = taken.order_by("case_id", "-taken_at", "pk").distinct("case_id").select_related("case")
    held = {each.case_id: each for each in last if each.kind in CLEARING}
    standing = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at)
    rows = Stake.objects.filter(standing, case__in=list(held), filed=True, recorded_at__lte=at)
    found = [Cleared(row, held[row.case_id]) for row in rows.order_by("recorded_at", "row", "id")]
    return sorted(found, key=lambda each: each.decision.day)


def assets_among(
    actor: Actor, case: Case, parties: Iterable[str], at: datetime
) -> list[AssetEntry]:
    """Give the assets of the register that are among parties, as was known."""
    rows = asset_entries_for(actor, case.holder, on=at.date(), known_at=at)
    spellings = Spellings(rows, "asset__reference")
    return list(rows.filter(asset__reference__in=spellings.of(parties)))


def sector_entries(
    actor: Actor, case: Case, sectors: Iterable[Sector], at: datetime
) -> list[AssetEntry]:
    """Give every asset of some sectors; capacities of another unit are another sector."""
    asked = Q(pk__in=[])
    for country, taxonomy, sector, unit in sectors:
        asked |= Q(country=country, taxonomy=taxonomy, sector=sector, unit=unit)
    rows = asset_entries_for(actor, case.holder, on=at.date(), known_at=at).filter(asked)
    return list(rows.order_by(F("capacity").desc(nulls_last=True), "name", "pk"))
