"""An entry of a list as its issuer wrote it: frozen, comparable, kept as plain values."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from undaunted.core.listings.rules.terms import EventKind, Kind, Measure, Quality

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Address",
    "Birth",
    "Entry",
    "Event",
    "Identifier",
    "Imposed",
    "Name",
    "Programme",
    "digest_of_data",
    "read_entry",
    "said_by",
]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in one script; its parts where the issuer gives them apart."""

    text: str
    quality: Quality = Quality.PRIMARY
    script: str = ""
    language: str = ""
    family: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class Birth:
    """When and where somebody was born: `day` as EDTF, `text` as the issuer wrote it."""

    day: str = ""
    place: str = ""
    country: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number of a paper or a register: what kind, of which country."""

    kind: str
    number: str
    country: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """Where an entry is said to be: the words, and a country's code where they name one."""

    text: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """The regime under which an entry stands; an entry may stand under several."""

    code: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Imposed:
    """A measure; `stated` where the row itself says it, else its regime's, from the list's pack."""

    kind: Measure
    text: str = ""
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a day; EDTF, so that "on or before" and a year alone can be said."""

    kind: EventKind
    day: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `key` names it in its list, `rows` where it stood in the file.

    `file_key` is the key that the file gives where it stands under an older one: a list without
    numbers, which wrote its name otherwise before, or a row that lost its number or gained it.
    """

    key: str
    kind: Kind
    names: tuple[Name, ...]
    ids: tuple[tuple[str, str], ...] = ()
    births: tuple[Birth, ...] = ()
    nationalities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[Address, ...] = ()
    programmes: tuple[Programme, ...] = ()
    measures: tuple[Imposed, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[str, ...] = ()
    gender: str = ""
    reasons: str = ""
    remarks: str = ""
    rows: tuple[int, ...] = ()
    file_key: str = ""

    @property
    def name(self) -> str:
        """The first primary name; the first of all where none is primary."""
        primary = (each.text for each in self.names if each.quality is Quality.PRIMARY)
        return next(primary, self.names[0].text)

    @property
    def digest(self) -> str:
        """Name what the issuer says: rows do not count, because they move when others come."""
        return digest_of_data(self.as_data())

    def happened(self, kind: EventKind) -> tuple[Event, ...]:
        """Give the events of a kind, earliest first."""
        return tuple(sorted((e for e in self.events if e.kind is kind), key=lambda e: e.day))

    def as_data(self) -> dict[str, Any]:
        """Give the entry as plain values for JSON; what is empty is left out."""
        told: dict[str, Any] = _plain(self)
        return told


def digest_of_data(data: Mapping[str, Any]) -> str:
    """Name what an entry's plain values say, its rows left out."""
    told = {name: value for name, value in data.items() if name != "rows"}
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def said_by(digests: Mapping[str, str]) -> str:
    """Name what a whole list says, from the digest of each entry by its key, whatever its bytes."""
    lines = (f"{key} {digests[key]}\n" for key in sorted(digests))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def read_entry(data: Mapping[str, Any]) -> Entry:
    """Give the entry that `as_data` wrote."""
    told = dict(data)
    told["kind"] = Kind(told["kind"])
    told["names"] = tuple(
        Name(**{**each, "quality": Quality(each["quality"])}) for each in told["names"]
    )
    told["ids"] = tuple((scheme, value) for scheme, value in told.get("ids", ()))
    told["measures"] = tuple(
        Imposed(Measure(each["kind"]), each.get("text", ""), each["stated"])
        for each in told.get("measures", ())
    )
    told["events"] = tuple(
        Event(EventKind(each["kind"]), each["day"], each.get("basis", ""))
        for each in told.get("events", ())
    )
    for name, maker in _PARTS.items():
        told[name] = tuple(maker(**each) for each in told.get(name, ()))
    for name in ("nationalities", "countries", "positions", "rows"):
        told[name] = tuple(told.get(name, ()))
    return Entry(**told)


_PARTS: dict[str, type[Any]] = {
    "births": Birth,
    "identifiers": Identifier,
    "addresses": Address,
    "programmes": Programme,
}
_FIELDS: dict[type[Any], tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind))
    for kind in (Name, Birth, Identifier, Address, Programme, Imposed, Event, Entry)
}


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever an entry holds
    names = _FIELDS.get(type(value))
    if names is not None:
        told = {name: _plain(getattr(value, name)) for name in names}
        return {name: each for name, each in told.items() if each not in ("", [])}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.value if isinstance(value, Kind | Quality | Measure | EventKind) else value
