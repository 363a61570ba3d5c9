"""What programs send of pairs and questions, and what they are answered with."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from undaunted.core.matching.rules import Verdict, Why

__all__ = [
    "UNSEEN",
    "EntryText",
    "JudgementOut",
    "MatchAnswerIn",
    "MatchAnswerOut",
    "MatchStandingOut",
    "MatchStepOut",
    "MatchUndoIn",
    "PairSeenIn",
    "PairSheetOut",
    "PairsIn",
    "PairsOut",
    "QuestionOut",
    "TogetherOut",
    "VerdictIn",
]


def _without_nulls(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a null character cannot be kept")
    return text


Text = Annotated[str, Field(max_length=2_000, default=""), AfterValidator(_without_nulls)]


UNSEEN = (
    "name what you looked at: `seen` of the pair in desk/pair or desk/pairs, of the step in "
    "desk/log, of the act in desk/together, of the question in desk/questions"
)


def _looked_at(told: str) -> str:
    if not told:
        raise ValueError(UNSEEN)
    return _without_nulls(told)


def _needs_seen(schema: dict[str, Any]) -> None:
    """Say in the description that `seen` is needed: one left out is refused with where it is."""
    schema["required"] = sorted({*schema.get("required", ()), "seen"})
    schema["properties"]["seen"].pop("default", None)


Seen = Annotated[
    str,
    Field(
        max_length=64,
        default="",
        validate_default=True,
        description="As it was told: refused where anything that is shown is not so any more.",
    ),
    AfterValidator(_looked_at),
]
EntryText = Annotated[str, Field(max_length=240), AfterValidator(_without_nulls)]


class MatchStandingOut(Schema):
    """Who is whom: parties of more than one entry, and how much is not settled."""

    entries: int
    parties: int
    joined: dict[str, list[str]]
    open: int
    contradictions: list[dict[str, Any]]
    refused: dict[str, str]
    waiting: int


class PairOut(Schema):
    """A pair that waits for somebody, with the reasons; it is a question."""

    left: str
    right: str
    likeness: float
    strong: bool
    why: Why
    reasons: list[dict[str, Any]]
    seen: str
    """What names both entries as they are now, for the verdict."""


class PairsOut(Schema):
    """Pairs from the likeliest on; `count` tells of all."""

    count: int
    pairs: list[PairOut]


class PairSeenIn(Schema):
    """What whoever takes a step on a pair looked at."""

    model_config = ConfigDict(json_schema_extra=_needs_seen)

    seen: Seen


class VerdictIn(PairSeenIn):
    """A verdict on two entries, each written as source:key; same and different need a reason."""

    left: EntryText
    right: EntryText
    verdict: Verdict
    why: Text
    share: bool = False
    """Whether other organisations read the reason."""


class MatchAnswerIn(PairSeenIn):
    """An answer about somebody in a file; the reason is needed, and `seen` as the question told."""

    verdict: Verdict
    why: Text


class MatchUndoIn(PairSeenIn):
    """Why it is undone."""

    why: Text
    share: bool = False
    """Whether other organisations read the reason."""


class JudgementOut(Schema):
    """A verdict as it is kept."""

    id: UUID
    left: str
    right: str
    verdict: Verdict
    likeness: float | None
    engine: str
    batch: UUID | None
    at: datetime
    confirmed_at: datetime | None
    undone_at: datetime | None


class MatchStepOut(Schema):
    """A verdict, its confirming or its undoing: who, when, why, as far as one may read it."""

    judgement: JudgementOut
    undone: bool
    confirmed: bool
    replaced: bool
    at: datetime
    who: str
    organisation: str
    why: str
    reasoned: bool
    """Whether a reason is kept; its organisation reads it, and others where it is shown."""
    seen: str
    """What names both entries as they are now, for confirming or undoing."""


class SideOut(Schema):
    """An entry with all that is shown of it, by field; as it last stood where it is gone."""

    entry: str
    says: dict[str, list[str]]
    gone: bool


class PairsIn(Schema):
    """Which pairs: by words of a name, why they wait, a list, how alike; from which on."""

    q: Annotated[str, Field(max_length=120, default="")]
    why: Why | None = None
    source: Annotated[str, Field(max_length=24, default="")]
    strong: bool = False
    """Only those very alike, with an equal day of birth or number."""
    start: Annotated[int, Field(ge=0, le=10_000_000, default=0)]


class PairSheetOut(Schema):
    """Two entries side by side, with the verdict that stands."""

    sides: list[SideOut]
    standing: JudgementOut | None
    changed: bool
    """Whether a verdict waits of what is shown no more: its organisation judges the pair again."""
    seen: str


class ActPairOut(Schema):
    """A pair of an act, with the verdict on it."""

    judgement: str
    left: str
    right: str
    likeness: float
    reasons: list[dict[str, Any]]


class TogetherOut(Schema):
    """What stands of what one person judged in one act."""

    verdict: Verdict
    why: str
    reasoned: bool
    mine: bool
    pairs: list[ActPairOut]
    """Pairs that a second person confirms."""
    changed: list[ActPairOut]
    """Pairs that changed since, and are judged again."""
    settled: list[ActPairOut]
    seen: str


class QuestionOut(Schema):
    """A question of one's own organisation, with both names as they are now."""

    id: UUID
    subject: str
    name: str
    entry: str
    listed: str
    likeness: float
    asked_at: datetime
    file_says: dict[str, list[str]]
    entry_says: dict[str, list[str]]
    """What each side says of who it is, by field; nothing where it is gone."""
    seen: str
    """What names both sides as they are now, for the answer; empty where one is gone."""
    waits: bool
    """Whether one person said that they are the same, and a second has not."""
    answered_before: Verdict | None
    changed: list[str]
    """Fields that say something else since it was answered; `file` where the file does."""


class MatchAnswerOut(Schema):
    """An answer as it is kept."""

    id: UUID
    subject: str
    entry: str
    verdict: Verdict
    at: datetime
    why: str
    waits: bool
    confirmed_at: datetime | None
    undone_at: datetime | None
