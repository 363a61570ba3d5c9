"""Programs that speak to the desk over the API, and what they record, for tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import SCOPES

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.pages.desk_scene import Desk
    from undaunted.core.accounts.models import User

__all__ = [
    "PROBLEM",
    "ROOT",
    "Program",
    "made_by",
    "person_body",
    "program",
    "record_consent",
    "record_person",
    "record_source",
    "record_spell",
]

ROOT = "/api/v1/registry/desk"
PROBLEM = "application/problem+json"


@dataclass
class Program:
    """A program that holds a token."""

    token: str

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        client = Client(headers={"Authorization": f"Bearer {self.token}"} if self.token else {})
        if body is None:
            answer = client.generic(method, ROOT + path, headers=headers)
        else:
            text = json.dumps(body)
            answer = client.generic(method, ROOT + path, text, "application/json", headers=headers)
        return answer  # type: ignore[return-value]

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.send("POST", path, body or {}, **headers)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.send("GET", path, **headers)


def program(user: User, *scopes: str) -> Program:
    with in_person(user) as actor:
        at = timezone.now()
        return Program(make_token("test", scopes or SCOPES, actor=actor, at=at, days=1)[1])


def made_by(answer: HttpResponse, status: int = 201) -> Any:
    assert answer.status_code == status, answer.content.decode()
    return json.loads(answer.content)


def person_body(first: Program, desk: Desk, *names: str) -> dict[str, Any]:
    """Give what a person is recorded with at least; records the source."""
    return {
        "holder": str(desk.organisation),
        "names": [{"text": name} for name in names],
        "sources": [{"source": record_source(first, desk), "grade": "B2"}],
    }


def record_person(first: Program, desk: Desk, name: str = "Arna Velisk") -> str:
    body = person_body(first, desk) | {
        "names": [{"text": name}, {"text": "Арна Велиск", "language": "ru"}],
        "country": "xr",
        "gender": "female",
        "birth": "1980-02",
        "roles": ["journalist"],
    }
    return str(made_by(first.post("/people", body))["id"])


def record_source(first: Program, desk: Desk) -> str:
    body = {
        "holder": str(desk.organisation),
        "kind": "court_paper",
        "title": "Judgment",
        "published": "2021-09",
    }
    return str(made_by(first.post("/sources", body))["id"])


def record_spell(first: Program, person: str, source: str, **more: Any) -> Any:
    body = {
        "type": "imprisonment",
        "start": "2021-08-09",
        "tier": "B",
        "law_category": "extremism",
        "sources": [{"source": source, "grade": "B2"}],
    }
    return made_by(first.post(f"/people/{person}/acts", body | more))


def record_consent(first: Program, person: str) -> str:
    today = timezone.now().date()
    body = {
        "purpose": "registry",
        "audience": "public",
        "level": "name",
        "field_groups": ["identity", "biography", "detention"],
        "basis": "self",
        "how": "in writing",
        "given_on": today.isoformat(),
        "until": today.replace(year=today.year + 2).isoformat(),
    }
    return str(made_by(first.post(f"/people/{person}/consents", body))["id"])
