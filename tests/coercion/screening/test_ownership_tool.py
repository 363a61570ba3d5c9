"""The desk's tool of ownership and its two API operations: a file in, nothing kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.coercion.screening.structures import PORT, structure
from tests.core.accounts.factories import in_person, signed_in_client
from tests.prisoners.registry.desk import make_desk
from undaunted.coercion.screening.forms.ownership import OwnershipForm
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import Scope

if TYPE_CHECKING:
    from tests.prisoners.registry.desk import Desk

PAGE = "/desk/screening/ownership/"
API = "/api/v1/screening/desk/ownership"
ASKED = {
    "company": PORT, "owners": "STATE:XR", "right": "votes", "threshold": "50",
    "as_of": "2026-11-26",
}  # fmt: skip

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def desk(owner_sql: Any) -> Desk:
    return make_desk(owner_sql)


def file(text: str, name: str = "port.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def shown(page: Client, told: dict[str, Any], status: int = 200) -> str:
    answer = page.post(PAGE, told)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def test_a_file_and_a_question_give_answer_picture_proof_and_faults(desk: Desk) -> None:
    page = signed_in_client(desk.documenter)
    assert page.get(PAGE).status_code == 200
    told = shown(page, ASKED | {"file": file(structure(200))})
    assert f"Ruritania must control {PORT}" in told
    assert f"{PORT} must be controlled: Bordurian Terminals holds 55% (Filing, row 7)." in told
    assert "data-graph-tools" in told
    assert "share_missing" in told
    carried = re.search(r'name="carried" value="([^"]+)"', told)
    assert carried is not None
    again = ASKED | {"carried": carried[1], "carried_name": "port.csv"}
    assert told.count("More holders:") > shown(page, again | {"opened": PORT}).count(
        'name="opened" value="Freedonia Port Operator">More'
    )
    opened = shown(page, again | {"opened": PORT})
    assert f'type="submit" name="opened" value="{PORT}"' not in opened
    assert "Rufus Firefly" in opened
    everybody = shown(page, again | {"everybody": "yes"})
    assert 'id="folded"' not in everybody
    assert '<button class="quiet" type="submit">Back</button>' in everybody
    assert '<button class="quiet" type="submit">Back</button>' not in told
    assert told.count("data-asked") == everybody.count("data-asked") == 1
    other = shown(page, again | {"owners": "Rufus Firefly"})
    assert f"{PORT} is not controlled by Rufus Firefly: with all that" in other


def test_what_cannot_be_asked_is_refused_at_its_field(desk: Desk) -> None:
    page = signed_in_client(desk.documenter)
    assert "Choose a file." in shown(page, ASKED, 422)
    assert "Choose a file." in shown(page, ASKED | {"carried": "not packed"}, 422)
    unknown = shown(page, ASKED | {"file": file(structure(10)), "company": "Port"}, 422)
    assert "no stake names" in unknown
    assert "of no format that is known" in shown(page, ASKED | {"file": file("x", "x.bin")}, 422)
    offered = shown(page, ASKED | {"file": file(structure(10)), "owners": ""})
    assert '<option value="Rufus Firefly">' in offered
    assert "data-graph" not in offered
    for name in ("..", ".", "/", "a/../..", "船" * 90 + ".csv", ".csv"):
        carried = {"carried": OwnershipForm.carry(structure(10).encode()), "carried_name": name}
        shown(page, ASKED | carried | {"format": "csv"})
    assert OwnershipForm.carry(bytes(range(256)) * 4) != ""


REPLACED = (
    "owner,owned,share,known_from,known_to\n"
    "STATE:XR,Port,0.75,2024-01-01,2026-06-01\nSTATE:XR,Port,0.3,2026-06-01,\n"
)


def test_neither_page_nor_programs_count_what_a_file_replaced_or_ask_one_that_was_cut(
    desk: Desk,
) -> None:
    page = signed_in_client(desk.documenter)
    asked = ASKED | {"company": "Port"}
    assert "Port is not controlled by Ruritania:" in shown(page, asked | {"file": file(REPLACED)})
    then = asked | {"known_at": "2025-01-01"}
    assert "Ruritania must control Port" in shown(page, then | {"file": file(REPLACED)})
    cut = f"{REPLACED}STATE:XR,Qu"
    told = shown(page, asked | {"file": file(cut)}, 422)
    assert "the file ends in the middle of a row" in told
    assert "data-graph" not in told
    with in_person(desk.documenter) as actor:
        token = make_token("x", [Scope.READ], actor=actor, at=timezone.now(), days=1)[1]
    program = Client(headers={"Authorization": f"Bearer {token}"})
    given = {"company": "Port", "owners": ["STATE:XR"], "as_of": "2026-11-26"}
    now, before = (
        program.post(f"{API}/control", given | more | {"file": file(REPLACED)}).json()
        for more in ({}, {"known_at": "2025-01-01"})
    )
    assert (now["answer"], before["answer"]) == ("no", "must")
    refused = program.post(f"{API}/control", given | {"file": file(cut)})
    assert (refused.status_code, "row 4: the file ends" in refused.content.decode()) == (422, True)


def test_programs_ask_the_same(desk: Desk) -> None:
    with in_person(desk.documenter) as actor:
        token = make_token("x", [Scope.READ], actor=actor, at=timezone.now(), days=1)[1]
    program = Client(headers={"Authorization": f"Bearer {token}"})
    asked = {"company": PORT, "owners": ["STATE:XR"], "as_of": "2026-11-26"}
    answer = program.post(f"{API}/control", asked | {"file": file(structure(50))})
    told = answer.json()
    assert answer.status_code == 200, told
    assert told["answer"] == "must"
    assert [each["row"] for each in told["stakes"]] == [2, 3, 4, 7]
    assert PORT in told["controlled"]
    assert {each["rule"] for each in told["findings"]} == {"share_missing", "share_as_text"}
    drawn = program.post(f"{API}/draw", asked | {"file": file(structure(50)), "opened": [PORT]})
    assert drawn["Content-Type"] == "image/svg+xml"
    assert drawn.content.startswith(b"<svg xmlns=")
    for wrong, said in (
        ({"format": "xls"}, "no format"), ({"company": "Port"}, "no stake names"),
        ({"right": "charm"}, "kind of right"),
    ):  # fmt: skip
        refused = program.post(f"{API}/control", asked | {"file": file(structure(10))} | wrong)
        assert refused.status_code == 422
        assert said in refused.content.decode()
    assert Client().post(f"{API}/control", asked).status_code == 401


def test_a_finding_at_many_rows_names_fifty_and_says_how_many_more(desk: Desk) -> None:
    page = signed_in_client(desk.documenter)
    text = "owner,owned,share\n" + "".join(f"Holder {n},Port,2%\n" for n in range(70))
    told = shown(page, ASKED | {"company": "Port", "owners": "", "file": file(text)})
    (rows,) = re.findall(r'<th scope="row">([^<]*)</th>', told)
    assert rows.startswith("2, 3, 4, ")
    assert rows.endswith(", 51 and 20 more")


def test_a_list_of_what_owners_control_says_of_how_many_it_shows_the_first(desk: Desk) -> None:
    page = signed_in_client(desk.documenter)
    text = "owner,owned,share,owner_kind\n" + "".join(
        f"STATE:XR,Port {n},60%,state\n" for n in range(210)
    )
    told = shown(page, ASKED | {"company": "Port 1", "file": file(text)})
    assert told.count("The first 200 of 210.") == 1
