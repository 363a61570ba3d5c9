"""What versions of a list did to entries, and which entries end: from files loaded one by one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.core.listings.factories import FILES, attested, loaded, make_office, plain_list
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.queries import version_for, version_in_force
from undaunted.core.listings.rules import Came
from undaunted.repression.coordination.analysis import (
    endings,
    entry_history,
    list_changes,
    lists_tracked,
)
from undaunted.repression.coordination.rules import Change

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")
SOURCE = "xf-invented"


def test_an_entry_is_followed_through_versions(owner_sql: Any, tmp_path: Path) -> None:
    office = make_office(owner_sql)
    events = [{"kind": "designated", "day": "2026-05-04"}]
    gone = [*events, {"kind": "delisted", "day": "2026-08-01"}]
    steps: list[tuple[list[str], str, list[dict[str, str]]]] = [
        (["First", "Stays"], "2026-05-01", []),
        (["First", "Stays", "Comes"], "2026-06-01", events),
        (["First", "Stays"], "2026-07-01", events),
        (["First", "Stays", "Comes"], "2026-08-01", gone),
    ]
    for number, (names, day, told) in enumerate(steps):
        file = plain_list(tmp_path / f"{number}.jsonl", names, day=day, events=told)
        loaded(office, SOURCE, file, confirmed=True)
    history = entry_history(PUBLIC, (SOURCE, "Comes"))
    changes = [(each.change, each.version) for each in history]
    assert changes == [(Change.DESIGNATED, 2), (Change.MISSING, 3), (Change.DESIGNATED, 4)]
    assert history[1].silent
    attested(office.reviewer, SOURCE)
    again = entry_history(PUBLIC, (SOURCE, "Comes"))
    assert again == history, "a list that holds it again says nothing of the one that did not"
    assert history[0].acted == "2026-05-04"
    stays = entry_history(PUBLIC, (SOURCE, "Stays"))
    assert [each.change for each in stays] == [Change.AMENDED, Change.DELISTED]
    assert stays[-1].acted == "2026-08-01"
    assert entry_history(PUBLIC, (SOURCE, "Nobody")) == ()
    version = version_in_force(PUBLIC, SOURCE)
    assert version is not None
    delisted = list_changes(PUBLIC, version, kind=Change.DELISTED)
    assert {each.name for each in delisted} == {"First", "Stays"}
    assert [each.first for each in lists_tracked(PUBLIC)] == [False]


def test_what_a_version_dropped_is_no_longer_there_by_a_second_word(
    owner_sql: Any, tmp_path: Path
) -> None:
    office = make_office(owner_sql)
    for number, names in enumerate((["A", "B", "C", "D"], ["A", "B"], ["A", "B", "C"])):
        file = plain_list(tmp_path / f"{number}.jsonl", names, day=f"2026-05-0{number + 1}")
        loaded(office, SOURCE, file, confirmed=True)
    held = version_for(PUBLIC, SOURCE, 2)
    assert held is not None

    def told() -> dict[str, Change]:
        found = {each.name: each.change for each in list_changes(PUBLIC, held)}
        for name, change in found.items():
            history = entry_history(PUBLIC, (SOURCE, name))
            assert next(each.change for each in history if each.version == 2) is change
        return found

    assert told() == {"C": Change.MISSING, "D": Change.MISSING}
    attested(office.reviewer, SOURCE)
    assert told() == {"C": Change.MISSING, "D": Change.REMOVED}


def test_entries_end_when_their_list_says_so(owner_sql: Any, tmp_path: Path) -> None:
    office, now = make_office(owner_sql), timezone.now()
    soon, past = (now + timedelta(days=30)).date(), (now - timedelta(days=3)).date()
    for source, day in ((SOURCE, soon), ("xz-invented", past)):
        events = [{"kind": "expires", "day": "2019"}, {"kind": "expires", "day": day.isoformat()}]
        loaded(office, source, plain_list(tmp_path / f"{source}.jsonl", ["Ends"], events=events))
    found = endings(PUBLIC, now)
    told = {each.entry: (each.told, each.passed) for each in found}
    assert told == {
        (SOURCE, "Ends"): (soon.isoformat(), False),
        ("xz-invented", "Ends"): (past.isoformat(), True),
    }
    assert endings(PUBLIC, now - timedelta(days=900)) == ()


def test_another_spelling_on_a_list_without_numbers_is_no_designation(
    owner_sql: Any, tmp_path: Path
) -> None:
    office = make_office(owner_sql)
    text = (FILES / "canada.xml").read_text("utf-8")
    for number, spelt in enumerate(("Ilya", "Ilia")):
        file = tmp_path / f"{number}.xml"
        file.write_text(text.replace("Ilya", spelt), encoding="utf-8")
        loaded(office, "ca-sema", file)
    version = version_in_force(PUBLIC, "ca-sema")
    assert version is not None
    told = {each.name: each for each in list_changes(PUBLIC, version)}
    assert {name: (each.change, each.silent) for name, each in told.items()} == {
        "Ilia Dresk": (Change.NEW_LINE, False),
        "Ilya Dresk": (Change.LINE_GONE, True),
    }
    for each in told.values():
        assert [one.change for one in entry_history(PUBLIC, each.entry)] == [each.change]
    assert len(list_changes(PUBLIC, version, kind=Change.DESIGNATED)) == 0


def test_entry_whose_row_could_not_be_read_is_not_told_as_removed(
    owner_sql: Any, tmp_path: Path
) -> None:
    office = make_office(owner_sql)

    def fetched(number: int, names: list[str], row: str) -> None:
        file = plain_list(tmp_path / f"{number}.jsonl", [*names, "Z"], day=f"2026-05-0{number}")
        head, *rows = file.read_text("utf-8").splitlines()
        file.write_text("\n".join([head, *([row] if row else []), *rows]) + "\n", "utf-8")
        loaded(office, SOURCE, file, confirmed=True, came=Came.FETCHED)

    def told(number: int) -> dict[str, Change]:
        held = version_for(PUBLIC, SOURCE, number)
        assert held is not None
        found = {each.name: each.change for each in list_changes(PUBLIC, held)}
        for name, change in found.items():
            history = entry_history(PUBLIC, (SOURCE, name))
            assert next(each.change for each in history if each.version == number) is change
            of_kind = {each.name for each in list_changes(PUBLIC, held, kind=change)}
            assert name in of_kind
        return found

    fetched(1, ["A", "B", "C"], "")
    fetched(2, ["A", "B"], '{"key": "C", "kind": "body", "names": []}')
    assert told(2) == {}
    fetched(3, ["A", "C"], '{"key": "B", "kind"')
    assert told(3) == {"B": Change.UNREAD}
    assert entry_history(PUBLIC, (SOURCE, "B"))[-1].silent
    fetched(4, ["A", "C"], "")
    assert told(3) == {"B": Change.REMOVED}
