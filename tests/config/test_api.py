"""Every error of the API is an RFC 9457 problem, and its document is OpenAPI 3.1."""

from __future__ import annotations

import json
from collections import defaultdict
from enum import Enum
from inspect import isclass
from typing import TYPE_CHECKING, Any, get_args

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils.translation import override
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from pydantic import BaseModel

from undaunted.config.api import PROBLEM_TYPE, api
from undaunted.core.access.rules import Forbidden

if TYPE_CHECKING:
    from collections.abc import Iterator

BAD = [{"loc": ("query", "limit"), "msg": "Input should be a whole number", "type": "int"}]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ValidationError(BAD), 422),
        (Http404(), 404),
        (Forbidden("reason that nobody may read"), 404),
        (AuthenticationError(), 401),
        (Throttled(wait=3), 429),
        (HttpError(409, "The record was changed meanwhile."), 409),
    ],
)
def test_error_is_a_problem(error: Exception, status: int) -> None:
    response = api.on_exception(RequestFactory().get("/api/v1/cases?name=secret"), error)
    body = json.loads(response.content)
    assert response.status_code == body["status"] == status
    assert response.headers["Content-Type"] == PROBLEM_TYPE
    assert body["instance"] == "/api/v1/cases"
    assert "reason that nobody may read" not in response.content.decode()


def test_forbidden_answers_exactly_like_absent() -> None:
    request = RequestFactory().get("/api/v1/cases/1")
    answers = [api.on_exception(request, error) for error in (Forbidden("x"), Http404("y"))]
    assert answers[0].content == answers[1].content
    assert answers[0].headers == answers[1].headers


def test_document_is_openapi_3_1() -> None:
    assert api.get_openapi_schema()["openapi"].startswith("3.1")


def test_document_is_written_once_for_a_language() -> None:
    held = api.get_openapi_schema()
    assert api.get_openapi_schema() is held
    with override("ar"):
        assert api.get_openapi_schema() is not held
    assert api.get_openapi_schema(path_prefix="elsewhere")["paths"].keys() != held["paths"].keys()


def _named(kind: Any, seen: set[Any]) -> Iterator[Any]:
    """Give every class below a type of a request or an answer that the document names."""
    if kind in seen:
        return
    seen.add(kind)
    if isclass(kind) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from _named(field.annotation, seen)
    elif isclass(kind) and issubclass(kind, Enum):
        yield kind
    for part in get_args(kind):
        yield from _named(part, seen)


def test_every_schema_has_a_name_of_its_own() -> None:
    """Of two classes with one name the document keeps the last, which then tells of both."""
    called: dict[str, set[str]] = defaultdict(set)
    seen: set[Any] = set()
    for router in api._get_bound_routers():  # noqa: SLF001 - there is no other list
        for view in router.path_operations.values():
            for operation in view.operations:
                for whole in (*operation.models, *operation.response_models.values()):
                    for field in getattr(whole, "model_fields", {}).values():
                        for kind in _named(field.annotation, seen):
                            called[kind.__name__].add(f"{kind.__module__}.{kind.__qualname__}")
    with override("en"):
        schemas = api.get_openapi_schema(path_prefix="/api/v1/")["components"]["schemas"]
    assert set(schemas) == {*called, "Problem"}
    assert {name: whose for name, whose in called.items() if len(whose) > 1} == {}
