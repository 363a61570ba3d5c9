"""Chinese counter-sanctions, transcribed: who was sanctioned in reply, by which ministry, when."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.listings.readers.joining import joined
from undaunted.core.listings.readers.measures import measures_of
from undaunted.core.listings.readers.tables import table_of
from undaunted.core.listings.readers.words import (
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
    Imposed,
    Kind,
    Measure,
    Programme,
    Quality,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from undaunted.core.listings.readers.reading import Reading

__all__ = ["read_china"]

_NEEDED: Final = ("Type", "Name", "Chinese name", "Body", "List", "Date")
_KINDS: Final = {"person": Kind.PERSON, "company": Kind.BODY, "organization": Kind.BODY,
                 "vessel": Kind.SHIP}  # fmt: skip
_SHORT_YEAR = re.compile(r"(\d{1,2}\.\d{1,2}\.)(\d{2})")


def read_china(path: Path, told: Reading) -> Iterator[Entry]:
    """Give the entries of the transcription; a row that stands twice is told and joined."""
    held: dict[str, Entry] = {}
    for row, cells in table_of(path, told, _NEEDED):
        entry = _entry(row, cells, told)
        if entry is None:
            continue
        before = held.get(entry.key)
        if before is not None:
            told.find(row, "row", FaultRule.TWICE, entry.name)
        held[entry.key] = joined(before, entry) if before else entry
    yield from held.values()


def _entry(row: int, cells: Mapping[str, Any], told: Reading) -> Entry | None:
    said = {name: text_cell(value) for name, value in cells.items()}
    texts = [(said["Name"], Quality.PRIMARY), (said["Chinese name"], Quality.PRIMARY)]
    texts += [(each, Quality.ALIAS) for each in said.get("Alias", "").split(";")]
    names = unique(name for text, q in texts if (name := name_of(text, q, row, told)))
    if not names:
        told.find(row, "Name", FaultRule.NO_NAME, said["Date"], said=said)
        return None
    kind = _KINDS.get(said["Type"].lower())
    if kind is None:
        told.find(row, "Type", FaultRule.WORD, said["Type"])
    country = country_of(said.get("Country", ""))
    programme = said["List"] or said["Body"]
    basis = said.get("Source URL", "")
    text = "|".join((names[0].text.casefold(), said["Body"], said["List"], said["Date"]))
    ids = (("Wikidata", said.get("QID", "")),)
    return Entry(
        key=hashlib.sha256(text.encode()).hexdigest()[:16],
        kind=kind or Kind.OTHER,
        names=names,
        ids=tuple((scheme, value) for scheme, value in ids if value),
        countries=(country,) if country else (),
        addresses=((Address(where),) if (where := said.get("Address", "")) else ()),
        programmes=(Programme(programme, said["Body"]),) if programme else (),
        measures=_measures(said),
        events=_day(row, EventKind.DESIGNATED, said["Date"], basis, told)
        + _day(row, EventKind.EXPIRES, said.get("End date", ""), basis, told),
        reasons=said.get("Summary", ""),
        remarks=said.get("Chinese summary", ""),
        rows=(row,),
    )


def _measures(said: Mapping[str, str]) -> tuple[Imposed, ...]:
    """Give export controls where the list is one of them; of other lists nobody says what holds."""
    if "export" in said["List"].lower():
        return (Imposed(Measure.EXPORT, said["List"]),)
    return measures_of(said.get("Measures", ""))


def _day(row: int, kind: EventKind, words: str, basis: str, told: Reading) -> tuple[Event, ...]:
    """Read a day whose year may have two digits: the first such list is of 2019."""
    short = _SHORT_YEAR.fullmatch(words)
    return event_on(kind, f"{short[1]}20{short[2]}" if short else words, row, told, basis=basis)
