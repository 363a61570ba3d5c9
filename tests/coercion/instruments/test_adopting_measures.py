"""The step to measures says all that stands against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.coercion.instruments.designs import DUTY, answers, design
from tests.coercion.instruments.factories import (
    AT,
    DRAFT,
    ELEMENTS_MET,
    Scene,
    calculated,
    make_scene,
    stepped,
    to_measures,
)
from undaunted.coercion.instruments.actions import (
    assess_elements,
    attach_calculation,
    confirm_step,
    propose_step,
    record_draft,
    record_engagement,
    refuse_step,
    take_back_engagement,
)
from undaunted.coercion.instruments.analysis import (
    StepFacts,
    StepPlan,
    judged_of,
)
from undaunted.coercion.instruments.queries import (
    engagements_of,
)
from undaunted.coercion.instruments.rules import (
    CheckValue,
    Design,
    InstrumentChannel,
    InstrumentRefused,
    Opinion,
    Stage,
    StageRefused,
    Verdict,
)
from undaunted.core.accounts.actions import acting_as

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def test_measures_beyond_the_injury_or_the_law_are_refused(scene: Scene, owner_sql: Any) -> None:
    to_measures(scene)
    ours, held = scene.ours, scene.proceeding
    plan = StepPlan(Stage.ADOPTED, date(2026, 11, 19), "Needed (invented).", DRAFT)
    with acting_as(ours.documenter) as actor:
        big = replace(DUTY, effect=replace(DUTY.effect, best=101.0, high=140.0))
        record_draft(held, Design((big,), answers()), actor=actor, at=AT)
        with pytest.raises(StageRefused, match="beyond the injury"):
            propose_step(held, plan, actor=actor, at=AT)
        open_point = answers(necessary=CheckValue.NO)
        record_draft(held, Design((DUTY,), open_point), actor=actor, at=AT)
        with pytest.raises(StageRefused, match="necessity: not every condition"):
            propose_step(held, plan, actor=actor, at=AT)
        unlawful = answers(international_law=CheckValue.NO)
        record_draft(held, Design((DUTY,), unlawful), actor=actor, at=AT)
        with pytest.raises(StageRefused, match="international law"):
            propose_step(held, plan, actor=actor, at=AT)
        early = replace(DUTY, begins=date(2026, 11, 18))
        record_draft(held, Design((early,), answers()), actor=actor, at=AT)
        with pytest.raises(StageRefused, match="begins on 2026-11-18 and the act applies from"):
            propose_step(held, plan, actor=actor, at=AT)
        nothing = replace(DUTY, effect=replace(DUTY.effect, low=0.0, best=0.0, high=0.0))
        with pytest.raises(InstrumentRefused, match="duty, effect: a measure that costs nothing"):
            record_draft(held, Design((nothing,), answers()), actor=actor, at=AT)
        people = replace(DUTY, scope="Visas of Zubrowkan nationals")
        with pytest.raises(InstrumentRefused, match="people by what they are"):
            record_draft(held, Design((people,)), actor=actor, at=AT)
        record_draft(held, design(), actor=actor, at=AT)
        judged = judged_of(actor, held)
        assert judged is not None
        assert judged.proportionality.verdict is Verdict.WITHIN
        whole = replace(plan, facts=replace(DRAFT, explained=""))
        refuse_step(propose_step(held, whole, actor=actor, at=AT), actor=actor, at=AT)
    owner_sql("UPDATE instruments_injury SET digest = %s", ["0" * 64])
    with (
        acting_as(ours.documenter) as actor,
        pytest.raises(StageRefused, match="injury: its amounts were not read"),
    ):
        propose_step(held, whole, actor=actor, at=AT)


def test_a_step_to_measures_says_what_it_lacks_and_a_change_meanwhile_is_noticed(
    scene: Scene,
) -> None:
    to_measures(scene)
    ours, held = scene.ours, scene.proceeding
    plan = StepPlan(Stage.ADOPTED, date(2026, 11, 19), "Needed (invented).", DRAFT)
    with acting_as(ours.documenter) as actor:
        unheard = replace(plan, facts=replace(DRAFT, heard=False))
        with pytest.raises(StageRefused, match="persons: those that the measures name"):
            propose_step(held, unheard, actor=actor, at=AT)
        late = replace(DRAFT, applies_on=date(2027, 3, 1))
        with pytest.raises(StageRefused, match="2027-03-01 is not within 3 months"):
            propose_step(held, replace(plan, facts=late), actor=actor, at=AT)
        negative = replace(DRAFT, opinion=Opinion.NEGATIVE)
        with pytest.raises(StageRefused, match="positive opinion"):
            propose_step(held, replace(plan, facts=negative), actor=actor, at=AT)
        (talk,) = engagements_of(actor, held)
        take_back_engagement(talk, actor=actor, at=AT)
        with pytest.raises(
            StageRefused, match="nothing that was said with the third country since"
        ):
            propose_step(held, plan, actor=actor, at=AT)
        record_engagement(
            held,
            AT.date(),
            InstrumentChannel(talk.channel),
            talk.body,
            talk.said,
            actor=actor,
            at=AT,
        )
        step = propose_step(held, plan, actor=actor, at=AT)
        attach_calculation(held, "injury.csv", calculated(90), actor=actor, at=AT)
    with acting_as(ours.publisher) as actor, pytest.raises(StageRefused, match="changed since"):
        confirm_step(step, actor=actor, at=AT)


def test_what_applies_is_what_was_adopted_on_the_day_that_was_adopted(scene: Scene) -> None:
    to_measures(scene)
    ours, held = scene.ours, scene.proceeding
    huge = replace(DUTY, effect=replace(DUTY.effect, best=5000.0, high=6000.0))
    stepped(scene, Stage.ADOPTED, date(2026, 10, 1), replace(DRAFT, applies_on=date(2026, 11, 1)))
    with acting_as(ours.documenter) as actor:
        with pytest.raises(InstrumentRefused, match="measures are adopted, and stay as they were"):
            record_draft(held, Design((huge,)), actor=actor, at=AT)
        early = StepFacts(applies_on=date(2026, 10, 2))
        plan = StepPlan(Stage.APPLIED, date(2026, 10, 2), "Sooner (invented).", early)
        with pytest.raises(StageRefused, match="the measures apply from 2026-11-01"):
            propose_step(held, plan, actor=actor, at=AT)
    stepped(scene, Stage.APPLIED, date(2026, 11, 1))
    with acting_as(ours.documenter) as actor:
        before = replace(DUTY, begins=date(2026, 10, 31))
        record_draft(held, Design((before,), answers()), actor=actor, at=AT)
        plan = StepPlan(Stage.APPLIED, date(2026, 11, 2), "Amended (invented).", DRAFT)
        with pytest.raises(StageRefused, match="begins on 2026-10-31 and the act applies from"):
            propose_step(held, plan, actor=actor, at=AT)
    urgent = StepFacts(immediate=True, ground="engagement", consulted=True, heard=True)
    facts = StepFacts(opinion=Opinion.POSITIVE, ground="engagement")
    with acting_as(ours.documenter) as actor:
        record_draft(held, design(), actor=actor, at=AT)
    stepped(scene, Stage.APPLIED, date(2026, 11, 3), urgent)
    again = StepPlan(Stage.APPLIED, date(2026, 11, 4), "Once more (invented).", urgent)
    with (
        acting_as(ours.documenter) as actor,
        pytest.raises(StageRefused, match="an act at once stands since 2026-11-03"),
    ):
        propose_step(held, again, actor=actor, at=AT)
    stepped(scene, Stage.SUSPENDED, date(2026, 11, 5), facts)
    plan = StepPlan(Stage.APPLIED, date(2026, 11, 6), "Again (invented).", facts)
    with acting_as(ours.documenter) as actor:
        record_draft(held, Design((huge,), answers()), actor=actor, at=AT)
        with pytest.raises(StageRefused, match="draft: it is another one than that which was"):
            propose_step(held, plan, actor=actor, at=AT)
        record_draft(held, design(), actor=actor, at=AT)
        propose_step(held, plan, actor=actor, at=AT)


def test_measures_in_a_unit_that_is_taken_no_more_apply_and_are_amended(
    scene: Scene, owner_sql: Any
) -> None:
    to_measures(scene)
    held, old = scene.proceeding, replace(DUTY, effect=replace(DUTY.effect, unit="million EUR"))
    stepped(scene, Stage.ADOPTED, date(2026, 10, 1), replace(DRAFT, applies_on=date(2026, 11, 1)))
    owner_sql("UPDATE instruments_injury SET unit = 'million EUR'")
    owner_sql("UPDATE instruments_draft SET content = replace(content::text, 'EUR million', "
              "'million EUR')::jsonb")  # fmt: skip
    stepped(scene, Stage.APPLIED, date(2026, 11, 1))
    with acting_as(scene.ours.documenter) as actor:
        judged = judged_of(actor, held)
        assert judged is not None
        assert judged.proportionality.verdict is Verdict.WITHIN
        record_draft(held, Design((DUTY,), answers()), actor=actor, at=AT)
        record_draft(held, Design((old,), answers()), actor=actor, at=AT)
        other = replace(DUTY, effect=replace(DUTY.effect, unit="MEUR"))
        with pytest.raises(InstrumentRefused, match="'MEUR' is no money that is known"):
            record_draft(held, Design((other,), answers()), actor=actor, at=AT)


def test_what_measures_rested_on_stays_once_they_ended(scene: Scene) -> None:
    to_measures(scene)
    stepped(scene, Stage.ADOPTED, date(2026, 10, 1), replace(DRAFT, applies_on=date(2026, 11, 1)))
    stepped(scene, Stage.APPLIED, date(2026, 11, 1))
    facts = StepFacts(opinion=Opinion.POSITIVE, ground="ceased")
    stepped(scene, Stage.ENDED, date(2026, 11, 5), facts)
    with acting_as(scene.ours.documenter) as actor:
        with pytest.raises(InstrumentRefused, match="its measures ended"):
            assess_elements(scene.proceeding, ELEMENTS_MET, actor=actor, at=AT)
        with pytest.raises(InstrumentRefused, match="its measures ended"):
            attach_calculation(scene.proceeding, "i.csv", calculated(90), actor=actor, at=AT)
