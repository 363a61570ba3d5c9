"""The demonstration: one proposal under embargo, one announced, invented people alone."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from undaunted.config.schema import acting_as_owner
from undaunted.core.accounts.actions import acting_as
from undaunted.core.accounts.models import User
from undaunted.repression.coordination.actions.demonstration import load_coordination
from undaunted.repression.coordination.queries import (
    petitions_for,
    proposals_for,
    published_cases,
    stands_of,
)
from undaunted.repression.coordination.rules import Announced

if TYPE_CHECKING:
    from undaunted.config.postgres import Lease


@pytest.mark.slow
def test_one_is_announced_and_one_is_under_embargo(ledger: Lease, owner_sql: Any) -> None:
    assert ledger.owner_url is not None
    url, said = ledger.owner_url, list[str]()
    begun = time.monotonic()
    load_coordination(lambda: acting_as_owner(url), say=said.append)
    assert time.monotonic() - begun < 20, "5 s on an idle machine"
    assert len(said) == 9
    (user,) = owner_sql("SELECT id FROM accounts_user WHERE username = 'silva'")
    with acting_as(User(pk=user[0])) as actor:
        stands = {stands_of(actor, each, timezone.now()) for each in proposals_for(actor)}
        assert stands == {Announced.LIFTED, Announced.WAITING}
        assert not petitions_for(actor)
        assert published_cases(actor).count() == 1
    (user,) = owner_sql("SELECT id FROM accounts_user WHERE username = 'zelda'")
    with acting_as(User(pk=user[0])) as actor:
        assert proposals_for(actor).count() == 1
