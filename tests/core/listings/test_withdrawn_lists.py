"""A list that was withdrawn does not come back by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.listings.factories import AT, FILES, Office, loaded, make_office, plain_list
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import ListDoubted, withdraw_version
from undaunted.core.listings.queries import entries_of, version_in_force
from undaunted.core.listings.rules import Came, Doubt

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from undaunted.core.listings.models import ListVersion

pytestmark = pytest.mark.usefixtures("ledger")

XF = "xf-invented"


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _version(source: str = XF) -> ListVersion:
    held = version_in_force(PUBLIC, source)
    assert held is not None
    return held


def _withdraw(office: Office, source: str = XF, *, at: datetime = AT) -> None:
    with acting_as(office.reviewer) as actor:
        withdraw_version(_version(source), actor=actor, at=at)


def test_withdrawn_file_comes_back_on_a_word_alone(office: Office, tmp_path: Path) -> None:
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", ["One", "Two", "Four"]))
    forged = plain_list(tmp_path / "b.jsonl", ["One", "Two", "Four", "Forged"])
    loaded(office, XF, forged)
    _withdraw(office)
    for came in (Came.BROUGHT, Came.FETCHED):
        with pytest.raises(ListDoubted, match="what version 2 said, which was") as refused:
            loaded(office, XF, forged, came=came)
        assert refused.value.doubts == (Doubt.WITHDRAWN,)
    assert _version().number == 1
    assert "Forged" not in [each.name for each in entries_of(PUBLIC, _version())]
    assert loaded(office, XF, forged, confirmed=True).number == 3
    assert _version().confirmed
    assert loaded(office, XF, forged).unchanged
    other = loaded(office, XF, plain_list(tmp_path / "c.jsonl", ["One", "Two", "Four", "Five"]))
    assert other.number == 4


def test_withdrawn_list_is_known_again_by_what_it_says(office: Office, tmp_path: Path) -> None:
    """An issuer's service writes the hour into each file: the same entries come in other bytes."""
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", ["One", "Two", "Four"]))
    forged = plain_list(tmp_path / "b.jsonl", ["One", "Two", "Four", "Forged"])
    loaded(office, XF, forged)
    _withdraw(office)
    other = tmp_path / "c.jsonl"
    other.write_bytes(forged.read_bytes().replace(b"{", b"{ ", 1))
    with pytest.raises(ListDoubted, match="what version 2 said, which was") as refused:
        loaded(office, XF, other, came=Came.FETCHED)
    assert refused.value.doubts == (Doubt.WITHDRAWN,)
    assert loaded(office, XF, other, confirmed=True).number == 3


def test_withdrawn_file_is_asked_about_where_nothing_else_stands(
    office: Office, tmp_path: Path
) -> None:
    file = plain_list(tmp_path / "a.jsonl", ["One"])
    loaded(office, XF, file)
    _withdraw(office)
    with pytest.raises(ListDoubted, match="what version 1 said, which was withdrawn"):
        loaded(office, XF, file)
    assert version_in_force(PUBLIC, XF) is None


def test_withdrawn_file_that_changes_nothing_is_not_asked_about(office: Office) -> None:
    """A list without a day is kept anew each week: whoever took one of these back left another."""
    for week in (0, 1):
        at = AT + timedelta(days=8 * week)
        loaded(office, "ca-sema", FILES / "canada.xml", at=at, came=Came.FETCHED)
    _withdraw(office, "ca-sema", at=AT + timedelta(days=8))
    at = AT + timedelta(days=9)
    assert loaded(office, "ca-sema", FILES / "canada.xml", at=at, came=Came.FETCHED).number == 3
