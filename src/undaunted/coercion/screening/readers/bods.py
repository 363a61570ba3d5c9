"""Stakes from the Beneficial Ownership Data Standard, version 0.4 and those before it.

Every interest is a stake of its kind of right, from the statement's place in the file. What is held
through others is not counted beside the chain itself; loops, owners who hold themselves, totals and
statements that stand in one place are findings, which the standard's own validator lets pass.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.readers.bods_shapes import ends_of, histories_of, statement_of
from undaunted.coercion.screening.readers.bods_shares import finest, span_of
from undaunted.coercion.screening.readers.days import known_from, valid_days
from undaunted.coercion.screening.readers.documents import (
    composed,
    list_in,
    mapping_in,
    records_of,
    text_in,
)
from undaunted.coercion.screening.readers.loading import WHATEVER, Gathered
from undaunted.coercion.screening.rules import (
    EARLIER,
    INTERESTS,
    KINDS_OF_ENTITY,
    OFFICES,
    SHARELESS,
)
from undaunted.engines.ownership import NEVER, PartyKind, Right, Rule

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.coercion.screening.readers.bods_shapes import Statement
    from undaunted.coercion.screening.readers.loading import Loaded

__all__ = ["knows", "read"]

MARKS = (b'"statementId"', b'"statementID"')
CLOSED = "closed"
INDIRECT = "indirect"
UNNAMED = {"anonymousPerson", "unknownPerson", "anonymousEntity", "unknownEntity"}
RIGHTS = {right.name.lower(): right for right in Right} | {"general partner": Right.PARTNER}


def knows(first: bytes) -> bool:
    """Tell whether a file begins with statements."""
    return any(mark in first for mark in MARKS)


def read(path: Path) -> Loaded:
    """Give the stakes of a file of statements with every finding."""
    gathered = Gathered(path.name)
    statements = []
    for row, told in records_of(path):
        gathered.rows += 1
        statement = statement_of(row, told)
        if statement is None:
            gathered.unread(row, told, "no statement of an entity, a person or an interest")
        else:
            statements.append(statement)
    root, histories = histories_of(statements)
    _twice(gathered, statements)
    book = _Book(gathered, root)
    for record, history in histories.items():
        if history[0][0].kind != "relationship":
            book.parties[record] = _party(gathered, record, history[-1][-1])
    ends = ends_of(statements, root)
    told = [
        each for record, history in histories.items()
        for each in _told(book, record, history, ends.get(record))
    ]  # fmt: skip
    direct = {(each.owned, each.right) for each in told if not each.indirect}
    for each in told:
        _take(gathered, each, beside=each.indirect and (each.owned, each.right) in direct)
    return gathered.loaded()


@dataclass(slots=True)
class _Book:
    """Who is who in a file: a record's first identifier, and its party."""

    gathered: Gathered
    root: dict[str, str]
    parties: dict[str, int] = field(default_factory=dict)
    unknown: dict[int, int] = field(default_factory=dict)

    def party(self, row: int, reference: str) -> int:
        """Give a party by a reference, which the file may not describe."""
        record = self.root.get(reference, reference)
        if record not in self.parties:
            self.gathered.find(Rule.REFERENCE, row, reference)
            self.parties[record] = self.gathered.register.number(record)
        return self.parties[record]


@dataclass(frozen=True, slots=True)
class _Told:
    """One interest as it is told."""

    row: int
    owner: int
    owned: int
    right: Right
    interest: dict[str, Any]
    indirect: bool
    days: dict[str, int]
    source: str
    doubtful: bool
    shareless: bool


def _twice(gathered: Gathered, statements: list[Statement]) -> None:
    first: dict[str, Statement] = {}
    for each in statements:
        earlier = first.setdefault(each.identifier, each)
        if earlier is not each and each.identifier and earlier.says != each.says:
            gathered.find(Rule.REPLACED, each.row, f"{each.identifier}, as row {earlier.row}")


def _party(gathered: Gathered, record: str, statement: Statement) -> int:
    details, row = statement.details, statement.row
    if statement.kind == "person":
        kind, said = PartyKind.PERSON, text_in(details, "personType")
        names = [text_in(each, "fullName") for each in list_in(details, "names")]
        name = next((each for each in names if each), "")
    else:
        entity = details.get("entityType")
        said = entity if isinstance(entity, str) else text_in(entity, "type")
        kind, name = KINDS_OF_ENTITY.get(said, PartyKind.UNKNOWN), text_in(details, "name")
        if text_in(entity, "details") == "several":
            kind = PartyKind.SEVERAL
    if said in UNNAMED and not name:
        reason = mapping_in(details, "unspecifiedPersonDetails") or mapping_in(
            details, "unspecifiedEntityDetails"
        )
        gathered.find(Rule.ANONYMOUS, row, text_in(reason, "reason") or said)
    code = text_in(mapping_in(details, "jurisdiction"), "code")
    identifier = f"STATE:{code.upper()}" if said == "state" and code else record
    return gathered.register.number(identifier, kind, name)


def _told(
    book: _Book, record: str, history: list[tuple[Statement, ...]], end: Statement | None
) -> list[_Told]:
    """Give the interests of a record, each known until the next statement of it, or its end."""
    if history[0][0].kind != "relationship":
        return []
    told = []
    firsts = [min(group, key=lambda each: each.day) for group in history]
    begins = [known_from(book.gathered, each.row, each.day) for each in firsts]
    last = NEVER
    if end is not None and (not end.day or end.day >= firsts[-1].day):
        last = known_from(book.gathered, end.row, end.day)
    for group, since, until in zip(history, begins, [*begins[1:], last], strict=True):
        differ = len({each.says for each in group}) > 1
        for statement in group:
            if differ:
                book.gathered.find(Rule.REPLACED, statement.row, record)
            days = {"known_from": since, "known_to": until}
            told += _interests(book, statement, days, doubtful=differ)
    return told


def _interests(
    book: _Book, statement: Statement, known: dict[str, int], *, doubtful: bool
) -> list[_Told]:
    gathered, row, details = book.gathered, statement.row, statement.details
    interests = [mapping_in(each) for each in list_in(details, "interests")]
    if not interests and statement.status == CLOSED:
        return []
    subject = _reference(details.get("subject"))
    if not subject:
        gathered.find(Rule.COMPANY, row)
        return []
    owned = book.party(row, subject)
    owner = _owner(book, statement)
    told = []
    for interest in interests or [{"type": "shareholding"}]:
        right, shareless, clear = _right(gathered, row, interest)
        if right is None:
            continue
        days, sure = valid_days(
            gathered, row, text_in(interest, "startDate"), text_in(interest, "endDate")
        )
        if statement.status == CLOSED and days["valid_to"] == NEVER:
            days["valid_to"] = known["known_from"]
        level = text_in(interest, "directOrIndirect") or text_in(interest, "interestLevel")
        told.append(_Told(
            row, owner, owned, right, interest, level == INDIRECT, known | days,
            statement.publisher, doubtful or not (clear and sure), shareless,
        ))  # fmt: skip
    return told


def _owner(book: _Book, statement: Statement) -> int:
    party = statement.details.get("interestedParty")
    reference = _reference(party)
    if reference:
        return book.party(statement.row, reference)
    reason = text_in(party, "reason") or text_in(mapping_in(party, "unspecified"), "reason")
    if statement.row not in book.unknown:
        book.unknown[statement.row] = book.gathered.nobody(statement.row, reason)
    return book.unknown[statement.row]


def _reference(value: object) -> str:
    """Give what a subject or an interested party points to, in the form of any version."""
    if isinstance(value, str):
        return composed(value)
    for key in ("describedByEntityStatement", "describedByPersonStatement"):
        if text_in(value, key):
            return text_in(value, key)
    return ""


def _right(
    gathered: Gathered, row: int, interest: dict[str, Any]
) -> tuple[Right | None, bool, bool]:
    """Give the right, whether it has no share, and whether it was told; none for an office."""
    said = text_in(interest, "type")
    head, *rest = said.split("-")
    code = head + "".join(each.capitalize() for each in rest)
    code = EARLIER.get(code, code)
    if code in OFFICES:
        gathered.find(Rule.OFFICE, row, said)
        return None, False, False
    if code not in INTERESTS:
        gathered.find(Rule.UNTOLD, row, said)
        return Right.EQUITY, True, False
    details = text_in(interest, "details").casefold()
    right = RIGHTS.get(details) if code == "otherInfluenceOrControl" else None
    right = right or INTERESTS[code]
    return right, right in SHARELESS, True


def _take(gathered: Gathered, told: _Told, *, beside: bool) -> None:
    if beside:
        gathered.find(Rule.INDIRECT, told.row)
    span, clear = span_of(mapping_in(told.interest, "share"))
    if not clear:
        gathered.find(Rule.UNREADABLE, told.row)
        span = WHATEVER
    elif span is None and told.shareless and told.right is not Right.PARTNER:
        span = WHATEVER
    gathered.read_finer(told.row, finest(mapping_in(told.interest, "share")))
    gathered.stake(
        told.row, told.owner, told.owned, told.right, span, days=told.days, source=told.source,
        doubtful=told.doubtful or beside or not clear,
    )  # fmt: skip
