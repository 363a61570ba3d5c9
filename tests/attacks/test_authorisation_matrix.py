"""Every address and operation, asked by every role: made from the routes, so none is forgotten."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from tests.core.accounts.factories import (
    in_person,
    make_organisation,
    make_user,
    set_up_totp,
    signed_in_client,
)
from undaunted.config.api import api
from undaunted.core.access.rules import Role, Sharing
from undaunted.core.accounts.actions import acting_as, make_token, open_entering
from undaunted.core.accounts.rules import SCOPES
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.site.problems import PROBLEM_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undaunted.core.actors.models import Party

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("ledger")]

ROLES = [role.value for role in Role]
OWN = frozenset({"desk/clocks/calendar/"})
"""Where everybody changes what is their own: a calendar, a key."""
STRANGERS = ["anonymous", "passphrase_only", "no_second_factor"]
VERBS = ("GET", "POST", "PATCH", "DELETE")
ASKED_WHOLE = "steward"
"""Who asks every address in every way, and is refused all that it does not take, whoever asks."""
MARK = "Secretia Marksdotter"
"""A name that only people of the record's organisation may ever be answered with."""

_STAND_INS: dict[str, Callable[[dict[str, Any]], str]] = {
    "uuid": lambda world: str(world["party"]),
    "uuidstr": lambda world: str(world["party"]),
    "int": lambda _world: "999999",
    "str": lambda _world: "XR-NOBODY",
    "slug": lambda _world: "small-list",
    "path": lambda _world: "nothing",
}


def _desk_routes() -> Iterator[tuple[str, Any]]:
    def walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, Any]]:
        for entry in resolver.url_patterns:
            route = prefix + str(entry.pattern).removeprefix("^")
            if isinstance(entry, URLResolver):
                yield from walk(entry, route)
            elif isinstance(entry, URLPattern):
                yield route, entry

    for route, entry in walk(get_resolver(), ""):
        protected = getattr(entry.callback, "access_rule", "") == "desk"
        if protected or (route.startswith("api/") and "/desk/" in route):
            yield route, entry


def _address(route: str, world: dict[str, Any]) -> str:
    def fill(found: re.Match[str]) -> str:
        return _STAND_INS[found[1] or "str"](world)

    plain = re.sub(r"\(\?P<\w+>([a-z]+)\|[a-z|]+\)", r"\1", route)  # the first of several words
    plain = re.sub(r"\(\?P<(\w+)>\[0-9a-f-\]\{36\}\)", r"<uuid:\1>", plain).rstrip("$")
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", fill, plain)


@pytest.fixture
def world(owner_sql: Any) -> dict[str, Any]:
    """Make an organisation with somebody in each role and a record, and people of another."""
    ours, theirs = make_organisation(owner_sql), make_organisation(owner_sql)
    documenter = make_user(owner_sql, {ours: [Role.DOCUMENTER]})
    with acting_as(documenter) as actor:
        party: Party = record_person(
            ours, [(MARK, "full", "en")], actor=actor, at=timezone.now(), country="XR"
        )
    assert party.sharing == Sharing.ORGANISATION
    people = {role: make_user(owner_sql, {ours: [Role(role)]}) for role in ROLES}
    outside = {role: make_user(owner_sql, {theirs: [Role(role)]}) for role in ROLES}
    return {"party": party.pk, "people": people, "outside": outside, "ours": ours}


def _client(name: str, world: dict[str, Any], *, outside: bool = False) -> Client:
    people = world["outside" if outside else "people"]
    if name in people:
        return signed_in_client(people[name])
    client = Client()
    if name == "anonymous":
        return client
    person = people["reader"]
    held = signed_in_client(person)
    key = held.cookies["__Host-session"].value
    if name == "passphrase_only":
        set_up_totp(person, "JBSWY3DPEHPK3PXP")
        open_entering(key, user=person)
    else:
        from datetime import timedelta  # noqa: PLC0415

        from undaunted.core.accounts.actions import open_identity  # noqa: PLC0415

        until = timezone.now() + timedelta(hours=1)
        open_identity(key, user=person, second_factor=False, kind="web", until=until)
    return held


def _ask(client: Client, verb: str, address: str) -> Any:
    if verb == "GET":
        return client.get(address)
    return client.generic(verb, address, "{}", "application/json")


def _pages() -> list[str]:
    return sorted({route for route, _ in _desk_routes() if not route.startswith("api/")})


def _operations() -> list[str]:
    return sorted({route for route, _ in _desk_routes() if route.startswith("api/")})


@cache
def _described() -> dict[str, list[str]]:
    """Give the verbs of each operation as the description of the interface names them."""
    return {
        path.strip("/").replace("{", "<").replace("}", ">"): sorted(map(str.upper, ways))
        for path, ways in api.get_openapi_schema()["paths"].items()
    }


def _verbs(route: str) -> list[str]:
    return _described()[re.sub(r"<\w+:", "<", route).strip("/")]


def test_the_matrix_has_every_desk_address() -> None:
    assert len(_pages()) >= 30
    assert len(_operations()) >= 20


@pytest.mark.parametrize("name", STRANGERS)
def test_whoever_has_not_proved_both_factors_gets_no_desk_page(
    world: dict[str, Any], name: str
) -> None:
    client = _client(name, world)
    for route in _pages():
        for verb in VERBS:
            answer = _ask(client, verb, _address(route, world))
            assert answer.status_code in {302, 403}, f"{name} {verb} {route}"
            if answer.status_code == 302:
                assert "/sign-in/" in answer["Location"] or "/prove/" in answer["Location"]


@pytest.mark.parametrize("name", ROLES)
def test_people_of_another_organisation_are_answered_as_if_nothing_were_there(
    world: dict[str, Any], name: str, owner_sql: Any
) -> None:
    client = _client(name, world, outside=True)
    absent = {**world, "party": uuid4()}
    before = owner_sql("SELECT count(*) FROM audit_entry")
    for route in _pages():
        for verb in VERBS if name == ASKED_WHOLE else VERBS[:2]:
            if "end" in route or "panic" in route:
                continue  # the own sessions
            answer = _ask(client, verb, _address(route, world))
            assert answer.status_code < 500, f"{name} {verb} {route}"
            assert verb in VERBS[:2] or answer.status_code == 405, f"{name} {verb} {route}"
            assert MARK not in answer.content.decode("utf-8", "replace"), f"{name} {verb} {route}"
            if "<uuid" in route:
                other = _ask(client, verb, _address(route, absent))
                assert (answer.status_code, len(answer.content)) == (
                    other.status_code,
                    len(other.content),
                ), f"{name} {verb} {route}"
    assert owner_sql("SELECT count(*) FROM audit_entry") == before


def test_an_administrator_of_accounts_sees_no_record_on_any_page(world: dict[str, Any]) -> None:
    client = _client("administrator", world)
    for route in _pages():
        answer = _ask(client, "GET", _address(route, world))
        assert answer.status_code < 500, route
        assert MARK not in answer.content.decode("utf-8", "replace"), route


def test_a_reader_sees_the_record_and_changes_nothing(
    world: dict[str, Any], owner_sql: Any
) -> None:
    client = _client("reader", world)
    seen = client.get("/desk/cases/").content.decode()
    assert MARK in seen
    before = owner_sql("SELECT count(*) FROM actors_party, events_act")
    entries = owner_sql("SELECT count(*) FROM audit_entry")
    for route in _pages():
        if "accounts" in route:
            continue
        for verb in VERBS[1:]:
            answer = _ask(client, verb, _address(route, world))
            assert answer.status_code < 500, f"{verb} {route}"
            now = owner_sql("SELECT count(*) FROM audit_entry")
            assert now == entries or route in OWN, f"{verb} {route}"
            entries = now
    assert owner_sql("SELECT count(*) FROM actors_party, events_act") == before


def _token(user: Any) -> str:
    with in_person(user) as actor:
        return make_token("matrix", SCOPES, actor=actor, at=timezone.now(), days=1)[1]


@pytest.mark.parametrize("name", ["anonymous", "browser", *ROLES])
def test_operations_of_the_desk_answer_strangers_alike(
    world: dict[str, Any], name: str, owner_sql: Any
) -> None:
    if name == "anonymous":
        client = Client()
    elif name == "browser":
        client = _client("steward", world)
    else:
        client = Client(headers={"Authorization": f"Bearer {_token(world['outside'][name])}"})
    absent = {**world, "party": uuid4()}
    before = owner_sql("SELECT count(*) FROM audit_entry")
    for route in _operations():
        for verb in VERBS if name in {ASKED_WHOLE, "anonymous"} else _verbs(route):
            answer = _ask(client, verb, _address(route, world))
            other = _ask(client, verb, _address(route, absent))
            where = f"{name} {verb} {route}"
            assert MARK not in answer.content.decode(), where
            assert verb in _verbs(route) or answer.status_code == 405, where
            assert answer.status_code == other.status_code, where
            if answer.status_code >= 400:
                assert answer.headers["Content-Type"] == PROBLEM_TYPE, where
                told = [json.loads(each.content) | {"instance": ""} for each in (answer, other)]
                assert told[0] == told[1], where
            if name in {"anonymous", "browser"}:
                assert answer.status_code in {401, 405}, where
    assert owner_sql("SELECT count(*) FROM audit_entry") == before
