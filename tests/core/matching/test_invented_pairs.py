"""The invented lists of the demonstration: two pairs judged, the others open."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.listings.factories import AT, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import load_invented_lists
from undaunted.core.matching.actions import resolve_invented_lists
from undaunted.core.matching.queries import standing_of

pytestmark = pytest.mark.usefixtures("ledger")


def test_some_invented_pairs_are_judged_and_some_are_open(owner_sql: Any) -> None:
    office = make_office(owner_sql)
    with acting_as(office.writer) as actor:
        load_invented_lists(actor=actor, at=AT)
    with acting_as(office.writer) as actor:
        resolve_invented_lists(actor=actor, at=AT)
    standing = standing_of(PUBLIC)
    assert [len(keys) for keys in standing.members.values() if len(keys) > 1] == [2, 2]
    assert standing.open
    assert standing.waiting == ()
