"""What programs send and are answered about campaigns."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, Field

from undaunted.prisoners.campaigns.rules import (
    AdopterKind,
    Channel,
    Level,
    MaterialKind,
    Mode,
    Reply,
)
from undaunted.site.languages import LANGUAGES

__all__ = [
    "AdopterIn",
    "AdopterOut",
    "AdoptionIn",
    "AdoptionOut",
    "AgreementIn",
    "AskIn",
    "CampaignCaseIn",
    "CampaignCaseOut",
    "CampaignChangeIn",
    "CampaignIdOut",
    "CampaignIn",
    "CampaignOut",
    "CampaignSheetOut",
    "CampaignStepIn",
    "ComparisonOut",
    "DeskAdoptionOut",
    "DeskCaseOut",
    "DeskFileOut",
    "DeskRaiseOut",
    "FiguresOut",
    "FileOut",
    "Language",
    "MaterialIn",
    "ModeIn",
    "PrintForm",
    "RaiseIn",
    "RaiseOut",
    "WholeOut",
]


_LANGUAGES = tuple(each.code for each in LANGUAGES)


def _without_nulls(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a null character cannot be kept")
    return text


Short = Annotated[str, Field(max_length=200), AfterValidator(_without_nulls)]
Place = Annotated[str, Field(max_length=160), AfterValidator(_without_nulls)]
Sentence = Annotated[str, Field(max_length=300), AfterValidator(_without_nulls)]
Long = Annotated[str, Field(max_length=2000), AfterValidator(_without_nulls)]
Language = Annotated[str, Field(max_length=12, pattern="^(" + "|".join(_LANGUAGES) + ")$")]
Code = Annotated[str, Field(max_length=12), AfterValidator(_without_nulls)]
PrintForm = Literal["pdf", "docx"]
Slug = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9-]+$")]


class CampaignOut(Schema):
    """A campaign."""

    reference: str
    name: str
    day: date
    occasion: str
    summary: str
    language: str
    languages: list[str]


class AdoptionOut(Schema):
    """Who adopted a case, where they agreed to be named."""

    name: str
    kind: str
    country: str
    office: str
    place: str


class CampaignCaseOut(Schema):
    """A case that a campaign shows today; without a name only its reference."""

    reference: str
    name: str
    country: str
    roles: list[str]
    since: date | None
    held_now: bool
    ask: str
    adoptions: list[AdoptionOut]


class RaiseOut(Schema):
    """A raise, with the last reply."""

    day: date
    case: str
    channel: Channel
    level: Level
    counterpart: str
    counterpart_country: str
    place: str
    by: str
    by_country: str
    reply: Reply | None
    reply_day: date | None
    adopter: str


class ComparisonOut(Schema):
    """Twelve whole months against the twelve before."""

    now: int
    before: int
    verdict: str
    p_value: float | None
    until: date


class FiguresOut(Schema):
    """A log in numbers; of the public one, raises in private are in none of them."""

    raises: int
    by_country: dict[str, int]
    by_reply: dict[str, int]
    attempts: ComparisonOut
    by_channel: dict[str, ComparisonOut]
    by_level: dict[str, ComparisonOut]


class FileOut(Schema):
    """A file that everybody may take, at `/campaigns/REFERENCE/files/ID/`."""

    id: UUID
    kind: str
    language: str
    name: str
    media_type: str
    alternative: str
    size: int
    sha256: str


class WholeOut(CampaignOut):
    """A public campaign with everything that is shown of it."""

    organisation: str
    cases: list[CampaignCaseOut]
    raises: list[RaiseOut]
    figures: FiguresOut
    private_at_least: int
    files: list[FileOut]


class CampaignChangeIn(Schema):
    """What is told of a campaign."""

    name: Place
    day: date
    occasion: Short = ""
    summary: Long = ""
    language: Code = "en"
    languages: Annotated[list[Code], Field(max_length=20, default_factory=lambda: ["en"])]


class CampaignIn(CampaignChangeIn):
    """A campaign to begin, for an organisation."""

    holder: UUID
    reference: Slug


class CampaignCaseIn(Schema):
    """A case by its published reference, its id or its exact name, and what is asked."""

    case: Sentence
    ask: Sentence
    language: Code = "en"


class ModeIn(Schema):
    """How a case may be shown, as whoever holds the consent says."""

    mode: Mode


class RaiseIn(Schema):
    """A raise; without a case it is the campaign as a whole."""

    day: date
    channel: Channel
    level: Level
    counterpart: Short
    counterpart_country: Code
    by: Short
    by_country: Code
    place: Place = ""
    case: Sentence = ""
    adopter: UUID | None = None


class CampaignStepIn(Schema):
    """What came back, what was done, or both."""

    day: date
    reply: Reply | None = None
    text: Sentence = ""


class DeskCaseOut(Schema):
    """A case at the desk, whatever its mode."""

    id: UUID
    reference: str
    mode: Mode
    ask: str
    approved: bool


class AskIn(Schema):
    """What is asked for somebody."""

    ask: Sentence


class AdopterIn(Schema):
    """An adopter; the contact stays at the desk."""

    name: Short
    kind: AdopterKind
    country: Code
    office: Short = ""
    place: Place = ""
    contact: Sentence = ""


class AgreementIn(Schema):
    """That an adopter agreed to be named publicly, and how; without a day, no longer."""

    on: date | None = None
    how: Place = ""


class AdoptionIn(Schema):
    """Who adopts a case, since when."""

    adopter: UUID
    on: date


class MaterialIn(Schema):
    """What is written of a case, in which language, signed by whom."""

    kind: MaterialKind
    language: Language = "en"
    adopter: UUID | None = None


class AdopterOut(Schema):
    """An adopter at the desk; not how to reach them."""

    id: UUID
    name: str
    kind: AdopterKind
    country: str
    office: str
    place: str
    agreed_on: date | None


class DeskAdoptionOut(Schema):
    """Who adopted which case at the desk, since when."""

    id: UUID
    case: UUID
    adopter: UUID
    since: date


class DeskRaiseOut(Schema):
    """An entry of the log with its id."""

    id: UUID
    case_id: UUID | None
    adopter_id: UUID | None
    day: date
    channel: Channel
    level: Level
    counterpart: str
    by: str
    by_country: str


class DeskFileOut(Schema):
    """A file at the desk: old since when its words changed, without a name once destroyed."""

    id: UUID
    case_id: UUID | None
    kind: str
    language: str
    name: str
    mode: Mode
    sha256: str
    approved_at: datetime | None
    stale_at: datetime | None
    withdrawn_at: datetime | None


class CampaignSheetOut(Schema):
    """What came of a sheet: rows read, headings, what stands against it, what was there already."""

    rows: int
    columns: dict[str, str]
    problems: list[str]
    known: list[str]
    taken_in: int


class CampaignIdOut(Schema):
    """What was made."""

    id: UUID
