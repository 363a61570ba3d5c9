"""Which word of another installation is taken in, how late it may come, and where one stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.rules import (
    Announced,
    AnnouncementRefused,
    Answer,
    CoordinationRefused,
    CoordinationStage,
    CoordinationState,
    CoordinationStep,
    GuestStanding,
    Preparation,
    ToldProposal,
    ToldStep,
    check_audience,
    check_marking,
    check_told_proposal,
    check_told_step,
    own_standing,
)

NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MOMENT = NOW + timedelta(days=1)
PROPOSAL = ToldProposal(
    UUID(int=1), Tlp.RED, "XR", CoordinationStage.SENT, MOMENT, Announced.WAITING, NOW, (),
    ("age1key",), b"sealed",
)  # fmt: skip
STEP = ToldStep(uuid4(), uuid4(), CoordinationStep.COMMENT, NOW, envelope=b"sealed")
ACCEPTED = GuestStanding(Answer.ACCEPTED)


def answer_after(
    step: ToldStep, guest: GuestStanding = ACCEPTED, stands: Announced = Announced.WAITING
) -> Answer:
    return check_told_step(step, guest, moment=MOMENT, stands=stands, at=NOW)


@pytest.mark.parametrize("audience", ["government:XR", "GOVERNMENT:xr"])
def test_officials_of_the_state_concerned_are_never_invited(audience: str) -> None:
    with pytest.raises(CoordinationRefused, match="invited: Ruritania belongs to the state"):
        check_audience(audience, "Ruritania", "XR")
    check_audience(audience, "Ruritania", "XS")
    check_audience(audience, "Ruritania", "")
    check_audience("organisation:XR", "Watchers of Ruritania", "XR")


def test_no_package_travels_further_than_its_proposal() -> None:
    order = list(Tlp)
    for place, proposal in enumerate(order):
        for package in order[: place + 1]:
            check_marking(package, proposal)
        for package in order[place + 1 :]:
            with pytest.raises(CoordinationRefused, match="tlp: the proposal is TLP:"):
                check_marking(package, proposal)


def test_a_proposer_is_heard_once_and_never_by_an_older_word() -> None:
    check_told_proposal(PROPOSAL, last=NOW - MINUTE, at=NOW)
    for last in (NOW, NOW + MINUTE):
        with pytest.raises(CoordinationRefused, match=rf"a later word .* {last:%H:%M} UTC"):
            check_told_proposal(PROPOSAL, last=last, at=NOW)


def test_a_clock_may_be_ahead_by_ten_minutes() -> None:
    ahead = NOW + 10 * MINUTE
    check_told_proposal(replace(PROPOSAL, written_at=ahead), last=None, at=NOW)
    assert answer_after(replace(STEP, at=ahead)) is Answer.ACCEPTED
    late = ahead + timedelta(seconds=1)
    with pytest.raises(CoordinationRefused, match="written_at: it is dated ahead"):
        check_told_proposal(replace(PROPOSAL, written_at=late), last=None, at=NOW)
    with pytest.raises(CoordinationRefused, match="at: it is dated ahead"):
        answer_after(replace(STEP, at=late))


def test_an_embargo_that_ran_out_is_not_taken_in_unless_it_lifted() -> None:
    check_told_proposal(replace(PROPOSAL, moment=NOW + MINUTE), last=None, at=NOW)
    check_told_proposal(replace(PROPOSAL, moment=None), last=None, at=NOW)
    past, far = replace(PROPOSAL, moment=NOW), replace(PROPOSAL, moment=NOW.replace(year=2031))
    with pytest.raises(CoordinationRefused, match="moment: the embargo named in it ran until"):
        check_told_proposal(past, last=None, at=NOW)
    with pytest.raises(AnnouncementRefused, match="more than 24 months ahead"):
        check_told_proposal(far, last=None, at=NOW)
    for one in (past, far):
        check_told_proposal(replace(one, stands=Announced.LIFTED), last=None, at=NOW)


@pytest.mark.parametrize(
    ("held", "step", "after"),
    [
        (Answer.INVITED, CoordinationStep.ACCEPTED, Answer.ACCEPTED),
        (Answer.INVITED, CoordinationStep.DECLINED, Answer.DECLINED),
        (Answer.ACCEPTED, CoordinationStep.LEFT, Answer.LEFT),
        (Answer.INVITED, CoordinationStep.COMMENT, Answer.INVITED),
        (Answer.ACCEPTED, CoordinationStep.COMMENT, Answer.ACCEPTED),
        (Answer.ACCEPTED, CoordinationStep.HOLD, Answer.ACCEPTED),
    ],
)
def test_an_answer_follows_the_one_before_and_a_remark_changes_none(
    held: Answer, step: CoordinationStep, after: Answer
) -> None:
    assert answer_after(replace(STEP, step=step), GuestStanding(held)) is after


def test_an_acceptance_needs_no_words_and_every_refusal_does() -> None:
    silent = replace(STEP, envelope=b"")
    assert answer_after(
        replace(silent, step=CoordinationStep.ACCEPTED), GuestStanding(Answer.INVITED)
    ) is Answer.ACCEPTED  # fmt: skip
    for step in (
        CoordinationStep.DECLINED,
        CoordinationStep.LEFT,
        CoordinationStep.COMMENT,
        CoordinationStep.HOLD,
    ):
        with pytest.raises(CoordinationRefused, match="envelope: it is empty"):
            answer_after(replace(silent, step=step))


def test_what_replaces_a_word_is_later_than_the_last_and_what_stops_is_taken_late() -> None:
    done = replace(
        STEP,
        step=CoordinationStep.PREPARED,
        preparation=Preparation.COUNCIL,
        state=CoordinationState.DONE,
    )
    go = replace(STEP, step=CoordinationStep.GO, moment=MOMENT)
    before = GuestStanding(Answer.ACCEPTED, NOW - MINUTE)
    for step in (done, go):
        assert answer_after(step, before) is Answer.ACCEPTED
        for said_at in (NOW, NOW + MINUTE):
            with pytest.raises(CoordinationRefused, match="told again changes nothing"):
                answer_after(step, GuestStanding(Answer.ACCEPTED, said_at))
    late = GuestStanding(Answer.ACCEPTED, NOW + MINUTE)
    for kind, answer in (
        (CoordinationStep.HOLD, Answer.ACCEPTED),
        (CoordinationStep.LEFT, Answer.LEFT),
    ):
        assert answer_after(replace(STEP, step=kind), late) is answer


def test_after_the_embargo_lifted_only_remarks_are_taken_in() -> None:
    assert answer_after(STEP, stands=Announced.LIFTED) is Answer.ACCEPTED
    for step in set(CoordinationStep) - {CoordinationStep.COMMENT}:
        with pytest.raises(AnnouncementRefused, match="what is announced stays so"):
            answer_after(replace(STEP, step=step, moment=MOMENT), stands=Announced.LIFTED)


@pytest.mark.parametrize(
    ("moment", "said"),
    [(None, "another moment (none)"), (NOW, "another moment (2026-11-27 10:00 UTC)")],
)
def test_a_go_is_for_the_moment_that_stands(moment: datetime | None, said: str) -> None:
    with pytest.raises(AnnouncementRefused) as refused:
        answer_after(replace(STEP, step=CoordinationStep.GO, moment=moment))
    assert said in str(refused.value)
    with pytest.raises(AnnouncementRefused, match="another moment"):
        check_told_step(
            replace(STEP, step=CoordinationStep.GO),
            ACCEPTED,
            moment=None,
            stands=Announced.NO_MOMENT,
            at=NOW,
        )


def test_a_go_that_comes_when_the_moment_is_past_has_lapsed() -> None:
    go = replace(STEP, step=CoordinationStep.GO, moment=MOMENT)
    assert answer_after(go) is Answer.ACCEPTED
    with pytest.raises(AnnouncementRefused, match="go: the moment is past"):
        check_told_step(go, ACCEPTED, moment=MOMENT, stands=Announced.MISSED, at=MOMENT)


def test_where_one_stands_is_what_was_told_last() -> None:
    accepted, go = (CoordinationStep.ACCEPTED, None), (CoordinationStep.GO, MOMENT)
    assert own_standing([]) == (Answer.INVITED, None)
    assert own_standing([accepted]) == (Answer.ACCEPTED, None)
    assert own_standing([accepted, go, (CoordinationStep.COMMENT, None)]) == (
        Answer.ACCEPTED,
        MOMENT,
    )
    assert own_standing([accepted, go, (CoordinationStep.GO, NOW)]) == (Answer.ACCEPTED, NOW)


def test_a_hold_or_a_parting_takes_the_go_back() -> None:
    told = [(CoordinationStep.ACCEPTED, None), (CoordinationStep.GO, MOMENT)]
    assert own_standing([*told, (CoordinationStep.HOLD, None)]) == (Answer.ACCEPTED, None)
    assert own_standing([*told, (CoordinationStep.LEFT, None)]) == (Answer.LEFT, None)
    again = [*told, (CoordinationStep.HOLD, None), (CoordinationStep.GO, MOMENT)]
    assert own_standing(again) == (Answer.ACCEPTED, MOMENT)


@pytest.mark.parametrize(
    ("step", "answers", "at", "taken"),
    [
        (CoordinationStep.ACCEPTED, NOW - timedelta(hours=2), NOW, False),
        (CoordinationStep.ACCEPTED, None, NOW - timedelta(hours=2), False),
        (CoordinationStep.ACCEPTED, NOW - timedelta(minutes=30), NOW - timedelta(hours=2), True),
        (CoordinationStep.COMMENT, NOW - timedelta(hours=2), NOW, True),
    ],
)
def test_whoever_is_invited_anew_answers_the_later_invitation(
    step: CoordinationStep, answers: datetime | None, at: datetime, *, taken: bool
) -> None:
    told = replace(STEP, step=step, at=at, answers=answers)
    guest = GuestStanding(Answer.INVITED, anew=NOW - timedelta(hours=1))
    if taken:
        answer_after(told, guest)
        return
    with pytest.raises(CoordinationRefused, match="a part that is over"):
        answer_after(told, guest)
