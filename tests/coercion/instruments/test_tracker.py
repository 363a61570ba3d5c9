"""What the public tracker shows, and who lets it out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.coercion.instruments.factories import (
    AT,
    DRAFT,
    PLAN,
    Scene,
    let_out,
    make_scene,
    stepped,
    to_measures,
)
from tests.core.accounts.factories import make_user
from undaunted.coercion.instruments.actions import (
    correct_proceeding,
    open_proceeding,
    publish_proceeding,
)
from undaunted.coercion.instruments.analysis import StepFacts
from undaunted.coercion.instruments.models import Proceeding
from undaunted.coercion.instruments.pages.clocks import clock_lines
from undaunted.coercion.instruments.queries import (
    proceeding_for,
    published_clocks,
    published_steps,
)
from undaunted.coercion.instruments.rules import Opening, Opinion, Stage
from undaunted.core.access.rules import PUBLIC, Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.rules import State

__all__: list[str] = []

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def test_an_act_at_once_runs_on_the_tracker_and_lapses_there(scene: Scene) -> None:
    to_measures(scene)
    stepped(scene, Stage.ADOPTED, date(2026, 10, 1), replace(DRAFT, applies_on=date(2026, 11, 1)))
    stepped(scene, Stage.APPLIED, date(2026, 11, 1))
    let_out(scene, scene.proceeding.pk)
    urgent = StepFacts(immediate=True, ground="engagement")
    stepped(scene, Stage.SUSPENDED, date(2026, 11, 5), urgent)
    steps = published_steps(PUBLIC, [scene.proceeding.pk])[scene.proceeding.pk]
    assert [each.urgent for each in steps][-2:] == [False, True]
    later = datetime(2027, 1, 20, 12, tzinfo=UTC)
    for now, state, lapsed in ((AT, State.RUNNING, False), (later, State.OVERDUE, True)):
        clock = published_clocks(PUBLIC, steps, now)[-1]
        assert (clock.rule.id, clock.state) == ("aci-immediate", state)
        (line,) = clock_lines([clock])
        assert line["lapsed"] is lapsed
    facts = StepFacts(opinion=Opinion.POSITIVE, ground="engagement")
    stepped(scene, Stage.APPLIED, date(2026, 11, 20), facts, later)
    steps = published_steps(PUBLIC, [scene.proceeding.pk])[scene.proceeding.pk]
    states = {each.rule.id: each.state for each in published_clocks(PUBLIC, steps, later)}
    assert states["aci-immediate"] is State.MET


def test_whoever_wrote_the_title_anew_does_not_let_it_out(scene: Scene, owner_sql: Any) -> None:
    ours, held = scene.ours, scene.proceeding
    both = make_user(owner_sql, {ours.id: [Role.DOCUMENTER, Role.PUBLISHER]})
    with acting_as(ours.documenter) as actor:
        alone = open_proceeding(
            ours.id, replace(PLAN, reference="boards", opening=Opening.OWN), actor=actor, at=AT
        )
    stepped(replace(scene, proceeding=alone), Stage.EXAMINATION, date(2026, 9, 1))
    with acting_as(both) as actor:
        made = correct_proceeding(alone, "Mine", "Mine alone.", actor=actor, at=AT)
        assert made.edited_by == actor.person
        with pytest.raises(Forbidden):
            publish_proceeding(made, actor=actor, at=AT)
        taken = {"approved_at": AT, "approved_by": actor.person}
        with pytest.raises(DatabaseError, match="another person lets out"), transaction.atomic():
            Proceeding.objects.filter(pk=alone.pk).update(**taken)
        with pytest.raises(DatabaseError, match="stays on record"), transaction.atomic():
            Proceeding.objects.filter(pk=alone.pk).update(edited_by=None)
    with acting_as(ours.publisher) as actor:
        again = proceeding_for(actor, alone.pk)
        assert again is not None
        assert publish_proceeding(again, actor=actor, at=AT).title == "Mine"
    assert held.pk != alone.pk
