"""One pair looked at, judged, confirmed and undone by page, by program and at the terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person, signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.core.matching.factories import XF, XZ, seen_on
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import Scope
from undaunted.core.matching.commands import commands

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.accounts.models import User

__all__ = ["API", "DESK", "DOORS", "PAIR", "Api", "Door", "Page", "Terminal"]

DESK, API = "/desk/matching/", "/api/v1/matching/"
LEFT, RIGHT = f"{XF}:1", f"{XZ}:Z/9"
PAIR = f"{DESK}pair/?left={LEFT}&right={RIGHT}"


class Door(Protocol):
    """Gives for each step what was answered where it was refused, and nothing where it was not."""

    def looks(self, who: User) -> str:
        """Look at the pair; gives what names it as it is shown."""
        ...

    def judges(self, who: User, seen: str) -> str:
        """Say that both are the same."""
        ...

    def confirms(self, who: User, made: UUID, seen: str) -> str:
        """Confirm a verdict."""
        ...

    def undoes(self, who: User, made: UUID, seen: str) -> str:
        """Undo a verdict."""
        ...


class Page:
    """At the desk."""

    def looks(self, who: User) -> str:
        """As `Door`."""
        return seen_on(signed_in_client(who), PAIR)

    def judges(self, who: User, seen: str) -> str:
        """As `Door`."""
        return self._posted(who, PAIR, verdict="same", why="Looked.", seen=seen)

    def confirms(self, who: User, made: UUID, seen: str) -> str:
        """As `Door`."""
        return self._posted(who, f"{DESK}log/{made}/confirm/", seen=seen)

    def undoes(self, who: User, made: UUID, seen: str) -> str:
        """As `Door`."""
        return self._posted(who, f"{DESK}log/{made}/undo/", seen=seen)

    def _posted(self, who: User, address: str, **told: str) -> str:
        answer = signed_in_client(who).post(address, told)
        assert answer.status_code in {302, 409}, answer.content.decode()[-2000:]
        return "" if answer.status_code == 302 else answer.content.decode()


class Api:
    """Over the wire."""

    def looks(self, who: User) -> str:
        """As `Door`."""
        return str(self.got(who, f"pair?left={LEFT}&right={RIGHT}")["seen"])

    def judges(self, who: User, seen: str) -> str:
        """As `Door`."""
        told: dict[str, Any] = {"left": LEFT, "right": RIGHT, "verdict": "same", "why": "Looked."}
        return self.posted(who, "judgements", **told, seen=seen)

    def confirms(self, who: User, made: UUID, seen: str) -> str:
        """As `Door`."""
        return self.posted(who, f"judgements/{made}/confirm", seen=seen)

    def undoes(self, who: User, made: UUID, seen: str) -> str:
        """As `Door`."""
        return self.posted(who, f"judgements/{made}/undo", seen=seen)

    def posted(self, who: User, address: str, *, bare: bool = False, **told: Any) -> str:
        """Send something, or no body at all; gives what was answered where it was refused."""
        scopes = {Scope.DECIDE}
        if address == "judgements":  # again, or as a second person, judging settles a pair
            scopes.add(Scope.PROPOSE)
        head = self._token(who, *scopes)
        data = b"" if bare else json.dumps(told).encode()
        answer = Client().post(f"{API}desk/{address}", data, "application/json", headers=head)
        assert answer.status_code in {200, 201, 409, 422}, answer.content
        return "" if answer.status_code < 300 else json.dumps(answer.json())

    def got(self, who: User, address: str, status: int = 200) -> Any:
        """Read something."""
        answer = Client().get(f"{API}desk/{address}", headers=self._token(who, Scope.READ))
        assert answer.status_code == status, answer.content
        return answer.json()

    def _token(self, who: User, *scopes: Scope) -> dict[str, str]:
        with in_person(who) as actor:
            _row, secret = make_token("script", scopes, actor=actor, at=timezone.now(), days=1)
        return {"authorization": f"Bearer {secret}"}


class Terminal:
    """With the commands."""

    def looks(self, who: User) -> str:
        """As `Door`."""
        told = run_at_terminal(commands, "judge", LEFT, RIGHT, "same", person=who, status=2)
        return told.rpartition("--seen ")[2].split()[0]

    def judges(self, who: User, seen: str) -> str:
        """As `Door`."""
        return self._run(who, "judge", LEFT, RIGHT, "same", "--why", "Looked.", "--seen", seen)

    def confirms(self, who: User, made: UUID, seen: str) -> str:
        """As `Door`."""
        return self._run(who, "confirm", made, "--seen", seen)

    def undoes(self, who: User, made: UUID, seen: str) -> str:
        """As `Door`."""
        return self._run(who, "undo", made, "--seen", seen)

    def _run(self, who: User, *words: object) -> str:
        try:
            run_at_terminal(commands, *words, person=who)
        except AssertionError:
            return run_at_terminal(commands, *words, person=who, status=2)
        return ""


DOORS: tuple[Door, ...] = (Page(), Api(), Terminal())
