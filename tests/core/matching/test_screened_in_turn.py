"""Of two who hold the same files against lists, what was read later is what stands."""

from __future__ import annotations

from threading import Event, Thread, current_thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection

from tests.core.matching.factories import XF, in_file, listed, make_office, person, screened
from undaunted.core.accounts.actions import acting_as
from undaunted.core.matching.actions import screening
from undaunted.core.matching.analysis import held_against
from undaunted.core.matching.queries import held_last, questions_for

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.matching.factories import Office

pytestmark = pytest.mark.usefixtures("ledger")

HELD_UP = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
STROVIK = person("1", "Viktor Strovik", born="1961-03-04")
FELLNER = person("2", "Anna Maria Fellner")


def _screen_apart(office: Office) -> None:
    try:
        _connect()
        screened(office)
    finally:
        connection.close()


def _connect() -> None:
    """Get a connection, however long a machine under load takes to open one."""
    while True:
        try:
            return connection.ensure_connection()
        except OperationalError:
            continue


def test_screening_that_began_before_closes_no_question_of_one_that_read_later(
    owner_sql: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_office(owner_sql)
    listed(office, XF, tmp_path, [FELLNER])
    in_file(office, "Виктор Стровик", born="1961")
    has_read, go_on = Event(), Event()

    def slow(*asked: Any) -> Any:
        if current_thread() is first:
            has_read.set()
            assert go_on.wait(60), "nobody came second"
        return held_against(*asked)

    monkeypatch.setattr(screening, "held_against", slow)
    first, second = (Thread(target=_screen_apart, args=(office,)) for _ in range(2))
    first.start()
    assert has_read.wait(60)
    listed(office, XF, tmp_path, [FELLNER, STROVIK])
    second.start()
    while second.is_alive() and not owner_sql(HELD_UP):
        pass
    go_on.set()
    for each in (first, second):
        each.join()
    with acting_as(office.writer) as actor:
        assert [each.entry for each in questions_for(actor)] == [f"{XF}:1"]
        assert [each.since for each in held_last(actor)] == [()]
