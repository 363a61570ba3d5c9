"""The invented lists of the demonstration: a pair joined by two people, one that waits."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.listings.factories import AT, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import load_invented_lists
from undaunted.core.matching.actions import confirm_invented_pairs, resolve_invented_lists
from undaunted.core.matching.queries import standing_of
from undaunted.core.matching.rules import Why

pytestmark = pytest.mark.usefixtures("ledger")


def test_some_invented_pairs_are_judged_and_some_are_open(owner_sql: Any) -> None:
    office = make_office(owner_sql)
    with acting_as(office.writer) as actor:
        load_invented_lists(actor=actor, at=AT)
    with acting_as(office.writer) as actor:
        resolve_invented_lists(actor=actor, at=AT)
    with acting_as(office.reviewer) as actor:
        confirm_invented_pairs(actor=actor, at=AT)
    standing = standing_of(PUBLIC)
    assert [len(keys) for keys in standing.members.values() if len(keys) > 1] == [2]
    assert [each.why for each in standing.open].count(Why.WAITS) == 1
    assert standing.open
    assert standing.waiting == ()
