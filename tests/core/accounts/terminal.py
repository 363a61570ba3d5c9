"""Commands as somebody who is signed in at a terminal runs them, or nobody."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone
from typer.testing import CliRunner

from undaunted.core.access.actions import terminal_token
from undaunted.core.accounts.actions import open_identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    import typer

    from undaunted.core.accounts.models import User

__all__ = ["at_terminal", "run_at_terminal"]


@contextmanager
def at_terminal(user: User) -> Iterator[None]:
    """Sign somebody in at a terminal, with a second factor, for as long as the block lasts."""
    token, until = f"terminal {uuid4()}", timezone.now() + timedelta(hours=1)
    open_identity(token, user=user, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set(token)
    try:
        yield
    finally:
        terminal_token.reset(held)


def run_at_terminal(
    commands: typer.Typer, *words: object, person: User | None, status: int = 0, given: str = ""
) -> str:
    """Run a command and give what it printed; `status` is what it has to end with."""
    told = [str(word) for word in words]
    if person is None:
        done = CliRunner().invoke(commands, told, input=given)
    else:
        with at_terminal(person):
            done = CliRunner().invoke(commands, told, input=given)
    assert done.exit_code == status, done.output + str(done.exception)
    return done.output
