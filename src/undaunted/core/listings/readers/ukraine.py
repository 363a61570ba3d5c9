"""Sanctions of Ukraine's Council: two sheets, a decree, a number in it, and a day it ends on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.listings.readers.measures import ukrainian_measures
from undaunted.core.listings.readers.tables import headed, sheets_of
from undaunted.core.listings.readers.words import (
    births_of,
    country_of,
    event_on,
    name_of,
    text_cell,
    unique,
)
from undaunted.core.listings.rules import (
    Address,
    Entry,
    Event,
    EventKind,
    FaultRule,
    Identifier,
    Kind,
    Programme,
    Quality,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from undaunted.core.listings.readers.reading import Reading

__all__ = ["read_ukraine"]

_NEEDED: Final = ("№ указу", "Дата указу", "п/н", "Назва укр.", "Тип обмеження")
_ACTS: Final = {
    "застосування": EventKind.DESIGNATED,
    "продовження": EventKind.RE_ENACTED,
    "скасування": EventKind.DELISTED,
}
_ACT: Final = "Дія щодо об'єкту санкцій"  # noqa: RUF001 - Ukrainian
_DIGITS = re.compile(r"\d{8,15}")
_PERSON: Final = "Дата народження"


def read_ukraine(path: Path, told: Reading) -> Iterator[Entry]:
    """Give the entries of both sheets; rows are numbered from the first sheet's first row."""
    before = 0
    for _name, rows in sheets_of(path):
        numbered = enumerate(rows, start=before + 1)
        for row, cells in headed(numbered, path.name, told, _NEEDED):
            entry = _entry(row, cells, told)
            if entry is not None:
                yield entry
        before += len(rows)


def _entry(row: int, cells: Mapping[str, Any], told: Reading) -> Entry | None:
    person = _PERSON in cells
    names = unique(
        name
        for column, quality in (
            ("Назва укр.", Quality.PRIMARY),
            ("Назва ориг.", Quality.PRIMARY),
            ("Назва альт.", Quality.ALIAS),
        )
        if (name := name_of(cells.get(column), quality, row, told))
    )
    decree, number = text_cell(cells["№ указу"]), text_cell(cells["п/н"])
    key = f"{decree}/{'person' if person else 'body'}/{number}" if decree else ""
    if not names or not key:
        rule = FaultRule.NO_KEY if names else FaultRule.NO_NAME
        field = "№ указу" if names else "Назва укр."
        told.find(row, field, rule, number, key=told.known(key, row), said=cells)
        return None
    places = (cells.get("Місце проживання"), cells.get("Місце діяльності"),
              cells.get("Місце діяльності додатково"))  # fmt: skip
    born = cells.get("Місце народження")
    return Entry(
        key=told.claim(key, row),
        kind=Kind.PERSON if person else Kind.BODY,
        names=names,
        ids=(("NSDC", key),),
        births=births_of(cells.get(_PERSON), row, told, place=str(born or "")) if person else (),
        nationalities=unique(
            country_of(part)
            for part in text_cell(cells.get("Громадянство")).split(",")
            if part.strip()
        ),
        identifiers=unique(_numbers(cells)),
        addresses=unique(Address(text) for each in places if (text := text_cell(each))),
        programmes=(Programme(decree),),
        measures=ukrainian_measures(str(cells["Тип обмеження"])),
        events=_events(row, cells, decree, told),
        positions=((work,) if (work := text_cell(cells.get("Зайнятість"))) else ()),
        remarks="\n".join(
            filter(
                None, (text_cell(cells.get("Додатково")), text_cell(cells.get("Термін обмеження")))
            )
        ),
        rows=(row,),
    )


def _numbers(cells: Mapping[str, Any]) -> Iterator[Identifier]:
    for column, kind in (("ОКПО/ЄДРПОУ", "registration"), ("ІПН", "tax")):
        for number in _DIGITS.findall(text_cell(cells.get(column))):
            yield Identifier(kind, number)


def _events(row: int, cells: Mapping[str, Any], decree: str, told: Reading) -> tuple[Event, ...]:
    """Give what the decree did, and the day on which it ends; "without term" ends on none."""
    act = text_cell(cells.get(_ACT)).lower()
    kind = _ACTS.get(act)
    if kind is None:
        told.find(row, _ACT, FaultRule.WORD, act)
        kind = EventKind.AMENDED
    found = event_on(kind, cells.get("Дата указу"), row, told, basis=decree)
    return found + event_on(
        EventKind.EXPIRES, cells.get("Дата закінчення обмеження"), row, told, basis=decree
    )
