"""Words of lists in the reader's language, and entries and versions as programs take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from undaunted.core.listings.rules import (
    REREAD,
    UNREAD,
    Came,
    EventKind,
    FaultRule,
    Kind,
    ListChange,
    Measure,
    Quality,
    list_sources,
)
from undaunted.core.places.rules import UnknownCountry, country_name

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from undaunted.core.listings.models import ListEntry, ListVersion
    from undaunted.core.listings.queries import Standing
    from undaunted.core.listings.rules import Changed, Likeness

__all__ = [
    "FAULTS",
    "KEPT",
    "KINDS",
    "alike_told",
    "changed_told",
    "entry_told",
    "is_kept",
    "place_told",
    "standing_told",
    "titled",
    "titled_whose",
    "told",
    "version_told",
]

KINDS: dict[Kind, _StrPromise] = {
    Kind.PERSON: _("Person"),
    Kind.BODY: _("Organisation"),
    Kind.SHIP: _("Ship"),
    Kind.AIRCRAFT: _("Aircraft"),
    Kind.OTHER: _("Other"),
}
_QUALITIES: dict[Quality, _StrPromise] = {
    Quality.PRIMARY: _("primary name"),
    Quality.ALIAS: _("alias"),
    Quality.WEAK: _("weak alias"),
    Quality.FORMER: _("former name"),
}
_MEASURES: dict[Measure, _StrPromise] = {
    Measure.ASSET_FREEZE: _("asset freeze"),
    Measure.ENTRY_BAN: _("entry ban"),
    Measure.ARMS: _("arms"),
    Measure.EXPORT: _("exports"),
    Measure.IMPORT: _("imports"),
    Measure.FINANCE: _("finance"),
    Measure.INVESTMENT: _("investment"),
    Measure.SERVICES: _("services"),
    Measure.TRANSPORT: _("transport"),
    Measure.DEBARMENT: _("exclusion from contracts and offices"),
    Measure.CLAIMS: _("no satisfaction of claims"),
    Measure.OTHER: _("other measure"),
}
_EVENTS: dict[EventKind, _StrPromise] = {
    EventKind.DESIGNATED: _("designated"),
    EventKind.AMENDED: _("amended"),
    EventKind.RE_ENACTED: _("enacted anew"),
    EventKind.DELISTED: _("delisted"),
    EventKind.EXPIRES: _("ends"),
}
_CHANGES: dict[ListChange, _StrPromise] = {
    ListChange.ADDED: _("added"),
    ListChange.AMENDED: _("amended"),
    ListChange.REMOVED: _("removed"),
}
_CAME: dict[Came, _StrPromise] = {
    Came.BROUGHT: _("brought by a person, not compared with the issuer"),
    Came.DATED: _("brought by a person who gave the day; the file tells none"),
    Came.FETCHED: _("fetched from the address that the operator gave"),
}
FAULTS: dict[FaultRule, _StrPromise] = {
    FaultRule.NO_NAME: _("No name could be read: the row gives no entry. Ask the issuer."),
    FaultRule.NO_KEY: _("No number names the entry: the row gives no entry. Ask the issuer."),
    FaultRule.CELLS: _("The row does not fit the head: it gives no entry. Fetch the file again."),
    FaultRule.TWICE: _("The same stands twice: the second is joined or numbered."),
    FaultRule.ORPHAN: _("A name belongs to an entry that is not there. Fetch the files again."),
    FaultRule.TOO_LONG: _("The name is longer than any name: it is cut."),
    FaultRule.DATE: _("No day could be read: the words are kept, and no day is compared."),
    FaultRule.SERIAL: _("A number of a spreadsheet is read as a day. Compare it with the issuer."),
    FaultRule.WORD: _("The word is not known: it is kept as other."),
    FaultRule.SHORT: _("The name has one letter: it finds too much."),
    FaultRule.HIDDEN: _("The name hides invisible signs: they are taken away."),
    FaultRule.MIXED: _("A word mixes letters of two scripts: it is compared as either reads."),
    FaultRule.RESPELT: _(
        "The entry may be one that is gone, amended or replaced: it is asked about again."
    ),
}
KEPT: _StrPromise = _("Its row could not be read in this version: it is kept as it last stood.")
"""What is said of an entry whose row stands in a file and gives no entry."""
_FIELDS: dict[str, _StrPromise] = {
    "kind": _("Kind"),
    "names": _("Names"),
    "ids": _("Numbers"),
    "births": _("Birth"),
    "nationalities": _("Nationality"),
    "countries": _("Countries"),
    "identifiers": _("Papers"),
    "addresses": _("Addresses"),
    "programmes": _("Programmes"),
    "measures": _("Measures"),
    "events": _("Events"),
    "positions": _("Positions"),
    "gender": _("Gender"),
    "reasons": _("Reasons"),
    "remarks": _("Remarks"),
}
_BY_KIND: dict[str, dict[str, Any]] = {
    "Kind": {each.value: word for each, word in KINDS.items()},
    "Quality": {each.value: word for each, word in _QUALITIES.items()},
    "Measure": {each.value: word for each, word in _MEASURES.items()},
    "EventKind": {each.value: word for each, word in _EVENTS.items()},
    "Change": {
        **{each.value: word for each, word in _CHANGES.items()},
        REREAD: _("only read otherwise, by a later program"),
        UNREAD: _("Perhaps in a row that could not be read"),
    },
    "Came": {each.value: word for each, word in _CAME.items()},
    "FaultRule": {each.value: word for each, word in FAULTS.items()},
    "Field": dict(_FIELDS),
}
_UNIONS: dict[str, _StrPromise] = {"EU": _("European Union"), "UN": _("United Nations")}


def told(kind: str, value: str) -> str:
    """Give a term of a vocabulary in words, such as `told("Measure", "asset_freeze")`."""
    return str(_BY_KIND[kind].get(value, value))


def place_told(code: str) -> str:
    """Give the name of a state or a union; words that are no code are given as they stand."""
    if code in _UNIONS:
        return str(_UNIONS[code])
    try:
        return country_name(code, get_language() or "en")
    except UnknownCountry:
        return code


def titled(source: str) -> str:
    """Give what the issuer calls a list; its code where no list has it any more."""
    known = list_sources().get(source)
    return known.title if known else source


def titled_whose(source: str) -> str:
    """Give a list where it stands alone, with whose it is: *Consolidated List (Australia)*.

    `source` is its code, or its title where no more was kept; what names no list stays as it is.
    """
    lists = list_sources()
    known = lists.get(source) or next((e for e in lists.values() if e.title == source), None)
    return f"{known.title} ({place_told(known.jurisdiction)})" if known else source


def standing_told(standing: Standing) -> dict[str, Any]:
    """Give a list with the version in force, for programs."""
    listing = standing.listing
    return {
        "code": listing.code,
        "title": listing.title,
        "issuer": listing.issuer,
        "jurisdiction": listing.jurisdiction,
        "counter": listing.counter,
        "ended": listing.ended,
        "invented": listing.invented,
        "status": listing.status,
        "version": version_told(standing.version) if standing.version else None,
    }


def version_told(version: ListVersion, *, faults: bool = False) -> dict[str, Any]:
    """Give a version for programs, with the first thousand faults where they are asked for."""
    names = (
        "source", "number", "name", "digest", "size", "published", "came", "address", "entries",
        "added", "amended", "removed", "fault_count", "lost", "confirmed",
    )  # fmt: skip
    found = {name: getattr(version, name) for name in names}
    found["loaded_at"] = version.loaded_at.isoformat()
    found["withdrawn"] = version.withdrawn_at is not None
    found["attested"] = version.attested_at is not None
    found["unplaced"] = len(version.nameless)
    return {**found, "faults": version.faults, "kept": version.kept} if faults else found


def entry_told(row: ListEntry, version: ListVersion | None) -> dict[str, Any]:
    """Give an entry for programs, as its issuer wrote it, with the versions it stands in.

    `kept`: whether its row could not be read in this version, where it stands as it last stood.
    """
    stands = {"source": row.source, "first": row.first, "last": row.last}
    return {**stands, "kept": is_kept(row, version), **row.content}


def is_kept(row: ListEntry, version: ListVersion | None) -> bool:
    """Whether a version holds an entry in this form, and its row in it could not be read."""
    if version is None or row.first > version.number:
        return False
    return row.key in version.kept and (row.last is None or row.last > version.number)


def alike_told(likeness: Likeness | None) -> dict[str, Any] | None:
    """Give how like an entry is to the name that was asked for; None where none was."""
    if likeness is None:
        return None
    return {"likeness": likeness.score, "name": likeness.name, "part": likeness.part}


def changed_told(changed: Changed) -> dict[str, Any]:
    """Give what changed of an entry, with both forms."""
    return {
        "change": changed.change.value,
        "key": changed.key,
        "name": changed.name,
        "fields": list(changed.fields),
        "reread": changed.reread,
        "unread": changed.unread,
        "before": changed.before.as_data() if changed.before else None,
        "after": changed.after.as_data() if changed.after else None,
    }
