"""The owner makes the first two administrators of an organisation; the two give other rights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from tests.attacks.installation import code_now
from tests.core.accounts.factories import in_person, make_user
from undaunted.cli import organisation
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import approve_rights, propose_role
from undaunted.core.accounts.models import Organisation
from undaunted.core.accounts.queries import rights_for, user_named
from undaunted.core.audit.queries import verify_chain

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.config.postgres import Lease

OFFICE = "Observatory of Zubrowka"
INSTALL = ["install", OFFICE, "--administrator", "anna", "--administrator", "boris"]


@pytest.fixture
def command(ledger: Lease, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run `undaunted organisation` as the owner of the tests' own server."""

    class Opened:
        lease, urls = ledger, ledger.urls

        def close(self) -> None:
            """Leave the tests' server as it is."""

    for name, url in ledger.urls.variables().items():
        monkeypatch.setenv(name, url)

    def opened(*_: object, demonstrate: bool, **__: object) -> Opened:
        assert not demonstrate, "whoever installs an organisation wants no invented people"
        return Opened()

    monkeypatch.setattr("undaunted.config.database.open_database", opened)

    def call(*words: str) -> Any:
        return CliRunner().invoke(organisation.commands, list(words))

    return call


def _logins(said: str) -> dict[str, tuple[str, ...]]:
    lines = [line.split() for line in said.splitlines() if line.startswith("  ")]
    return {words[0]: tuple(words[1:]) for words in lines}


def _enters(name: str, passphrase: str, secret: str) -> bool:
    client = Client()
    client.post("/accounts/sign-in/", {"login": name, "password": passphrase})
    client.post("/accounts/second-factor/authenticate/", {"code": code_now(secret)})
    return client.get("/desk/accounts/members/").status_code == 200


def test_the_first_two_are_made_by_the_owner_and_the_record_says_so(
    command: Callable[..., Any], owner_sql: Callable[..., Any]
) -> None:
    said = command(*INSTALL, "--country", "XZ", "--government")
    assert said.exit_code == 0, said.output
    logins = _logins(said.output)
    assert set(logins) == {"anna", "boris"}
    for name, (passphrase, secret) in logins.items():
        assert _enters(name, passphrase, secret)
    rows = owner_sql("SELECT country, government, demonstration FROM accounts_organisation")
    assert rows == [("XZ", True, False)]
    verbs = owner_sql('SELECT verb, actor, "right" FROM audit_entry ORDER BY seq')
    assert ("organisation.installed", None, "owner") in verbs
    assert verbs.count(("role.installed", None, "owner")) == 2
    with in_person(make_user(owner_sql, {_place(owner_sql): [Role.STEWARD]})):
        assert not verify_chain().problems


def _place(owner_sql: Callable[..., Any]) -> Any:
    return owner_sql("SELECT id FROM accounts_organisation WHERE name = %s", [OFFICE])[0][0]


def test_the_two_enrol_a_third(command: Callable[..., Any], owner_sql: Callable[..., Any]) -> None:
    command(*INSTALL)
    anna, boris = user_named("anna"), user_named("boris")
    assert anna is not None
    assert boris is not None
    with in_person(anna) as actor:
        place = Organisation.objects.get(pk=_place(owner_sql))
        propose_role("clara", place, Role.PUBLISHER, actor=actor, at=timezone.now())
    with in_person(boris) as actor:
        (found,) = rights_for(actor)
        approve_rights(found, actor=actor, at=timezone.now())
    assert user_named("clara") is not None


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["install", OFFICE, "--administrator", "anna"], "name two people"),
        ([*INSTALL[:-1], "anna"], "name two people"),
        ([*INSTALL[:-1], "no spaces"], "letters, digits"),
        ([*INSTALL[:-1], "x" * 65], "64 at most"),
        (["appoint", "Nowhere", "anna"], "no organisation 'Nowhere'"),
    ],
)
def test_what_cannot_be_installed_says_why_and_leaves_nothing(
    command: Callable[..., Any], owner_sql: Callable[..., Any], words: list[str], why: str
) -> None:
    said = command(*words)
    assert said.exit_code == 2
    assert why in said.output
    assert owner_sql("SELECT count(*) FROM accounts_organisation") == [(0,)]
    assert owner_sql("SELECT count(*) FROM accounts_user") == [(0,)]


def test_a_name_is_installed_once(command: Callable[..., Any]) -> None:
    command(*INSTALL)
    again = command(*INSTALL)
    assert again.exit_code == 2
    assert "already" in again.output
    other = command("install", "Another", *INSTALL[2:])
    assert "is taken" in other.output


def test_an_organisation_that_lost_one_of_two_gets_another(
    command: Callable[..., Any], owner_sql: Callable[..., Any]
) -> None:
    first = _logins(command(*INSTALL).output)
    said = command("appoint", OFFICE, "clara")
    assert _enters("clara", *_logins(said.output)["clara"])
    renewed = command("appoint", OFFICE, "boris", "--renew")
    login = _logins(renewed.output)["boris"]
    assert not _enters("boris", *first["boris"])
    assert _enters("boris", *login)
    assert ("access.renewed",) in owner_sql("SELECT verb FROM audit_entry")


def test_the_owner_vouches_for_an_administrator_of_one_hand(
    command: Callable[..., Any], owner_sql: Callable[..., Any]
) -> None:
    command(*INSTALL)
    owner_sql("UPDATE accounts_membership SET proposed_by = gen_random_uuid()")
    said = command("appoint", OFFICE, "anna")
    assert "keeps passphrase and second factor" in said.output
    kept = owner_sql(
        "SELECT u.username FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id"
        " WHERE m.proposed_by IS NULL"
    )
    assert kept == [("anna",)]


def test_without_the_owner_nothing_is_installed(
    command: Callable[..., Any], ledger: Lease, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Busy:
        lease, urls = None, ledger.urls

        def close(self) -> None:
            """Nothing was opened."""

    monkeypatch.setattr("undaunted.config.database.open_database", lambda *_, **__: Busy())
    said = command(*INSTALL)
    assert said.exit_code == 3
    assert "end it" in said.output
