"""The page of one's own key, by requests as a browser sends them."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.core.accounts.factories import make_organisation, make_user, signed_in_client
from undaunted.core.access.rules import Role
from undaunted.core.vault.rules import VAULT_COOKIE, wrapping

pytestmark = pytest.mark.usefixtures("ledger")
WORDS = "seven quiet lanterns by the river"
PAGE, LOCK = "/desk/vault/", "/desk/vault/lock/"


@pytest.fixture
def client_of(owner_sql: Any) -> Client:
    return signed_in_client(make_user(owner_sql, {make_organisation(owner_sql): [Role.DOCUMENTER]}))


def _post(client: Client, address: str, **typed: str) -> Any:
    return client.post(address, typed, secure=True)


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def test_nobody_sees_the_page_without_signing_in() -> None:
    assert Client().get(PAGE, secure=True).status_code == 302


def test_a_key_is_made_opened_closed_and_opened_again(client_of: Client) -> None:
    page = client_of.get(PAGE, secure=True)
    assert "Nobody can reset this passphrase" in _text(page)
    assert page["Cache-Control"] == "no-store"
    said = _text(_post(client_of, PAGE, passphrase=WORDS, again=WORDS + "s"))
    assert "The two passphrases differ." in said
    assert WORDS not in said
    assert "too short" in _text(_post(client_of, PAGE, passphrase="short", again="short"))
    answer = _post(client_of, PAGE, passphrase=WORDS, again=WORDS)
    assert answer.status_code == 302
    cookie = answer.cookies[VAULT_COOKIE]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        True,
        True,
        "Strict",
        "/",
    )
    assert (cookie["domain"], cookie["max-age"], cookie["expires"]) == ("", "", "")
    assert "Your key is open" in _text(client_of.get(PAGE, secure=True))
    answer = _post(client_of, LOCK)
    assert answer.cookies[VAULT_COOKIE].value == ""
    client_of.cookies[VAULT_COOKIE] = cookie.value
    assert "Open your key" in _text(client_of.get(PAGE, secure=True))
    assert "does not open your key" in _text(_post(client_of, PAGE, passphrase=WORDS + "s"))
    assert _post(client_of, PAGE, passphrase=WORDS).status_code == 302


def test_the_cookie_alone_and_the_session_alone_open_nothing(client_of: Client) -> None:
    answer = _post(client_of, PAGE, passphrase=WORDS, again=WORDS)
    session = client_of.cookies[settings.SESSION_COOKIE_NAME].value
    key = answer.cookies[VAULT_COOKIE].value
    for cookies in ({settings.SESSION_COOKIE_NAME: session}, {VAULT_COOKIE: key}):
        other = Client()
        for name, value in cookies.items():
            other.cookies[name] = value
        assert "Your key is open" not in _text(other.get(PAGE, secure=True))


def test_refusals_are_told_in_sentences(
    client_of: Client, owner_sql: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _post(client_of, PAGE, passphrase=WORDS, again=WORDS)
    _post(client_of, LOCK)
    with monkeypatch.context() as crowded:
        crowded.setattr(wrapping, "WAIT_SECONDS", 0.01)
        crowded.setattr(wrapping, "_slots", threading.BoundedSemaphore(1))
        wrapping._slots.acquire()  # noqa: SLF001  (somebody else unlocks)
        assert "Too many people" in _text(_post(client_of, PAGE, passphrase=WORDS))
    owner_sql("UPDATE vault_publickey SET recipient = 'age1other'")
    assert "Tell whoever runs" in _text(_post(client_of, PAGE, passphrase=WORDS))
