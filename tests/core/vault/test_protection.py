"""What each role of the database may do with the vault's tables, tried in SQL."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user
from tests.core.vault.factories import Office, make_office
from undaunted.core.access.rules import PUBLIC, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.vault.actions import erase_record, seal_for
from undaunted.core.vault.models import (
    Member,
    PublicKey,
    Record,
    RecordKey,
    Recovery,
    RecoveryCopy,
    Sealing,
    Team,
    WrappedKey,
)
from undaunted.core.vault.rules import INTAKE

pytestmark = pytest.mark.usefixtures("ledger")
TABLES = (
    Team,
    Member,
    PublicKey,
    WrappedKey,
    Recovery,
    RecoveryCopy,
    Record,
    RecordKey,
    Sealing,
)
OF_TEAMS = (Team, Member, Record, RecordKey, Sealing)


@pytest.fixture
def office(owner_sql: Any) -> Office:
    made = make_office(owner_sql)
    seal_for(
        made.team, uuid4(), b"text", kind="note", version=1,
        actor=PUBLIC, at=timezone.now(), door=INTAKE,
    )  # fmt: skip
    return made


def _refused(alias: str, statement: str, *values: Any) -> None:
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(using=alias),
        connections[alias].cursor() as cursor,
    ):
        cursor.execute(statement, values)


@pytest.mark.parametrize("alias", ["public", "intake"])
def test_the_public_and_intake_read_no_table(office: Office, alias: str) -> None:
    for model in TABLES:
        _refused(alias, f"SELECT 1 FROM {model._meta.db_table}")
        _refused(alias, f"DELETE FROM {model._meta.db_table}")


def test_the_public_adds_nothing_and_calls_nothing(office: Office) -> None:
    for call in ("vault_teams()", "vault_recipients(%s)", "vault_place(%s, 'note')"):
        values = [office.team] if "%s" in call else []
        _refused("public", f"SELECT * FROM {call}", *values)
    _refused("public", "INSERT INTO vault_recordkey (record_id) VALUES (%s)", uuid4())


def test_intake_learns_the_public_keys_of_receiving_teams_and_no_more(office: Office) -> None:
    with transaction.atomic(using="intake"), connections["intake"].cursor() as cursor:
        cursor.execute("SELECT recipient FROM vault_recipients(%s)", [office.team])
        assert {str(row[0])[:4] for row in cursor.fetchall()} == {"age1"}
        cursor.execute("SELECT * FROM vault_recipients(%s)", [uuid4()])
        assert cursor.fetchall() == []
    _refused("intake", "SELECT vault_teams()")


def test_intake_adds_to_receiving_teams_only_and_gives_no_key_twice(
    office: Office, owner_sql: Any
) -> None:
    owner_sql("UPDATE vault_team SET receives = false")
    insert = (
        "INSERT INTO vault_record (id, tenant, team_id, recipient, made_at, erased_why, vouched)"
        " VALUES (gen_random_uuid(), %s, %s, '', now(), '', '')"
    )
    _refused("intake", insert, office.holder, office.team)
    owner_sql("UPDATE vault_team SET receives = true")
    _refused("intake", insert, uuid4(), office.team)
    ((record,),) = owner_sql("SELECT id FROM vault_record")
    _refused(
        "intake",
        "INSERT INTO vault_recordkey (record_id, sealed, sequence, sealed_at)"
        " VALUES (%s, '', 1, now())",
        record,
    )
    _refused("intake", "UPDATE vault_recordkey SET sequence = 9")


def test_without_an_identity_the_desk_sees_nothing(office: Office) -> None:
    with transaction.atomic():
        assert [model.objects.count() for model in TABLES] == [0] * len(TABLES)


def test_without_the_second_factor_a_member_sees_no_team(office: Office, owner_sql: Any) -> None:
    owner_sql("UPDATE accounts_identity SET second_factor = false")
    with acting_as(office.caseworker.user):
        owner_sql("UPDATE accounts_identity SET second_factor = false")
        assert [model.objects.count() for model in OF_TEAMS] == [0] * len(OF_TEAMS)


def test_members_see_their_teams_and_colleagues_outside_it_do_not(
    office: Office, owner_sql: Any
) -> None:
    with office.caseworker.acting():
        assert [model.objects.count() for model in OF_TEAMS] == [1, 2, 1, 1, 1]
    beside = make_user(owner_sql, {office.holder: [Role.DOCUMENTER, Role.REVIEWER]})
    above = make_user(owner_sql, {office.holder: [Role.ADMINISTRATOR]})
    elsewhere = make_user(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})
    for person in (beside, above, elsewhere):
        with acting_as(person):
            assert [model.objects.count() for model in OF_TEAMS] == [0] * len(OF_TEAMS)
    steward = make_user(owner_sql, {office.holder: [Role.STEWARD]})
    with acting_as(steward):
        assert [model.objects.count() for model in OF_TEAMS] == [1, 2, 0, 0, 0]


def test_a_wrapped_key_is_seen_by_its_owner_alone(office: Office) -> None:
    for who in (office.steward, office.caseworker):
        with who.acting() as actor:
            assert [str(row.user) for row in WrappedKey.objects.all()] == [str(actor.id)]
            assert PublicKey.objects.count() == 2
            assert WrappedKey.objects.exclude(user=actor.person).update(box=b"") == 0


def test_nobody_puts_themselves_into_a_team_in_sql(office: Office, owner_sql: Any) -> None:
    join = (
        "INSERT INTO vault_member (id, team_id, user_id, since, vouched)"
        " VALUES (gen_random_uuid(), %s, %s, now(), '')"
    )
    steward = make_user(owner_sql, {office.holder: [Role.STEWARD]})
    for person in (steward, office.caseworker.user):
        other = steward.pk if person is not steward else person.pk
        with acting_as(person):
            _refused("default", join, office.team, other)


def test_nobody_writes_another_persons_key(office: Office) -> None:
    with office.steward.acting():
        _refused(
            "default",
            "INSERT INTO vault_publickey (id, user_id, generation, recipient, since, vouched)"
            " VALUES (gen_random_uuid(), %s, 9, 'age1', now(), '')",
            office.caseworker.user.pk,
        )
        _refused("default", "UPDATE vault_publickey SET recipient = 'age1'")
        _refused("default", "UPDATE vault_record SET recipient = 'age1'")
        _refused("default", "UPDATE vault_member SET user_id = user_id")


def test_a_tombstone_is_lifted_by_nobody(office: Office, owner_sql: Any) -> None:
    ((record,),) = owner_sql("SELECT id FROM vault_record")
    ((box,),) = owner_sql("SELECT sealed FROM vault_recordkey")
    with office.steward.acting() as actor:
        erase_record(record, actor=actor, at=timezone.now(), why="retention")
    for statement in (
        "UPDATE vault_record SET erased_at = NULL",
        "UPDATE vault_record SET erased_why = 'other'",
        "DELETE FROM vault_record",
    ):
        with pytest.raises(Exception, match="keeps its tombstone"):
            owner_sql(statement)
    key = (
        "INSERT INTO vault_recordkey (record_id, sealed, sequence, sealed_at)"
        " VALUES (%s, %s, 1, now())"
    )
    sealing = (
        "INSERT INTO vault_sealing (id, record_id, kind, version, sequence, head, at, vouched)"
        " VALUES (gen_random_uuid(), %s, 'note', 1, 2, '', now(), '')"
    )
    for statement, values in ((key, [record, box]), (sealing, [record])):
        with pytest.raises(Exception, match="gets no key again"):
            owner_sql(statement, values)


def test_a_record_is_not_erased_with_its_key_left_behind(office: Office, owner_sql: Any) -> None:
    with pytest.raises(Exception, match="keeps its tombstone"):
        owner_sql("UPDATE vault_record SET erased_at = now()")
    with pytest.raises(Exception, match="must be destroyed first"):
        owner_sql("UPDATE vault_record SET erased_at = now(), recipient = ''")


def test_models_say_what_they_are(office: Office) -> None:
    with office.steward.acting() as actor:
        assert str(Team.objects.get()) == "Casework"
        assert str(office.team) in str(Member.objects.first())
        pair = PublicKey.objects.get(user=actor.person)
        assert str(pair) == f"{actor.id} 1"
        assert str(WrappedKey.objects.get()) == str(pair.pk)
    assert str(RecoveryCopy(public_key_id=pair.pk)) == str(pair.pk)
