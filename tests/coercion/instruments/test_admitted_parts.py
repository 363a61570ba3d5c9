"""What a stage no longer admits is offered nowhere, and said before a form is filled in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.instruments.factories import (
    AT,
    DRAFT,
    make_scene,
    stepped,
    to_measures,
)
from tests.coercion.instruments.pages import DESK, posted, seen_at
from tests.core.accounts.factories import signed_in_client
from undaunted.coercion.instruments.actions import propose_step
from undaunted.coercion.instruments.analysis import StepPlan
from undaunted.coercion.instruments.rules import Part, Stage, against
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from django.test import Client

FORMS = (
    "elements/", "injury/", "injury/calculation/", "injury/typed/", "measures/new/", "tests/",
    "engagement/", "vote/", "papers/new/", "papers/request/",
)  # fmt: skip
OF_MEASURES = frozenset({"measures/new/", "tests/"})
STEADY = (Stage.REQUESTED, Stage.EXAMINATION, Stage.ENGAGEMENT, Stage.APPLIED, Stage.SUSPENDED)


@pytest.mark.parametrize(
    ("stages", "admitted"),
    [
        (STEADY, {Part.RESTS, Part.DRAFT, Part.ENGAGEMENT, Part.PAPER}),
        ((Stage.DETERMINATION,), set(Part)),
        ((Stage.ADOPTED,), {Part.RESTS, Part.ENGAGEMENT, Part.PAPER}),
        ((Stage.ENDED,), {Part.ENGAGEMENT, Part.PAPER}),
        ((Stage.CLOSED, Stage.EVALUATED), set()),
    ],
)
def test_each_stage_admits_its_parts(stages: tuple[Stage, ...], admitted: set[Part]) -> None:
    for stage in stages:
        assert {part for part in Part if not against(part, stage)} == admitted, stage


def test_a_closed_proceeding_offers_nothing_that_would_be_refused(
    ledger: object, owner_sql: Any
) -> None:
    scene = make_scene(owner_sql)
    first, one = signed_in_client(scene.ours.documenter), f"{DESK}{scene.proceeding.pk}/"
    second = signed_in_client(scene.ours.publisher)
    assert "no examination has begun" in seen_at(second, one), "it cannot be published yet"
    assert _offered(first, one) == set(FORMS) - {"vote/"}
    for form in set(FORMS) - {"vote/"}:
        seen_at(first, f"{one}{form}")
    assert "the Council votes while it is in determination" in _shut(first, f"{one}vote/")
    stepped(scene, Stage.EXAMINATION, date(2026, 5, 4))
    assert f"{one}publish/" in seen_at(second, one)
    stepped(scene, Stage.CLOSED, date(2026, 5, 5))
    assert _offered(first, one) == set()
    for form in FORMS:
        said = _shut(first, f"{one}{form}")
        assert "it is closed" in said or "is over" in said or "is in closed" in said, form
    talk = {"day": "2026-05-05", "channel": "letter", "body": "Ministry", "said": "We asked."}
    page = posted(first, f"{one}engagement/", talk, 200)
    assert "it is closed; open another" in page
    assert "We asked." in page, "what was typed is not lost"


def test_adopted_measures_are_not_drafted_anew(ledger: object, owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    to_measures(scene)
    first, one = signed_in_client(scene.ours.documenter), f"{DESK}{scene.proceeding.pk}/"
    drop = f"{one}measures/drop/"
    assert drop in seen_at(first, one)
    stepped(scene, Stage.ADOPTED, date(2026, 11, 19), DRAFT)
    assert _offered(first, one) == set(FORMS) - OF_MEASURES - {"vote/"}
    assert drop not in seen_at(first, one)
    for form in OF_MEASURES:
        assert "amend them while" in _shut(first, f"{one}{form}")


def test_no_second_step_is_proposed_beside_one_that_waits(ledger: object, owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    first, one = signed_in_client(scene.ours.documenter), f"{DESK}{scene.proceeding.pk}/"
    seen_at(first, f"{one}step/examination/")
    with acting_as(scene.ours.documenter) as actor:
        plan = StepPlan(Stage.EXAMINATION, date(2026, 5, 4), "Needed (invented).")
        propose_step(scene.proceeding, plan, actor=actor, at=AT)
    assert "waits for a second person" in _shut(first, f"{one}step/examination/")


def test_a_title_on_the_tracker_is_not_written_anew(ledger: object, owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    stepped(scene, Stage.EXAMINATION, date(2026, 5, 4))
    first, one = signed_in_client(scene.ours.documenter), f"{DESK}{scene.proceeding.pk}/"
    seen_at(first, f"{one}correct/")
    owner_sql(
        "UPDATE instruments_proceeding SET approved_at = now(), approved_by = %s WHERE id = %s",
        [scene.ours.publisher.pk, scene.proceeding.pk],
    )
    assert "it stands on the tracker" in _shut(first, f"{one}correct/")


def _offered(client: Client, one: str) -> set[str]:
    page = seen_at(client, one) + seen_at(client, f"{one}papers/")
    return {form for form in FORMS if f'href="{one}{form}"' in page}


def _shut(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 409, address
    return str(answer.content.decode())
