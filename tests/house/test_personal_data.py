"""Every table says what it holds about whom; none holds a score of a person."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from django.apps import apps

from tests.house.tree import PACKAGE, nodes_of, room_modules, subjects
from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData

if TYPE_CHECKING:
    from django.db import models

__all__: list[str] = []

SCORE = re.compile(
    r"(?:^|_)(?:risk|threat|danger|loyalty|suspicion|trust|reputation|extremism)(?:_|$)"
    r"|(?:person|subject|actor|reporter)_(?:score|rating|rank)|(?:^|_)(?:score|rating)$"
)
MATCH_SCORES = {"actors.Judgement.score", "registry.Candidate.score"}
"""How alike two rows are: about a pair of names, not about a person."""


def _our_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models(include_auto_created=True) if _ours(m)]


def _ours(model: type[models.Model]) -> bool:
    return model.__module__.startswith("undaunted.") and not model._meta.auto_created


@pytest.mark.parametrize("model", _our_models(), ids=lambda m: m._meta.label)
def test_model_declares_its_personal_data(model: type[models.Model]) -> None:
    said = model.__dict__.get("personal_data")
    assert isinstance(said, PersonalData), "declare it on the model itself, not on a base"
    if said is not NO_PERSONAL_DATA:
        assert all((said.holds, said.about, said.why, said.kept))


@pytest.mark.parametrize("model", _our_models(), ids=lambda m: m._meta.label)
def test_model_holds_no_score_of_a_person(model: type[models.Model]) -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for field in model._meta.get_fields()
        if SCORE.search(field.name)
    }
    assert found - MATCH_SCORES == set()


def test_the_search_for_scores_finds_them() -> None:
    for bad in ("risk_score", "risk", "person_score", "threat_level", "rating"):
        assert SCORE.search(bad)
    for good in ("brisk", "underscore", "at_risk_sign_off".replace("risk_", ""), "scored_by"):
        assert not SCORE.search(good)


def test_public_models_are_projections_and_nothing_else_is() -> None:
    for model in _our_models():
        published = model._meta.db_table.startswith("published_")
        if getattr(model, "face", "default") == "public":
            assert published, model._meta.label


def test_whoever_stores_a_consent_subject_listens_for_its_news() -> None:
    holders = {
        model._meta.app_label
        for model in _our_models()
        if hasattr(model, "consent_subject") and model._meta.app_label != "consent"
    }
    deaf = {s.label for s in subjects() if s.label in holders and not _listens(s)}
    assert deaf == set()


def _listens(subject: object) -> bool:
    """Whether the wiring of a subject calls something of consent that takes a handler."""
    (path,) = room_modules(subject, "apps")  # type: ignore[arg-type]
    called = {
        ast.unparse(node.func).rpartition(".")[2]
        for node in nodes_of(path)
        if isinstance(node, ast.Call)
    }
    imported = {
        alias.name
        for node in nodes_of(path)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("undaunted.core.consent")
        for alias in node.names
    }
    return bool(called & imported)


def test_the_code_has_no_list_of_good_and_bad_states() -> None:
    named = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in PACKAGE.rglob("*.py")
        for node in nodes_of(path)
        if isinstance(node, ast.Name)
        and re.search("authoritarian|autocra|blacklist", node.id, re.IGNORECASE)
    ]
    assert named == []
