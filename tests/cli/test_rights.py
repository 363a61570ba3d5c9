"""Two administrators give a right at the terminal; every refusal says why, with status 2."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.actions import terminal_token
from undaunted.core.access.rules import Role
from undaunted.core.accounts import commands as accounts
from undaunted.core.accounts.actions import open_identity
from undaunted.core.accounts.commands import commands
from undaunted.core.accounts.queries import user_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")

OFFICE = "Observatory of Freedonia"
PART = re.compile(r"^[\w-]{16}$", re.MULTILINE)
PROPOSAL = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.fixture
def office(owner_sql: Callable[..., Any]) -> dict[str, User]:
    """Make an organisation with two administrators and a colleague."""
    place = make_organisation(owner_sql, OFFICE)
    return {
        "anna": make_user(owner_sql, {place: [Role.ADMINISTRATOR]}),
        "boris": make_user(owner_sql, {place: [Role.ADMINISTRATOR]}),
        "colleague": make_user(owner_sql, {place: [Role.READER]}),
    }


@contextmanager
def _signed_in(user: User) -> Iterator[None]:
    """Stand for the sign-in at the terminal, which tests of its own try."""
    token = f"terminal of {user.pk}"
    until = timezone.now() + timedelta(hours=1)
    open_identity(token, user=user, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set(token)
    try:
        yield
    finally:
        terminal_token.reset(held)


def _call(user: User | None, *words: str) -> Any:
    run = CliRunner()
    accounts._console.width = 250  # noqa: SLF001 - whatever the terminal of the test is
    if user is None:
        return run.invoke(commands, ["rights", *words])
    with _signed_in(user):
        return run.invoke(commands, ["rights", *words])


def test_one_proposes_and_another_approves(office: dict[str, User]) -> None:
    proposed = _call(office["anna"], "propose", "clara", OFFICE, "publisher")
    assert proposed.exit_code == 0, proposed.output
    (number,) = PROPOSAL.findall(proposed.output)
    assert len(PART.findall(proposed.output)) == 1
    own = _call(office["anna"], "approve", number)
    assert own.exit_code == 2
    assert "a second administrator approves" in own.output
    waiting = _call(office["boris"], "waiting").output
    assert number in waiting
    assert "clara (new)" in waiting
    approved = _call(office["boris"], "approve", number)
    assert approved.exit_code == 0, approved.output
    assert len(PART.findall(approved.output)) == 1
    assert user_named("clara") is not None
    assert _call(office["boris"], "approve", number).exit_code == 2


def test_access_is_renewed_and_a_proposal_declined(office: dict[str, User]) -> None:
    renewed = _call(office["anna"], "renew", office["colleague"].username)
    (number,) = PROPOSAL.findall(renewed.output)
    assert "another passphrase" in _call(office["boris"], "waiting").output
    declined = _call(office["boris"], "decline", number)
    assert declined.exit_code == 0, declined.output
    assert number not in _call(office["boris"], "waiting").output


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["propose", "clara", "Nowhere", "reader"], "you administer no organisation"),
        (["propose", "no spaces", OFFICE, "reader"], "letters, digits"),
        (["propose", "clara", OFFICE, "owner"], "owner"),
        (["renew", "nobody"], "has no role"),
        (["approve", "00000000-0000-4000-8000-000000000000"], "no such person or proposal"),
        (["decline", "00000000-0000-4000-8000-000000000000"], "no such person or proposal"),
        (["approve", "first"], "UUID"),
    ],
)
def test_what_is_refused_says_why(office: dict[str, User], words: list[str], why: str) -> None:
    said = _call(office["anna"], *words)
    assert said.exit_code == 2
    assert why in said.output


def test_nobody_and_colleagues_see_nothing(office: dict[str, User]) -> None:
    said = _call(None, "waiting")
    assert said.exit_code == 2
    assert "--as USER" in said.output
    _call(office["anna"], "propose", "clara", OFFICE, "reader")
    assert "clara" not in _call(office["colleague"], "waiting").output
    assert _call(office["colleague"], "propose", "dan", OFFICE, "reader").exit_code == 2
