"""Programs read questions about people in files, and answer what they read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person
from tests.core.matching.factories import XF, Office, in_file, listed, make_office, person, screened
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import Scope

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")

API = "/api/v1/matching/"


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [person("1", "Viktor Strovik", born="1961-03-04")])
    return held


def _token(who: User, scope: Scope) -> dict[str, str]:
    with in_person(who) as actor:
        _row, secret = make_token("script", [scope], actor=actor, at=timezone.now(), days=1)
    return {"authorization": f"Bearer {secret}"}


def test_programs_read_questions_and_answer_what_they_read(office: Office) -> None:
    in_file(office, "Виктор Стровик", born="1961")
    screened(office)
    read, propose, write = (
        _token(office.writer, scope) for scope in (Scope.READ, Scope.PROPOSE, Scope.DECIDE)
    )
    client = Client()

    def post(address: str, status: int, **told: Any) -> Any:
        answer = client.post(API + address, told, "application/json", headers=write)
        assert answer.status_code == status, answer.content
        return answer.json()

    first = client.get(API + "desk/questions", headers=read).json()[0]
    assert (first["name"], first["entry"][:2]) == ("Виктор Стровик", first["entry"][:2])
    assert first["file_says"]["births"] == ["1961"], "what `seen` names is told beside it"
    assert first["entry_says"]["births"] == ["1961-03-04"]
    said = {"verdict": "different", "why": "No."}
    told = said | {"seen": first["seen"]}
    address = f"{API}desk/questions/{first['id']}/answer"
    assert client.post(address, told, "application/json", headers=propose).status_code == 403
    for unseen in ({}, {"seen": ""}):
        refused = post(f"desk/questions/{first['id']}/answer", 422, **said, **unseen)
        (fault,) = refused["errors"]
        assert "of the question in desk/questions" in fault["detail"]
    post(f"desk/questions/{first['id']}/answer", 409, **said, seen="x")
    said["seen"] = first["seen"]
    answered = post(f"desk/questions/{first['id']}/answer", 201, **said)
    post(f"desk/questions/{first['id']}/answer", 404, **said)
    post(f"desk/answers/{answered['id']}/undo", 200)
    post(f"desk/answers/{answered['id']}/undo", 409)
