"""Sharing at the terminal: two people, files written once, and verifying without a database."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils import timezone
from typer.testing import CliRunner

from tests.core.sharing.factories import AUDIENCE, case_of, consented, make_instance
from tests.core.sharing.packages import CONTENT, SEED, manifest, packed
from tests.core.vault.factories import PASSPHRASE
from undaunted.core.access.actions import terminal_token
from undaunted.core.accounts.actions import open_identity
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.sharing.commands import commands
from undaunted.core.sharing.rules import fingerprint, public_key
from undaunted.core.vault.actions import new_receiving_key, seal_abroad

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.core.sharing.factories import Instance
    from tests.core.vault.factories import Colleague

PRINT = fingerprint(public_key(SEED), "age1ours")


@contextmanager
def _signed_in(person: Colleague) -> Iterator[None]:
    token, until = f"terminal {uuid4()}", timezone.now() + timedelta(hours=1)
    open_identity(token, user=person.user, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set(token)
    try:
        yield
    finally:
        terminal_token.reset(held)


def _run(person: Colleague, *words: object, status: int = 0) -> str:
    with _signed_in(person):
        told = [str(word) for word in words]
        done = CliRunner().invoke(commands, told, input=PASSPHRASE + "\n")
    assert done.exit_code == status, done.output
    assert PASSPHRASE not in done.output
    return done.output


def _verify(*words: object, status: int = 0) -> str:
    done = CliRunner().invoke(commands, ["verify", *(str(word) for word in words)])
    assert done.exit_code == status, done.output
    return done.output


def test_package_is_verified_without_a_database(tmp_path: Path) -> None:
    secret, recipient = new_receiving_key()
    opened = packed(manifest(), CONTENT)
    (tmp_path / "opened").write_bytes(opened)
    (tmp_path / "sealed.age").write_bytes(seal_abroad(opened, [recipient]))
    (tmp_path / "identity").write_text(f"# created: today\n{secret}\n")
    told = _verify(tmp_path / "opened", "--key", PRINT)
    assert "signed by Harbour Watch" in told
    assert "Restricts sharing to the organization only." in told
    identity = ("--identity", tmp_path / "identity")
    assert told == _verify(tmp_path / "sealed.age", "--key", PRINT, *identity)
    assert "give --identity" in _verify(tmp_path / "sealed.age", "--key", PRINT, status=2)
    assert "somebody else" in _verify(tmp_path / "opened", "--key", "0" * 64, status=2)
    assert "whole" in _verify(tmp_path / "opened", "--key", "0" * 8, status=2)
    (tmp_path / "changed").write_bytes(opened[:500] + b"!" + opened[501:])
    assert "undaunted:" in _verify(tmp_path / "changed", "--key", PRINT, status=2)


def test_commands_of_nobody_say_how_to_sign_in(ledger: object) -> None:
    assert ledger
    done = CliRunner().invoke(commands, ["partner", "list"])
    assert done.exit_code == 2
    assert "undaunted --as USER share" in done.output


def _check_before(file: Path, ours: Instance, theirs: Instance) -> None:
    """Look at a package without taking it in, with the right keys and with others."""
    key = ("--key", ours.own.fingerprint, "--holder")
    told = _run(theirs.office.steward, "check", file, *key, theirs.holder)
    assert "signed by Harbour Watch" in told
    foreign = ("--key", "0" * 64, "--holder", theirs.holder)
    assert "somebody else" in _run(theirs.office.steward, "check", file, *foreign, status=2)
    told = _run(ours.office.steward, "check", file, *key, ours.holder, status=2)
    assert "no key of your organisation opens this file" in told


def test_whole_exchange_at_the_terminal(ledger: object, owner_sql: Any, tmp_path: Path) -> None:
    assert ledger
    ours, theirs = make_instance(owner_sql, "Harbour Watch"), make_instance(owner_sql, "Lantern")
    for one, other, audience in (
        (ours, theirs, AUDIENCE),
        (theirs, ours, "organisation:harbour-watch"),
    ):
        told = _run(
            one.office.caseworker, "partner", "add", one.holder, other.own.name, "--kind",
            "organisation", "--audience", audience, "--signing-key", other.own.signing_key,
            "--recipient", other.own.recipient,
        )  # fmt: skip
        partner = told.split()[0]
        assert "not verified" in _run(one.office.steward, "partner", "list")
        _run(
            one.office.steward, "partner", "verify", partner, "--fingerprint",
            other.own.fingerprint,
        )  # fmt: skip
        if one is ours:
            to = partner
    party = case_of(ours)
    grant = consented(ours, party)
    words = ["propose", ours.holder, "--item", f"registry.case:{party.pk}", "--tlp", "AMBER",
             "--pap", "GREEN", "--purpose", "campaign"]  # fmt: skip
    assert "nobody is not everybody" in _run(ours.office.caseworker, *words, status=2)
    bad = [*words, "--to", to, "--item", "nothing"]
    assert "KIND:ID" in _run(ours.office.caseworker, *bad, status=2)
    parcel = _run(ours.office.caseworker, *words, "--to", to).split()[0]
    told = _run(ours.office.caseworker, "export", parcel, status=2)
    assert "no role" in told
    _run(ours.office.steward, "export", parcel, "--out", tmp_path)
    (file,) = tmp_path.iterdir()
    assert "move it away" in _run(
        ours.office.steward, "export", parcel, "--out", tmp_path, status=2
    )
    into = ("--holder", theirs.holder, "--out", tmp_path)
    _check_before(file, ours, theirs)
    assert "review it" in _run(theirs.office.steward, "import", file, *into)
    assert "taken in before" in _run(theirs.office.steward, "import", file, *into, status=2)
    with ours.office.steward.acting() as actor:
        revoke_consent(grant, actor=actor, at=timezone.now())
    assert "revoked" in _run(ours.office.steward, "notices", "--out", tmp_path)
    (notice,) = tmp_path.glob("takedown*")
    assert "Taken back" in _run(theirs.office.steward, "import", notice, *into)
    (receipt,) = tmp_path.glob("receipt*")
    done = _run(ours.office.steward, "import", receipt, "--holder", ours.holder)
    assert "Confirmed by Lantern: erased." in done
    assert _run(ours.office.steward, "notices", "--out", tmp_path) == ""
