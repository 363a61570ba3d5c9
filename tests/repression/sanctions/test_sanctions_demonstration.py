"""The demonstration: two people, statements about invented states alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client

from undaunted.config.schema import acting_as_owner
from undaunted.core.access.rules import PUBLIC
from undaunted.core.commitments.queries import published_statements, standing_for
from undaunted.core.places.rules.hypothetical import HYPOTHETICAL_CODES
from undaunted.repression.sanctions.actions.demonstration import load_sanctions
from undaunted.repression.sanctions.rules import BOARD


def test_demonstration_speaks_of_invented_states_alone(ledger: Any) -> None:
    logins: list[str] = []
    load_sanctions(lambda: acting_as_owner(ledger.owner_url), say=logins.append)

    states = set(published_statements(PUBLIC).values_list("state", flat=True))
    assert states == {"XF", "XR", "XZ"} <= HYPOTHETICAL_CODES
    standing = standing_for(PUBLIC, BOARD, "XF", on=date(2026, 11, 27))
    assert standing is not None
    assert standing.binds
    assert len(logins) == 3
    assert (
        "Amend the law. The answer to this is no: Is corruption covered?"
        in Client().get("/sanctions/plans/XF/").content.decode()
    )
