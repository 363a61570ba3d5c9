"""Holdings of a register as stakes of the engine, several moments over one set of parties."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership import (
    ALWAYS,
    NEVER,
    PartyKind,
    Register,
    Right,
    Stakes,
    gather_stakes,
    one_form,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from undaunted.coercion.screening.models import AssetEntry, Holding

__all__ = ["Told", "digest_of", "held_on", "kind_of", "surest", "told_by"]

STATE = "STATE:"


@dataclass(frozen=True, slots=True)
class Told:
    """The stakes of holdings, in their order, and whom each state's own parties are.

    `ids` are those of the holdings, a row each; `states` the parties that act for themselves.
    """

    stakes: Stakes
    ids: tuple[UUID, ...]
    index: dict[UUID, int] = field(repr=False)

    def among(self, rows: Iterable[Holding]) -> Stakes:
        """Give the stakes of some of the holdings."""
        places = sorted({self.index[each.pk] for each in rows})
        return self.stakes.take(np.array(places, np.int64))

    @property
    def states(self) -> dict[str, np.ndarray]:
        """Give each state with its number; a state body that nobody holds stands for itself."""
        parties = self.stakes.parties
        held = set(self.stakes.owned.tolist())
        return {
            parties.ids[number]: np.array([number], np.int64)
            for number in np.flatnonzero(parties.kinds == PartyKind.STATE).tolist()
            if parties.ids[number].startswith(STATE) or number not in held
        }


def told_by(holdings: Sequence[Holding], assets: Iterable[AssetEntry] = ()) -> Told:
    """Give the stakes of holdings over their parties and the assets, which may have no owner."""
    register = Register()
    for entry in assets:
        register.number(entry.asset.reference, PartyKind.COMPANY, entry.name)
    sources: dict[str, int] = {}
    columns: dict[str, list[int]] = {
        each: [] for each in ("owner", "owned", "right", "lo", "hi", "valid_from", "valid_to",
                              "source", "row")
    }  # fmt: skip
    for row in holdings:
        owner = register.number(row.owner, kind_of(row.owner, row.owner_kind), row.owner_name)
        columns["owner"].append(owner)
        owned = register.number(row.owned, kind_of(row.owned, row.owned_kind), row.owned_name)
        columns["owned"].append(owned)
        columns["right"].append(Right[row.right.upper()])
        columns["lo"].append(row.lowest)
        columns["hi"].append(row.highest)
        columns["valid_from"].append(_day(row.valid_from, ALWAYS))
        columns["valid_to"].append(_day(row.valid_to, NEVER))
        columns["source"].append(sources.setdefault(row.source, len(sources)))
        columns["row"].append(row.row)
    stakes = gather_stakes(register.parties(), columns, tuple(sources) or ("",))
    ids = tuple(each.pk for each in holdings)
    return Told(stakes, ids, {each: place for place, each in enumerate(ids)})


def held_on(owner: str, company: str, day: date, holdings: Iterable[Holding]) -> list[Holding]:
    """Give the holdings of an owner in a company on a day, in whatever form these are written."""
    pair = one_form(owner), one_form(company)
    return [
        each
        for each in holdings
        if (one_form(each.owner), one_form(each.owned)) == pair
        and (each.valid_from is None or each.valid_from <= day)
        and (each.valid_to is None or day < each.valid_to)
    ]


def surest(holdings: Iterable[Holding]) -> list[Holding]:
    """Give the holdings that count: where sources differ about a stake, the surest, then the last.

    What one source tells of a stake in several rows adds up; another source's rows stand in the
    register, and count on days of which a surer one says nothing.
    """
    groups: dict[tuple[str, str, str], list[Holding]] = {}
    for each in holdings:
        groups.setdefault((one_form(each.owner), one_form(each.owned), each.right), []).append(each)
    kept: list[Holding] = []
    for rows in groups.values():
        chosen: list[Holding] = []
        for row in sorted(rows, key=lambda row: (row.confidence, -row.recorded_at.timestamp())):
            if all(row.source == other.source or not _meet(row, other) for other in chosen):
                chosen.append(row)
        kept += chosen
    return kept


def _meet(one: Holding, other: Holding) -> bool:
    """Tell whether two holdings have a day in common."""
    begins = max(_day(each.valid_from, ALWAYS) for each in (one, other))
    return begins < min(_day(each.valid_to, NEVER) for each in (one, other))


def digest_of(holdings: Iterable[Holding]) -> str:
    """Give the SHA-256 of the statements that an answer rests on, whatever their order."""
    told = hashlib.sha256()
    for each in sorted(str(row.pk) for row in holdings):
        told.update(each.encode())
    return told.hexdigest()


def kind_of(identifier: str, kind: str) -> PartyKind:
    """Give what a party is: its identifier tells a state, else what was said of it."""
    if one_form(identifier).startswith(STATE):
        return PartyKind.STATE
    return PartyKind[kind.upper()]


def _day(day: date | None, unsaid: int) -> int:
    return unsaid if day is None else day.toordinal()
