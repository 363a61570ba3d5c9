"""What came of an attack in words alone gets its result from a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.screening.deciding import DAY, decision_taken, screened
from tests.coercion.screening.desk import Desk
from tests.coercion.screening.factories import AT, HOUR, Scene
from tests.coercion.screening.programs import ask, program, run
from undaunted.coercion.screening.actions import (
    move_case,
    record_recourse,
    record_result,
    withdraw_recourse,
)
from undaunted.coercion.screening.models import Recourse
from undaunted.coercion.screening.queries import case_as_known
from undaunted.coercion.screening.rules import ScreeningRefused, ScreeningStage, StageRefused
from undaunted.coercion.screening.rules.casework import RecourseResult
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from collections.abc import Callable

__all__: list[str] = []

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return screened(owner_sql)


@pytest.fixture
def spoken(scene: Scene, owner_sql: Any) -> Recourse:
    """Give what a court said of a decision before results were recorded: in words alone."""
    taken = decision_taken(scene, AT)
    with acting_as(scene.own.documenter) as actor:
        made = record_recourse(
            taken, body="Court of Freedonia", lodged_on=DAY, outcome="Set aside (invented)",
            outcome_on=DAY, result="annulled", actor=actor, at=AT + HOUR,
        )  # fmt: skip
    owner_sql("UPDATE screening_recourse SET result = '' WHERE id = %s", [made.pk])
    with acting_as(scene.own.documenter):
        return Recourse.objects.get(pk=made.pk)


def test_a_second_person_tells_the_result_and_the_case_is_opened_again(
    scene: Scene, spoken: Recourse
) -> None:
    at = AT + 2 * HOUR
    with acting_as(scene.own.documenter) as actor:
        with pytest.raises(StageRefused, match="a court or a body of review"):
            move_case(scene.case, ScreeningStage.SCREENING, reason="x", actor=actor, at=at)
        with pytest.raises(Forbidden):
            record_result(spoken, RecourseResult.ANNULLED, actor=actor, at=at)
    with acting_as(scene.own.publisher) as actor:
        made = record_result(spoken, RecourseResult.ANNULLED, actor=actor, at=at)
        told = (made.replaces_id, made.outcome, made.outcome_on, made.body, made.lodged_on)
        assert told == (spoken.pk, "Set aside (invented)", DAY, "Court of Freedonia", DAY)
        with pytest.raises(ScreeningRefused, match="withdrawn or replaced before"):
            record_result(spoken, RecourseResult.DISMISSED, actor=actor, at=at)
    with acting_as(scene.own.documenter) as actor:
        known = [case_as_known(actor, scene.case, each).recourses for each in (AT + HOUR, at)]
        assert [[row.pk for row in rows] for rows in known] == [[spoken.pk], [made.pk]]
        move_case(scene.case, ScreeningStage.SCREENING, reason="The judgment", actor=actor, at=at)


def test_only_what_came_in_words_alone_gets_a_result(scene: Scene) -> None:
    taken = decision_taken(scene, AT)
    at = AT + HOUR
    told: dict[str, Any] = {"outcome": "Upheld", "outcome_on": DAY, "result": "dismissed"}
    with acting_as(scene.own.documenter) as actor:
        made = [
            record_recourse(taken, body="A court", lodged_on=DAY, actor=actor, at=at, **more)
            for more in ({}, told)
        ]
    with acting_as(scene.own.publisher) as actor:
        for row in made:
            with pytest.raises(ScreeningRefused, match="nothing came of it yet, or its result is"):
                record_result(row, RecourseResult.ANNULLED, actor=actor, at=at)


def test_whoever_recorded_it_takes_nothing_back_and_records_no_other_result_alone(
    scene: Scene, spoken: Recourse
) -> None:
    told: dict[str, Any] = {"body": "Court of Freedonia", "lodged_on": DAY}
    said: dict[str, Any] = {"outcome": "Upheld (invented)", "outcome_on": DAY}
    at = AT + 2 * HOUR
    with acting_as(scene.own.documenter) as actor:
        anew: dict[str, Any] = {**told, **said, "result": "dismissed", "actor": actor, "at": at}
        with pytest.raises(ScreeningRefused, match="another person records it"):
            record_recourse(spoken.decision, **anew)
        record_recourse(spoken.decision, **told, actor=actor, at=at)
        withdraw_recourse(spoken, why="An error", actor=actor, at=at)
        with pytest.raises(ScreeningRefused, match="another person records it"):
            record_recourse(spoken.decision, **anew)


def test_that_a_decision_does_not_stand_is_taken_back_by_a_second_person(scene: Scene) -> None:
    taken = decision_taken(scene, AT)
    at = AT + HOUR
    with acting_as(scene.own.documenter) as actor:
        made = record_recourse(
            taken, body="A court", lodged_on=DAY, outcome="Set aside (invented)", outcome_on=DAY,
            result="annulled", actor=actor, at=at,
        )  # fmt: skip
        with pytest.raises(Forbidden):
            withdraw_recourse(made, why="An error", actor=actor, at=at)
    first, second = Desk(scene, scene.own.documenter), Desk(scene, scene.own.publisher)
    assert f"withdraw-recourse/{made.pk}/" in second.sees()
    second.does("withdraw-recourse", made.pk, why="Of another decision")
    assert "Set aside" not in first.sees()


def at_the_desk(scene: Scene, row: Recourse) -> None:
    first, second = Desk(scene, scene.own.documenter), Desk(scene, scene.own.publisher)
    address = f"result/{row.pk}/"
    assert first.page.get(first.address + address).status_code == 403
    assert address in second.sees()
    second.does("result", row.pk, result="sent_back")
    assert "sent back to the authority" in second.sees()
    assert address not in second.sees()


def by_a_program(scene: Scene, row: Recourse) -> None:
    told = {"result": "sent_back"}
    ask(program(scene.own.documenter), "POST", f"/recourses/{row.pk}/result", told, 404)
    ask(program(scene.own.publisher), "POST", f"/recourses/{row.pk}/result", told)


def at_the_terminal(scene: Scene, row: Recourse) -> None:
    run(scene.own.documenter, "result", row.pk, "sent_back", code=2)
    run(scene.own.publisher, "result", row.pk, "sent_back")


@pytest.mark.parametrize("does", [at_the_desk, by_a_program, at_the_terminal])
def test_the_result_is_recorded_everywhere_by_a_second_person(
    scene: Scene, spoken: Recourse, does: Callable[[Scene, Recourse], None]
) -> None:
    does(scene, spoken)
    with acting_as(scene.own.documenter):
        row = Recourse.objects.get(replaces=spoken)
        assert row.result == RecourseResult.SENT_BACK
