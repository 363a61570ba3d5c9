"""Programs send campaigns everything that does not belong there: no error of the server."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person
from tests.prisoners.campaigns.factories import Scene, make_scene, raised
from undaunted.core.accounts.actions import acting_as, make_token
from undaunted.core.accounts.rules import SCOPES
from undaunted.prisoners.campaigns.models import Adoption
from undaunted.prisoners.campaigns.queries import campaign_for
from undaunted.site.problems import PROBLEM_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("ledger")]

HOSTILE: tuple[Any, ...] = (
    None, "", "\x00", "x" * 5000, "\ud800", "\u202e", -1, 10**30, 1e308, True, [], {}, ["\x00"],
    "0001-01-01", "9999-12-31", "2026-02-30", str(uuid4()), "XR", "??", "'; --", "3-december",
)  # fmt: skip
EACH = 2
"""Wrong values that each field of a body is given, drawn anew for each."""


def _good(field: dict[str, Any], document: dict[str, Any], name: str, known: dict[str, str]) -> Any:
    """Give a value that a field takes, so that the other fields are reached."""
    kinds = [field, *field.get("anyOf", ()), *field.get("allOf", ())]
    for kind in kinds:
        if "$ref" in kind:
            return document["components"]["schemas"][kind["$ref"].rsplit("/", 1)[1]]["enum"][0]
        plain = {
            "date": "2026-11-10", "uuid": known.get(name, str(uuid4())), "array": ["en"],
        }.get(kind.get("format") or kind.get("type", ""))  # fmt: skip
        if plain is not None or "enum" in kind:
            return plain or kind["enum"][0]
    words = {"language": "en", "case": known["case"], "country": "XS", "by_country": "XS",
             "counterpart_country": "XR"}  # fmt: skip
    return words.get(name, "word")


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in document["paths"].items():
        if path.startswith("/api/v1/campaigns/"):
            for verb, operation in operations.items():
                yield verb.upper(), path, operation


def _bodies(
    operation: dict[str, Any], document: dict[str, Any], known: dict[str, str], draw: Random
) -> Iterator[Any]:
    """Give a body with everything right, then with one field wrong, then what is no body."""
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        yield None
        return
    reference = content["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
    fields = document["components"]["schemas"][reference]["properties"]
    good = {name: _good(field, document, name, known) for name, field in fields.items()}
    for name in fields:
        for wrong in draw.sample(HOSTILE, EACH):
            yield {**good, name: wrong}
    yield from (good, [], "text", None)


def _known(scene: Scene) -> dict[str, str]:
    entry = raised(scene, scene.shown)
    with acting_as(scene.desk.documenter) as actor:
        assert campaign_for(actor, scene.campaign.reference) is not None
        adoption = Adoption.objects.get()
    return {
        "reference": scene.campaign.reference, "case": str(scene.shown.pk), "form": "exe",
        "adopter": str(scene.adopter.pk), "raised": str(entry.pk), "material": str(uuid4()),
        "adoption": str(adoption.pk), "holder": str(scene.desk.organisation),
    }  # fmt: skip


def test_campaigns_stand_whatever_a_program_sends(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    known, draw, asked = _known(scene), Random(4), 0  # noqa: S311 - repeatable on purpose
    with in_person(scene.desk.documenter) as actor:
        _, secret = make_token("fuzz", SCOPES, actor=actor, at=timezone.now(), days=1)
    client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {secret}"})
    document = client.get("/api/v1/openapi.json").json()
    # What ends things comes last, so that the rest is asked of something that goes on.
    ends = ("removal", "withdrawal", "/end")
    for verb, path, operation in sorted(
        _operations(document), key=lambda each: (each[1].endswith(ends), each[1], each[0])
    ):
        address = path.format_map(known)
        for body in _bodies(operation, document, known, draw):
            answer = client.generic(verb, address, json.dumps(body), "application/json")
            told = f"{verb} {address} {body!r}: {answer.status_code}"
            assert answer.status_code < 500, told
            if answer.status_code >= 400:
                assert answer.headers["Content-Type"].startswith(PROBLEM_TYPE), told
            asked += 1
        for strange in ("?language=tlh", "?language=%00", "?preview=perhaps"):
            if verb == "GET":
                assert client.get(address + strange).status_code < 500
    assert asked >= 120


def test_sheet_of_a_program_that_is_none_is_refused_in_words(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with in_person(scene.desk.documenter) as actor:
        _, secret = make_token("fuzz", SCOPES, actor=actor, at=timezone.now(), days=1)
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    address = f"/api/v1/campaigns/desk/campaigns/{scene.campaign.reference}/sheet"
    contents = (b"", b"\x00\x01", b"PK\x03\x04", b"day,case\n" * 3, b"\xff\xfe", b'Date,Way\n"\n')
    mappings = (
        "",
        "[columns",
        "[columns]\nday = 1",
        "[columns]\nrisk = 'x'",
        "columns = 1",
        "a = " + "[" * 3000,
    )
    for content in contents:
        for mapping in mappings:
            sent = {"file": SimpleUploadedFile("s.csv", content), "mapping": mapping}
            answer = client.post(address, sent)
            assert answer.status_code == 409, answer.content
            assert answer.headers["Content-Type"].startswith(PROBLEM_TYPE)
