"""The database is prepared once, and production refuses the demonstration's people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undaunted.config import schema
from undaunted.config.schema import DemonstrationRefused, is_prepared, prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undaunted.config.postgres import Lease


@pytest.fixture
def marks(
    ledger: Lease,
    owner_sql: Callable[..., list[tuple[object, ...]]],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Lease]:
    for name in ledger.urls.variables():
        monkeypatch.setenv(name, "")
    yield ledger
    owner_sql("DROP SCHEMA installation CASCADE")


def owner_of(lease: Lease) -> str:
    assert lease.owner_url is not None
    return lease.owner_url


def test_second_preparation_migrates_nothing(marks: Lease) -> None:
    said: list[str] = []
    for _again in range(2):
        prepare(owner_of(marks), marks.urls, demonstrate=False, say=said.append)
    assert said == ["Preparing the database…"]
    assert is_prepared(marks.urls.desk)


def test_tables_of_other_code_are_noticed(
    marks: Lease, owner_sql: Callable[..., list[tuple[object, ...]]]
) -> None:
    prepare(owner_of(marks), marks.urls, demonstrate=False)
    owner_sql("UPDATE installation.marks SET value = 'older' WHERE name = 'schema'")
    assert not is_prepared(marks.urls.desk)


def test_production_refuses_a_database_that_holds_the_demonstration(
    marks: Lease, owner_sql: Callable[..., list[tuple[object, ...]]]
) -> None:
    prepare(owner_of(marks), marks.urls, demonstrate=False)
    owner_sql("INSERT INTO installation.marks VALUES ('demonstration', 'loaded')")
    with pytest.raises(DemonstrationRefused, match="production"):
        prepare(owner_of(marks), marks.urls, demonstrate=False, production=True)


def test_demonstration_is_loaded_once_and_may_be_absent(
    marks: Lease, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "DEMONSTRATION", "undaunted.no_such_room")
    said: list[str] = []
    prepare(owner_of(marks), marks.urls, demonstrate=True, say=said.append)
    assert "Loading the demonstration…" not in said
