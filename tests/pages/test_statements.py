"""How many statements a public page makes at most, and that kept pages fall with a takedown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.pages.conftest import ANNA
from tests.prisoners.registry.published_factory import take_down
from undaunted.site.caching import STORE

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

__all__: list[str] = []

MOST = {
    "/": 4, "/countries/": 3, "/countries/XR/": 12, "/countries/XR/?on=2019-12-31": 11,
    "/countries/CN/": 3, "/registry/": 4, "/registry/?q=belinskaya&role=journalist": 4,
    "/registry/?country=XR&held_on=2019-12-31": 4, "/registry/XR-00001/": 7, "/about/": 0,
}  # fmt: skip
"""With the one that asks for the version."""

pytestmark = pytest.mark.usefixtures("roll")


@pytest.mark.parametrize("address", MOST)
def test_page_makes_no_more_statements_than_it_is_allowed(reader: Client, address: str) -> None:
    reader.get("/about/")  # the first page of a day looks at the calendar
    STORE.empty()
    with CaptureQueriesContext(connections["public"]) as asked:
        assert reader.get(address).status_code == 200
    assert len(asked) <= MOST[address], [each["sql"][:200] for each in asked.captured_queries]


@pytest.mark.parametrize("address", [address for address, most in MOST.items() if most])
def test_kept_page_asks_for_the_version_only(reader: Client, address: str) -> None:
    page = reader.get(address).content
    with CaptureQueriesContext(connections["public"]) as asked:
        assert reader.get(address).content == page
    assert [each["sql"] for each in asked.captured_queries] == [
        "SELECT number FROM published_version"
    ]


def test_kept_pages_fall_with_a_takedown(
    reader: Client, owner_sql: Callable[..., list[tuple[Any, ...]]]
) -> None:
    addresses = ("/", "/registry/", f"/registry/{ANNA.reference}/", "/countries/XR/")
    for address in addresses:
        assert ANNA.name in reader.get(address).content.decode(), address
    take_down(owner_sql, ANNA.reference, ANNA.stays[0].start)
    for address in addresses:
        assert ANNA.name not in reader.get(address).content.decode(), address
