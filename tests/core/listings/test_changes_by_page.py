"""A page of what changed reads the entries of that page, however many a version changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.core.listings.factories import Office, loaded, make_office, plain_list
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings import models, rules
from undaunted.core.listings.queries import (
    ChangeLine,
    change_lines,
    changes_between,
    changes_of,
    delisted_of,
    forms_since,
    version_for,
)
from undaunted.core.listings.rules import ListChange

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.listings.models import ListVersion

pytestmark = pytest.mark.usefixtures("ledger")

XF = "xf-invented"
A_PAGE = 50
MANY = 130
CHANGES = f"/lists/{XF}/changes/?before=1&after=2"
PROGRAM = f"/api/v1/lists/{XF}/changes?before=1&after=2"
TRACKER = f"/designations/{XF}/"


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Gather the key of each entry that is read in whole."""
    keys: list[str] = []
    whole = rules.read_entry

    def counted(data: Any) -> Any:
        entry = whole(data)
        keys.append(entry.key)
        return entry

    monkeypatch.setattr(models, "read_entry", counted)
    return keys


def _version(number: int) -> ListVersion:
    found = version_for(PUBLIC, XF, number)
    assert found is not None
    return found


def _amended(office: Office, folder: Path, many: int = MANY) -> None:
    names = [f"Name {number:03}" for number in range(many)]
    loaded(office, XF, plain_list(folder / "a.jsonl", names))
    loaded(office, XF, plain_list(folder / "b.jsonl", names, reasons="Other."))


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (CHANGES, 2 * A_PAGE),
        (f"{CHANGES}&page=3", 2 * 30),
        (f"{PROGRAM}&start=120", 2 * 10),
        (f"{PROGRAM}&change=removed", 0),
        (TRACKER, 2 * A_PAGE),
        (f"{TRACKER}?page=3", 2 * 30),
        (f"{TRACKER}?kind=amended&page=3", 2 * 30),
        (f"{TRACKER}?kind=delisted", 0),
    ],
)
def test_page_of_changes_reads_no_more_entries_than_it_shows(
    office: Office, tmp_path: Path, read: list[str], address: str, most: int
) -> None:
    _amended(office, tmp_path)
    read.clear()
    with CaptureQueriesContext(connections["public"]) as asked:
        assert Client().get(address).status_code == 200
    assert len(read) == most
    assert len(asked) <= 14, [each["sql"][:120] for each in asked]


def test_lines_say_what_changed_and_hold_nothing_of_what_entries_say(
    office: Office, tmp_path: Path, read: list[str]
) -> None:
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", ["One", "two", "Three", "Four"]))
    events = [{"kind": "delisted", "day": "2026-05-01"}]
    loaded(
        office, XF, plain_list(tmp_path / "b.jsonl", ["One", "two", "New"], events=events),
        confirmed=True,
    )  # fmt: skip
    read.clear()
    lines = change_lines(PUBLIC, _version(1), _version(2))
    assert [(each.change, each.name) for each in lines] == [
        (ListChange.ADDED, "New"),
        (ListChange.AMENDED, "One"),
        (ListChange.AMENDED, "two"),
        (ListChange.REMOVED, "Four"),
        (ListChange.REMOVED, "Three"),
    ]
    assert delisted_of(PUBLIC, lines) == {"New", "One", "two"}
    assert read == []
    told = changes_of(PUBLIC, lines)
    assert told == changes_between(PUBLIC, _version(1), _version(2))
    assert [(each.change, each.key) for each in told] == [(each[0], each[1]) for each in lines]
    assert changes_of(PUBLIC, lines[1:2]) == told[1:2]
    assert changes_of(PUBLIC, ()) == ()


def test_every_line_is_read_as_one_change_even_where_both_forms_are_found_alike(
    office: Office, tmp_path: Path
) -> None:
    """What stood is compared by digests as they were kept: a page misses no line of it."""
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", ["One", "Two"]))
    one, two = (row.pk for row in models.ListEntry.objects.order_by("key"))
    lines = (
        ChangeLine(ListChange.AMENDED, "Two", "Two", two, two),
        ChangeLine(ListChange.AMENDED, "One", "One", one, one),
    )
    assert [each.key for each in changes_of(PUBLIC, lines)] == ["Two", "One"]


def test_of_what_changed_since_a_version_only_the_parts_that_are_asked_for_are_read(
    office: Office, tmp_path: Path
) -> None:
    """Reasons are most of an entry, and the matrix holds a form of each that changed at once."""
    _amended(office, tmp_path, 1)
    whole = models.ListEntry.objects.get(first=2).content
    (told,) = forms_since(PUBLIC, XF, 1, 2, ("names", "gender"))
    form = {"key": "Name 000", "names": whole["names"]}
    assert told == ("Name 000", form, form)
    assert "reasons" in whole
