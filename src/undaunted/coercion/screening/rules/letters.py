"""What a letter says, as frozen values: one set of facts gives the whole letter and the open one.

Whoever holds a case fills these; the writers know nothing else. A text is `Kept`: the whole of it,
and what may be read in its place where the reader is not cleared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules.decisions import Found
from undaunted.coercion.screening.rules.naming import Spelled, words_spelled
from undaunted.coercion.screening.rules.refusals import ScreeningRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from undaunted.coercion.screening.rules.cooperation import PartnerPeriod
    from undaunted.coercion.screening.rules.decisions import DecisionKind
    from undaunted.engines.ownership import Answer

__all__ = [
    "ConditionLine",
    "DeadlineLine",
    "DecisionPart",
    "EvidenceLine",
    "ExposureLine",
    "FactorLine",
    "Kept",
    "Letter",
    "LetterFacts",
    "LetterKind",
    "OwnershipLine",
    "RecourseLine",
    "Version",
    "check_letter",
    "check_open",
    "check_unnamed",
]


class LetterKind(StrEnum):
    """What is written, and to whom: the filer, whoever is asked, partners, the parties."""

    ACKNOWLEDGEMENT = "acknowledgement"
    REQUEST = "request"
    NOTICE = "notice"
    COMMENT = "comment"
    OPINION = "opinion"
    DECISION = "decision"


class Version(StrEnum):
    """Which readers a letter is for: those cleared for its secrets, or all others."""

    CONFIDENTIAL = "confidential"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Kept:
    """A text; `instead` is what others may read: None where it is no secret, empty for nothing."""

    text: str
    instead: str | None = None

    def read(self, version: Version) -> str:
        """Give what this version shows."""
        if version is Version.CONFIDENTIAL or self.instead is None:
            return self.text
        return self.instead


NOTHING = Kept("")


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence by its number in the letter; its title is left out where secret."""

    number: int
    title: str
    source: str
    on: date | None = None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class OwnershipLine:
    """An ultimate owner and what it controls; `proof` are the engine's sentences, as it says them.

    `law` is the law whose test was asked, with its share; empty of a majority.
    """

    owner: str
    state: str
    controls: Answer
    held: str
    proof: tuple[str, ...]
    secret: bool = False
    law: str = ""


@dataclass(frozen=True, slots=True)
class ExposureLine:
    """What an owner holds of a sector before and after: what must be, and at most may be."""

    owner: str
    country: str
    sector: str
    unit: str
    before: tuple[float, float]
    after: tuple[float, float]
    total: float
    proof: tuple[str, ...] = ()
    secret: bool = False


@dataclass(frozen=True, slots=True)
class FactorLine:
    """A factor as it was assessed; `evidence` are numbers of the letter's evidence."""

    code: str
    title: str
    found: Found
    reasons: Kept
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A condition of the decision."""

    text: Kept
    since: date
    months: int
    watched_by: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """A period that runs; `known` tells how well its rule is known."""

    title: str
    due: date
    law: str
    known: str


@dataclass(frozen=True, slots=True)
class RecourseLine:
    """Where the decision can be attacked; `within` is empty where no time was read."""

    body: str
    within: str
    law: str
    known: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class DecisionPart:
    """What a decision adds to the facts.

    Attributes:
        reasons: why it is decided so, from the factors together.
        no_less: why conditions do not suffice.
        account: how comments and opinions of partners were taken into account.
        early: the periods of partners that had not ended when it was taken; `urgent`: why it did
            not wait for them.
        signed: who decides, by office.
    """

    kind: DecisionKind
    reasons: Kept
    recourse: tuple[RecourseLine, ...]
    no_less: Kept = NOTHING
    account: Kept = NOTHING
    early: tuple[PartnerPeriod, ...] = ()
    urgent: Kept = NOTHING
    urgent_told_on: date | None = None
    urgent_told_to: str = ""
    conditions: tuple[ConditionLine, ...] = ()
    signed: str = ""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What every letter of a case draws on.

    Attributes:
        authority: who writes.
        law: the regime, as its law is cited.
        verified: every rule that the letter rests on was read at its source.
        caveat: what was not read of the regime, in English.
        known_at: the moment whose knowledge the letter states, as it is written.
        hypothetical: the case lives in states that do not exist.
        notified: the pieces of the notification by their titles, of a letter to partners.
        unnamed: who must not be named to others, by name and identifier.
    """

    reference: str
    authority: str
    law: str
    verified: bool
    investor: str
    target: str
    deal: Kept
    value: Kept
    filed: date | None
    known_at: str
    ownership: tuple[OwnershipLine, ...] = ()
    exposure: tuple[ExposureLine, ...] = ()
    factors: tuple[FactorLine, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()
    caveat: str = ""
    hypothetical: bool = False
    notified: tuple[tuple[str, Kept], ...] = ()
    unnamed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter.

    Attributes:
        to: whom it is addressed to.
        says: its own text, in its language: what a comment or opinion says, why one asks.
        asks: the questions of a request, or what an incomplete notification lacks.
        answer_by: until when an answer or comment is awaited.
        stops: periods stand still until the answer.
        readers: who is cleared for the whole letter; whoever it is addressed to, where empty.
        draft: it is not signed yet.
    """

    kind: LetterKind
    language: str
    on: date
    to: str
    facts: LetterFacts
    says: Kept = NOTHING
    asks: tuple[Kept, ...] = ()
    answer_by: date | None = None
    stops: bool = False
    deadlines: tuple[DeadlineLine, ...] = field(default=())
    decision: DecisionPart | None = None
    readers: str = ""
    draft: bool = False


def check_letter(letter: Letter) -> None:
    """Raise `ScreeningRefused` with everything that keeps a letter from being written."""
    problems = (*_kind_problems(letter), *_evidence_problems(letter))
    if problems:
        raise ScreeningRefused("; ".join(problems))


def check_open(letter: Letter) -> None:
    """Raise `ScreeningRefused` where a text that others may read names whom they must not know."""
    facts = letter.facts
    check_unnamed(_open_texts(letter), facts.unnamed, (facts.investor, facts.target))


def check_unnamed(
    texts: Iterable[tuple[str, str]], unnamed: Iterable[str], parties: Iterable[str]
) -> None:
    """Raise `ScreeningRefused` where a text, told by its field, names one of the `unnamed`.

    A word of the `parties` that everybody reads tells nothing.
    """
    shown = {word for each in parties for word in words_spelled(each)}
    spelled = [(field, Spelled(text)) for field, text in texts]
    problems = [
        f"{field}: it names {name}, which this version keeps secret; "
        "put that part among what is read by the team alone"
        for name in unnamed
        for field, text in spelled
        if text.names(name, shown=shown)
    ]
    if problems:
        raise ScreeningRefused("; ".join(problems))


def _open_texts(letter: Letter) -> Iterator[tuple[str, str]]:
    facts, decision = letter.facts, letter.decision
    kept = [("says", letter.says), ("ownership", facts.deal), ("value", facts.value)]
    kept += [("asks", each) for each in letter.asks]
    kept += [(f"notification: {title}", text) for title, text in facts.notified]
    kept += [(each.code, each.reasons) for each in facts.factors]
    if decision is not None:
        kept += [
            ("reasons", decision.reasons),
            ("no_less", decision.no_less),
            ("utmost_account", decision.account),
            ("urgent", decision.urgent),
            *(("conditions", each.text) for each in decision.conditions),
        ]
    for name, text in kept:
        yield name, text.read(Version.OPEN)


def _kind_problems(letter: Letter) -> Iterator[str]:
    if not letter.to.strip():
        yield "to: name whom it is addressed to"
    if (letter.kind is LetterKind.DECISION) is (letter.decision is None):
        yield "decision: a letter of that kind, and no other, tells a decision"
    if letter.kind is LetterKind.REQUEST and not letter.asks:
        yield "asks: write at least one question"
    if letter.kind in {LetterKind.COMMENT, LetterKind.OPINION} and not letter.says.text.strip():
        yield "says: write what the authority says"
    if letter.decision is not None and not any(
        each.found is Found.PRESENT or each.reasons.text.strip() for each in letter.facts.factors
    ):
        yield "factors: a decision tells at least one factor with its reasons"


def _evidence_problems(letter: Letter) -> Iterator[str]:
    numbers = [each.number for each in letter.facts.evidence]
    if len(set(numbers)) < len(numbers):
        yield "evidence: a number stands twice; number them anew"
    for factor in letter.facts.factors:
        for number in factor.evidence:
            if number not in numbers:
                yield f"{factor.code}: the letter has no evidence {number}; add it or name another"
