"""The demonstration: one proposal under embargo, one announced, invented people alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from undaunted.config.schema import acting_as_owner
from undaunted.core.accounts.actions import acting_as
from undaunted.core.accounts.models import User
from undaunted.core.matching.queries import answers_for, questions_for, sheets_of
from undaunted.repression.coordination.actions import demonstration
from undaunted.repression.coordination.actions.demonstration import load_coordination
from undaunted.repression.coordination.queries import (
    invitation_sheet,
    invitations_for,
    notices_for,
    petitions_for,
    proposal_sheet,
    proposals_for,
    published_cases,
    stands_of,
)
from undaunted.repression.coordination.rules import Announced, Answer

if TYPE_CHECKING:
    from undaunted.config.postgres import Lease


@pytest.mark.slow
def test_one_is_announced_and_one_is_under_embargo(
    ledger: Lease, owner_sql: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine so slow that the first moment is past before everybody goes."""
    monkeypatch.setattr(demonstration, "_WAITS", (0.05, 2.0, 20.0))
    assert ledger.owner_url is not None
    url, said = ledger.owner_url, list[str]()
    load_coordination(lambda: acting_as_owner(url), say=said.append)
    assert len(said) == 9
    (user,) = owner_sql("SELECT id FROM accounts_user WHERE username = 'silva'")
    with acting_as(User(pk=user[0])) as actor:
        stands = {stands_of(actor, each, timezone.now()) for each in proposals_for(actor)}
        assert stands == {Announced.LIFTED, Announced.WAITING}
        assert not petitions_for(actor)
        assert published_cases(actor).count() == 1
    (user,) = owner_sql("SELECT id FROM accounts_user WHERE username = 'zelda'")
    with acting_as(User(pk=user[0])) as actor:
        assert proposals_for(actor).count() == 0
        (held,) = invitations_for(actor)
        assert invitation_sheet(actor, held).answer == Answer.ACCEPTED
    (user,) = owner_sql("SELECT id FROM accounts_user WHERE username = 'fedora'")
    with acting_as(User(pk=user[0])) as actor:
        (sheet,) = (
            found
            for found in (proposal_sheet(actor, e, timezone.now()) for e in proposals_for(actor))
            if found.guests
        )
        assert [(each.name, each.answer) for each in sheet.guests] == [
            ("Sanctions unit of Zubrowka", Answer.ACCEPTED)
        ]
        assert sheet.unheard == {sheet.guests[0].pk}
    (user,) = owner_sql("SELECT id FROM accounts_user WHERE username = 'berta'")
    with acting_as(User(pk=user[0])) as actor:
        assert notices_for(actor).count() == 3
        asked = {
            e.subject.form.names[0] for e in sheets_of(actor, questions_for(actor)) if e.subject
        }
        assert asked == {"Viktor Strovik"}
        assert {each.verdict for each in answers_for(actor)} == {"different"}
