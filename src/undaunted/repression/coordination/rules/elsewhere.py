"""What goes between a proposer and a partner on another installation, and when it is taken in.

Whom a proposal is about and what is said stays sealed within the package: nobody reads it in the
database of either side. Who answers what, for which moment, stands in the package as it stands
in a table here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.rules.announcing import check_ahead, check_hold
from undaunted.repression.coordination.rules.days import checked_due
from undaunted.repression.coordination.rules.proposals import check_answer
from undaunted.repression.coordination.rules.refusals import (
    AnnouncementRefused,
    CoordinationRefused,
)
from undaunted.repression.coordination.rules.terms import (
    Announced,
    Answer,
    CoordinationStage,
    CoordinationState,
    Preparation,
    Said,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

__all__ = [
    "ANSWER_FORMAT",
    "PROPOSAL_FORMAT",
    "SAID_BY",
    "CoordinationStep",
    "GuestStanding",
    "SealedRemark",
    "ToldParty",
    "ToldProposal",
    "ToldStep",
    "check_audience",
    "check_marking",
    "check_told_proposal",
    "check_told_step",
    "own_standing",
]

PROPOSAL_FORMAT, ANSWER_FORMAT = "coordination.proposal", "coordination.answer"


class CoordinationStep(StrEnum):
    """What a party on another installation tells the proposer."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"
    COMMENT = "comment"
    PREPARED = "prepared"
    GO = "go"
    HOLD = "hold"


SAID_BY: Final = {
    CoordinationStep.ACCEPTED: Said.REASON,
    CoordinationStep.DECLINED: Said.REASON,
    CoordinationStep.LEFT: Said.REASON,
    CoordinationStep.COMMENT: Said.COMMENT,
    CoordinationStep.HOLD: Said.HOLD,
}
"""As what the words of a step are shown, where it has any."""
_NEEDS_WORDS: Final = frozenset(
    {
        CoordinationStep.DECLINED,
        CoordinationStep.LEFT,
        CoordinationStep.COMMENT,
        CoordinationStep.HOLD,
    }
)
_ANSWERS: Final = {
    CoordinationStep.ACCEPTED: Answer.ACCEPTED,
    CoordinationStep.DECLINED: Answer.DECLINED,
    CoordinationStep.LEFT: Answer.LEFT,
}


_REPLACES: Final = frozenset({CoordinationStep.GO, CoordinationStep.PREPARED})
_SLACK: Final = timedelta(minutes=10)
"""So much another installation's clock may be ahead."""


@dataclass(frozen=True, slots=True)
class SealedRemark:
    """What one party said, sealed; opened by whom it was sealed to then."""

    id: UUID
    kind: Said
    by: str
    at: datetime
    envelope: bytes


@dataclass(frozen=True, slots=True)
class ToldParty:
    """A party as the proposer tells it."""

    name: str
    country: str
    government: bool
    answer: Answer


@dataclass(frozen=True, slots=True)
class ToldProposal:
    """A proposal as its proposer tells a partner elsewhere, at one time.

    Attributes:
        seats: public keys to which the partner seals what it says.
        subject: whom it is about, sealed to the partner.
        since: when the part of the partner began; what it said before belongs to an earlier part.
    """

    proposal: UUID
    tlp: Tlp
    state: str
    stage: CoordinationStage
    moment: datetime | None
    stands: Announced
    written_at: datetime
    parties: tuple[ToldParty, ...]
    seats: tuple[str, ...]
    subject: bytes
    remarks: tuple[SealedRemark, ...] = ()
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One step of a party elsewhere, as it tells the proposer.

    Attributes:
        answers: when the word of the proposer was written that it answers, by the proposer's clock.
    """

    proposal: UUID
    id: UUID
    step: CoordinationStep
    at: datetime
    moment: datetime | None = None
    preparation: Preparation | None = None
    state: CoordinationState | None = None
    due: date | None = None
    envelope: bytes = b""
    answers: datetime | None = None


@dataclass(frozen=True, slots=True)
class GuestStanding:
    """Where a partner elsewhere stands by what was taken in of it so far.

    Attributes:
        anew: when it was invited again after an earlier part; None where it was invited once.
    """

    answer: Answer
    said_at: datetime | None = None
    anew: datetime | None = None


def check_audience(audience: str, name: str, state: str) -> None:
    """Raise `CoordinationRefused` for a partner that counts as the state concerned."""
    if state and audience.casefold() == f"government:{state}".casefold():
        raise CoordinationRefused(
            f"invited: {name} belongs to the state that the proposal is about; its officials are "
            "never invited"
        )


def check_marking(package: Tlp, proposal: Tlp) -> None:
    """Raise `CoordinationRefused` where a package may travel further than its proposal."""
    order = list(Tlp)
    if order.index(package) > order.index(proposal):
        raise CoordinationRefused(
            f"tlp: the proposal is TLP:{proposal}, and goes in no package that is TLP:{package}"
        )


def check_told_proposal(told: ToldProposal, *, last: datetime | None, at: datetime) -> None:
    """Raise `CoordinationRefused` for a word of a proposer that holds no more.

    `last` is when the latest word that was taken in of this proposal was written.
    """
    if told.stage not in {CoordinationStage.SENT, CoordinationStage.ENDED}:
        raise CoordinationRefused("stage: it was never sent, or was withdrawn; it is not taken in")
    if last is not None and told.written_at <= last:
        raise CoordinationRefused(
            f"written_at: a later word of this proposer, of {last:%Y-%m-%d %H:%M} UTC, was taken "
            "in before"
        )
    _check_clock("written_at", told.written_at, at)
    if told.moment is not None and told.stands is not Announced.LIFTED:
        check_ahead(told.moment, at)
    if told.moment is not None and told.moment <= at and told.stands is not Announced.LIFTED:
        raise CoordinationRefused(
            f"moment: the embargo named in it ran until {told.moment:%Y-%m-%d %H:%M} UTC, which "
            "has passed; ask the proposer for its word since"
        )


def check_told_step(
    told: ToldStep,
    guest: GuestStanding,
    *,
    moment: datetime | None,
    stands: Announced,
    at: datetime,
) -> Answer:
    """Give what the partner answers by now. Raises `CoordinationRefused` where it does not fit.

    Packages come in any order. What stops is taken however late it comes, a remark too, and an
    answer where it follows the one before; what replaces a word is not older than the last.
    """
    _check_clock("at", told.at, at)
    _check_part(told, guest)
    stale = guest.said_at is not None and told.at <= guest.said_at
    if stale and told.step in _REPLACES and guest.said_at is not None:
        raise CoordinationRefused(
            f"at: a later word of this partner, of {guest.said_at:%Y-%m-%d %H:%M:%S} UTC, was "
            "taken in before; what is told again changes nothing"
        )
    if told.step in _NEEDS_WORDS and not told.envelope:
        raise CoordinationRefused("envelope: it is empty; the partner says why")
    if stands is Announced.LIFTED and told.step is not CoordinationStep.COMMENT:
        raise AnnouncementRefused("answer: the embargo has lifted; what is announced stays so")
    if told.step in _ANSWERS:
        check_answer(guest.answer, _ANSWERS[told.step], "sealed")
        return _ANSWERS[told.step]
    if guest.answer not in {Answer.ACCEPTED, Answer.INVITED} or (
        guest.answer is Answer.INVITED and told.step is not CoordinationStep.COMMENT
    ):
        raise CoordinationRefused("answer: the partner accepts the proposal first")
    if told.step is CoordinationStep.GO:
        _check_told_go(told, moment, at)
    if told.step is CoordinationStep.HOLD:
        check_hold(stands)
    if told.step is CoordinationStep.PREPARED and (told.preparation is None or told.state is None):
        raise CoordinationRefused("preparation: say which, and how far it is")
    checked_due(told.due, at.date())
    return guest.answer


def _check_part(told: ToldStep, guest: GuestStanding) -> None:
    """Refuse what answers the invitation to an earlier part, but for what only stops."""
    if guest.anew is None or told.step in {CoordinationStep.HOLD, CoordinationStep.COMMENT}:
        return
    if (told.answers or told.at) < guest.anew:
        raise CoordinationRefused(
            "answers: it answers the invitation to a part that is over; the partner was invited "
            f"anew on {guest.anew:%Y-%m-%d %H:%M} UTC, and answers that"
        )


def own_standing(
    steps: Iterable[tuple[CoordinationStep, datetime | None]],
) -> tuple[Answer, datetime | None]:
    """Give what one's own organisation told a proposer elsewhere, oldest first, and its go."""
    answer, go = Answer.INVITED, None
    for step, moment in steps:
        answer = _ANSWERS.get(step, answer)
        if step is CoordinationStep.GO:
            go = moment
        elif step is CoordinationStep.HOLD or answer is Answer.LEFT:
            go = None
    return answer, go


def _check_clock(name: str, told: datetime, at: datetime) -> None:
    """Refuse what is dated ahead: it would shut out all that is said until then."""
    if told > at + _SLACK:
        raise CoordinationRefused(
            f"{name}: it is dated ahead, {told:%Y-%m-%d %H:%M} UTC; the partner sets its clock and "
            "says it anew"
        )


def _check_told_go(told: ToldStep, moment: datetime | None, at: datetime) -> None:
    if moment is None or told.moment != moment:
        said = f"{told.moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if told.moment else "none"
        raise AnnouncementRefused(
            f"go: it is said for another moment ({said}) than stands now; tell the partner the "
            "moment, and it says go anew"
        )
    if at >= moment:
        raise AnnouncementRefused(
            "go: the moment is past; the embargo it was said under has lapsed"
        )
