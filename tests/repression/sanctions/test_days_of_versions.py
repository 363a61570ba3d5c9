"""Of which day a version is: its file's own before the one on which it was fetched."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.listings.factories import AT, FILES, Office, loaded, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.queries import entries_of, version_in_force
from undaunted.core.listings.rules import Came
from undaunted.repression.coordination.analysis import entry_history, lists_tracked
from undaunted.repression.sanctions.queries import held_versions
from undaunted.repression.sanctions.rules import Footing, footing_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from undaunted.core.listings.rules import Loaded
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


def _weekly(office: Office, tmp_path: Path, days: Iterable[int], **more: Any) -> list[Loaded]:
    file = tmp_path / "list.xml"
    file.write_bytes((FILES / "canada.xml").read_bytes())
    return [loaded(office, "ca-sema", file, at=AT + timedelta(days=each), **more) for each in days]


def test_list_that_is_fetched_unchanged_does_not_grow_old(office: Office, tmp_path: Path) -> None:
    done = _weekly(office, tmp_path, range(40), came=Came.FETCHED)
    assert [at for at, each in enumerate(done) if not each.unchanged] == [0, 7, 14, 21, 28, 35]
    assert {(e.added, e.amended, e.removed) for e in done[1:]} == {(0, 0, 0)}
    last = held_versions(PUBLIC)["ca-sema"][-1]
    assert last.day == AT.date() + timedelta(days=35)
    assert footing_of(last, AT.date() + timedelta(days=39)) is Footing.CURRENT
    assert entry_history(PUBLIC, ("ca-sema", next(_keys()))) == ()
    told = [(each.version.number, each.first) for each in lists_tracked(PUBLIC)]
    assert told == [(1, True)]


def test_list_that_somebody_brought_without_a_day_has_one_once_it_is_fetched(
    office: Office, tmp_path: Path
) -> None:
    _weekly(office, tmp_path, [0])
    assert held_versions(PUBLIC)["ca-sema"][-1].day is None
    (done,) = _weekly(office, tmp_path, [1], came=Came.FETCHED)
    assert not done.unchanged
    assert held_versions(PUBLIC)["ca-sema"][-1].day == AT.date() + timedelta(days=1)
    (again,) = _weekly(office, tmp_path, [30])
    assert again.unchanged


def test_file_that_bears_a_day_is_not_kept_anew_however_long_it_is_fetched(office: Office) -> None:
    for number in (0, 30, 60):
        at = AT + timedelta(days=number)
        done = loaded(office, "un-sc", FILES / "un.xml", came=Came.FETCHED, at=at)
        assert done.unchanged is (number > 0)
    (held,) = held_versions(PUBLIC)["un-sc"]
    assert held.day == date(2026, 4, 30)


def _keys() -> Iterator[str]:
    version = version_in_force(PUBLIC, "ca-sema")
    assert version is not None
    yield from (each.key for each in entries_of(PUBLIC, version))
