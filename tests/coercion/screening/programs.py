"""Programs and the terminal, as a person of an authority uses them; for tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person
from tests.core.accounts.terminal import run_at_terminal
from undaunted.coercion.screening.commands import commands
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import SCOPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.accounts.models import User

__all__ = ["ROOT", "ask", "program", "run"]

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


def run(user: User, *words: object, code: int = 0, given: str = "") -> str:
    return run_at_terminal(commands, *words, person=user, status=code, given=given)
