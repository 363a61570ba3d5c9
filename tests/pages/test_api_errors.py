"""Everything under the API says no in the form of RFC 9457, whichever part of the stack says it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.usefixtures("ledger")

PROBLEM = "application/problem+json"
ROOT = "/api/v1/registry"


def _problem(answer: Any, status: int) -> Any:
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == PROBLEM
    told = json.loads(answer.content)
    assert told["status"] == status
    assert told["title"]
    assert told["instance"].startswith("/api/")
    return told


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/nothing", "/api/v2/registry/cases", f"{ROOT}/cases/XR-NOBODY"]
)
def test_an_unmatched_address_is_a_problem(path: str) -> None:
    _problem(Client().get(path), 404)


def test_a_page_that_is_not_there_stays_a_page() -> None:
    answer = Client().get("/nothing-here/")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


def test_a_wrong_method_says_which_are_right() -> None:
    answer = Client().post(f"{ROOT}/cases")
    _problem(answer, 405)
    assert "GET" in answer.headers["Allow"]


def test_a_body_that_is_too_long_is_refused_unread(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = Client().post(f"{ROOT}/desk/people", "x" * 2000, content_type="application/json")
    assert "1000 bytes" in _problem(answer, 413)["detail"]


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ("cases?country=QQ", "country", None),
        ("cases?country=%00", "country", None),
        ("cases?role=wizard", "role", "journalist"),
        ("cases?law=wizardry", "law", "terrorism"),
        ("cases?gender=purple", "gender", "female"),
        ("cases?status=wondering", "status", "held"),
        ("cases?tier=Z", "tier", "A"),
        ("count?as_of=2025-12-31&by=role,colour", "by", "gender"),
        ("count?as_of=2025-12-31&standard=nothing", "standard", "pace-1900"),
        ("count?as_of=2025-12-31&standard=", "standard", "pace-1900"),
        ("count?as_of=2025-12-31&country=QQ", "country", None),
        ("series?since=2020-01-01&until=2021-01-01&standard=x", "standard", "pace-1900"),
        ("flows?since=2020-01-01&until=2021-01-01&country=QQ", "country", None),
    ],
)
def test_an_unknown_value_is_named_with_what_is_allowed(
    query: str, parameter: str, allowed: str | None
) -> None:
    told = _problem(Client().get(f"{ROOT}/{query}"), 422)
    (error,) = told["errors"]
    assert error["pointer"] == f"#/query/{parameter}"
    assert error["detail"]
    assert allowed is None or allowed in error["allowed"]


@pytest.mark.parametrize(
    "query",
    [
        "count",
        "count?as_of=yesterday",
        "count?as_of=2025-12-31&by=colour",
        "cases?size=0",
        "cases?size=1000",
        "cases?size=many",
        "cases?cursor=nonsense",
        "series?since=2021-01-01&until=2020-01-01",
        "series?since=0001-01-01&until=9999-12-31",
        "count?as_of=2025-12-31&known_at=9999-12-31T23:59:59-23:59",
    ],
)
def test_an_impossible_value_is_a_problem(query: str) -> None:
    _problem(Client().get(f"{ROOT}/{query}"), 422)


@pytest.mark.parametrize("offset", ["+16:00", "-16:00", "+23:59"])
@pytest.mark.parametrize(
    "query",
    [
        "count?as_of=2025-12-31",
        "series?since=2025-01-01&until=2025-03-01",
        "flows?since=2025-01-01&until=2025-12-31&since_known=2025-01-01T00:00:00OFFSET",
    ],
)
def test_a_moment_far_from_greenwich_is_understood(query: str, offset: str) -> None:
    asked = query.replace("OFFSET", offset) + f"&known_at=2025-12-31T12:00:00{offset}"
    answer = Client().get(f"{ROOT}/{asked}".replace("+", "%2B"))
    assert answer.status_code == 200, answer.content
    moment = datetime.fromisoformat(f"2025-12-31T12:00:00{offset}").astimezone(UTC)
    assert answer.json()["known_at"] == moment.isoformat()


@pytest.mark.parametrize("country", ["XR", "xr", "SUHH", "CU"])
def test_known_countries_of_all_kinds_are_counted(country: str) -> None:
    answer = Client().get(f"{ROOT}/count?as_of=2025-12-31&country={country}")
    assert answer.status_code == 200
    assert answer.json()["persons"] == 0


def test_the_document_names_every_operation_and_its_problem() -> None:
    document = Client().get(reverse("api-1:openapi-json")).json()
    assert document["openapi"].startswith("3.1")
    operations = [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    assert len(operations) >= 30
    for path, _method, operation in operations:
        assert operation["summary"], path
        assert operation["description"], path
        assert PROBLEM in operation["responses"]["default"]["content"], path
        assert bool(operation.get("security")) == ("/desk/" in path), path
    assert document["components"]["securitySchemes"]
