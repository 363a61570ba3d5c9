"""What programs send about cases of screening, and are answered."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, Field

from undaunted.coercion.screening.rules import (
    FIRST_LOOK,
    DecisionKind,
    Found,
    LetterKind,
    Mitigation,
    Outcome,
    ScreeningStage,
    SourceStatus,
    Step,
)
from undaunted.coercion.screening.rules.casework import (
    CommentKind,
    EvidenceKind,
    FactKind,
    Judgement,
    PartyRole,
    ScreeningOrigin,
)

__all__ = [
    "AnalysisIn",
    "CheckIn",
    "CommentIn",
    "FactIn",
    "JudgedIn",
    "LetterIn",
    "Measured",
    "Name",
    "PartyIn",
    "ReceivedIn",
    "ScopeIn",
    "ScreeningAnswerIn",
    "ScreeningAssessmentIn",
    "ScreeningCaseIn",
    "ScreeningCaseOut",
    "ScreeningDecisionIn",
    "ScreeningDraftIn",
    "ScreeningIdOut",
    "ScreeningListIn",
    "ScreeningMeasureIn",
    "ScreeningMoveIn",
    "ScreeningNoticeIn",
    "ScreeningRequestIn",
    "ScreeningSheetOut",
    "ScreeningStepIn",
    "ScreeningTeamIn",
    "ScreeningTermsIn",
    "StakeIn",
    "WhyIn",
]

LARGEST = 60_000
RIGHT = (
    "^(equity|votes|profits|assets|board|special|proxy|contract|concert|lender|trust|nominee|"
    "partner)$"
)
KIND = "^(unknown|company|person|state|several)$"


def _without_nulls(text: str) -> str:
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("signs that cannot be kept")
    return text


def _small(content: dict[str, Any]) -> dict[str, Any]:
    written = json.dumps(content, allow_nan=False)
    if len(written) > LARGEST or "\\u0000" in written or "\\ud8" in written.lower():
        raise ValueError("60 000 characters at most, and none that cannot be kept")
    return content


Key = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9-]+$")]
Name = Annotated[str, Field(max_length=200), AfterValidator(_without_nulls)]
Source = Annotated[str, Field(max_length=400), AfterValidator(_without_nulls)]
Text = Annotated[str, Field(max_length=8000), AfterValidator(_without_nulls)]
Measured = Annotated[str, Field(max_length=60, pattern=r"^[a-z_]*$")]
Code = Annotated[str, Field(max_length=12), AfterValidator(_without_nulls)]
Right = Annotated[str, Field(pattern=RIGHT)]
PartyKind = Annotated[str, Field(pattern=KIND)]


class ScreeningIdOut(Schema):
    """What was made or changed."""

    id: UUID


class ScreeningCaseOut(Schema):
    """A case in a line."""

    id: UUID
    reference: str
    title: str
    jurisdiction: str
    origin: str
    stage: str
    moved_at: datetime


class ScreeningSheetOut(ScreeningCaseOut):
    """All that a case held at a moment; rows by their fields, sealed texts left out."""

    as_known: datetime
    steps: list[dict[str, Any]]
    filing: dict[str, Any] | None
    stakes: int
    lists: list[dict[str, Any]]
    decision: UUID | None
    proposed: UUID | None
    parties: list[dict[str, Any]]
    loads: list[dict[str, Any]]
    facts: list[dict[str, Any]]
    scopes: list[dict[str, Any]]
    assessments: list[dict[str, Any]]
    requests: list[dict[str, Any]]
    answers: list[dict[str, Any]]
    notices: list[dict[str, Any]]
    comments: list[dict[str, Any]]
    decisions: list[dict[str, Any]]
    recourses: list[dict[str, Any]]
    mitigations: list[dict[str, Any]]
    checks: list[dict[str, Any]]
    analyses: list[dict[str, Any]]
    fallen: list[UUID]
    partner_periods: list[dict[str, Any]]


class ScreeningCaseIn(Schema):
    """A case to begin."""

    holder: UUID
    reference: Key
    title: Name
    jurisdiction: Code
    origin: ScreeningOrigin = ScreeningOrigin.FILED


class SaidIn(Schema):
    """What stands in a field of a notification."""

    text: Text
    secret: bool = False
    summary: Text = ""


class ScreeningDraftIn(Schema):
    """A notification as far as it is written, by code of the field."""

    fields: Annotated[dict[Key, SaidIn], Field(max_length=40)]


class ReceivedIn(Schema):
    """When the notification was received."""

    received_on: date


class ScreeningTeamIn(Schema):
    """The team that opens what is sealed."""

    team: UUID


class ScreeningMoveIn(Schema):
    """The next stage."""

    to: ScreeningStage
    reason: Text = ""


class PartyIn(Schema):
    """Somebody with a part in the investment."""

    role: PartyRole
    name: Name
    source: Source
    identifier: Name = ""
    kind: PartyKind = "company"
    country: Code = ""


class StakeIn(Schema):
    """A holding; `why` is needed where it corrects another."""

    owner: Name
    owned: Name
    source: Source
    share: Annotated[str, Field(max_length=40), AfterValidator(_without_nulls)] = ""
    right: Right = "equity"
    owner_kind: PartyKind = "unknown"
    owned_kind: PartyKind = "company"
    owner_name: Name = ""
    owned_name: Name = ""
    valid_from: date | None = None
    valid_to: date | None = None
    filed: bool = False
    why: Source = ""


class WhyIn(Schema):
    """A reason."""

    why: Source


class AnalysisIn(Schema):
    """What the engine is asked; without measure and threshold, by the law that applies."""

    as_of: date
    threshold: Annotated[float, Field(gt=0, le=1)] | None = None
    reached: bool = False
    owners: list[Name] = Field(default_factory=list, max_length=40)
    measure: Measured = ""


class FactIn(Schema):
    """What a source says of a party."""

    kind: FactKind
    about: Name
    text: Text
    source: Source
    state: Code = ""
    day: date | None = None
    status: SourceStatus = SourceStatus.UNVERIFIED


class ScreeningListIn(Schema):
    """A look at a list, and what a person judged."""

    party: UUID
    list_name: Name
    list_day: date
    judgement: Judgement
    entry: Source = ""
    reason: Text = ""


class JudgedIn(Schema):
    """What a person judges of an entry that came up."""

    judgement: Judgement
    reason: Text


class ScopeIn(Schema):
    """Facts of the investment, as the file of `undaunted screening scope` holds them."""

    facts: Annotated[dict[str, Any], AfterValidator(_small)]


class EvidenceIn(Schema):
    """A row of the case on which something rests."""

    kind: EvidenceKind
    id: UUID


class ScreeningAssessmentIn(Schema):
    """A factor; `why` is needed where it corrects another."""

    regime: Key
    factor: Key
    finding: Found
    reasons: Text
    evidence: list[EvidenceIn] = Field(default_factory=list, max_length=60)
    kept: Text = ""
    why: Source = ""


class ScreeningRequestIn(Schema):
    """What is asked of whom."""

    addressee: Name
    text: Text
    due_on: date | None = None
    stops: bool = False
    kept: Text = ""
    for_partners: bool = False


class ScreeningAnswerIn(Schema):
    """What came back."""

    received_on: date
    text: Text = ""
    complete: bool = True
    kept: Text = ""


class ScreeningStepIn(Schema):
    """What happened outside."""

    step: Step
    on: date


class ScreeningNoticeIn(Schema):
    """What a partner will be told."""

    recipient: UUID
    with_stakes: bool = False
    factors: list[UUID] = Field(default_factory=list, max_length=40)
    message: Text = ""
    though_outside: Text = ""


class CommentIn(Schema):
    """What another authority says; `received_on` where it is written down for it."""

    author: Name
    text: Text
    kind: CommentKind = CommentKind.COMMENT
    received_on: date | None = None


class ScreeningTermsIn(Schema):
    """Since and until when a condition binds, and how it is watched; else as is usual."""

    starts_on: date | None = None
    months: Annotated[int, Field(ge=1, le=60)] = FIRST_LOOK
    watched_by: Name = ""
    ends_on: date | None = None


class ScreeningDecisionIn(Schema):
    """A decision to propose; `terms` are none, one for all conditions, or one for each."""

    regime: Key
    kind: DecisionKind
    reasons: Text
    factors: Annotated[list[UUID], Field(max_length=40)]
    day: date
    conditions: list[Text] = Field(default_factory=list, max_length=40)
    terms: list[ScreeningTermsIn] = Field(default_factory=list, max_length=40)
    no_less: Text = ""
    utmost_account: Text = ""
    completed: bool = False
    kept: Text = ""
    urgent: Text = ""
    urgent_told_on: date | None = None
    urgent_told_to: Text = ""
    unwind_by: date | None = None


class ScreeningMeasureIn(Schema):
    """A measure of the register."""

    kind: Mitigation
    text: Text
    starts_on: date
    months: Annotated[int, Field(ge=1, le=60)]
    watched_by: Name
    ends_on: date | None = None


class CheckIn(Schema):
    """A look at a measure."""

    day: date
    outcome: Outcome
    text: Text
    evidence: list[EvidenceIn] = Field(default_factory=list, max_length=60)


class LetterIn(Schema):
    """A letter without secrets; the whole one takes a key, which programs have not."""

    kind: LetterKind
    to: Name = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[a-zA-Z]{2,4})?$")] = "en"
    about: UUID | None = None
    says: Text = ""
    ownership_secret: bool = False
    with_register: bool = False
