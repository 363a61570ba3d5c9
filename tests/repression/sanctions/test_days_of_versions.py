"""Of which day a version is: its file's own before the one on which it was fetched."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.listings.factories import AT, FILES, Office, loaded, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.rules import Came
from undaunted.repression.sanctions.queries import held_versions
from undaunted.repression.sanctions.rules import Footing, footing_of

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.repression.sanctions.rules import HeldVersion

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _held(office: Office, source: str, file: str, came: Came, at: datetime = AT) -> HeldVersion:
    loaded(office, source, FILES / file, came=came, at=at)
    return held_versions(PUBLIC)[source][-1]


@pytest.mark.parametrize("came", [Came.FETCHED, Came.BROUGHT])
@pytest.mark.parametrize(
    ("source", "file", "told"),
    [
        ("un-sc", "un.xml", date(2026, 4, 30)),
        ("eu-fsf", "eu_fsf.xml", date(2026, 4, 30)),
        ("uk-fcdo", "uk_fcdo.csv", date(2026, 4, 30)),
    ],
)
def test_file_of_an_earlier_day_is_not_current_because_it_was_fetched_today(
    source: str, file: str, told: date, came: Came, office: Office
) -> None:
    held = _held(office, source, file, came)
    assert held.day == told
    assert held.loaded == AT.date()
    assert footing_of(held, AT.date()) is Footing.OLD


def test_file_that_tells_no_day_is_of_the_day_on_which_it_was_fetched(office: Office) -> None:
    assert _held(office, "ca-sema", "canada.xml", Came.FETCHED).day == AT.date()
    assert _held(office, "au-dfat", "australia.csv", Came.BROUGHT).day is None


def test_file_that_says_it_is_of_tomorrow_is_of_the_day_of_loading(office: Office) -> None:
    before = AT.replace(month=4, day=1)
    assert _held(office, "un-sc", "un.xml", Came.FETCHED, before).day == before.date()
