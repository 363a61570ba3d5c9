"""Into a team by one hand: by SQL with the desk's role, by puppets, by people who have left."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user
from tests.core.vault.factories import (
    Colleague,
    Office,
    admit,
    make_colleague,
    make_office,
    take_in,
)
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.vault.actions import (
    add_member,
    approve_member,
    decline_member,
    propose_member,
    remove_member,
)
from undaunted.core.vault.models import Admission
from undaunted.core.vault.queries import admissions_waiting
from undaunted.core.vault.rules import AdmissionRefused

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
JOIN = (
    "INSERT INTO vault_member (id, team_id, user_id, since, vouched)"
    " VALUES (gen_random_uuid(), %s, %s, now(), '')"
)


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


@pytest.fixture
def puppet(owner_sql: Any, office: Office) -> Colleague:
    return make_colleague(owner_sql, {office.holder: [Role.DOCUMENTER]})


def _refused(statement: str, *values: UUID) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def _propose(team: UUID, person: UUID, by: User) -> UUID:
    with acting_as(by, kind="terminal") as actor:
        propose_member(team, person, actor=actor, at=timezone.now())
        return admissions_waiting(actor).get(team=team, person=person).pk


def _approve(admission: UUID, by: User, *, kind: str = "terminal") -> str:
    """Approve as somebody; gives why not, or nothing."""
    with acting_as(by, kind=kind) as actor:
        try:
            approve_member(admission, actor=actor, at=timezone.now())
        except AdmissionRefused as refusal:
            return refusal.reason
    return ""


def test_a_steward_takes_nobody_in_alone(office: Office, puppet: Colleague) -> None:
    steward, at = office.steward, timezone.now()
    with steward.acting() as actor:
        _refused(JOIN, office.team, puppet.user.pk)
        with pytest.raises(AdmissionRefused, match="propose this person first"):
            add_member(office.team, puppet.user.pk, key=steward.key, actor=actor, at=at)
    made = _propose(office.team, puppet.user.pk, steward.user)
    assert _approve(made, steward.user) == "own"
    with steward.acting() as actor:
        _refused(JOIN, office.team, puppet.user.pk)
        with pytest.raises(AdmissionRefused):
            add_member(office.team, puppet.user.pk, key=steward.key, actor=actor, at=at)
        for change in ("approved_by = person, approved_at = now()", "proposed_by = person"):
            _refused(f"UPDATE vault_admission SET {change}")
        _refused("DELETE FROM vault_admission")
        _refused(
            "INSERT INTO vault_admission (id, team_id, person, proposed_by, proposed_at)"
            " VALUES (gen_random_uuid(), %s, %s, %s, now())",
            office.team, steward.user.pk, puppet.user.pk,
        )  # fmt: skip


def test_what_two_agreed_on_makes_one_place_once(
    office: Office, puppet: Colleague, owner_sql: Any
) -> None:
    take_in(owner_sql, office.team, puppet.user.pk, by=office.steward)
    steward, at = office.steward, timezone.now()
    with steward.acting() as actor:
        remove_member(office.team, puppet.user.pk, key=steward.key, actor=actor, at=at)
        _refused(JOIN, office.team, puppet.user.pk)
        _refused("UPDATE vault_member SET left_at = NULL WHERE user_id = %s", puppet.user.pk)


def test_a_puppet_is_no_second_person_for_whoever_brought_it(
    office: Office, puppet: Colleague, owner_sql: Any
) -> None:
    steward, at = office.steward, timezone.now()
    second = admit(owner_sql, office.team, puppet.user.pk, by=steward)
    other = make_colleague(owner_sql, {office.holder: [Role.DOCUMENTER]})
    early = _propose(office.team, other.user.pk, steward.user)
    with steward.acting() as actor:
        add_member(office.team, puppet.user.pk, key=steward.key, actor=actor, at=at)
    assert _approve(early, puppet.user) == "newer"
    with acting_as(steward.user, kind="terminal") as actor:
        decline_member(early, actor=actor, at=at)
    assert _approve(early, second) == "absent"
    again = _propose(office.team, other.user.pk, steward.user)
    assert _approve(again, puppet.user) == "pair"
    with acting_as(second, kind="terminal") as actor:
        decline_member(again, actor=actor, at=at)
    theirs = _propose(office.team, other.user.pk, second)
    assert _approve(theirs, puppet.user) == "", "of another's proposal a member is the second"
    assert _approve(theirs, steward.user) == "answered"


def test_only_who_signed_in_with_both_factors_of_this_house_is_a_second_person(
    office: Office, puppet: Colleague, owner_sql: Any
) -> None:
    made = _propose(office.team, puppet.user.pk, office.steward.user)
    stranger = make_user(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})
    newer = make_user(owner_sql, {office.holder: [Role.STEWARD]})
    assert _approve(made, stranger) == "absent"
    assert _approve(made, puppet.user) == "absent"
    assert _approve(made, newer) == "newer", "a steward since the proposal"
    assert _approve(made, office.caseworker.user, kind="job") == "absent"
    alone = make_user(owner_sql, {office.holder: [Role.STEWARD]})
    owner_sql(
        "UPDATE accounts_membership SET since = now() - interval '1 day', proposed_by = user_id"
        " WHERE user_id = %s",
        [alone.pk],
    )
    assert _approve(made, alone) == "absent", "a steward by one administrator"
    with acting_as(alone, kind="terminal") as actor, pytest.raises(AdmissionRefused):
        propose_member(office.team, alone.pk, actor=actor, at=timezone.now())
    owner_sql("DELETE FROM accounts_membership WHERE user_id = %s", [office.steward.user.pk])
    assert _approve(made, office.caseworker.user) == "proposer_left"


def test_an_approval_lapses(office: Office, puppet: Colleague, owner_sql: Any) -> None:
    admit(owner_sql, office.team, puppet.user.pk, by=office.steward)
    old = timezone.now() - timedelta(days=15)
    owner_sql("UPDATE vault_admission SET proposed_at = %s, approved_at = %s", [old, old])
    with office.steward.acting():
        _refused(JOIN, office.team, puppet.user.pk)
    other = make_colleague(owner_sql, {office.holder: [Role.DOCUMENTER]})
    made = _propose(office.team, other.user.pk, office.steward.user)
    owner_sql("UPDATE vault_admission SET proposed_at = %s WHERE id = %s", [old, made])
    assert _approve(made, office.caseworker.user) == "lapsed"
    assert _propose(office.team, other.user.pk, office.steward.user) != made
    with acting_as(office.steward.user, kind="terminal") as actor:
        with pytest.raises(AdmissionRefused, match="proposed already"):
            propose_member(office.team, other.user.pk, actor=actor, at=timezone.now())
        with pytest.raises(AdmissionRefused, match="is in the team"):
            propose_member(office.team, actor.person, actor=actor, at=timezone.now())


def test_a_new_team_begins_with_whoever_founded_it(office: Office, puppet: Colleague) -> None:
    found = (
        "INSERT INTO vault_team (id, holder, name, receives, made_at, made_by)"
        " VALUES (gen_random_uuid(), %s, 'Trap', true, now(), %s) RETURNING id"
    )
    with office.steward.acting() as actor:
        with connection.cursor() as cursor:
            cursor.execute(found, [office.holder, actor.person])
            team = cursor.fetchone()[0]
        _refused(JOIN, team, puppet.user.pk)
    assert str(Admission(person=puppet.user.pk, team_id=team)).endswith(str(team))
