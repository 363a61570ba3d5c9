"""Every address has an access rule, and none counts by network address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.tree import exceptions
from undaunted.config.api import api

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__: list[str] = []

RULES = {"public", "desk", "account", "token", "intake", "operations"}
"""`account` is an address of signing in itself: anyone reaches it, nobody sees records there."""


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback


def _rule_of(view: Any) -> str | None:
    while view is not None:
        for holder in (view, getattr(view, "view_class", None)):
            rule = getattr(holder, "access_rule", None)
            if rule is not None:
                return str(rule)
        view = getattr(view, "__wrapped__", None)
    return None


def test_every_address_has_an_access_rule() -> None:
    excepted = exceptions("addresses")
    without, needed = [], set()
    for route, view in _patterns(get_resolver()):
        rule = _rule_of(view)
        if rule is None and getattr(view, "__module__", "") == "ninja.operation":
            continue  # an operation of the API: see the next test
        if rule is not None:
            assert rule in RULES, f"{route}: {rule}"
            continue
        cover = [name for name in excepted if route == name or _below(route, name)]
        needed.update(cover)
        if not cover:
            without.append(route)
    assert without == []
    assert set(excepted) == needed, "no longer needed"
    assert set(excepted.values()) <= RULES


def test_every_operation_of_the_api_has_an_access_rule() -> None:
    without = [
        f"{sorted(operation.methods)} {path}"
        for _, router in api._routers  # noqa: SLF001 - the library has no public list
        for path, view in router.path_operations.items()
        for operation in view.operations
        if _rule_of(operation.view_func) not in RULES and not operation.auth_callbacks
    ]
    assert without == []


def _below(route: str, name: str) -> bool:
    return name.endswith("*") and route.startswith(name[:-1])


def test_no_limit_counts_by_network_address() -> None:
    assert settings.ACCOUNT_RATE_LIMITS is False


def test_no_setting_turns_on_a_second_supply_of_records() -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
