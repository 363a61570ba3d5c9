"""A partner on another installation takes part in a proposal, by packages that two people seal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.core.sharing.factories import wanted
from tests.repression.coordination.factories import NAME, SUBJECT, make_body
from tests.repression.coordination.scene_elsewhere import (
    befriended,
    in_days,
    make_house,
)
from undaunted.core.accounts.actions import acting_as
from undaunted.core.sharing.actions import (
    accept_item,
    hand_over_takedown,
    propose_parcel,
    seal_parcel,
    take_in,
)
from undaunted.core.sharing.models import Arrival, ArrivalItem, Parcel, Slip
from undaunted.core.sharing.rules import ItemRefused, PackageReplayed, ShareRefused, Tlp
from undaunted.repression.coordination.actions import (
    confirm_moment,
    invite_partner,
    open_invitation,
    open_proposal,
    say,
    set_moment,
    tell_proposer,
    withdraw_proposal,
)
from undaunted.repression.coordination.models import Guest, Invitation, Remark
from undaunted.repression.coordination.queries import (
    invitation_for,
    invitation_sheet,
    proposal_for,
    proposal_sheet,
)
from undaunted.repression.coordination.rules import (
    Announced,
    AnnouncementRefused,
    Answer,
    CoordinationRefused,
    CoordinationState,
    CoordinationStep,
    Preparation,
    Said,
)

if TYPE_CHECKING:
    from tests.repression.coordination.scene_elsewhere import Across

pytestmark = pytest.mark.usefixtures("ledger")


def test_a_guest_opens_whom_it_is_about_and_no_database_holds_it_in_the_clear(
    across: Across, owner_sql: Any
) -> None:
    file = across.told()
    assert NAME.encode() not in file
    across.theirs.accepted(file)
    held = across.invitation()
    with acting_as(across.theirs.body.documenter) as actor:
        opened = open_invitation(held, key=across.theirs.body.key, actor=actor, at=timezone.now())
        sheet = invitation_sheet(actor, held)
    assert opened.subject == SUBJECT
    assert (held.partner, held.tlp, held.state) == ("Freedonia (invented)", "AMBER+STRICT", "XR")
    assert sheet.told is not None
    assert [each.name for each in sheet.told.parties][1:] == ["Syldavia (invented)"]
    (row,) = owner_sql("SELECT content FROM coordination_invitation")
    assert NAME.encode() not in bytes(row[0])
    with acting_as(across.ours.body.documenter) as actor:
        assert invitation_for(actor, held.pk) is None


def test_answers_words_and_readiness_come_back_and_are_shown_as_theirs(across: Across) -> None:
    with acting_as(across.ours.body.documenter) as actor:
        say(across.proposal, "We think of May.", actor=actor, at=timezone.now())
    across.theirs.accepted(across.told())
    across.back(CoordinationStep.COMMENT, "We have a file of our own.")
    across.back(CoordinationStep.ACCEPTED, "Our council agrees.")
    across.back(
        CoordinationStep.PREPARED,
        preparation=Preparation.COUNCIL,
        state=CoordinationState.DONE,
        due=timezone.now().date(),
    )
    guest, whole = across.held(), across.now()
    assert guest.answer == Answer.ACCEPTED
    assert guest.prepared["council"]["state"] == "done"
    with acting_as(across.ours.body.documenter) as actor:
        sheet = proposal_sheet(actor, whole, timezone.now())
        opened = open_proposal(whole, key=across.ours.body.key, actor=actor, at=timezone.now())
    told = [(each.guest_id, opened.remarks[each.pk]["text"]) for each in sheet.remarks]
    assert told == [
        (None, "We think of May."),
        (guest.pk, "We have a file of our own."),
        (guest.pk, "Our council agrees."),
    ]
    assert [each.kind for each in sheet.remarks][1:] == [Said.COMMENT, Said.REASON]
    # What the proposer said after it was invited, and what it said itself, the guest opens too.
    held = across.invitation()
    with acting_as(across.theirs.body.documenter) as actor:
        there = open_invitation(held, key=across.theirs.body.key, actor=actor, at=timezone.now())
    assert sorted(str(each["text"]) for each in there.remarks.values()) == [
        "Our council agrees.", "We have a file of our own.", "We think of May.",
    ]  # fmt: skip


def test_the_embargo_lifts_only_where_the_guest_goes_too(across: Across, owner_sql: Any) -> None:
    across.timed()
    across.theirs.accepted(across.told())
    across.back(CoordinationStep.ACCEPTED)
    across.we_go()
    assert across.stands() is Announced.WAITING
    across.back(CoordinationStep.GO)
    assert across.stands() is Announced.AGREED
    across.back(CoordinationStep.HOLD, "The court rules today.")
    assert across.stands() is Announced.HELD
    across.back(CoordinationStep.GO)
    assert across.stands() is Announced.AGREED
    owner_sql("UPDATE coordination_proposal SET moment = now() - interval '1 minute'")
    owner_sql("UPDATE coordination_party SET go_for = (SELECT moment FROM coordination_proposal)")
    assert across.stands() is Announced.MISSED
    with acting_as(across.ours.body.documenter):
        assert _one("SELECT coordination_lifted(%s)", [across.proposal.pk]) is False
    owner_sql("UPDATE coordination_guest SET go_for = (SELECT moment FROM coordination_proposal)")
    assert across.stands() is Announced.LIFTED
    with acting_as(across.ours.body.documenter):
        assert _one("SELECT coordination_lifted(%s)", [across.proposal.pk]) is True


def test_one_alone_sends_nothing_and_go_for_another_moment_is_refused(across: Across) -> None:
    across.timed()
    across.theirs.accepted(across.told())
    across.back(CoordinationStep.ACCEPTED)
    _made, parcel = across.written(CoordinationStep.GO)
    documenter = across.theirs.body
    with acting_as(documenter.documenter) as actor, pytest.raises(Exception, match="second"):
        seal_parcel(parcel, key=documenter.key, actor=actor, at=timezone.now())
    file = across.theirs.sealed(parcel)
    moved = timezone.now() + timedelta(days=2)
    held = across.now()
    with acting_as(across.ours.body.documenter) as actor:
        held = set_moment(held, moved, actor=actor, at=timezone.now())
    with acting_as(across.ours.body.publisher) as actor:
        confirm_moment(held, actor=actor, at=timezone.now())
    with pytest.raises(ItemRefused, match="another moment"):
        across.ours.accepted(file)
    assert across.held().go_for is None


def test_a_replay_changes_nothing(across: Across) -> None:
    across.timed()
    first = across.told()
    across.theirs.accepted(first)
    with pytest.raises(PackageReplayed):
        across.theirs.accepted(first)
    across.back(CoordinationStep.ACCEPTED)
    go, _parcel = across.written(CoordinationStep.GO)
    with acting_as(across.theirs.body.documenter):
        parcel = Parcel.objects.get(items__thing=go.pk)
    across.ours.accepted(across.theirs.sealed(parcel))
    across.back(CoordinationStep.HOLD, "Wait.")
    # The go that was said before the hold, in a new package with a new number.
    again = _once_more(across, go.pk)
    with pytest.raises(ItemRefused, match="a later word of this partner"):
        across.ours.accepted(again)
    assert across.held().held_at is not None


def test_an_older_word_of_the_proposer_is_refused(across: Across) -> None:
    late, later = across.told(), across.told()
    with acting_as(across.theirs.body.documenter) as actor:
        body = across.theirs.body
        for file in (late, later):
            take_in(file, body.id, key=body.key, actor=actor, at=timezone.now())
    first, second = _waiting(across)
    _accept(across, second)
    with pytest.raises(ItemRefused, match="a later word of this proposer"):
        _accept(across, first)


def test_a_changed_package_and_a_stranger_are_refused(across: Across, owner_sql: Any) -> None:
    file = bytearray(across.told())
    file[-20] ^= 1
    with pytest.raises(ShareRefused):
        across.theirs.accepted(bytes(file))
    across.theirs.accepted(across.told())
    # A third that we know, and that learnt the id, tells us that the guest goes.
    third = make_house(owner_sql, "XZ", "Zubrowka (invented)")
    befriended(across.ours, third, "government:XZ")
    befriended(third, across.ours, "government:XF")
    held = across.invitation()
    copied = _copied(owner_sql, held, third.body.id, third.body.documenter.pk)
    with acting_as(third.body.documenter) as actor:
        own = invitation_for(actor, copied)
        assert own is not None
        made = tell_proposer(
            own, CoordinationStep.ACCEPTED, until=in_days(9), actor=actor, at=timezone.now()
        )
        parcel = Parcel.objects.get(items__thing=made.pk)
    with pytest.raises(ItemRefused, match=r"has Zubrowka .* as a party; nothing was"):
        across.ours.accepted(third.sealed(parcel))
    assert across.held().answer == Answer.INVITED


def test_an_embargo_that_has_passed_is_refused_on_both_sides(
    across: Across, owner_sql: Any
) -> None:
    across.timed()
    file = across.told()
    with acting_as(across.theirs.body.documenter) as actor:
        body = across.theirs.body
        arrival = take_in(file, body.id, key=body.key, actor=actor, at=timezone.now())
        assert isinstance(arrival, Arrival)
        item = ArrivalItem.objects.select_related("arrival__partner").get(arrival=arrival)
    late = timezone.now() + timedelta(hours=4)
    with acting_as(body.documenter) as actor, pytest.raises(ItemRefused, match="has passed"):
        accept_item(item, key=body.key, actor=actor, at=late)
    _accept(across, item)
    across.back(CoordinationStep.ACCEPTED)
    held = across.invitation()
    with acting_as(body.documenter) as actor, pytest.raises(AnnouncementRefused, match="past"):
        tell_proposer(held, CoordinationStep.GO, until=in_days(9), actor=actor, at=late)


def test_officials_of_the_state_and_laxer_packages_are_refused(
    across: Across, owner_sql: Any
) -> None:
    concerned = make_house(owner_sql, "XR", "Ruritania (invented)")
    partner = befriended(across.ours, concerned, "government:XR")
    ours, held = across.ours.body, across.now()
    with acting_as(ours.documenter) as actor, pytest.raises(CoordinationRefused, match="belongs"):
        invite_partner(held, partner.pk, key=ours.key, actor=actor, at=timezone.now())
    lax = wanted(
        partners=(across.guest.partner,), tlp=Tlp.AMBER,
        things=(("coordination.proposal", across.guest.pk),),
    )  # fmt: skip
    with (
        acting_as(ours.documenter) as actor,
        pytest.raises(ItemRefused, match="goes in no package"),
    ):
        propose_parcel(ours.id, lax, actor=actor, at=timezone.now())


def test_a_withdrawal_takes_back_what_went_elsewhere(across: Across) -> None:
    across.theirs.accepted(across.told())
    with acting_as(across.ours.body.publisher) as actor:
        held = proposal_for(actor, across.proposal.pk)
        assert held is not None
        withdraw_proposal(held, actor=actor, at=timezone.now())
        assert [each.why for each in Slip.objects.filter(released_at__isnull=False)] == [
            "withdrawn"
        ]
    with acting_as(across.ours.body.documenter) as actor:
        slip = Slip.objects.select_related("copy__partner").get(released_at__isnull=False)
        file = hand_over_takedown(slip, actor=actor, at=timezone.now())
    body = across.theirs.body
    with acting_as(body.documenter) as actor:
        take_in(bytes(file), body.id, key=body.key, actor=actor, at=timezone.now())
    held_there = across.invitation()
    assert bytes(held_there.content) == b""
    with acting_as(body.documenter) as actor, pytest.raises(CoordinationRefused, match="erased"):
        open_invitation(held_there, key=body.key, actor=actor, at=timezone.now())


def test_local_parties_read_a_guest_and_strangers_nothing(across: Across, owner_sql: Any) -> None:
    stranger = make_body(owner_sql, "XB", government=False)
    across.theirs.accepted(across.told())
    across.back(CoordinationStep.ACCEPTED)
    for user in (stranger.documenter, stranger.publisher):
        with acting_as(user):
            for model in (Guest, Invitation, Remark):
                assert model.objects.count() == 0
            assert _one("SELECT coordination_lifted(%s)", [across.proposal.pk]) is False
            for kind in ("proposal",):
                assert _one("SELECT count(*) FROM audit_entry WHERE subject_kind = %s", [kind]) == 0


def test_the_proposer_cannot_answer_for_its_guest(across: Across) -> None:
    for change in (
        "answer = 'accepted', said_at = now(), taken_at = now(), taken_by = identity_actor()",
        "answer = 'accepted'",
        "held_at = now()",
        "recipient = 'age1other'",
        "item = gen_random_uuid(), said_at = now(), answer = 'accepted'",
    ):
        with acting_as(across.ours.body.documenter), pytest.raises(DatabaseError) as refused:
            _do(f"UPDATE coordination_guest SET {change}")
        assert getattr(refused.value.__cause__, "sqlstate", "") == "42501"
    forged = (
        "INSERT INTO coordination_remark (id, holder, recorded_at, recorded_by, proposal_id,"
        " guest_id, kind, envelope) SELECT gen_random_uuid(), holder, now(), identity_actor(),"
        " proposal_id, id, 'comment', 'x' FROM coordination_guest"
    )
    with acting_as(across.ours.body.documenter), pytest.raises(DatabaseError, match="speaks by"):
        _do(forged)


def test_a_local_party_sees_who_is_elsewhere(across: Across, owner_sql: Any) -> None:
    held = across.now()
    with acting_as(across.ours.body.publisher) as actor:
        sheet = proposal_sheet(actor, held, timezone.now())
    assert [each.name for each in sheet.guests] == ["Syldavia (invented)"]


def _one(statement: str, values: Any = ()) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        ((found,),) = cursor.fetchall()
        return found


def _do(statement: str, values: Any = ()) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def _waiting(across: Across) -> list[ArrivalItem]:
    with acting_as(across.theirs.body.documenter):
        rows = ArrivalItem.objects.select_related("arrival__partner").filter(state="waiting")
        return list(rows.order_by("arrival__sequence"))


def _accept(across: Across, item: ArrivalItem) -> None:
    body = across.theirs.body
    with acting_as(body.documenter) as actor:
        accept_item(item, key=body.key, actor=actor, at=timezone.now())


def _once_more(across: Across, thing: Any) -> bytes:
    body = across.theirs.body
    with acting_as(body.documenter) as actor:
        first = Parcel.objects.filter(items__thing=thing).get()
        partner = first.copies.get().partner_id
        request = wanted(things=(("coordination.answer", thing),), partners=(partner,))
        parcel = propose_parcel(body.id, request, actor=actor, at=timezone.now())
    return across.theirs.sealed(parcel)


def _copied(owner_sql: Any, held: Invitation, holder: Any, person: Any) -> Any:
    """Let another installation have what leaked to it, as if it had been invited."""
    made = uuid4()
    owner_sql(
        "INSERT INTO coordination_invitation SELECT %s, %s, sharing, partner, signing_key, package,"
        " tlp, until, proposal, state, stage, moment, stands, written_at, content, recorded_at, %s,"
        " given_up_at FROM coordination_invitation WHERE id = %s",
        [made, holder, person, held.pk],
    )
    return made
