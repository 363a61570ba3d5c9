"""Words of authorities, tests and plans: whole sentences, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from undaunted.core.commitments.rules import CommitmentAnswer, instruments
from undaunted.core.commitments.writers import told as word_told
from undaunted.repression.sanctions.rules import (
    BOARD,
    ENFORCEMENT,
    Alone,
    Begun,
    ElementState,
    FacetKind,
    Fit,
    Held,
    Reason,
    Task,
    authorities,
    facts,
)
from undaunted.repression.sanctions.writers.laws import within
from undaunted.site.components.clauses import commas_text
from undaunted.site.components.dates import partial_date
from undaunted.site.english import law_told

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from undaunted.repression.sanctions.rules import Authority, ElementTest, Step, Uses

__all__ = [
    "FACETS",
    "alone_told",
    "begun_told",
    "earlier_told",
    "facet_name",
    "lacking_told",
    "step_parts",
    "step_told",
    "told",
]

FACETS: dict[FacetKind, _StrPromise] = {
    FacetKind.ADOPTION: _("Adopted"),
    FacetKind.CONDUCT: _("Conduct covered"),
    FacetKind.LINKS: _("Links of a person"),
    FacetKind.DECISION: _("Test of the decision"),
    FacetKind.FAMILY: _("Reaches family"),
    FacetKind.ENABLERS: _("Reaches enablers"),
    FacetKind.PARLIAMENT: _("Trigger by parliament"),
    FacetKind.CORRUPTION: _("Covers corruption"),
}
_WORDS: dict[str, _StrPromise] = {
    ElementState.MET: _("Met"),
    ElementState.PARTIAL: _("Partly shown"),
    ElementState.MISSING: _("Missing"),
    Fit.FITS: _("Each element is shown"),
    Fit.NOT_IN_FORCE: _("Not in force on that day"),
    Fit.NO_TEST: _("No test"),
    Held.MUST: _("controlled"),
    Held.MAY: _("may be controlled"),
    Held.JOINT: _("held in halves"),
    Task.ADOPT: _("Adopt"),
    Task.USE: _("Use"),
    Task.ENFORCE: _("Enforce"),
    Task.FIND_OUT: _("Find out"),
}


def told(term: str) -> str:
    """Give a term in words."""
    return str(_WORDS.get(term, term))


def facet_name(kind: str) -> str:
    """Give the head of what is told of a law."""
    return str(FACETS[FacetKind(kind)])


def alone_told(authority: Authority) -> str:
    """Say whether somebody may be listed under a law whom no other state has listed."""
    if authority.alone is Alone.FOLLOWS:
        return gettext("follows others")
    answer = CommitmentAnswer.HAS if authority.alone is Alone.YES else CommitmentAnswer.LACKS
    return word_told("Answer", answer)


def begun_told(authority: Authority) -> str:
    """Give the day of a law, and what day it is where it is not that of its entry into force."""
    day = partial_date(authority.since).text
    if authority.begun is Begun.ADOPTED:
        return gettext("adopted on %(day)s") % {"day": day}
    return gettext("known on %(day)s") % {"day": day} if authority.begun is Begun.READ else day


def lacking_told(element: ElementTest) -> str:
    """Say what would meet an element, in one sentence; nothing where it is met."""
    if element.state is ElementState.MET:
        return ""
    if element.ruled_out:
        return gettext("It was found not to be so.")
    ways = [_joined(way) for way in element.nearest]
    return gettext("Missing evidence of %(facts)s") % {"facts": gettext("; or ").join(ways)}


def earlier_told(uses: Uses) -> str:
    """Say which years that are counted lie before the law; nothing where none does."""
    if not uses.earlier:
        return ""
    return gettext(
        "Before this law: %(years)s. Whoever was listed under another law first keeps that day."
    ) % {"years": commas_text(map(str, uses.earlier))}


def step_told(step: Step) -> str:
    """Say one step of a plan, with the fact it follows from."""
    before, about, behind = step_parts(step)
    return f"{before}{law_told(about)}{behind}"


def step_parts(step: Step) -> tuple[str, str, str]:
    """Give a step's sentence before and behind what it is about, and that: it is often English."""
    sentence = _counted(step) or str(_STEPS[step.task, step.reason])
    before, named, behind = sentence.partition("%(what)s")
    number = {"number": step.number}
    return before % number, _subject(step) if named else "", behind % number


_STEPS: dict[tuple[Task, Reason], _StrPromise] = {
    (Task.ADOPT, Reason.NO_LAW): _(
        "Adopt a law: a source says that there is none. The model law is a draft to begin from."
    ),
    (Task.ADOPT, Reason.NOT_IN_FORCE): _("Bring into force what was proposed or adopted."),
    (Task.ADOPT, Reason.LACKS): _("Amend the law. The answer to this is no: %(what)s"),
    (Task.ENFORCE, Reason.LACKS): _("Complete enforcement. The answer to this is no: %(what)s"),
    (Task.FIND_OUT, Reason.UNKNOWN): _("Find out, since nobody told: %(what)s"),
    (Task.FIND_OUT, Reason.NOT_READ): _("Find out how the state stands: %(what)s"),
    (Task.FIND_OUT, Reason.NO_LIST): _(
        "Load or find the list that names who is listed under: %(what)s"
    ),
    (Task.FIND_OUT, Reason.OLD): _(
        "Load a later version of the list: nothing is known of who was listed since under: %(what)s"
    ),
}


def _counted(step: Step) -> str:
    if step.reason is Reason.IDLE:
        return ngettext(
            "Use the law: no designation in %(number)d year up to the last. %(what)s",
            "Use the law: no designation in %(number)d years up to the last. %(what)s",
            step.number,
        )
    if step.reason is Reason.UNDATED:
        return ngettext(
            "Find out when %(number)d entry without a day was listed: %(what)s",
            "Find out when %(number)d entries without a day were listed: %(what)s",
            step.number,
        )
    return ""


def _subject(step: Step) -> str:
    if step.subject in authorities():
        return authorities()[step.subject].short
    if step.subject in instruments():
        return instruments()[step.subject].title
    board = ENFORCEMENT if step.subject in instruments()[ENFORCEMENT].codes else BOARD
    return instruments()[board].feature(step.subject).question


def _joined(way: tuple[str, ...]) -> str:
    names = [law_told(facts()[name].title) for name in way]
    return gettext(" with ").join(map(within, names))
