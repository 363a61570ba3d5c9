"""Keeping longer or erasing earlier by one hand, in SQL with the desk's role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user
from tests.core.vault.factories import Office, make_office
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.actions import cancel_clock, meet_clock, start_clock
from undaunted.core.clocks.rules import EventsRefused
from undaunted.core.vault.actions import seal_for

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
ERASE = "SELECT vault_erase_by_clock(%s, %s, now())"


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
        assert _run(ERASE, record, clock.pk) == [(False,)]
    assert _keys(owner_sql) == 1
    with office.steward.acting():
        assert _run(GRANT, other) == 1
        _refused(GRANT, other)
        assert _run(ERASE, record, clock.pk) == [(True,)]
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
        assert _run(ERASE, record, clock.pk) == [(False,)]
        assert _run("SELECT * FROM clocks_erasures_due()") == []
    assert _keys(owner_sql) == 1


def test_one_person_ends_no_retention_clock(clerk: User, clock: Clock) -> None:
    at = timezone.now()
    with acting_as(clerk) as actor:
        with pytest.raises(EventsRefused, match="two people"):
            cancel_clock(clock, actor=actor, at=at)
        with pytest.raises(EventsRefused, match="two people"):
            meet_clock(clock, actor=actor, at=at, met_at=at)


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
        assert _run(ERASE, record, own.pk) == [(False,)]
    with transaction.atomic():
        assert _run(ERASE, record, own.pk) == [(False,)]
    assert _keys(owner_sql) == 1
    assert office.holder != house
