"""What a submission tells one government, before it is words on paper; victims by number alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from undaunted.repression.sanctions.rules import ListSpoken, RegimeTest

__all__ = [
    "ActTold",
    "AnnexTold",
    "EvidenceTold",
    "FactTold",
    "LinkTold",
    "MeasureTold",
    "PaperTold",
    "PersonTold",
    "PostTold",
    "QuestionTold",
    "SourceTold",
    "StatementTold",
    "texts_of",
]


@dataclass(frozen=True, slots=True)
class EvidenceTold:
    """One citation: its source, its grade, where in it, and the annex that holds it (0: none)."""

    title: str
    grade: str
    locator: str = ""
    annex: int = 0
    number: int = 0
    """Under which its source stands among the paper's sources."""


@dataclass(frozen=True, slots=True)
class SourceTold:
    """One source by number. Of one that was not published the title alone is told."""

    number: int
    title: str
    publisher: str = ""
    published: str = ""
    """EDTF"""
    address: str = ""
    digests: tuple[str, ...] = ()
    """SHA-256 of its files that were cited, as far as they lie open."""
    annexes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureTold:
    """A measure that is asked for, and where the law provides for it."""

    measure: str
    clause: str
    people: bool = False
    """Whether the law knows it against people alone."""
    status: str = ""
    """How well known it is that the law provides for it, as the register says."""


@dataclass(frozen=True, slots=True)
class FactTold:
    """What was found on one fact, and what it rests on."""

    fact: str
    value: str
    reasons: str
    evidence: tuple[EvidenceTold, ...]


@dataclass(frozen=True, slots=True)
class ActTold:
    """One act: of which person, what, when, where, by which authority, and what was found."""

    label: str
    person: int
    type: str
    vocabulary: str
    start: str
    end: str
    place: str
    authority: str
    law: str
    findings: tuple[FactTold, ...]


@dataclass(frozen=True, slots=True)
class PostTold:
    """An office, the one it answered to, and the days as far as known."""

    office: str
    above: str
    start: str
    end: str
    evidence: tuple[EvidenceTold, ...]


@dataclass(frozen=True, slots=True)
class LinkTold:
    """How somebody is said to have had a part in an act."""

    act: str
    mode: str
    reasons: str
    evidence: tuple[EvidenceTold, ...]


@dataclass(frozen=True, slots=True)
class QuestionTold:
    """A question of command: of which act, whose superior, by which offices, how surely."""

    act: str
    below: str
    offices: tuple[str, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class StatementTold:
    """What speaks for somebody, as two people weighed it."""

    kind: str
    body: str
    evidence: tuple[EvidenceTold, ...]


@dataclass(frozen=True, slots=True)
class PersonTold:
    """One alleged person or body, whole."""

    label: str
    kind: str
    details: tuple[tuple[str, str, tuple[EvidenceTold, ...]], ...]
    posts: tuple[PostTold, ...]
    listed: tuple[str, ...]
    searched: tuple[ListSpoken, ...]
    """Each list in the version that was searched."""
    links: tuple[LinkTold, ...]
    facts: tuple[FactTold, ...]
    questions: tuple[QuestionTold, ...]
    reply: str
    reply_note: str
    statements: tuple[StatementTold, ...]
    test: RegimeTest
    searched_on: str = ""
    """The day on which the lists were searched."""
    unheld: tuple[str, ...] = ()
    """Codes of lists that were not searched, as no version of them is held; the reader's first."""
    unheard: tuple[str, ...] = ()
    """Names in letters that cannot be compared with those of lists."""
    silent: bool = False
    """Whether it says nothing that no entry was found: no list or no name was compared."""
    alone: tuple[int, ...] = ()
    """The acts each of which meets the law by itself."""
    others: tuple[RegimeTest, ...] = ()
    """Each other act but that of `test` under the law, which does not meet it by itself."""
    fitting: tuple[RegimeTest, ...] = ()
    """The law asked of each act that meets it by itself."""


@dataclass(frozen=True, slots=True)
class AnnexTold:
    """One annex: its number here, its file, digests of copy and original; why it is redacted."""

    number: int
    title: str
    name: str
    size: int
    sha256: str
    original: str
    redacted: str = ""
    """Ground of a redacted copy; empty where nothing was taken out."""
    looked_at: bool = False
    """Whether it holds pictures, at which a second person looked."""


@dataclass(frozen=True, slots=True)
class PaperTold:
    """A submission as one government reads it."""

    title: str
    recipient: str
    law: str
    citation: str
    status: str
    jurisdiction: str
    country: str
    number: str
    tlp: str
    watermark: str
    language: str
    publisher: str
    day: date
    summary: str
    acts: tuple[ActTold, ...]
    people: tuple[PersonTold, ...]
    annexes: tuple[AnnexTold, ...]
    sealed: bool
    """Whether who the victims are goes along sealed: of one at least there is a name."""
    hypothetical: bool
    neutral: bool = False
    """Whether its summary is put together from the paper itself, in place of a typed one."""
    nameless: tuple[int, ...] = ()
    """Who agreed to be named, and of whom no name may be told: none is left, or goes no further."""
    sources: tuple[SourceTold, ...] = ()
    measures: tuple[MeasureTold, ...] = ()
    """Asked for of those whose facts meet the law; none where nobody's do."""
    ends: date | None = None
    """The last day of the law's framework, as far as a renewal is known here."""
    ended: bool = False
    """Whether that day was past when it was written."""


def texts_of(paper: PaperTold) -> Iterator[tuple[str, str]]:
    """Give every text that somebody typed, with the field it stands in."""
    yield "title", paper.title
    yield "recipient", paper.recipient
    yield "summary", paper.summary
    yield "submitted by", paper.publisher
    for act in paper.acts:
        for field in ("place", "authority", "law"):
            yield f"act {act.label}, {field}", getattr(act, field)
        for fact in act.findings:
            yield from _fact(f"act {act.label}, {fact.fact}", fact)
    for person in paper.people:
        yield from _person(person)
    for annex in paper.annexes:
        yield f"annex {annex.number}, title", annex.title
    for source in paper.sources:
        yield f"source {source.number}", f"{source.publisher}\n{source.address}"


def _person(person: PersonTold) -> Iterator[tuple[str, str]]:
    for kind, text, evidence in person.details:
        yield f"{person.label}, {kind}", text
        yield from _cited(f"{person.label}, {kind}", evidence)
    for post in person.posts:
        yield f"{person.label}, post", f"{post.office}\n{post.above}"
        yield from _cited(f"{person.label}, post", post.evidence)
    for link in person.links:
        yield f"{person.label}, {link.mode}", link.reasons
        yield from _cited(f"{person.label}, {link.mode}", link.evidence)
    for fact in person.facts:
        yield from _fact(f"{person.label}, {fact.fact}", fact)
    yield f"{person.label}, reply", person.reply_note
    for statement in person.statements:
        yield f"{person.label}, {statement.kind}", statement.body
        yield from _cited(f"{person.label}, {statement.kind}", statement.evidence)


def _fact(place: str, fact: FactTold) -> Iterator[tuple[str, str]]:
    yield place, fact.reasons
    yield from _cited(place, fact.evidence)


def _cited(place: str, evidence: tuple[EvidenceTold, ...]) -> Iterator[tuple[str, str]]:
    for each in evidence:
        yield f"{place}, source", f"{each.title}\n{each.locator}"
