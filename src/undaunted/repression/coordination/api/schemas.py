"""What programs send and are answered about coordination."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field

from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.rules import (
    Announced,
    Answer,
    Change,
    CoordinationStage,
    CoordinationState,
    Court,
    Preparation,
    Said,
    SubjectKind,
)

__all__ = [
    "CoordinationAnswerIn",
    "CoordinationCaseIn",
    "CoordinationCaseOut",
    "CoordinationIdOut",
    "CoordinationPartyOut",
    "CoordinationProposalOut",
    "CoordinationTextIn",
    "EntryOut",
    "GuestOut",
    "InvitationOut",
    "MomentIn",
    "PreparedIn",
    "PreparedOut",
    "ProposalIn",
    "RemarkOut",
    "RenewalOut",
    "SeatOut",
    "Short",
    "Text",
    "TieIn",
    "TrackedOut",
    "without_nulls",
]

SEALED = (
    "Sealed to the seats of the parties: the server holds no key, and a token opens none. Whoever "
    "is in the team of a seat opens it with their own key, at the desk or at the terminal."
)


def without_nulls(text: str) -> str:
    """Refuse a text that no database keeps."""
    if "\x00" in text:
        raise ValueError("a null character cannot be kept")
    return text


Short = Annotated[str, Field(max_length=240), AfterValidator(without_nulls)]
Text = Annotated[str, Field(max_length=6000), AfterValidator(without_nulls)]


class CoordinationIdOut(Schema):
    """What was made or changed."""

    id: UUID


class SeatOut(Schema):
    """An organisation that can be invited."""

    holder: UUID
    name: str
    country: str
    government: bool


class ProposalIn(Schema):
    """A proposal; whom it is about is sealed as it arrives."""

    holder: UUID
    kind: SubjectKind
    name: Short
    entry: Short = ""
    state: Annotated[str, Field(max_length=4), AfterValidator(without_nulls)]
    identification: Text
    conduct: Text
    exculpatory: Text
    authorities: Annotated[list[Short], Field(max_length=40)]
    tlp: Tlp
    invited: Annotated[list[UUID], Field(max_length=100)]


class CoordinationPartyOut(Schema):
    """A party of a proposal."""

    id: UUID
    name: str
    government: bool
    answer: Answer
    invited_at: datetime | None
    gone: bool
    held: bool


class PreparedOut(Schema):
    """What a party prepares."""

    party: str
    kind: Preparation
    state: CoordinationState
    due: date | None


class RemarkOut(Schema):
    """That something was said; what, is sealed and opened at the desk."""

    id: UUID
    kind: Said
    recorded_at: datetime


class GuestOut(Schema):
    """A partner on another installation, by what its packages said so far."""

    id: UUID
    name: str
    answer: Answer
    invited_at: datetime | None
    said_at: datetime | None
    gone: bool
    held: bool
    ended_at: datetime | None
    unheard: bool
    """A package of it waits, or was refused and nobody set it aside: it may hold."""
    refused: list[UUID]
    """Items that another person can set aside; told to the proposer alone."""


class InvitationOut(Schema):
    """A proposal of a partner on another installation, as it told it last."""

    id: UUID
    partner: str
    tlp: Tlp
    stage: CoordinationStage
    state: str
    moment: datetime | None
    stands: Announced
    written_at: datetime
    until: datetime
    sealed: str = SEALED


class CoordinationProposalOut(Schema):
    """A proposal as its parties see it.

    Whom it is about is sealed to seats. A token opens no seal: no key is kept on the server, and
    none is taken over the wire. `sealed` says so.
    """

    sealed: str = SEALED
    guests: list[GuestOut]

    id: UUID
    tlp: Tlp
    stage: CoordinationStage
    sent_at: datetime | None
    moment: datetime | None
    moment_next: datetime | None
    stands: Announced
    proposes: bool
    parties: list[CoordinationPartyOut]
    prepared: list[PreparedOut]
    remarks: list[RemarkOut]


class CoordinationAnswerIn(Schema):
    """What one's own organisation answers."""

    answer: Answer
    reason: Text = ""


class CoordinationTextIn(Schema):
    """A comment or a reason."""

    text: Text


class TieIn(Schema):
    """An entry of a list, as source:key, or the id of a submission."""

    entry: Short = ""
    submission: Short = ""


class MomentIn(Schema):
    """When an announcement is made."""

    moment: AwareDatetime


class PreparedIn(Schema):
    """How far one's own organisation is."""

    kind: Preparation
    state: CoordinationState
    due: date | None = None


class CoordinationCaseIn(Schema):
    """A court case about a listing."""

    holder: UUID
    entry: Short
    number: Annotated[str, Field(max_length=80), AfterValidator(without_nulls)]
    court: Short
    outcome: Court
    day: date
    source: Annotated[str, Field(max_length=400), AfterValidator(without_nulls)]
    address: Annotated[str, Field(max_length=420), AfterValidator(without_nulls)] = ""
    verified: bool = False


class CoordinationCaseOut(Schema):
    """A published court case."""

    entry: str
    number: str
    court: str
    outcome: Court
    day: date
    source: str
    address: str
    verified: bool


class TrackedOut(Schema):
    """What a version of a list did to an entry."""

    entry: str
    name: str
    change: Change
    seen: date
    version: int
    acted: str
    reasons: str
    fields: list[str]


class EntryOut(Schema):
    """What is known of one entry: what versions did, and court cases."""

    entry: str
    history: list[TrackedOut]
    cases: list[CoordinationCaseOut]


class RenewalOut(Schema):
    """When a regime ends unless it is renewed: the last day where its law is made, and the end."""

    code: str
    title: str
    jurisdiction: str
    since: date
    last: date
    ends: datetime
    passed: bool
    rule: str
    source: str
    status: str
    read_on: date | None
    read_in: str
