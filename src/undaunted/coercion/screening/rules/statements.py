"""Stakes as statements of the Beneficial Ownership Data Standard, version 0.4.

A record is an owner's stakes in a company; a statement tells them from one day of knowledge to the
next. Where the standard has no code for a right, its name stands in `details`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from undaunted.coercion.screening.rules.interests import interest_of
from undaunted.engines.ownership import ALWAYS, NEVER, WHOLE, PartyKind, Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.engines.ownership import Parties, Stakes

__all__ = ["Publication", "statements_of"]

VERSION = "0.4"
KINDS = {
    PartyKind.COMPANY: {"type": "registeredEntity"},
    PartyKind.STATE: {"type": "stateBody"},
    PartyKind.SEVERAL: {"type": "unknownEntity", "details": "several"},
    PartyKind.UNKNOWN: {"type": "unknownEntity"},
}
STATE = "STATE:"
PERCENT = WHOLE // 100


@dataclass(frozen=True, slots=True)
class Publication:
    """Who publishes statements, and when; a stake known at all times is told as of that day."""

    publisher: str
    on: date


def statements_of(stakes: Stakes, publication: Publication) -> list[dict[str, Any]]:
    """Give every party that has a stake or is held, and every stake, as statements."""
    named = sorted({*stakes.owner.tolist(), *stakes.owned.tolist()})
    told = [_party(stakes.parties, number, publication) for number in named]
    for record, parts in _records(stakes):
        for place, rows in enumerate(parts):
            told.append(_relationship(stakes, record, rows, publication, place))
            until = int(stakes.known_to[rows[0]])
            following = int(stakes.known_from[parts[place + 1][0]]) if parts[place + 1 :] else NEVER
            if until < following:
                told.append(_ended(stakes, record, rows, publication, until))
    return told


def _records(stakes: Stakes) -> Iterator[tuple[str, list[list[int]]]]:
    """Give the rows of each record, by days of knowledge that do not overlap."""
    spans: dict[tuple[int, int], dict[tuple[int, int], list[int]]] = {}
    columns = (stakes.owner, stakes.owned, stakes.known_from, stakes.known_to)
    for row, (owner, owned, since, until) in enumerate(zip(*map(list, columns), strict=True)):
        pair = spans.setdefault((int(owner), int(owned)), {})
        pair.setdefault((int(since), int(until)), []).append(row)
    for (owner, owned), by_span in spans.items():
        chains: list[list[tuple[int, int]]] = []
        for span in sorted(by_span):
            free = next((each for each in chains if each[-1][1] <= span[0]), None)
            if free is None:
                chains.append([span])
            else:
                free.append(span)
        ids = stakes.parties.ids
        for number, chain in enumerate(chains):
            yield (
                f"{ids[owner]} in {ids[owned]}, {number + 1}",
                [by_span[span] for span in chain],
            )


def _party(parties: Parties, number: int, publication: Publication) -> dict[str, Any]:
    identifier, kind = parties.ids[number], PartyKind(int(parties.kinds[number]))
    label = parties.label(number)
    if kind is PartyKind.PERSON:
        details: dict[str, Any] = {"personType": "knownPerson", "names": [{"fullName": label}]}
        return _statement(identifier, "person", identifier, details, publication.on, publication)
    details = {"entityType": KINDS[kind], "name": label}
    if kind is PartyKind.STATE and identifier.startswith(STATE):
        code = identifier.removeprefix(STATE)
        details |= {"entityType": {"type": "state"}, "jurisdiction": {"name": code, "code": code}}
    return _statement(identifier, "entity", identifier, details, publication.on, publication)


def _relationship(
    stakes: Stakes, record: str, rows: list[int], publication: Publication, place: int
) -> dict[str, Any]:
    """Give the statement of a record's part; seconds tell parts of one day apart."""
    details = _ends(stakes, rows[0]) | {"interests": [_interest(stakes, row) for row in rows]}
    day = _known(stakes, rows[0], publication)
    moment = datetime.combine(day, time(tzinfo=UTC)) + timedelta(seconds=place)
    known = moment if place else day
    told = _statement(record, "relationship", details["subject"], details, known, publication)
    return told | {"recordStatus": "updated" if place else "new"}


def _ended(
    stakes: Stakes, record: str, rows: list[int], publication: Publication, until: int
) -> dict[str, Any]:
    details = _ends(stakes, rows[0]) | {"interests": []}
    day = date.fromordinal(until)
    told = _statement(record, "relationship", details["subject"], details, day, publication)
    return told | {"recordStatus": "closed"}


def _ends(stakes: Stakes, row: int) -> dict[str, Any]:
    ids = stakes.parties.ids
    return {
        "isComponent": False,
        "subject": ids[int(stakes.owned[row])],
        "interestedParty": ids[int(stakes.owner[row])],
    }


def _interest(stakes: Stakes, row: int) -> dict[str, Any]:
    right = Right(int(stakes.right[row]))
    code, detail = interest_of(right)
    told: dict[str, Any] = {"type": code, "directOrIndirect": "direct"}
    if detail:
        told["details"] = detail
    for key, day, none in (
        ("startDate", int(stakes.valid_from[row]), ALWAYS),
        ("endDate", int(stakes.valid_to[row]), NEVER),
    ):
        if day != none:
            told[key] = date.fromordinal(day).isoformat()
    lowest, highest = int(stakes.lo[row]), int(stakes.hi[row])
    if lowest == highest:
        told["share"] = {"exact": lowest / PERCENT}
    elif (lowest, highest) != (int(right is Right.PARTNER), WHOLE):
        told["share"] = {"minimum": lowest / PERCENT, "maximum": highest / PERCENT}
    return told


def _known(stakes: Stakes, row: int, publication: Publication) -> date:
    since = int(stakes.known_from[row])
    return publication.on if since == ALWAYS else date.fromordinal(since)


def _statement(  # noqa: PLR0913, PLR0917 - what every statement has
    record: str,
    kind: str,
    subject: str,
    details: dict[str, Any],
    day: date,
    publication: Publication,
) -> dict[str, Any]:
    said = f"{publication.publisher}|{publication.on}|{record}|{kind}|{day}|{details}"
    return {
        "statementId": str(uuid5(NAMESPACE_URL, said)),
        "declarationSubject": subject,
        "statementDate": day.isoformat(),
        "publicationDetails": {
            "publicationDate": publication.on.isoformat(),
            "bodsVersion": VERSION,
            "publisher": {"name": publication.publisher},
        },
        "recordId": record,
        "recordStatus": "new",
        "recordType": kind,
        "recordDetails": {"isComponent": False} | details,
    }
