"""A program at the desk of coordination, with a token of somebody's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import SCOPES

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User

__all__ = ["API", "Program"]

API = "/api/v1/coordination/desk/"


@dataclass
class Program:
    """A program that acts for a person, with every scope unless told otherwise."""

    user: User
    scopes: tuple[str, ...] = tuple(SCOPES)
    client: Client = field(default_factory=Client)
    bearer: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        with in_person(self.user) as actor:
            _, secret = make_token("bot", list(self.scopes), actor=actor, at=timezone.now(), days=2)
        self.bearer = {"Authorization": f"Bearer {secret}"}

    def get(self, path: str) -> Any:
        """Give what is told at an address."""
        answer = self.client.get(f"{API}{path}", headers=self.bearer)
        return answer.json() if answer.status_code == 200 else answer.status_code

    def post(self, path: str, told: dict[str, Any] | None = None) -> tuple[int, Any]:
        """Send something; gives the status and what was answered."""
        answer = self.client.post(
            f"{API}{path}", told or {}, content_type="application/json", headers=self.bearer
        )
        return answer.status_code, answer.json()

    def delete(self, path: str) -> int:
        """Delete what is there; gives the status."""
        return int(self.client.delete(f"{API}{path}", headers=self.bearer).status_code)
