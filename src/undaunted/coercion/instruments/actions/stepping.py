"""Stages: proposed by one person with all that the step needs, taken by a second one."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from undaunted.coercion.instruments.actions.retention import keep_for_a_time
from undaunted.coercion.instruments.actions.turns import in_turn, note, standing
from undaunted.coercion.instruments.analysis import StepFacts, StepPlan, facts_told, standing_on
from undaunted.coercion.instruments.models import Step
from undaunted.coercion.instruments.queries import (
    SUBJECT,
    papers_of,
    stage_of,
    step_waiting,
    steps_of,
)
from undaunted.coercion.instruments.rules import (
    ANOTHER_WAITS,
    CLOCKS,
    IMMEDIATE_CLOCK,
    IN_FORCE,
    MOVES,
    OVER,
    Body,
    InstrumentRefused,
    Stage,
    StageRefused,
    check_move,
    checked_day,
    checked_text,
)
from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.clocks.actions import meet_clock, start_clock
from undaunted.core.clocks.queries import clocks_about
from undaunted.core.clocks.rules import Kind

if TYPE_CHECKING:
    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.core.access.rules import Actor

__all__ = ["confirm_step", "propose_step", "refuse_step"]


def propose_step(proceeding: Proceeding, plan: StepPlan, *, actor: Actor, at: datetime) -> Step:
    """Propose that a proceeding enter a stage; it does once a second person confirms.

    Raises `StageRefused` with all that the step still lacks.
    """
    require(actor, Verb.RECORD, Facts(holder=proceeding.holder))
    checked_text("reasons", plan.reasons, needed=True)
    with in_turn():
        held = standing(proceeding)
        if step_waiting(actor, held) is not None:
            raise StageRefused(ANOTHER_WAITS)
        _check(held, plan, actor=actor, at=at)
        made = Step.objects.create(
            holder=held.holder,
            proceeding=held,
            stage=plan.to,
            on=plan.on,
            reasons=plan.reasons.strip(),
            facts=facts_told(actor, held, plan),
            recorded_at=at,
            recorded_by=actor.person,
        )
        note("step.proposed", held, actor=actor, at=at, step=str(made.pk))
    return made


def confirm_step(step: Step, *, actor: Actor, at: datetime) -> Step:
    """Take the step that a colleague proposed, as a second person of the authority.

    What it rests on is looked at again: where that changed meanwhile, it is proposed anew.
    """
    hands = frozenset({step.recorded_by})
    require(actor, Verb.PUBLISH, Facts(holder=step.holder, earlier_hands=hands))
    with in_turn():
        held = standing(step.proceeding)
        row = _waiting(step)
        plan = StepPlan(Stage(row.stage), row.on, row.reasons, StepFacts.read(row.facts))
        if facts_told(actor, held, plan) != row.facts:
            raise StageRefused(
                "step: what it rests on changed since it was proposed; refuse it and propose anew"
            )
        _check(held, plan, actor=actor, at=at)
        row.confirmed_at, row.confirmed_by = at, actor.person
        row.save(update_fields=["confirmed_at", "confirmed_by"])
        note("step.confirmed", held, actor=actor, at=at, step=str(row.pk))
        _run_clocks(held, row, actor=actor, at=at)
    return row


def refuse_step(step: Step, *, actor: Actor, at: datetime) -> Step:
    """Refuse what a colleague proposed, or take one's own proposal back; it stays on record."""
    own = actor.id == step.recorded_by
    hands = frozenset[UUID]() if own else frozenset({step.recorded_by})
    require(
        actor,
        Verb.RECORD if own else Verb.PUBLISH,
        Facts(holder=step.holder, earlier_hands=hands),
    )
    with in_turn():
        held = standing(step.proceeding)
        row = _waiting(step)
        row.refused_at, row.refused_by = at, actor.person
        row.save(update_fields=["refused_at", "refused_by"])
        note("step.refused", held, actor=actor, at=at, step=str(row.pk))
    return row


def _check(proceeding: Proceeding, plan: StepPlan, *, actor: Actor, at: datetime) -> None:
    taken = steps_of(actor, proceeding)
    checked_day("on", plan.on, at.date(), since=taken[-1].on if taken else IN_FORCE)
    stage = stage_of(actor, proceeding)
    move = MOVES.get((stage, plan.to))
    by = move.by if move else Body.COMMISSION
    check_move(stage, plan.to, by, standing_on(actor, proceeding, plan))


def _waiting(step: Step) -> Step:
    row = Step.objects.select_for_update().filter(pk=step.pk).first()
    if row is None or not row.waits:
        raise InstrumentRefused("step: it was decided before; look again")
    return row


def _run_clocks(proceeding: Proceeding, step: Step, *, actor: Actor, at: datetime) -> None:
    """Meet the clock of the stage that ended, and start that of the one that begins."""
    moment = datetime.combine(step.on, time(12), tzinfo=UTC)
    names = [CLOCKS.get(Stage(step.stage))]
    if StepFacts.read(step.facts).immediate:
        names.append(IMMEDIATE_CLOCK)
    if step.stage in OVER and papers_of(actor, proceeding).exists():
        keep_for_a_time(proceeding, actor=actor, at=at, under=Verb.PUBLISH)
    for clock in clocks_about(actor, SUBJECT, proceeding.pk).filter(kind=Kind.LEGAL):
        if not clock.closed:
            meet_clock(clock, actor=actor, at=at, met_at=min(moment, at), under=Verb.PUBLISH)
    for name in filter(None, names):
        start_clock(
            name,
            actor=actor,
            at=at,
            holder=proceeding.holder,
            subject_kind=SUBJECT,
            subject_id=proceeding.pk,
            started_at=min(moment, at),
            under=Verb.PUBLISH,
        )
