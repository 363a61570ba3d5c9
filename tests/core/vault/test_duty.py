"""A team on duty opens by its emergency key; without members or without that key nothing opens."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from tests.core.vault.factories import Colleague, Office, make_colleague, make_office
from undaunted.core.access.rules import Role
from undaunted.core.vault.actions import (
    break_glass,
    close_everywhere,
    cover_team,
    found_team,
    open_at_terminal,
    open_sealed,
    put_on_duty,
    remove_member,
    seal_for,
)
from undaunted.core.vault.actions import records as inner
from undaunted.core.vault.models import Breaking, RecordKey, SessionKey
from undaunted.core.vault.queries import members_of
from undaunted.core.vault.rules import (
    FLOOR,
    NoRecipients,
    NotThatTeam,
    TooManyGuesses,
    WrongPassphrase,
)

pytestmark = pytest.mark.usefixtures("ledger")
TEXT = b"They came at night."


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


@pytest.fixture
def officer(office: Office, owner_sql: Any) -> Colleague:
    """Give somebody on duty for the office's team."""
    who = make_colleague(owner_sql, {office.holder: [Role.STEWARD]})
    now = timezone.now()
    with who.acting() as actor:
        night = found_team(office.holder, "Night duty", receives=False, actor=actor, at=now).pk
        put_on_duty(night, actor=actor, at=now)
    with office.steward.acting() as actor:
        cover_team(office.team, night, key=office.steward.key, actor=actor, at=now)
    return who


def _seal(office: Office) -> tuple[UUID, bytes]:
    record = uuid4()
    with office.steward.acting() as actor:
        made = seal_for(
            office.team, record, TEXT, kind="note", version=1, actor=actor, at=timezone.now()
        )
    return record, made.envelope


def test_somebody_on_duty_opens_with_the_emergency_key(office: Office, officer: Colleague) -> None:
    record, envelope = _seal(office)
    now = timezone.now()
    with officer.acting() as actor:
        key = break_glass(record, why="danger", key=officer.key, actor=actor, at=now)
        text = open_sealed(envelope, record, kind="note", version=1, key=key, actor=actor, at=now)
    assert text == TEXT


def test_without_the_emergency_key_no_alarm_is_raised_and_nothing_opens(
    office: Office, officer: Colleague, owner_sql: Any
) -> None:
    record, _envelope = _seal(office)
    owner_sql("DELETE FROM vault_duty")
    with officer.acting() as actor:
        with pytest.raises(NotThatTeam):
            break_glass(record, why="danger", key=officer.key, actor=actor, at=timezone.now())
        assert not Breaking.objects.exists()


def test_whoever_is_on_duty_does_not_stand_for_the_last_member(
    office: Office, officer: Colleague
) -> None:
    now, steward = timezone.now(), office.steward
    with steward.acting() as actor:
        remove_member(office.team, office.caseworker.user.pk, key=steward.key, actor=actor, at=now)
        with pytest.raises(NoRecipients):
            remove_member(office.team, actor.person, key=steward.key, actor=actor, at=now)
        assert [each.user for each in members_of(actor, office.team)] == [steward.user.pk]
    with officer.acting() as actor:
        assert not members_of(actor, uuid4()).exists()


def test_a_record_is_never_sealed_to_nobody(office: Office) -> None:
    record, _envelope = _seal(office)
    who = office.steward
    with who.acting() as actor:
        before = bytes(RecordKey.objects.get(record=record).sealed)
        with pytest.raises(NoRecipients):
            inner.reseal_record(record, {}, key=who.key, actor=actor, at=timezone.now())
        assert bytes(RecordKey.objects.get(record=record).sealed) == before


def test_open_keys_are_destroyed_in_every_session_of_one_person_alone(office: Office) -> None:
    now = timezone.now()
    for who, sessions in ((office.caseworker, 2), (office.steward, 1)):
        with who.acting() as actor:
            for _ in range(sessions):
                SessionKey.objects.create(user=actor.person, box=b"sealed", until=now)
    with office.caseworker.acting() as actor:
        assert close_everywhere(actor=actor, at=now) == 2
        assert close_everywhere(actor=actor, at=now) == 0
    with office.steward.acting():
        assert SessionKey.objects.count() == 1


def test_guessing_a_passphrase_comes_to_an_end(office: Office) -> None:
    who, guesses = office.caseworker, 0
    with who.acting() as actor, pytest.raises(TooManyGuesses):  # noqa: PT012 - until it is refused
        while guesses < 50:
            try:
                open_at_terminal("wrong", actor=actor, at=timezone.now(), work=FLOOR)
            except WrongPassphrase:
                guesses += 1
    assert 0 < guesses < 50
