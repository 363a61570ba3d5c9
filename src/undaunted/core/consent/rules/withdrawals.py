"""The ledger of withdrawals outside the database, and what it says when both are compared.

A chain of lines (HMAC-SHA-256 over the line before and the line's own facts, under a key that is
neither in the file nor in the database) with opaque ids and dates only. A database that lacks its
end is older than the ledger; a ledger that lacks what the database has seen written was lost or
altered. Pure: no file, no database, no clock.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "BEGINNING",
    "EXPLAINED",
    "FORMAT",
    "FORMER",
    "LEDGER",
    "NOTED",
    "Comparison",
    "Head",
    "Kept",
    "LedgerRefused",
    "LedgerTampered",
    "Line",
    "Standing",
    "Withdrawal",
    "WithdrawalKind",
    "agreed",
    "chained",
    "compare",
    "head_of",
    "ledger_key",
    "line_from",
    "line_text",
    "loose_line",
    "mac_of",
]

FORMAT: Final = 2
FORMER: Final = 1
"""Chained by SHA-256 alone, as it was before there was a key."""
LEDGER: Final = "ledger.jsonl"
"""The file of the ledger, in its folder."""
NOTED: Final = "withdrawals.json"
"""The file in which its head is noted, beside the heads of the audit chain."""
BEGINNING: Final = "0" * 64
"""What the first line is chained to, and the head of a ledger without lines."""


class LedgerTampered(ValueError):
    """A line of the ledger does not follow from the one before it; the message has its number."""


class WithdrawalKind(StrEnum):
    """What was said: one agreement is over, or somebody wants to be left out."""

    REVOKED = "revoked"
    OBJECTED = "objected"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One withdrawal: the id of the agreement, or of the objection with its subject and reach.

    An empty purpose or audience of an objection means every one.
    """

    id: UUID
    kind: WithdrawalKind
    at: datetime
    subject: UUID | None = None
    purpose: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A withdrawal at its place in the chain."""

    number: int
    said: Withdrawal
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """How far a ledger is: whose it is, the number of its last line, and that line's hash."""

    instance: UUID
    number: int = 0
    hash: str = BEGINNING


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands in the file: the installation it names, and its whole lines in order."""

    instance: UUID
    lines: tuple[Line, ...]

    @property
    def head(self) -> Head:
        """How far it is."""
        return head_of(self.instance, self.lines)


class Standing(StrEnum):
    """How database and ledger stand to each other; only the first two let anything be served."""

    AGREED = "agreed"
    NEW = "new"
    BEHIND = "behind"
    LOST = "lost"
    SHORTER = "shorter"
    FORKED = "forked"
    OTHER_INSTANCE = "other_instance"

    @property
    def refuses(self) -> bool:
        """Whether nobody but people at the terminal can mend it."""
        return self not in {Standing.AGREED, Standing.NEW, Standing.BEHIND}


_PUT_BACK: Final = (
    "Put back the newest copy of the ledger; where none is left, two people can say so: "
    "`undaunted consent ledger accept-loss`."
)
EXPLAINED: Final = {
    Standing.LOST: (
        f"The ledger of withdrawals is missing, but this database has seen one. {_PUT_BACK}"
    ),
    Standing.SHORTER: (
        "The ledger of withdrawals lacks its end: more was written than it holds. " + _PUT_BACK
    ),
    Standing.FORKED: (
        "The ledger of withdrawals and this database differ in what both hold: one of them was "
        f"altered. {_PUT_BACK}"
    ),
    Standing.OTHER_INSTANCE: (
        "The ledger of withdrawals belongs to another installation, or to this one before its "
        "database was made anew. Put back this installation's own ledger; to withdraw what this "
        "one names and go on: `undaunted consent ledger accept-loss`."
    ),
}


class LedgerRefused(Exception):
    """Database and ledger contradict each other; people must decide before anything is served."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(EXPLAINED[standing])
        self.standing = standing


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer, and the lines that the database has not seen."""

    standing: Standing
    missing: tuple[Line, ...] = ()


def compare(database: Head, kept: Kept | None, anchor: Head | None = None) -> Comparison:
    """Compare what the database has seen written with what stands in the file.

    `anchor` is the head as it was noted in a second place; an older one is as good.
    """
    if kept is None:
        empty = database.number == 0 and (anchor is None or anchor.instance != database.instance)
        return Comparison(Standing.NEW if empty else Standing.LOST)
    if kept.instance != database.instance:
        return Comparison(Standing.OTHER_INSTANCE)
    for known in (database, anchor):
        if known is None or known.instance != kept.instance:
            continue
        if known.number > kept.head.number:
            return Comparison(Standing.SHORTER)
        if head_of(kept.instance, kept.lines[: known.number]).hash != known.hash:
            return Comparison(Standing.FORKED)
    missing = kept.lines[database.number :]
    return Comparison(Standing.BEHIND if missing else Standing.AGREED, missing)


def agreed(found: Comparison) -> Comparison:
    """Give a comparison back that lets something be served. Raises `LedgerRefused`."""
    if found.standing.refuses:
        raise LedgerRefused(found.standing)
    return found


def ledger_key(secret: str) -> bytes:
    """Give the key of the chain, out of the instance's secret, which no database holds."""
    return hmac.digest(secret.encode(), b"undaunted ledger of withdrawals 2", "sha256")


def chained(said: Iterable[Withdrawal], after: Head, key: bytes) -> tuple[Line, ...]:
    """Give the lines that carry these withdrawals after a head."""
    made: list[Line] = []
    number, link = after.number, after.hash
    for each in said:
        bare = Line(number + 1, each, link, "")
        number, link = bare.number, _link(after.instance, _body(bare), key)
        made.append(replace(bare, hash=link))
    return tuple(made)


def head_of(instance: UUID, lines: Sequence[Line]) -> Head:
    """Give the head after these lines."""
    return Head(instance, lines[-1].number, lines[-1].hash) if lines else Head(instance)


def line_text(line: Line) -> str:
    """Give a line as it stands in the file."""
    return _body(line)[:-1] + _end(line.hash)


def line_from(text: str, after: Head, key: bytes | None) -> Line:
    """Read the line that follows a head; without a key, of the former chain.

    Raises `LedgerTampered`, also for a line that was chained under another key.
    """
    number = after.number + 1
    line = loose_line(text)
    if line is None:
        raise LedgerTampered(f"line {number} is no withdrawal")
    follows = line.number == number and line.previous == after.hash
    body = text.removesuffix(_end(line.hash)) + "}"
    if not follows or line.hash != _link(after.instance, body, key):
        raise LedgerTampered(f"line {number} does not follow from the line before it")
    return line


def loose_line(text: str) -> Line | None:
    """Read a line by itself, whatever it follows; None where it is no withdrawal."""
    try:
        held: dict[str, Any] = json.loads(text)
        said = Withdrawal(
            id=UUID(held["id"]),
            kind=WithdrawalKind(held["kind"]),
            at=datetime.fromisoformat(held["at"]),
            subject=UUID(held["subject"]) if "subject" in held else None,
            purpose=str(held.get("purpose", "")),
            audience=str(held.get("audience", "")),
        )
        return Line(int(held["number"]), said, str(held["previous"]), str(held["hash"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def mac_of(key: bytes, verb: str, number: int, link: str) -> bytes:
    """Give the code (HMAC-SHA-256) without which the database moves its own head for nobody."""
    return hmac.digest(key, f"withdrawals|{verb}|{number}|{link}".encode(), "sha256")


def _body(line: Line) -> str:
    """Give the text of a line without its own hash: what is hashed."""
    said = line.said
    facts: dict[str, Any] = {"number": line.number, "kind": said.kind.value, "id": str(said.id)}
    if said.subject is not None:
        facts["subject"] = str(said.subject)
    facts |= {"purpose": said.purpose} if said.purpose else {}
    facts |= {"audience": said.audience} if said.audience else {}
    facts |= {"at": said.at.isoformat(), "previous": line.previous}
    return json.dumps(facts, separators=(",", ":"))


def _end(link: str) -> str:
    return f',"hash":"{link}"}}'


def _link(instance: UUID, body: str, key: bytes | None) -> str:
    if key is None:
        return hashlib.sha256(f"{FORMER} {instance} {body}".encode()).hexdigest()
    return hmac.digest(key, f"{FORMAT} {instance} {body}".encode(), "sha256").hex()
