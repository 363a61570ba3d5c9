"""Somebody of the house with SQL on the desk's connection looks where they must not, or alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pyrage
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.core.accounts.factories import in_person
from tests.core.intake.offices import House, make_house, only_box
from tests.core.vault.factories import make_colleague, make_office, take_in
from undaunted.core.access.rules import Role
from undaunted.core.intake.actions import (
    approve_export,
    break_mailbox,
    hand_in,
    keep_from_mailbox,
    let_in_again,
    propose_export,
    redact_letter,
)
from undaunted.core.intake.actions.casework import open_mailbox
from undaunted.core.intake.models import Export
from undaunted.core.intake.rules import (
    Answers,
    Danger,
    Door,
    ExportForm,
    WhyBroken,
    WhyExported,
    WhyOpened,
)
from undaunted.core.vault.models import Bar, Breaking, RecordKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.core.vault.factories import Colleague
    from undaunted.core.intake.models import Mailbox

pytestmark = pytest.mark.usefixtures("ledger")

AT = datetime(2026, 11, 20, 14, 37, 12, tzinfo=UTC)
STORY = Answers(Door.INCIDENT, Danger.NOW, {"story": "They came at night."}, "en")
SHOWN = {
    "intake_mailbox": "id",
    "intake_letter": "mailbox_id",
    "intake_opening": "mailbox_id",
    "intake_export": "mailbox_id",
    "intake_redaction": "mailbox_id",
    "vault_record": "id",
    "vault_recordkey": "record_id",
    "vault_sealing": "record_id",
}
"""Where a mailbox leaves rows, and the column that names it."""


@pytest.fixture
def house(owner_sql: Callable[..., object]) -> House:
    made = make_house(owner_sql)
    hand_in(STORY, at=AT, team=made.office.team)
    return made


@pytest.fixture
def box(house: House) -> Mailbox:
    """Give a mailbox with a row in every table."""
    who = house.office.caseworker
    held = only_box(who)
    with who.acting() as actor:
        (letter,) = open_mailbox(held, key=who.key, actor=actor, at=AT, reason=WhyOpened.FIRST_LOOK)
        redact_letter(held, letter, ["story"], [], actor=actor, at=AT)
        propose_export(held, ExportForm.WHOLE, WhyExported.COURT, actor=actor, at=AT)
    return held


def _rows(box: Mailbox) -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table, column in SHOWN.items():
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [box.pk])
            found[table] = cursor.fetchone()[0]
    return found


def _refused(statement: str, *values: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def _changes(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def test_the_rows_are_there_for_the_team(house: House, box: Mailbox) -> None:
    with house.office.steward.acting():
        assert all(_rows(box).values())


@pytest.mark.parametrize("name", ["other_steward", "officer", "duty_steward"])
def test_another_compartment_sees_no_row_of_a_mailbox(
    house: House, box: Mailbox, name: str
) -> None:
    who: Colleague = getattr(house, name)
    with who.acting():
        assert set(_rows(box).values()) == {0}
        assert _changes("UPDATE intake_mailbox SET assigned_to = %s", who.user.pk) == 0


def test_barred_person_sees_no_row_and_changes_nothing(house: House, box: Mailbox) -> None:
    who = house.office.caseworker
    with house.office.steward.acting() as actor:
        keep_from_mailbox(box, who.user.pk, key=house.office.steward.key, actor=actor, at=AT)
    with who.acting():
        assert set(_rows(box).values()) == {0}
        assert _changes("UPDATE intake_mailbox SET assigned_to = %s", who.user.pk) == 0
        assert _changes("UPDATE vault_bar SET lifted_at = now(), lifted_by = %s", who.user.pk) == 0
        _refused("DELETE FROM vault_bar")
        assert _changes("SELECT * FROM vault_place(%s, 'note')", box.pk) == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Export.objects.create(
                mailbox_id=box.pk,
                form="whole",
                reason="court",
                proposed_by=who.user.pk,
                proposed_at=timezone.now(),
            )
    with house.office.steward.acting():
        _refused("UPDATE intake_mailbox SET assigned_to = %s WHERE id = %s", who.user.pk, box.pk)


def test_a_bar_is_lifted_by_a_steward_of_the_house_alone(
    house: House, box: Mailbox, owner_sql: Any
) -> None:
    who, steward = house.office.caseworker, house.office.steward
    lift = "UPDATE vault_bar SET lifted_at = now(), lifted_by = %s"
    with who.acting() as actor:
        keep_from_mailbox(box, actor.person, key=who.key, actor=actor, at=AT)
    second = make_colleague(owner_sql, {house.holder: [Role.DOCUMENTER]})
    take_in(owner_sql, house.office.team, second.user.pk, by=steward)
    with second.acting():
        assert Bar.objects.count() > 0
        _refused(lift, second.user.pk)
    elsewhere = make_office(owner_sql).steward
    with elsewhere.acting():
        assert Bar.objects.count() == 0
        _refused(lift, elsewhere.user.pk)
    with steward.acting():
        _refused(lift, who.user.pk)
        assert _changes(lift, steward.user.pk) > 0


def test_whoever_is_let_in_again_has_the_key_and_nobody_else_gained_one(
    house: House, box: Mailbox
) -> None:
    who, steward = house.office.caseworker, house.office.steward
    with steward.acting() as actor:
        keep_from_mailbox(box, who.user.pk, key=steward.key, actor=actor, at=AT)
        let_in_again(box, who.user.pk, key=steward.key, actor=actor, at=AT)
        kept = [bytes(each.sealed) for each in RecordKey.objects.filter(record=box.pk)]
    for sealed in kept:
        assert pyrage.decrypt(sealed, [who.key.identity])
        for outside in (house.other_steward, house.officer, house.duty_steward):
            with pytest.raises(pyrage.DecryptError):
                pyrage.decrypt(sealed, [outside.key.identity])
    with who.acting():
        assert all(_rows(box).values())


def test_nobody_is_barred_by_a_colleague_without_that_right(house: House, box: Mailbox) -> None:
    who, victim = house.office.caseworker, house.office.steward
    with who.acting(), pytest.raises(DatabaseError), transaction.atomic():
        Bar.objects.create(
            record_id=box.pk,
            tenant=house.holder,
            user=victim.user.pk,
            by=who.user.pk,
            at=AT,
            why="recorded",
        )
    with who.acting(), pytest.raises(DatabaseError), transaction.atomic():
        Bar.objects.create(
            record_id=box.pk,
            tenant=house.holder,
            user=victim.user.pk,
            by=victim.user.pk,
            at=AT,
            why="declared",
        )


def test_a_mailbox_is_not_moved_from_outside_or_without_its_key(house: House, box: Mailbox) -> None:
    call = "SELECT vault_move(%s, %s, %s, %s, %s)"
    with house.other_steward.acting():
        _refused(call, box.pk, house.other, b"m", b"k", 2)
        _refused("SELECT intake_move(%s)", box.pk)
    with house.office.caseworker.acting():
        _refused(call, box.pk, house.other, b"m", b"k", 99)
        _refused("UPDATE vault_record SET team_id = %s WHERE id = %s", house.other, box.pk)
        _refused("UPDATE intake_mailbox SET team = %s WHERE id = %s", house.other, box.pk)


def _raise(who: Colleague, house: House, box: Mailbox, **changed: Any) -> Breaking:
    facts = {
        "record": box.pk,
        "within": box.pk,
        "team": house.office.team,
        "tenant": house.holder,
        "by": who.user.pk,
        "why": "life_at_risk",
        "at": AT,
        "until": AT,
    }
    return Breaking.objects.create(**facts | changed)


def test_an_emergency_cannot_be_opened_without_its_alarm(house: House, box: Mailbox) -> None:
    officer = house.officer
    with officer.acting():
        assert set(_rows(box).values()) == {0}
        _raise(officer, house, box)
        seen = _rows(box)
        assert seen["intake_letter"] and seen["vault_recordkey"]  # noqa: PT018 - one glance
        _refused("DELETE FROM vault_breaking")
        _refused("UPDATE vault_breaking SET until = now() + interval '1 year'")
        assert _changes(
            "UPDATE vault_breaking SET acknowledged_by = %s, acknowledged_at = now()",
            officer.user.pk,
        ) == 0  # fmt: skip
    with house.office.steward.acting():
        alarm = Breaking.objects.get()
        assert alarm.acknowledged_at is None
        assert abs((timezone.now() - alarm.at).total_seconds()) < 600
        _refused(
            "UPDATE vault_breaking SET acknowledged_by = %s, acknowledged_at = now()",
            officer.user.pk,
        )


def test_the_reporter_is_told_by_the_database_itself(
    house: House, box: Mailbox, owner_sql: Any
) -> None:
    with house.officer.acting():
        _raise(house.officer, house, box)
    told = owner_sql("SELECT by FROM intake_opening WHERE reason = 'emergency'", [])
    assert told == [(house.officer.user.pk,)]


@pytest.mark.parametrize(
    "changed",
    [
        {"by": uuid4()},
        {"team": uuid4()},
        {"tenant": uuid4()},
        {"record": uuid4(), "within": uuid4()},
        {"within": uuid4()},
        {"acknowledged_by": uuid4(), "acknowledged_at": AT},
    ],
    ids=",".join,
)
def test_a_forged_alarm_is_refused(house: House, box: Mailbox, changed: dict[str, Any]) -> None:
    with house.officer.acting(), pytest.raises(DatabaseError), transaction.atomic():
        _raise(house.officer, house, box, **changed)


@pytest.mark.parametrize("name", ["other_steward", "caseworker"])
def test_whoever_is_not_on_duty_raises_no_alarm(house: House, box: Mailbox, name: str) -> None:
    who: Colleague = getattr(house, name, None) or house.office.caseworker
    with who.acting(), pytest.raises(DatabaseError), transaction.atomic():
        _raise(who, house, box)


def test_emergency_shows_and_does_not_let_write(house: House, box: Mailbox) -> None:
    officer = house.officer
    with officer.acting() as actor:
        break_mailbox(
            box.pk, why=WhyBroken.LIFE_AT_RISK, key=officer.key, actor=actor, at=timezone.now()
        )
        assert _changes("UPDATE intake_mailbox SET state = 'closed'") == 0
        assert _changes("UPDATE intake_letter SET read_on = now()") == 0
        assert _changes("DELETE FROM vault_recordkey WHERE record_id = %s", box.pk) == 0
        _refused(
            "INSERT INTO intake_letter (id, mailbox_id, kind, sequence, envelope, at)"
            " VALUES (gen_random_uuid(), %s, 'intake.reply', 9, 'x', now())",
            box.pk,
        )


def _export(who: Colleague) -> Export:
    with who.acting():
        return Export.objects.get()


def test_an_export_is_not_born_approved_or_in_the_name_of_another(
    house: House, box: Mailbox
) -> None:
    who, other = house.office.caseworker, house.office.steward
    facts = {"mailbox_id": box.pk, "form": "whole", "reason": "court", "proposed_at": AT}
    for forged in (
        {"proposed_by": other.user.pk},
        {"proposed_by": who.user.pk, "approved_by": other.user.pk, "approved_at": AT},
        {"proposed_by": who.user.pk, "made_at": AT},
    ):
        with who.acting(), pytest.raises(DatabaseError), transaction.atomic():
            Export.objects.create(**facts | forged)


def test_approval_is_not_forged_and_one_person_exports_nothing(house: House, box: Mailbox) -> None:
    who, other = house.office.caseworker, house.office.steward
    now = "UPDATE intake_export SET approved_by = %s, approved_at = now()"
    with who.acting():
        _refused(now, who.user.pk)
        _refused(now, other.user.pk)
        _refused("UPDATE intake_export SET made_at = now()")
        _refused("UPDATE intake_export SET proposed_by = %s", other.user.pk)
        _refused("DELETE FROM intake_export")
    with other.acting():
        _refused("UPDATE intake_export SET approved_by = %s, made_at = now()", other.user.pk)
        assert _changes(now, other.user.pk) == 1
        _refused("UPDATE intake_export SET made_at = now()")
    with who.acting():
        assert _changes("UPDATE intake_export SET made_at = now()") == 1
        _refused("UPDATE intake_export SET made_at = now()")
        _refused("UPDATE intake_export SET refused_by = %s", who.user.pk)


@pytest.mark.parametrize("column", ["proposed_at", "approved_at"])
def test_an_hour_later_the_export_is_over(
    house: House, box: Mailbox, owner_sql: Any, column: str
) -> None:
    who, other = house.office.caseworker, house.office.steward
    if column == "approved_at":
        with other.acting() as actor:
            approve_export(Export.objects.select_related("mailbox").get(), actor=actor, at=AT)
    owner_sql("ALTER TABLE intake_export DISABLE TRIGGER USER")
    owner_sql(f"UPDATE intake_export SET {column} = now() - interval '61 minutes'")
    owner_sql("ALTER TABLE intake_export ENABLE TRIGGER USER")
    late = "UPDATE intake_export SET approved_by = %s, approved_at = now()"
    if column == "proposed_at":
        with other.acting():
            _refused(late, other.user.pk)
    else:
        with who.acting():
            _refused("UPDATE intake_export SET made_at = now()")


def test_nobody_ends_their_own_conflict_or_declares_one_for_a_colleague(house: House) -> None:
    who, other = house.office.caseworker, house.office.steward
    insert = (
        "INSERT INTO intake_conflict (id, holder, user_id, kind, about, by, at)"
        " VALUES (gen_random_uuid(), %s, %s, 'state', 'XB', %s, now())"
    )
    with who.acting():
        _refused(insert, house.holder, other.user.pk, who.user.pk)
        assert _changes(insert, house.holder, who.user.pk, who.user.pk) == 1
        assert _changes("UPDATE intake_conflict SET ended_at = now()") == 0
        _refused("DELETE FROM intake_conflict")


def test_a_caseworker_signs_nobody_out_and_covers_nothing(house: House) -> None:
    with in_person(house.office.caseworker.user) as actor:
        assert actor.organisations_as(Role.DOCUMENTER)
        _refused("SELECT vault_lock_team(%s)", house.office.team)
        assert _changes("UPDATE vault_team SET duty = NULL") == 0
    with in_person(house.office.steward.user):
        _refused("UPDATE vault_team SET duty = %s WHERE id = %s", uuid4(), house.office.team)


def test_session_keys_of_others_are_out_of_reach(house: House, owner_sql: Any) -> None:
    owner_sql(
        "INSERT INTO vault_sessionkey (id, user_id, box, until)"
        " VALUES (gen_random_uuid(), %s, 'x', now())",
        [house.office.caseworker.user.pk],
    )
    with house.office.steward.acting():
        assert _changes("SELECT * FROM vault_sessionkey") == 0
        assert _changes("DELETE FROM vault_sessionkey") == 0
    with house.office.caseworker.acting():
        assert _changes("DELETE FROM vault_sessionkey") == 1
