"""A guest whose part is over is invited anew under the same key, and answers anew."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone as clock

from tests.core.accounts.factories import signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.core.vault.factories import PASSPHRASE
from tests.repression.coordination.program import Program
from tests.repression.coordination.scene_elsewhere import in_days, part_over
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.sharing.actions import accept_item, take_in
from undaunted.core.sharing.models import ArrivalItem
from undaunted.core.sharing.rules import ItemRefused
from undaunted.repression.coordination.actions import (
    confirm_guest,
    invite_partner,
)
from undaunted.repression.coordination.commands import commands
from undaunted.repression.coordination.queries import invitation_sheet, partners_to_add
from undaunted.repression.coordination.rules import (
    Announced,
    Answer,
    CoordinationRefused,
    CoordinationStep,
)

if TYPE_CHECKING:
    from tests.repression.coordination.scene_elsewhere import Across
    from undaunted.repression.coordination.models import Guest

pytestmark = pytest.mark.usefixtures("ledger")


def _again(across: Across) -> Guest:
    body, held = across.ours.body, across.now()
    with acting_as(body.documenter) as actor:
        return invite_partner(held, across.guest.partner, key=body.key, actor=actor, at=clock.now())


def _confirmed(across: Across) -> Across:
    """Invite the guest anew by two people; gives the scene with its later part."""
    made = _again(across)
    with acting_as(across.ours.body.publisher) as actor:
        confirm_guest(made, actor=actor, at=clock.now())
    return replace(across, guest=made)


def _answer(across: Across) -> Answer:
    held = across.invitation()
    with acting_as(across.theirs.body.documenter) as actor:
        return invitation_sheet(actor, held).answer


def test_a_guest_whose_part_was_ended_is_invited_anew_and_goes_anew(agreed: Across) -> None:
    part_over(agreed)
    later = _confirmed(agreed)
    assert agreed.stands() is Announced.WAITING
    later.theirs.accepted(later.told())
    assert _answer(later) is Answer.INVITED
    later.back(CoordinationStep.ACCEPTED)
    assert _answer(later) is Answer.ACCEPTED
    assert later.stands() is Announced.WAITING
    later.back(CoordinationStep.GO)
    assert later.stands() is Announced.AGREED
    assert agreed.held().ended_at is not None
    assert agreed.held().answer == Answer.ACCEPTED


def test_whoever_has_a_part_is_not_invited_again_and_one_person_opens_nothing(
    across: Across,
) -> None:
    body = across.ours.body
    with pytest.raises(CoordinationRefused, match="was invited before"):
        _again(across)
    with acting_as(body.documenter) as actor:
        assert not partners_to_add(actor, across.proposal).exists()
    part_over(across)
    with acting_as(body.documenter) as actor:
        assert partners_to_add(actor, across.proposal).get().pk == across.guest.partner
    made = _again(across)
    with pytest.raises(CoordinationRefused, match="was invited before"):
        _again(across)
    with acting_as(body.documenter) as actor, pytest.raises(Forbidden):
        confirm_guest(made, actor=actor, at=clock.now())
    with pytest.raises(CoordinationRefused, match="a second person"):
        replace(across, guest=made).told()


def test_whoever_left_is_invited_anew_too(agreed: Across) -> None:
    agreed.back(CoordinationStep.LEFT, "We go.")
    later = _confirmed(agreed)
    later.theirs.accepted(later.told())
    later.back(CoordinationStep.ACCEPTED)
    assert later.held().answer == Answer.ACCEPTED
    assert agreed.held().answer == Answer.LEFT


def test_what_answered_the_earlier_invitation_does_not_answer_the_later(across: Across) -> None:
    across.theirs.accepted(across.told())
    late = across.said(CoordinationStep.ACCEPTED)
    part_over(across)
    later = _confirmed(across)
    with pytest.raises(ItemRefused, match="a part that is over"):
        across.ours.accepted(late)
    assert later.held().answer == Answer.INVITED


def test_a_hold_counts_however_late_it_comes(agreed: Across) -> None:
    late, body = agreed.said(CoordinationStep.HOLD, "Wait."), agreed.ours.body
    with acting_as(body.documenter) as actor:
        take_in(late, body.id, key=body.key, actor=actor, at=clock.now())
    part_over(agreed)
    later = _confirmed(agreed)
    later.theirs.accepted(later.told())
    later.back(CoordinationStep.ACCEPTED)
    with acting_as(body.documenter) as actor:
        item = ArrivalItem.objects.select_related("arrival__partner").get(state="waiting")
        accept_item(item, key=body.key, actor=actor, at=clock.now())
    assert later.stands() is Announced.HELD


def test_others_are_told_the_later_part_alone(across: Across) -> None:
    part_over(across)
    later = _confirmed(across)
    later.theirs.accepted(later.told(until=in_days(9)))
    told = json.loads(bytes(later.invitation().content))
    assert [each["answer"] for each in told["parties"]] == ["accepted", "invited"]
    since = later.held().invited_at
    assert since is not None
    assert told["since"] == since.isoformat()


def test_the_earlier_part_stays_on_the_page_and_the_partner_is_offered_again(
    across: Across,
) -> None:
    first, second = (
        signed_in_client(user) for user in (across.ours.body.documenter, across.ours.body.publisher)
    )
    page = f"/desk/coordination/proposals/{across.proposal.pk}/"
    assert "partners/" not in first.get(page).text
    part_over(across)
    assert f"{page}partners/" in first.get(page).text
    made = _again(across)
    shown = second.get(page).text
    assert "its part was ended" in shown
    assert shown.count("Syldavia (invented)") == 2
    confirm = f"/desk/coordination/guests/{made.pk}/confirm/"
    assert confirm in shown
    assert first.post(confirm).status_code == 404
    assert second.post(confirm).status_code == 302
    assert f"/desk/coordination/guests/{made.pk}/package/" in first.get(page).text


def test_it_is_done_at_the_terminal_and_by_program_too(across: Across) -> None:
    part_over(across)
    ours, one = across.ours.body, across.proposal.pk
    told = run_at_terminal(
        commands, "guest", "invite", one, across.guest.partner, person=ours.documenter,
        given=f"{PASSPHRASE}\n",
    )  # fmt: skip
    assert "waits for a second person" in told
    shown = run_at_terminal(commands, "status", one, person=ours.documenter)
    assert f"guest  {across.guest.pk}  Syldavia (invented)  left" in shown
    made = next(
        each for each in Program(ours.documenter).get(f"proposals/{one}")["guests"]
        if each["id"] != str(across.guest.pk)
    )  # fmt: skip
    assert made["invited_at"] is None
    assert Program(ours.publisher).post(f"guests/{made['id']}/confirmation")[0] == 200
    earlier, later = Program(ours.documenter).get(f"proposals/{one}")["guests"]
    assert earlier["ended_at"]
    assert later["invited_at"]
