"""A dossier read once: its acts, its people, what was found, what each rests on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.core.events.queries import acts_claimed
from undaunted.core.evidence.queries import citations_for
from undaunted.core.evidence.rules import Credibility, Grade, Reliability
from undaunted.core.standards.rules import Value
from undaunted.repression.dossiers.queries import (
    accused_in,
    acts_in,
    acts_kept_back,
    acts_withdrawn,
    annexes_in,
    details_in,
    findings_in,
    links_in,
    looks_in,
    posts_in,
    statements_in,
)
from undaunted.repression.dossiers.rules import (
    Deed,
    DetailKind,
    Found,
    HeldPost,
    Linked,
    Rest,
    Span,
    Weighed,
    command_questions,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from enum import StrEnum
    from typing import Any
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.events.queries import Act
    from undaunted.core.evidence.queries import Citation
    from undaunted.repression.dossiers.models import (
        Accused,
        Annex,
        AnnexLook,
        Detail,
        Dossier,
        DossierAct,
        FoundFact,
        Link,
        Post,
        Statement,
    )
    from undaunted.repression.dossiers.rules import CommandQuestion

__all__ = [
    "CITED",
    "ActLine",
    "Cited",
    "PersonLine",
    "QuestionLine",
    "Sheet",
    "gather",
]

CITED: Final = {
    "link": "dossier_link",
    "finding": "dossier_finding",
    "detail": "dossier_detail",
    "post": "dossier_post",
    "statement": "dossier_statement",
}
"""Under which kind the evidence of each part is kept."""


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act: the row of the dossier, and the ledger's act; None where it was withdrawn."""

    row: DossierAct
    act: Act | None

    @property
    def key(self) -> str:
        """The id by which links and findings name it."""
        return str(self.row.pk)

    @property
    def span(self) -> Span:
        """When it was, as far as the ledger knows."""
        if self.act is None:
            return Span(None, None)
        return _span(self.act)


@dataclass(frozen=True, slots=True)
class Cited:
    """A part of a dossier with the evidence it rests on."""

    row: Any
    citations: tuple[Citation, ...]

    @property
    def rests(self) -> tuple[Rest, ...]:
        """What the rules ask of each citation."""
        return tuple(
            Rest(str(each.pk), str(each.source_id), _grade(each).reliable)
            for each in self.citations
        )


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One alleged person or body with everything about it."""

    row: Accused
    details: tuple[Cited, ...]
    posts: tuple[Cited, ...]
    links: tuple[Cited, ...]
    statements: tuple[Cited, ...]
    findings: tuple[Cited, ...]
    still: frozenset[tuple[str, int]] = frozenset()
    """Versions of lists that say the same as those that were searched before."""

    @property
    def names(self) -> tuple[str, ...]:
        """Its names as written, the first recorded first."""
        return tuple(each.row.text for each in self.details if each.row.kind == DetailKind.NAME)

    @property
    def label(self) -> str:
        """How it is called here."""
        return self.names[0] if self.names else f"№ {self.row.number}"


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question of command with the rows it is about."""

    act: ActLine
    below: PersonLine
    superior: PersonLine
    steps: tuple[Post, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A dossier as it stands now."""

    dossier: Dossier
    acts: tuple[ActLine, ...]
    people: tuple[PersonLine, ...]
    findings: tuple[Cited, ...]
    questions: tuple[QuestionLine, ...]
    annexes: tuple[Annex, ...]
    withdrawn: tuple[DossierAct, ...] = ()
    """Acts that were taken out: nobody is told of them, and texts may name their victims still."""
    looks: tuple[AnnexLook, ...] = ()
    """By whom which file of an annex was looked at."""
    kept_back: frozenset[UUID] = frozenset()
    """Claims of acts that a partner sent who lets them go no further."""

    @property
    def subjects(self) -> tuple[UUID, ...]:
        """Everybody to whom something was done, once each, also by acts that were taken out."""
        rows = (*(each.row for each in self.acts), *self.withdrawn)
        return tuple(dict.fromkeys(row.subject for row in rows))

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each act as it stands in the dossier, by its id."""
        return {each.key: place for place, each in enumerate(self.acts, 1)}

    def persons(self, annex: Annex) -> list[int]:
        """Give the numbers of those whom an annex shows."""
        numbers = {each.row.subject: each.row.number for each in self.acts}
        return sorted(numbers[each] for each in annex.shows if each in numbers)

    def citations(self) -> Iterator[Citation]:
        """Give every citation of its parts."""
        for person in self.people:
            for part in (*person.details, *person.posts, *person.links, *person.statements):
                yield from part.citations
        for each in self.findings:
            yield from each.citations

    def found(self) -> tuple[Found, ...]:
        """Give what was found, as the rules take it."""
        standing = {each.key for each in self.acts}
        return tuple(
            Found(
                each.row.fact,
                str(each.row.act_id or ""),
                Value(each.row.value),
                each.row.reasons,
                each.rests,
                str(each.row.accused_id or ""),
            )
            for each in self.findings
            if each.row.act_id is None or str(each.row.act_id) in standing
        )

    def linked(self) -> tuple[Linked, ...]:
        """Give every link, as the rules take it."""
        return tuple(
            Linked(
                str(each.row.act_id),
                str(each.row.accused_id),
                each.row.mode,
                each.row.reasons,
                each.rests,
            )
            for person in self.people
            for each in person.links
        )


def gather(actor: Actor, dossier: Dossier) -> Sheet:
    """Read a dossier whole."""
    rows = list(acts_in(actor, dossier))
    ledger = {each.claim: each for each in acts_claimed(actor, [row.claim for row in rows])}
    acts = tuple(ActLine(row, ledger.get(row.claim)) for row in rows)
    findings = _cited(actor, "finding", findings_in(actor, dossier))
    people = _people(actor, dossier, findings)
    return Sheet(
        dossier=dossier,
        acts=acts,
        people=people,
        findings=findings,
        questions=_questions(acts, people),
        annexes=tuple(annexes_in(actor, dossier)),
        looks=tuple(looks_in(actor, dossier)),
        kept_back=acts_kept_back(actor, [row.claim for row in rows]),
        withdrawn=tuple(acts_withdrawn(actor, dossier)),
    )


def _people(actor: Actor, dossier: Dossier, findings: tuple[Cited, ...]) -> tuple[PersonLine, ...]:
    details = _by_person(_sorted(_cited(actor, "detail", details_in(actor, dossier)), DetailKind))
    posts = _by_person(_cited(actor, "post", posts_in(actor, dossier)))
    links = _by_person(_cited(actor, "link", links_in(actor, dossier)))
    statements = _by_person(
        _sorted(_cited(actor, "statement", statements_in(actor, dossier)), Weighed)
    )
    of_person = _by_person(findings)
    return tuple(
        PersonLine(
            row,
            details=tuple(details[row.pk]),
            posts=tuple(posts[row.pk]),
            links=tuple(links[row.pk]),
            statements=tuple(statements[row.pk]),
            findings=tuple(of_person[row.pk]),
        )
        for row in accused_in(actor, dossier)
    )


def _sorted(lines: tuple[Cited, ...], kinds: type[StrEnum]) -> list[Cited]:
    """Order parts by kind as the rules name them, and within one as they came."""
    order = [each.value for each in kinds]
    return sorted(lines, key=lambda each: order.index(each.row.kind))


def _by_person(lines: Iterable[Cited]) -> defaultdict[UUID, list[Cited]]:
    found: defaultdict[UUID, list[Cited]] = defaultdict(list)
    for each in lines:
        if each.row.accused_id is not None:
            found[each.row.accused_id].append(each)
    return found


def _cited(
    actor: Actor, kind: str, rows: Iterable[Detail | Post | Link | FoundFact | Statement]
) -> tuple[Cited, ...]:
    held = list(rows)
    found: defaultdict[UUID, list[Citation]] = defaultdict(list)
    for each in citations_for(actor, CITED[kind], [row.pk for row in held]):
        found[each.subject_id].append(each)
    return tuple(Cited(row, tuple(found[row.pk])) for row in held)


def _questions(
    acts: tuple[ActLine, ...], people: tuple[PersonLine, ...]
) -> tuple[QuestionLine, ...]:
    lines, persons = {each.key: each for each in acts}, {str(each.row.pk): each for each in people}
    held = {str(post.row.pk): post.row for person in people for post in person.posts}
    posts = [
        HeldPost(key, str(row.accused_id), row.office, row.above, _span(row))
        for key, row in held.items()
    ]
    deeds = [
        Deed(str(each.row.act_id), str(each.row.accused_id), each.row.mode,
             lines[str(each.row.act_id)].span)
        for person in people
        for each in person.links
        if str(each.row.act_id) in lines
    ]  # fmt: skip
    return tuple(_line(each, lines, persons, held) for each in command_questions(posts, deeds))


def _line(
    question: CommandQuestion,
    acts: dict[str, ActLine],
    people: dict[str, PersonLine],
    posts: dict[str, Post],
) -> QuestionLine:
    return QuestionLine(
        acts[question.act],
        people[question.below],
        people[question.superior],
        tuple(posts[key] for key in question.steps),
        question.certain,
    )


def _span(row: Act | Post) -> Span:
    return Span(row.start_earliest, row.start_latest, row.end_earliest, row.end_latest)


def _grade(citation: Citation) -> Grade:
    return Grade(Reliability(citation.reliability), Credibility(int(citation.credibility)))
