"""Parts of a submission in words: a day, an act in one line, a fact, what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.core.events.rules import VocabularyUnknown, labels
from undaunted.repression.sanctions.rules import facts
from undaunted.site.components.dates import partial_date
from undaunted.site.english import law_told

if TYPE_CHECKING:
    from undaunted.repression.dossiers.rules import ActTold, EvidenceTold

__all__ = ["act_line", "day_told", "evidence_told", "fact_named", "until_told"]


def act_line(act: ActTold) -> str:
    """Tell an act in one line: of whom, what, from when until when."""
    try:
        words = labels(act.vocabulary or "act_types", get_language() or "en").get(
            act.type, act.type
        )
    except VocabularyUnknown:
        words = act.type
    person = _("Person %(number)s") % {"number": act.person}
    return f" · {person} · {words} · {day_told(act.start)} … {until_told(act.end)}"


def fact_named(fact: str) -> str:
    """Give the title of a fact in the paper's language."""
    return law_told(facts()[fact].title)


def evidence_told(evidence: tuple[EvidenceTold, ...]) -> str:
    """Tell what something rests on, each source with its grade and where it goes along."""
    if not evidence:
        return _("No evidence is named.")
    told = []
    for each in evidence:
        where = f", {each.locator}" if each.locator else ""
        annex = f", {_('Annex %(number)s') % {'number': each.annex}}" if each.annex else ""
        grade = _("grade %(grade)s") % {"grade": each.grade}
        told.append(f"{each.title} ({grade}{where}{annex})")
    return "; ".join(told)


def day_told(edtf: str) -> str:
    """Tell a day as far as it is known."""
    return partial_date(edtf).text if edtf else _("not known")


def until_told(edtf: str) -> str:
    """Tell a last day; without one it goes on."""
    return partial_date(edtf).text if edtf else _("goes on")
