"""Periods that stood still for a request go on: when it was answered, or is asked no more."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from undaunted.coercion.screening.actions.partners_ended import end_periods_over
from undaunted.coercion.screening.actions.phases import (
    let_partners_go_on,
    partners_stopped_on,
    turn_clocks,
)
from undaunted.coercion.screening.models import Answer, Request
from undaunted.coercion.screening.rules import Step

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from undaunted.coercion.screening.models import Case
    from undaunted.core.access.rules import Actor

__all__ = ["periods_go_on", "renewed_go_on"]


def periods_go_on(  # noqa: PLR0913 - for which request of which case, since when, by whom
    request: Request, case: Case, *, on: date, actor: Actor, at: datetime, came: bool = True
) -> None:
    """Let periods go on that stood still for a request, where no other is waited for.

    Those of partners go on as they were where nothing that they asked for ever `came`.
    """
    waits = _waiting(case)
    if request.stops and not waits.filter(stops=True).exists():
        turn_clocks(case, Step.ANSWERED, on=on, actor=actor, at=at)
    if _frees_partners(request, case, actor):
        if came or _answers_for_partners(case).exists():
            turn_clocks(case, Step.PARTNERS_ANSWERED, on=on, actor=actor, at=at)
        else:
            let_partners_go_on(case, actor=actor, at=at)


def renewed_go_on(case: Case, *, actor: Actor, at: datetime) -> None:
    """Let partners' periods of a case opened again go on whose requests ended while it was decided.

    They do from the day on which the last of them ended, as they had without the decision; what is
    over by then ends.
    """
    theirs = _of_partners(case, actor)
    waits = {each.pk for each in _waiting(case)}
    if not partners_stopped_on(case, actor) or any(each.pk in waits for each in theirs):
        return
    answers = _answers(case).filter(request__in=theirs)
    came = max((each.received_on for each in answers), default=None)
    back = max((each.withdrawn_at for each in theirs if each.withdrawn_at), default=at)
    if came is None:
        let_partners_go_on(case, actor=actor, at=at, since=back)
    else:
        gone = [each.withdrawn_at.date() for each in theirs if each.withdrawn_at]
        turn_clocks(case, Step.PARTNERS_ANSWERED, on=max([came, *gone]), actor=actor, at=at)
    end_periods_over(case, actor=actor, at=at)


def _of_partners(case: Case, actor: Actor) -> list[Request]:
    """Give the requests for which periods of partners stand still, or stood."""
    first = _stopped_partners(case, actor)
    asked = Request.objects.filter(case=case)
    return [each for each in asked if each.for_partners or each in first]


def _frees_partners(request: Request, case: Case, actor: Actor) -> bool:
    """Whether a request that ends was the last for which periods of partners stood still.

    They do for what partners asked for. Before that was told apart they did for every request that
    stopped periods: such a period waits for the one for which it stopped, or, where that one has
    its answer, for the others.
    """
    waits = tuple(_waiting(case))
    first = _stopped_partners(case, actor)
    if any(each.for_partners or each in first for each in waits):
        return False
    if not first:
        return request.for_partners
    others = request.for_partners or request.stops
    return request in first or (others and not any(each.stops for each in waits))


def _stopped_partners(case: Case, actor: Actor) -> list[Request]:
    """Give the requests for which partners' periods stopped before questions were told apart.

    They are those of the day on which a period stopped, where partners had asked for nothing then.
    """
    asked = tuple(Request.objects.filter(case=case))
    told = {_day(each) for each in asked if each.for_partners}
    days = partners_stopped_on(case, actor) - told
    return [each for each in asked if each.stops and _day(each) in days]


def _day(request: Request) -> date:
    return request.recorded_at.astimezone(UTC).date()


def _answers_for_partners(case: Case) -> QuerySet[Answer]:
    """Give the complete answers to what partners asked, where that stands."""
    return _answers(case).filter(request__for_partners=True)


def _answers(case: Case) -> QuerySet[Answer]:
    """Give the complete answers that stand, to requests that do."""
    standing = Answer.objects.filter(case=case, complete=True, withdrawn_at__isnull=True)
    return standing.filter(request__withdrawn_at__isnull=True)


def _waiting(case: Case) -> QuerySet[Request]:
    """Give the requests that have no complete answer yet."""
    asked = Request.objects.filter(case=case, withdrawn_at__isnull=True)
    return asked.exclude(answers__complete=True, answers__withdrawn_at__isnull=True)
