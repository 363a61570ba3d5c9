"""Amounts that no result holds are typed, and told as typed wherever the injury is told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.instruments.designs import DUTY, RESULT, answers, words_of
from tests.coercion.instruments.designs import INJURY as MEASURED
from tests.coercion.instruments.factories import (
    AT,
    DRAFT,
    Scene,
    make_scene,
    stepped,
    to_measures,
)
from tests.coercion.instruments.test_instrument_programs import (
    INJURY,
    ROOT,
    WHICH,
    ask,
    at_terminal,
    program,
    table,
)
from undaunted.coercion.instruments.actions import (
    attach_calculation,
    propose_step,
    record_draft,
    type_injury,
)
from undaunted.coercion.instruments.analysis import StepPlan
from undaunted.coercion.instruments.rules import (
    Design,
    Effect,
    InstrumentRefused,
    Stage,
    StageRefused,
)
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def scene(ledger: Any, owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def test_what_was_read_needs_no_explanation_and_what_was_typed_does(scene: Scene) -> None:
    to_measures(scene)
    held = scene.proceeding
    typed = replace(MEASURED, digest="", source="A letter")
    bare = replace(DRAFT, explained="", applies_on=AT.date() + timedelta(days=1))
    plan = StepPlan(Stage.ADOPTED, AT.date(), "Needed.", bare)
    with acting_as(scene.ours.documenter) as actor:
        for explained in ("", "   ", "aaaaaaaaaaaaaaaaaa", "no table"):
            with pytest.raises(InstrumentRefused, match="explained: say where the amounts come"):
                type_injury(held, typed, explained, actor=actor, at=AT)
        why = "The ministry wrote them; no table of trade holds these states."
        made = type_injury(held, typed, why, actor=actor, at=AT)
        assert (made.kind, made.read, made.explained) == ("typed", {}, why)
        with pytest.raises(StageRefused, match="its amounts were not read from a file"):
            propose_step(held, plan, actor=actor, at=AT)
        attach_calculation(held, "journeys.json", RESULT, actor=actor, at=AT)
        small = replace(DUTY, effect=Effect(1, 2, 3, "EUR million", 2025, "Replay"))
        record_draft(held, Design((small,), answers()), actor=actor, at=AT)
    stepped(scene, Stage.ADOPTED, date(2026, 11, 20), bare)


def test_a_program_types_an_injury_that_is_marked_so_with_who_and_why(scene: Scene) -> None:
    first, one = program(scene.ours.documenter), f"/desk/proceedings/{scene.proceeding.pk}"
    typed = INJURY | {"kind": "typed", "digest": "", "explained": "The ministry told it by letter."}
    lacking = {key: value for key, value in typed.items() if key != "year"}
    assert "write all four" in json.dumps(ask(first, "PUT", f"{one}/injury", lacking, 409))
    ask(first, "PUT", f"{one}/injury", typed)
    told = ask(first, "GET", one)["injury"]
    assert (told["figures"], told["explained"]) == ("typed", typed["explained"])
    assert told["typed_by"]
    whole = first.get(f"{ROOT}{one}/measures/docx").content
    assert f"Typed by {told['typed_by']}" in words_of(whole)
    open_version = words_of(first.get(f"{ROOT}{one}/measures/docx?open_version=true").content)
    assert "typed by an official" in open_version
    assert told["typed_by"] not in open_version
    assert first.get(f"{ROOT}{one}/measures/odt").status_code == 404


def test_the_terminal_reads_the_injury_from_a_result_and_no_income_is_typed(
    scene: Scene, tmp_path: Path
) -> None:
    first, folder = scene.ours.documenter, tmp_path
    (folder / "result.json").write_bytes(RESULT)
    lines = f'result = "result.json"\n{table({"unit": "EUR million", "year": 2025})}'
    (folder / "scenario.toml").write_text(f'{lines}source = "x"\n[income]\nXF = 1000\n')
    told = at_terminal(first, "injury", WHICH, folder / "scenario.toml", code=2)
    assert "attach result.json itself" in told
    assert "cannot be opened" in at_terminal(first, "injury", WHICH, folder / "none.json", code=2)
    at_terminal(first, "injury", WHICH, folder / "result.json")
    shown = at_terminal(first, "show", WHICH)
    assert "injury  62.48  84.44  97.56  EUR million" in shown
    assert "scenario, read  Scenario" in shown
    at_terminal(first, "weigh", WHICH, "--out", folder / "weighed")
    assert "84.44 (62.48 to 97.56) EUR million" in words_of(
        (folder / "weighed" / "measures.docx").read_bytes()
    )


def test_the_terminal_types_an_injury_with_an_explanation_alone(
    scene: Scene, tmp_path: Path
) -> None:
    first = scene.ours.documenter
    (tmp_path / "injury.toml").write_text(table(INJURY), encoding="utf-8")
    for kind in ("front", "months"):
        assert "digest: no" in at_terminal(first, "injury", WHICH, f"--{kind}", "b" * 64, code=2)
    told = at_terminal(first, "injury", WHICH, tmp_path / "injury.toml", code=2)
    assert "why no result is attached" in told
    at_terminal(first, "injury", WHICH, code=2)
    words = ("injury", WHICH, tmp_path / "injury.toml", "--explained", "A letter tells it.")
    assert "recorded" in at_terminal(first, *words)
    shown = at_terminal(first, "show", WHICH)
    assert "typed, typed by " in shown
    assert "A letter tells it." in shown
