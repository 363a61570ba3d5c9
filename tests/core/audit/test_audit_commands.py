"""The chain at the terminal: whole, broken, anchored, and closed to whoever sees only a part."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.actions import terminal_token
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as, open_identity
from undaunted.core.audit.actions import record_entry
from undaunted.core.audit.commands import commands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def steward(ledger: object, owner_sql: Callable[..., Any]) -> Iterator[None]:
    """Somebody who sees the whole chain, signed in at this terminal, with one entry in it."""
    assert ledger
    user = make_user(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})
    with acting_as(user) as actor:
        record_entry(
            "case.seen", actor=actor, subject_kind="party", subject_id="x", at=timezone.now()
        )
    token = secrets.token_urlsafe(32)
    until = timezone.now() + timedelta(minutes=5)
    open_identity(token, user=user, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set(token)
    yield
    terminal_token.reset(held)


@pytest.mark.usefixtures("steward")
def test_whole_chain_agrees_with_its_anchor(tmp_path: Path) -> None:
    kept = tmp_path / "head.json"
    assert CliRunner().invoke(commands, ["anchor", "--out", str(kept)]).exit_code == 0
    said = CliRunner().invoke(commands, ["verify", "--anchor", str(kept)])
    assert said.exit_code == 0
    assert "The chain is whole" in said.output


@pytest.mark.usefixtures("steward")
def test_broken_chain_is_told_and_fails(owner_sql: Callable[..., Any]) -> None:
    owner_sql("ALTER TABLE audit_entry DISABLE TRIGGER USER")
    try:
        owner_sql("UPDATE audit_entry SET verb = 'case.unseen'")
        said = CliRunner().invoke(commands, ["verify"])
    finally:
        owner_sql("ALTER TABLE audit_entry ENABLE TRIGGER USER")
    assert said.exit_code == 1
    assert "whole" not in said.output


def test_a_file_that_is_no_anchor_is_refused(tmp_path: Path) -> None:
    kept = tmp_path / "head.json"
    for wrong in ("{}", "no", "[]", '{"seq": "x", "hash": ""}'):
        kept.write_text(wrong, encoding="utf-8")
        said = CliRunner().invoke(commands, ["verify", "--anchor", str(kept)])
        assert said.exit_code == 2
        assert "holds no head of the chain" in said.output


@pytest.mark.usefixtures("steward")
def test_anchor_of_another_chain_is_told(tmp_path: Path) -> None:
    kept = tmp_path / "head.json"
    kept.write_text('{"seq": 99, "hash": "00"}', encoding="utf-8")
    assert CliRunner().invoke(commands, ["verify", "--anchor", str(kept)]).exit_code == 1


def test_whoever_sees_only_a_part_is_refused() -> None:
    assert CliRunner().invoke(commands, ["verify"]).exit_code != 0
