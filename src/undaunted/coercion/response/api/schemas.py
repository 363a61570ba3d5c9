"""What programs send and are answered about compacts and responses."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, Field

from undaunted.coercion.response.rules import (
    BurdenKey,
    Choice,
    PledgeKind,
    Reach,
    ResponseStage,
    StepKind,
    Voting,
)
from undaunted.core.standards.rules import Value

__all__ = [
    "AcceptIn",
    "CompactIn",
    "CompactOut",
    "DeliveryIn",
    "DeliveryOut",
    "EpisodeIn",
    "EpisodeOut",
    "InvitationIn",
    "InvocationIn",
    "InvocationOut",
    "KeptOut",
    "OffRampIn",
    "PledgeIn",
    "PledgeOut",
    "PublicOut",
    "ResponseIdOut",
    "ResponseMoveIn",
    "ResponseStatementIn",
    "ResponseStepIn",
    "ResponseTeamIn",
    "ResponseTermsIn",
    "ResponseTextIn",
    "ResponseVoteIn",
    "TrialOut",
]

LARGEST = 60_000


def _without_nulls(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a null character cannot be kept")
    return text


def _small(content: dict[str, Any]) -> dict[str, Any]:
    written = json.dumps(content, allow_nan=False)
    if len(written) > LARGEST or "\\u0000" in written or "\\ud8" in written.lower():
        raise ValueError("an episode has 60 000 characters at most, and none that cannot be kept")
    return content


Short = Annotated[str, Field(max_length=160), AfterValidator(_without_nulls)]
Text = Annotated[str, Field(max_length=1200), AfterValidator(_without_nulls)]
Slug = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9-]+$")]
Share = Annotated[int, Field(ge=0, le=100)]
Amount = Annotated[Decimal, Field(max_digits=18, decimal_places=2, ge=0)]


class ResponseIdOut(Schema):
    """What was made or changed."""

    id: UUID


class CompactIn(Schema):
    """A compact to begin."""

    holder: UUID
    reference: Slug
    name: Short
    voting: Voting
    quorum: Share
    threshold: Share = 0
    summary: Text = ""
    burden_key: BurdenKey = BurdenKey.GDP
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "USD"
    weight: Annotated[int, Field(ge=1, le=1000)] = 1


class MemberOut(Schema):
    """A member, or a government that is invited."""

    id: UUID
    holder: UUID
    name: str
    country: str
    weight: int
    gdp: Decimal | None
    exposure: Decimal | None
    accepted_at: datetime | None


class CompactOut(Schema):
    """A compact."""

    id: UUID
    reference: str
    name: str
    summary: str
    pack: str
    voting: str
    quorum: int
    threshold: int
    burden_key: str
    currency: str
    approved_at: datetime | None
    withdrawn_at: datetime | None
    members: list[MemberOut]


class PublicMemberOut(Schema):
    """A member of a public compact."""

    name: str
    country: str


class PublicMeasureOut(Schema):
    """A pledge that everybody may read."""

    member: str
    kind: str
    text: str
    legal_basis: str
    trigger: str
    off_ramp: str
    amount: Decimal | None


class PublicOut(Schema):
    """A public compact."""

    reference: str
    name: str
    summary: str
    chair: str
    pack: str
    voting: str
    quorum: int
    threshold: int
    members: list[PublicMemberOut]
    measures: list[PublicMeasureOut]


class InvitationIn(Schema):
    """Which government is invited."""

    government: UUID
    weight: Annotated[int, Field(ge=1, le=1000)] = 1


class AcceptIn(Schema):
    """Values by which burden may be shared."""

    gdp: Amount | None = None
    exposure: Amount | None = None
    public: bool = False


class ResponseStepIn(Schema):
    """Which step of a colleague is confirmed."""

    kind: StepKind


class ResponseTeamIn(Schema):
    """Which team of one's own government opens what it keeps."""

    team: UUID


class KeptOut(Schema):
    """Something that one's own government keeps; its texts are sealed."""

    row: UUID
    of: str
    pledge: UUID | None
    recorded_at: datetime


class EpisodeIn(Schema):
    """An episode in the form of the packs; measures may come as the text of a CSV file."""

    holder: UUID
    content: Annotated[dict[str, Any], AfterValidator(_small)]
    measures_csv: Annotated[str, Field(max_length=LARGEST), AfterValidator(_without_nulls)] = ""


class EpisodeOut(Schema):
    """An episode with the tables of its pack."""

    id: UUID
    reference: str
    title: str
    target: str
    coercer: str
    content: dict[str, Any]


class ResponseFindingIn(Schema):
    """What was found on one criterion."""

    value: Value
    reasons: list[Text] = Field(default_factory=list, max_length=10)


class InvocationIn(Schema):
    """Findings on the criteria of the trigger."""

    findings: Annotated[dict[Slug | Short, ResponseFindingIn], Field(max_length=50)]


class TrialOut(Schema):
    """A test of the trigger; reasons of one that was not met are kept by its government."""

    id: UUID
    recorded_at: datetime
    recorded_by: UUID
    pack: str
    outcome: str
    met: bool
    findings: dict[str, str]
    turns_on: list[str]
    kept: bool


class OffRampIn(Schema):
    """A condition that is watched, and which member confirms it."""

    condition: Text
    evidence: Text
    confirmer: Annotated[str, Field(max_length=4), AfterValidator(_without_nulls)]


class ResponseTermsIn(Schema):
    """What is pledged. The note stays with the own government."""

    kind: PledgeKind
    text: Text
    legal_basis: Text
    trigger: Text
    off_ramp: Text
    reach: Reach = Reach.MEMBERS
    amount: Amount | None = None
    note: Text = ""


class PledgeIn(ResponseTermsIn):
    """A pledge with the conditions that end it."""

    off_ramps: list[OffRampIn] = Field(default_factory=list, max_length=20)


class OffRampOut(Schema):
    """A condition, and whether it was confirmed."""

    id: UUID
    condition: str
    evidence: str
    confirmer: str
    met_at: datetime | None
    shown_by: str
    kept: bool


class DeliveryOut(Schema):
    """What was delivered of a pledge; what was taken back is not counted."""

    id: UUID
    day: date
    amount: Decimal | None
    evidence: str
    kept: bool
    taken_back_at: datetime | None


class PledgeOut(Schema):
    """A pledge that one may read; what is kept is sealed, and no program opens it."""

    id: UUID
    member: str
    kind: str
    text: str
    legal_basis: str
    trigger: str
    off_ramp: str
    amount: Decimal | None
    reach: str
    approved_at: datetime | None
    ended_at: datetime | None
    ended_why: str
    delivered: Decimal
    deliveries: list[DeliveryOut]
    beforehand: bool
    ending_proposed: bool
    kept: bool
    notes: int
    off_ramps: list[OffRampOut]


class VoteOut(Schema):
    """A vote."""

    id: UUID
    member: str
    choice: str
    confirmed_at: datetime | None


class BurdenOut(Schema):
    """What a member carries."""

    name: str
    share: Decimal | None
    fair: Decimal | None
    pledged: Decimal
    delivered: Decimal
    outstanding: Decimal


class ResponseStatementOut(Schema):
    """What a member said."""

    member: str
    stage: str
    text: str
    reach: str
    recorded_at: datetime
    kept: bool


class InvocationOut(Schema):
    """An invocation as one's own government sees it."""

    id: UUID
    compact: str
    episode: str
    stage: str
    opened_at: datetime | None
    closing_why: str
    normally_until: datetime | None
    sides: list[str]
    trigger: dict[str, Any]
    adopted: bool | None
    overdue: bool
    as_votes_stand: bool
    statements: list[ResponseStatementOut]
    pledges: list[PledgeOut]
    votes: list[VoteOut]
    burden: list[BurdenOut]


class ResponseMoveIn(Schema):
    """To which stage, and why."""

    to: ResponseStage
    reason: Text = ""


class ResponseStatementIn(Schema):
    """What is said in a stage."""

    text: Text
    reach: Reach = Reach.MEMBERS


class ResponseVoteIn(Schema):
    """What one's own government votes."""

    choice: Choice


class DeliveryIn(Schema):
    """What was delivered, and what shows it."""

    day: date
    evidence: Text
    amount: Amount | None = None


class ResponseTextIn(Schema):
    """Reasons or evidence."""

    text: Text
