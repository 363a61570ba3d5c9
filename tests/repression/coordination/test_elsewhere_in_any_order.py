"""Packages of a guest come in any order, with any clock: none hides a hold or breaks a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone as clock

from tests.core.accounts.factories import signed_in_client
from tests.repression.coordination.scene_elsewhere import pass_moment
from undaunted.core.accounts.actions import acting_as
from undaunted.core.sharing.actions import take_in
from undaunted.core.sharing.rules import ItemRefused
from undaunted.repression.coordination.actions import elsewhere, guests
from undaunted.repression.coordination.rules import (
    Announced,
    Answer,
    CoordinationState,
    CoordinationStep,
    Preparation,
)
from undaunted.repression.coordination.writers import write_told_proposal, write_told_step

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.repression.coordination.scene_elsewhere import Across
    from undaunted.repression.coordination.rules import ToldStep

pytestmark = pytest.mark.usefixtures("ledger")
FAR = datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-14)))
EARLY = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))


def _misstated(**wrong: Any) -> Callable[[ToldStep], bytes]:
    """Write a step as an installation with a wrong clock would."""
    return lambda told: write_told_step(replace(told, **wrong))


def test_a_hold_counts_though_a_later_word_was_taken_in_before_it(agreed: Across) -> None:
    _made, hold = agreed.written(CoordinationStep.HOLD, "Stop, the court rules.")
    agreed.back(CoordinationStep.COMMENT, "We wrote a hold; our second seals it now.")
    agreed.ours.accepted(agreed.theirs.sealed(hold))
    assert agreed.stands() is Announced.HELD
    agreed.back(CoordinationStep.GO)
    assert agreed.stands() is Announced.AGREED


def test_an_older_go_lifts_no_hold(agreed: Across) -> None:
    _made, go = agreed.written(CoordinationStep.GO)
    agreed.back(CoordinationStep.HOLD, "Stop.")
    file = agreed.theirs.sealed(go)
    with pytest.raises(ItemRefused, match="a later word of this partner"):
        agreed.ours.accepted(file)
    assert agreed.stands() is Announced.HELD


def test_an_answer_counts_though_a_later_remark_was_taken_in_before_it(across: Across) -> None:
    across.theirs.accepted(across.told())
    _made, answer = across.written(CoordinationStep.ACCEPTED)
    across.back(CoordinationStep.COMMENT, "A later word.")
    across.ours.accepted(across.theirs.sealed(answer))
    assert across.held().answer == Answer.ACCEPTED


def test_a_step_that_nobody_sealed_was_not_told(across: Across) -> None:
    across.theirs.accepted(across.told())
    across.written(CoordinationStep.ACCEPTED)
    page = f"/desk/coordination/elsewhere/{across.invitation().pk}/"
    client = signed_in_client(across.theirs.body.documenter)
    assert "waits for a second person" in client.get(page).content.decode()
    across.back(CoordinationStep.ACCEPTED)
    assert across.held().answer == Answer.ACCEPTED


def test_a_step_dated_ahead_is_refused_and_shuts_out_no_hold(
    agreed: Across, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = clock.now() + timedelta(days=300)
    with monkeypatch.context() as patch:
        patch.setattr(elsewhere, "write_told_step", _misstated(at=ahead))
        file = agreed.said(CoordinationStep.GO)
    with pytest.raises(ItemRefused, match="at: it is dated ahead"):
        agreed.ours.accepted(file)
    agreed.back(CoordinationStep.HOLD, "Stop.")
    assert agreed.stands() is Announced.HELD


@pytest.mark.parametrize(
    "wrong", [{"at": FAR}, {"moment": EARLY}, {"due": date(1, 1, 1)}], ids=["at", "moment", "due"]
)
def test_a_step_of_no_time_that_can_be_kept_is_refused(
    agreed: Across, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any]
) -> None:
    more = {"preparation": Preparation.COUNCIL, "state": CoordinationState.DONE}
    with monkeypatch.context() as patch:
        patch.setattr(elsewhere, "write_told_step", _misstated(**wrong))
        file = agreed.said(CoordinationStep.PREPARED, **more)
    with pytest.raises(ItemRefused):
        agreed.ours.accepted(file)
    page = f"/desk/coordination/proposals/{agreed.proposal.pk}/"
    assert signed_in_client(agreed.ours.body.documenter).get(page).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"moment": datetime(9999, 12, 31, 23, tzinfo=UTC)},
        {"moment": EARLY, "stands": Announced.LIFTED},
        {"written_at": FAR},
        {"written_at": datetime(2099, 1, 1, tzinfo=UTC)},
    ],
)
def test_a_proposal_of_no_time_that_can_be_kept_is_refused(
    across: Across, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            guests, "write_told_proposal", lambda told: write_told_proposal(replace(told, **wrong))
        )
        file = across.told()
    with pytest.raises(ItemRefused):
        across.theirs.accepted(file)
    client = signed_in_client(across.theirs.body.documenter)
    assert client.get("/desk/coordination/").status_code == 200


def test_what_was_announced_stays_so_when_a_package_is_taken_back(
    agreed: Across, owner_sql: Any
) -> None:
    pass_moment(owner_sql)
    assert agreed.stands() is Announced.LIFTED
    with acting_as(agreed.ours.body.documenter) as actor:
        guests.give_up_answer(
            "coordination_guest", agreed.guest.pk, why="taken_back", actor=actor, at=clock.now()
        )
    assert agreed.stands() is Announced.LIFTED


def test_a_package_that_waits_is_shown_and_keeps_the_embargo(
    agreed: Across, owner_sql: Any
) -> None:
    file, body = agreed.said(CoordinationStep.HOLD, "Stop."), agreed.ours.body
    with acting_as(body.documenter) as actor:
        take_in(file, body.id, key=body.key, actor=actor, at=clock.now())
    assert agreed.stands() is Announced.WAITING
    page = f"/desk/coordination/proposals/{agreed.proposal.pk}/"
    told = signed_in_client(body.documenter).get(page).content.decode()
    assert "a package of it waits for you to accept it" in told
    pass_moment(owner_sql)
    owner_sql("UPDATE sharing_arrival SET received_at = now() - interval '1 hour'")
    assert agreed.stands() is Announced.MISSED
    assert owner_sql("SELECT coordination_lifted(%s)", [agreed.proposal.pk]) == [(False,)]
