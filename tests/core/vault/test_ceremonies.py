"""The rehearsal: a passphrase is lost, two of three organisations come, and everything is back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user
from tests.core.vault.factories import PASSPHRASE, Colleague, Office, make_colleague, make_office
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.vault.actions import (
    Ceremony,
    hold_ceremony,
    open_at_terminal,
    open_sealed,
    recover_key_pair,
    seal_for,
)
from undaunted.core.vault.models import Recovery, RecoveryCopy
from undaunted.core.vault.queries import recovery_for
from undaunted.core.vault.rules import (
    FLOOR,
    NoKeyPair,
    NoRecovery,
    NotTheQuorum,
    SharesDisagree,
    ShareUnreadable,
    UnvouchedRow,
    WeakPassphrase,
    new_identity,
)

pytestmark = pytest.mark.usefixtures("ledger")
HOLDERS = ["The Archive of Zubrowka", "Freedonian Bar", "Friends of Ruritania"]
FRESH = "eleven paper boats at the weir"


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


@pytest.fixture
def clerk(owner_sql: Any, office: Office) -> Any:
    return make_user(owner_sql, {office.holder: [Role.ADMINISTRATOR]})


def _ceremony(clerk: Any) -> Ceremony:
    with acting_as(clerk) as actor:
        return hold_ceremony(HOLDERS, 2, actor=actor, at=timezone.now())


def _open_once(who: Colleague) -> None:
    with who.acting() as actor:
        open_at_terminal(PASSPHRASE, actor=actor, at=timezone.now(), work=FLOOR)


def _recover(who: Colleague, shares: list[str], passphrase: str = FRESH) -> Any:
    with who.acting() as actor:
        return recover_key_pair(shares, passphrase, actor=actor, at=timezone.now(), work=FLOOR)


def test_a_lost_passphrase_and_two_of_three_organisations(office: Office, clerk: Any) -> None:
    record, who = uuid4(), office.caseworker
    asked: dict[str, Any] = {"kind": "note", "version": 1, "at": timezone.now()}
    with who.acting() as actor:
        made = seal_for(office.team, record, b"They came at night.", actor=actor, **asked)
    held = _ceremony(clerk)
    assert [name for name, _ in held.shares] == HOLDERS
    _open_once(who)
    brought = [held.shares[2][1], held.shares[0][1]]
    fresh = _recover(who, brought)
    assert fresh.generation == 2
    with who.acting() as actor:
        found = open_sealed(made.envelope, record, key=fresh, actor=actor, **asked)
        again = open_at_terminal(FRESH, actor=actor, at=timezone.now(), work=FLOOR)
        copy = RecoveryCopy.objects.get(user=actor.person)
    assert found == b"They came at night."
    assert str(again.identity) == str(fresh.identity) != str(who.key.identity)
    assert copy.public_key_id != held.recovery.pk
    with office.steward.acting() as actor:
        key = office.steward.key
        assert open_sealed(made.envelope, record, key=key, actor=actor, **asked) == found


def test_the_recovery_key_is_nowhere_but_in_the_shares(
    office: Office, clerk: Any, owner_sql: Any
) -> None:
    held = _ceremony(clerk)
    _open_once(office.steward)
    kept = str(owner_sql("SELECT r.*, c.* FROM vault_recovery r, vault_recoverycopy c"))
    kept += str(owner_sql("SELECT * FROM audit_detail"))
    assert "SECRET" not in kept
    for _, share in held.shares:
        assert share not in kept
        assert share.split()[8] not in kept
    assert "Ceremony object" in repr(held)


def test_without_a_quorum_or_with_wrong_shares_nothing_changes(office: Office, clerk: Any) -> None:
    held, who = _ceremony(clerk), office.caseworker
    _open_once(who)
    words = [share for _, share in held.shares]
    for brought, refusal in (
        ([], NotTheQuorum),
        (words[:1], NotTheQuorum),
        ([words[0], words[0]], NotTheQuorum),
        ([words[0], words[1][:-4]], ShareUnreadable),
        ([words[0], "abandon " * 33], ShareUnreadable),
    ):
        with pytest.raises(refusal):
            _recover(who, brought)
    with pytest.raises(WeakPassphrase):
        _recover(who, words[:2], "short")
    with who.acting() as actor:
        assert open_at_terminal(PASSPHRASE, actor=actor, at=timezone.now(), work=FLOOR)


def test_each_opening_moves_the_copy_to_the_ceremony_in_force(office: Office, clerk: Any) -> None:
    first = _ceremony(clerk)
    _open_once(office.steward)
    _open_once(office.caseworker)
    second = _ceremony(clerk)
    _open_once(office.steward)
    _open_once(office.steward)
    old, new = ([share for _, share in held.shares[:2]] for held in (first, second))
    with pytest.raises(SharesDisagree, match="another ceremony"):
        _recover(office.steward, old)
    assert _recover(office.steward, new).generation == 2
    with pytest.raises(SharesDisagree):
        _recover(office.caseworker, new)
    assert _recover(office.caseworker, old).generation == 2
    with office.steward.acting() as actor:
        assert {copy.recovery_id for copy in RecoveryCopy.objects.all()} == {second.recovery.pk}
        assert Recovery.objects.filter(retired_at__isnull=True).count() == 1
        assert str(recovery_for(actor)) == "2 of 3"


def test_without_a_ceremony_or_a_pair_there_is_nothing_to_recover(
    office: Office, owner_sql: Any, clerk: Any
) -> None:
    with pytest.raises(NoRecovery):
        _recover(office.steward, ["any"])
    held = _ceremony(clerk)
    with acting_as(clerk) as actor, pytest.raises(NoKeyPair):
        recover_key_pair([held.shares[0][1]], FRESH, actor=actor, at=timezone.now())


def test_a_pair_made_after_the_ceremony_is_copied_at_once(
    office: Office, clerk: Any, owner_sql: Any
) -> None:
    held = _ceremony(clerk)
    late = make_colleague(owner_sql, {office.holder: [Role.DOCUMENTER]})
    assert _recover(late, [share for _, share in held.shares[1:]]).generation == 2


def test_only_an_administrator_holds_a_ceremony(office: Office) -> None:
    with office.steward.acting() as actor, pytest.raises(Forbidden):
        hold_ceremony(HOLDERS, 2, actor=actor, at=timezone.now())


def test_a_recovery_key_put_there_by_hand_gets_no_copies(
    office: Office, clerk: Any, owner_sql: Any
) -> None:
    _ceremony(clerk)
    owner_sql("UPDATE vault_recovery SET recipient = %s", [str(new_identity().to_public())])
    with pytest.raises(UnvouchedRow):
        _open_once(office.steward)


def test_a_copy_moved_between_people_does_not_open(
    office: Office, clerk: Any, owner_sql: Any
) -> None:
    held = _ceremony(clerk)
    _open_once(office.steward)
    _open_once(office.caseworker)
    owner_sql(
        "UPDATE vault_recoverycopy c SET sealed = o.sealed FROM vault_recoverycopy o"
        " WHERE o.user_id <> c.user_id"
    )
    with pytest.raises(Exception, match="another record"):
        _recover(office.caseworker, [share for _, share in held.shares[:2]])


def test_an_organisation_outside_sees_no_copy(office: Office, clerk: Any, owner_sql: Any) -> None:
    _ceremony(clerk)
    _open_once(office.steward)
    other = make_user(owner_sql, {make_organisation(owner_sql): [Role.ADMINISTRATOR]})
    for person in (other, clerk, office.caseworker.user):
        with acting_as(person):
            assert RecoveryCopy.objects.count() == 0
