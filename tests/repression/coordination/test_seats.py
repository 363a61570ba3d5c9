"""Seats of organisations among those who propose: taken by two people, once, for their own team."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.repression.coordination.factories import SUBJECT, make_body
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.actions import begin_proposal, confirm_seat, take_seat
from undaunted.repression.coordination.queries import own_party, proposals_for, seats_known
from undaunted.repression.coordination.rules import CoordinationRefused

pytestmark = pytest.mark.usefixtures("ledger")


def test_a_seat_is_taken_by_two_people_once(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XS", seated=False)
    other = make_body(owner_sql, "XF")
    with acting_as(body.documenter) as actor:
        with pytest.raises(CoordinationRefused, match="team"):
            take_seat(body.id, other.team, actor=actor, at=timezone.now())
        seat = take_seat(body.id, body.team, actor=actor, at=timezone.now())
        with pytest.raises(Forbidden):
            confirm_seat(seat, actor=actor, at=timezone.now())
        with pytest.raises(CoordinationRefused, match="one already"):
            take_seat(body.id, body.team, actor=actor, at=timezone.now())
        with pytest.raises(CoordinationRefused, match="no confirmed seat"):
            begin_proposal(
                body.id, SUBJECT, tlp=Tlp.RED, state="XR", invited=[other.id], actor=actor,
                at=timezone.now(),
            )  # fmt: skip
        assert [each.holder for each in seats_known(actor)] == [other.id]
    with acting_as(body.publisher) as actor:
        confirm_seat(seat, actor=actor, at=timezone.now())
        with pytest.raises(CoordinationRefused, match="confirmed before"):
            confirm_seat(seat, actor=actor, at=timezone.now())
        assert own_party(actor, seat.pk) is None
        assert not proposals_for(actor)
