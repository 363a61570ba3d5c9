"""Consolidated Canadian Autonomous Sanctions List: no stable number, dates as typed.

The file's key of an entry is made of its regulations and its name, because the numbers of items
move. Whose name is changed is found again when the version is loaded (`rules.successors`).
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from undaunted.core.listings.readers.elements import elements_of, text_of
from undaunted.core.listings.readers.words import (
    births_of,
    country_of,
    name_of,
    named_parts,
    unique,
)
from undaunted.core.listings.rules import Entry, FaultRule, Kind, Name, Programme, Quality

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from undaunted.core.listings.readers.reading import Reading

__all__ = ["read_canada"]

_APART = re.compile(r"\s{0,40};\s{0,40}|\s{1,40}/\s{1,40}")
_BOTH = re.compile(r"(?<=[a-z.)])/(?=[A-Z])")
"""English and French in one cell; a slash inside a number or an abbreviation is none."""


def read_canada(path: Path, told: Reading) -> Iterator[Entry]:
    """Give the entries of the list."""
    for number, element in elements_of(path, {"record"}, roots={"data-set"}):
        if number:
            entry = _entry(number, element, told)
            if entry is not None:
                yield entry


def _entry(row: int, element: Element, told: Reading) -> Entry | None:
    said = {
        name: text_of(element, name)
        for name in ("Country", "LastName", "GivenName", "Entity", "Schedule", "Item", "Title",
                     "DateOfBirth", "Aliases")
    }  # fmt: skip
    names = _names(row, said, told)
    if not names:
        told.find(row, "LastName, GivenName, Entity", FaultRule.NO_NAME, said["Item"], said=said)
        return None
    regime = said["Country"]
    person = not said["Entity"]
    key = hashlib.sha256(f"{regime}|{names[0].text.casefold()}".encode()).hexdigest()[:16]
    title = " ".join(filter(None, (f"Schedule {said['Schedule']}" if said["Schedule"] else "",
                                   f"item {said['Item']}" if said["Item"] else "")))  # fmt: skip
    country = country_of(regime)
    return Entry(
        key=told.claim(key, row),
        kind=Kind.PERSON if person else Kind.BODY,
        names=names,
        ids=((("SEMA", f"{regime}, {title}"),) if title else ()),
        births=births_of(said["DateOfBirth"], row, told) if person else (),
        countries=(country,) if len(country) == 2 else (),  # noqa: PLR2004 - a code
        programmes=(Programme(regime, title),) if regime else (),
        positions=(said["Title"],) if said["Title"] else (),
        rows=(row,),
    )


def _names(row: int, said: dict[str, str], told: Reading) -> tuple[Name, ...]:
    if said["Entity"]:
        both = _BOTH.split(said["Entity"])
        found = [name_of(text, Quality.PRIMARY, row, told) for text in both]
    else:
        whole = named_parts(said["GivenName"], said["LastName"])
        parts = {"family": said["LastName"], "given": said["GivenName"]}
        found = [name_of(whole, Quality.PRIMARY, row, told, **parts)]
    found += [name_of(text, Quality.ALIAS, row, told) for text in _APART.split(said["Aliases"])]
    return unique(filter(None, found))
