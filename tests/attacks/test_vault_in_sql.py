"""Somebody with the desk's role and SQL: shares by one hand, ceremonies that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.core.accounts.factories import in_person, make_organisation, make_user
from tests.core.vault.factories import make_colleague
from undaunted.core.access.rules import Role

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
CEREMONY = (
    "INSERT INTO vault_recovery (id, recipient, threshold, holders, made_at, made_by, pending,"
    " vouched) VALUES (%s, 'age1x', %s, %s, now(), %s, %s, '')"
)
SHARE = (
    "INSERT INTO vault_share (id, recovery_id, number, organisation, person, digest, sealed)"
    " VALUES (%s, %s, %s, %s, %s, %s, 'x')"
)


@pytest.fixture
def houses(owner_sql: Any) -> list[UUID]:
    return [make_organisation(owner_sql, name) for name in ("Archive", "Bar", "Friends")]


@pytest.fixture
def clerk(owner_sql: Any, houses: list[UUID]) -> User:
    return make_user(owner_sql, {houses[0]: [Role.ADMINISTRATOR]})


def _run(statement: str, *values: Any) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return cursor.fetchall() if cursor.description else None


def _begun(
    clerk: User, holders: list[tuple[UUID, UUID]], *, missing: int = 0
) -> tuple[UUID, list[UUID]]:
    """Begin a ceremony in SQL, with the digests `d1`, `d2` and so on."""
    made, shares = uuid4(), [uuid4() for _ in holders]
    names = "[" + ",".join(f'"H{number}"' for number in range(len(holders) + missing)) + "]"
    with in_person(clerk):
        _run(CEREMONY, made, 2, names, clerk.pk, True)
        for number, (share, (house, person)) in enumerate(
            zip(shares, holders, strict=True), start=1
        ):
            _run(SHARE, share, made, number, house, person, f"d{number}")
    return made, shares


@pytest.mark.parametrize(
    ("holders", "threshold"),
    [
        ('["Archive", "archive "]', 2),
        ('["Archive", "\\uff21rchive"]', 2),
        ('["Freedonian Bar", "Freedonian  Bar"]', 2),
        ('["Archive", "Bar"]', 1),
        ('["Archive"]', 1),
        ('["Archive", "Bar"]', 3),
    ],
)
def test_one_organisation_does_not_hold_two_shares_by_another_name(
    clerk: User, holders: str, threshold: int
) -> None:
    with in_person(clerk), pytest.raises(IntegrityError, match="different organisations"):
        _run(CEREMONY, uuid4(), threshold, holders, clerk.pk, False)


def test_a_share_goes_to_somebody_of_its_organisation(
    clerk: User, houses: list[UUID], owner_sql: Any
) -> None:
    first = make_user(owner_sql, {houses[0]: [Role.READER]})
    second = make_user(owner_sql, {houses[1]: [Role.READER]})
    for holders, refusal in (
        ([(houses[0], first.pk), (houses[1], first.pk)], "of its organisation"),
        ([(houses[0], first.pk), (houses[0], clerk.pk)], "one_share_an_organisation"),
        ([(houses[0], first.pk), (houses[2], second.pk)], "of its organisation"),
    ):
        with pytest.raises(IntegrityError, match=refusal):
            _begun(clerk, holders)
    both = make_user(owner_sql, {houses[0]: [Role.READER], houses[1]: [Role.READER]})
    with pytest.raises(IntegrityError, match="one_share_a_person"):
        _begun(clerk, [(houses[0], both.pk), (houses[1], both.pk)])
    assert owner_sql("SELECT count(*) FROM vault_recovery") == [(0,)]


def test_a_ceremony_with_a_share_too_few_is_none(
    clerk: User, houses: list[UUID], owner_sql: Any
) -> None:
    first = make_user(owner_sql, {houses[0]: [Role.READER]})
    with pytest.raises(IntegrityError, match="gets a share"):
        _begun(clerk, [(houses[0], first.pk)], missing=1)


def test_only_the_holder_takes_or_checks_a_share_and_only_with_its_words(
    clerk: User, houses: list[UUID], owner_sql: Any
) -> None:
    people = [make_user(owner_sql, {house: [Role.READER]}) for house in houses[:2]]
    made, shares = _begun(clerk, [(houses[n], people[n].pk) for n in range(2)])
    for who, share, words in (
        (clerk, shares[0], "d1"),
        (people[1], shares[0], "d1"),
        (people[0], shares[0], "d2"),
        (people[0], uuid4(), "d1"),
    ):
        with in_person(who):
            assert _run("SELECT vault_take_share(%s, %s)", share, words) == [("refused",)]
    with in_person(people[0], kind="token"):
        assert _run("SELECT vault_take_share(%s, %s)", shares[0], "d1") == [("refused",)]
    with in_person(people[0]):
        assert _run("SELECT number FROM vault_share") == [(1,)]
        assert _run("SELECT vault_check_share('d1')") == [(False,)]
        assert _run("SELECT vault_take_share(%s, 'd1')", shares[0]) == [("taken",)]
        assert _run("SELECT vault_take_share(%s, 'd1')", shares[0]) == [("refused",)]
    with in_person(people[1]):
        assert _run("SELECT vault_take_share(%s, 'd2')", shares[1]) == [("in force",)]
        assert _run("SELECT vault_check_share('d1')") == [(False,)]
        assert _run("SELECT vault_check_share('d2')") == [(True,)]
    assert owner_sql("SELECT pending, retired_at FROM vault_recovery") == [(False, None)]
    assert made


def test_shares_are_neither_changed_nor_removed_nor_added_later(
    clerk: User, houses: list[UUID], owner_sql: Any
) -> None:
    people = [make_user(owner_sql, {house: [Role.READER]}) for house in houses]
    made, shares = _begun(clerk, [(houses[n], people[n].pk) for n in range(2)])
    with in_person(people[0]):
        for statement in (
            "UPDATE vault_share SET taken_at = now()",
            "UPDATE vault_share SET digest = 'd9'",
            "DELETE FROM vault_share",
            "UPDATE vault_recovery SET pending = false",
        ):
            with pytest.raises(DatabaseError):
                _run(statement)
        assert _run("SELECT vault_abandon_ceremony()") == [(False,)]
        with pytest.raises(DatabaseError):
            _run(SHARE, uuid4(), made, 3, houses[2], people[2].pk, "d3")
    with in_person(clerk):
        assert _run("SELECT vault_abandon_ceremony()") == [(True,)]
        with pytest.raises(DatabaseError):
            _run(SHARE, uuid4(), made, 3, houses[2], people[2].pk, "d3")
    with in_person(people[0]):
        assert _run("SELECT vault_take_share(%s, 'd1')", shares[0]) == [("refused",)]


def test_people_are_listed_to_their_own_and_found_by_name_only_by_administrators(
    clerk: User, houses: list[UUID], owner_sql: Any
) -> None:
    them = make_colleague(owner_sql, {houses[1]: [Role.READER]})
    asked = "SELECT person FROM vault_holder(%s, %s)"
    with in_person(clerk):
        assert _run(asked, houses[1], them.user.username) == [(them.user.pk,)]
        assert _run(asked, houses[2], them.user.username) == []
        assert _run(asked, houses[1], "%") == []
        assert _run("SELECT * FROM vault_people(%s)", uuid4()) == []
    with in_person(them.user):
        assert _run(asked, houses[1], them.user.username) == []
    with transaction.atomic():
        assert _run(asked, houses[1], them.user.username) == []
        assert _run("SELECT * FROM vault_houses()") == []
        assert _run("SELECT * FROM vault_shares()") == []


def test_a_comparison_is_noted_in_ones_own_name_only(owner_sql: Any, houses: list[UUID]) -> None:
    them = make_colleague(owner_sql, {houses[1]: [Role.READER]})
    other = make_user(owner_sql, {houses[0]: [Role.READER]})
    key = owner_sql("SELECT id FROM vault_publickey")[0][0]
    note = "INSERT INTO vault_keycheck (id, public_key_id, by, at) VALUES (%s, %s, %s, now())"
    with in_person(other):
        with pytest.raises(DatabaseError):
            _run(note, uuid4(), key, them.user.pk)
        _run(note, uuid4(), key, other.pk)
