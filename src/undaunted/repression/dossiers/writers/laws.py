"""The law of a paper, element by element: by which acts it is met, what lacks in the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.commitments.writers import told as word_told
from undaunted.core.editions.rules import Bullets, Column, Paragraph, Strong, Table
from undaunted.repression.dossiers.writers.citing import clause_told, day_told, fact_named, typed
from undaunted.repression.dossiers.writers.terms import in_words
from undaunted.repression.sanctions.writers import (
    act_told,
    and_list,
    scattered_sentence,
)
from undaunted.site.components.clauses import clauses_text, commas_text
from undaunted.site.english import law_told, refusal_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.editions.rules import Block
    from undaunted.repression.dossiers.rules import PaperTold, PersonTold
    from undaunted.repression.sanctions.rules import ElementTest, RegimeTest

__all__ = ["fit_told", "laws_told"]


def laws_told(paper: PaperTold) -> Iterator[Block]:
    """Tell of each person how the facts stand under the law, and until when the law stands."""
    if paper.ends:
        yield Paragraph((_ends_told(paper),))
    for place, person in enumerate(paper.people, 1):
        test = person.test
        yield Paragraph((Strong(typed(person.label)), fit_told(person)))
        if len(person.alone) > 1:
            yield Paragraph((_one_suffices(test.act),))
        if test.scattered:
            yield Paragraph((scattered_sentence(),))
        if test.law is not None:
            source = test.law.source
            status = word_told("SourceStatus", source.status.value)
            yield Paragraph((f"{typed(source.citation)} ({status})",))
        if test.elements:
            yield Table(
                f"law-{place}",
                typed(paper.law),
                (Column("element", _("Element")), Column("state", _("State")),
                 Column("shown", _("Shown")), Column("wants", _("What would meet it"))),
                tuple(_element(each, test) for each in test.elements),
            )  # fmt: skip
        if person.others:
            yield Paragraph((_others_told(),))
            yield Bullets(
                tuple((Strong(act_told(each.act)), _lacks(each)) for each in person.others)
            )
        if test.why:
            yield Paragraph((refusal_told(test.why),))
        if test.outside:
            named = commas_text(map(fact_named, test.outside))
            yield Paragraph((_("Shown, and not named by this law: %(facts)s.") % {"facts": named},))


def _ends_told(paper: PaperTold) -> str:
    day = day_told(paper.ends.isoformat() if paper.ends else "")
    told = _("The framework of this law ends on %(day)s unless it is renewed.") % {"day": day}
    past = _("past: whether it was renewed is not known here")
    return f"{told} ({past})" if paper.ended else told


def fit_told(person: PersonTold) -> str:
    """Say how the facts stand under the law, and by which act, or each of which acts."""
    told = f" · {in_words('Fit', person.test.fit)}"
    if len(person.alone) > 1:
        acts = _("Acts %(numbers)s, each by itself") % {
            "numbers": and_list(str(each) for each in person.alone)
        }
        return f"{told} · {acts}"
    return f"{told} · {act_told(person.test.act)}" if person.test.act else told


def _one_suffices(act: int) -> str:
    return _("One of these acts suffices; the table is of Act %(number)s.") % {"number": act}


def _others_told() -> str:
    return _("What the other acts lack, each by itself:")


def _lacks(test: RegimeTest) -> str:
    states = (f"{law_told(e.title)}: {in_words('ElementState', e.state)}" for e in test.lacking)
    return f" · {'; '.join(states)}"


def _element(each: ElementTest, test: RegimeTest) -> tuple[str, str, str, str]:
    ways = [" + ".join(_claused(fact, test) for fact in way) for way in each.wants]
    wants = f" {_('or')} ".join(ways) if ways else "—"
    if each.ruled_out:
        wants = _("It was found not to be so.")
    shown = clauses_text(_claused(fact, test) for fact in each.shown) or "—"
    return law_told(each.title), in_words("ElementState", each.state), shown, wants


def _claused(fact: str, test: RegimeTest) -> str:
    """Name a fact with where the law names it."""
    clause = test.clause(fact)
    return f"{fact_named(fact)} {clause_told(clause)}" if clause else fact_named(fact)
