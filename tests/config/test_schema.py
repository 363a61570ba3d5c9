"""The database is prepared once, and production refuses the demonstration's people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undaunted.config import schema
from undaunted.config.environment import read_environment
from undaunted.config.schema import (
    DemonstrationCutOff,
    DemonstrationRefused,
    is_prepared,
    prepare,
)

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


def test_production_refuses_invented_people_whose_loading_never_ended(
    marks: Lease, owner_sql: Callable[..., list[tuple[object, ...]]]
) -> None:
    prepare(owner_of(marks), marks.urls, demonstrate=False, production=True)
    owner_sql(
        "INSERT INTO accounts_organisation (id, name, country, government, demonstration)"
        " VALUES (gen_random_uuid(), 'Invented', 'XR', false, true)"
    )
    with pytest.raises(DemonstrationRefused, match="production"):
        prepare(owner_of(marks), marks.urls, demonstrate=False, production=True)


def test_half_a_demonstration_is_told_as_such_and_loaded_over_nothing(
    marks: Lease, owner_sql: Callable[..., list[tuple[object, ...]]]
) -> None:
    prepare(owner_of(marks), marks.urls, demonstrate=False)
    owner_sql(
        "INSERT INTO accounts_organisation (id, name, country, government, demonstration)"
        " VALUES (gen_random_uuid(), 'Invented', 'XR', false, true)"
    )
    with pytest.raises(DemonstrationCutOff, match="empty it, then start again"):
        prepare(owner_of(marks), marks.urls, demonstrate=True)
    owner_sql(
        "INSERT INTO accounts_organisation (id, name, country, government, demonstration)"
        " VALUES (gen_random_uuid(), 'Our own', 'XR', false, false)"
    )
    prepare(owner_of(marks), marks.urls, demonstrate=True)


def test_a_loading_is_marked_before_its_first_row_and_told_as_cut_off_by_that(
    marks: Lease,
    owner_sql: Callable[..., list[tuple[object, ...]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = "SELECT value FROM installation.marks WHERE name = 'demonstration'"

    class Cut:
        @staticmethod
        def load_demonstration(*_: object, **__: object) -> None:
            assert owner_sql(held) == [("begun",)]
            raise KeyboardInterrupt

    monkeypatch.setenv("UNDAUNTED_PROFILE", "laptop")
    monkeypatch.setattr(schema, "import_module", lambda _: Cut)
    with pytest.raises(KeyboardInterrupt):
        prepare(owner_of(marks), marks.urls, demonstrate=True)
    assert owner_sql("SELECT count(*) FROM accounts_organisation") == [(0,)]
    with pytest.raises(DemonstrationCutOff):
        prepare(owner_of(marks), marks.urls, demonstrate=True)
    with pytest.raises(DemonstrationRefused, match="production"):
        prepare(owner_of(marks), marks.urls, demonstrate=False, production=True)


@pytest.mark.parametrize(
    ("profile", "bind", "may"),
    [
        ("laptop", "127.0.0.1:8000", True),
        ("laptop", "[::1]:8000", True),
        ("laptop", "0.0.0.0:8000", False),
        ("laptop", "192.168.1.4:8000", False),
        ("test", "127.0.0.1:8000", False),
    ],
)
def test_invented_people_are_for_a_laptop_that_only_itself_reaches(
    marks: Lease,
    monkeypatch: pytest.MonkeyPatch,
    profile: str,
    bind: str,
    may: bool,  # noqa: FBT001 - a column of the table
) -> None:
    monkeypatch.setattr(schema, "DEMONSTRATION", "tests.config.nothing_to_load")
    monkeypatch.setenv("UNDAUNTED_PROFILE", profile)
    monkeypatch.setenv("UNDAUNTED_BIND", bind)
    assert read_environment().may_demonstrate is may
    if may:
        prepare(owner_of(marks), marks.urls, demonstrate=True)
    else:
        with pytest.raises(DemonstrationRefused, match="laptop only"):
            prepare(owner_of(marks), marks.urls, demonstrate=True)


def test_demonstration_is_loaded_once_and_may_be_absent(
    marks: Lease, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "DEMONSTRATION", "undaunted.no_such_room")
    said: list[str] = []
    monkeypatch.setenv("UNDAUNTED_PROFILE", "laptop")
    prepare(owner_of(marks), marks.urls, demonstrate=True, say=said.append)
    assert not any(line.startswith("Loading the demonstration") for line in said)


def test_no_invented_people_come_beside_an_organisation_of_ones_own(
    marks: Lease,
    owner_sql: Callable[..., list[tuple[object, ...]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("UNDAUNTED_PROFILE", "laptop")
    loaded: list[str] = []

    def load(owner_url: str, *_: object) -> bool:
        loaded.append(owner_url)
        return True

    monkeypatch.setattr(schema, "_load_demonstration", load)
    owner_sql(
        "INSERT INTO accounts_organisation (id, name, country, government, demonstration)"
        " VALUES (gen_random_uuid(), 'House', 'XR', false, false)"
    )
    prepare(owner_of(marks), marks.urls, demonstrate=True)
    assert not loaded
    owner_sql("DELETE FROM accounts_organisation")
    owner_sql(
        "INSERT INTO accounts_user (id, username, password, language, is_active, demonstration)"
        " VALUES (gen_random_uuid(), 'somebody', '!', 'en', true, false)"
    )
    prepare(owner_of(marks), marks.urls, demonstrate=True)
    assert not loaded, "an account of one's own is enough"
    owner_sql("DELETE FROM accounts_user")
    prepare(owner_of(marks), marks.urls, demonstrate=True)
    assert loaded, "where nobody has installed one"
