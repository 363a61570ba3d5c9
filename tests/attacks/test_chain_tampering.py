"""Whoever owns the database rewrites history: an anchor kept outside shows it.

The master of the server can work out every hash anew. Each attack here is done twice: carelessly,
and with the whole chain and its head recomputed so that it verifies by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.audit.actions import record_entry
from undaunted.core.audit.models import Entry
from undaunted.core.audit.queries import Anchor, anchor, verify_chain
from undaunted.core.audit.rules import GENESIS, chain_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")

ENTRIES = 6
ATTACKS = {
    "edited": "UPDATE audit_entry SET verb = 'case.praised' WHERE seq = 3",
    "backdated": "UPDATE audit_entry SET at = at - interval '1 year' WHERE seq = 3",
    "another person": "UPDATE audit_entry SET actor = gen_random_uuid() WHERE seq = 3",
    "deleted": (
        "DELETE FROM audit_detail WHERE entry_id IN (SELECT id FROM audit_entry WHERE seq = 3);"
        " DELETE FROM audit_entry WHERE seq = 3;"
        " UPDATE audit_entry SET seq = seq - 1 WHERE seq > 3"
    ),
    "reordered": (
        "UPDATE audit_entry SET seq = -3 WHERE seq = 3;"
        " UPDATE audit_entry SET seq = 3 WHERE seq = 4;"
        " UPDATE audit_entry SET seq = 4 WHERE seq = -3"
    ),
    "cut off": (
        "DELETE FROM audit_detail WHERE entry_id IN (SELECT id FROM audit_entry WHERE seq > 4);"
        " DELETE FROM audit_entry WHERE seq > 4"
    ),
    "emptied": "DELETE FROM audit_detail; DELETE FROM audit_entry",
}


@pytest.fixture
def steward(owner_sql: Callable[..., Any]) -> User:
    user = make_user(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})
    _leave(user, ENTRIES)
    return user


def _leave(user: User, count: int) -> None:
    for number in range(count):
        with acting_as(user) as actor:
            record_entry(
                "case.read", actor=actor, subject_kind="case", subject_id=str(number),
                at=timezone.now(), detail={"number": number},
            )  # fmt: skip


def _anchored(user: User) -> Anchor:
    with acting_as(user):
        return anchor()


def _whole(user: User, kept: Anchor | None = None) -> bool:
    with acting_as(user):
        return verify_chain(kept).whole


def _recompute(user: User, owner_sql: Callable[..., Any]) -> None:
    """Make the chain verify by itself again, as somebody who can read this code would."""
    with acting_as(user):
        entries = list(Entry.objects.order_by("seq"))
    previous, number = GENESIS, 0
    for number, entry in enumerate(entries, 1):
        made = chain_hash(
            previous=previous, seq=number, at=entry.at, actor=entry.actor, verb=entry.verb,
            subject_kind=entry.subject_kind, subject_id=entry.subject_id, right=entry.right,
            digest=entry.digest,
        )  # fmt: skip
        owner_sql(
            "UPDATE audit_entry SET seq = %s, previous = %s, hash = %s WHERE id = %s",
            [number, previous, made, entry.pk],
        )
        previous = made
    owner_sql("UPDATE audit_head SET seq = %s, hash = %s", [number, previous])


def test_what_nobody_touched_stands_against_an_old_and_a_new_anchor(
    steward: User, owner_sql: Callable[..., Any]
) -> None:
    kept = _anchored(steward)
    _leave(steward, 2)
    assert _whole(steward, kept)
    assert _whole(steward, _anchored(steward))
    _recompute(steward, owner_sql)
    assert _whole(steward, kept), "recomputing an honest chain changes nothing"


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_careless_change_shows_without_any_anchor(
    steward: User, owner_sql: Callable[..., Any], attack: str
) -> None:
    owner_sql(ATTACKS[attack])
    assert not _whole(steward)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_chain_that_was_worked_out_anew_shows_against_the_anchor(
    steward: User, owner_sql: Callable[..., Any], attack: str
) -> None:
    kept = _anchored(steward)
    owner_sql(ATTACKS[attack])
    _recompute(steward, owner_sql)
    assert _whole(steward), "the forgery is good: by itself the chain verifies"
    assert not _whole(steward, kept)


def test_a_fork_from_an_old_backup_shows_against_the_anchor(
    steward: User, owner_sql: Callable[..., Any]
) -> None:
    """The end is cut off, and as many other entries are written by the product itself."""
    kept = _anchored(steward)
    owner_sql(ATTACKS["cut off"])
    _recompute(steward, owner_sql)
    _leave(steward, 5)
    assert _whole(steward)
    assert not _whole(steward, kept)


def test_what_happened_after_the_last_anchor_is_not_protected(
    steward: User, owner_sql: Callable[..., Any]
) -> None:
    """The limit of the promise, written down: anchors must leave the server often."""
    kept = _anchored(steward)
    _leave(steward, 2)
    owner_sql("UPDATE audit_entry SET verb = 'case.praised' WHERE seq = 8")
    _recompute(steward, owner_sql)
    assert _whole(steward, kept)


def test_the_role_of_the_desk_can_change_nothing_of_the_chain(steward: User) -> None:
    for statement in (
        "UPDATE audit_entry SET verb = 'x'",
        "DELETE FROM audit_entry",
        "UPDATE audit_head SET seq = 0",
        "UPDATE audit_detail SET detail = '{}'",
        "TRUNCATE audit_entry",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            acting_as(steward),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert _whole(steward)
