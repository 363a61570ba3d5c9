"""Programs and the terminal, as a person of an authority uses them; for tests."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from tests.core.accounts.factories import in_person
from undaunted.coercion.screening.commands import commands
from undaunted.core.access.actions import terminal_token
from undaunted.core.accounts.actions import make_token, open_identity
from undaunted.core.accounts.rules import SCOPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.core.accounts.models import User

__all__ = ["ROOT", "ask", "program", "run", "signed_in"]

ROOT = "/api/v1/screening/desk"


def program(user: User, scopes: Iterable[str] = SCOPES) -> Client:
    with in_person(user) as actor:
        token = make_token("test", list(scopes), actor=actor, at=timezone.now(), days=1)[1]
    return Client(headers={"Authorization": f"Bearer {token}"})


def ask(client: Client, verb: str, address: str, told: Any = None, code: int = 200) -> Any:
    body = json.dumps(told) if told is not None else ""
    answer = client.generic(verb, f"{ROOT}{address}", body, "application/json")
    done = {200, 201} if code == 200 else {code}
    assert answer.status_code in done, answer.content.decode()
    return json.loads(answer.content) if "json" in answer["Content-Type"] else answer.content


@contextmanager
def signed_in(user: User) -> Iterator[None]:
    token = f"terminal-{uuid4()}"
    until = timezone.now() + timedelta(hours=1)
    open_identity(token, user=user, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set(token)
    try:
        yield
    finally:
        terminal_token.reset(held)


def run(user: User, *words: object, code: int = 0, given: str = "") -> str:
    with signed_in(user):
        done = CliRunner().invoke(commands, [str(word) for word in words], input=given)
    assert done.exit_code == code, done.output + str(done.exception)
    return done.output
