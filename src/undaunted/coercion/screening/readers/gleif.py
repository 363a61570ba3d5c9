"""Stakes from GLEIF's files: level 1 names companies, level 2 their parents, and why there is none.

A parent is whoever draws up consolidated accounts. No relationship carries a percentage, so that a
parent *may* control and how much it holds is not told. An ultimate parent is not counted beside a
direct one. A branch is its head office, whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.readers.days import known_from, valid_days
from undaunted.coercion.screening.readers.documents import list_in, mapping_in, records_of, text_in
from undaunted.coercion.screening.readers.elements import elements_of
from undaunted.coercion.screening.readers.loading import WHATEVER, Gathered
from undaunted.engines.ownership import PartyKind, Right, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.coercion.screening.readers.loading import Loaded

__all__ = ["knows", "read"]

MARKS = (b"www.gleif.org/data/schema", b'"StartNode"', b'"ExceptionCategory"', b'"LegalName"')
RECORDS = frozenset({"LEIRecord", "RelationshipRecord", "Exception"})
KINDS = {
    "SOLE_PROPRIETOR": PartyKind.PERSON,
    "RESIDENT_GOVERNMENT_ENTITY": PartyKind.STATE,
}
DIRECT, ULTIMATE = "IS_DIRECTLY_CONSOLIDATED_BY", "IS_ULTIMATELY_CONSOLIDATED_BY"
FEEDER = "IS_FEEDER_TO"
ALL = (1.0, 1.0)
RIGHTS: dict[str, tuple[Right, tuple[float, float] | None]] = {
    DIRECT: (Right.EQUITY, None),
    ULTIMATE: (Right.EQUITY, None),
    FEEDER: (Right.EQUITY, None),
    "IS_INTERNATIONAL_BRANCH_OF": (Right.EQUITY, ALL),
    "IS_FUND-MANAGED_BY": (Right.CONTRACT, WHATEVER),
    "IS_SUBFUND_OF": (Right.TRUST, WHATEVER),
}
FALLEN = frozenset({"ANNULLED", "DUPLICATE", "ERRONEOUS"})
NOBODY = frozenset({"NO_KNOWN_PERSON", "NON_CONSOLIDATING"})
"""Reasons that say that no parent is known, not that one is kept back."""
NATURAL = "NATURAL_PERSONS"
DIRECT_CATEGORY = "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT"


def knows(first: bytes) -> bool:
    """Tell whether a file begins as GLEIF's do, in XML or JSON."""
    return any(mark in first for mark in MARKS)


def read(path: Path) -> Loaded:
    """Give the stakes of a file of any level with every finding."""
    book = _Book(Gathered(path.name))
    for row, told in _records(path):
        book.gathered.rows += 1
        record = _plain(told)
        if "Relationship" in record:
            _relationship(book, row, record)
        elif text_in(record, "ExceptionCategory"):
            _exception(book.gathered, row, record)
        elif "Entity" in record and text_in(record, "LEI"):
            book.described.add(text_in(record, "LEI"))
            _entity(book.gathered, record)
        else:
            book.gathered.unread(row, told, "neither entity, relationship nor exception")
    for row, parent, child, days, sure in book.ultimate:
        beside = child in book.parents
        if beside:
            book.gathered.find(Rule.INDIRECT, row)
        book.gathered.stake(row, parent, child, Right.EQUITY, None, days=days,
                            doubtful=beside or not sure)  # fmt: skip
    bare = len(book.named - book.described)
    if bare:
        book.gathered.notes.append(f"{bare} parties are named by their LEI alone")
    return book.gathered.loaded()


@dataclass(slots=True)
class _Book:
    """What is gathered of a file, and which children have a direct parent."""

    gathered: Gathered
    parents: set[int] = field(default_factory=set)
    ultimate: list[tuple[int, int, int, dict[str, int], bool]] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    described: set[str] = field(default_factory=set)


def _records(path: Path) -> Iterator[tuple[int, Any]]:
    with path.open("rb") as held:
        start = held.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return elements_of(path, RECORDS) if start == b"<" else records_of(path)


def _plain(told: object) -> dict[str, Any]:
    """Give a record without what wraps it: one key, or `$` in place of a text."""
    record = mapping_in(told)
    if len(record) == 1:
        record = mapping_in(next(iter(record.values()))) or record
    return {key: _unwrapped(value) for key, value in record.items()}


def _unwrapped(value: object) -> object:
    if isinstance(value, dict):
        if "$" in value:
            return value["$"]
        return {key: _unwrapped(each) for key, each in value.items()}
    return [_unwrapped(each) for each in value] if isinstance(value, list) else value


def _entity(gathered: Gathered, record: dict[str, Any]) -> None:
    entity = mapping_in(record, "Entity")
    kind = KINDS.get(text_in(entity, "EntityCategory"), PartyKind.COMPANY)
    gathered.register.number(text_in(record, "LEI"), kind, text_in(entity, "LegalName"))


def _relationship(book: _Book, row: int, record: dict[str, Any]) -> None:
    gathered, told = book.gathered, mapping_in(record, "Relationship")
    ends = [text_in(mapping_in(told, each), "NodeID") for each in ("StartNode", "EndNode")]
    registration = mapping_in(record, "Registration")
    status = text_in(registration, "RegistrationStatus")
    if not all(ends):
        gathered.find(Rule.COMPANY if not ends[0] else Rule.UNREAD, row, "a node has no NodeID")
        return
    if status in FALLEN:
        gathered.find(Rule.WITHDRAWN, row, status)
        return
    book.named.update(ends)
    child, parent = (gathered.register.number(each) for each in ends)
    said = text_in(told, "RelationshipType")
    days, sure = _period(gathered, row, told, registration)
    if said == ULTIMATE:
        book.ultimate.append((row, parent, child, days, sure))
        return
    if said == DIRECT:
        book.parents.add(child)
    known = said in RIGHTS
    if not known:
        gathered.find(Rule.UNTOLD, row, said)
    right, span = RIGHTS.get(said, (Right.EQUITY, WHATEVER))
    owner, owned = (child, parent) if said == FEEDER else (parent, child)
    gathered.stake(row, owner, owned, right, span, days=days, doubtful=not (known and sure))


def _period(
    gathered: Gathered, row: int, told: dict[str, Any], registration: dict[str, Any]
) -> tuple[dict[str, int], bool]:
    """Give the days of a relationship; one that is over without a day ends when that was told."""
    periods = mapping_in(told, "RelationshipPeriods").get("RelationshipPeriod")
    listed = periods if isinstance(periods, list) else list_in(told, "RelationshipPeriods")
    period: dict[str, Any] = next(
        (each for each in listed if text_in(each, "PeriodType") == "RELATIONSHIP_PERIOD"), {}
    )
    period = period or mapping_in(periods)
    ends = text_in(period, "EndDate")
    if not ends and text_in(told, "RelationshipStatus") == "INACTIVE":
        ends = text_in(registration, "LastUpdateDate")
    days, sure = valid_days(gathered, row, text_in(period, "StartDate"), ends)
    since = known_from(gathered, row, text_in(registration, "InitialRegistrationDate"))
    return days | {"known_from": since}, sure


def _exception(gathered: Gathered, row: int, record: dict[str, Any]) -> None:
    lei, category = text_in(record, "LEI"), text_in(record, "ExceptionCategory")
    reasons = record.get("ExceptionReason")
    said = reasons if isinstance(reasons, str) else next(
        (each for each in list_in(record, "ExceptionReason") if isinstance(each, str)), ""
    )  # fmt: skip
    if not lei:
        gathered.find(Rule.COMPANY, row)
        return
    gathered.find(Rule.EXCEPTION, row, f"{lei}, {category}: {said}")
    company = gathered.register.number(lei, PartyKind.COMPANY)
    if category != DIRECT_CATEGORY or said in NOBODY:
        return
    kind = PartyKind.SEVERAL if said == NATURAL else PartyKind.UNKNOWN
    owner = gathered.register.number(f"unknown owner, {gathered.name} row {row}", kind)
    gathered.stake(row, owner, company, Right.EQUITY, None)
