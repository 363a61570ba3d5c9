"""The periods of a case: what a step does to the clocks of every regime that bears on it.

They are clocks of `core/clocks`, about the case; a calendar shows them like every other. Where a
case lies across a change of regimes, the clocks of both are turned.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Q

from undaunted.coercion.screening.actions.partners_ended import ends_by_decision, periods_had
from undaunted.coercion.screening.actions.telling import held_case, note
from undaunted.coercion.screening.actions.turns import in_turn
from undaunted.coercion.screening.analysis.letter_periods import comments_ended
from undaunted.coercion.screening.analysis.partners import scopes_found
from undaunted.coercion.screening.analysis.phases import regimes_between, regimes_notifying
from undaunted.coercion.screening.queries import (
    case_as_known,
    clocks_of,
    dispatches_of,
)
from undaunted.coercion.screening.rules import (
    COOPERATION,
    InScope,
    ScreeningRefused,
    ScreeningStage,
    StageRefused,
    Step,
    Turn,
    check_cooperation,
    moves_on,
    regimes,
)
from undaunted.coercion.screening.rules.casework import checked_day
from undaunted.coercion.screening.rules.cooperation import ASKED_FOR, partner_clocks, reached_by
from undaunted.core.access.rules import Verb
from undaunted.core.clocks.actions import (
    cancel_clock,
    meet_clock,
    resume_clock,
    start_clock,
    stop_clock,
)
from undaunted.core.clocks.rules import (
    EventsRefused,
    RuleUnknown,
    StartEvent,
    rule_for,
    zone_named,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet

    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.rules import ClockMove, Regime
    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.actions import Clock

__all__ = [
    "CASE",
    "OUTSIDE",
    "let_partners_go_on",
    "partners_stopped_on",
    "record_step",
    "start_called_for",
    "turn_clocks",
]

CASE = "screening_case"
OUTSIDE = frozenset(Step) - {
    Step.ACCEPTED, Step.NOTIFIED, Step.REQUESTED, Step.ANSWERED, Step.PARTNERS_ASKED,
    Step.PARTNERS_ANSWERED, Step.IN_DEPTH, Step.DECIDED,
}  # fmt: skip
"""Steps that a person records; the others follow from what is done in the case."""
BEFORE_RECEIPT = frozenset(
    {Step.DRAFTED, Step.DECLARED, Step.COMPLETED_UNSCREENED, Step.NOTICED_UNSCREENED}
)
"""Steps that can lie before a notification was received."""
ON_RECEIPT = frozenset({StartEvent.COMPLETE_FILING, StartEvent.RECEIPT, StartEvent.SUBMISSION})
"""Beginnings of periods that lie on the day on which a notification was received."""
_TAKEN = {
    ScreeningStage.SCREENING: (Step.ACCEPTED,),
    ScreeningStage.INDEPTH: (Step.ACCEPTED, Step.IN_DEPTH),
}
"""Steps that were taken in a case that stands there, of those that may call for a period."""


def record_step(
    case: Case, step: Step, *, on: date, actor: Actor, at: datetime
) -> tuple[Clock, ...]:
    """Record what happened outside, such as partners' intention; its clocks start or are met.

    That partners were notified is recorded where a notice was written down to go in a package; on
    this installation it follows. Raises `StageRefused` for a step that follows from the case
    itself, or that none of its regimes knows.
    """
    by_package = step is Step.NOTIFIED and dispatches_of(actor, case).exists()
    if step not in OUTSIDE and not by_package:
        raise StageRefused(f"step: {step} follows from what is done in the case; do that instead")
    checked_day("on", on, first=None, last=at.date())
    with in_turn():
        held = held_case(case, actor=actor)
        if step not in BEFORE_RECEIPT:
            checked_day("on", on, first=case_as_known(actor, held, at).received_on, last=None)
        bearing = _bearing(held, step, _received(held, on, actor, at), on)
        if not any(moves_on(regime, step) for regime in bearing):
            for regime in bearing if step in COOPERATION else ():
                check_cooperation(regime, step)
            raise StageRefused(f"step: no regime that bears on this case has a period for {step}")
        if step is Step.COMMENTS_OVER:
            _check_over(held, bearing, on, actor, at)
        laws = _reached(held, bearing, actor, at) if by_package else None
        turned = turn_clocks(held, step, on=on, actor=actor, at=at, laws=laws)
        if not turned:
            raise StageRefused(f"step: no period of this case waits for {step}")
        return turned


def _bearing(case: Case, step: Step, received: date, on: date) -> tuple[Regime, ...]:
    """Give the regimes whose clocks a step can turn; of a notice, those of the day of receipt."""
    bear = regimes_notifying if step is Step.NOTIFIED else regimes_between
    return bear(case.jurisdiction, received, on)


def _reached(case: Case, bearing: Iterable[Regime], actor: Actor, at: datetime) -> frozenset[str]:
    """Give the laws whose periods begin as partners elsewhere are notified: none that says no."""
    held = tuple(bearing)
    found = scopes_found(case_as_known(actor, case, at))
    reached = reached_by(found, held)
    if not reached:
        titles = ", ".join(each.title for each in held if moves_on(each, Step.NOTIFIED))
        raise StageRefused(
            f"step: by its scope test, {titles} does not reach the investment; record another "
            "scope test first"
        )
    return frozenset(each.key for each in reached)


def _check_over(
    case: Case, bearing: Iterable[Regime], on: date, actor: Actor, at: datetime
) -> None:
    """Hold that the time for comments was over on a day: its last one, whoever spoke before."""
    told = [regime for regime in bearing if moves_on(regime, Step.COMMENTS_OVER)]
    ended = comments_ended(actor, case, told, at)
    if ended is None:
        raise StageRefused(f"step: no period of this case waits for {Step.COMMENTS_OVER}")
    checked_day("on", on, first=ended, last=ended)


def turn_clocks(  # noqa: PLR0913 - of which case, by what, on which day, by whom, when, by which right
    case: Case,
    step: Step,
    *,
    on: date,
    actor: Actor,
    at: datetime,
    under: Verb = Verb.RECORD,
    laws: Collection[str] | None = None,
) -> tuple[Clock, ...]:
    """Do to the clocks what a step does under each regime, or those of `laws`; part of the step.

    A period that the law counts from a complete filing starts on the day of receipt, whenever
    somebody took it up. A clock whose rule is not in force on its day is not started, and the
    entry says so.
    """
    turned: list[Clock] = []
    idle: list[str] = []
    received = _received(case, on, actor, at)
    bearing = _bearing(case, step, received, on)
    for regime, moves in (*_moves(bearing, step, laws), *_replaced(case, bearing, step, actor)):
        waited = step in ASKED_FOR and _took_place(case, regime, step, actor=actor, at=at)
        for move in moves:
            clock = None
            if step not in ASKED_FOR or move.does is not Turn.START or waited:
                day = received if step is Step.ACCEPTED and _runs_on_receipt(move, received) else on
                if move.does is Turn.START and move.clock in regime.ex_post:
                    day = regime.ex_post_begins(day)
                clock = _turned(case, move, on=day, actor=actor, at=at, under=under)
            if clock is None:
                idle.append(f"{move.does} {move.clock}")
            else:
                turned.append(clock)
    note(f"case.step_{step}", case, actor=actor, at=at, clocks=len(turned), idle=idle)
    return tuple(turned)


def _moves(
    bearing: Iterable[Regime], step: Step, laws: Collection[str] | None
) -> Iterator[tuple[Regime, tuple[ClockMove, ...]]]:
    for regime in bearing:
        if laws is None or regime.key in laws:
            yield regime, moves_on(regime, step)


def _replaced(
    case: Case, bearing: Collection[Regime], step: Step, actor: Actor
) -> Iterator[tuple[Regime, tuple[ClockMove, ...]]]:
    """Give what a step meets of periods for what was not filed, under laws that bear no more."""
    for regime in regimes():
        meets = [
            each
            for each in moves_on(regime, step)
            if each.does is Turn.MEET and each.clock in regime.ex_post and regime not in bearing
        ]
        rules = {each.clock for each in meets}
        if rules and _open(case, actor).filter(rule__in=rules).exists():
            yield regime, tuple(meets)


def _took_place(case: Case, regime: Regime, step: Step, *, actor: Actor, at: datetime) -> bool:
    """Whether a period stood still for the answer, so that another begins.

    It ends, since the other takes its place, unless the regime lets it keep its end.
    """
    if not any(m.does is Turn.START for m in moves_on(regime, step)):
        return False
    stopped = [m.clock for m in moves_on(regime, ASKED_FOR[step]) if m.does is Turn.STOP]
    resumed = [m.clock for m in moves_on(regime, step) if m.does is Turn.RESUME]
    standing = list(
        _open(case, actor).filter(rule__in=set(stopped) - set(resumed), stopped_since__isnull=False)
    )
    kept = {m.clock for m in moves_on(regime, step) if m.does is Turn.KEEP}
    for clock in standing:
        if clock.rule not in kept:
            cancel_clock(clock, actor=actor, at=at)
    return bool(standing)


def let_partners_go_on(
    case: Case, *, actor: Actor, at: datetime, since: datetime | None = None
) -> tuple[Clock, ...]:
    """Let periods of partners go on that stand still: what they waited for is asked no more.

    They go on since now, or since an earlier moment at which it was taken back.
    """
    return tuple(
        resume_clock(clock, actor=actor, at=at, since=_goes_on(clock, since or at))
        for clock in _partners_stopped(case, actor)
    )


def partners_stopped_on(case: Case, actor: Actor) -> frozenset[date]:
    """Give the days, in UTC, since which periods of partners stand still."""
    stopped = (clock.stopped_since for clock in _partners_stopped(case, actor))
    return frozenset(each.astimezone(UTC).date() for each in stopped if each)


def _partners_stopped(case: Case, actor: Actor) -> QuerySet[Clock]:
    theirs = {clock for regime in regimes() for clock in partner_clocks(regime)}
    return _open(case, actor).filter(rule__in=theirs, stopped_since__isnull=False)


def _turned(  # noqa: PLR0913 - as `turn_clocks`
    case: Case, move: ClockMove, *, on: date, actor: Actor, at: datetime, under: Verb
) -> Clock | None:
    standing = _open(case, actor).filter(rule=move.clock)
    if move.does is Turn.START:
        had = periods_had(actor, case, move.clock)
        called = not had.exists() and _called_for(case, move, actor, at)
        day = _received(case, on, actor, at) if move.rows else on
        return _started(case, move.clock, day, actor, at, under) if called else None
    clock = standing.first()
    if clock is None:
        return None
    checked_day(f"on: {move.clock}", on, first=clock.started_at.date(), last=None)
    moment = max(clock.started_at, _beginning(clock, on, at))
    try:
        if move.does is Turn.MEET:
            return meet_clock(clock, actor=actor, at=at, met_at=moment, under=under)
        if move.does is Turn.STOP:
            still = clock.stopped_since is None and clock.held_rule.stoppable
            return stop_clock(clock, actor=actor, at=at, since=moment) if still else None
        if clock.stopped_since is None:
            return None
        keeps = move.does is Turn.KEEP
        since = clock.stopped_since if keeps else max(moment, clock.stopped_since)
        return resume_clock(clock, actor=actor, at=at, since=since)
    except EventsRefused as problem:
        raise ScreeningRefused(f"{move.clock}: {problem}") from None


def start_called_for(case: Case, *, actor: Actor, at: datetime) -> tuple[Clock, ...]:
    """Start what a new scope test calls for in a case that was taken up before; often nothing."""
    steps = _TAKEN.get(ScreeningStage(case.stage), ())
    received = case_as_known(actor, case, at).received_on
    if received is None:
        return ()
    told = [
        _turned(case, move, on=received, actor=actor, at=at, under=Verb.RECORD)
        for regime in regimes_between(case.jurisdiction, received, at.date())
        for step in steps
        for move in moves_on(regime, step)
        if move.rows and move.does is Turn.START
    ]
    return tuple(each for each in told if each is not None)


def _called_for(case: Case, move: ClockMove, actor: Actor, at: datetime) -> bool:
    """Whether a period that some investments alone have is this one's: no test says that it is not.

    Such a period is counted from the filing. Who was notified already, or is to be within another
    such period, is not notified again.
    """
    if not move.rows:
        return True
    regime = next(each for each in regimes() if move in each.moves)
    theirs = {each.clock for each in moves_on(regime, Step.NOTIFIED)}
    stood = Q(cancelled_at__isnull=True) | Q(cancelled_at__in=ends_by_decision(case))
    if clocks_of(actor, case).filter(stood, rule__in=theirs).exists():
        return False
    found = [
        row["met"]
        for scope in case_as_known(actor, case, at).scopes
        if scope.regime == regime.key
        for row in scope.rows
        if row["id"] in move.rows
    ]
    return not found or any(met != InScope.NO for met in found)


def _started(  # noqa: PLR0913, PLR0917 - as `turn_clocks`
    case: Case, rule: str, on: date, actor: Actor, at: datetime, under: Verb
) -> Clock | None:
    try:
        zone = rule_for(rule, on).zone
    except RuleUnknown:
        return None
    begins = datetime.combine(on, time(12), tzinfo=zone_named(zone)) if zone else at
    return start_clock(
        rule,
        actor=actor,
        at=at,
        holder=case.holder,
        subject_kind=CASE,
        subject_id=case.pk,
        started_at=min(begins, at) if on == at.date() else begins,
        under=under,
    )


def _beginning(clock: Clock, on: date, at: datetime) -> datetime:
    """Give the moment of a day for a clock: noon of its own zone, or now."""
    zone = clock.zone or clock.held_rule.zone
    noon = datetime.combine(on, time(12), tzinfo=zone_named(zone)) if zone else at
    return min(noon, at)


def _goes_on(clock: Clock, at: datetime) -> datetime:
    """Give the moment at which a clock that stands still goes on, never before it stopped."""
    moment = _beginning(clock, at.date(), at)
    return max(moment, clock.stopped_since or moment)


def _received(case: Case, on: date, actor: Actor, at: datetime) -> date:
    """Give the day on which the notification was received, or the day itself without one."""
    return case_as_known(actor, case, at).received_on or on


def _runs_on_receipt(move: ClockMove, received: date) -> bool:
    """Whether a period runs from when a filing came, not from when somebody took it up."""
    try:
        return rule_for(move.clock, received).starts in ON_RECEIPT
    except RuleUnknown:
        return False


def _open(case: Case, actor: Actor) -> QuerySet[Clock]:
    return clocks_of(actor, case).filter(met_at__isnull=True, cancelled_at__isnull=True)
