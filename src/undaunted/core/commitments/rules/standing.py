"""Who stands where on a day, as it was known on a day; and what lacks to the model regime.

A statement is never changed. On a day hold those that were accepted by the day of knowing and not
yet corrected then, and had begun by the day asked. The law in force is one line: its latest
statement gives the status, and for each feature the latest that tells it, until it is given up.
A bill is a line of its own, by its name, and stands beside the law until a later statement says
that something came into force, was given up, is not there, or that the bill lapsed; what was told
of an adopted act stays when the act of that name comes into force. Where no law is in force, the
latest bill gives the status. That nothing was found changes nothing that was told before, and only
a source that somebody read makes a "no" of "none".
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from undaunted.core.commitments.rules.terms import CommitmentAnswer, Status
from undaunted.core.practices.rules import PracticeSourceStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from undaunted.core.commitments.rules.entry import Instrument, Statement, Told

__all__ = [
    "Gaps",
    "Known",
    "Proposal",
    "Standing",
    "gaps_of",
    "known_by",
    "standing_of",
    "standings",
]


@dataclass(frozen=True, slots=True)
class Known:
    """A statement with when it was accepted, and corrected if it was."""

    id: UUID
    statement: Statement
    accepted_on: date
    corrected_on: date | None = None

    @property
    def order(self) -> tuple[date, date, str]:
        """By the day from which it holds, then by when it was known."""
        return self.statement.first_day, self.accepted_on, str(self.id)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A bill, an agreement or an act that is not in force, with what it would have and lack."""

    current: Known
    told: Mapping[str, tuple[Told, Known]]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one state stands to an instrument on a day, with the statement behind each answer."""

    state: str
    status: Status
    current: Known
    told: Mapping[str, tuple[Told, Known]]
    answers: Mapping[str, CommitmentAnswer]
    proposed: tuple[Proposal, ...] = ()
    """What may become law beside `current`; nothing of it is among `told` and `answers`."""

    @property
    def binds(self) -> bool:
        """Whether the instrument is law there on that day."""
        return self.status.binds

    @property
    def verified(self) -> bool:
        """Whether somebody read the status at its publisher; nobody reads what is not known."""
        read = (
            each.status is PracticeSourceStatus.VERIFIED for each in self.current.statement.carriers
        )
        return self.status is not Status.NOT_KNOWN and any(read)


@dataclass(frozen=True, slots=True)
class Gaps:
    """The features that the model regime asks for, parted by what is known of them."""

    has: tuple[str, ...]
    lacks: tuple[str, ...]
    unknown: tuple[str, ...]


def known_by(rows: Iterable[Known], day: date | None) -> tuple[Known, ...]:
    """Give what was known at the end of a day and not corrected by then; None asks for now."""
    return tuple(
        row
        for row in rows
        if (day is None or row.accepted_on <= day)
        and (row.corrected_on is None or (day is not None and row.corrected_on > day))
    )


def standing_of(rows: Iterable[Known], instrument: Instrument, on: date) -> Standing | None:
    """Give how the state that `rows` speak of stands on a day; None where nothing tells it."""
    begun = [row for row in rows if row.statement.first_day <= on]
    lines = _lines(sorted(begun, key=_bills_first))
    if lines.current is None:
        return None
    current, told = lines.current, _told(lines.law)
    proposed = [Proposal(bill[-1], MappingProxyType(_told(bill))) for bill in lines.bills]
    if proposed and not current.statement.status.binds:
        latest = proposed.pop()
        current, told = latest.current, dict(latest.told)
    none = current.statement.says_none
    answers = {
        code: _answer(told[code][0].has)
        if code in told
        else (CommitmentAnswer.LACKS if none else CommitmentAnswer.UNKNOWN)
        for code in instrument.codes
    }
    return Standing(
        current.statement.state,
        current.statement.status,
        current,
        MappingProxyType(told),
        MappingProxyType(answers),
        tuple(proposed),
    )


def standings(rows: Iterable[Known], instrument: Instrument, on: date) -> tuple[Standing, ...]:
    """Give every state of which something is known on that day, by its code."""
    by_state: dict[str, list[Known]] = {}
    for row in rows:
        by_state.setdefault(row.statement.state, []).append(row)
    found = (standing_of(by_state[state], instrument, on) for state in sorted(by_state))
    return tuple(each for each in found if each is not None)


def gaps_of(standing: Standing, instrument: Instrument) -> Gaps:
    """Give what the state's instrument has, lacks, and may have, of what the model asks for."""
    parted = {
        answer: tuple(code for code in instrument.asked if standing.answers[code] is answer)
        for answer in CommitmentAnswer
    }
    return Gaps(
        parted[CommitmentAnswer.HAS],
        parted[CommitmentAnswer.LACKS],
        parted[CommitmentAnswer.UNKNOWN],
    )


@dataclass(slots=True)
class _Lines:
    """The law in force, the bills beside it by name, and what stands where there is neither."""

    law: list[Known]
    named: dict[str, list[Known]]
    base: Known | None = None

    @property
    def bills(self) -> list[list[Known]]:
        return sorted(self.named.values(), key=lambda bill: bill[-1].order)

    @property
    def current(self) -> Known | None:
        return self.base or (self.bills[-1][-1] if self.named else None)


def _lines(begun: Iterable[Known]) -> _Lines:
    """Part statements in their order into the law and the bills beside it."""
    lines = _Lines([], {})
    for row in begun:
        status = row.statement.status
        name = " ".join(row.statement.law.casefold().split())
        if status.pending:
            lines.named.setdefault(name, []).append(row)
            continue
        if status.lacking:
            lines.law.clear()
        elif status.binds:
            lines.law += [*_final(lines.named.get(name, ())), row]
        if status is not Status.NOT_KNOWN:
            lines.named.clear()
        if not status.vague or lines.base is None or lines.base.statement.status.vague:
            lines.base = row
    return lines


def _final(bill: Iterable[Known]) -> list[Known]:
    """Give what was told of a text as it was adopted or signed, and not as it was introduced."""
    return [row for row in bill if row.statement.status is not Status.PROPOSED]


def _told(line: Iterable[Known]) -> dict[str, tuple[Told, Known]]:
    return {each.code: (each, row) for row in line for each in row.statement.features}


def _bills_first(row: Known) -> tuple[date, bool, date, str]:
    """By day; of one day, what was proposed goes before what became of it."""
    day, accepted_on, name = row.order
    return day, not row.statement.status.pending, accepted_on, name


def _answer(has: bool) -> CommitmentAnswer:  # noqa: FBT001 - what a source says
    return CommitmentAnswer.HAS if has else CommitmentAnswer.LACKS
