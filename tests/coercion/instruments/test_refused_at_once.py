"""What would be ignored or refused later is refused where it is written, at every door."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.instruments.designs import DUTY, answers
from tests.coercion.instruments.factories import AT, Scene, make_scene
from tests.coercion.instruments.pages import DESK, MEASURE, posted, seen_at
from tests.coercion.instruments.test_instrument_programs import (
    INJURY,
    WHICH,
    ask,
    at_terminal,
    program,
)
from tests.core.accounts.factories import signed_in_client
from undaunted.coercion.instruments.actions import record_draft
from undaunted.coercion.instruments.analysis import design_told
from undaunted.coercion.instruments.models import Draft
from undaunted.coercion.instruments.rules import CheckValue, Design, MeasureRefused, points
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from pathlib import Path

MONTHS = ("target", "since", "products", "unit")


@pytest.fixture
def scene(ledger: Any, owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def test_a_program_is_told_what_is_for_a_file_of_months_alone(scene: Scene) -> None:
    first, one = program(scene.ours.documenter), f"/desk/proceedings/{scene.proceeding.pk}/injury"
    beside = {"target": "XF", "since": "2026-01", "products": ["44"], "unit": "EUR million"}
    told = json.dumps(ask(first, "PUT", one, {"kind": "front", "digest": "b" * 64} | beside, 409))
    for name in MONTHS:
        assert f"{name}: is for a file of months alone" in told
    typed = INJURY | {"kind": "typed", "digest": "", "explained": "The ministry wrote them."}
    told = json.dumps(ask(first, "PUT", one, typed | beside, 409))
    for name in MONTHS[:3]:
        assert f"{name}: is for a file of months alone" in told
    ask(first, "PUT", one, typed)


def test_the_terminal_says_what_is_for_a_file_of_months_alone(scene: Scene, tmp_path: Path) -> None:
    first = scene.ours.documenter
    for way in (("--front", "b" * 64), (tmp_path / "injury.csv",)):
        said = at_terminal(first, "injury", WHICH, *way, "--unit", "EUR million", code=2)
        assert "unit: is for a file of months alone; leave it empty" in said


def test_a_yes_needs_its_reasons_at_once_and_a_no_may_wait(scene: Scene) -> None:
    first, one = signed_in_client(scene.ours.documenter), f"{DESK}{scene.proceeding.pk}/tests/"
    shut, *others = points()
    told = {each.key: "open" for each in others} | {shut.key: "yes", f"{shut.key}_reasons": " "}
    page = posted(first, one, told, 200)
    assert f"has no reasons ({shut.article}); give them in words" in page
    assert f'id="id_{shut.key}_reasons_error"' in page, "it stands beside the field"
    assert "id_" + others[0].key + "_reasons_error" not in page
    posted(first, one, told | {shut.key: "no"})
    posted(first, one, told | {f"{shut.key}_reasons": "As the file shows."})
    assert "As the file shows." in seen_at(first, one)


def test_a_yes_without_reasons_is_refused_from_programs_and_files(scene: Scene) -> None:
    point, first = points()[0], program(scene.ours.documenter)
    address = f"/desk/proceedings/{scene.proceeding.pk}/draft"
    told = {"measures": [], "answers": [{"key": point.key, "value": "yes"}]}
    refused = json.dumps(ask(first, "PUT", address, told, 409))
    assert f"{point.key}: has no reasons" in refused
    told["answers"] = [{"key": point.key, "value": "no"}]
    ask(first, "PUT", address, told)


def test_answers_kept_before_reasons_were_asked_for_stop_no_other_work(scene: Scene) -> None:
    bare = tuple(replace(each, reasons="") for each in answers())
    with acting_as(scene.ours.documenter) as actor:
        with pytest.raises(MeasureRefused, match="has no reasons"):
            record_draft(scene.proceeding, Design((DUTY,), bare), actor=actor, at=AT)
        Draft.objects.create(
            holder=scene.proceeding.holder,
            proceeding=scene.proceeding,
            content=design_told(Design((DUTY,), bare)),
            recorded_at=AT,
            recorded_by=actor.person,
        )
        record_draft(scene.proceeding, Design((), bare), actor=actor, at=AT)
        other = tuple(replace(each, value=CheckValue.NO) for each in bare)
        record_draft(scene.proceeding, Design((), other), actor=actor, at=AT)
        with pytest.raises(MeasureRefused, match="has no reasons"):
            record_draft(scene.proceeding, Design((), bare), actor=actor, at=AT)


def test_a_unit_that_is_no_money_is_refused_at_the_desk(scene: Scene) -> None:
    first, one = signed_in_client(scene.ours.documenter), f"{DESK}{scene.proceeding.pk}/"
    typed = {"low": "10", "best": "20", "high": "30", "unit": "QQQ", "year": "2025",
             "source": "Letter", "explained": "The ministry told it to us by letter."}  # fmt: skip
    assert "is no money that is known" in posted(first, f"{one}injury/typed/", typed, 200)
    measure = MEASURE | {"unit": "QQQ"}
    assert "is no money that is known" in posted(first, f"{one}measures/new/", measure, 200)
