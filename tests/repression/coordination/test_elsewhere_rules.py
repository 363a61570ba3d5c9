"""What is refused of a word from elsewhere, of a day and of a notice, each with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.readers import read_told_proposal, read_told_step
from undaunted.repression.coordination.rules import (
    Announced,
    Answer,
    CoordinationRefused,
    CoordinationStage,
    CoordinationState,
    CoordinationStep,
    ElsewhereUnreadable,
    GuestStanding,
    NoticeKind,
    Preparation,
    ToldNotice,
    ToldParty,
    ToldProposal,
    ToldStep,
    check_told_proposal,
    check_told_step,
    checked_due,
    checked_notice,
)
from undaunted.repression.coordination.writers import write_told_proposal, write_told_step

NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
PROPOSAL = ToldProposal(
    uuid4(), Tlp.RED, "XR", CoordinationStage.SENT, NOW + timedelta(days=1), Announced.WAITING, NOW,
    (ToldParty("Freedonia (invented)", "XF", government=True, answer=Answer.ACCEPTED),),
    ("age1key",), b"sealed",
)  # fmt: skip
STEP = ToldStep(
    uuid4(), uuid4(), CoordinationStep.PREPARED, NOW,
    preparation=Preparation.COUNCIL, state=CoordinationState.DONE,
    due=date(2026, 12, 1), envelope=b"sealed",
)  # fmt: skip


def test_what_is_written_is_read_again_and_nothing_else() -> None:
    assert read_told_proposal(write_told_proposal(PROPOSAL)) == PROPOSAL
    assert read_told_step(write_told_step(STEP)) == STEP


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"coordination.proposal", b"coordination.other", "format: it is not"),
        (b'"XR"', b'"xr"', "state: 'xr' cannot be read"),
        (b"+00:00", b"", "cannot be read"),
        (b'"RED"', b'"PINK"', "tlp: 'PINK'"),
        (b'"c2VhbGVk"', b'"***"', "subject: it is not written in base64"),
        (b'"c2VhbGVk"', b'""', "subject: there is nothing sealed"),
        (b'["age1key"]', b'"age1key"', "seats: it is no list"),
        (b'"age1key"', b'"a\\u0000"', "seats: it holds signs"),
        (b'"age1key"', b"7", "seats: write 1 to 200"),
        (b'"remarks":[]', b'"remarks":[1]', "remarks: a row is no object"),
        (b'"parties":[{', b'"parties":[1,{', "parties: a row is no object"),
        (b"{", b"", "content: it is no JSON"),
    ],
)
def test_what_cannot_be_read_names_the_field(old: bytes, new: bytes, said: str) -> None:
    content = write_told_proposal(PROPOSAL)
    assert old in content
    with pytest.raises(ElsewhereUnreadable, match=said):
        read_told_proposal(content.replace(old, new, 1))


def test_a_word_of_a_proposer_that_holds_no_more_is_refused() -> None:
    check_told_proposal(PROPOSAL, last=None, at=NOW)
    for stage in (CoordinationStage.DRAFT, CoordinationStage.WITHDRAWN):
        with pytest.raises(CoordinationRefused, match="stage: it was never sent"):
            check_told_proposal(replace(PROPOSAL, stage=stage), last=None, at=NOW)
    lifted = replace(PROPOSAL, stands=Announced.LIFTED)
    check_told_proposal(lifted, last=None, at=NOW + timedelta(days=3))


@pytest.mark.parametrize(
    ("step", "answer", "stands", "said"),
    [
        (
            replace(STEP, step=CoordinationStep.HOLD, envelope=b""),
            Answer.ACCEPTED,
            Announced.WAITING,
            "empty",
        ),
        (
            replace(STEP, step=CoordinationStep.HOLD),
            Answer.ACCEPTED,
            Announced.LIFTED,
            "has lifted",
        ),
        (STEP, Answer.INVITED, Announced.WAITING, "accepts the proposal first"),
        (STEP, Answer.LEFT, Announced.WAITING, "accepts the proposal first"),
        (replace(STEP, state=None), Answer.ACCEPTED, Announced.WAITING, "say which"),
        (
            replace(STEP, step=CoordinationStep.GO),
            Answer.ACCEPTED,
            Announced.WAITING,
            "another moment",
        ),
        (
            replace(STEP, step=CoordinationStep.GO, moment=NOW),
            Answer.ACCEPTED,
            Announced.MISSED,
            "is past",
        ),
        (
            replace(STEP, step=CoordinationStep.ACCEPTED),
            Answer.LEFT,
            Announced.WAITING,
            "after left",
        ),
    ],
)
def test_a_step_that_does_not_fit_is_refused(
    step: ToldStep, answer: Answer, stands: Announced, said: str
) -> None:
    with pytest.raises(CoordinationRefused, match=said):
        check_told_step(step, GuestStanding(answer), moment=NOW, stands=stands, at=NOW)


def test_days_and_notices_are_within_bounds() -> None:
    today = NOW.date()
    assert checked_due(None, today) is None
    assert checked_due(today, today) == today
    for day in (date(1900, 1, 1), date(9999, 12, 31)):
        with pytest.raises(CoordinationRefused, match=r"due: .* more than 2 years"):
            checked_due(day, today)
    told = ToldNotice("A-1", NoticeKind.RED, ("Ilmira Sovdagar",), "court", gender="Female")
    assert checked_notice(told).gender == "female"
    with pytest.raises(CoordinationRefused, match="gender: 'tall'"):
        checked_notice(replace(told, gender="tall"))
    with pytest.raises(CoordinationRefused, match="name: write 20 at most"):
        checked_notice(replace(told, names=tuple(f"Name {n}" for n in range(30))))
    assert checked_notice(replace(told, identifiers=("P 1", "passport:2"))).identifiers == (
        "other:P 1",
        "passport:2",
    )
