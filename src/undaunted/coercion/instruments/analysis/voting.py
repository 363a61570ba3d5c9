"""The Council's vote as it is kept, counted anew whenever it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undaunted.coercion.instruments.analysis.papers import laid_file
from undaunted.coercion.instruments.queries import vote_of
from undaunted.coercion.instruments.rules import (
    Ballot,
    CouncilFigures,
    count_ballots,
    read_ballots,
)
from undaunted.coercion.instruments.writers import vote_paper

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from undaunted.coercion.instruments.models import Proceeding, Vote
    from undaunted.coercion.instruments.rules import CouncilCount
    from undaunted.core.access.rules import Actor

__all__ = ["Counted", "counted", "counted_of", "vote_file", "vote_told"]


@dataclass(frozen=True, slots=True)
class Counted:
    """A recorded vote: its day, what each member state did, the people that count, the count."""

    on: date
    ballots: Mapping[str, Ballot]
    figures: CouncilFigures
    count: CouncilCount

    def rows(self) -> list[tuple[str, Ballot | None, int]]:
        """Give member, what it did, and its people, in the order of codes."""
        return [
            (code, self.ballots.get(code), people)
            for code, people in sorted(self.figures.people.items())
        ]


def counted(row: Vote) -> Counted:
    """Count a vote with the people that were kept with it."""
    figures = CouncilFigures.read(row.figures)
    ballots = read_ballots(row.ballots, figures.people)
    return Counted(row.on, ballots, figures, count_ballots(figures.people, ballots))


def counted_of(
    actor: Actor, proceeding: Proceeding, *, known_at: datetime | None = None
) -> Counted | None:
    """Count the vote that counts, or counted at a moment; None where none is recorded."""
    row = vote_of(actor, proceeding, known_at=known_at)
    return None if row is None else counted(row)


def vote_file(actor: Actor, proceeding: Proceeding, media: str) -> bytes | None:
    """Write the vote that counts, for Word or as PDF; None where none is recorded."""
    row = vote_of(actor, proceeding)
    if row is None:
        return None
    held = counted(row)
    paper = vote_paper(
        proceeding.title,
        proceeding.third_country,
        on=held.on,
        ballots=held.ballots,
        figures=held.figures,
        count=held.count,
    )
    return laid_file(paper, media, moment=int(row.recorded_at.timestamp()))


def vote_told(held: Counted) -> dict[str, Any]:
    """Give a vote as programs are told of it."""
    vote, figures = held.count.vote, held.figures
    told: dict[str, Any] = {
        "on": held.on,
        "carried": held.count.carried,
        "missing": list(held.count.missing),
        "votes": {code: each.value for code, each in held.ballots.items()},
        "figures": figures.told(),
    }
    if vote is not None:
        told |= {
            "members": vote.members,
            "of": vote.of,
            "least": vote.least,
            "people": vote.population,
            "of_people": vote.of_all,
            "share_pct": round(vote.share, 2),
            "blocking": vote.blocking,
        }
    return told
