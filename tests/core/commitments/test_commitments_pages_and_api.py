"""Boards for everybody, the desk by hand, and the same over the wire."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person, signed_in_client
from tests.core.commitments.factories import (
    AT,
    Office,
    accepted,
    corrected,
    make_office,
    recorded,
    said,
    written,
)
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import Scope
from undaunted.core.commitments.queries import published_statements
from undaunted.core.commitments.readers import read_csv, read_file
from undaunted.core.commitments.writers import statements_csv

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
BOARD = "/commitments/investment-screening/"
DESK = "/desk/commitments/"
API = "/api/v1/commitments/"


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def _sent(office: Office | None, **changed: Any) -> dict[str, Any]:
    """Give the statement as a browser sends it."""
    data = written(**changed)
    sent = {name: data[name] for name in ("status", "since", "law", "text", "language")}
    if office is not None:
        sent |= {"holder": str(office.holder), "state": data["state"]}
    sent["evidence"] = " ".join(data["evidence"])
    for row in data["features"]:
        place = f"feature-{row['code']}"
        sent[f"{place}-has"] = "yes" if row["has"] else "no"
        sent[f"{place}-clause"] = row.get("clause", "")
        sent[f"{place}-sources"] = " ".join(row["sources"])
    sent |= {"sources-TOTAL_FORMS": len(data["sources"]) + 1, "sources-INITIAL_FORMS": 0}
    sent[f"sources-{len(data['sources'])}-status"] = "verified"
    for number, row in enumerate(data["sources"]):
        sent |= {f"sources-{number}-{name}": value for name, value in row.items()}
    return sent


def test_reader_finds_filters_and_looks_back(office: Office) -> None:
    wrong = accepted(office)
    accepted(office, state="XR", status="proposed", since="2025")
    changed = {"features": [{"code": "recourse", "has": True, "sources": ["gazette"]}]}
    changed |= {"sources": written()["sources"][:1]}
    corrected(office, wrong, at=AT + timedelta(days=9), **changed)
    reader = Client()
    assert "Investment screening" in _page(reader, "/commitments/")
    board = _page(reader, BOARD)
    assert "Freedonia" in board
    assert "Ruritania" in board
    for asked, listed, left_out in (
        ("feature=recourse", "XF", "XR"),
        ("status=proposed", "XR", "XF"),
        ("state=XR", "XR", "XF"),
        ("feature=call-in&known=2026-06-02&state=XF", "XF", "XR"),
    ):
        page = _page(reader, f"{BOARD}?{asked}")
        assert f"{BOARD}{listed}/" in page
        assert f"{BOARD}{left_out}/" not in page
    assert "Nothing is known that matches" in _page(reader, f"{BOARD}?on=2020-01-01")
    state = _page(reader, f"{BOARD}XF/")
    for told in ("Harbour and Works Act", "Gazette of Freedonia", "10 June 2026</time>."):
        assert told in state, told
    past = _page(reader, f"{BOARD}XF/?known=2026-06-02")
    assert "section 4" in past.split('<ol class="rows">')[0]
    assert "section 4" not in state.split('<ol class="rows">')[0]
    assert "Lacking, of what the model regime asks for" in past
    assert not reader.get(BOARD).cookies
    for gone in ("/commitments/magic/", f"{BOARD}XB/", f"{BOARD}board.xml", f"{BOARD}statements.x"):
        _page(reader, gone, 404)
    for address in (f"{BOARD}?on=soon", f"{BOARD}?on=1/5/2026", f"{BOARD}XF/?known=soon"):
        assert "Write the day as year-month-day" in _page(reader, address, 422)
    assert "is not one of the available choices" in _page(reader, f"{BOARD}?feature=flying", 422)


def test_files_of_a_board_can_be_taken_in_again(office: Office) -> None:
    accepted(office)
    reader = Client()
    assert "XF,in_force" in _page(reader, f"{BOARD}board.csv?on=2026-06-02")
    told = reader.get(f"{BOARD}board.json?on=2026-06-02").json()
    assert told["states"][0]["clauses"] == {"call-in": "section 4", "penalties": ""}
    text = _page(reader, f"{BOARD}statements.csv")
    again = read_file(_page(reader, f"{BOARD}statements.json").encode(), name="x.json")
    assert read_csv(text, where="x.csv") == again
    assert "attachment" in reader.get(f"{BOARD}board.csv")["Content-Disposition"]


def test_reader_sees_what_is_in_force_and_what_is_proposed_beside_it(office: Office) -> None:
    accepted(office, since="2020-01-01")
    source = written()["sources"][:1]
    told = [{"code": "recourse", "has": True, "clause": "part 9", "sources": ["gazette"]}]
    bill = accepted(office, status="proposed", since="2026-01-01", law="Bill 2", features=told,
                    sources=source)  # fmt: skip
    bare = {"features": [], "sources": source, "law": "", "text": "Looked for, and not found."}
    accepted(office, state="XR", status="not_known", **bare)
    reader = Client()
    board = _page(reader, f"{BOARD}?on=2026-06-02")
    for shown in ("Harbour and Works Act", "Beside it, not in force:", "Bill 2", "2024-02-01",
                  "Looked for, and not found.", "Gazette"):  # fmt: skip
        assert shown.replace("Gazette", "Freedonia") in board, shown
    asked = _page(reader, f"{BOARD}?on=2026-06-02&status=proposed")
    assert f"{BOARD}XF/" in asked
    assert f"{BOARD}XR/" not in asked
    state = _page(reader, f"{BOARD}XF/?on=2026-06-02")
    standing, beside = state.split("Proposed beside it, not in force")
    assert "part 9" not in standing
    assert "part 9" in beside
    assert "Looked for, and not found." in _page(reader, f"{BOARD}XR/")
    assert "Bill 2" in _page(reader, f"{BOARD}board.csv?on=2026-06-02")
    law, missed = reader.get(f"{API}investment-screening?on=2026-06-02").json()["states"]
    assert (law["status"], law["features"]["recourse"]) == ("in_force", "unknown")
    assert law["sources"][0]["publisher"] == "Freedonia"
    assert law["proposed"][0] == {
        "status": "proposed",
        "since": "2026-01-01",
        "law": "Bill 2",
        "statement": str(bill.pk),
        "features": {"recourse": "has"},
        "clauses": {"recourse": "part 9"},
    }
    assert (missed["status"], missed["model"]["lacks"]) == ("not_known", [])
    assert missed["text"] == "Looked for, and not found."


def test_whoever_withdraws_a_correction_is_told_what_stands_again(office: Office) -> None:
    first = accepted(office)
    second = corrected(office, first, since="2025")
    publisher = signed_in_client(office.publisher)
    assert "Nothing comes in its place." in _page(publisher, f"{DESK}{first.pk}/")
    page = _page(publisher, f"{DESK}{second.pk}/")
    assert "What it corrected stands again" in page
    assert f"{DESK}{first.pk}/" in page
    assert publisher.post(f"{DESK}{second.pk}/withdraw/").status_code == 302
    assert "2024-03-01" in _page(Client(), f"{BOARD}board.csv")


def test_what_hides_or_has_not_come_is_refused_at_every_door(office: Office) -> None:
    writer = signed_in_client(office.writer)
    wire = _wire(office.writer, Scope.PROPOSE)
    hidden, early = written(law="Harbour\u202eAct"), written()
    early["sources"][0]["date"] = "2130-01-01"
    for row, told in ((hidden, "U+202E is not seen"), (early, "2130-01-01 has not come")):
        page = writer.post(f"{DESK}new/investment-screening/", _sent(office, **row))
        assert told in page.content.decode()
        posted = {"holder": str(office.holder), "statement": row}
        assert told in _asked(f"{API}desk/statements", wire, posted).json()["detail"]
        several = {"holder": str(office.holder), "statements": [row]}
        assert told in _asked(f"{API}desk/import", wire, several).json()["detail"]


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_board_reads_from_right_to_left(office: Office, language: str) -> None:
    accepted(office)
    for address in (BOARD, f"{BOARD}XF/"):
        page = _page(Client(), f"/{language}{address}")
        assert 'dir="rtl"' in page
        assert 'lang="en"' in page


def test_statement_is_recorded_by_hand_accepted_by_another_and_withdrawn(office: Office) -> None:
    writer, reviewer = signed_in_client(office.writer), signed_in_client(office.reviewer)
    address = f"{DESK}new/investment-screening/"
    assert "Must investments" in _page(writer, address)
    made = writer.post(address, _sent(office))
    assert made.status_code == 302, made.content.decode()
    own = _page(writer, made["Location"])
    assert "Proposed by you: somebody else decides." in own
    assert "I have read it and its sources" not in own
    assert "Freedonia" in _page(reviewer, DESK)
    assert reviewer.post(f"{made['Location']}accept/").status_code == 302
    (row,) = published_statements(PUBLIC)
    assert [each.code for each in row.known.statement.features] == ["call-in", "penalties"]
    assert reviewer.post(f"{made['Location']}accept/").status_code == 409
    assert reviewer.post(f"{made['Location']}decline/", {"why": "late"}).status_code == 409
    publisher = signed_in_client(office.publisher)
    assert publisher.post(f"{made['Location']}withdraw/").status_code == 302
    assert publisher.post(f"{made['Location']}withdraw/").status_code == 409
    assert not published_statements(PUBLIC).exists()
    assert "withdrawn" in _page(writer, DESK)


def test_form_tells_all_that_is_wrong_and_keeps_what_was_written(office: Office) -> None:
    writer = signed_in_client(office.writer)
    address = f"{DESK}new/investment-screening/"
    page = writer.post(address, _sent(office, since="")).content.decode()
    assert "This field is required." in page
    assert "Harbour and Works Act" in page
    page = writer.post(address, _sent(office, since="soon", evidence=["nowhere"])).content.decode()
    assert "since: write a day, a month or a year" in page
    more = writer.post(address, {**_sent(office), "more": "sources"}).content.decode()
    assert 'name="sources-4-title"' in more
    recorded(office)
    assert "waits or stands already" in writer.post(address, _sent(office)).content.decode()
    assert writer.get(f"{DESK}new/magic/").status_code == 404


def test_statement_is_corrected_and_declined_by_hand(office: Office) -> None:
    held = accepted(office)
    writer, reviewer = signed_in_client(office.writer), signed_in_client(office.reviewer)
    address = f"{DESK}{held.pk}/correct/"
    assert "Harbour and Works Act" in _page(writer, address)
    assert "it says the same" in writer.post(address, _sent(None)).content.decode()
    made = writer.post(address, _sent(None, since="2024-04-01"))
    assert made.status_code == 302, made.content.decode()
    assert str(held.pk) in _page(reviewer, made["Location"])
    more = writer.post(address, {**_sent(None), "more": "sources"}).content.decode()
    assert 'name="sources-4-title"' in more
    assert reviewer.post(f"{made['Location']}decline/", {"why": "Not so."}).status_code == 302
    assert "Not so." in _page(writer, made["Location"])


def test_file_is_taken_in_at_the_desk_and_told_by_row_where_it_is_wrong(office: Office) -> None:
    writer = signed_in_client(office.writer)
    address = f"{DESK}import/"
    assert "multipart/form-data" in _page(writer, address)

    def sent(text: str, name: str = "x.csv") -> Any:
        file = SimpleUploadedFile(name, text.encode())
        return writer.post(address, {"holder": str(office.holder), "file": file})

    good = statements_csv([said(), said(state="XR")])
    broken = sent(good.replace("XR,in_force,2024-03-01", "XR,in_force,soon"))
    assert "row 4: since: write a day" in broken.content.decode()
    assert "ends in none of" in sent(good, "x.xls").content.decode()
    assert "This field is required." in writer.post(address, {}).content.decode()
    assert sent(good).status_code == 302
    assert "Ruritania" in _page(writer, DESK)


def _wire(person: User, scope: Scope) -> dict[str, str]:
    with in_person(person) as actor:
        _row, secret = make_token("script", [scope], actor=actor, at=timezone.now(), days=1)
    return {"authorization": f"Bearer {secret}"}


def _asked(address: str, wire: dict[str, str], data: Any = None) -> Any:
    if data is None:
        return Client().get(address, headers=wire)
    return Client().post(address, data, content_type="application/json", headers=wire)


def test_programs_record_correct_decide_and_read(office: Office) -> None:
    write, decide = _wire(office.writer, Scope.PROPOSE), _wire(office.reviewer, Scope.DECIDE)
    read = _wire(office.writer, Scope.READ)
    posted = {"holder": str(office.holder), "statement": written()}
    made = _asked(f"{API}desk/statements", write, posted)
    assert made.status_code == 201, made.content
    assert _asked(f"{API}desk/statements", write, posted).status_code == 409
    broken = _asked(f"{API}desk/statements", write, {**posted, "statement": {}})
    assert broken.status_code == 422
    assert "state:" in broken.json()["detail"]
    one = f"{API}desk/statements/{made.json()['id']}"
    assert _asked(f"{one}/decision", decide, {"accept": True}).json()["review"] == "accepted"
    correction = {"statement": written(since="2024-04-01")}
    more = _asked(f"{one}/correction", write, correction)
    assert more.json()["corrects_id"] == made.json()["id"]
    no = {"accept": False, "why": "Not so."}
    settled = _asked(f"{API}desk/statements/{more.json()['id']}/decision", decide, no)
    assert settled.json()["review"] == "declined"
    assert len(_asked(f"{API}desk/statements", read).json()) == 2
    assert len(_asked(f"{API}desk/statements?review=declined", read).json()) == 1
    board = Client().get(f"{API}investment-screening?on=2026-06-02").json()
    assert board["states"][0]["features"]["call-in"] == "has"
    assert Client().get(f"{API}investment-screening/XF").json()[0]["corrected_on"] is None
    assert {each["code"] for each in Client().get(API).json()} == {
        "anti-coercion",
        "investment-screening",
        "sanctions-enforcement",
        "targeted-sanctions",
    }
    several = {"holder": str(office.holder), "statements": [written(), written(state="XR")]}
    done = _asked(f"{API}desk/import", write, several).json()
    assert done["unchanged"] == ["investment-screening XF 2024-03-01"]
    assert done["recorded"] == ["investment-screening XR 2024-03-01"]
    wrong = {**several, "statements": [written(), {}]}
    refused = _asked(f"{API}desk/import", write, wrong)
    assert "statement 2: state:" in refused.json()["detail"]
    assert _asked(f"{one}/withdrawal", decide, {}).json()["withdrawn_at"]
    assert Client().get(f"{API}investment-screening/XF").status_code == 404
    assert Client().get(f"{API}magic").status_code == 404
