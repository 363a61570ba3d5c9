"""The same facts under each law: what may be told to its government, and what that shows.

What somebody did not agree to is left out before the law is asked, so that the gap shows. How it
would stand if everybody agreed is told beside it to the desk alone. Each act is asked about by
itself, and a law is met where one of them carries all that it asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.repression.dossiers.queries import agreed_to
from undaunted.repression.dossiers.rules import (
    HEALTH_FACTS,
    audience_for,
    borne_by_one_act,
    facts_about,
    facts_by_act,
)
from undaunted.repression.sanctions.rules import ElementState, Fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.standards.rules import Finding
    from undaunted.repression.dossiers.analysis.gathering import ActLine, PersonLine, Sheet
    from undaunted.repression.dossiers.queries import Agreed
    from undaunted.repression.sanctions.rules import Authority, ElementTest, RegimeTest

__all__ = ["Lacking", "LawLine", "Reach", "Told", "laws_beside", "reach_of", "told_of"]


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
    """One person's facts under one law: as they may be told, and as if everybody had agreed."""

    authority: Authority
    told: RegimeTest
    whole: RegimeTest
    left_out: int

    @property
    def unagreed(self) -> tuple[str, ...]:
        """The facts that are shown and count, and that nobody agreed to have told."""
        return tuple(dict.fromkeys(fact for each in self.lacking for fact in each.unagreed))

    @property
    def agreement_alone(self) -> bool:
        """Whether every element would be met if everybody agreed, and is not as it may be told."""
        return self.whole.fit is Fit.FITS and self.told.fit is not Fit.FITS

    @property
    def elements(self) -> tuple[tuple[ElementTest, bool], ...]:
        """Each element as it may be told, and whether agreement alone keeps it from being met."""
        met = {each.code for each in self.whole.elements if each.state is ElementState.MET}
        return tuple(
            (each, each.code in met and each.state is not ElementState.MET)
            for each in self.told.elements
        )

    @property
    def lacking(self) -> tuple[Lacking, ...]:
        """The elements that are not met as they may be told, and what each lacks in truth."""
        whole = {each.code: each for each in self.whole.elements}
        return tuple(_lacking(each, whole[each.code]) for each in self.told.lacking)


@dataclass(frozen=True, slots=True)
class Lacking:
    """What an element lacks: agreement to tell of facts that are shown, or evidence of others."""

    title: str
    unagreed: tuple[str, ...]
    wants: tuple[tuple[str, ...], ...]
    ruled_out: bool


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
    """The facts about somebody: by the number of the act, and over all acts."""

    by_act: Mapping[int, Mapping[str, Finding]]
    together: Mapping[str, Finding]

    def under(self, law: Authority, *, on: date, first: int = 0) -> RegimeTest:
        """Ask a law of the acts one by one; of those that show as much, `first` speaks."""
        return borne_by_one_act(law, self.by_act, self.together, on=on, first=first)


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
            _line(law, told[law.jurisdiction], whole, reaches[law.jurisdiction], on=on)
            for law in laws
        )
    return lines


def _line(law: Authority, told: Told, whole: Told, reach: Reach, *, on: date) -> LawLine:
    shown = told.under(law, on=on)
    return LawLine(law, shown, whole.under(law, on=on, first=shown.act), len(reach.left_out))
