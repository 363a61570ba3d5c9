"""Teams change, and only the keys of records are sealed anew."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user
from tests.core.vault.factories import Office, make_colleague, make_office, take_in
from undaunted.core.access.rules import PUBLIC, Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.vault.actions import (
    add_member,
    erase_record,
    found_team,
    open_sealed,
    remove_member,
    seal_for,
)
from undaunted.core.vault.actions import records as inner
from undaunted.core.vault.actions.opening import identity_of
from undaunted.core.vault.models import RecordKey
from undaunted.core.vault.queries import member_for, team_for, team_keys, teams_for
from undaunted.core.vault.rules import (
    NoKeyPair,
    NoRecipients,
    NotForThisKey,
    NotThatTeam,
    UnvouchedRow,
)

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _seal(office: Office, text: bytes, record: UUID | None = None) -> tuple[UUID, bytes]:
    with office.steward.acting() as actor:
        made = seal_for(
            office.team,
            record or uuid4(),
            text,
            kind="note",
            version=1,
            actor=actor,
            at=timezone.now(),
        )
    return made.binding.record, made.envelope


def _open(who: Any, record: UUID, envelope: bytes) -> bytes:
    with who.acting() as actor:
        return open_sealed(
            envelope, record, kind="note", version=1, key=who.key, actor=actor, at=timezone.now()
        )


def test_a_new_member_opens_what_was_sealed_before(office: Office, owner_sql: Any) -> None:
    record, envelope = _seal(office, b"earlier")
    newcomer = make_colleague(owner_sql, {office.holder: [Role.DOCUMENTER]})
    with pytest.raises(NotThatTeam):
        _open(newcomer, record, envelope)
    assert take_in(owner_sql, office.team, newcomer.user.pk, by=office.steward) == 1
    assert _open(newcomer, record, envelope) == b"earlier"


def test_who_leaves_opens_nothing_any_more_even_with_the_rows(
    office: Office, owner_sql: Any
) -> None:
    record, envelope = _seal(office, b"earlier")
    before = owner_sql("SELECT sealed, sequence FROM vault_recordkey")[0]
    gone = office.caseworker
    with office.steward.acting() as actor:
        done = remove_member(
            office.team, gone.user.pk, key=office.steward.key, actor=actor, at=timezone.now()
        )
        held = RecordKey.objects.select_related("record").get(pk=record)
        assert held.sequence == before[1] + 1
    assert done == 1
    with pytest.raises(NotThatTeam):
        _open(gone, record, envelope)
    with gone.acting() as actor, pytest.raises(NotForThisKey):
        identity_of(held, key=gone.key, actor=actor)
    assert _open(office.steward, record, envelope) == b"earlier"
    later, second = _seal(office, b"later")
    assert _open(office.steward, later, second) == b"later"


def test_contents_are_not_touched_when_a_team_changes(office: Office, owner_sql: Any) -> None:
    records = [_seal(office, f"text {n}".encode()) for n in range(5)]
    newcomer = make_colleague(owner_sql, {office.holder: [Role.DOCUMENTER]})
    sealings = owner_sql("SELECT * FROM vault_sealing ORDER BY id")
    take_in(owner_sql, office.team, newcomer.user.pk, by=office.steward)
    assert owner_sql("SELECT * FROM vault_sealing ORDER BY id") == sealings
    for number, (record, envelope) in enumerate(records):
        assert _open(newcomer, record, envelope) == f"text {number}".encode()


def test_a_large_team_is_resealed_in_portions(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inner, "PORTION", 2)
    records = [_seal(office, bytes([n])) for n in range(5)]
    with office.steward.acting() as actor:
        done = remove_member(
            office.team,
            office.caseworker.user.pk,
            key=office.steward.key,
            actor=actor,
            at=timezone.now(),
        )
    assert done == 5
    assert [_open(office.steward, *each) for each in records] == [bytes([n]) for n in range(5)]


def test_erased_records_are_not_resealed(office: Office) -> None:
    record, _ = _seal(office, b"gone")
    with office.steward.acting() as actor:
        erase_record(record, actor=actor, at=timezone.now(), why="retention")
        done = remove_member(
            office.team,
            office.caseworker.user.pk,
            key=office.steward.key,
            actor=actor,
            at=timezone.now(),
        )
    assert done == 0


def test_the_last_member_stays(office: Office) -> None:
    at = timezone.now()
    with office.steward.acting() as actor:
        key = office.steward.key
        remove_member(office.team, office.caseworker.user.pk, key=key, actor=actor, at=at)
        with pytest.raises(NoRecipients):
            remove_member(office.team, office.steward.user.pk, key=key, actor=actor, at=at)
        assert team_keys(actor, office.team).recipients.keys() == {office.steward.user.pk}


def test_a_steward_may_leave_a_team_that_others_keep(office: Office) -> None:
    record, envelope = _seal(office, b"stays")
    me = office.steward
    with me.acting() as actor:
        remove_member(office.team, me.user.pk, key=me.key, actor=actor, at=timezone.now())
    with pytest.raises(NotThatTeam):
        _open(me, record, envelope)
    assert _open(office.caseworker, record, envelope) == b"stays"


def test_only_a_steward_of_the_holder_changes_a_team(office: Office, owner_sql: Any) -> None:
    at, who = timezone.now(), office.caseworker
    other = make_colleague(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})
    with who.acting() as actor:
        with pytest.raises(Forbidden):
            found_team(office.holder, "Second", actor=actor, at=at)
        with pytest.raises(Forbidden):
            add_member(office.team, other.user.pk, key=who.key, actor=actor, at=at)
        with pytest.raises(Forbidden):
            remove_member(office.team, who.user.pk, key=who.key, actor=actor, at=at)
    with other.acting() as actor, pytest.raises(NotThatTeam):
        add_member(office.team, other.user.pk, key=other.key, actor=actor, at=at)


def test_whoever_has_no_key_pair_cannot_be_taken_in(office: Office, owner_sql: Any) -> None:
    at, keyless = timezone.now(), make_user(owner_sql, {office.holder: [Role.STEWARD]})
    with office.steward.acting() as actor, pytest.raises(NoKeyPair):
        add_member(office.team, keyless.pk, key=office.steward.key, actor=actor, at=at)
    with acting_as(keyless) as actor, pytest.raises(NoKeyPair):
        found_team(office.holder, "Second", actor=actor, at=at)


def test_teams_are_seen_by_their_members_and_the_holders_stewards(
    office: Office, owner_sql: Any
) -> None:
    looker = make_user(owner_sql, {office.holder: [Role.STEWARD]})
    stranger = make_user(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})
    with office.caseworker.acting() as actor:
        assert [team.name for team in teams_for(actor)] == ["Casework"]
        assert str(team_for(actor, office.team)) == "Casework"
        with pytest.raises(NotThatTeam):
            member_for(actor, office.team, uuid4())
    with acting_as(looker) as actor:
        assert teams_for(actor).count() == 1
        assert str(member_for(actor, office.team, office.steward.user.pk))
    with acting_as(stranger) as actor:
        assert teams_for(actor).count() == 0
        with pytest.raises(NotThatTeam):
            team_for(actor, office.team)
    assert teams_for(PUBLIC).count() == 0


def test_keys_put_into_a_team_by_hand_are_not_sealed_to(office: Office, owner_sql: Any) -> None:
    intruder = make_colleague(owner_sql, {make_organisation(owner_sql): [Role.READER]})
    owner_sql(
        "INSERT INTO vault_member (id, team_id, user_id, since, vouched)"
        " VALUES (gen_random_uuid(), %s, %s, now(), %s)",
        [office.team, intruder.user.pk, bytes(32)],
    )
    with pytest.raises(UnvouchedRow):
        _seal(office, b"for two, not for three")


def test_a_member_whose_pair_is_missing_is_left_out(office: Office, owner_sql: Any) -> None:
    owner_sql("DELETE FROM vault_wrappedkey WHERE user_id = %s", [office.caseworker.user.pk])
    owner_sql("DELETE FROM vault_publickey WHERE user_id = %s", [office.caseworker.user.pk])
    record, envelope = _seal(office, b"text")
    assert _open(office.steward, record, envelope) == b"text"
    owner_sql("DELETE FROM vault_wrappedkey")
    owner_sql("DELETE FROM vault_publickey")
    with office.steward.acting() as actor, pytest.raises(NoRecipients):
        team_keys(actor, office.team)
