"""From request to evaluation: which stage follows which, who takes the step, what must be there.

Articles are those of Regulation (EU) 2023/2675, read on 26 November 2026 in a copy that lacks the
first sentences of numbered paragraphs (docs/reference/instruments.md tells which).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.rules.elements import COERCION
from undaunted.coercion.instruments.rules.majority import still_open
from undaunted.coercion.instruments.rules.refusals import StageRefused
from undaunted.coercion.instruments.rules.terms import (
    Body,
    Opinion,
    Stage,
    SuspensionGround,
    TerminationGround,
    Verdict,
)
from undaunted.core.clocks.rules import add_months
from undaunted.core.standards.rules import says_something

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["CLOCKS", "IMMEDIATE_CLOCK", "IN_FORCE", "LONGEST_DEFERRAL", "MOVES", "Move", "Standing",
           "check_move", "explains", "lacking", "latest_application", "next_stages"]  # fmt: skip

IN_FORCE = date(2023, 12, 27)
"""First day of the Regulation: nothing was done under it before (Article 20)."""

LEAST_SIGNS, LEAST_DIFFERENT = 12, 6
"""Fewer letters and figures explain nothing."""

LONGEST_DEFERRAL = 3
"""Months from adoption within which measures begin to apply (Article 8)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a proceeding has so far; what nobody recorded is None or empty.

    Attributes:
        elements: result of the pack of elements, as `coercion`.
        reason: what whoever takes the step says of it.
        carried: the Council's qualified majority was reached; None while its vote is open, with
            `unvoted` the member states of whom nothing is recorded, and `voted_on` its day.
        necessary: every point of the test of necessity (Article 8(1)) is answered yes.
        interest: the Union interest (Article 9) speaks for it.
        selected: every criterion of Article 11 is answered, with reasons; `lawful` where that of
            international law is answered yes.
        proportionate: measures against injury; `explained` where it warns and somebody says why.
        attached: the amounts of the injury were read from a result or file that is kept, and not
            typed; `gone` says why the result that they were read from does not count any more.
        engaged: something that was said with the third country since the determination is on
            record (Article 6).
        redrafted: the draft is another one than that which was adopted, or amended last.
        linked: measures are for named persons; `heard` when they had time to answer (Article 10).
        consulted: information and views were gathered (Article 13).
        opinion: of the committee (Article 18).
        immediate: measures in application are suspended, amended or ended at once, on imperative
            grounds of urgency, without the committee and for two months at most (Article 18(3)).
        urgent_since: day of an act at once that no opinion followed yet.
        today: the day of the step; `adopted_on` and `applies_on` those of the measures, and
            `begins` the first day that a measure names.
        ground: of a suspension or termination.
    """

    today: date
    elements: str | None = None
    reason: str = ""
    carried: bool | None = None
    unvoted: tuple[str, ...] = ()
    voted_on: date | None = None
    necessary: bool | None = None
    interest: bool | None = None
    selected: bool = False
    lawful: bool | None = None
    proportionate: Verdict | None = None
    explained: str = ""
    attached: bool = False
    gone: str = ""
    engaged: bool = False
    redrafted: bool = False
    linked: bool = False
    heard: bool = False
    consulted: bool = False
    opinion: Opinion | None = None
    immediate: bool = False
    urgent_since: date | None = None
    adopted_on: date | None = None
    applies_on: date | None = None
    begins: date | None = None
    ground: SuspensionGround | TerminationGround | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One step: who takes it, under which article, and what must be there first."""

    by: Body
    article: str
    needs: tuple[Callable[[Standing], Iterator[str]], ...] = field(default=())


def check_move(stage: Stage, to: Stage, by: Body, standing: Standing) -> None:
    """Raise `StageRefused` unless this body may take the proceeding there, with all it lacks."""
    move = MOVES.get((stage, to))
    if move is None:
        ways = ", ".join(next_stages(stage)) or "nowhere"
        raise StageRefused(f"stage: from {stage} a proceeding goes to {ways}, not to {to}")
    if by is not move.by:
        raise StageRefused(f"stage: this step is taken by the {move.by} ({move.article})")
    problems = lacking(stage, to, standing)
    if problems:
        raise StageRefused(*problems)


def lacking(stage: Stage, to: Stage, standing: Standing) -> tuple[str, ...]:
    """Say all that a step still lacks; nothing for a step that there is not."""
    move = MOVES.get((stage, to))
    needs = move.needs if move is not None else ()
    problems = [problem for need in needs for problem in need(standing)]
    if standing.immediate and _committee_or_urgency not in needs:
        problems.append(
            "immediate: at once, without the committee, measures that apply are changed or ended "
            "(Article 18(3)), and no other step is taken; leave it out"
        )
    return tuple(problems)


def next_stages(stage: Stage) -> tuple[Stage, ...]:
    """Give where a proceeding can go from here."""
    return tuple(to for (held, to) in MOVES if held is stage)


def latest_application(adopted: date) -> date:
    """Give the last day on which deferred measures begin to apply."""
    return add_months(adopted, LONGEST_DEFERRAL)[0]


def _reasons(standing: Standing) -> Iterator[str]:
    if not says_something(standing.reason):
        yield "reason: say why the step is taken"


def _coercion(standing: Standing) -> Iterator[str]:
    if standing.elements != COERCION:
        yield (
            "elements: the conditions of Article 2(1) are not all met, or a factor of Article 2(2) "
            "is undecided; assess them first"
        )


def _carried(standing: Standing) -> Iterator[str]:
    yield from _voted(standing)
    if standing.carried is False:
        yield "vote: no qualified majority was reached; the proceeding can only be closed"


def _voted(standing: Standing) -> Iterator[str]:
    """Ask for the Council's whole vote: it decides whether there is coercion, either way."""
    if standing.unvoted:
        yield still_open(standing.unvoted)
    elif standing.carried is None:
        yield "vote: the Council has not voted; record its vote first"
    if standing.voted_on is not None and standing.today < standing.voted_on:
        yield f"vote: it was taken on {standing.voted_on}; take the step on that day or later"


def _not_carried(standing: Standing) -> Iterator[str]:
    yield from _voted(standing)
    if standing.carried:
        yield "vote: a qualified majority determined the coercion; go on to engagement"


def _tested(standing: Standing) -> Iterator[str]:
    if standing.necessary is not True:
        yield "necessity: not every condition of Article 8(1) is answered yes; answer them first"
    if standing.interest is not True:
        yield "Union interest: it does not speak for the measures (Article 9); record it first"
    if not standing.selected:
        yield "criteria: those of Article 11 are not all answered with reasons; answer them first"
    elif standing.lawful is not True:
        yield (
            "criteria: that of international law (Article 11(2)(h)) is answered no; change the "
            "measures until it is answered yes"
        )
    if not standing.consulted:
        yield "views: no information was gathered on the measures (Article 13); record it first"


def _proportionate(standing: Standing) -> Iterator[str]:
    if standing.proportionate is None:
        yield "proportionality: the measures were not compared with the injury; compare them first"
    elif standing.proportionate is Verdict.REFUSED:
        yield "proportionality: the measures go beyond the injury; make them smaller, or fewer"
    elif standing.proportionate is Verdict.WARNED and not explains(standing.explained):
        yield "proportionality: the intervals overlap; say why the measures stay within the injury"
    if standing.gone:
        yield standing.gone
    elif not standing.attached and not explains(standing.explained):
        yield (
            "injury: its amounts were not read from a file that is kept; say who compared them "
            "with what they were taken from, and why the measures stay within the injury"
        )


def explains(text: str) -> bool:
    """Tell whether a text explains something: some words, and not one letter again and again."""
    signs = [each for each in text.casefold() if each.isalnum()]
    return len(signs) >= LEAST_SIGNS and len(set(signs)) >= LEAST_DIFFERENT


def _engaged(standing: Standing) -> Iterator[str]:
    if not standing.engaged:
        yield (
            "engagement: nothing that was said with the third country since the determination is "
            "on record (Article 6); log it first"
        )


def _persons(standing: Standing) -> Iterator[str]:
    if standing.linked and not standing.heard:
        yield (
            "persons: those that the measures name were not told, or their time for observations "
            "is not over (Article 10); wait for it"
        )


def _committee(standing: Standing) -> Iterator[str]:
    if standing.opinion is None:
        yield "committee: it has not said what it thinks of the draft (Article 18); record it first"
    elif standing.opinion is not Opinion.POSITIVE:
        yield "committee: without a positive opinion the draft is not adopted (Article 18)"


def _committee_or_urgency(standing: Standing) -> Iterator[str]:
    if not standing.immediate:
        yield from _committee(standing)
    elif standing.opinion is Opinion.POSITIVE:
        yield "immediate: the committee gave its opinion; an act with one needs no urgency"
    elif standing.urgent_since is not None:
        yield (
            f"immediate: an act at once stands since {standing.urgent_since}, for two months at "
            "most (Article 18(3)), and no other one follows it; record the committee's opinion"
        )


def _deferred(standing: Standing) -> Iterator[str]:
    adopted, applies = standing.adopted_on, standing.applies_on
    if adopted is None or applies is None:
        yield "application: write the days of adoption and of application"
    elif not adopted <= applies <= latest_application(adopted):
        yield (
            f"application: {applies} is not within {LONGEST_DEFERRAL} months of the adoption on "
            f"{adopted}; write a day until {latest_application(adopted)}"
        )
    else:
        yield from _begun(standing)


def _due(standing: Standing) -> Iterator[str]:
    yield from _deferred(standing)
    if standing.applies_on is not None and standing.today < standing.applies_on:
        yield f"application: the measures apply from {standing.applies_on}; wait until then"


def _as_adopted(standing: Standing) -> Iterator[str]:
    if standing.redrafted:
        yield (
            "draft: it is another one than that which was adopted; record that one again, and "
            "amend the measures once they apply"
        )


def _begun(standing: Standing) -> Iterator[str]:
    begins, applies = standing.begins, standing.applies_on
    if begins is not None and applies is not None and begins < applies:
        yield (
            f"application: a measure begins on {begins} and the act applies from {applies}; let "
            "none begin before"
        )


def _suspending(standing: Standing) -> Iterator[str]:
    if not isinstance(standing.ground, SuspensionGround):
        yield "ground: name one on which measures are suspended (Article 12)"


def _ending(standing: Standing) -> Iterator[str]:
    if not isinstance(standing.ground, TerminationGround):
        yield "ground: name one on which measures end (Article 12)"


_DRAFT = (_reasons, _tested, _proportionate, _persons)
_ACT = (_reasons, _committee_or_urgency)

MOVES: Mapping[tuple[Stage, Stage], Move] = MappingProxyType(
    {
        (Stage.REQUESTED, Stage.EXAMINATION): Move(Body.COMMISSION, "Article 4"),
        (Stage.REQUESTED, Stage.CLOSED): Move(Body.COMMISSION, "Article 4", (_reasons,)),
        (Stage.EXAMINATION, Stage.DETERMINATION): Move(
            Body.COMMISSION, "Article 5", (_reasons, _coercion)
        ),
        (Stage.EXAMINATION, Stage.CLOSED): Move(Body.COMMISSION, "Article 4", (_reasons,)),
        (Stage.DETERMINATION, Stage.ENGAGEMENT): Move(
            Body.COUNCIL, "Article 5", (_reasons, _coercion, _carried)
        ),
        (Stage.DETERMINATION, Stage.CLOSED): Move(
            Body.COUNCIL, "Article 5", (_reasons, _not_carried)
        ),
        (Stage.ENGAGEMENT, Stage.ADOPTED): Move(
            Body.COMMISSION, "Article 8", (*_DRAFT, _engaged, _committee, _deferred)
        ),
        (Stage.ENGAGEMENT, Stage.CLOSED): Move(Body.COMMISSION, "Article 6", (_reasons,)),
        (Stage.ADOPTED, Stage.APPLIED): Move(Body.COMMISSION, "Article 8", (_due, _as_adopted)),
        (Stage.ADOPTED, Stage.ENDED): Move(
            Body.COMMISSION, "Article 8", (_reasons, _committee, _ending)
        ),
        (Stage.APPLIED, Stage.APPLIED): Move(
            Body.COMMISSION, "Article 12", (*_DRAFT, _begun, _committee_or_urgency)
        ),
        (Stage.APPLIED, Stage.SUSPENDED): Move(Body.COMMISSION, "Article 12", (*_ACT, _suspending)),
        (Stage.APPLIED, Stage.ENDED): Move(Body.COMMISSION, "Article 12", (*_ACT, _ending)),
        (Stage.SUSPENDED, Stage.APPLIED): Move(Body.COMMISSION, "Article 12", (*_ACT, _as_adopted)),
        (Stage.SUSPENDED, Stage.ENDED): Move(Body.COMMISSION, "Article 12", (*_ACT, _ending)),
        (Stage.ENDED, Stage.EVALUATED): Move(Body.COMMISSION, "Article 19", (_reasons,)),
    }
)
"""The state table. From applied to applied measures are amended."""

CLOCKS: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.EXAMINATION: "aci-examination",
        Stage.DETERMINATION: "aci-council",
        Stage.ENGAGEMENT: "aci-assessment",
        Stage.ADOPTED: "aci-deferral",
        Stage.ENDED: "aci-evaluation",
    }
)
"""The clock of `core.clocks` that begins with each stage; soft where the law says "normally"."""

IMMEDIATE_CLOCK = "aci-immediate"
"""The clock that begins with an act that applies at once; it ends by itself."""
