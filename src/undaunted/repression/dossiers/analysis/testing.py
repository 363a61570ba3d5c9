"""The same facts under each law: what may be told to its government, and what that shows.

What somebody did not agree to is left out before the law is asked, so that the gap shows. How it
would stand if everybody agreed is told beside it to the desk alone. Each act is asked about by
itself, and a law is met where one of them carries all that it asks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from undaunted.repression.dossiers.queries import agreed_to
from undaunted.repression.dossiers.rules import (
    HEALTH_FACTS,
    audience_for,
    borne_by_one_act,
    facts_about,
    facts_by_act,
)
from undaunted.repression.sanctions.rules import ElementState, Fit, tested

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.standards.rules import Finding
    from undaunted.repression.dossiers.analysis.gathering import ActLine, PersonLine, Sheet
    from undaunted.repression.dossiers.queries import Agreed
    from undaunted.repression.sanctions.rules import Authority, ElementTest, RegimeTest

__all__ = ["Lacking", "LawLine", "Reach", "Told", "law_line", "laws_beside", "reach_of", "told_of"]


@dataclass(frozen=True, slots=True)
class Reach:
    """What one government may be told of a dossier."""

    audience: str
    agreed: Mapping[UUID, Agreed]
    acts: tuple[ActLine, ...]
    left_out: tuple[ActLine, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The acts that may be told, as links and findings name them."""
        return frozenset(each.key for each in self.acts)


@dataclass(frozen=True, slots=True)
class LawLine:
    """One person's facts under one law: as they may be told, and as if everybody had agreed.

    Attributes:
        same: what may be told of the very act that `whole` rests on, where `told` may rest on
            another; what lacks is said of that act alone.
    """

    authority: Authority
    told: RegimeTest
    whole: RegimeTest
    same: RegimeTest
    left_out: int

    @property
    def unagreed(self) -> tuple[str, ...]:
        """The facts that are shown and count, and that nobody agreed to have told."""
        return tuple(dict.fromkeys(fact for each in self.lacking for fact in each.unagreed))

    @property
    def other_act(self) -> bool:
        """Whether the answer if everybody agreed rests on another act than what may be told."""
        return self.whole.act != self.told.act

    @property
    def agreement_alone(self) -> bool:
        """Whether every element would be met if everybody agreed, and is not as it may be told."""
        return self.whole.fit is Fit.FITS and self.told.fit is not Fit.FITS

    @property
    def elements(self) -> tuple[tuple[ElementTest, bool], ...]:
        """Each element as it may be told, and whether agreement alone keeps it from being met."""
        kept_from = _met(self.whole) - _met(self.same) - _met(self.told)
        return tuple((each, each.code in kept_from) for each in self.told.elements)

    @property
    def lacking(self) -> tuple[Lacking, ...]:
        """What the act of `whole` does not meet as it may be told, and what each element lacks.

        None where what may be told of some act meets the law.
        """
        if self.told.fit is Fit.FITS:
            return ()
        whole = {each.code: each for each in self.whole.elements}
        return tuple(_lacking(each, whole[each.code]) for each in self.same.lacking)


@dataclass(frozen=True, slots=True)
class Lacking:
    """What an element lacks: agreement to tell of facts that are shown, or evidence of others."""

    title: str
    unagreed: tuple[str, ...]
    wants: tuple[tuple[str, ...], ...]
    ruled_out: bool


def _met(test: RegimeTest) -> frozenset[str]:
    return frozenset(each.code for each in test.elements if each.state is ElementState.MET)


def _lacking(told: ElementTest, whole: ElementTest) -> Lacking:
    unagreed = tuple(each for each in whole.shown if each not in told.shown)
    return Lacking(told.title, unagreed, whole.wants, whole.ruled_out)


def reach_of(
    actor: Actor,
    sheet: Sheet,
    jurisdiction: str,
    *,
    on: date,
    fingerprint: str | None = None,
) -> Reach:
    """Ask consent of everybody in a dossier for one government."""
    audience = audience_for(jurisdiction)
    agreed = {
        subject: agreed_to(
            actor,
            subject,
            holder=sheet.dossier.holder,
            audience=audience,
            on=on,
            fingerprint=fingerprint,
        )
        for subject in sheet.subjects
    }
    told = [each for each in sheet.acts if each.act is not None and agreed[each.row.subject].told]
    left = [each for each in sheet.acts if each not in told]
    return Reach(str(audience), agreed, tuple(told), tuple(left))


@dataclass(frozen=True, slots=True)
class Told:
    """The facts about somebody: by the number of the act, over all acts, and of no act."""

    by_act: Mapping[int, Mapping[str, Finding]]
    together: Mapping[str, Finding]
    apart: Mapping[str, Finding]

    def under(self, law: Authority, *, on: date, first: int = 0) -> RegimeTest:
        """Ask a law of the acts one by one; of those that show as much, `first` speaks."""
        return borne_by_one_act(law, self.by_act, self.together, on=on, first=first)

    def each_act(self, law: Authority, *, on: date) -> tuple[RegimeTest, ...]:
        """Ask a law of each act by itself, in their order."""
        return tuple(self.of_act(law, act, on=on) for act in sorted(self.by_act))

    def of_act(self, law: Authority, act: int, *, on: date) -> RegimeTest:
        """Ask a law of one act alone, also where nothing of it may be told; 0: of the file."""
        facts = self.by_act.get(act, self.apart) if act else self.together
        return replace(tested(law, facts, on=on), act=act)


def told_of(
    sheet: Sheet, person: PersonLine, reach: Reach | None, numbers: Mapping[str, int]
) -> Told:
    """Give the facts about a person that may be told; without a reach, all of them.

    `numbers` are those of the acts where it is read: in a dossier, or in one paper of it.
    """
    acts = reach.keys if reach else frozenset(each.key for each in sheet.acts)
    found, linked, key = sheet.found(), sheet.linked(), str(person.row.pk)
    if reach:
        quiet = {each.key for each in sheet.acts if not reach.agreed[each.row.subject].health}
        found = tuple(
            each for each in found if each.fact not in HEALTH_FACTS or each.act not in quiet
        )
    by_act = facts_by_act(key, found, linked, acts=acts)
    return Told(
        {numbers[act]: facts for act, facts in by_act.items()},
        facts_about(key, found, linked, acts=acts),
        facts_about(key, found, linked, acts=()),
    )


def laws_beside(
    actor: Actor, sheet: Sheet, chosen: Iterable[Authority], *, on: date
) -> dict[UUID, tuple[LawLine, ...]]:
    """Test every person of a dossier under several laws, from what was recorded once."""
    laws = tuple(chosen)
    reaches = {
        each: reach_of(actor, sheet, each, on=on) for each in {law.jurisdiction for law in laws}
    }
    lines = {}
    for person in sheet.people:
        whole = told_of(sheet, person, None, sheet.numbers)
        told = {
            place: told_of(sheet, person, reach, sheet.numbers) for place, reach in reaches.items()
        }
        lines[person.row.pk] = tuple(
            law_line(
                law,
                told[law.jurisdiction],
                whole,
                left_out=len(reaches[law.jurisdiction].left_out),
                on=on,
            )
            for law in laws
        )
    return lines


def law_line(law: Authority, told: Told, whole: Told, *, left_out: int, on: date) -> LawLine:
    """Ask one law of what may be told and of the whole; both of one act where they can be."""
    shown = told.under(law, on=on)
    asked = whole.under(law, on=on, first=shown.act)
    return LawLine(law, shown, asked, told.of_act(law, asked.act, on=on), left_out)
