"""Reads of commitments: boards as they stand on a day, histories, the desk's statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.access.queries import seen_by
from undaunted.core.commitments.models import CommitmentStatement, PublishedCommitment
from undaunted.core.commitments.rules import (
    CommitmentAnswer,
    CommitmentState,
    gaps_of,
    instruments,
    known_by,
    standing_of,
    standings,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.commitments.rules import Gaps, Instrument, Known, Standing

__all__ = [
    "Board",
    "accepted_like",
    "board_of",
    "brought_back_by",
    "history_of",
    "published_statements",
    "standing_for",
    "statement_for",
    "statements_for",
    "waiting_statements",
]


@dataclass(frozen=True, slots=True)
class Board:
    """Who stands where to an instrument, on which day, as it was known on which day."""

    instrument: Instrument
    on: date
    known_on: date | None
    rows: tuple[Standing, ...]

    @property
    def gaps(self) -> Mapping[str, Gaps]:
        """Give the gaps to the model regime by state."""
        return {row.state: gaps_of(row, self.instrument) for row in self.rows}

    @property
    def binding(self) -> tuple[Standing, ...]:
        """Those where the instrument is law."""
        return tuple(row for row in self.rows if row.binds)

    def counted(self, code: str, answer: CommitmentAnswer) -> int:
        """Count the states with the instrument in force that answer a feature so."""
        return sum(row.answers[code] is answer for row in self.binding)


def board_of(actor: Actor, instrument: str, *, on: date, known_on: date | None = None) -> Board:
    """Give the board of an instrument on a day, as it was known on a day or is known now.

    Raises `KeyError` for an instrument that no pack names.
    """
    found = instruments()[instrument]
    rows = known_by((row.known for row in published_statements(actor, instrument)), known_on)
    return Board(found, on, known_on, standings(rows, found, on))


def standing_for(
    actor: Actor, instrument: str, state: str, *, on: date, known_on: date | None = None
) -> Standing | None:
    """Give how one state stands to an instrument; None where nothing is known."""
    rows = history_of(actor, instrument, state)
    return standing_of(known_by(rows, known_on), instruments()[instrument], on)


def history_of(actor: Actor, instrument: str, state: str) -> tuple[Known, ...]:
    """Give every accepted statement about a state, also corrected ones, by the day they tell."""
    rows = published_statements(actor, instrument).filter(state=state)
    return tuple(sorted((row.known for row in rows), key=lambda each: each.order))


def published_statements(_actor: Actor, instrument: str = "") -> QuerySet[PublishedCommitment]:
    """Give what is public, by instrument, state and day."""
    rows = PublishedCommitment.objects.order_by("instrument", "state", "first_day", "accepted_at")
    return rows.filter(instrument=instrument) if instrument else rows


def statements_for(actor: Actor) -> QuerySet[CommitmentStatement]:
    """Give the statements that the actor may read at the desk, newest first."""
    rows = seen_by(actor, CommitmentStatement.objects.all())
    return rows.order_by("-proposed_at", "instrument", "state", "first_day", "id")


def statement_for(actor: Actor, statement: UUID) -> CommitmentStatement | None:
    """Give one statement; None for absent and for forbidden."""
    return statements_for(actor).filter(pk=statement).select_related("corrects").first()


def brought_back_by(actor: Actor, statement: CommitmentStatement) -> CommitmentStatement | None:
    """Give what stands again when a standing correction is withdrawn; None where nothing does."""
    if statement.corrected_at is not None:
        return None
    earlier = statement.corrects_id
    while earlier is not None:
        held = statement_for(actor, earlier)
        if held is None or held.withdrawn_at is None:
            return held
        earlier = held.corrects_id
    return None


def waiting_statements(actor: Actor) -> QuerySet[CommitmentStatement]:
    """Give what waits for a second person, oldest first."""
    rows = statements_for(actor).filter(review=CommitmentState.WAITING)
    return rows.order_by("proposed_at", "instrument", "state", "first_day")


def accepted_like(actor: Actor, digest: str) -> CommitmentStatement | None:
    """Give the statement of the same text that waits or stands; None where there is none."""
    rows = statements_for(actor).filter(digest=digest, withdrawn_at__isnull=True)
    return rows.filter(
        review__in=[CommitmentState.WAITING, CommitmentState.ACCEPTED], corrected_at__isnull=True
    ).first()
