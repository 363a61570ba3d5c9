"""The doors: no account, no cookie, no script; nothing typed is kept but sealed."""

from __future__ import annotations

import html
import logging
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tests.core.accounts.factories import signed_in_client
from tests.core.evidence import files_of_every_kind as files
from tests.core.vault.factories import PASSPHRASE, Office, make_office
from undaunted.core.evidence.actions import cleaning
from undaunted.core.evidence.forms import REFUSED
from undaunted.core.evidence.rules import WhyUncleanable
from undaunted.core.evidence.writers import clean_copy
from undaunted.core.intake.forms import form_for
from undaunted.core.intake.rules import Door, draw_receipt
from undaunted.core.intake.rules.questions import consents_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")

STORY = "They came at night, CANARY77 & <b>took</b> him."


@pytest.fixture
def office(owner_sql: Callable[..., object]) -> Office:
    return make_office(owner_sql)


@pytest.fixture
def stranger() -> Client:
    return Client(enforce_csrf_checks=True)


def _receipts(page: str) -> list[str]:
    groups = re.findall(r"<code>(\d{6})</code>", page)
    return [" ".join(groups[at : at + 8]) for at in range(0, len(groups), 8)]


def _hand_in(client: Client, door: str = "incident", **given: Any) -> str:
    answer = client.post(f"/help/{door}/", {"danger": "now", "story": STORY, **given})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("door", [each.value for each in Door])
@pytest.mark.parametrize("language", ["", "/ar", "/zh-hans"])
def test_each_door_is_light_and_leaves_nothing_in_the_browser(
    stranger: Client, door: str, language: str
) -> None:
    answer = stranger.get(f"{language}/help/{door}/")
    assert answer.status_code == 200
    assert len(answer.content) < 30_000
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    page = answer.content.decode()
    assert re.findall("<script[^>]*>", page) == ['<script src="/static/intake/seal.js" defer>']
    assert not re.search(r" on[a-z]+=|javascript:", page)
    assert page.index('class="danger"') < page.index("<main")


def test_somebody_hands_in_reads_the_answer_and_writes_again(
    stranger: Client, office: Office
) -> None:
    (receipt,) = _receipts(_hand_in(stranger))
    assert (
        "It is written correctly"
        in stranger.post("/help/check/", {"receipt": receipt}).content.decode()
    )
    desk = signed_in_client(office.caseworker.user)
    queue = desk.get("/desk/intake/").content.decode()
    assert "I want to report an incident" in queue
    assert "CANARY77" not in queue
    address = re.search(r"/desk/intake/[0-9a-f-]{36}/", queue)
    assert address is not None
    desk.post("/desk/vault/", {"passphrase": PASSPHRASE})
    shown = desk.post(address[0], {"reason": "first_look"}).content.decode()
    assert "They came at night, CANARY77 &amp; &lt;b&gt;took&lt;/b&gt; him." in shown
    desk.post(f"{address[0]}answer/", {"text": "We are <i>here</i>."})
    mailbox = stranger.post("/help/return/", {"receipt": receipt}).content.decode()
    assert "We are &lt;i&gt;here&lt;/i&gt;." in mailbox
    assert "a first look" in mailbox
    assert "CANARY77" not in mailbox
    again = stranger.post("/help/return/write/", {"receipt": receipt, "message": "More CANARY88"})
    assert "Your message is sealed" in again.content.decode()
    opened = desk.post(address[0], {"reason": "casework"}).content.decode()
    assert "More CANARY88" in opened


def test_harmless_receipt_shows_a_newsletter(stranger: Client, office: Office) -> None:
    real, harmless = _receipts(_hand_in(stranger, harmless="on"))
    shown = stranger.post("/help/return/", {"receipt": harmless}).content.decode()
    assert "newsletter" in shown
    assert "newsletter" not in stranger.post("/help/return/", {"receipt": real}).content.decode()


def test_wrong_receipt_names_the_group_and_an_unknown_one_says_the_same_to_all(
    stranger: Client, office: Office
) -> None:
    (receipt,) = _receipts(_hand_in(stranger))
    digit = str((int(receipt[0]) + 1) % 10)
    slip = stranger.post("/help/return/", {"receipt": digit + receipt[1:]}).content.decode()
    assert "Group 1 is not as it was written down" in slip
    unknown = stranger.post("/help/return/", {"receipt": str(draw_receipt())})
    assert unknown.status_code == 200
    assert "opens nothing here" in unknown.content.decode()


def test_missing_answer_about_danger_loses_nothing(stranger: Client, office: Office) -> None:
    answer = stranger.post("/help/help/", {"story": STORY, "needs": ["legal"]})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "CANARY77" in page
    assert "Say whether anybody is in danger" in page


@pytest.mark.parametrize("door", list(Door))
def test_nothing_must_be_answered_but_whether_there_is_danger(
    stranger: Client, office: Office, door: Door
) -> None:
    form = form_for(door)
    assert [name for name, field in form.fields.items() if field.required] == ["danger"]
    assert set(consents_of(door)) == {key for key, _ in form.fields["consents"].widget.choices}
    assert _receipts(_hand_in(stranger, door.value, story=""))


def test_help_is_asked_for_with_consent_for_each_purpose_and_audience(
    stranger: Client, office: Office
) -> None:
    agreed = ["compare_with_funds", "speak_in_private"]
    more = {"other_funds": "One in Zenda.", "governments": "Freedonia", "group_size": "two_or_more"}
    _hand_in(stranger, "help", consents=agreed, **more)
    desk = signed_in_client(office.caseworker.user)
    desk.post("/desk/vault/", {"passphrase": PASSPHRASE})
    box = re.search(r"/desk/intake/[0-9a-f-]{36}/", desk.get("/desk/intake/").content.decode())
    assert box is not None
    shown = desk.post(box[0], {"reason": "first_look"}).content.decode()
    for words in ("without my name", "The governments that I name above", "Freedonia", "Zenda"):
        assert words in shown
    assert "in public" not in shown


def test_without_a_team_the_page_says_that_nothing_was_stored(stranger: Client) -> None:
    answer = stranger.post("/help/incident/", {"danger": "no"})
    assert answer.status_code == 503
    assert "Nothing was stored" in answer.content.decode()


@pytest.mark.parametrize(("why", "status"), [("broken", 400), ("busy", 503)])
@pytest.mark.parametrize("language", ["", "/fa"])
def test_what_did_not_arrive_is_told_on_a_page_that_loses_nothing(
    stranger: Client, why: str, status: int, language: str
) -> None:
    answer = stranger.get(f"{language}/help/trouble/{why}/")
    assert answer.status_code == status
    assert len(answer.content) < 30_000
    assert not answer.cookies
    assert 'class="danger"' in answer.content.decode()


def test_no_other_trouble_has_a_page(stranger: Client) -> None:
    assert stranger.get("/help/trouble/else/").status_code == 404


def test_form_that_was_given_out_long_ago_still_hands_in(stranger: Client, office: Office) -> None:
    old = _hand_in(stranger, ticket="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    assert _receipts(old)


def test_leaving_asks_the_browser_to_forget(stranger: Client) -> None:
    answer = stranger.get("/help/leave/")
    assert answer.status_code == 302
    assert '"storage"' in answer.headers["Clear-Site-Data"]
    assert not answer.cookies


def test_nothing_typed_is_logged(
    stranger: Client, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    (receipt,) = _receipts(_hand_in(stranger))
    stranger.post("/help/return/", {"receipt": receipt})
    stranger.post("/help/return/", {"receipt": receipt[:-1]})
    assert "CANARY77" not in caplog.text
    assert receipt[:6] not in caplog.text


@pytest.mark.parametrize("door", ["nothing", "desk", "..", "help/x"])
def test_unknown_door_is_absent(stranger: Client, door: str) -> None:
    assert stranger.get(f"/help/{door}/").status_code == 404


def test_wrong_passphrase_opens_no_key(office: Office, owner_sql: Callable[..., object]) -> None:
    desk = signed_in_client(office.caseworker.user)
    wrong = desk.post("/desk/vault/", {"passphrase": "something else entirely"})
    assert wrong.status_code == 200
    assert "__Host-vault" not in wrong.cookies


def _file_address(page: str) -> str:
    found = re.search(r"/help/return/file/[0-9a-f-]{36}/", page)
    assert found is not None
    return found[0]


def _sealed_files(folder: Path) -> list[Path]:
    return sorted((folder / "sealed").glob("*")) if (folder / "sealed").exists() else []


def test_file_is_sealed_while_it_arrives_and_seen_as_a_clean_copy(
    stranger: Client, office: Office, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    (receipt,) = _receipts(_hand_in(stranger))
    mailbox = stranger.post("/help/return/", {"receipt": receipt}).content.decode()
    sent = SimpleUploadedFile("IMG_2231.jpg", files.jpeg(), "image/jpeg")
    answer = stranger.post(_file_address(mailbox), {"receipt": receipt, "file": sent})
    assert "1 file is here already" in answer.content.decode()
    (kept,) = _sealed_files(tmp_path)
    assert kept.read_bytes().startswith(b"age-encryption.org/v1")
    assert files.CANARY.encode() not in kept.read_bytes()
    desk = signed_in_client(office.caseworker.user)
    desk.post("/desk/vault/", {"passphrase": PASSPHRASE})
    queue = desk.get("/desk/intake/").content.decode()
    box = re.search(r"/desk/intake/[0-9a-f-]{36}/", queue)
    assert box is not None
    shown = desk.get(box[0]).content.decode()
    address = re.search(r"/desk/intake/[0-9a-f-]{36}/files/[0-9a-f-]{36}/", shown)
    assert address is not None
    assert desk.post(address[0]).headers["Location"] == box[0]
    desk.post(box[0], {"reason": "first_look"})
    copy = desk.post(address[0])
    assert copy.headers["Content-Type"] == "image/jpeg"
    assert copy.content.startswith(b"\xff\xd8")
    assert files.CANARY.encode() not in copy.content


def test_no_transaction_is_open_while_a_file_of_a_mailbox_is_cleaned(
    stranger: Client, office: Office, settings: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    (receipt,) = _receipts(_hand_in(stranger))
    for content in (files.jpeg(), b"\x00\x01 neither a picture nor a text"):
        mailbox = stranger.post("/help/return/", {"receipt": receipt}).content.decode()
        sent = SimpleUploadedFile("IMG_2231.jpg", content, "image/jpeg")
        stranger.post(_file_address(mailbox), {"receipt": receipt, "file": sent})
    seen, clean, kept = [], clean_copy, sorted(tmp_path.rglob("*"))

    def watched(original: Any) -> Any:
        seen.append(connection.in_atomic_block)
        return clean(original)

    monkeypatch.setattr(cleaning, "clean_copy", watched)
    desk = signed_in_client(office.caseworker.user)
    desk.post("/desk/vault/", {"passphrase": PASSPHRASE})
    queue = desk.get("/desk/intake/").content.decode()
    box = re.findall(r"/desk/intake/[0-9a-f-]{36}/", queue)[0]
    desk.post(box, {"reason": "first_look"})
    shown = desk.get(box).content.decode()
    answers = [desk.post(each) for each in re.findall(rf"{box}files/[0-9a-f-]{{36}}/", shown)]
    assert seen == [False, False]
    copy, refused = sorted(answers, key=lambda each: each.status_code)
    assert copy.headers["Content-Disposition"].startswith("attachment")
    assert copy.headers["Cache-Control"] == "no-store"
    assert copy.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert refused.headers["Location"] == box
    assert str(REFUSED[WhyUncleanable.UNKNOWN_KIND]) in html.unescape(
        desk.get(box).content.decode()
    )
    assert sorted(tmp_path.rglob("*")) == kept


def test_file_without_its_receipt_is_dropped(
    stranger: Client, office: Office, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    (receipt,) = _receipts(_hand_in(stranger))
    address = _file_address(stranger.post("/help/return/", {"receipt": receipt}).content.decode())
    sent = SimpleUploadedFile("a.txt", b"a note")
    stranger.post(address, {"receipt": str(draw_receipt()), "file": sent})
    stranger.post(address, {"receipt": "12", "file": SimpleUploadedFile("a.txt", b"a note")})
    assert _sealed_files(tmp_path) == []


def test_file_that_is_too_large_leaves_nothing(
    stranger: Client, office: Office, settings: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    monkeypatch.setattr("undaunted.core.intake.forms.uploads.LARGEST_FILE", 100_000)
    (receipt,) = _receipts(_hand_in(stranger))
    address = _file_address(stranger.post("/help/return/", {"receipt": receipt}).content.decode())
    for order in (("receipt", "file"), ("file", "receipt")):
        sent = SimpleUploadedFile("a.bin", b"x" * 300_000)
        told = {"receipt": receipt, "file": sent}
        answer = stranger.post(address, {each: told[each] for each in order})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "larger than 64 MB" in page
        assert "has been erased" not in page, order
        assert _sealed_files(tmp_path) == []


def test_receipt_goes_before_the_file_in_our_own_form(stranger: Client, office: Office) -> None:
    (receipt,) = _receipts(_hand_in(stranger))
    page = stranger.post("/help/return/", {"receipt": receipt}).content.decode()
    form = page[page.index("/help/return/file/") :]
    assert form.index('name="receipt"') < form.index('type="file"')
