"""Who stands where on a day, as it was known on a day; and what lacks to the model regime.

A statement is never changed. On a day hold those that were accepted by the day of knowing and not
yet corrected then; of these, the latest that had begun by the day asked gives the status, and for
each feature the latest that tells it. Where an instrument is absent or given up, features are gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from undaunted.core.commitments.rules.terms import Answer
from undaunted.core.practices.rules import SourceStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from undaunted.core.commitments.rules.entry import Instrument, Statement, Told
    from undaunted.core.commitments.rules.terms import Status

__all__ = ["Gaps", "Known", "Standing", "gaps_of", "known_by", "standing_of", "standings"]


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
class Standing:
    """How one state stands to an instrument on a day, with the statement behind each answer."""

    state: str
    status: Status
    current: Known
    told: Mapping[str, tuple[Told, Known]]
    answers: Mapping[str, Answer]

    @property
    def binds(self) -> bool:
        """Whether the instrument is law there on that day."""
        return self.status.binds

    @property
    def verified(self) -> bool:
        """Whether somebody read the status at its publisher."""
        told = self.current.statement
        return any(
            each.status is SourceStatus.VERIFIED
            for each in told.sources
            if each.id in told.evidence
        )


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
    held = sorted((row for row in rows if row.statement.first_day <= on), key=lambda row: row.order)
    if not held:
        return None
    told: dict[str, tuple[Told, Known]] = {}
    for row in held:
        if row.statement.status.lacking:
            told.clear()
        told |= {each.code: (each, row) for each in row.statement.features}
    current = held[-1]
    lacking = current.statement.status.lacking
    answers = {
        code: _answer(told[code][0].has)
        if code in told
        else (Answer.LACKS if lacking else Answer.UNKNOWN)
        for code in instrument.codes
    }
    return Standing(
        current.statement.state,
        current.statement.status,
        current,
        MappingProxyType(told),
        MappingProxyType(answers),
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
        for answer in Answer
    }
    return Gaps(parted[Answer.HAS], parted[Answer.LACKS], parted[Answer.UNKNOWN])


def _answer(has: bool) -> Answer:  # noqa: FBT001 - what a source says
    return Answer.HAS if has else Answer.LACKS
