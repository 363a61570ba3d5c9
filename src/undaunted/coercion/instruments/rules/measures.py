"""Response measures: kind, whom they are for, scope, time, legal basis, expected effect.

A measure is for a state, by the origin of goods, services, investments or rights, or for named
persons linked to its government. It is never for people by what they were born as or believe.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.coercion.instruments.rules.annex import kind_of
from undaunted.coercion.instruments.rules.folding import words_of
from undaunted.coercion.instruments.rules.injury import check_effect
from undaunted.coercion.instruments.rules.people import people_in
from undaunted.coercion.instruments.rules.refusals import MeasureRefused
from undaunted.coercion.instruments.rules.terms import Aimed, AnnexKind, Link
from undaunted.core.standards.rules import says_something

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from undaunted.coercion.instruments.rules.injury import Effect
    from undaunted.coercion.instruments.rules.terms import Origin
    from undaunted.engines.ownership import Answer

__all__ = ["LinkedPerson", "Measure", "check_measures", "measure_problems"]

HALF: Final = 50
"""Per cent of a tender's value above which it is excluded (Annex I, point 4(a))."""
_DENIALS: Final = frozenset(
    {"no", "not", "nothing", "never", "hardly", "neither", "nor", "without"}
)
NEAR: Final = 5
"""So many words before another may deny it."""
MUST, NO = "must", "no"


@dataclass(frozen=True, slots=True)
class LinkedPerson:
    """A person linked to the government (Article 10(1)).

    Attributes:
        answer: of a majority, what the stakes say: must, may or no; None where nobody asked them.
        natural: a human being, who has no owners.
        reasons, sources: why, and on which evidence (plain ids).
        stakes: the file of stakes and the day that the answer was read from; empty where somebody
            stated it.
    """

    name: str
    link: Link
    answer: Answer | None = None
    natural: bool = False
    reasons: str = ""
    sources: tuple[str, ...] = ()
    stakes: str = ""

    @property
    def shown(self) -> str:
        """On what the link rests, in words: what stakes say, or that somebody stated it."""
        if self.answer is None:
            return self.link
        return f"{self.link}: {self.answer}, {self.stakes or 'stated, not measured'}"


@dataclass(frozen=True, slots=True)
class Measure:
    """One response measure.

    Attributes:
        by: of a measure of general application, the origin through which it reaches.
        scope: goods with their codes, sectors, regions, operators.
        begins, ends: first day, and first day no longer; without an end, until it is terminated.
        tender_share: of an exclusion from procurement, the share of value that is exceeded.
        reasons: why this measure; of a lower share than half, the exceptional circumstances.
    """

    key: str
    kind: AnnexKind
    aimed: Aimed
    scope: str
    legal_basis: str
    effect: Effect
    begins: date
    ends: date | None = None
    by: Origin | None = None
    persons: tuple[LinkedPerson, ...] = ()
    tender_share: float | None = None
    reasons: str = ""


def check_measures(measures: Iterable[Measure], *, stood: Collection[str] = ()) -> None:
    """Raise `MeasureRefused` with all that is wrong with measures.

    Units that `stood` on record before they had to be known stay as they are.
    """
    told = list(measures)
    keys = [each.key for each in told]
    problems = [f"{key}: stands twice; rename one" for key in dict.fromkeys(keys)
                if keys.count(key) > 1]  # fmt: skip
    problems += [problem for each in told for problem in measure_problems(each, stood=stood)]
    if problems:
        raise MeasureRefused(*problems)


def measure_problems(measure: Measure, *, stood: Collection[str] = ()) -> tuple[str, ...]:
    """Say all that is wrong with one measure, with place and remedy."""
    return tuple(f"{measure.key}, {each}" for each in _problems(measure, stood))


def _problems(measure: Measure, stood: Collection[str]) -> Iterator[str]:
    for name in ("scope", "legal_basis", "reasons"):
        if not says_something(getattr(measure, name)):
            yield f"{name}: write it in words"
    if measure.ends is not None and measure.ends <= measure.begins:
        yield f"ends: {measure.ends} is not after it begins on {measure.begins}; correct one"
    try:
        check_effect(measure.effect, stood=measure.effect.unit in stood)
    except MeasureRefused as refused:
        yield from refused.problems
    yield from _singled_out(measure)
    yield from _general(measure) if measure.aimed is Aimed.GENERAL else _linked(measure)
    yield from _procurement(measure)


def _singled_out(measure: Measure) -> Iterator[str]:
    told = [(name, getattr(measure, name)) for name in ("key", "scope", "legal_basis", "reasons")]
    told += [(f"person {number}, reasons", each.reasons)
             for number, each in enumerate(measure.persons, 1)]  # fmt: skip
    for place, text in told:
        found = people_in(text)
        if found:
            yield (
                f"{place}: speaks of people by what they are ({', '.join(found)}); name goods, "
                "services, investments or rights by origin, or persons linked to the government by "
                "name and by that link"
            )


def _general(measure: Measure) -> Iterator[str]:
    allowed = kind_of(measure.kind).by
    if measure.by not in allowed:
        yield (
            f"by: a measure of the kind {measure.kind} reaches by the origin of "
            f"{' or '.join(allowed)} (Annex II); write it"
        )
    if measure.persons:
        yield "persons: a measure of general application names none; make it one for linked persons"


def _linked(measure: Measure) -> Iterator[str]:
    if measure.by is not None:
        yield "by: a measure for linked persons reaches by their names; leave the origin out"
    if not measure.persons:
        yield "persons: name at least one person linked to the government (Article 10(1))"
    for number, each in enumerate(measure.persons, 1):
        yield from (f"person {number}, {problem}" for problem in _link_problems(each))


def _link_problems(person: LinkedPerson) -> Iterator[str]:
    if not says_something(person.name):
        yield "name: write it, as it stands in the register"
    if not says_something(person.reasons) or not person.sources:
        yield "reasons: say why the person is linked, and name the evidence"
    if person.link is not Link.MAJORITY:
        return
    if person.natural:
        yield "link: nobody owns a human being; show a privilege or direction by the government"
    elif person.answer is None:
        yield "answer: read the stakes first, whether the government holds more than 50 %"
    elif person.answer == NO:
        yield (
            "answer: the government does not hold more than 50 % of equity or votes, and appoints "
            "no majority of directors; show another link, or leave the person out"
        )
    elif person.answer != MUST:
        yield (
            "answer: the government may hold more than 50 %, and need not; find the missing "
            "shares, or show another link"
        )


def _exceptional(reasons: str) -> bool:
    """Tell whether reasons speak of what is exceptional, and do not deny it."""
    words = words_of(reasons)
    said = [at for at, word in enumerate(words) if word.startswith("exceptional")]
    return bool(said) and not any(_DENIALS & set(words[max(0, at - NEAR) : at]) for at in said)


def _procurement(measure: Measure) -> Iterator[str]:
    share = measure.tender_share
    if share is None:
        return
    if measure.kind is not AnnexKind.PROCUREMENT:
        yield "tender_share: belongs to measures of the kind procurement; leave it out"
    elif not 0 < share <= 100:  # noqa: PLR2004 - per cent
        yield f"tender_share: {share} is no share of a tender's value; write per cent"
    elif share < HALF and not _exceptional(measure.reasons):
        yield (
            f"tender_share: is below {HALF}; say in reasons which exceptional circumstances make "
            "it necessary, and that no agreement on procurement covers the rest (Annex I, 4(a))"
        )
