"""Pages kept in the process: never past a change, never too many, never too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from undaunted.site import caching
from undaunted.site.caching import PageStore, kept_unchanged

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__: list[str] = []


class Counted:
    """A view that tells how often it was asked, and the version it depends on."""

    def __init__(self, store: PageStore) -> None:
        self.version, self.asked, self.status = "one", 0, 200
        self.view = kept_unchanged(lambda: self.version, store=store)(self._answer)

    def _answer(self, _request: HttpRequest) -> HttpResponse:
        self.asked += 1
        return HttpResponse(f"answer {self.asked}", status=self.status)

    def get(self, address: str = "/") -> str:
        return self.view(RequestFactory().get(address)).content.decode()


@pytest.fixture
def page() -> Counted:
    return Counted(PageStore())


def test_a_page_is_made_once_while_nothing_changes(page: Counted) -> None:
    assert [page.get(), page.get(), page.get("/?other")] == ["answer 1", "answer 1", "answer 2"]
    with override("fr"):
        assert page.get() == "answer 3"


def test_a_new_version_makes_every_page_anew(page: Counted) -> None:
    page.get()
    page.version = "two"
    assert page.get() == "answer 2"
    page.version = "one"
    assert page.get() == "answer 3"


def test_a_page_begun_under_an_older_version_is_not_kept(page: Counted) -> None:
    store = PageStore()
    store.find("new", ("/",))
    store.keep("old", ("/",), HttpResponse("what was taken down"))
    assert store.find("new", ("/",)) is None
    assert store.find("old", ("/",)) is None


def test_answers_that_are_not_pages_are_not_kept(page: Counted) -> None:
    page.status = 410
    assert [page.get(), page.get()] == ["answer 1", "answer 2"]


def test_long_addresses_are_not_kept(page: Counted) -> None:
    address = "/?q=" + "a" * caching.LONGEST_ADDRESS
    assert [page.get(address), page.get(address)] == ["answer 1", "answer 2"]


def test_the_least_asked_for_page_goes_first_and_room_is_bounded() -> None:
    store = PageStore(room=1000)
    store.find("v", ("x",))
    for name in "abcdefgh":
        store.keep("v", (name,), HttpResponse("x" * 125))
        store.find("v", ("a",))
    store.keep("v", ("i",), HttpResponse("x" * 125))
    assert store.size == 1000
    assert store.find("v", ("a",)) is not None
    assert store.find("v", ("b",)) is None
    store.keep("v", ("j",), HttpResponse("x" * 126))
    assert store.find("v", ("j",)) is None
    store.empty()
    assert (store.size, store.find("v", ("a",))) == (0, None)


def test_a_page_is_kept_for_its_minute_only(page: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("undaunted.site.caching.time.monotonic", lambda: now)
    page.get()
    now += caching.SHORT - 1
    assert page.get() == "answer 1"
    now += 2
    assert page.get() == "answer 2"


def test_kept_answers_carry_the_same_headers(page: Counted) -> None:
    first, second = (page.view(RequestFactory().get("/")) for _ in range(2))
    assert first.headers["ETag"] == second.headers["ETag"]
    assert second.headers["Cache-Control"] == first.headers["Cache-Control"]
