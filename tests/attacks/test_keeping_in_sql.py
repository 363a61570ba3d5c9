"""Keeping longer or erasing earlier by one hand, in SQL with the desk's role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user
from tests.core.vault.factories import Office, make_office
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.actions import (
    cancel_clock,
    extend_clock,
    meet_clock,
    start_clock,
    stop_clock,
)
from undaunted.core.clocks.rules import EventsRefused, Period, Unit
from undaunted.core.vault.actions import seal_for
from undaunted.core.vault.rules import code_for_database

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User
    from undaunted.core.clocks.models import Clock

pytestmark = pytest.mark.usefixtures("ledger")
ASK = (
    "INSERT INTO clocks_request (id, holder, sharing, clock_id, asked, why, asked_by, asked_at,"
    " decided_by, decided_at, granted) VALUES (%s, %s, 'organisation', %s, %s, 'danger', %s, now(),"
    " %s, %s, %s)"
)
GRANT = "UPDATE clocks_request SET decided_by = %s, decided_at = now(), granted = true"
START = (
    "INSERT INTO clocks_clock (id, holder, sharing, subject_kind, subject_id, rule, rule_version,"
    " kind, calendar, zone, started_at, stops, extensions, due_at, recorded_by, recorded_at,"
    " changed_at, sequence, vouched) SELECT gen_random_uuid(), holder, sharing, 'note', %s, rule,"
    " rule_version, kind, '', '', now() - interval '1 year', '[]', '[]', now(), recorded_by, now(),"
    " now(), 0, vouched FROM clocks_clock LIMIT 1"
)


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


@pytest.fixture
def clerk(owner_sql: Any, office: Office) -> User:
    return make_user(owner_sql, {office.holder: [Role.DOCUMENTER]})


@pytest.fixture
def record(office: Office) -> UUID:
    made, at = uuid4(), timezone.now()
    with office.steward.acting() as actor:
        seal_for(office.team, made, b"x", kind="note", version=1, actor=actor, at=at)
    return made


@pytest.fixture
def clock(office: Office, clerk: User, record: UUID) -> Clock:
    with acting_as(clerk) as actor:
        return start_clock(
            "retention-sealed",
            actor=actor,
            at=timezone.now(),
            holder=office.holder,
            subject_kind="note",
            subject_id=record,
            started_at=timezone.now(),
        )


def _run(statement: str, *values: Any) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return cursor.fetchall() if cursor.description else cursor.rowcount


def _refused(statement: str, *values: object) -> None:
    with pytest.raises(DatabaseError):
        _run(statement, *values)


def _erase(record: UUID, clock: UUID) -> Any:
    """Ask as the application does, whose code is right."""
    code = code_for_database(settings.SESSION_BINDING_KEY, "erasing", record, clock)
    return _run("SELECT vault_erase_by_clock(%s, %s, now(), %s)", record, clock, code)


def _keys(owner_sql: Any) -> int:
    return int(owner_sql("SELECT count(*) FROM vault_recordkey")[0][0])


def test_one_person_grants_nothing(
    office: Office, clerk: User, clock: Clock, record: UUID, owner_sql: Any
) -> None:
    me, other, now = clerk.pk, office.steward.user.pk, timezone.now()
    with acting_as(clerk):
        for asked in ("erase", "hold"):
            _refused(ASK, uuid4(), office.holder, clock.pk, asked, other, None, None, None)
            _refused(ASK, uuid4(), office.holder, clock.pk, asked, me, other, now, True)
            _refused(ASK, uuid4(), office.holder, clock.pk, asked, me, me, now, True)
        _run(ASK, uuid4(), office.holder, clock.pk, "erase", me, None, None, None)
        _refused(ASK, uuid4(), office.holder, clock.pk, "erase", me, None, None, None)
        for whose in (me, other):
            _refused(GRANT, whose)
        _refused("UPDATE clocks_request SET asked_by = %s", other)
        _refused("DELETE FROM clocks_request")
        assert _erase(record, clock.pk) == [(False,)]
    assert _keys(owner_sql) == 1
    with office.steward.acting():
        assert _run(GRANT, other) == 1
        _refused(GRANT, other)
        assert _erase(record, clock.pk) == [(True,)]
    assert _keys(owner_sql) == 0


def test_a_hold_is_moved_by_two_people_only(
    office: Office, clerk: User, clock: Clock, record: UUID, owner_sql: Any
) -> None:
    with acting_as(clerk):
        for change in ("held_since = now()", "kind = 'service'", f"subject_id = '{uuid4()}'"):
            _refused(f"UPDATE clocks_clock SET {change}")
        _run(ASK, uuid4(), office.holder, clock.pk, "hold", clerk.pk, None, None, None)
    with office.steward.acting():
        _run(GRANT, office.steward.user.pk)
    owner_sql("UPDATE clocks_clock SET due_at = now() - interval '1 day'")
    with acting_as(clerk):
        _refused("UPDATE clocks_clock SET held_since = NULL")
        assert _erase(record, clock.pk) == [(False,)]
        assert _run("SELECT * FROM clocks_erasures_due()") == []
    assert _keys(owner_sql) == 1


def test_one_person_ends_no_retention_clock(clerk: User, clock: Clock) -> None:
    at = timezone.now()
    with acting_as(clerk) as actor:
        with pytest.raises(EventsRefused, match="two people"):
            cancel_clock(clock, actor=actor, at=at)
        with pytest.raises(EventsRefused, match="two people"):
            meet_clock(clock, actor=actor, at=at, met_at=at)
        with pytest.raises(EventsRefused, match="two people"):
            stop_clock(clock, actor=actor, at=at, since=at)
        with pytest.raises(EventsRefused, match="two people"):
            extend_clock(clock, actor=actor, at=at, period=Period(1, Unit.MONTHS))


@pytest.mark.parametrize(
    "change",
    [
        "cancelled_at = now()",
        "cancelled_at = now(), sequence = sequence + 1",
        "met_at = now(), sequence = sequence + 1",
        "due_at = now(), sequence = sequence + 1",
        "due_at = due_at + interval '10 years', sequence = sequence + 1",
        "started_at = now() - interval '1 year', sequence = sequence + 1",
        "stopped_since = now(), sequence = sequence + 1",
        "stops = '[{}]', sequence = sequence + 1",
        "extensions = '[{}]', sequence = sequence + 1",
        "subject_kind = 'other', sequence = sequence + 1",
        "rule = 'retention-application', sequence = sequence + 1",
        "sharing = 'shared', sequence = sequence + 1",
        "vouched = NULL",
    ],
)
def test_no_retention_clock_is_ended_moved_or_stopped_in_sql(
    clerk: User, clock: Clock, change: str
) -> None:
    with acting_as(clerk):
        assert _run("SELECT count(*) FROM clocks_clock WHERE id = %s", clock.pk) == [(1,)]
        _refused(f"UPDATE clocks_clock SET {change}")


def test_no_retention_clock_is_started_in_sql_and_none_erases_what_is_not_its_own(
    clerk: User, clock: Clock, record: UUID, office: Office, owner_sql: Any
) -> None:
    other = uuid4()
    with office.steward.acting() as actor:
        at = timezone.now()
        seal_for(office.team, other, b"x", kind="note", version=1, actor=actor, at=at)
    owner_sql("UPDATE clocks_clock SET due_at = now() - interval '1 day'")
    with acting_as(clerk):
        _refused(START, other)
        for code in (b"", bytes(32)):
            _refused("SELECT vault_erase_by_clock(%s, %s, now(), %s)", other, clock.pk, code)
        right = code_for_database(settings.SESSION_BINDING_KEY, "erasing", record, clock.pk)
        _refused("SELECT vault_erase_by_clock(%s, %s, now(), %s)", other, clock.pk, right)
    assert _keys(owner_sql) == 2


def test_a_clock_erases_nothing_of_another_organisation(
    office: Office, record: UUID, owner_sql: Any
) -> None:
    house = make_organisation(owner_sql)
    stranger = make_user(owner_sql, {house: [Role.STEWARD]})
    with acting_as(stranger) as actor:
        own = start_clock(
            "retention-sealed",
            actor=actor,
            at=timezone.now(),
            holder=house,
            subject_kind="note",
            subject_id=record,
            started_at=timezone.now(),
        )
    owner_sql("UPDATE clocks_clock SET due_at = now() - interval '1 day'")
    with acting_as(stranger):
        assert _erase(record, own.pk) == [(False,)]
    with transaction.atomic():
        assert _erase(record, own.pk) == [(False,)]
    assert _keys(owner_sql) == 1
    assert office.holder != house
