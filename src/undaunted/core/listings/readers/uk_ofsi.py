"""British list of financial sanctions targets (OFSI), which ended on 28 January 2026.

"Listed On" is a designation; a later "UK Sanctions List Date Designated" is its enactment anew
under British law and another event, an earlier one the designation that came before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.listings.readers.tables import table_of
from undaunted.core.listings.readers.uk_rows import Columns, grouped, kind_told, parts_of
from undaunted.core.listings.readers.words import event_on, text_cell, unique
from undaunted.core.listings.rules import (
    Entry,
    Event,
    EventKind,
    FaultRule,
    Imposed,
    Measure,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.core.listings.readers.reading import Reading
    from undaunted.core.listings.readers.tables import Row

__all__ = ["read_uk_ofsi"]

AT: Final = Columns(
    key="Group ID",
    kind="Group Type",
    name_type="Alias Type",
    strength="Alias Quality",
    script_name="Name Non-Latin Script",
    birth="DOB",
    town="Town of Birth",
    nationality="Nationality",
    passport="Passport Number",
    passport_note="Passport Details",
    national="National Identification Number",
    national_note="National Identification Details",
    address="Address",
    postcode="Post/Zip Code",
    country="Country",
    regime="Regime",
)
_NEEDED: Final = ("Name 6", "Group ID", "Group Type", "Alias Type", "Regime", "Listed On")
_REFERENCE = re.compile(r"\(UK Sanctions List Ref\):\s*([A-Z]{3}\d{4})(?: and ([A-Z]{3}\d{4}))?")
_UNITED_NATIONS = re.compile(r"\(UN Ref\):\s{0,9}([A-Za-z]{2}[eEiI]\.\d{3})\b")
_REASONS = re.compile(r"\(UK Statement of Reasons\):\s*(.*?)(?=\([A-Z][^()]{2,40}\):|$)", re.DOTALL)
_GENDER = re.compile(r"\(Gender\):\s*(\w+)")


def read_uk_ofsi(path: Path, told: Reading) -> Iterator[Entry]:
    """Give the entries of the sheet."""
    for key, rows in grouped(table_of(path, told, _NEEDED), AT.key, told):
        entry = _entry(key, rows, told)
        if entry is not None:
            yield entry


def _entry(key: str, rows: list[Row], told: Reading) -> Entry | None:
    row, first = rows[0]
    parts = parts_of(rows, AT, told)
    if not parts["names"]:
        told.find(row, "Name 6", FaultRule.NO_NAME, key, key=key)
        return None
    other = text_cell(first.get("Other Information"))
    reference = _REFERENCE.search(other)
    reasons = _REASONS.search(other)
    gender = _GENDER.search(other)
    references = [each for each in reference.groups() if each] if reference else []
    named = unique(_UNITED_NATIONS.findall(other))
    return Entry(
        key=key,
        kind=kind_told(text_cell(first.get(AT.kind)), row, AT.kind, told),
        ids=(
            ("OFSI", key),
            *(("FCDO", each) for each in references),
            *(("UN", each) for each in named),
        ),
        measures=(Imposed(Measure.ASSET_FREEZE, stated=False),),
        events=_events(rows, told),
        gender=gender[1] if gender else "",
        reasons=reasons[1].strip() if reasons else "",
        remarks=other,
        **parts,
    )


def _events(rows: list[Row], told: Reading) -> tuple[Event, ...]:
    """Give the days of each regime apart, the regime as what an event rests on."""
    found: list[Event] = []
    seen: set[tuple[Any, ...]] = set()
    for row, cells in rows:
        basis = text_cell(cells.get(AT.regime))
        named = ("Listed On", "UK Sanctions List Date Designated", "Last Updated")
        days = tuple(text_cell(cells.get(name)) for name in named)
        if (*days, basis) in seen:
            continue
        seen.add((*days, basis))
        listed, anew, updated = days
        first = event_on(EventKind.DESIGNATED, listed, row, told, basis=basis)
        again = event_on(EventKind.RE_ENACTED, anew, row, told, basis=basis)
        if first and again and again[0].day < first[0].day:
            found += [
                Event(EventKind.DESIGNATED, again[0].day, basis),
                Event(EventKind.AMENDED, first[0].day, f"{basis}: taken into this list"),
            ]
        else:
            found += first + (again if anew != listed else ())
        if updated not in {listed, anew}:
            found += event_on(EventKind.AMENDED, updated, row, told, basis=basis)
    return unique(found)
