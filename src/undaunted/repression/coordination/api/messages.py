"""What programs send and are answered about guests, proposals from elsewhere and notices."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field

from undaunted.repression.coordination.api.schemas import (
    InvitationOut,
    Short,
    Text,
    without_nulls,
)
from undaunted.repression.coordination.rules import (
    Answer,
    CoordinationState,
    CoordinationStep,
    NoticeKind,
    Preparation,
)

__all__ = [
    "CoordinationNoticeIn",
    "CoordinationPackageOut",
    "CoordinationStepIn",
    "HolderIn",
    "InvitedOut",
    "NoticeOut",
    "NoticesIn",
    "ScreenedOut",
    "SendingOut",
    "ToldPartyOut",
    "UntilIn",
]


class ToldPartyOut(Schema):
    """A party as the proposer elsewhere tells it."""

    name: str
    country: str
    government: bool
    answer: Answer


class SendingOut(Schema):
    """A step that one's own organisation told; its words are sealed."""

    id: UUID
    step: CoordinationStep
    state: str
    """How its package is: proposed, sealed or declined."""
    recorded_at: datetime


class InvitedOut(InvitationOut):
    """A proposal of a partner elsewhere with its parties, and what one answered."""

    answer: Answer
    go_for: datetime | None
    latest: bool
    parties: list[ToldPartyOut]
    told: list[SendingOut]


class UntilIn(Schema):
    """Until when a package can be opened; what came of it is erased then."""

    until: AwareDatetime


class CoordinationStepIn(UntilIn):
    """A step told to a proposer elsewhere; words are sealed as they arrive."""

    step: CoordinationStep
    words: Text = ""
    preparation: Preparation | None = None
    state: CoordinationState | None = None
    due: date | None = None


class CoordinationPackageOut(Schema):
    """A package that waits for a second person, who seals it with their own key."""

    package: UUID


class CoordinationNoticeIn(Schema):
    """A notice of a police organisation."""

    number: Annotated[str, Field(max_length=80), AfterValidator(without_nulls)]
    kind: NoticeKind
    names: Annotated[list[Short], Field(max_length=40)]
    source: Annotated[str, Field(max_length=400), AfterValidator(without_nulls)]
    state: Annotated[str, Field(max_length=4), AfterValidator(without_nulls)] = ""
    births: Annotated[list[Short], Field(max_length=40, default_factory=list)]
    nationalities: Annotated[list[Short], Field(max_length=40, default_factory=list)]
    gender: Annotated[str, Field(max_length=10), AfterValidator(without_nulls)] = ""
    identifiers: Annotated[list[Short], Field(max_length=40, default_factory=list)]
    file: Annotated[str, Field(max_length=80), AfterValidator(without_nulls)] = ""


class NoticesIn(Schema):
    """Notices to enter, all or none."""

    holder: UUID
    notices: Annotated[list[CoordinationNoticeIn], Field(min_length=1, max_length=2_000)]
    amending: bool = False


class NoticeOut(Schema):
    """A notice of one's own organisation."""

    id: UUID
    number: str
    kind: NoticeKind
    state: str
    told: dict[str, Any]
    source: str
    file: str
    recorded_at: datetime


class HolderIn(Schema):
    """Whose notices are meant."""

    holder: UUID


class UncomparedOut(Schema):
    """A notice whose names cannot be compared, the first of them, and why."""

    subject: str
    called: str
    why: str


class ScreenedOut(Schema):
    """What came of holding notices against lists and files."""

    asked: int
    new: int
    again: int
    remembered: int
    closed: int
    refused: int
    not_compared: list[UncomparedOut]
    """Whose names cannot be compared: that nothing came up says nothing of them."""
