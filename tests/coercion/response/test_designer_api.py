"""The designer over the wire: fronts and what-ifs without a token, searches with one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person
from tests.prisoners.registry.desk import make_desk
from undaunted.coercion.response.analysis import answering
from undaunted.coercion.response.analysis.keeping import keep_sealed
from undaunted.coercion.response.readers.fronts import read_front, shipped_front, written_front
from undaunted.coercion.response.tasks import run_search
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import Scope
from undaunted.site.problems import PROBLEM_TYPE

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from undaunted.core.accounts.models import User

FRONTS = "/api/v1/coercion/response/fronts"
SEARCHES = "/api/v1/coercion/response/desk/searches"

pytestmark = pytest.mark.usefixtures("ledger")


def post(client: Client, address: str, told: object) -> Any:
    return client.post(address, json.dumps(told), content_type="application/json")


def with_token(person: User, *scopes: Scope) -> Client:
    with in_person(person) as actor:
        token = make_token("designer", scopes, actor=actor, at=timezone.now(), days=1)[1]
    return Client(headers={"Authorization": f"Bearer {token}"})


def test_fronts_and_what_ifs_are_for_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    listed = client.get(FRONTS).json()
    assert {"lithuania-2021", "norway-2010"} < {each["episode"] for each in listed}
    front = read_front(client.get(f"{FRONTS}/norway-2010").content.decode(), where="answer")
    point = front.points[4]
    asked = f"{FRONTS}/norway-2010/points/5"
    same = post(client, asked, {"changed": {}}).json()
    assert same["harm"] == pytest.approx(point.harm, abs=1e-6)
    assert len(same["sectors"]) == 28
    assert same["shared"] is None
    assert (same["year"], same["unit"]) == (2022, "millions of US dollars")
    assert same["source"] == front.attribution
    assert (same["question"], same["deficits"]) == (front.digest, "fixed")
    assert len(same["band"]) == len(point.band)
    less = post(client, asked, {"changed": {"USA": "out"}}).json()
    assert less["harm"] < same["harm"]
    assert less["changed"] == {"USA": "out"}
    for told, status in (
        ({"changed": {"CHN": "out"}}, 422),
        ({"changed": {"USA": "1e400"}}, 422),
        ({"changed": {"USA": 7}}, 422),
        ({"changed": {str(n): "as" for n in range(13)}}, 422),
        ([], 422),
    ):
        answer = post(client, asked, told)
        assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM_TYPE), told
    assert post(client, f"{FRONTS}/norway-2010/points/99", {"changed": {}}).status_code == 404
    assert client.get(f"{FRONTS}/mongolia-2016").status_code == 404
    monkeypatch.setattr(answering, "PATIENCE", 0.0)
    with answering._place(), answering._place():  # noqa: SLF001 - both places taken
        busy = post(client, asked, {"changed": {"DNK": "10"}})
        assert (busy.status_code, busy["Retry-After"]) == (503, "5")
        assert busy.json()["detail"] == "Many ask at once. Ask again in 5 seconds."


def test_searches_take_a_token_of_whoever_may_begin_them(
    owner_sql: Any, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    begun: list[dict[str, Any]] = []
    monkeypatch.setattr(run_search, "defer", lambda **said: begun.append(said))
    desk = make_desk(owner_sql)
    question = {"episode": "norway-2010", "partners": ["SWE", "DNK"], "instruments": ["tariff"]}
    asked = {"holder": str(desk.organisation), "question": question}
    client = with_token(desk.documenter, Scope.READ, Scope.SHARE)
    answer = post(client, SEARCHES, asked)
    assert answer.status_code == 201
    digest = answer.json()["digest"]
    assert begun == [{"holder": str(desk.organisation), "digest": digest, "seed": 1}]
    assert [each["digest"] for each in client.get(SEARCHES).json()] == [digest]
    here = f"{SEARCHES}/{desk.organisation}/{digest}"
    assert client.get(here).status_code == 202
    assert post(client, f"{here}/points/1", {"changed": {}}).status_code == 404
    front = shipped_front("norway-2010")
    assert front is not None
    keep_sealed(desk.organisation, digest, "front.json", written_front(front).encode())
    assert client.get(here).json()["digest"] == front.digest
    told = post(client, f"{here}/points/1", {"changed": {"USA": "out"}}).json()
    assert told["changed"] == {"USA": "out"}
    changes: list[dict[str, object]] = [
        {"partners": []}, {"partners": ["ZZZ"]}, {"data": "/etc/passwd"}, {"zzz": 1},
        {"episode": {}}, {"episode": []},
    ]  # fmt: skip
    for wrong in changes:
        assert post(client, SEARCHES, asked | {"question": question | wrong}).status_code == 422
    assert post(Client(), SEARCHES, asked).status_code == 401
    assert post(with_token(desk.documenter, Scope.READ), SEARCHES, asked).status_code == 403
    stranger = with_token(desk.stranger, Scope.READ, Scope.SHARE)
    assert post(stranger, SEARCHES, asked).status_code == 404
    assert stranger.get(here).status_code == 404
    assert stranger.get(SEARCHES).json() == []
