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

__all__ = ["CALM", "Asked", "Gate", "Ticket", "asked_at", "make_ticket", "read_ticket", "solves"]

CALM: Final = 120
"""How many may hand in within a minute before anything is asked."""
MINUTE: Final = 60.0
LEAST_BITS: Final = 13
MOST_BITS: Final = 19
"""Half a million digests: some seconds on a telephone."""
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


class Gate:
    """What came within the last minute, and which tickets have passed; one for each process."""

    def __init__(self) -> None:
        self._came: deque[float] = deque(maxlen=100 * CALM)
        self._spent: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

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

    def _load(self, at: float) -> int:
        self._came.append(at)
        while self._came[0] < at - MINUTE:
            self._came.popleft()
        return len(self._came)

    def _spend(self, ticket: Ticket, at: float) -> None:
        self._spent[ticket.text] = at
        while len(self._spent) > MOST_SPENT or next(iter(self._spent.values())) < at - LIVES:
            self._spent.popitem(last=False)


def _mac(key: bytes, held: bytes) -> bytes:
    return hmac.digest(key, b"undaunted intake ticket v1" + held, "sha256")[:_MAC]
