"""What sources are worth, when two are one, and what may happen to a document.

Grading follows the Admiralty system: the source and the piece of information are judged
apart; F and 6 say "cannot be judged", which is not the same as bad. How tiers A to D follow
from sources is the census engine's rule; here sources become the marks it takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from undaunted.engines.census import SourceMark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "CREDIBILITY_MEANING",
    "PRIMARY_KINDS",
    "RELIABILITY_MEANING",
    "Credibility",
    "CustodyKind",
    "Grade",
    "GradeUnreadable",
    "Reliability",
    "SourceFacts",
    "SourceKind",
    "custody_may_follow",
    "independent_origins",
    "source_marks",
]


class Reliability(StrEnum):
    """How far the source is to be relied on."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(IntEnum):
    """How far this piece of information is to be believed."""

    CONFIRMED = 1
    PROBABLY_TRUE = 2
    POSSIBLY_TRUE = 3
    DOUBTFUL = 4
    IMPROBABLE = 5
    CANNOT_BE_JUDGED = 6


RELIABILITY_MEANING: Mapping[Reliability, str] = MappingProxyType(
    {
        Reliability.A: "Completely reliable",
        Reliability.B: "Usually reliable",
        Reliability.C: "Fairly reliable",
        Reliability.D: "Not usually reliable",
        Reliability.E: "Unreliable",
        Reliability.F: "Reliability cannot be judged",
    }
)
CREDIBILITY_MEANING: Mapping[Credibility, str] = MappingProxyType(
    {
        Credibility.CONFIRMED: "Confirmed by other sources",
        Credibility.PROBABLY_TRUE: "Probably true",
        Credibility.POSSIBLY_TRUE: "Possibly true",
        Credibility.DOUBTFUL: "Doubtful",
        Credibility.IMPROBABLE: "Improbable",
        Credibility.CANNOT_BE_JUDGED: "Truth cannot be judged",
    }
)
_GRADE_LENGTH = 2
_RELIED_ON = frozenset({Reliability.A, Reliability.B})
_DISBELIEVED = frozenset({Credibility.DOUBTFUL, Credibility.IMPROBABLE})


class GradeUnreadable(ValueError):
    """The text is no grade: write a letter A to F and a figure 1 to 6, such as B2."""


@dataclass(frozen=True, slots=True)
class Grade:
    """A letter for the source and a figure for the information; no order between grades.

    F6, nobody can tell, is the grade of what has not been graded.
    """

    reliability: Reliability = Reliability.F
    credibility: Credibility = Credibility.CANNOT_BE_JUDGED

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the grade that `text` writes, such as "B2"."""
        code = text.strip().upper()
        known = len(code) == _GRADE_LENGTH and code[0] in "ABCDEF" and code[1] in "123456"
        if not known:
            raise GradeUnreadable(
                f"{text!r} is no grade; write a letter A to F and a figure 1 to 6, such as B2."
            )
        return cls(Reliability(code[0]), Credibility(int(code[1])))

    def __str__(self) -> str:
        return f"{self.reliability.value}{self.credibility.value}"

    @property
    def source_judged(self) -> bool:
        """Whether anyone could judge the source."""
        return self.reliability is not Reliability.F

    @property
    def information_judged(self) -> bool:
        """Whether anyone could judge the information."""
        return self.credibility is not Credibility.CANNOT_BE_JUDGED

    @property
    def reliable(self) -> bool:
        """What rule K8 calls reliable: source A or B, and the information not doubted."""
        return self.reliability in _RELIED_ON and self.credibility not in _DISBELIEVED


class SourceKind(StrEnum):
    """Where a claim comes from."""

    COURT_PAPER = "court_paper"
    DETAINED_PERSON = "detained_person"
    FAMILY = "family"
    LAWYER = "lawyer"
    WITNESS = "witness"
    OFFICIAL_STATEMENT = "official_statement"
    OFFICIAL_REGISTER = "official_register"
    LEGISLATION = "legislation"
    MEDICAL_RECORD = "medical_record"
    NGO_LIST = "ngo_list"
    NGO_REPORT = "ngo_report"
    UN_DOCUMENT = "un_document"
    IGO_DOCUMENT = "igo_document"
    NEWS_REPORT = "news_report"
    STATE_MEDIA = "state_media"
    SOCIAL_MEDIA = "social_media"
    PHOTO_VIDEO = "photo_video"
    RESEARCH = "research"
    ANONYMOUS = "anonymous"
    OTHER = "other"


PRIMARY_KINDS = frozenset(
    {
        SourceKind.COURT_PAPER,
        SourceKind.DETAINED_PERSON,
        SourceKind.FAMILY,
        SourceKind.LAWYER,
    }
)
"""Court paper, lawyer, family (rule K8), and the detained person, who is nearer than any."""


class CustodyKind(StrEnum):
    """What happened to a document, in the words of its custody log."""

    RECEIVED = "received"
    HASHED = "hashed"
    SEALED = "sealed"
    STAMPED = "stamped"
    ARCHIVED = "archived"
    CLEANED = "cleaned"
    REDACTED = "redacted"
    COPY_WITHDRAWN = "copy_withdrawn"
    TRANSLATED = "translated"
    VIEWED = "viewed"
    VERIFIED = "verified"
    EXPORTED = "exported"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    DESTROYED = "destroyed"


_BEFORE_HASH = frozenset({CustodyKind.HASHED, CustodyKind.DESTROYED})
_AFTER_WITHDRAWAL = frozenset(
    {CustodyKind.VIEWED, CustodyKind.VERIFIED, CustodyKind.COPY_WITHDRAWN, CustodyKind.DESTROYED}
)


def custody_may_follow(log: Sequence[CustodyKind], event: CustodyKind) -> bool:
    """Tell whether `event` may be the next entry of a custody log.

    The log begins with receipt, once; the content is hashed before anything else is done with
    it; what is withdrawn is no longer handed out; nothing follows destruction.
    """
    if not log:
        return event is CustodyKind.RECEIVED
    if event is CustodyKind.RECEIVED or CustodyKind.DESTROYED in log:
        return False
    if CustodyKind.HASHED not in log:
        return event in _BEFORE_HASH
    if CustodyKind.WITHDRAWN in log:
        return event in _AFTER_WITHDRAWAL
    return event is not CustodyKind.HASHED


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What must be known of a source to tell whether it stands on its own."""

    id: str
    kind: SourceKind
    grade: Grade = Grade()
    publisher: str = ""
    repeats: frozenset[str] = frozenset()
    """Ids of the sources it repeats, whether or not they are in the same collection."""


def independent_origins(sources: Iterable[SourceFacts]) -> dict[str, str]:
    """Return, for each source, the origin it stands on; sources that share one are one source.

    Repeating a source, repeating what another repeats, and having the same publisher all join.
    A blank publisher joins nothing. Each origin is named by the smallest id in its group.
    """
    held = tuple(sources)
    parent: dict[str, str] = {}
    for source in held:
        for other in source.repeats:
            _join(parent, f"source {source.id}", f"source {other}")
        publisher = " ".join(source.publisher.casefold().split())
        if publisher:
            _join(parent, f"source {source.id}", f"publisher {publisher}")
    roots = {source.id: _root(parent, f"source {source.id}") for source in held}
    names: dict[str, str] = {}
    for identity in sorted(roots):
        names.setdefault(roots[identity], identity)
    return {identity: names[root] for identity, root in roots.items()}


def source_marks(sources: Iterable[SourceFacts]) -> tuple[SourceMark, ...]:
    """Return what the census engine's `tier_from_sources` takes."""
    held = tuple(sources)
    origins = independent_origins(held)
    return tuple(
        SourceMark(
            origin=origins[source.id],
            primary=source.kind in PRIMARY_KINDS,
            reliable=source.grade.reliable,
        )
        for source in held
    )


def _root(parent: dict[str, str], node: str) -> str:
    while (above := parent.get(node, node)) != node:
        node = above
    return node


def _join(parent: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_root(parent, one), _root(parent, other)))
    parent[second] = first
