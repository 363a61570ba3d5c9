"""Parts of a dossier as programs and files tell them, each with the one step that records it.

Whoever writes a file does not know yet which ids its parts will have: somebody alleged is named by
a name of theirs, an act by its id in the ledger, and a victim by the number that papers print.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final
from unicodedata import category
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from undaunted.core.evidence.rules import Grade, GradeUnreadable
from undaunted.core.standards.rules import Value  # noqa: TC001 - pydantic reads it
from undaunted.repression.dossiers.actions import (
    Evidence,
    add_act,
    add_annex,
    record_accused,
    record_detail,
    record_finding,
    record_link,
    record_post,
    record_reply,
    record_statement,
)
from undaunted.repression.dossiers.queries import accused_in, acts_in, details_in
from undaunted.repression.dossiers.rules import (
    DetailKind,
    DossierRefused,
    DossierReply,
    PartyKind,
    Weighed,
    all_or_faults,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.models import Accused, Dossier, DossierAct

__all__ = [
    "PARTS",
    "AnnexIn",
    "DetailIn",
    "DossierActIn",
    "DossierFindingIn",
    "DossierPersonIn",
    "DossierReplyIn",
    "DossierStatementIn",
    "LinkIn",
    "PartIn",
    "PostIn",
    "kept_signs",
    "victims_named",
]

_BREAKS: Final = "\n\r\t"


def kept_signs(text: str) -> str:
    """Refuse signs that no database keeps."""
    if any(category(each) in {"Cc", "Cs"} and each not in _BREAKS for each in text):
        raise ValueError("it holds a sign that no text has; write it again")
    return text


Line = Annotated[str, Field(max_length=300), AfterValidator(kept_signs)]
Text = Annotated[str, Field(max_length=6000), AfterValidator(kept_signs)]
Several = Annotated[list[UUID], Field(max_length=200)]


class PartIn(Schema):
    """One part of a dossier; `recorded` keeps it and gives its id."""

    model_config = ConfigDict(extra="forbid")
    kind_of_part: ClassVar[str]

    def recorded(self, dossier: Dossier, *, actor: Actor, at: datetime) -> UUID:
        """Record it. Raises `DossierRefused`, `Forbidden`."""
        raise NotImplementedError


class RestedIn(PartIn):
    """A part that rests on evidence: sources, one grade for them, and where in them it stands."""

    sources: Several = Field(default_factory=list)
    grade: Line = "F6"
    locator: Line = ""
    document: UUID | None = None

    def evidence(self) -> Evidence:
        """Give what it rests on. Raises `DossierRefused`."""
        try:
            grade = Grade.parse(self.grade)
        except GradeUnreadable:
            raise DossierRefused(
                "grade", "write a letter A to F and a figure 1 to 6, such as B2"
            ) from None
        return Evidence(tuple(self.sources), grade, self.locator, self.document)


class DossierActIn(PartIn):
    """An act of the ledger, by its id there, on which the dossier rests from then on."""

    kind_of_part = "act"
    act: UUID

    def recorded(self, dossier: Dossier, *, actor: Actor, at: datetime) -> UUID:
        """Let the dossier rest on it."""
        return add_act(dossier, self.act, actor=actor, at=at).pk


class DossierPersonIn(RestedIn):
    """Somebody alleged to be responsible, by the first name they are known by."""

    kind_of_part = "person"
    name: Line
    kind: PartyKind = PartyKind.PERSON

    def recorded(self, dossier: Dossier, *, actor: Actor, at: datetime) -> UUID:
        """Record them."""
        rest = self.evidence()
        made = record_accused(dossier, self.name, self.kind, actor=actor, at=at, evidence=rest)
        return made.pk


class DetailIn(RestedIn):
    """One thing that tells who somebody is: a name, a birth, a paper, an entry of a list."""

    kind_of_part = "detail"
    accused: Line
    kind: DetailKind
    text: Line

    def recorded(self, dossier: Dossier, *, actor: Actor, at: datetime) -> UUID:
        """Record it."""
        whom, rest = all_or_faults(partial(_whom, actor, dossier, self.accused), self.evidence)
        return record_detail(whom, self.kind, self.text, actor=actor, at=at, evidence=rest).pk


class PostIn(RestedIn):
    """An office that somebody held, when, and which office it answered to."""

    kind_of_part = "post"
    accused: Line
    office: Line
    above: Line = ""
    start: Line = ""
    end: Line = ""

    def recorded(self, dossier: Dossier, *, actor: Actor, at: datetime) -> UUID:
        """Record it."""
        whom, rest = all_or_faults(partial(_whom, actor, dossier, self.accused), self.evidence)
        made = record_post(
            whom, self.office, above=self.above, start=self.start, end=self.end, actor=actor,
            at=at, evidence=rest,
        )  # fmt: skip
        return made.pk


class LinkIn(RestedIn):
    """How somebody had a part in an act, as an allegation that rests on evidence."""

    kind_of_part = "link"
    accused: Line
    act: UUID
    mode: Line
    reasons: Text

    def recorded(self, dossier: Dossier, *, actor: Actor, at: datetime) -> UUID:
        """Record it."""
        whom, act, rest = all_or_faults(
            partial(_whom, actor, dossier, self.accused),
            partial(_act, actor, dossier, self.act),
            self.evidence,
        )
        made = record_link(whom, act, self.mode, self.reasons, actor=actor, at=at, evidence=rest)
        return made.pk


class DossierFindingIn(RestedIn):
    """What was found on a fact: of an act, of one person, or of the whole dossier."""

    kind_of_part = "finding"
    fact: Line
    value: Value
    reasons: Text
    act: UUID | None = None
    accused: Line = ""

    def recorded(self, dossier: Dossier, *, actor: Actor, at: datetime) -> UUID:
        """Record it; an earlier finding on the same is replaced."""
        act, whom, rest = all_or_faults(
            lambda: _act(actor, dossier, self.act) if self.act else None,
            lambda: _whom(actor, dossier, self.accused) if self.accused else None,
            self.evidence,
        )
        made = record_finding(
            dossier, self.fact, self.value, self.reasons, act=act, accused=whom, actor=actor,
            at=at, evidence=rest,
        )  # fmt: skip
        return made.pk


class DossierStatementIn(RestedIn):
    """What speaks for somebody; it counts once a second person has confirmed it."""

    kind_of_part = "statement"
    accused: Line
    kind: Weighed
    body: Text

    def recorded(self, dossier: Dossier, *, actor: Actor, at: datetime) -> UUID:
        """Record it."""
        whom, rest = all_or_faults(partial(_whom, actor, dossier, self.accused), self.evidence)
        return record_statement(whom, self.kind, self.body, actor=actor, at=at, evidence=rest).pk


class DossierReplyIn(PartIn):
    """Whether somebody's own account was sought, or why seeking it is unsafe."""

    kind_of_part = "reply"
    accused: Line
    reply: DossierReply
    reasons: Text

    def recorded(self, dossier: Dossier, *, actor: Actor, at: datetime) -> UUID:
        """Say so of the person, whose id it gives."""
        whom = _whom(actor, dossier, self.accused)
        return record_reply(whom, self.reply, self.reasons, actor=actor, at=at).pk


class AnnexIn(PartIn):
    """A document that goes along, and the numbers of whom it shows; an empty list for nobody."""

    kind_of_part = "annex"
    document: UUID
    title: Line
    shows: Annotated[list[int], Field(max_length=200)]
    redacted: UUID | None = None

    def recorded(self, dossier: Dossier, *, actor: Actor, at: datetime) -> UUID:
        """Let it go along."""
        shows = victims_named(actor, dossier, self.shows)
        made = add_annex(
            dossier, self.document, self.title, shows=shows, actor=actor, at=at,
            redacted=self.redacted,
        )  # fmt: skip
        return made.pk


PARTS: Final[Mapping[str, type[PartIn]]] = {
    each.kind_of_part: each
    for each in (
        DossierActIn, DossierPersonIn, DetailIn, PostIn, LinkIn,
        DossierFindingIn, DossierStatementIn, DossierReplyIn, AnnexIn,
    )
}  # fmt: skip
"""Parts by their word, in the order in which those of one file are recorded."""


def _whom(actor: Actor, dossier: Dossier, told: str) -> Accused:
    """Give somebody of the dossier by id or by a name of theirs. Raises `DossierRefused`."""
    held = {str(each.pk): each for each in accused_in(actor, dossier)}
    if told.strip().lower() in held:
        return held[told.strip().lower()]
    named = details_in(actor, dossier).filter(kind=DetailKind.NAME.value, text=told.strip())
    found = {str(each) for each in named.values_list("accused_id", flat=True)} & set(held)
    if len(found) > 1:
        raise DossierRefused("accused", "several of the dossier have this name; write the id")
    if not found:
        raise DossierRefused(
            "accused", "nobody of the dossier has this id or this name; record the person first"
        )
    return held[found.pop()]


def _act(actor: Actor, dossier: Dossier, told: UUID) -> DossierAct:
    """Give an act of the dossier by its id there or in the ledger. Raises `DossierRefused`."""
    rows: Sequence[Any] = [
        each for each in acts_in(actor, dossier) if told in {each.pk, each.claim}
    ]
    if not rows:
        raise DossierRefused("act", "the dossier rests on no act of this id; add it first")
    return rows[0]  # type: ignore[no-any-return]


def victims_named(actor: Actor, dossier: Dossier, told: Sequence[int | UUID]) -> list[UUID]:
    """Give whom numbers of the dossier mean, and ids. Raises `DossierRefused` for a strange number.

    Whoever takes the ids asks whether they are of the dossier.
    """
    known = dict(acts_in(actor, dossier).values_list("number", "subject"))
    strange = [each for each in told if isinstance(each, int) and each not in known]
    if strange:
        raise DossierRefused(
            "shows", f"the dossier has no person {strange[0]}; add their act first"
        )
    return [known[each] if isinstance(each, int) else each for each in told]
