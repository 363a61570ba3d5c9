"""A proposal from draft to announcement: who reads what when, by two people, under seal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.repression.coordination.factories import (
    NAME,
    SUBJECT,
    accepted,
    gone,
    make_body,
    make_scene,
    timed,
)
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.actions import (
    answer_proposal,
    begin_proposal,
    confirm_ending,
    confirm_go,
    confirm_invitation,
    confirm_moment,
    hold_announcement,
    invite_another,
    open_proposal,
    prepare,
    propose_ending,
    say,
    say_go,
    send_proposal,
    set_moment,
    tie_entry,
    tie_submission,
    withdraw_proposal,
)
from undaunted.repression.coordination.analysis import announcement_file
from undaunted.repression.coordination.queries import (
    proposal_for,
    proposal_sheet,
    stands_of,
)
from undaunted.repression.coordination.rules import (
    Announced,
    AnnouncementRefused,
    Answer,
    CoordinationRefused,
    CoordinationStage,
    CoordinationState,
    Preparation,
    ProposalClosed,
    SealUnreadable,
)

if TYPE_CHECKING:
    from tests.repression.coordination.factories import Body, Scene
    from undaunted.repression.coordination.actions import Opened
    from undaunted.repression.coordination.models import Proposal

pytestmark = pytest.mark.usefixtures("ledger")


def _seen(body: Body, scene: Scene, *, second: bool = False) -> Proposal | None:
    with acting_as(body.publisher if second else body.documenter) as actor:
        return proposal_for(actor, scene.proposal.pk)


def _opened(body: Body, scene: Scene) -> Opened:
    with acting_as(body.documenter) as actor:
        held = proposal_for(actor, scene.proposal.pk)
        assert held is not None
        return open_proposal(held, key=body.key, actor=actor, at=timezone.now())


def _stands(body: Body, scene: Scene) -> Announced:
    with acting_as(body.documenter) as actor:
        held = proposal_for(actor, scene.proposal.pk)
        assert held is not None
        return stands_of(actor, held, timezone.now())


def test_a_draft_is_read_by_its_own_organisation_alone(owner_sql: Any) -> None:
    scene = make_scene(owner_sql, sent=False)
    assert _seen(scene.proposer, scene) is not None
    for body in (scene.partner, scene.committee, *scene.others):
        assert _seen(body, scene) is None
    with acting_as(scene.proposer.documenter) as actor, pytest.raises(Forbidden):
        send_proposal(scene.proposal, actor=actor, at=timezone.now())


def test_what_is_sent_is_opened_by_its_parties_and_stored_nowhere_in_the_clear(
    owner_sql: Any,
) -> None:
    scene = make_scene(owner_sql)
    for body in (scene.proposer, scene.partner, scene.committee):
        assert _opened(body, scene).subject == SUBJECT
    for body in scene.others:
        assert _seen(body, scene) is None
        with acting_as(body.documenter) as actor, pytest.raises(Forbidden):
            open_proposal(scene.proposal, key=body.key, actor=actor, at=timezone.now())
    (row,) = owner_sql("SELECT to_jsonb(p)::text, p.envelope FROM coordination_proposal p")
    assert NAME.encode() not in bytes(row[1])
    assert NAME not in row[0]
    assert not owner_sql("SELECT FROM audit_detail WHERE detail::text LIKE %s", [f"%{NAME[:12]}%"])


def test_parties_answer_with_reasons_that_the_others_read(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    with acting_as(scene.partner.documenter) as actor:
        say(scene.proposal, "We have a file of our own.", actor=actor, at=timezone.now())
    with acting_as(scene.committee.documenter) as actor:
        with pytest.raises(CoordinationRefused, match="reason: say why"):
            answer_proposal(scene.proposal, Answer.DECLINED, actor=actor, at=timezone.now())
        answer_proposal(
            scene.proposal, Answer.DECLINED, actor=actor, at=timezone.now(), reason="No witness."
        )
    assert _seen(scene.committee, scene) is None
    with acting_as(scene.committee.documenter) as actor, pytest.raises(Forbidden):
        say(scene.proposal, "One more thing.", actor=actor, at=timezone.now())
    told = [each["text"] for each in _opened(scene.proposer, scene).remarks.values()]
    assert told == ["We have a file of our own.", "No witness."]
    proposer, now = scene.proposer.documenter, timezone.now()
    with acting_as(proposer) as actor, pytest.raises(CoordinationRefused, match="withdraws or"):
        answer_proposal(scene.proposal, Answer.LEFT, actor=actor, at=now, reason="x")


def test_who_leaves_reads_nothing_more_and_others_go_on_without(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner, scene.committee)
    timed(scene)
    for body in (scene.proposer, scene.partner):
        gone(scene, body)
    assert _stands(scene.proposer, scene) is Announced.WAITING
    with acting_as(scene.committee.documenter) as actor:
        answer_proposal(
            scene.proposal, Answer.LEFT, actor=actor, at=timezone.now(), reason="We must not."
        )
    assert _seen(scene.committee, scene) is None
    assert _stands(scene.partner, scene) is Announced.AGREED


def test_one_more_is_invited_by_two_people_and_opens_the_subject_alone(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    later = make_body(owner_sql, "XZ")
    with acting_as(scene.partner.documenter) as actor:
        say(scene.proposal, "Before you came.", actor=actor, at=timezone.now())
    with acting_as(scene.proposer.documenter) as actor:
        party = invite_another(
            scene.proposal, later.id, key=scene.proposer.key, actor=actor, at=timezone.now()
        )
        with pytest.raises(CoordinationRefused, match="was invited before"):
            invite_another(
                scene.proposal, later.id, key=scene.proposer.key, actor=actor, at=timezone.now()
            )
        with pytest.raises(CoordinationRefused, match="belongs to the state"):
            invite_another(
                scene.proposal, scene.concerned.id, key=scene.proposer.key, actor=actor,
                at=timezone.now(),
            )  # fmt: skip
        with pytest.raises(Forbidden):
            confirm_invitation(party, actor=actor, at=timezone.now())
    assert _seen(later, scene) is None
    with acting_as(scene.partner.documenter) as actor:
        sheet = proposal_sheet(actor, scene.proposal, timezone.now())
        assert later.id not in {each.holder for each in sheet.parties}
    with acting_as(scene.proposer.publisher) as actor:
        confirm_invitation(party, actor=actor, at=timezone.now())
        with pytest.raises(CoordinationRefused, match="nobody waits"):
            confirm_invitation(party, actor=actor, at=timezone.now())
    opened = _opened(later, scene)
    assert opened.subject == SUBJECT
    assert opened.remarks == {}
    assert _opened(scene.partner, scene).subject == SUBJECT


def test_embargo_lifts_at_its_moment_where_every_party_goes(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    assert _stands(scene.partner, scene) is Announced.NO_MOMENT
    with acting_as(scene.partner.documenter) as actor:
        with pytest.raises(AnnouncementRefused, match="no moment is proposed"):
            say_go(scene.proposal, actor=actor, at=timezone.now())
        with pytest.raises(AnnouncementRefused, match="nothing to hold"):
            hold_announcement(scene.proposal, "Wait", actor=actor, at=timezone.now())
    timed(scene)
    gone(scene, scene.proposer)
    with acting_as(scene.partner.documenter) as actor:
        prepare(
            scene.proposal, Preparation.COUNCIL, CoordinationState.OPEN,
            actor=actor, at=timezone.now(), due=timezone.now().date(),
        )  # fmt: skip
        made = prepare(
            scene.proposal,
            Preparation.COUNCIL,
            CoordinationState.DONE,
            actor=actor,
            at=timezone.now(),
        )
        say_go(scene.proposal, actor=actor, at=timezone.now())
    assert made.state == CoordinationState.DONE
    with acting_as(scene.partner.publisher) as actor:
        with pytest.raises(Forbidden):
            say_go(scene.proposal, actor=actor, at=timezone.now())
        confirm_go(scene.proposal, actor=actor, at=timezone.now())
        with pytest.raises(AnnouncementRefused, match="nobody of your organisation"):
            confirm_go(scene.proposal, actor=actor, at=timezone.now())
    assert _stands(scene.partner, scene) is Announced.AGREED
    _let_pass(owner_sql)
    assert _stands(scene.partner, scene) is Announced.LIFTED
    with acting_as(scene.partner.documenter) as actor, pytest.raises(AnnouncementRefused):
        hold_announcement(scene.proposal, "Too late", actor=actor, at=timezone.now())
    with acting_as(scene.proposer.documenter) as actor:
        held = proposal_for(actor, scene.proposal.pk)
        assert held is not None
        with pytest.raises(AnnouncementRefused, match="what is announced stays"):
            set_moment(held, timezone.now() + timedelta(days=1), actor=actor, at=timezone.now())
    with acting_as(scene.committee.documenter) as actor, pytest.raises(CoordinationRefused):
        answer_proposal(scene.proposal, Answer.ACCEPTED, actor=actor, at=timezone.now())


def test_a_hold_of_one_person_keeps_the_embargo_and_two_people_end_it(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    timed(scene)
    for body in (scene.proposer, scene.partner):
        gone(scene, body)
    with acting_as(scene.partner.documenter) as actor:
        hold_announcement(scene.proposal, "The court rules today.", actor=actor, at=timezone.now())
    assert _stands(scene.proposer, scene) is Announced.HELD
    told = [each["text"] for each in _opened(scene.proposer, scene).remarks.values()]
    assert told == ["The court rules today."]
    gone(scene, scene.partner)
    assert _stands(scene.proposer, scene) is Announced.AGREED
    with acting_as(scene.partner.documenter) as actor:
        hold_announcement(scene.proposal, "Once more.", actor=actor, at=timezone.now())
    _let_pass(owner_sql)
    assert _stands(scene.proposer, scene) is Announced.MISSED


def test_another_moment_needs_go_anew(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    timed(scene)
    for body in (scene.proposer, scene.partner):
        gone(scene, body)
    timed(scene, timezone.now() + timedelta(days=2))
    assert _stands(scene.partner, scene) is Announced.WAITING
    with acting_as(scene.partner.documenter) as actor:
        say_go(scene.proposal, actor=actor, at=timezone.now())
    timed(scene, timezone.now() + timedelta(days=3))
    partner, now = scene.partner.publisher, timezone.now()
    with acting_as(partner) as actor, pytest.raises(AnnouncementRefused, match="meanwhile"):
        confirm_go(scene.proposal, actor=actor, at=now)
    invited = scene.committee.documenter
    with acting_as(invited) as actor, pytest.raises(CoordinationRefused, match="accepts the"):
        say_go(scene.proposal, actor=actor, at=now)


def test_one_person_does_not_move_the_moment_and_none_lies_beyond_two_years(
    owner_sql: Any,
) -> None:
    scene = make_scene(owner_sql)
    accepted(scene, scene.partner)
    first = timed(scene)
    for body in (scene.proposer, scene.partner):
        gone(scene, body)
    now = timezone.now()
    with acting_as(scene.proposer.documenter) as actor:
        with pytest.raises(AnnouncementRefused, match="moment: it lies more than 24 months ahead"):
            set_moment(first, datetime(9999, 12, 31, 23, 59, tzinfo=UTC), actor=actor, at=now)
        with pytest.raises(AnnouncementRefused, match="nobody has proposed to move"):
            confirm_moment(first, actor=actor, at=now)
        held = set_moment(first, now + timedelta(days=2), actor=actor, at=now)
        assert held.moment == first.moment
        with pytest.raises(Forbidden):
            confirm_moment(held, actor=actor, at=now)
        for told in (
            "moment = moment_next, moves = 1, moment_next = NULL, moment_by = NULL",
            "moment = now() + interval '1 day', moment_next = NULL, moment_by = NULL",
            "moment_next = now() + interval '25 months'",
            "moves = 7",
        ):
            with pytest.raises(DatabaseError, match=r"second person|moved|24 months"):
                _by_sql(f"UPDATE coordination_proposal SET {told}")
    assert _stands(scene.partner, scene) is Announced.AGREED
    assert b"SEQUENCE:0" in announcement_file(held, agreed=True, at=now)
    with acting_as(scene.partner.publisher) as actor, pytest.raises(Forbidden):
        confirm_moment(held, actor=actor, at=now)
    with acting_as(scene.proposer.publisher) as actor:
        moved = confirm_moment(held, actor=actor, at=now)
    assert moved.moment == now + timedelta(days=2)
    assert _stands(scene.partner, scene) is Announced.WAITING
    assert b"SEQUENCE:1" in announcement_file(moved, agreed=False, at=now)


def _by_sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_withdrawal_erases_the_subject_at_once_and_ending_takes_two(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with acting_as(scene.proposer.publisher) as actor:
        held = proposal_for(actor, scene.proposal.pk)
        assert held is not None
        with pytest.raises(CoordinationRefused, match="nobody has proposed to end"):
            confirm_ending(held, actor=actor, at=timezone.now())
        withdraw_proposal(held, actor=actor, at=timezone.now())
    assert owner_sql("SELECT envelope FROM coordination_proposal") == [(None,)]
    assert _seen(scene.partner, scene) is None
    assert _seen(scene.proposer, scene) is not None
    with pytest.raises(SealUnreadable, match="withdrawn"):
        _opened(scene.proposer, scene)
    with acting_as(scene.proposer.documenter) as actor, pytest.raises(ProposalClosed):
        say(scene.proposal, "Still there?", actor=actor, at=timezone.now())


def test_an_ended_proposal_is_read_on_and_nothing_is_added(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with acting_as(scene.proposer.documenter) as actor:
        held = propose_ending(scene.proposal, actor=actor, at=timezone.now())
        with pytest.raises(Forbidden):
            confirm_ending(held, actor=actor, at=timezone.now())
    with acting_as(scene.proposer.publisher) as actor:
        held = confirm_ending(held, actor=actor, at=timezone.now())
    assert held.stage == CoordinationStage.ENDED
    assert _opened(scene.partner, scene).subject == SUBJECT
    with acting_as(scene.partner.documenter) as actor, pytest.raises(ProposalClosed):
        answer_proposal(scene.proposal, Answer.ACCEPTED, actor=actor, at=timezone.now())


def test_ties_are_sealed_and_name_what_exists(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with acting_as(scene.partner.documenter) as actor:
        for entry, why in (("nobody", "names no entry"), ("xf-invented:P-0", "no list here")):
            with pytest.raises(CoordinationRefused, match=why):
                tie_entry(scene.proposal, entry, actor=actor, at=timezone.now())
        with pytest.raises(CoordinationRefused, match="no id"):
            tie_submission(scene.proposal, "seven", actor=actor, at=timezone.now())
        tie_submission(scene.proposal, str(scene.proposal.pk), actor=actor, at=timezone.now())
    told = [each["text"] for each in _opened(scene.proposer, scene).remarks.values()]
    assert told == [str(scene.proposal.pk)]


def test_a_proposal_is_refused_by_field(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    unseated = make_body(owner_sql, "XB", seated=False)
    refused = (
        ({"tlp": Tlp.GREEN}, "tlp: GREEN is for everybody"),
        ({"state": "Q9"}, "state: 'Q9' is no state"),
        ({"invited": [scene.concerned.id]}, "belongs to the state"),
        ({"invited": [unseated.id]}, "no confirmed seat"),
    )
    with acting_as(scene.proposer.documenter) as actor:
        for changes, why in refused:
            told: dict[str, Any] = {
                "tlp": Tlp.AMBER,
                "state": "XR",
                "invited": [scene.partner.id],
            } | changes
            with pytest.raises(CoordinationRefused, match=why):
                begin_proposal(scene.proposer.id, SUBJECT, **told, actor=actor, at=timezone.now())
        alone = begin_proposal(
            scene.proposer.id, SUBJECT, tlp=Tlp.RED, state="XR", invited=[], actor=actor,
            at=timezone.now(),
        )  # fmt: skip
        with pytest.raises(CoordinationRefused, match="in which zone"):
            set_moment(
                scene.proposal, timezone.now().replace(tzinfo=None), actor=actor, at=timezone.now()
            )
        with pytest.raises(AnnouncementRefused, match="send the proposal first"):
            set_moment(alone, timezone.now() + timedelta(days=1), actor=actor, at=timezone.now())
    with acting_as(scene.proposer.publisher) as actor:
        with pytest.raises(CoordinationRefused, match="one other organisation"):
            send_proposal(alone, actor=actor, at=timezone.now())
        with pytest.raises(CoordinationRefused, match="sent before"):
            send_proposal(scene.proposal, actor=actor, at=timezone.now())


def _let_pass(owner_sql: Any) -> None:
    """Let the moment pass, as the owner of the clock on the wall."""
    owner_sql(
        "UPDATE coordination_party SET go_for = go_for - interval '4 hours'"
        " WHERE go_for IS NOT NULL"
    )
    owner_sql("UPDATE coordination_proposal SET moment = moment - interval '4 hours'")
