"""Fields of a row of assets: read one by one, with what is wrong with each."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from undaunted.coercion.screening.readers.days import whole_day
from undaunted.coercion.screening.readers.documents import composed
from undaunted.coercion.screening.readers.shares import ShareUnreadable, stated_in
from undaunted.coercion.screening.rules import (
    LARGEST_CAPACITY,
    OWN_TAXONOMY,
    RIGHTS,
    AssetRow,
    Confidence,
    HoldingRow,
    RowProblem,
    sector_lists,
)
from undaunted.core.places.rules import find_country
from undaunted.engines.ownership import WHOLE, PartyKind, Right, Rule, one_form, some_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

__all__ = ["asset_of", "holding_of", "share_units", "stake_of"]

LENGTHS = {"reference": 160, "name": 300, "sector": 120, "taxonomy": 80, "unit": 60, "source": 400,
           "owner": 300, "owner_name": 300, "owned": 300, "owned_name": 300}  # fmt: skip
KINDS = {each.name.lower() for each in PartyKind}


class _Row:
    """One row, and what was wrong with it so far."""

    def __init__(self, row: int, told: Mapping[str, str]) -> None:
        self.row, self.told = row, told
        self.problems: list[RowProblem] = []

    def wrong(self, column: str, rule: str, remedy: str) -> None:
        said = self.told.get(column, "")[:80]
        self.problems.append(RowProblem(self.row, column, said, rule, remedy))

    def text(self, column: str, *, needed: bool = False) -> str:
        said = composed(self.told.get(column, ""))
        if column in {"owner", "owned", "reference"}:
            said = one_form(said)
        if needed and not said:
            self.wrong(column, "is empty", "fill it in")
        if len(said) > LENGTHS[column]:
            self.wrong(column, f"is longer than {LENGTHS[column]} characters", "shorten it")
        if any(each == "\x00" or "\ud800" <= each <= "\udfff" for each in said):
            self.wrong(column, "holds signs that cannot be kept", "write it anew")
        return said

    def one_of(self, column: str, known: set[str], unsaid: str) -> str:
        said = self.told.get(column, "").strip().lower() or unsaid
        if said not in known:
            self.wrong(column, "is not known", f"write one of {', '.join(sorted(known))}")
        return said

    def day(self, column: str) -> date | None:
        said = self.told.get(column, "").strip()
        if not said:
            return None
        try:
            return whole_day(said)
        except ValueError:
            self.wrong(column, "is no day", "write it as 2026-11-30")
            return None

    def days(self) -> tuple[date | None, date | None]:
        begins, ends = self.day("valid_from"), self.day("valid_to")
        if begins and ends and ends <= begins:
            remedy = "exchange or correct the two days"
            self.wrong("valid_to", "does not come after valid_from", remedy)
        return begins, ends

    def confidence(self) -> Confidence:
        said = self.told.get("confidence", "").strip().upper() or Confidence.C.value
        if said not in {each.value for each in Confidence}:
            self.wrong("confidence", "is no level", "write A, B, C or D")
            return Confidence.C
        return Confidence(said)

    def country(self) -> str:
        said = self.told.get("country", "").strip()
        code = find_country(said) if said else None
        if code is None:
            several = "names several countries or none" if "," in said else "names no country"
            self.wrong("country", several, "write one country, by its name or its two letters")
        return code or ""

    def taxonomy(self) -> str:
        """Give the list that a sector is of: a law's, which must hold it, or one's own."""
        said, sector = self.text("taxonomy") or OWN_TAXONOMY, self.text("sector", needed=True)
        lists = {f"{each.key}@{each.version}": each for each in sector_lists()}
        if "@" not in said and said not in {each.key for each in lists.values()}:
            return said
        codes = sorted(each.code for each in lists[said].items) if said in lists else []
        if said not in lists:
            remedy = f"write one of {', '.join(sorted(lists))}; or a name of your own without @"
            self.wrong("taxonomy", "names no version of a law's list", remedy)
        elif sector and sector not in codes:
            self.wrong("sector", f"is none of {said}", f"write one of {', '.join(codes)}")
        return said

    def capacity(self) -> float | None:
        said = self.told.get("capacity", "").strip()
        if not said:
            return None
        try:
            value = float(said)
        except ValueError:
            self.wrong("capacity", "is no number", "write digits and a point: 1200.5")
            return None
        if not (math.isfinite(value) and 0 <= value <= LARGEST_CAPACITY):
            self.wrong("capacity", "is no number from 0 to 1e15", "correct it or leave it out")
        return value


def asset_of(
    row: int, told: Mapping[str, str], source: str
) -> tuple[AssetRow | None, list[RowProblem]]:
    """Give the asset of a row, or nothing, with every problem of it."""
    read = _Row(row, told)
    begins, ends = read.days()
    confidence = read.confidence()
    capacity, unit = read.capacity(), read.text("unit")
    if capacity is not None and not unit:
        read.wrong("unit", "is empty beside a capacity", "say what the capacity is counted in")
    fields = {
        "reference": read.text("reference", needed=True),
        "name": read.text("name", needed=True),
        "country": read.country(),
        "taxonomy": read.taxonomy(),
        "sector": told.get("sector", "").strip(),
        "source": read.text("source") or source[: LENGTHS["source"]],
    }
    if read.problems:
        return None, read.problems
    found = AssetRow(
        **fields,
        capacity=capacity,
        unit=unit,
        valid_from=begins,
        valid_to=ends,
        confidence=confidence,
    )
    return found, []


def stake_of(row: int, told: Mapping[str, str]) -> tuple[HoldingRow | None, list[RowProblem]]:
    """Give the stake that a row or a form tells, or nothing, with every problem of it."""
    read = _Row(row, told)
    begins, ends = read.days()
    words = {
        name: read.text(name, needed=name in {"owner", "owned", "source"})
        for name in ("owner", "owned", "owner_name", "owned_name", "source")
    }
    right = read.one_of("right", set(RIGHTS), "equity")
    kinds = {
        name: "state" if words[party].startswith("STATE:") else read.one_of(name, KINDS, "unknown")
        for name, party in (("owner_kind", "owner"), ("owned_kind", "owned"))
    }
    confidence = read.confidence()
    lowest, highest = 0, 0
    try:
        stated = share_units(*(told.get(each, "") for each in ("share", "min", "max")))
        lowest, highest = some_of(Right[right.upper()], *stated)
    except ShareUnreadable as unreadable:
        read.wrong("share", str(unreadable), "write 0.51, 51 % or 25-50 %, or leave it out")
    if read.problems:
        return None, read.problems
    found = HoldingRow(
        **words, **kinds, right=right, lowest=lowest, highest=highest, valid_from=begins,
        valid_to=ends, row=row, confidence=confidence,
    )  # fmt: skip
    return found, []


def holding_of(
    row: int, told: Mapping[str, str], asset: AssetRow
) -> tuple[HoldingRow | None, list[RowProblem]]:
    """Give an owner's stake in an asset, which its row tells."""
    about = {
        "owned": asset.reference,
        "owned_name": asset.name,
        "owned_kind": "company",
        "source": asset.source,
    }
    return stake_of(row, {**told, **about})


def share_units(share: str, least: str, most: str) -> tuple[int, int]:
    """Give the lowest and the highest share in units; from nothing to all where none is stated.

    Raises `ShareUnreadable`, saying which rule is broken.
    """
    try:
        span, contradicts = stated_in(share, least, most)
    except ShareUnreadable:
        raise ShareUnreadable("is no share") from None
    if contradicts:
        raise ShareUnreadable(Rule.BOTH.says)
    lowest, highest = (0.0, 1.0) if span is None else span
    if not 0 <= lowest <= 1 or not 0 <= highest <= 1:
        raise ShareUnreadable("lies outside 0 to 100 %")
    if highest < lowest:
        raise ShareUnreadable("has a highest below its lowest")
    return int(lowest * WHOLE + 1e-3), min(WHOLE, math.ceil(highest * WHOLE - 1e-3))
