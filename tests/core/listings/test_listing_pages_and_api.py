"""Lists for everybody: pages that say what is not loaded, and the same over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.core.listings.factories import AT, FILES, Office, loaded, make_office, plain_list
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import load_invented_lists, withdraw_version
from undaunted.core.listings.queries import version_in_force

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")
API = "/api/v1/lists/"


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


@pytest.fixture
def invented(office: Office) -> Office:
    with acting_as(office.writer) as actor:
        load_invented_lists(actor=actor, at=AT)
    return office


def _page(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def _json(address: str, status: int = 200) -> Any:
    answer = Client().get(API + address)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_list_that_was_not_loaded_says_that_nothing_can_be_said(office: Office) -> None:
    index = _page("/lists/")
    assert "whoever is not found here may be listed all the same" in index
    assert "not loaded" in index
    assert "Invented list" not in index
    page = _page("/lists/un-sc/")
    assert "No version of this list was loaded" in page
    assert "No version of this list was loaded" in _page("/lists/un-sc/versions/")
    for gone in ("nowhere/", "un-sc/versions/1/", "un-sc/entries/XRi.001/", "nowhere/versions/"):
        _page(f"/lists/{gone}", 404)


def test_address_with_a_sign_that_no_key_holds_is_not_found(invented: Office) -> None:
    for sign in ("%00", "x%00y", "%E2%80%AE", "%F0%9F%98%80"):
        _page(f"/lists/xf-invented/entries/{sign}/", 404)


def test_reader_finds_names_in_any_script_and_looks_back(invented: Office) -> None:
    loaded, _, rest = _page("/lists/").partition(">not loaded<")
    assert "Invented list of Freedonia" in loaded
    assert rest, "loaded lists come first"
    page = _page("/lists/xf-invented/")
    assert "8 entries" in page
    assert "Dresk" in page
    for asked, found, missing in (
        ("q=Стровик", "Strovik", "Varga"),
        ("kind=ship", "SEA THISTLE", "Strovik"),
        ("programme=XF-COR", "SEA THISTLE", "Varga"),
        ("version=1", "Korl", "Dresk"),
    ):
        page = _page(f"/lists/xf-invented/?{asked}")
        assert found in page
        assert missing not in page
    assert "Nothing is known that matches" in _page("/lists/xf-invented/?q=nobody")
    for wrong in ("kind=ghost", "version=9", "version=x", f"q={'x' * 200}"):
        _page(f"/lists/xf-invented/?{wrong}", 422)


@pytest.mark.parametrize(("prefix", "state"), [("", "Australia"), ("/fr", "Australie")])
def test_pages_of_a_list_say_whose_it_is(office: Office, prefix: str, state: str) -> None:
    whose = f"Consolidated List ({state})"
    for page, title in (("", whose), ("versions/", f": {whose}"), ("changes/", f": {whose}")):
        told = _page(f"{prefix}/lists/au-dfat/{page}", 422 if page == "changes/" else 200)
        assert f"{title} ·" in told.partition("</title>")[0]
        assert f"<bdi>{whose}</bdi></" in told, "the head of the page"
        assert "Consolidated List<" not in told, "nor the way here"


def test_pages_of_its_versions_and_entries_say_whose_list_it_is(invented: Office) -> None:
    whose = "Invented list of Freedonia (Freedonia)"
    page = _page("/lists/xf-invented/versions/2/")
    assert f"<title>{whose}: 2 ·" in page
    entry = _page("/lists/xf-invented/entries/XF-0001/")
    assert f">{whose}</a>" in entry, "the way here"
    assert f"<bdi>{whose}</bdi></p>" in entry, "the head of the page"


def test_entry_tells_events_apart_and_whether_a_measure_was_stated(invented: Office) -> None:
    page = _page("/lists/xf-invented/entries/XF-0005/")
    for said in ("designated", "enacted anew", "ends", "Order 2026/4", "Changed by version 2:"):
        assert said in page
    gone = _page("/lists/xf-invented/entries/XF-0004/")
    assert "Missing from a file that one person brought" in gone
    assert "Dropped by version 2" in gone
    left = _page("/lists/xz-invented/entries/Z/13/")
    assert "delisted" in left


def test_measure_of_the_regime_is_marked(office: Office) -> None:
    loaded(office, "us-ofac-sdn", FILES / "ofac" / "sdn.csv")
    page = _page("/lists/us-ofac-sdn/entries/101/")
    assert "of the regime, not said in the row" in page
    assert "The list does not say since when." in page
    loaded(office, "un-sc", FILES / "un.xml")
    assert "The list does not say which measures hold." in _page("/lists/un-sc/entries/4/")


def test_counter_sanctions_stand_apart(office: Office) -> None:
    loaded(office, "cn-counter", FILES / "china.csv")
    index = _page("/lists/")
    assert index.index("Counter-sanctions</h2>") > index.index("United Nations")
    page = _page("/lists/cn-counter/?q=fellner")
    key = page.partition("/lists/cn-counter/entries/")[2].partition("/")[0]
    assert "says nothing about what somebody did" in _page(f"/lists/cn-counter/entries/{key}/")


def test_versions_are_compared_field_by_field(invented: Office) -> None:
    assert "in force" in _page("/lists/xf-invented/versions/")
    page = _page("/lists/xf-invented/changes/?before=1&after=2")
    assert "Ilya Romanovich Dresk" in page
    assert "Bohdan Korl" in page
    assert "Names · Events" in page
    for wrong in ("", "before=2&after=1", "before=1&after=9"):
        _page(f"/lists/xf-invented/changes/?{wrong}", 422)


def test_version_shows_its_file_and_what_was_wrong(office: Office, tmp_path: Path) -> None:
    loaded(office, "ca-sema", FILES / "canada.xml")
    page = _page("/lists/ca-sema/versions/1/")
    assert "canada.xml" in page
    assert "A number of a spreadsheet is read as a day." in page
    assert "4 faults" in page
    loaded(office, "xf-invented", plain_list(tmp_path / "a.jsonl", ["<b>One</b>"]))
    assert "Nothing." in _page("/lists/xf-invented/versions/1/")
    assert "<b>One" not in _page("/lists/xf-invented/")


def test_withdrawn_version_keeps_its_line_alone(invented: Office) -> None:
    held = version_in_force(PUBLIC, "xf-invented")
    assert held is not None
    with acting_as(invented.reviewer) as actor:
        withdraw_version(held, actor=actor, at=AT)
    assert "withdrawn" in _page("/lists/xf-invented/versions/")
    _page("/lists/xf-invented/versions/2/", 404)
    assert "Dresk" not in _page("/lists/xf-invented/")


def test_pages_are_paged(office: Office, tmp_path: Path) -> None:
    names = [f"Name {number:03d}" for number in range(120)]
    loaded(office, "xf-invented", plain_list(tmp_path / "a.jsonl", names))
    assert "Page 1 of 3" in _page("/lists/xf-invented/")
    last = _page("/lists/xf-invented/?page=3")
    assert "Name 119" in last
    assert "Name 099" not in last


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_pages_stand_in_every_direction(language: str, invented: Office) -> None:
    for address in ("lists/", "lists/xf-invented/", "lists/xf-invented/entries/XF-0003/",
                    "lists/xf-invented/versions/", "lists/xf-invented/versions/2/",
                    "lists/xf-invented/changes/?before=1&after=2"):  # fmt: skip
        page = _page(f"/{language}/{address}")
        assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in page


def test_programs_read_lists_versions_entries_and_changes(invented: Office) -> None:
    held = {each["code"]: each["version"] for each in _json("")}
    assert held["xf-invented"]["entries"] == 8
    assert held["un-sc"] is None
    assert [each["number"] for each in _json("xf-invented/versions")] == [2, 1]
    assert _json("xf-invented/versions/1")["faults"] == []
    found = _json("xf-invented/entries?q=strovik&kind=person&programme=XF-HR")
    assert (found["count"], found["entries"][0]["key"]) == (1, "XF-0001")
    assert _json("xf-invented/entries?version=1&start=7")["entries"][0]["key"]
    assert len(_json("xf-invented/entry?key=XF-0003")) == 2
    (one,) = _json("xf-invented/entry?key=XF-0003&version=1")
    assert (one["first"], one["last"]) == (1, 2)
    changes = _json("xf-invented/changes?before=1&after=2")
    assert [each["change"] for each in changes["changes"]] == [
        "added",
        "amended",
        "amended",
        "removed",
    ]
    assert _json("xf-invented/changes?before=1&after=2&change=removed")["count"] == 1
    for absent in (
        "nowhere/versions",
        "un-sc/entries",
        "xf-invented/versions/9",
        "xf-invented/entry?key=nobody",
        "xf-invented/entry?key=XF-0006&version=1",
    ):
        _json(absent, 404)
    for wrong in (
        "entries?q=%00",
        "entries?kind=ghost",
        "entries?start=-1",
        "changes?before=0&after=1",
        "entries?version=99999999999",
    ):
        _json(f"xf-invented/{wrong}", 422)
