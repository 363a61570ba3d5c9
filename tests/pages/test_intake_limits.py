"""The return channel has a gate and a day's measure; what is typed is given back (S12)."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connections
from django.test import Client
from django.utils import timezone

from tests.core.vault.factories import Office, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.intake.actions import TooMuchToday, forget_spent, pass_gate, write_message
from undaunted.core.intake.pages.gate import new_ticket, ticket_of
from undaunted.core.intake.queries import mailbox_by_receipt
from undaunted.core.intake.rules import CALM, Gate, Receipt, read_receipt, solves

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")

MORNING = datetime.fromisoformat("2026-11-25T00:00:00+00:00")


@pytest.fixture
def office(ledger: object, owner_sql: Callable[..., object]) -> Office:
    assert ledger
    return make_office(owner_sql)


@pytest.fixture
def stranger() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def storm(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def begin() -> None:
        gate = Gate()
        for _ in range(4 * CALM):
            gate.ask(None, "", at=time.time())
        monkeypatch.setattr("undaunted.core.intake.actions.gate._GATE", gate)

    return begin


def _receipt(client: Client) -> Receipt:
    page = client.post("/help/incident/", {"danger": "now"}).content.decode()
    return read_receipt(" ".join(re.findall(r"<code>(\d{6})</code>", page)))


def _write(receipt: Receipt, text: str, at: datetime) -> None:
    found = mailbox_by_receipt(PUBLIC, receipt)
    assert found
    write_message(found, text, receipt, at=at)


def test_message_waits_at_the_gate_and_is_given_back(
    stranger: Client, office: Office, storm: Callable[[], None], owner_sql: Any
) -> None:
    receipt = _receipt(stranger)
    storm()
    told = {"receipt": str(receipt), "message": "More, CANARY31."}
    answer = stranger.post("/help/return/write/", told)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "CANARY31" in page
    assert "your place is kept" in page
    assert re.search(r'name="ticket" value="[\w-]{40,}"', page)
    assert owner_sql("SELECT count(*) FROM intake_letter") == [(1,)]


def test_sealed_message_and_first_part_pass_by_work(
    stranger: Client, office: Office, storm: Callable[[], None]
) -> None:
    receipt = _receipt(stranger)
    storm()
    lookup = receipt.lookup.hex()
    message: dict[str, Any] = {"lookup": lookup, "sequence": 1, "envelope": ""}
    stopped = stranger.post("/help/sealed/message/", message, "application/json")
    assert stopped.status_code == 429
    message |= {"ticket": stopped.json()["ticket"], "answer": _worked(stopped.json())}
    # Past the gate, it is looked at: this is no envelope.
    assert stranger.post("/help/sealed/message/", message, "application/json").status_code == 422
    first, headers = f"/help/sealed/file/{uuid4()}/0/", {"X-Mailbox": lookup}
    stopped = stranger.post(first, b"x", "application/octet-stream", headers=headers)
    assert stopped.status_code == 429
    task = stopped.json()
    headers |= {"X-Ticket": task["ticket"], "X-Answer": _worked(task)}
    passed = stranger.post(first, b"x", "application/octet-stream", headers=headers)
    assert passed.status_code == 422
    later = first.replace("/0/", "/7/")
    headers = {"X-Mailbox": lookup}
    passed = stranger.post(later, b"x", "application/octet-stream", headers=headers)
    assert passed.status_code == 409


def test_mailbox_takes_fifty_messages_a_day_and_more_the_next(
    stranger: Client, office: Office, owner_sql: Any
) -> None:
    receipt, other = _receipt(stranger), _receipt(stranger)
    for number in range(50):
        _write(receipt, f"{number}", MORNING + timedelta(minutes=20 * number))
    with pytest.raises(TooMuchToday):
        _write(receipt, "One more.", MORNING + timedelta(hours=23, minutes=59))
    assert owner_sql("SELECT count(*) FROM intake_letter WHERE kind = 'intake.message'") == [(50,)]
    _write(receipt, "A day later.", MORNING + timedelta(days=1))
    _write(other, "Somebody else.", MORNING)


def test_mailbox_takes_four_million_bytes_a_day(stranger: Client, office: Office) -> None:
    assert 10 < _taken(_receipt(stranger), chr(0x1F64F) * 20_000) < 40


def _taken(receipt: Receipt, text: str) -> int:
    for number in range(49):
        try:
            _write(receipt, text, MORNING)
        except TooMuchToday:
            return number
    return 49


def test_what_is_over_the_day_is_given_back_with_what_to_do(
    stranger: Client, office: Office
) -> None:
    receipt = _receipt(stranger)
    for _ in range(50):
        _write(receipt, "Again.", timezone.now())
    answer = stranger.post("/help/return/write/", {"receipt": str(receipt), "message": "CANARY32"})
    page = answer.content.decode()
    assert answer.status_code == 507
    assert "CANARY32" in page
    assert "send it tomorrow" in page
    assert "words in red" not in page


def _worked(task: dict[str, Any]) -> str:
    number = 0
    while not solves(task["ticket"], str(number), task["bits"]):
        number += 1
    return str(number)


def _file_form(page: str) -> str:
    found = re.search(r'action="(/help/return/file/[0-9a-f-]{36}/\?ticket=[\w-]+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.usefixtures("office")
def test_file_without_script_waits_at_the_gate_and_passes_with_its_ticket(
    stranger: Client,
    storm: Callable[[], None],
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    receipt = str(_receipt(stranger))
    to = _file_form(stranger.post("/help/return/", {"receipt": receipt}).content.decode())
    storm()
    told = {"receipt": receipt, "file": SimpleUploadedFile("a.txt", b"CANARY33 of a note")}
    answer = stranger.post(to, told)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "choose the file again" in page
    assert _file_form(page) == to, "the place is kept"
    assert f'value="{receipt}"' in page
    assert list(tmp_path.rglob("*")) == [], "nothing was sealed"
    later = time.time() + int(answer.headers["Retry-After"])
    monkeypatch.setattr("undaunted.core.intake.pages.gate.time.time", lambda: later)
    told["file"] = SimpleUploadedFile("a.txt", b"CANARY33 of a note")
    assert "1 file is here already" in stranger.post(to, told).content.decode()


def _another_process(monkeypatch: pytest.MonkeyPatch, came: int) -> Gate:
    gate, now = Gate(), time.time()
    for _ in range(came):
        gate.ask(None, "", at=now)
    monkeypatch.setattr("undaunted.core.intake.actions.gate._GATE", gate)
    monkeypatch.setattr("undaunted.core.intake.actions.gate._PROCESS", uuid4())
    return gate


@pytest.mark.usefixtures("office")
def test_processes_know_of_each_others_storm(monkeypatch: pytest.MonkeyPatch) -> None:
    _another_process(monkeypatch, CALM // 2)
    assert pass_gate(None, at=time.time()) is None
    for _ in range(2):
        _another_process(monkeypatch, CALM // 2)
        pass_gate(None, at=time.time())
    assert pass_gate(None, at=time.time()) is not None, "three halves are a storm"
    _another_process(monkeypatch, 0)
    assert pass_gate(None, at=time.time()) is None, "whoever sees few asks nothing"


@pytest.mark.usefixtures("office")
def test_a_ticket_passes_once_whichever_process_is_asked(
    monkeypatch: pytest.MonkeyPatch, owner_sql: Any
) -> None:
    at = time.time()
    ticket = ticket_of(new_ticket())
    assert pass_gate(ticket, at=at) is None
    _another_process(monkeypatch, 4 * CALM)
    assert pass_gate(ticket, at=at + 60) is not None
    _another_process(monkeypatch, 4 * CALM)
    assert pass_gate(ticket_of(new_ticket()), at=at + 59) is None, "another ticket that waited"
    assert owner_sql("SELECT count(*) FROM intake_spent") == [(2,)]
    owner_sql("UPDATE intake_spent SET spent_on = current_date - 2")
    owner_sql("UPDATE intake_tide SET told_at = now() - interval '2 hours'")
    assert forget_spent() == 2
    assert owner_sql("SELECT count(*) FROM intake_tide") == [(0,)]


@pytest.mark.parametrize("table", ["intake_spent", "intake_tide"])
@pytest.mark.usefixtures("office")
def test_intake_reads_nothing_of_the_gate(table: str, owner_sql: Any) -> None:
    for statement in (f"SELECT * FROM {table}", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), connections["intake"].cursor() as cursor:
            cursor.execute(statement)
    asked = "SELECT relpersistence FROM pg_class WHERE relname = %s"
    assert owner_sql(asked, [table]) == [("u",)]
