"""What programs send and are answered about proceedings; no confidential text is ever answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, Field

from undaunted.coercion.instruments.analysis import GivenStakes, design_kept, design_with_stakes
from undaunted.coercion.instruments.rules import (
    Aimed,
    AnnexKind,
    Ballot,
    CheckValue,
    Design,
    ElementState,
    InjuryKind,
    InstrumentChannel,
    Link,
    Opening,
    Opinion,
    Origin,
    PaperKind,
    Stage,
)

__all__ = [
    "CalculationIn",
    "ElementsIn",
    "EngagementIn",
    "InjuryIn",
    "InstrumentCorrectionIn",
    "InstrumentDraftIn",
    "InstrumentIdOut",
    "InstrumentPaperIn",
    "InstrumentRequestIn",
    "InstrumentStepIn",
    "InstrumentTeamIn",
    "InstrumentVoteIn",
    "ProceedingIn",
    "ProceedingOut",
    "ProceedingShort",
    "TrackerOut",
]


def _without_nulls(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a null character cannot be kept")
    return text


Text = Annotated[str, AfterValidator(_without_nulls), Field(max_length=4000)]
Name = Annotated[str, AfterValidator(_without_nulls), Field(max_length=160)]
Code = Annotated[str, AfterValidator(_without_nulls), Field(max_length=60)]
Number = Annotated[float, Field(ge=0, lt=1e15, allow_inf_nan=False)]


class InstrumentIdOut(Schema):
    """What was made or changed."""

    id: UUID


class ProceedingIn(Schema):
    """What a proceeding is about; it never says who asked."""

    holder: UUID
    reference: Code
    title: Name
    third_country: Code
    states: Annotated[list[Code], Field(max_length=30)]
    measure: Text
    opening: Opening = Opening.OWN
    team: UUID | None = None


class InstrumentCorrectionIn(Schema):
    """Title and measure, written anew before they are public."""

    title: Name
    measure: Text


class InstrumentTeamIn(Schema):
    """The team that handles a proceeding."""

    team: UUID


class InstrumentPaperIn(Schema):
    """A paper in its two versions; the confidential one is sealed and not answered again."""

    kind: PaperKind
    title: Name
    received_on: date
    open_version: Annotated[list[tuple[Name, Text]], Field(max_length=60)]
    confidential: Annotated[dict[Code, Text], Field(max_length=60)]


class InstrumentRequestIn(Schema):
    """An exporter's facts, in the form of the file of facts; sealed and not answered again."""

    received_on: date
    facts: dict[str, Any]


class ElementIn(Schema):
    """How far one element is shown."""

    key: Code
    state: ElementState
    reasons: Annotated[tuple[Text, ...], Field(max_length=20)] = ()
    sources: Annotated[tuple[Code, ...], Field(max_length=20)] = ()


class ElementsIn(Schema):
    """An assessment of all elements."""

    elements: Annotated[list[ElementIn], Field(max_length=20)]


class InjuryIn(Schema):
    """What the injury is read from; amounts alone where the kind is `typed`.

    `front`: the name of a search in `digest`. `exposure`: the SHA-256 of a file of months, the
    first month, products, and the unit that the file does not say. `typed`: amounts with source
    and explanation, marked as typed wherever they are told.
    """

    kind: InjuryKind
    digest: Annotated[str, AfterValidator(_without_nulls), Field(max_length=64)] = ""
    target: Code = ""
    since: Annotated[str, Field(pattern=r"^([0-9]{4}-(0[1-9]|1[0-2]))?$")] = ""
    products: Annotated[tuple[Code, ...], Field(max_length=40)] = ()
    unit: Annotated[str, AfterValidator(_without_nulls), Field(max_length=24)] = ""
    low: Number | None = None
    best: Number | None = None
    high: Number | None = None
    year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    source: Text = ""
    explained: Text = ""


class CalculationIn(Schema):
    """A scenario's result (.json), or a sheet (CSV) with a row for each part of the injury."""

    name: Name
    content: Annotated[str, AfterValidator(_without_nulls), Field(max_length=2_000_000)]


class EngagementIn(Schema):
    """What was said with the third country."""

    day: date
    channel: InstrumentChannel
    body: Name
    said: Text
    answer: Text = ""


class InstrumentVoteIn(Schema):
    """What each member state did in the Council, by its code; whoever is left out stays open."""

    on: date
    votes: Annotated[dict[Code, Ballot], Field(max_length=60)]


class EffectIn(Schema):
    """What a measure is expected to cost the third country in a year."""

    low: Number
    best: Number
    high: Number
    unit: Code
    year: Annotated[int, Field(ge=1900, le=2200)]
    source: Text


class StakesIn(Schema):
    """A file of stakes, the government as it is named there, and the day that counts."""

    name: Name
    content: Annotated[str, AfterValidator(_without_nulls), Field(max_length=2_000_000)]
    state: Annotated[tuple[Code, ...], Field(min_length=1, max_length=20)]
    as_of: date


class InstrumentPersonIn(Schema):
    """A person linked to the government of the third country; `id` is that of the stakes."""

    name: Name
    id: Code = ""
    link: Link
    answer: Literal["must", "may", "no"] | None = None
    natural: bool = False
    reasons: Text = ""
    sources: Annotated[tuple[Code, ...], Field(max_length=20)] = ()


class InstrumentMeasureIn(Schema):
    """One response measure of the ten kinds of Annex I."""

    key: Code
    kind: AnnexKind
    aimed: Aimed
    scope: Text
    legal_basis: Text
    effect: EffectIn
    begins: date
    ends: date | None = None
    by: Origin | None = None
    persons: Annotated[tuple[InstrumentPersonIn, ...], Field(max_length=200)] = ()
    tender_share: Annotated[float, Field(ge=0, le=100)] | None = None
    reasons: Text = ""


class InstrumentAnswerIn(Schema):
    """What was answered to one point of a test of law."""

    key: Code
    value: CheckValue
    reasons: Text = ""
    sources: Annotated[tuple[Code, ...], Field(max_length=20)] = ()


class InstrumentDraftIn(Schema):
    """A draft of response measures.

    With `stakes`, they answer for each person that is held by a majority and has an `id`; what is
    answered without is kept as stated.
    """

    measures: Annotated[list[InstrumentMeasureIn], Field(max_length=100)]
    answers: Annotated[list[InstrumentAnswerIn], Field(max_length=60)] = Field(default_factory=list)
    stakes: StakesIn | None = None

    def design(self) -> Design:
        """Give the draft as the rules read it. Raises `MeasureRefused` for stakes that are none."""
        design, told = design_kept(self.model_dump(mode="json")), self.stakes
        if told is None:
            return design
        persons = [person for each in self.measures for person in each.persons]
        ids = {each.name: each.id for each in persons if each.id}
        given = GivenStakes(told.name, told.content.encode(), told.state, told.as_of)
        return design_with_stakes(design, ids, given)


class InstrumentStepIn(Schema):
    """A step into a stage, with what whoever proposes it says of it."""

    to: Stage
    on: date
    reasons: Text
    consulted: bool = False
    heard: bool = False
    opinion: Opinion | None = None
    immediate: bool = False
    explained: Text = ""
    ground: Code = ""
    applies_on: date | None = None


class StepOut(Schema):
    """A stage that two people took."""

    id: UUID
    stage: str
    on: date
    reasons: str
    facts: dict[str, Any]
    confirmed_at: datetime | None


class InstrumentPaperOut(Schema):
    """The non-confidential version of a paper."""

    id: UUID
    kind: str
    title: str
    received_on: date
    open_version: list[dict[str, str]]
    withdrawn_at: datetime | None


class ProceedingShort(Schema):
    """A proceeding in a list."""

    id: UUID
    reference: str
    title: str
    third_country: str
    states: list[str]
    stage: str


class ProceedingOut(ProceedingShort):
    """A proceeding as its authority's people see it, sealed texts apart."""

    as_known: datetime | None
    measure: str
    opening: str
    following: list[str]
    published: bool
    waiting: StepOut | None
    steps: list[StepOut]
    clocks: list[dict[str, Any]]
    papers: list[InstrumentPaperOut]
    elements: dict[str, Any] | None
    injury: dict[str, Any] | None
    engagements: list[dict[str, Any]]
    draft: dict[str, Any] | None
    judged: dict[str, Any] | None
    vote: dict[str, Any] | None


class TrackerOut(Schema):
    """A proceeding on the public tracker."""

    id: UUID
    reference: str
    title: str
    authority: str
    third_country: str
    states: list[str]
    measure: str
    steps: list[dict[str, Any]]
    clocks: list[dict[str, Any]]
