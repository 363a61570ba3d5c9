"""Findings are recorded, their outcome is computed each time, dissent stands beside them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.standards.actions import SubjectUnfit, record_assessment, record_dissent
from undaunted.core.standards.queries import assessment_for, assessments_for, outcome_of
from undaunted.core.standards.rules import Finding, FindingsStrange, Value, pack

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.config.postgres import Lease
    from undaunted.core.access.rules import Actor
    from undaunted.core.accounts.models import User
    from undaunted.core.standards.models import Assessment

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
PACE = "pace-1900"


@pytest.fixture
def office(ledger: Lease, owner_sql: Callable[..., object]) -> tuple[UUID, User, User]:
    organisation = make_organisation(owner_sql)
    return (
        organisation,
        make_user(owner_sql, {organisation: [Role.REVIEWER]}),
        make_user(owner_sql, {organisation: [Role.PUBLISHER]}),
    )


def assess(actor: Actor, holder: UUID, subject: UUID, value: Value, *, days: int = 0) -> Assessment:
    findings = {name: Finding(Value.NOT_MET) for name in pack(PACE, AT.date()).criteria}
    findings["deprived_of_liberty"] = Finding(Value.MET)
    findings["a"] = Finding(value, ("One reason.", "Another."), ("source-1",))
    return record_assessment(
        "person",
        subject,
        actor=actor,
        at=AT + timedelta(days=days),
        holder=holder,
        pack=PACE,
        findings=findings,
        public_reasons=["a"],
    )


def test_the_outcome_is_computed_from_the_stored_findings(
    office: tuple[UUID, User, User],
) -> None:
    with acting_as(office[1]) as actor:
        made = assess(actor, office[0], uuid4(), Value.MET)
        found = assessment_for(actor, made.pk)
        assert found is not None
        outcome = outcome_of(found)
        assert outcome.qualifies is True
        step = next(step for step in outcome.explanation if step.code == "a")
        assert (step.reasons, step.sources) == (("One reason.", "Another."), ("source-1",))
        assert found.findings.get(criterion="a").reasons_public
        assert not hasattr(found, "outcome")


def test_an_assessors_new_reading_replaces_the_last_and_keeps_it(
    office: tuple[UUID, User, User],
) -> None:
    subject = uuid4()
    with acting_as(office[1]) as actor:
        first = assess(actor, office[0], subject, Value.UNCLEAR)
        assess(actor, office[0], subject, Value.MET, days=1)
        now = list(assessments_for(actor, "person", [subject], pack=PACE))
        assert [outcome_of(one).qualifies for one in now] == [True]
        before = assessment_for(actor, first.pk)
        assert before is not None
        assert before.recorded_to is not None


def test_dissent_stands_beside_and_gives_reasons(office: tuple[UUID, User, User]) -> None:
    with acting_as(office[1]) as actor:
        made = assess(actor, office[0], uuid4(), Value.MET)
        record_dissent(made, "The speech was a call to arms.", actor=actor, at=AT)
        assert made.dissents.count() == 1
        with pytest.raises(ValueError, match="reasons"):
            record_dissent(made, " ", actor=actor, at=AT)


def test_strange_subjects_criteria_and_people_are_refused(
    office: tuple[UUID, User, User],
) -> None:
    with acting_as(office[1]) as actor:
        with pytest.raises(SubjectUnfit):
            record_assessment(
                "ship", uuid4(), actor=actor, at=AT, holder=office[0], pack=PACE, findings={}
            )
        with pytest.raises(FindingsStrange):
            record_assessment(
                "person",
                uuid4(),
                actor=actor,
                at=AT,
                holder=office[0],
                pack=PACE,
                findings={"nonsense": Finding(Value.MET)},
            )
    with acting_as(office[2]) as actor, pytest.raises(Forbidden):
        assess(actor, office[0], uuid4(), Value.MET)
