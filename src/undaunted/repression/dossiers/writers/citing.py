"""Parts of a submission in words: a day, an act in one line, a fact, what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.core.editions.rules import set_in
from undaunted.core.events.rules import VocabularyUnknown, labels
from undaunted.repression.sanctions.rules import facts
from undaunted.site.components.clauses import clauses_text
from undaunted.site.components.dates import partial_date
from undaunted.site.english import law_told
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from undaunted.repression.dossiers.rules import ActTold, EvidenceTold

__all__ = [
    "act_line",
    "cited_told",
    "clause_kept",
    "clause_told",
    "day_told",
    "evidence_told",
    "fact_named",
    "typed",
    "until_told",
]


LONGEST_CLAUSE: Final = 32
"""A longer one may be broken between its words, as no column holds it in one line."""


def clause_told(clause: str) -> str:
    """Give where a law says so, in brackets: with them one piece, in papers from right to left."""
    return clause_kept(f"({clause})")


def clause_kept(clause: str) -> str:
    """Give where a law says so; in papers from right to left no line ends within it.

    There a line that ends between Article 3(3) and (b) sets the brackets at other places. The space
    is the narrow one: at the usual no-break space LibreOffice cuts the number of an act in two, as
    in 2020/19 and 99, where the piece is a little longer than its line.
    """
    rtl = direction(get_language() or "en") == "rtl"
    if rtl and len(clause) <= LONGEST_CLAUSE:
        clause = clause.replace(" ", "\N{NARROW NO-BREAK SPACE}").replace(")(", ")\N{WORD JOINER}(")
    return typed(clause)


def typed(text: str) -> str:
    """Give what somebody typed, so that it keeps its stops in a paper of another direction."""
    return set_in(text, right_to_left=direction(get_language() or "en") == "rtl")


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
        where = f", {typed(each.locator)}" if each.locator else ""
        annex = f", {_('Annex %(number)s') % {'number': each.annex}}" if each.annex else ""
        grade = _("grade %(grade)s") % {"grade": each.grade}
        number = f"[{each.number}] " if each.number else ""
        told.append(f"{number}{typed(each.title)} ({grade}{where}{annex})")
    return clauses_text(told)


def cited_told(evidence: tuple[EvidenceTold, ...]) -> str:
    """Tell what something rests on by the numbers of its sources alone."""
    numbers = sorted({each.number for each in evidence if each.number})
    return f"[{', '.join(map(str, numbers))}]" if numbers else ""


def day_told(edtf: str) -> str:
    """Tell a day as far as it is known."""
    return partial_date(edtf).text if edtf else _("not known")


def until_told(edtf: str) -> str:
    """Tell a last day; without one it goes on."""
    return partial_date(edtf).text if edtf else _("goes on")
