"""Statements of the Beneficial Ownership Data Standard in one shape, whatever their version.

Version 0.4 has records that statements tell of over time; before it, a statement stood for itself
and named those that it replaces. Both become a record with its history.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.readers.documents import list_in, mapping_in, text_in

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Statement", "ends_of", "histories_of", "statement_of"]

BEFORE = {
    "personStatement": "person",
    "entityStatement": "entity",
    "ownershipOrControlStatement": "relationship",
}
KINDS = frozenset(BEFORE.values())
NEW = "new"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: its place in the file, the record that it tells of, and what it says.

    Attributes:
        replaces: the statement of before version 0.4 that it takes the place of.
        ends: others that it takes the place of too.
    """

    row: int
    identifier: str
    record: str
    kind: str
    day: str
    status: str
    details: dict[str, Any]
    publisher: str
    replaces: str = ""
    ends: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """Give all that is said, to be compared."""
        return json.dumps([self.details, self.status, self.day], sort_keys=True)


def statement_of(row: int, told: object) -> Statement | None:
    """Give a statement; none where it has no form of any version."""
    outer = mapping_in(told)
    before = BEFORE.get(text_in(outer, "statementType"))
    kind = before or text_in(outer, "recordType")
    identifier = text_in(outer, "statementId") or text_in(outer, "statementID")
    record = identifier if before else text_in(outer, "recordId")
    if kind not in KINDS or not record:
        return None
    replaced = [each for each in list_in(outer, "replacesStatements") if isinstance(each, str)]
    return Statement(
        row=row,
        identifier=identifier,
        record=record,
        kind=kind,
        day=text_in(outer, "statementDate"),
        status=text_in(outer, "recordStatus") or NEW,
        details=outer if before else mapping_in(outer, "recordDetails"),
        publisher=text_in(mapping_in(mapping_in(outer, "publicationDetails"), "publisher"), "name"),
        replaces=replaced[0] if replaced else "",
        ends=tuple(replaced[1:]),
    )


def histories_of(statements: Iterable[Statement]) -> tuple[dict[str, str], _Histories]:
    """Give the record of each identifier, and each record's history.

    A history is a row of groups in order of time. A group of several says that several statements
    stand in one place: on one day, each as the first, or each for the same earlier one.
    """
    every = list(statements)
    before = {each.identifier: each for each in every if each.replaces}
    root = {each.record: each.record for each in every} | {
        each.identifier: _first(each.identifier, before) for each in before.values()
    }
    places: dict[str, dict[tuple[str, str], list[Statement]]] = {}
    for each in every:
        record = root[each.record]
        place = ("replaces", each.replaces) if each.replaces else ("day", each.day)
        if each.status == NEW and not each.replaces:
            place = ("new", "")
        places.setdefault(record, {}).setdefault(place, []).append(each)
    histories = {
        record: sorted(
            (tuple(group) for group in groups.values()),
            key=lambda group: (min(each.day for each in group), group[0].row),
        )
        for record, groups in places.items()
    }
    return root, histories


def ends_of(statements: Iterable[Statement], root: dict[str, str]) -> dict[str, Statement]:
    """Give, for records that end in a statement of another one, the first such statement."""
    ends: dict[str, Statement] = {}
    for each in sorted(statements, key=lambda each: each.day):
        for replaced in each.ends:
            record = root.get(replaced, replaced)
            if record != root[each.record]:
                ends.setdefault(record, each)
    return ends


_Histories = dict[str, list[tuple[Statement, ...]]]


def _first(identifier: str, before: dict[str, Statement]) -> str:
    """Follow replacements back to the first; a ring of them ends where it began."""
    seen = {identifier}
    while identifier in before:
        earlier = before[identifier].replaces
        if earlier in seen:
            return min(seen)
        seen.add(earlier)
        identifier = earlier
    return identifier
