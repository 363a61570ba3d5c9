"""A proceeding from request to evaluation: two people, clocks, what was known when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.instruments.designs import DUTY, answers
from tests.coercion.instruments.factories import (
    AT,
    DRAFT,
    ELEMENTS_MET,
    PLAN,
    REQUEST,
    SECRET,
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
    correct_proceeding,
    file_paper,
    open_proceeding,
    propose_step,
    publish_proceeding,
    record_draft,
    record_engagement,
    refuse_step,
    take_back_engagement,
    withdraw_paper,
    withdraw_proceeding,
)
from undaunted.coercion.instruments.actions.demonstration import load_instruments
from undaunted.coercion.instruments.analysis import (
    StepFacts,
    StepPlan,
    proceeding_told,
    sheet_of,
)
from undaunted.coercion.instruments.queries import (
    clocks_of,
    draft_of,
    engagements_of,
    injury_of,
    published_clocks,
    published_proceedings,
    published_steps,
    stage_of,
    step_waiting,
    steps_of,
)
from undaunted.coercion.instruments.rules import (
    IMMEDIATE_CLOCK,
    Design,
    ElementState,
    InstrumentChannel,
    InstrumentRefused,
    ReferenceTaken,
    Stage,
    StageRefused,
    SummaryLeaks,
)
from undaunted.coercion.instruments.templatetags.instruments import state_name
from undaunted.config.schema import acting_as_owner
from undaunted.core.access.rules import PUBLIC, Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.rules import State

if TYPE_CHECKING:
    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.core.access.rules import Actor

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def _talk(proceeding: Proceeding, day: date, actor: Actor) -> None:
    record_engagement(
        proceeding, day, InstrumentChannel.LETTER, "Ministry", "Again.", actor=actor, at=AT
    )


def test_a_proceeding_goes_from_request_to_evaluation_by_two_people(scene: Scene) -> None:
    to_measures(scene)
    stepped(scene, Stage.ADOPTED, date(2026, 10, 1), replace(DRAFT, applies_on=date(2026, 11, 1)))
    stepped(scene, Stage.APPLIED, date(2026, 11, 1))
    urgent = StepFacts(immediate=True, ground="engagement")
    stepped(scene, Stage.SUSPENDED, date(2026, 11, 5), urgent)
    with acting_as(scene.ours.reader) as actor:
        _, at_once = clocks_of(actor, scene.proceeding, AT)[-1]
    assert at_once.rule.id == IMMEDIATE_CLOCK
    assert (at_once.state, at_once.limits[0].last_day) == (State.RUNNING, date(2027, 1, 5))
    stepped(scene, Stage.APPLIED, date(2026, 11, 10), StepFacts(opinion=DRAFT.opinion))
    with acting_as(scene.ours.documenter) as actor:
        record_draft(scene.proceeding, Design((DUTY,), answers()), actor=actor, at=AT)
        now, before = draft_of(actor, scene.proceeding), AT - timedelta(seconds=1)
        assert now is not None
        assert [each["key"] for each in now.content["measures"]] == ["duty"]
        assert draft_of(actor, scene.proceeding, known_at=before) is None
    stepped(scene, Stage.APPLIED, date(2026, 11, 12), DRAFT)
    stepped(
        scene, Stage.ENDED, date(2026, 11, 15), StepFacts(opinion=DRAFT.opinion, ground="ceased")
    )
    stepped(scene, Stage.EVALUATED, date(2026, 11, 19))
    with acting_as(scene.ours.reader) as actor:
        assert stage_of(actor, scene.proceeding) is Stage.EVALUATED
        assert stage_of(actor, scene.proceeding, on=date(2026, 11, 6)) is Stage.SUSPENDED
        before = AT - timedelta(days=1)
        assert stage_of(actor, scene.proceeding, known_at=before) is Stage.REQUESTED
        states = [each.state for _, each in clocks_of(actor, scene.proceeding, AT)]
    assert states == [State.MET] * 6
    with acting_as(scene.ours.documenter) as actor:
        with pytest.raises(InstrumentRefused, match="it is evaluated; open another"):
            assess_elements(scene.proceeding, ELEMENTS_MET, actor=actor, at=AT)
        with pytest.raises(InstrumentRefused, match="it is evaluated; open another"):
            _talk(scene.proceeding, AT.date(), actor)


def test_deadlines_that_may_be_longer_are_passed_and_not_broken(scene: Scene) -> None:
    to_measures(scene)
    with acting_as(scene.ours.reader) as actor:
        later = datetime(2027, 6, 1, tzinfo=UTC)
        (_, examination), (_, council), (_, assessment) = clocks_of(actor, scene.proceeding, later)
    assert examination.state is State.MET, "four months normally, met in three"
    assert council.state is State.MET
    assert [each.last_day for each in council.limits] == [date(2026, 9, 28), date(2026, 10, 12)]
    assert assessment.state is State.SOFT_OVERDUE, "passed, and no breach"
    stepped(scene, Stage.ADOPTED, date(2026, 10, 1), replace(DRAFT, applies_on=date(2026, 12, 30)))
    with acting_as(scene.ours.reader) as actor:
        deferral = clocks_of(actor, scene.proceeding, later)[-1][1]
    assert (deferral.state, deferral.limits[0].last_day) == (State.SOFT_OVERDUE, date(2027, 1, 1))


def test_a_step_says_all_that_it_lacks_and_waits_for_a_second_person(scene: Scene) -> None:
    ours, held = scene.ours, scene.proceeding
    plan = StepPlan(Stage.EXAMINATION, date(2026, 11, 3), "Facts (invented).")
    with acting_as(ours.documenter) as actor:
        with pytest.raises(StageRefused, match="from requested a proceeding goes to examination"):
            propose_step(held, replace(plan, to=Stage.ADOPTED), actor=actor, at=AT)
        with pytest.raises(InstrumentRefused, match="on: 2027-01-01 has not come"):
            propose_step(held, replace(plan, on=date(2027, 1, 1)), actor=actor, at=AT)
        with pytest.raises(InstrumentRefused, match="2023-12-26 lies before 2023-12-27"):
            propose_step(held, replace(plan, on=date(2023, 12, 26)), actor=actor, at=AT)
        step = propose_step(held, plan, actor=actor, at=AT)
        assert stage_of(actor, held) is Stage.REQUESTED
        with pytest.raises(StageRefused, match="another waits"):
            propose_step(held, plan, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            confirm_step(step, actor=actor, at=AT)
        refuse_step(step, actor=actor, at=AT)
        with pytest.raises(InstrumentRefused, match="decided before"):
            refuse_step(step, actor=actor, at=AT)
        step = propose_step(held, plan, actor=actor, at=AT)
    with acting_as(ours.reader) as actor, pytest.raises(Forbidden):
        refuse_step(step, actor=actor, at=AT)
    with acting_as(ours.publisher) as actor:
        confirm_step(step, actor=actor, at=AT)
        assert [each.stage for each in steps_of(actor, held)] == ["examination"]
        assert step_waiting(actor, held) is None
    earlier = StepPlan(Stage.CLOSED, date(2026, 11, 2), "Before (invented).")
    with acting_as(ours.documenter) as actor:
        with pytest.raises(InstrumentRefused, match="lies before 2026-11-03"):
            propose_step(held, earlier, actor=actor, at=AT)
        with pytest.raises(StageRefused, match="elements: the conditions"):
            propose_step(
                held, replace(plan, to=Stage.DETERMINATION, on=AT.date()), actor=actor, at=AT
            )
        with pytest.raises(InstrumentRefused, match="reasons: it is empty"):
            propose_step(held, replace(plan, reasons=" "), actor=actor, at=AT)


def test_injury_that_was_replaced_is_known_as_it_counted(scene: Scene) -> None:
    held, later = scene.proceeding, AT + timedelta(days=2)
    with acting_as(scene.ours.documenter) as actor:
        assert injury_of(actor, held) is None
        for best, at in ((100, AT), (90, later)):
            attach_calculation(held, "injury.csv", calculated(best), actor=actor, at=at)
        now, before = injury_of(actor, held), injury_of(actor, held, known_at=AT)
        assert now is not None
        assert before is not None
        assert (int(now.best), int(before.best)) == (90, 100)
        with pytest.raises(InstrumentRefused, match="ground: 'no licences' is none"):
            propose_step(
                held,
                StepPlan(Stage.ENDED, AT.date(), "x", StepFacts(ground="no licences")),
                actor=actor,
                at=AT,
            )


def test_a_proceeding_is_shown_as_it_was_known(scene: Scene) -> None:
    held, later = scene.proceeding, AT + timedelta(days=2)
    now = later + timedelta(days=1)
    to_measures(scene)
    with acting_as(scene.ours.documenter) as actor:
        talk = record_engagement(
            held,
            date(2026, 11, 6),
            InstrumentChannel.LETTER,
            "Ministry",
            "We asked.",
            actor=actor,
            at=AT,
        )
        before = proceeding_told(sheet_of(actor, held, AT))
        contested = (replace(ELEMENTS_MET[0], state=ElementState.CONTESTED), *ELEMENTS_MET[1:])
        assess_elements(held, contested, actor=actor, at=later)
        attach_calculation(held, "injury.csv", calculated(90), actor=actor, at=later)
        record_draft(held, Design((DUTY,)), actor=actor, at=later)
        take_back_engagement(talk, actor=actor, at=later)
        withdraw_paper(scene.paper, actor=actor, at=later)
        file_paper(held, REQUEST, actor=actor, at=later, key=scene.ours.key)
        plan = StepPlan(Stage.CLOSED, later.date(), "Settled (invented).")
        waiting = propose_step(held, plan, actor=actor, at=later)
        then = proceeding_told(sheet_of(actor, held, now, known_at=AT))
        asked = sheet_of(actor, held, now, known_at=later)
        assert asked.waiting == waiting
        assert asked.papers[0].withdrawn_at == later
    with acting_as(scene.ours.publisher) as actor:
        confirm_step(waiting, actor=actor, at=now)
        again = sheet_of(actor, held, now + timedelta(days=1), known_at=later)
        assert (again.stage, again.waiting) == (Stage.ENGAGEMENT, waiting)
        ahead = sheet_of(actor, held, now, known_at=now + timedelta(days=9))
        assert (ahead.stage, ahead.known_at, len(ahead.papers)) == (Stage.CLOSED, None, 2)
    assert before | {"as_known": AT, "clocks": []} == then


def test_engagement_is_logged_and_what_was_wrong_stays_on_record(scene: Scene) -> None:
    held = scene.proceeding
    with acting_as(scene.ours.documenter) as actor:
        made = record_engagement(
            held, date(2026, 11, 6), InstrumentChannel.CONSULTATION, "Ministry of trade",
            "We asked.", actor=actor, at=AT,
        )  # fmt: skip
        with pytest.raises(InstrumentRefused, match="day: 1800-01-01 lies before 2023-12-27"):
            _talk(held, date(1800, 1, 1), actor)
        take_back_engagement(made, actor=actor, at=AT)
        with pytest.raises(InstrumentRefused, match="taken back before"):
            take_back_engagement(made, actor=actor, at=AT)
        (row,) = engagements_of(actor, held)
        assert row.taken_back_at == AT


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reference": "Zub!"}, "small letters"),
        ({"reference": "new"}, "small letters"),
        ({"third_country": "QQ"}, "third_country: 'QQ' is no state"),
        ({"states": []}, "states: name the state"),
        ({"states": ["XZ"]}, "does not coerce itself"),
        ({"title": " "}, "title: it is empty"),
        ({"measure": "x" * 4001}, "measure: it has 4001 letters"),
        ({"measure": "a\x00b"}, "signs that cannot be kept"),
        ({"third_country": "EU"}, "third_country: 'EU' is no state"),
    ],
)
def test_a_proceeding_that_cannot_be_opened_says_why(
    scene: Scene, change: dict[str, Any], said: str
) -> None:
    plan = replace(PLAN, **({"reference": "another"} | change))
    with acting_as(scene.ours.documenter) as actor, pytest.raises(InstrumentRefused, match=said):
        open_proceeding(scene.ours.id, plan, actor=actor, at=AT)


def test_a_measure_may_be_aimed_at_the_union_itself(scene: Scene) -> None:
    with acting_as(scene.ours.documenter) as actor:
        plan = replace(PLAN, reference="union", states=["EU", "XF"])
        made = open_proceeding(scene.ours.id, plan, actor=actor, at=AT)
        assert made.states == ["EU", "XF"]
    assert state_name("EU") == "European Union"
    assert state_name("QQ") == "QQ"


def test_a_short_name_is_taken_once(scene: Scene) -> None:
    with acting_as(scene.ours.documenter) as actor, pytest.raises(ReferenceTaken):
        open_proceeding(scene.ours.id, PLAN, actor=actor, at=AT)


def test_the_tracker_tells_stages_and_clocks_and_not_who_asked(scene: Scene) -> None:
    ours, held = scene.ours, scene.proceeding
    with (
        acting_as(ours.publisher) as actor,
        pytest.raises(InstrumentRefused, match="no examination has begun"),
    ):
        publish_proceeding(held, actor=actor, at=AT, key=ours.second_key)
    to_measures(scene)
    assert not published_proceedings(PUBLIC).exists()
    with acting_as(ours.documenter) as actor, pytest.raises(Forbidden):
        publish_proceeding(held, actor=actor, at=AT)
    with acting_as(ours.publisher) as actor:
        for key, said in ((None, "without a key nobody"), (scene.theirs.key, "opens none")):
            with pytest.raises(InstrumentRefused, match=said):
                publish_proceeding(held, actor=actor, at=AT, key=key)
        publish_proceeding(held, actor=actor, at=AT, key=ours.second_key)
        with pytest.raises(InstrumentRefused, match="let out before"):
            publish_proceeding(held, actor=actor, at=AT, key=ours.second_key)
    with (
        acting_as(ours.documenter) as actor,
        pytest.raises(InstrumentRefused, match="stays as it is read"),
    ):
        correct_proceeding(held, "New", "New", actor=actor, at=AT, key=ours.key)
    (shown,) = published_proceedings(PUBLIC)
    steps = published_steps(PUBLIC, [shown.pk])[shown.pk]
    assert [each.stage for each in steps] == ["examination", "determination", "engagement"]
    clocks = published_clocks(PUBLIC, steps, AT)
    assert [each.state for each in clocks] == [State.MET, State.MET, State.RUNNING]
    with acting_as(ours.publisher) as actor:
        withdraw_proceeding(held, actor=actor, at=AT)
        with pytest.raises(InstrumentRefused, match="not on the tracker"):
            withdraw_proceeding(held, actor=actor, at=AT)
    with acting_as(ours.documenter) as actor:
        held.refresh_from_db()
        with pytest.raises(SummaryLeaks, match="title: tells"):
            correct_proceeding(held, f"Of {SECRET}", "x", actor=actor, at=AT, key=ours.key)
        made = correct_proceeding(held, "New", "New", actor=actor, at=AT, key=ours.key)
        assert made.title == "New", "what told too much there is written anew once it is off"
    assert not published_proceedings(PUBLIC).exists()


def test_the_demonstration_stands(ledger: Any, owner_sql: Any) -> None:
    said: list[str] = []
    load_instruments(lambda: acting_as_owner(ledger.owner_url), say=said.append)
    assert [line.split()[0] for line in said[1:]] == ["greta", "gil", "gwen"]
    told = {each.reference: each.pk for each in published_proceedings(PUBLIC)}
    assert set(told) == {"timber-at-the-border", "journeys-not-sold"}
    steps = published_steps(PUBLIC, told.values())
    examined, council, assessed = published_clocks(PUBLIC, steps[told["journeys-not-sold"]], AT)
    assert examined.state is State.SOFT_LATE, "a month late, and no breach"
    assert [examined.limits[0].last_day, council.state] == [date(2026, 6, 2), State.MET]
    assert assessed.state is State.RUNNING
    (running,) = published_clocks(PUBLIC, steps[told["timber-at-the-border"]], AT)
    assert running.limits[0].last_day == date(2027, 3, 9)
    kept = owner_sql("SELECT t::text FROM instruments_paper t")
    assert "Altmoor" not in str(kept)
