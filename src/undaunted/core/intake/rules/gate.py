"""Who waits when very many hand in at once, and how they pass: by work, or by the time they took.

While it is calm nothing is asked. Beyond that, a browser with script passes by a small work
(Back, Hashcash, 2002; SHA-256 here), and whoever has no script by the time since their form was
given to them. Each form carries a ticket: a time and a random number under a MAC, so that nothing
is stored of somebody who has not sent anything yet. A ticket passes once. What is asked grows with
what comes, up to a limit that everybody honest can reach: a minute, or some seconds of work.
Nothing here knows an address, and nobody is locked out.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections import OrderedDict, deque
from dataclasses import dataclass
from threading import Lock
from typing import Final

__all__ = [
    "CALM",
    "LIVES",
    "Asked",
    "Gate",
    "Ticket",
    "asked_at",
    "make_ticket",
    "read_ticket",
    "solves",
    "spent_mark",
]

CALM: Final = 120
"""How many may hand in within a minute before anything is asked."""
MINUTE: Final = 60.0
LEAST_BITS: Final = 13
MOST_BITS: Final = 19
"""Half a million digests: some seconds on a telephone."""
TELLS: Final = CALM // 8
"""Beyond so many a minute a process tells the others how many came to it."""
SLACK_BITS: Final = 2
"""So much may have been asked in addition while somebody was at work."""
SECONDS_A_DOUBLING: Final = 3
LONGEST_WAIT: Final = 60
LIVES: Final = 4 * 3600
"""Seconds after which a ticket counts as none; a form may stand open for an evening."""
MOST_SPENT: Final = 200_000
_TIME: Final = 8
_NUMBER: Final = 12
_MAC: Final = 16
_LONGEST_ANSWER: Final = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of somebody: so many leading zero bits, or so many seconds of waiting."""

    bits: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Ticket:
    """When a form was given out, and a number that nobody else has."""

    text: str
    at: float


def asked_at(load: int) -> Asked | None:
    """Give what is asked while `load` came within a minute; None while it is calm."""
    if load <= CALM:
        return None
    doublings = ((load - 1) // CALM).bit_length()
    return Asked(
        bits=min(MOST_BITS, LEAST_BITS + doublings),
        seconds=min(LONGEST_WAIT, SECONDS_A_DOUBLING * doublings),
    )


def make_ticket(key: bytes, *, at: float) -> str:
    """Give a new ticket."""
    held = int(at * 1000).to_bytes(_TIME, "big") + secrets.token_bytes(_NUMBER)
    return base64.urlsafe_b64encode(held + _mac(key, held)).decode().rstrip("=")


def read_ticket(text: str, key: bytes, *, at: float) -> Ticket | None:
    """Read a ticket; None where it is not ours, too old, or from later than now."""
    try:
        held = base64.urlsafe_b64decode(text.encode("ascii") + b"==")
    except (UnicodeEncodeError, binascii.Error):
        return None
    body, mac = held[: _TIME + _NUMBER], held[_TIME + _NUMBER :]
    if len(held) != _TIME + _NUMBER + _MAC or not hmac.compare_digest(mac, _mac(key, body)):
        return None
    made = int.from_bytes(body[:_TIME], "big") / 1000
    if not 0 <= at - made <= LIVES:
        return None
    return Ticket(base64.urlsafe_b64encode(held).decode().rstrip("="), made)


def solves(ticket: str, answer: str, bits: int) -> bool:
    """Tell whether the digest of ticket and answer begins with so many zero bits."""
    if not answer or len(answer) > _LONGEST_ANSWER:
        return False
    digest = hashlib.sha256(f"{ticket}.{answer}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0


def spent_mark(ticket: Ticket, key: bytes) -> bytes:
    """Give what is kept of a ticket that has passed; without the key it leads to no ticket."""
    return hmac.digest(key, b"undaunted intake spent v1" + ticket.text.encode(), "sha256")[:_MAC]


class Gate:
    """What came within the last minute, and which tickets have passed, as one process saw it.

    What the other processes saw is told to it; it says when it is time to tell and to ask.
    """

    def __init__(self) -> None:
        self._came: deque[float] = deque(maxlen=100 * CALM)
        self._spent: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()
        self._elsewhere = 0
        self._told_at = 0.0

    def ask(self, ticket: Ticket | None, answer: str, *, at: float) -> Asked | None:
        """Let somebody pass (None), or give what is still asked of them."""
        with self._lock:
            asked = asked_at(self._load(at))
            if ticket is None:
                return asked
            if ticket.text in self._spent:
                return asked
            if asked is not None and not solves(ticket.text, answer, asked.bits - SLACK_BITS):
                left = asked.seconds - int(at - ticket.at)
                if left > 0:
                    return Asked(asked.bits, left)
            self._spend(ticket, at)
            return None

    def asked(self) -> Asked | None:
        """Give what is asked now of somebody whose ticket has passed in another process."""
        with self._lock:
            return asked_at(len(self._came) + self._elsewhere)

    def to_tell(self, *, at: float) -> int | None:
        """Give how many came within the last minute, once a second while it is worth telling."""
        with self._lock:
            if len(self._came) < TELLS or at < self._told_at + 1:
                return None
            self._told_at = at
            return len(self._came)

    def hear(self, elsewhere: int) -> None:
        """Take in how many came to the other processes within the last minute."""
        with self._lock:
            self._elsewhere = elsewhere

    def _load(self, at: float) -> int:
        self._came.append(at)
        while self._came[0] < at - MINUTE:
            self._came.popleft()
        if len(self._came) < TELLS:
            self._elsewhere = 0
        return len(self._came) + self._elsewhere

    def _spend(self, ticket: Ticket, at: float) -> None:
        self._spent[ticket.text] = at
        while len(self._spent) > MOST_SPENT or next(iter(self._spent.values())) < at - LIVES:
            self._spent.popitem(last=False)


def _mac(key: bytes, held: bytes) -> bytes:
    return hmac.digest(key, b"undaunted intake ticket v1" + held, "sha256")[:_MAC]
