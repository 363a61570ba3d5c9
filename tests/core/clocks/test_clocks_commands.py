"""The command line explains a deadline, lists the rules, and shows a board to whoever signed in."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone
from typer.testing import CliRunner, Result

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.actions import terminal_token
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as, open_identity
from undaunted.core.clocks.actions import start_clock
from undaunted.core.clocks.commands import commands

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.config.postgres import Lease

__all__: list[str] = []


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, list(words))


def test_a_deadline_is_explained_step_by_step() -> None:
    said = run("due", "ccf-access", "--start", "2026-10-31").output
    assert "4 months: 2027-02-28" in said
    assert "there is no day 31 in the month" in said
    assert "Read in a copy or a report, 2026-11-25" in said


def test_programs_get_the_same_as_json() -> None:
    words = ("fdi-comments", "--start", "2026-03-02", "--country", "BE")
    told = json.loads(run("due", *words, "--stop", "2026-03-10..2026-03-17", "--json").output)
    assert told["limits"][0]["last_day"] == "2026-04-13"
    assert told["calendar"] == "BE"
    assert [step["key"] for step in told["limits"][0]["steps"]][2:4] == ["add.days", "stop.shift"]


def test_a_soft_limit_is_said_to_be_normal() -> None:
    said = run("due", "aci-council", "--start", "2026-01-20").output
    assert "normally 8 weeks: 2026-03-17" in said
    assert "to pass it is no breach" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nothing", "--start", "2026-01-01"), "No rule is called 'nothing'"),
        (("ccf-access", "--start", "31.10.2026"), "write 2026-10-31"),
        (("wgad-reply", "--start", "2026-01-01", "--extension", "9 months"), "1 months at most"),
    ],
)
def test_what_cannot_be_read_is_named_with_status_two(words: tuple[str, ...], told: str) -> None:
    answer = run("due", *words)
    assert answer.exit_code == 2
    assert told in answer.stderr


def test_every_rule_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    said = run("rules").output
    for name in ("ccf-access", "alert-red", "retention-sealed"):
        assert name in said


def test_the_board_is_somebodys(
    ledger: Lease, owner_sql: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    assert run("board").exit_code == 2
    organisation = make_organisation(owner_sql)
    user, now = make_user(owner_sql, {organisation: [Role.DOCUMENTER]}), timezone.now()
    values: dict[str, Any] = {"subject_kind": "matter", "subject_id": uuid4()}
    with acting_as(user) as actor:
        clock = start_clock(
            "alert-amber",
            actor=actor,
            at=now,
            holder=organisation,
            started_at=now - timedelta(days=3),
            **values,
        )
    until = now + timedelta(hours=1)
    open_identity("at-the-terminal", user=user, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set("at-the-terminal")
    try:
        said = run("board").output
    finally:
        terminal_token.reset(held)
    assert "Overdue" in said
    assert str(clock.pk) in said
