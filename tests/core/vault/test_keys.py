"""A person's own key pair: open for a session, closed after it, changed and rotated."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user
from tests.core.vault.factories import PASSPHRASE, Colleague, make_colleague, make_office
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.accounts.models import SessionStore
from undaunted.core.audit.queries import entries_about
from undaunted.core.vault.actions import (
    change_passphrase,
    close,
    make_key_pair,
    open_at_terminal,
    open_for_session,
    open_sealed,
    rotate_key_pair,
    seal_for,
)
from undaunted.core.vault.models import PublicKey, WrappedKey
from undaunted.core.vault.queries import opened_key
from undaunted.core.vault.rules import (
    FLOOR,
    OPEN_FOR,
    WORK,
    KeyPairExists,
    NoKeyPair,
    NotForThisKey,
    UnvouchedRow,
    VaultClosed,
    WeakPassphrase,
    WrongPassphrase,
    new_identity,
)

pytestmark = pytest.mark.usefixtures("ledger")
OTHER = "nine loud bells over the harbour"


@pytest.fixture
def colleague(owner_sql: Any) -> Colleague:
    return make_colleague(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})


def _session() -> SessionStore:
    session = SessionStore()
    session.create()
    return session


def test_a_session_holds_the_key_and_only_the_cookie_opens_it(colleague: Colleague) -> None:
    session, at = _session(), timezone.now()
    with colleague.acting() as actor:
        cookie = open_for_session(PASSPHRASE, session=session, actor=actor, at=at, work=FLOOR)
        session.save()
        again = SessionStore(session.session_key)
        found = opened_key(actor, again, cookie, at=at)
    assert str(found.identity) == str(colleague.key.identity)
    kept = str(again.load())
    assert str(found.identity) not in kept
    assert cookie not in kept


def test_another_cookie_another_session_and_another_person_open_nothing(
    colleague: Colleague, owner_sql: Any
) -> None:
    session, at = _session(), timezone.now()
    with colleague.acting() as actor:
        cookie = open_for_session(PASSPHRASE, session=session, actor=actor, at=at, work=FLOOR)
        wrong = base64.urlsafe_b64encode(bytes(32)).decode()
        for value in ("", wrong, "not base64!", cookie[:-8], "\N{SNOWMAN}"):
            with pytest.raises(VaultClosed):
                opened_key(actor, session, value, at=at)
        moved = _session()
        moved["vault"] = session["vault"]
        with pytest.raises(VaultClosed):
            opened_key(actor, moved, cookie, at=at)
        for strange in ("?", str(uuid4())):
            session["vault"] = {**session["vault"], "key": strange}
            with pytest.raises(VaultClosed):
                opened_key(actor, session, cookie, at=at)
    other = make_colleague(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})
    with other.acting() as actor, pytest.raises(VaultClosed):
        opened_key(actor, session, cookie, at=at)


def test_the_vault_closes_by_hand_and_by_itself(colleague: Colleague) -> None:
    session, at = _session(), timezone.now()
    with colleague.acting() as actor:
        cookie = open_for_session(PASSPHRASE, session=session, actor=actor, at=at, work=FLOOR)
        late = at + OPEN_FOR
        assert opened_key(actor, session, cookie, at=late - timedelta(seconds=1))
        with pytest.raises(VaultClosed, match="closed by itself"):
            opened_key(actor, session, cookie, at=late)
        close(session=session, actor=actor, at=at)
        with pytest.raises(VaultClosed):
            opened_key(actor, session, cookie, at=at)
        close(session=session, actor=actor, at=at)
        verbs = [entry.verb for entry in entries_about("key", str(actor.id))]
    assert sorted(verbs) == ["key.closed", "key.made", "key.opened", "key.opened"]


def test_a_session_outlives_no_rotation(colleague: Colleague) -> None:
    session, at = _session(), timezone.now()
    with colleague.acting() as actor:
        cookie = open_for_session(PASSPHRASE, session=session, actor=actor, at=at, work=FLOOR)
        rotate_key_pair(OTHER, key=colleague.key, actor=actor, at=at, work=FLOOR)
        with pytest.raises(VaultClosed):
            opened_key(actor, session, cookie, at=at)
        with pytest.raises(WrongPassphrase):
            open_at_terminal(PASSPHRASE, actor=actor, at=at, work=FLOOR)
        assert open_at_terminal(OTHER, actor=actor, at=at, work=FLOOR).generation == 2


def test_nobody_opens_a_key_they_do_not_have(owner_sql: Any) -> None:
    user = make_user(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})
    with acting_as(user) as actor:
        with pytest.raises(NoKeyPair):
            open_at_terminal(PASSPHRASE, actor=actor, at=timezone.now())
        with pytest.raises(VaultClosed):
            opened_key(actor, _session(), "", at=timezone.now())
        session = _session()
        session["vault"] = {"left": "over"}
        close(session=session, actor=actor, at=timezone.now())
    assert "vault" not in session


def test_a_second_pair_is_made_by_rotation_only(colleague: Colleague) -> None:
    with colleague.acting() as actor, pytest.raises(KeyPairExists):
        make_key_pair(PASSPHRASE, actor=actor, at=timezone.now(), work=FLOOR)


def test_a_passphrase_changes_and_the_key_stays(colleague: Colleague) -> None:
    at = timezone.now()
    with colleague.acting() as actor:
        with pytest.raises(WrongPassphrase):
            change_passphrase(OTHER, PASSPHRASE, actor=actor, at=at, work=FLOOR)
        with pytest.raises(WeakPassphrase):
            change_passphrase(PASSPHRASE, "short", actor=actor, at=at, work=FLOOR)
        change_passphrase(PASSPHRASE, OTHER, actor=actor, at=at, work=FLOOR)
        with pytest.raises(WrongPassphrase):
            open_at_terminal(PASSPHRASE, actor=actor, at=at, work=FLOOR)
        found = open_at_terminal(OTHER, actor=actor, at=at, work=FLOOR)
    assert str(found.identity) == str(colleague.key.identity)


def test_weaker_work_of_an_earlier_version_is_raised_at_the_next_opening(
    colleague: Colleague,
) -> None:
    with colleague.acting() as actor:
        assert WrappedKey.objects.get(user=actor.person).memory_kib == FLOOR.memory_kib
        open_at_terminal(PASSPHRASE, actor=actor, at=timezone.now())
        held = WrappedKey.objects.get(user=actor.person)
        assert (held.memory_kib, held.passes, held.lanes) == (
            WORK.memory_kib,
            WORK.passes,
            WORK.lanes,
        )
        open_at_terminal(PASSPHRASE, actor=actor, at=timezone.now())
        assert bytes(WrappedKey.objects.get(user=actor.person).salt) == bytes(held.salt)


def test_rotation_reseals_and_destroys_the_old_key(owner_sql: Any) -> None:
    office, record, at = make_office(owner_sql), uuid4(), timezone.now()
    who = office.caseworker
    asked: dict[str, Any] = {"kind": "note", "version": 1, "at": at}
    with who.acting() as actor:
        made = seal_for(office.team, record, b"text", actor=actor, **asked)
        fresh = rotate_key_pair(OTHER, key=who.key, actor=actor, at=at, work=FLOOR)
        assert fresh.generation == 2
        assert open_sealed(made.envelope, record, key=fresh, actor=actor, **asked) == b"text"
        with pytest.raises(NotForThisKey):
            open_sealed(made.envelope, record, key=who.key, actor=actor, **asked)
        assert WrappedKey.objects.filter(user=actor.person).count() == 1
        retired = PublicKey.objects.get(user=actor.person, generation=1)
        assert retired.retired_at == at
    with office.steward.acting() as actor:
        key = office.steward.key
        assert open_sealed(made.envelope, record, key=key, actor=actor, **asked) == b"text"


def test_somebody_elses_key_neither_opens_nor_rotates_for_me(owner_sql: Any) -> None:
    office, at = make_office(owner_sql), timezone.now()
    with office.steward.acting() as actor:
        asked: dict[str, Any] = {"kind": "note", "version": 1, "actor": actor, "at": at}
        made = seal_for(office.team, uuid4(), b"text", **asked)
        with pytest.raises(NotForThisKey, match="somebody else"):
            open_sealed(made.envelope, made.binding.record, key=office.caseworker.key, **asked)
        with pytest.raises(NotForThisKey, match="somebody else"):
            rotate_key_pair(OTHER, key=office.caseworker.key, actor=actor, at=at, work=FLOOR)


def test_a_public_key_put_in_place_of_mine_is_noticed_when_i_open(
    colleague: Colleague, owner_sql: Any
) -> None:
    theirs = str(new_identity().to_public())
    owner_sql("UPDATE vault_publickey SET recipient = %s", [theirs])
    with colleague.acting() as actor, pytest.raises(UnvouchedRow, match="tell your operator"):
        open_at_terminal(PASSPHRASE, actor=actor, at=timezone.now(), work=FLOOR)


def test_after_a_loss_of_the_instances_secret_opening_vouches_anew(
    colleague: Colleague, owner_sql: Any
) -> None:
    before = owner_sql("SELECT vouched FROM vault_publickey")
    owner_sql("UPDATE vault_publickey SET vouched = %s", [bytes(32)])
    with colleague.acting() as actor:
        open_at_terminal(PASSPHRASE, actor=actor, at=timezone.now(), work=FLOOR)
    assert owner_sql("SELECT vouched FROM vault_publickey") == before
