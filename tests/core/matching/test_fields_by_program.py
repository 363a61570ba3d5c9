"""Programs narrow pairs as the page does, and a field that there is none of narrows nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person
from tests.core.matching.factories import XF, XZ, Office, listed, make_office, person, resolved
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import Scope

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")
PAIRS = "matching/desk/pairs"
LISTED = f"lists/{XF}"


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [person("1", "Viktor Strovik", born="1961-03-04"),
        person("2", "Ludmila Varga")])  # fmt: skip
    listed(held, XZ, tmp_path, [person("9", "Wiktor Strowik", born="1961-03-04"),
        person("8", "Ludmilla Varga")])  # fmt: skip
    return held


@pytest.fixture
def reads(office: Office) -> dict[str, str]:
    with in_person(office.writer) as actor:
        _row, secret = make_token("script", [Scope.READ], actor=actor, at=timezone.now(), days=1)
    return {"authorization": f"Bearer {secret}"}


def _json(address: str, headers: dict[str, str], status: int = 200) -> Any:
    answer = Client().get(f"/api/v1/{address}", headers=headers)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_pairs_are_narrowed_by_what_the_page_takes(office: Office, reads: dict[str, str]) -> None:
    resolved(office.writer)

    def keys(asked: str) -> list[str]:
        told = _json(f"{PAIRS}?{asked}", reads)
        assert told["count"] == len(told["pairs"])
        return [each["left"] for each in told["pairs"]]

    assert len(keys("")) == 2
    assert keys("q=varga") == [f"{XF}:2"]
    assert keys("q=nobody") == []
    assert keys("strong=true") == [f"{XF}:1"]
    assert keys("q=varga&strong=true") == []
    assert len(keys(f"source={XZ}&why=new")) == 2
    assert keys("why=changed") == []
    assert _json(f"{PAIRS}?q={'x' * 121}", reads, 422)


@pytest.mark.parametrize(
    ("address", "known"),
    [
        (PAIRS, "there are q, why, source, strong, start"),
        (f"matching/desk/pair?left={XF}:1&right={XZ}:9", "there are left, right"),
        ("matching/", "there are no fields"),
        ("matching/desk/log", "there are no fields"),
        ("matching/desk/questions", "there are no fields"),
        ("matching/desk/together/00000000-0000-4000-8000-000000000000", "there are no fields"),
        ("lists/", "there are no fields"),
        (f"{LISTED}/versions", "there are no fields"),
        (f"{LISTED}/versions/1", "there are no fields"),
        (f"{LISTED}/entries", "there are q, kind, programme, version, start"),
        (f"{LISTED}/entry?key=1", "there are key, version"),
        (f"{LISTED}/changes?before=1&after=1", "there are before, after, change, start"),
        ("sanctions/register", "there are no fields"),
        ("sanctions/party?key=x", "there are key, on, known"),
    ],
)
def test_a_field_that_there_is_none_of_is_refused(
    reads: dict[str, str], address: str, known: str
) -> None:
    """Whoever asks by a wrong word is not answered with everybody."""
    sign = "&" if "?" in address else "?"
    told = _json(f"{address}{sign}nonsense=1", reads, 422)
    assert told["errors"][0]["pointer"] == "#/query/nonsense"
    assert known in json.dumps(told)
