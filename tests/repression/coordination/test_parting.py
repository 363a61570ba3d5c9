"""A guest's part is ended by two people, and one who refuses its package lifts nothing alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone as clock

from tests.core.accounts.factories import make_user, signed_in_client
from tests.repression.coordination.scene_elsewhere import (
    in_days,
    make_house,
    part_over,
    part_proposed_over,
    pass_moment,
    refused_unread,
)
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.sharing.actions import (
    end_arrival,
    record_partner,
    take_in,
    verify_partner,
)
from undaunted.core.sharing.models import Arrival, Slip
from undaunted.core.sharing.rules import ItemRefused, PartnerKind
from undaunted.repression.coordination.actions import (
    confirm_guest,
    confirm_parting,
    drop_parting,
    invite_partner,
    propose_parting,
    set_aside,
    tell_guest,
)
from undaunted.repression.coordination.queries import guest_for, refused_of
from undaunted.repression.coordination.rules import (
    Announced,
    AnnouncementRefused,
    CoordinationRefused,
    CoordinationStep,
)

if TYPE_CHECKING:
    from uuid import UUID

    from tests.repression.coordination.scene_elsewhere import Across, House

pytestmark = pytest.mark.usefixtures("ledger")


def _later_keys(ours: House, theirs: House) -> UUID:
    """Record the partner anew under other keys, compared by a second person."""
    with acting_as(ours.body.documenter) as actor:
        made = record_partner(
            ours.body.id, name="Syldavia, later keys (invented)", kind=PartnerKind("government"),
            audience="government:XS", signing_key=theirs.own.signing_key,
            recipient=theirs.own.recipient, actor=actor, at=clock.now(),
        )  # fmt: skip
    with acting_as(ours.body.publisher) as actor:
        return verify_partner(made, theirs.own.fingerprint, actor=actor, at=clock.now()).pk


def test_two_people_end_the_part_of_a_guest_whose_keys_were_changed(
    agreed: Across, owner_sql: Any
) -> None:
    agreed.back(CoordinationStep.HOLD, "Wait.")
    assert agreed.stands() is Announced.HELD
    later = _later_keys(agreed.ours, make_house(owner_sql, "XS", "Syldavia anew (invented)"))
    held, ours = agreed.now(), agreed.ours.body
    with acting_as(ours.documenter) as actor:
        again = invite_partner(held, later, key=ours.key, actor=actor, at=clock.now())
        propose_parting(agreed.guest, actor=actor, at=clock.now())
        with pytest.raises(Forbidden):
            confirm_parting(agreed.guest, actor=actor, at=clock.now())
    assert agreed.stands() is Announced.HELD
    with acting_as(ours.publisher) as actor:
        confirm_guest(again, actor=actor, at=clock.now())
        confirm_parting(agreed.guest, actor=actor, at=clock.now())
        assert [each.why for each in Slip.objects.filter(released_at__isnull=False)]
        with pytest.raises(CoordinationRefused, match="no part any more"):
            confirm_parting(agreed.guest, actor=actor, at=clock.now())
    # Two are needed for a joint announcement: the guest under its later keys answers anew.
    assert agreed.stands() is Announced.WAITING
    assert owner_sql("SELECT verb FROM audit_entry WHERE verb = 'proposal.guest_ended'")


def test_nothing_goes_to_a_guest_that_has_no_part_and_nothing_of_it_counts(across: Across) -> None:
    across.theirs.accepted(across.told())
    file = across.said(CoordinationStep.ACCEPTED)
    part_over(across)
    with pytest.raises(ItemRefused, match="as a party"):
        across.ours.accepted(file)
    with acting_as(across.ours.body.documenter) as actor:
        held = guest_for(actor, across.guest.pk)
        assert held is not None
        with pytest.raises(CoordinationRefused, match="no part any more"):
            tell_guest(held, in_days(9), actor=actor, at=clock.now())


def test_a_part_is_not_ended_after_the_moment_was_missed(agreed: Across, owner_sql: Any) -> None:
    agreed.back(CoordinationStep.HOLD, "Wait.")
    part_proposed_over(agreed)
    pass_moment(owner_sql)
    with (
        acting_as(agreed.ours.body.publisher) as actor,
        pytest.raises(AnnouncementRefused, match="move it first"),
    ):
        confirm_parting(agreed.guest, actor=actor, at=clock.now())
    assert agreed.stands() is Announced.MISSED


def test_who_refuses_a_package_alone_lifts_nothing(agreed: Across, owner_sql: Any) -> None:
    item = refused_unread(agreed, CoordinationStep.HOLD, "Stop.")
    assert agreed.stands() is Announced.WAITING
    held = agreed.now()
    with acting_as(agreed.ours.body.documenter) as actor, pytest.raises(Forbidden):
        set_aside(held, item, actor=actor, at=clock.now())
    with acting_as(agreed.ours.body.publisher) as actor:
        made = set_aside(held, item, actor=actor, at=clock.now())
        assert refused_of(actor, held) == ()
        with pytest.raises(Forbidden):
            set_aside(held, item, actor=actor, at=clock.now())
    assert agreed.stands() is Announced.AGREED
    assert owner_sql("SELECT count(*) FROM coordination_setaside WHERE id = %s", [made.pk]) == [
        (1,)
    ]


def test_what_is_set_aside_after_the_moment_lifts_nothing(agreed: Across, owner_sql: Any) -> None:
    item = refused_unread(agreed, CoordinationStep.HOLD, "Stop.")
    pass_moment(owner_sql)
    owner_sql("UPDATE sharing_arrival SET received_at = now() - interval '1 hour'")
    owner_sql("UPDATE coordination_guest SET invited_at = now() - interval '2 hours'")
    assert agreed.stands() is Announced.MISSED
    held = agreed.now()
    with acting_as(agreed.ours.body.publisher) as actor:
        set_aside(held, item, actor=actor, at=clock.now())
    assert agreed.stands() is Announced.MISSED
    assert owner_sql("SELECT coordination_lifted(%s)", [held.pk]) == [(False,)]


def test_a_package_that_ran_out_unread_keeps_the_embargo(agreed: Across, owner_sql: Any) -> None:
    file, body = agreed.said(CoordinationStep.HOLD, "Stop."), agreed.ours.body
    with acting_as(body.documenter) as actor:
        arrival = take_in(file, body.id, key=body.key, actor=actor, at=clock.now())
        assert isinstance(arrival, Arrival)
    owner_sql(
        "UPDATE sharing_arrival SET expires_at = now() - interval '1 second' WHERE id = %s",
        [arrival.pk],
    )
    with acting_as(body.documenter) as actor:
        end_arrival(arrival, actor=actor, at=clock.now())
    assert agreed.stands() is Announced.WAITING
    held = agreed.now()
    with acting_as(body.publisher) as actor:
        (refused,) = refused_of(actor, held)
        set_aside(held, refused.item, actor=actor, at=clock.now())
    assert agreed.stands() is Announced.AGREED


def test_whoever_proposed_to_end_a_part_takes_that_back(agreed: Across, owner_sql: Any) -> None:
    part_proposed_over(agreed)
    body = agreed.ours.body
    with acting_as(body.documenter) as actor:
        with pytest.raises(CoordinationRefused, match="a colleague proposed it already"):
            propose_parting(agreed.guest, actor=actor, at=clock.now())
        drop_parting(agreed.guest, actor=actor, at=clock.now())
    with acting_as(body.publisher) as actor, pytest.raises(CoordinationRefused, match="nobody has"):
        confirm_parting(agreed.guest, actor=actor, at=clock.now())
    kept = "SELECT ending_by, ended_at FROM coordination_guest WHERE id = %s"
    assert owner_sql(kept, [agreed.guest.pk]) == [(None, None)]
    part_over(agreed)
    with acting_as(body.documenter) as actor, pytest.raises(CoordinationRefused, match="no part"):
        drop_parting(agreed.guest, actor=actor, at=clock.now())


def test_a_second_person_takes_a_proposal_back_whose_proposer_is_gone(
    agreed: Across, owner_sql: Any
) -> None:
    part_proposed_over(agreed)
    body = agreed.ours.body
    with acting_as(body.publisher) as actor:
        assert drop_parting(agreed.guest, actor=actor, at=clock.now()).ending_by is None
        with pytest.raises(CoordinationRefused, match="nobody has"):
            drop_parting(agreed.guest, actor=actor, at=clock.now())
    assert owner_sql("SELECT verb FROM audit_entry WHERE verb = 'proposal.guest_kept'")


def test_a_colleague_without_the_role_takes_nobodys_proposal_back(
    agreed: Across, owner_sql: Any
) -> None:
    part_proposed_over(agreed)
    colleague = make_user(owner_sql, {agreed.ours.body.id: [Role.DOCUMENTER]})
    with acting_as(colleague) as actor, pytest.raises(Forbidden):
        drop_parting(agreed.guest, actor=actor, at=clock.now())
    for who, to, why in (
        (colleague, None, "a second person with the role"),
        (agreed.ours.body.publisher, agreed.ours.body.publisher.pk, "in one's own name"),
    ):
        with (
            acting_as(who),
            pytest.raises(DatabaseError, match=why),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "UPDATE coordination_guest SET ending_by = %s WHERE id = %s", [to, agreed.guest.pk]
            )


def test_it_is_done_at_the_desk(agreed: Across) -> None:
    item = refused_unread(agreed, CoordinationStep.HOLD, "Stop.")
    first, second = (
        signed_in_client(user) for user in (agreed.ours.body.documenter, agreed.ours.body.publisher)
    )
    page = f"/desk/coordination/proposals/{agreed.proposal.pk}/"
    shown, aside = first.get(page).text, f"{page}packages/{item}/"
    assert "a package of it was refused, and keeps the embargo" in shown
    assert "badge error" in shown
    assert "The names and answers of all parties are told to it." in shown
    assert aside not in shown
    assert aside in second.get(page).text
    assert first.post(aside).status_code == 404
    assert second.post(aside).status_code == 302
    guest = f"/desk/coordination/guests/{agreed.guest.pk}/end/"
    assert guest in first.get(page).text
    assert first.post(guest).status_code == 302
    assert f"{guest}back/" in second.get(page).text
    assert second.post(f"{guest}back/").status_code == 302
    assert first.post(guest).status_code == 302
    assert f"{guest}back/" in first.get(page).text
    assert first.post(f"{guest}back/").status_code == 302
    assert first.post(guest).status_code == 302
    assert f"{guest}confirm/" not in first.get(page).text
    assert f"{guest}confirm/" in second.get(page).text
    assert second.post(f"{guest}confirm/").status_code == 302
    shown = first.get(page).text
    assert "its part was ended" in shown
    # It stands where a partner can be invited, and no more beside the part that is over.
    assert shown.count("The names and answers of all parties are told to it.") == 1
    stranger = signed_in_client(agreed.theirs.body.documenter)
    assert stranger.post(guest).status_code == 404
    assert stranger.post(aside).status_code == 404
