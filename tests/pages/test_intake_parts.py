"""Files that a browser sealed arrive in parts; drafts are kept for their receipt alone."""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import signed_in_client
from tests.core.evidence import files_of_every_kind as files
from tests.core.intake.browser import Team, draft_of, file_of, text_of
from tests.core.vault.factories import PASSPHRASE, Office, make_office
from undaunted.core.intake.actions import drop_unfinished
from undaunted.core.intake.forms import form_for
from undaunted.core.intake.rules import (
    LARGEST_FILE,
    LARGEST_IN_PARTS,
    UNFINISHED_FOR,
    Door,
    Draft,
    draw_receipt,
    read_receipt,
)
from undaunted.core.intake.tasks import drop_what_was_left
from undaunted.core.vault.rules import bucket_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from undaunted.core.intake.rules import Receipt

pytestmark = pytest.mark.usefixtures("ledger")

PART = 3_000


@pytest.fixture
def office(owner_sql: Callable[..., object], settings: Any, tmp_path: Path) -> Office:
    settings.DOCUMENTS_FOLDER = tmp_path
    return make_office(owner_sql)


@pytest.fixture
def stranger() -> Client:
    return Client(enforce_csrf_checks=True)


def _receipt(client: Client) -> Receipt:
    page = client.post("/help/incident/", {"danger": "now"}).content.decode()
    return read_receipt(" ".join(re.findall(r"<code>(\d{6})</code>", page)))


def _box(client: Client, receipt: Receipt) -> dict[str, Any]:
    asked = {"lookup": receipt.lookup.hex()}
    answer: dict[str, Any] = client.post("/help/sealed/box/", asked, "application/json").json()
    return answer


def _file(client: Client, receipt: Receipt, content: bytes) -> tuple[bytes, dict[str, Any]]:
    box = _box(client, receipt)
    return file_of(content, UUID(box["holder"]), box["recipients"], receipt.lookup)


def _send(client: Client, told: dict[str, Any], start: int, part: bytes) -> Any:
    address = f"/help/sealed/file/{told['record']}/{start}/"
    headers = {"X-Mailbox": told["lookup"]}
    return client.post(address, part, "application/octet-stream", headers=headers)


def _send_all(client: Client, told: dict[str, Any], envelope: bytes) -> None:
    for start in range(0, len(envelope), PART):
        answer = _send(client, told, start, envelope[start : start + PART])
        assert answer.status_code == 200
        assert answer.json() == {"held": min(start + PART, len(envelope))}


def _finish(client: Client, told: dict[str, Any]) -> int:
    return client.post("/help/sealed/file/", told, "application/json").status_code


def _left(folder: Path) -> list[Path]:
    return [*(folder / "arriving").glob("*"), *(folder / "sealed").glob("*")]


def test_file_in_parts_reaches_the_team_as_a_clean_copy(
    stranger: Client, office: Office, tmp_path: Path
) -> None:
    receipt = _receipt(stranger)
    envelope, told = _file(stranger, receipt, files.jpeg())
    _send_all(stranger, told, envelope)
    assert _finish(stranger, told) == 201
    assert _finish(stranger, told) == 201, "an answer that was lost is asked for again"
    assert [each.parent.name for each in _left(tmp_path)] == ["sealed"]
    desk = signed_in_client(office.caseworker.user)
    desk.post("/desk/vault/", {"passphrase": PASSPHRASE})
    box = re.search(r"/desk/intake/[0-9a-f-]{36}/", desk.get("/desk/intake/").content.decode())
    assert box is not None
    assert desk.post(box[0], {"reason": "casework"}).status_code == 200
    shown = desk.get(box[0]).content.decode()
    (address,) = re.findall(r"/desk/intake/[0-9a-f-]{36}/files/[0-9a-f-]{36}/", shown)
    copy = desk.post(address)
    assert copy.headers["Content-Type"] == "image/jpeg"
    assert files.CANARY.encode() not in copy.content


def test_largest_file_fills_its_own_size_and_not_the_next(stranger: Client) -> None:
    found = re.search(r'data-most="(\d+)"', stranger.get("/help/return/").content.decode())
    assert found is not None
    most = int(found[1])
    assert LARGEST_FILE >= 64_000_000, "what the page says"
    assert bucket_for(LARGEST_FILE) == 64 * 2**20
    assert most >= 256_000_000, "what the page says"
    assert bucket_for(most) == LARGEST_IN_PARTS == 256 * 2**20


def test_part_that_does_not_follow_is_told_from_where_to_go_on(
    stranger: Client, office: Office
) -> None:
    receipt = _receipt(stranger)
    envelope, told = _file(stranger, receipt, b"a note")
    assert _send(stranger, told, 0, envelope[:100]).json() == {"held": 100}
    for start, status in ((0, 200), (50, 409), (200, 409)):
        again = _send(stranger, told, start, envelope[start : start + 100])
        assert (again.status_code, again.json()) == (status, {"held": 100})
    assert _send(stranger, told, 100, envelope[100:]).status_code == 200
    assert _finish(stranger, told) == 201


def test_disk_tells_of_files_no_more_than_the_hour(
    stranger: Client, office: Office, tmp_path: Path
) -> None:
    receipt = _receipt(stranger)
    page = stranger.post("/help/return/", {"receipt": str(receipt)}).content.decode()
    (address,) = re.findall(r"/help/return/file/[0-9a-f-]{36}/", page)
    for given in (receipt, draw_receipt()):
        sent = SimpleUploadedFile("a.txt", b"a note")
        stranger.post(address, {"receipt": str(given), "file": sent})
        assert _off_the_hour(tmp_path) == [], "in one piece, kept and dropped"
    envelope, told = _file(stranger, receipt, b"a note")
    _send(stranger, told, 0, envelope[:100])
    assert (tmp_path / "arriving" / f"{_record(stranger, receipt)}-{told['record']}").exists()
    assert _off_the_hour(tmp_path) == [], "while it arrives"
    _send(stranger, told, 100, envelope[100:])
    assert _off_the_hour(tmp_path) == []
    assert _finish(stranger, told) == 201
    assert _off_the_hour(tmp_path) == [], "whole"
    assert [each.parent.name for each in _left(tmp_path)] == ["sealed", "sealed"]
    _send(stranger, told, 0, envelope[:100])
    assert _finish(stranger, told) == 422
    assert _off_the_hour(tmp_path) == [], "deleted"


def _record(client: Client, receipt: Receipt) -> str:
    return str(_box(client, receipt)["record"])


def _off_the_hour(folder: Path) -> list[Path]:
    kept = list(folder.rglob("*"))
    assert kept
    return [each for each in kept if each.stat().st_mtime_ns % (3600 * 10**9)]


@pytest.mark.parametrize("change", ["size", "digest", "missing", "bytes"])
def test_file_that_is_not_what_was_sealed_is_refused_and_deleted(
    stranger: Client, office: Office, tmp_path: Path, change: str
) -> None:
    receipt = _receipt(stranger)
    envelope, told = _file(stranger, receipt, b"a note")
    sent = envelope[:-1] + bytes([envelope[-1] ^ 1]) if change == "bytes" else envelope
    if change != "missing":
        _send_all(stranger, told, sent)
    told |= {"size": {"size": told["size"] - 1}, "digest": {"digest": "0" * 64}}.get(change, {})
    assert _finish(stranger, told) == 422
    assert _left(tmp_path) == []


def test_what_is_no_envelope_too_long_or_for_nobody_is_refused(
    stranger: Client, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = _receipt(stranger)
    envelope, told = _file(stranger, receipt, b"a note")
    assert _send(stranger, told, 0, b"plain text").status_code == 422
    assert _send(stranger, told, 0, b"").status_code == 413
    assert _send(stranger, told, 0, b"x" * (2**20 + 1)).status_code == 413
    for nobody in ("", "zz", draw_receipt().lookup.hex()):
        assert _send(stranger, told | {"lookup": nobody}, 0, envelope).status_code == 404
    assert _finish(stranger, told | {"lookup": draw_receipt().lookup.hex()}) == 404
    assert _finish(stranger, told | {"size": "7"}) == 422
    monkeypatch.setattr("undaunted.core.intake.actions.parts.LARGEST_SEALED", len(envelope) - 1)
    assert _send(stranger, told, 0, envelope).status_code == 413
    monkeypatch.setattr("undaunted.core.intake.actions.parts.LEAST_ROOM", 2**62)
    monkeypatch.setattr("undaunted.core.intake.actions.parts.LARGEST_SEALED", len(envelope))
    assert _send(stranger, told, 0, envelope).status_code == 507
    assert [each for each in _left(tmp_path) if each.stat().st_size] == []


def test_a_mailbox_begins_no_more_files_than_it_may_have(
    stranger: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undaunted.core.intake.actions.parts.MOST_FILES", 2)
    receipt = _receipt(stranger)
    for expected in (200, 200, 413):
        envelope, told = _file(stranger, receipt, b"a note")
        assert _send(stranger, told, 0, envelope[:500]).status_code == expected


def test_another_file_under_the_same_number_does_not_replace_the_first(
    stranger: Client, office: Office, tmp_path: Path
) -> None:
    receipt = _receipt(stranger)
    envelope, told = _file(stranger, receipt, b"the first")
    _send_all(stranger, told, envelope)
    assert _finish(stranger, told) == 201
    other, stated = _file(stranger, receipt, b"the second")
    stated |= {"record": told["record"]}
    _send_all(stranger, stated, other)
    assert _finish(stranger, stated) == 422
    (left,) = _left(tmp_path)
    assert left.read_bytes() == envelope


def test_parts_without_an_end_are_deleted_after_two_days(
    stranger: Client, office: Office, tmp_path: Path
) -> None:
    receipt = _receipt(stranger)
    envelope, told = _file(stranger, receipt, b"a note")
    _send(stranger, told, 0, envelope[:100])
    assert drop_unfinished(at=timezone.now()) == 0
    (left,) = _left(tmp_path)
    old = time.time() - UNFINISHED_FOR - 3_610
    os.utime(left, (old, old))
    assert drop_what_was_left(timestamp=0) == 1
    assert _left(tmp_path) == []


def test_saved_without_script_it_is_gone_on_with_and_handed_in_once(
    stranger: Client, office: Office, owner_sql: Any
) -> None:
    typed = {"story": "Half a story, CANARY66.", "needs": ["legal", "medical"], "save": "1"}
    saved = stranger.post("/help/help/", typed).content.decode()
    receipt = " ".join(re.findall(r"<code>(\d{6})</code>", saved))
    assert "not handed in" in saved
    assert b"CANARY66" not in bytes(owner_sql("SELECT envelope FROM intake_draft")[0][0])
    page = stranger.post("/help/return/", {"receipt": receipt}).content.decode()
    assert "CANARY66" in page
    assert re.search(r'value="legal"[^>]*checked', page)
    assert f'name="receipt" value="{receipt}"' in page
    whole = {"danger": "now", "story": "The whole story.", "receipt": receipt}
    handed = stranger.post("/help/help/", whole).content.decode()
    assert " ".join(re.findall(r"<code>(\d{6})</code>", handed)) == receipt
    assert owner_sql("SELECT count(*) FROM intake_draft") == [(0,)]
    mailbox = stranger.post("/help/return/", {"receipt": receipt}).content.decode()
    assert "You handed something in on" in mailbox
    assert "CANARY66" not in mailbox
    twice = stranger.post("/help/help/", whole)
    assert twice.status_code == 409
    assert "handed in already" in twice.content.decode()
    assert owner_sql("SELECT count(*) FROM intake_mailbox") == [(1,)]


def test_saving_again_keeps_the_receipt_and_saving_what_was_handed_in_gives_another(
    stranger: Client, office: Office
) -> None:
    first = stranger.post("/help/help/", {"story": "One.", "save": "1"}).content.decode()
    receipt = " ".join(re.findall(r"<code>(\d{6})</code>", first))
    again = {"story": "Two.", "save": "1", "receipt": receipt}
    assert receipt.split()[0] in stranger.post("/help/help/", again).content.decode()
    stranger.post("/help/help/", {"danger": "no", "receipt": receipt})
    other = stranger.post("/help/help/", again).content.decode()
    assert receipt.split()[0] not in other
    assert "not handed in" in other


def test_draft_sealed_in_a_browser_is_given_back_sealed(
    stranger: Client, office: Office, owner_sql: Any
) -> None:
    receipt = draw_receipt()
    envelope = draft_of(Draft(Door.HELP, "", {"story": "In my browser."}), receipt)
    told = {"lookup": receipt.lookup.hex(), "envelope": text_of(envelope)}
    answer = stranger.post("/help/sealed/draft/", told, "application/json")
    assert answer.status_code == 201
    assert _box(stranger, receipt) == {"found": False, "draft": text_of(envelope)}
    page = stranger.post("/help/return/", {"receipt": str(receipt)}).content.decode()
    assert "In my browser." in page
    plain = told | {"envelope": text_of(b"not sealed")}
    assert stranger.post("/help/sealed/draft/", plain, "application/json").status_code == 422
    owner_sql("UPDATE intake_draft SET kept_on = current_date - 8")
    assert _box(stranger, receipt) == {"found": False}
    assert drop_what_was_left(timestamp=0) == 1
    handed = _receipt(stranger)
    taken = {"lookup": handed.lookup.hex(), "envelope": text_of(envelope)}
    assert stranger.post("/help/sealed/draft/", taken, "application/json").status_code == 409


def test_draft_that_is_too_long_is_given_back_with_a_sentence(
    stranger: Client, office: Office, owner_sql: Any
) -> None:
    story = "s" * 2_300_000
    answer = stranger.post("/help/incident/", {"save": "1", "story": story})
    shown = answer.content.decode()
    assert answer.status_code == 413
    assert "what you wrote is still here" in shown
    assert "at most 20000 characters" in shown
    assert "decides how fast" not in shown.split("<form")[0]
    assert story in shown
    everything = {
        key: chr(0x1F64F) * 20_000
        for key, field in form_for(Door.TARGETED).fields.items()
        if getattr(field, "max_length", None) == 20_000
    }
    answer = stranger.post("/help/targeted/", {"save": "1", **everything})
    assert len(everything) > 5
    assert answer.status_code == 200
    assert owner_sql("SELECT count(*) FROM intake_draft") == [(1,)]


def test_draft_over_what_the_table_holds_is_told(
    stranger: Client, office: Office, owner_sql: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undaunted.core.intake.actions.drafts.LARGEST_DRAFT", 100)
    answer = stranger.post("/help/incident/", {"save": "1", "story": "Much."})
    assert answer.status_code == 413
    assert "Hand it in now" in answer.content.decode()
    assert "Much." in answer.content.decode()
    receipt = draw_receipt()
    envelope = draft_of(Draft(Door.HELP, "", {}), receipt)
    told = {"lookup": receipt.lookup.hex(), "envelope": text_of(envelope), "ticket": ""}
    answer = stranger.post("/help/sealed/draft/", told, "application/json")
    assert answer.status_code == 413
    assert owner_sql("SELECT count(*) FROM intake_draft") == [(0,)]


def test_draft_that_nobody_can_read_opens_nothing(stranger: Client, office: Office) -> None:
    receipt, other = draw_receipt(), draw_receipt()
    envelope = draft_of(Draft(Door.HELP, "", {}), other)
    told = {"lookup": receipt.lookup.hex(), "envelope": text_of(envelope)}
    stranger.post("/help/sealed/draft/", told, "application/json")
    page = stranger.post("/help/return/", {"receipt": str(receipt)}).content.decode()
    assert "opens nothing here" in page


def test_team_of_the_browser_is_the_team_of_the_page(stranger: Client, office: Office) -> None:
    told = stranger.get("/help/keys/").json()
    team = Team(UUID(told["team"]), UUID(told["holder"]), tuple(told["recipients"]))
    assert (team.id, team.holder) == (office.team, office.holder)
    assert set(_box(stranger, _receipt(stranger))["recipients"]) == set(team.recipients)
