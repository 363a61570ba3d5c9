"""Guests, proposals of partners elsewhere and notices over the wire; nothing sealed is opened."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.repression.coordination.factories import NAME, make_body
from tests.repression.coordination.program import API, Program
from tests.repression.coordination.scene_elsewhere import (
    agreed_across,
    in_days,
    make_across,
    refused_unread,
)
from undaunted.config.api import api
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import load_invented_lists
from undaunted.core.listings.queries import entries_named
from undaunted.core.sharing.models import Parcel
from undaunted.repression.coordination.rules import Announced, CoordinationStep

pytestmark = pytest.mark.usefixtures("ledger")
UNTIL = in_days(40).isoformat()


def test_a_guest_is_told_and_answers_by_program(owner_sql: Any) -> None:
    across = make_across(owner_sql)
    ours, theirs = across.ours.body, across.theirs.body
    first, second, there = (
        Program(user) for user in (ours.documenter, ours.publisher, theirs.documenter)
    )
    guest = f"guests/{across.guest.pk}"
    assert first.post(f"{guest}/packages", {})[0] == 422
    assert there.post(f"{guest}/packages", {"until": UNTIL})[0] == 404
    status, told = first.post(f"{guest}/packages", {"until": UNTIL})
    assert status == 201
    with acting_as(ours.documenter):
        parcel = Parcel.objects.get(pk=told["package"])
    across.theirs.accepted(across.ours.sealed(parcel))
    (row,) = there.get("elsewhere")
    page = f"elsewhere/{row['id']}"
    assert first.get(page) == 404
    shown = there.get(page)
    assert (shown["answer"], shown["latest"], shown["told"]) == ("invited", True, [])
    assert "Syldavia (invented)" in {each["name"] for each in shown["parties"]}
    assert NAME not in str(shown)
    status, refused = there.post(f"{page}/steps", {"step": "declined", "until": UNTIL})
    assert (status, "words: it is empty" in str(refused)) == (409, True)
    assert there.post(f"{page}/steps", {"step": "leap", "until": UNTIL})[0] == 422
    status, told = there.post(
        f"{page}/steps", {"step": "accepted", "words": "Yes.", "until": UNTIL}
    )
    assert status == 201
    assert there.get(page)["told"][0]["state"] == "proposed"
    with acting_as(theirs.documenter):
        parcel = Parcel.objects.get(pk=told["package"])
    across.ours.accepted(across.theirs.sealed(parcel))
    (held,) = second.get(f"proposals/{across.proposal.pk}")["guests"]
    assert (held["answer"], held["unheard"], held["refused"]) == ("accepted", False, [])
    assert first.post(f"{guest}/confirmation")[0] in {403, 404, 409}


def test_a_part_is_ended_and_a_package_set_aside_by_program(owner_sql: Any) -> None:
    agreed = agreed_across(make_across(owner_sql))
    ours, one = agreed.ours.body, f"proposals/{agreed.proposal.pk}"
    first, second = Program(ours.documenter), Program(ours.publisher)
    item = refused_unread(agreed, CoordinationStep.HOLD, "Stop.")
    (held,) = first.get(one)["guests"]
    assert (held["unheard"], held["refused"]) == (True, [str(item)])
    assert first.post(f"{one}/packages/{item}")[0] == 404
    assert second.post(f"{one}/packages/{item}")[0] == 201
    assert agreed.stands() is Announced.AGREED
    ending = f"guests/{agreed.guest.pk}/ending"
    assert second.post(f"{ending}/confirmation")[0] == 409
    assert first.post(ending)[0] == 200
    assert first.post(f"{ending}/confirmation")[0] == 404
    assert second.post(f"{ending}/confirmation")[0] == 200
    assert first.get(one)["guests"][0]["ended_at"] is not None
    assert Program(agreed.theirs.body.documenter).post(ending)[0] == 404


def test_notices_are_entered_screened_and_erased_by_program(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XZ", government=False, seated=False)
    with acting_as(body.documenter) as actor:
        load_invented_lists(actor=actor, at=timezone.now())
    with acting_as(body.documenter) as actor:
        key = ("xf-invented", "XF-0001")
        listed = entries_named(actor, [key])[key].name
    desk, other = Program(body.documenter), Program(make_body(owner_sql, "XB").documenter)
    told = {"number": "A-1", "kind": "red", "names": [listed], "source": "court"}
    wrong = {"holder": str(body.id), "notices": [told, told | {"number": "A-2", "births": ["x"]}]}
    status, refused = desk.post("notices", wrong)
    assert (status, "birth: 'x' is no day" in str(refused)) == (409, True)
    assert desk.get("notices") == []
    assert other.post("notices", {"holder": str(body.id), "notices": [told]})[0] == 404
    status, (made,) = desk.post("notices", {"holder": str(body.id), "notices": [told]})
    assert status == 201
    assert desk.post("notices/screening", {"holder": str(body.id)})[1]["new"] == 2
    assert other.get("notices") == []
    (row,) = desk.get("notices")
    assert (row["number"], row["told"]["names"]) == ("A-1", [listed])
    assert other.delete(f"notices/{made['id']}") == 404
    assert desk.delete(f"notices/{made['id']}") == 200
    assert desk.delete(f"notices/{made['id']}") == 404
    assert desk.get("notices") == []


def test_it_stands_in_the_description_of_the_api() -> None:
    told = api.get_openapi_schema()["paths"]
    for path in (
        "guests/{guest}/packages", "guests/{guest}/ending/confirmation",
        "elsewhere/{invitation}/steps", "proposals/{proposal}/packages/{item}", "notices",
        "notices/screening",
    ):  # fmt: skip
        operation = next(iter(told[f"{API}{path}"].values()))
        assert operation["security"]
        assert operation["summary"]
