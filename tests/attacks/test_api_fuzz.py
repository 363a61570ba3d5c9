"""Requests made from the API's own document find no error of the server and no strange answer."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from tests.core.accounts.factories import in_person
from tests.pages.desk_scene import open_desk
from tests.repression.coordination.factories import make_body
from tests.repression.dossiers.factories import make_scene as make_dossiers
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import SCOPES

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("ledger")]

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance)
DOCUMENT = "/api/v1/openapi.json"
LONG = os.environ.get("UNDAUNTED_DRILL") == "long"
EACH = settings(
    max_examples=20 if LONG else 3,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


ONCE = settings(EACH, max_examples=20 if LONG else 1)
"""A token that nobody has is refused before anything is read that was sent with it."""


def _try_all(address: str, headers: dict[str, str], *, least: int, often: settings = EACH) -> None:
    """Ask every operation below `address`, with values of its document and with others."""
    schema: Any = schemathesis.openapi.from_wsgi(DOCUMENT, get_wsgi_application())
    tried = 0
    for result in schema.include(path_regex=address).get_all_operations():
        operation = result.ok()
        _ask(operation.as_strategy(), headers, often)
        with suppress(Unsatisfiable):  # no text is wrong where any text may stand
            _ask(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE), headers, often)
        tried += 1
    assert tried >= least


def _ask(cases: Any, headers: dict[str, str], often: settings) -> None:
    @often
    @given(case=cases)
    def ask(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=list(CHECKS))

    ask()


def test_public_operations_stand_any_question() -> None:
    _try_all(r"/registry/(?!desk/)", {}, least=8)


def test_the_desk_stands_any_question_of_a_program(
    owner_sql: Any, settings: Settings, tmp_path: Path
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    with in_person(open_desk(owner_sql).first) as actor:
        _, secret = make_token("fuzz", SCOPES, actor=actor, at=timezone.now(), days=1)
    _try_all(r"/registry/desk/", {"Authorization": f"Bearer {secret}"}, least=25)
    owner_sql("TRUNCATE procrastinate_jobs CASCADE")


def test_the_desk_tells_a_stranger_nothing() -> None:
    _try_all(r"/registry/desk/", {"Authorization": "Bearer undaunted_x"}, least=25, often=ONCE)


def test_coordination_stands_any_question_of_a_program(owner_sql: Any) -> None:
    with in_person(make_body(owner_sql, "XF").documenter) as actor:
        _, secret = make_token("fuzz", SCOPES, actor=actor, at=timezone.now(), days=1)
    _try_all(r"/coordination/desk/", {"Authorization": f"Bearer {secret}"}, least=45)


def test_coordination_tells_a_stranger_nothing() -> None:
    _try_all(r"/coordination/desk/", {"Authorization": "Bearer undaunted_x"}, least=45, often=ONCE)


def test_dossiers_stand_any_question_of_a_program(owner_sql: Any) -> None:
    with in_person(make_dossiers(owner_sql).desk.documenter) as actor:
        _, secret = make_token("fuzz", SCOPES, actor=actor, at=timezone.now(), days=1)
    _try_all(r"/dossiers/desk/", {"Authorization": f"Bearer {secret}"}, least=25)


def test_dossiers_tell_a_stranger_nothing() -> None:
    _try_all(r"/dossiers/desk/", {"Authorization": "Bearer undaunted_x"}, least=25, often=ONCE)
