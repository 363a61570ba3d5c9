"""A session that asks is noted as seen, at most once a minute: an hour without asking ends it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.core.accounts.factories import make_user
from undaunted.core.accounts.actions import acting_with_token, open_identity

pytestmark = pytest.mark.usefixtures("ledger")
TOKEN = "of-this-test"
SEEN = "SELECT seen_at > now() - interval '1 minute' FROM accounts_identity"


@pytest.mark.parametrize(("kind", "noted"), [("web", True), ("job", False)])
def test_a_session_that_asks_again_is_noted_as_seen(
    owner_sql: Any, kind: str, noted: object
) -> None:
    user = make_user(owner_sql)
    until = timezone.now() + timedelta(hours=1)
    open_identity(TOKEN, user=user, second_factor=True, kind=kind, until=until)
    owner_sql("UPDATE accounts_identity SET seen_at = now() - interval '5 minutes'")
    with acting_with_token(TOKEN) as actor:
        assert actor.person == user.pk
    assert owner_sql(SEEN) == [(noted,)]
