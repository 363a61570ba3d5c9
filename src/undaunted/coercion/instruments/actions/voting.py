"""The Council's vote: recorded member state by member state, by one person; the step takes two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.instruments.actions.turns import in_turn, note, standing
from undaunted.coercion.instruments.models import Vote
from undaunted.coercion.instruments.queries import stage_of, steps_of, vote_of
from undaunted.coercion.instruments.rules import (
    Part,
    StageRefused,
    against,
    checked_day,
    council_figures,
    count_ballots,
    read_ballots,
)
from undaunted.core.access.rules import Facts, Verb, require

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.core.access.rules import Actor

__all__ = ["record_vote"]


def record_vote(
    proceeding: Proceeding,
    on: date,
    votes: Mapping[str, str],
    *,
    actor: Actor,
    at: datetime,
) -> Vote:
    """Record what each member state did on a day; what stood before stays on record.

    One that lacks a member stays open. The people that count are those of the day, and are kept
    with it. Raises `InstrumentRefused` with every member and ballot that is none.
    """
    require(actor, Verb.RECORD, Facts(holder=proceeding.holder))
    figures = council_figures(on)
    ballots = read_ballots(votes, figures.people)
    count_ballots(figures.people, ballots)
    with in_turn():
        held = standing(proceeding)
        _check_before_council(actor, held, on, at)
        before = vote_of(actor, held)
        if before is not None:
            before.replaced_at = at
            before.save(update_fields=["replaced_at"])
        made = Vote.objects.create(
            holder=held.holder,
            proceeding=held,
            on=on,
            ballots={code: each.value for code, each in ballots.items()},
            figures=figures.told(),
            recorded_at=at,
            recorded_by=actor.person,
        )
        note("proceeding.vote_recorded", held, actor=actor, at=at, vote=str(made.pk))
    return made


def _check_before_council(actor: Actor, proceeding: Proceeding, on: date, at: datetime) -> None:
    problem = against(Part.VOTE, stage_of(actor, proceeding))
    if problem:
        raise StageRefused(problem)
    checked_day("on", on, at.date(), since=steps_of(actor, proceeding)[-1].on)
