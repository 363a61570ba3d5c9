"""Seats, endings, court cases and petitions over the wire: two people, scopes, nothing sealed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.repression.coordination.factories import make_body, make_scene
from tests.repression.coordination.program import API, Program
from undaunted.config.api import api
from undaunted.core.accounts.actions import acting_as
from undaunted.core.accounts.rules import Scope
from undaunted.core.listings.actions import load_invented_lists

if TYPE_CHECKING:
    from tests.repression.coordination.factories import Body

pytestmark = pytest.mark.usefixtures("ledger")
ENTRY = "xf-invented:XF-0001"
CASE = {
    "entry": ENTRY, "number": "T-1/26", "court": "Court of Freedonia (invented)",
    "outcome": "pending", "day": "2026-05-04", "source": "Register of the court (invented)",
}  # fmt: skip
PETITION = {
    "authority": "xf-rights", "asked": "delisting", "received_on": "2026-05-04", "entry": ENTRY,
    "name": "Viktor Strovik (invented)", "asks": "Not me.",
}  # fmt: skip


def _lists(body: Body) -> None:
    with acting_as(body.documenter) as actor:
        load_invented_lists(actor=actor, at=timezone.now())


def _two(body: Body) -> tuple[Program, Program]:
    return Program(body.documenter), Program(body.publisher)


def _nothing(program: Program, path: str, told: dict[str, Any] | None = None) -> bool:
    """Whether a path with an id answers as it would for an id that nobody has."""
    found = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", path)
    assert found is not None
    absent = str(uuid4())
    (status, one), other = (
        program.post(path, told),
        program.post(path.replace(found[0], absent), told),
    )
    one["instance"] = one["instance"].replace(found[0], absent)
    return (status, one) == other and status == 404


def test_a_seat_is_taken_by_two_people_by_program(owner_sql: Any) -> None:
    body, other = make_body(owner_sql, "XS", seated=False), make_body(owner_sql, "XF")
    (first, second), stranger = _two(body), Program(other.publisher)
    told = {"holder": str(body.id), "team": str(body.team)}
    assert Program(other.documenter).post("seats", told)[0] == 404
    assert first.post("seats", told | {"holder": str(uuid4())})[0] == 404
    assert first.post("seats", told | {"team": str(other.team)})[0] == 409
    assert Program(body.documenter, (Scope.READ,)).post("seats", told)[0] == 403
    status, made = first.post("seats", told)
    assert (status, set(made)) == (201, {"id"})
    step = f"seats/{made['id']}/confirmation"
    assert _nothing(stranger, step)
    assert first.post(step)[0] == 404, "who took it does not confirm it"
    assert Program(body.publisher, (Scope.PROPOSE,)).post(step)[0] == 403
    assert second.post(step)[0] == 200
    assert second.post(step)[0] == 409
    assert str(body.id) in {each["holder"] for each in stranger.get("seats")}


def test_a_proposal_is_ended_by_two_people_by_program(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    first, second = _two(scene.proposer)
    end = f"proposals/{scene.proposal.pk}/ending"
    for outside in (Program(scene.partner.documenter), Program(scene.stranger.documenter)):
        assert outside.post(end)[0] == 404
    assert second.post(f"{end}/confirmation")[0] == 409
    assert first.post(end)[0] == 200
    assert first.post(f"{end}/confirmation")[0] == 404
    assert Program(scene.partner.publisher).post(f"{end}/confirmation")[0] == 404
    assert second.post(f"{end}/confirmation")[0] == 200
    assert first.get(f"proposals/{scene.proposal.pk}")["stage"] == "ended"


def test_a_court_case_is_listed_and_taken_down_by_program(owner_sql: Any) -> None:
    body, other = make_body(owner_sql, "XF"), make_body(owner_sql, "XS")
    _lists(body)
    (first, second), stranger = _two(body), Program(other.publisher)
    status, made = first.post("cases", CASE | {"holder": str(body.id)})
    assert status == 201
    step = f"cases/{made['id']}/withdrawal"
    assert stranger.get("cases") == []
    assert _nothing(stranger, step)
    assert _nothing(stranger, f"cases/{made['id']}/publication")
    (row,) = first.get("cases")
    assert (row["entry"], row["approved_at"], row["withdrawn_at"]) == (ENTRY, None, None)
    assert second.post(f"cases/{made['id']}/publication")[0] == 200
    assert first.get("cases")[0]["approved_at"] is not None
    assert Program(body.publisher, (Scope.PROPOSE,)).post(step)[0] == 403
    assert second.post(step)[0] == 200
    assert second.post(step)[0] == 409
    assert first.get("cases")[0]["withdrawn_at"] is not None


def test_a_petition_is_worked_on_by_program_and_never_opened(owner_sql: Any) -> None:
    body, other = make_body(owner_sql, "XF"), make_body(owner_sql, "XS")
    _lists(body)
    (first, second), stranger = _two(body), Program(other.documenter)
    told = PETITION | {"holder": str(body.id)}
    assert stranger.post("petitions", told)[0] == 404
    assert second.post("petitions", told)[0] == 404, "a publisher records nothing"
    assert Program(body.documenter, (Scope.READ,)).post("petitions", told)[0] == 403
    for wrong in ({"authority": "zzz-nonsense"}, {"entry": "x"}, {"received_on": "2036-01-01"}):
        assert first.post("petitions", told | wrong)[0] == 409, wrong
    assert first.post("petitions", told | {"asked": "money"})[0] == 422
    status, made = first.post("petitions", told)
    assert status == 201
    one, absent = f"petitions/{made['id']}", f"petitions/{uuid4()}"
    assert stranger.get(one) == stranger.get(absent) == 404
    for step, body_ in (
        ("acknowledgement", {}),
        ("papers", {"kind": "review", "text": "x"}),
        ("answer", {"reply": "refused", "text": "x"}),
    ):
        assert _nothing(stranger, f"{one}/{step}", body_)
        assert second.post(f"{one}/{step}", body_)[0] == 404
    assert first.post(f"{one}/acknowledgement")[0] == 200
    assert first.post(f"{one}/acknowledgement")[0] == 409
    reply = {"reply": "refused", "text": "The witnesses stand."}
    status, refused = first.post(f"{one}/answer", reply)
    assert (status, "look at the evidence anew" in str(refused)) == (409, True)
    assert first.post(f"{one}/papers", {"kind": "answer", "text": "x"})[0] == 409
    for kind in ("review", "exculpatory"):
        assert first.post(f"{one}/papers", {"kind": kind, "text": "Read anew"})[0] == 201
    assert first.post(f"{one}/answer", reply)[0] == 200
    shown = first.get(one)
    kinds = ["request", "review", "exculpatory", "answer"]
    assert ([each["kind"] for each in shown["papers"]], shown["reply"]) == (kinds, "refused")
    assert shown["closed_on"] is None, "an answer is let out with a key, never by program"
    for text in ("Viktor", "Not me", "Read anew", "witnesses"):
        assert text not in str(shown) + str(first.get("petitions"))


def test_civil_society_enters_no_petition_by_program(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XB", government=False)
    _lists(body)
    status, refused = Program(body.documenter).post(
        "petitions", PETITION | {"holder": str(body.id)}
    )
    assert (status, "a government's authority" in str(refused)) == (409, True)
    assert not owner_sql("SELECT FROM coordination_petition")


def test_it_stands_in_the_description_of_the_api() -> None:
    told = api.get_openapi_schema()["paths"]
    for path in (
        "seats", "seats/{seat}/confirmation", "proposals/{proposal}/ending",
        "proposals/{proposal}/ending/confirmation", "cases/{case}/withdrawal", "petitions",
        "petitions/{petition}/acknowledgement", "petitions/{petition}/papers",
        "petitions/{petition}/answer",
    ):  # fmt: skip
        operation = told[f"{API}{path}"]["post"]
        assert operation["security"]
        assert operation["summary"]
