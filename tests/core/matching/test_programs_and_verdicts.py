"""What programs read of pairs, and which verdicts they may settle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person
from tests.core.matching.factories import (
    XF,
    XZ,
    Office,
    listed,
    make_office,
    person,
    resolved,
    shown,
)
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import Scope
from undaunted.core.matching.models import MatchJudgement

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User

API = "/api/v1/matching/"
TO_JUDGE = (Scope.PROPOSE, Scope.DECIDE)

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [person("1", "Viktor Strovik", born="1961-03-04"), person("3", "X")])
    listed(held, XZ, tmp_path, [person("Z/9", "Wiktor Strowik", born="1961-03-04")])
    return held


def _wire(who: User, *scopes: Scope) -> dict[str, str]:
    with in_person(who) as actor:
        _row, secret = make_token("script", [*scopes], actor=actor, at=timezone.now(), days=1)
    return {"authorization": f"Bearer {secret}"}


def test_programs_read_and_judge(office: Office) -> None:
    resolved(office.writer)
    read, write = _wire(office.writer, Scope.READ), _wire(office.writer, *TO_JUDGE)
    client = Client()

    def get(address: str) -> Any:
        answer = client.get(API + address, headers=read)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def post(address: str, status: int, **told: Any) -> Any:
        answer = client.post(API + address, told, "application/json", headers=write)
        assert answer.status_code == status, answer.content
        return answer.json()

    assert client.get(API + "desk/pairs").status_code == 401
    pairs = get("desk/pairs")
    assert (pairs["count"], pairs["pairs"][0]["strong"]) == (1, True)
    sides = {"left": "xf-invented:1", "right": "xz-invented:Z/9"}
    told = {"verdict": "same", "why": "Read."}
    assert "look again" in post("desk/judgements", 409, **sides, **told, seen="0" * 64)["detail"]
    made = post("desk/judgements", 201, **sides, **told, seen=pairs["pairs"][0]["seen"])
    assert client.get(API).json()["joined"] == {}
    assert get("desk/pairs")["pairs"][0]["why"] == "waits"
    seen = {"seen": get("desk/pairs")["pairs"][0]["seen"]}
    post("desk/judgements", 409, **sides, **seen, verdict="same")
    post(f"desk/judgements/{made['id']}/confirm", 409, **seen)
    second, proposes = (_wire(office.reviewer, each) for each in (Scope.DECIDE, Scope.PROPOSE))

    def confirm(address: str, head: dict[str, str] = second) -> Any:
        return client.post(API + address, seen, "application/json", headers=head)

    for step in ("confirm", "undo"):
        assert confirm(f"desk/judgements/{made['id']}/{step}", proposes).status_code == 403
    assert confirm(f"desk/judgements/{made['id']}/confirm").json()["confirmed_at"] is not None
    assert confirm(f"desk/together/{made['id']}/confirm").status_code == 409
    standing = client.get(API).json()
    assert standing["joined"] == {"xf-invented:1": ["xf-invented:1", "xz-invented:Z/9"]}
    assert standing["open"] == 0
    assert list(standing["refused"]) == ["xf-invented:3"]
    assert [each["why"] for each in get("desk/log")] == ["", "Read."]
    same = {"right": "xz-invented:Z/9", "verdict": "same", **seen}
    assert "write source:key" in post("desk/judgements", 422, left="nothing", **same)["detail"]
    post("desk/judgements", 409, left="un-sc:1", **same)
    post("desk/judgements", 422, left="xf-invented:1", **same, why="\x00")
    post(f"desk/judgements/{made['id']}/undo", 200, **seen)
    post(f"desk/judgements/{made['id']}/undo", 409, **seen)
    post(f"desk/together/{made['id']}/undo", 409, **seen)


def test_a_program_that_proposes_settles_no_pair(office: Office) -> None:
    """The same verdict confirms, and another replaces: neither is less than confirming is."""
    resolved(office.writer)
    client = Client()
    sides = {"left": f"{XF}:1", "right": f"{XZ}:Z/9"}

    def post(who: User, verdict: str, status: int, *scopes: Scope) -> dict[str, Any]:
        seen = shown(((XF, "1"), (XZ, "Z/9")))
        told = {**sides, "verdict": verdict, "why": "Read.", "seen": seen}
        head = _wire(who, *scopes)
        answer = client.post(f"{API}desk/judgements", told, "application/json", headers=head)
        assert answer.status_code == status, answer.content
        return dict(answer.json())

    post(office.writer, "unsure", 201, Scope.PROPOSE)
    made = post(office.writer, "same", 201, Scope.PROPOSE)
    log = MatchJudgement.objects.using("default")
    for who, verdict in ((office.reviewer, "same"), (office.reviewer, "different"),
                         (office.writer, "different"), (office.writer, "unsure")):  # fmt: skip
        post(who, verdict, 403, Scope.PROPOSE)
        held = log.get(undone_at__isnull=True)
        assert (str(held.pk), held.confirmed_at) == (made["id"], None)
    assert post(office.reviewer, "same", 201, *TO_JUDGE)["confirmed_at"] is not None
    post(office.reviewer, "different", 403, Scope.PROPOSE)
    assert log.get(undone_at__isnull=True).confirmed_at is not None
    post(office.reviewer, "different", 201, *TO_JUDGE)
    assert log.get(undone_at__isnull=True).verdict == "different"
