"""The words of a case in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.screening.rules import UNWOUND
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from datetime import date

__all__ = ["choices_of", "condition_told", "in_words"]

TERMS: Final[dict[str, dict[str, Any]]] = {
    "Stage": {
        "draft": _("draft"),
        "filed": _("filed"),
        "screening": _("in screening"),
        "indepth": _("in in-depth review"),
        "decided": _("decided"),
        "monitoring": _("watched"),
        "closed": _("closed"),
    },
    "Origin": {
        "filed": _("Filed by the parties"),
        "unfiled": _("Not filed"),
        "ex_officio": _("Taken up by the authority"),
        "partner": _("Told by a partner"),
    },
    "PartyRole": {
        "acquirer": _("Acquirer"),
        "target": _("Target company"),
        "seller": _("Seller"),
        "intermediate": _("Company between"),
        "ultimate_owner": _("Ultimate owner"),
        "other": _("Other"),
    },
    "FactKind": {
        "state": _("Tie to a state"),
        "military": _("Tie to armed forces"),
        "special_rights": _("Special rights"),
        "funding": _("Funding"),
        "conduct": _("Earlier conduct"),
    },
    "Judgement": {
        "nothing": _("Nothing came up"),
        "same": _("It is the same party"),
        "another": _("It is another party"),
        "unclear": _("unclear"),
        "not_compared": _("could not be compared"),
    },
    "ListStanding": {
        "not_screened": _("not held against any list yet"),
        "open": _("waits for a judgement"),
        "matched": _("on a list"),
        "looked_at": _("looked at"),
        "not_compared": _("could not be compared"),
    },
    "CommentKind": {
        "intention": _("Intention to comment"),
        "comment": _("Comment"),
        "opinion": _("Opinion"),
        "question": _("Question"),
    },
    "DecisionKind": {
        "clear": _("The investment is cleared."),
        "conditions": _("The investment is cleared under conditions."),
        "prohibit": _("The investment is prohibited."),
        "unwind": _("The investment must be undone."),
    },
    "Found": {"present": _("found"), "absent": _("not found"), "unclear": _("unclear")},
    "Answer": {
        "must": _("must be controlled"),
        "may": _("may be controlled"),
        "no": _("No"),
        "yes": _("in scope"),
        "unknown": _("not known"),
    },
    "InScope": {
        "yes": _("in scope"),
        "no": _("not in scope"),
        "unclear": _("unclear"),
        "unknown": _("not known"),
    },
    "RowMet": {"yes": _("Yes"), "no": _("No"), "unclear": _("unclear")},
    "Filing": {
        "mandatory": _("must be filed"),
        "voluntary": _("may be filed"),
        "national": _("as national law says"),
        "none": _("need not be filed"),
    },
    "TransactionKind": {
        "acquisition": _("Shares or votes are bought"),
        "greenfield": _("Something new is founded"),
        "asset": _("Assets are bought"),
        "land": _("Land is bought or leased"),
        "restructuring": _("A group is ordered anew"),
    },
    "Mitigation": {
        "access": _("Who has access"),
        "data": _("Where data are"),
        "governance": _("Who governs"),
        "supply": _("What must be supplied"),
        "divestment": _("What must be sold"),
        "technology": _("What technology must stay"),
        "security_officer": _("A security officer"),
        "audit": _("Audits"),
        "reporting": _("Reports"),
        "change_notice": _("Notice of changes"),
        "other": _("Other"),
    },
    "Confidence": {
        "A": _("A: two independent sources, one of them primary"),
        "B": _("B: one reliable source"),
        "C": _("C: reported"),
        "D": _("D: disputed"),
    },
    "Step": {
        "drafted": pgettext_lazy("law", "Comments on a draft or formal notice"),
        "declared": pgettext_lazy("law", "Assessment of a declaration"),
        "notified": _("the notice was given"),
        "intent": _("Intention to comment"),
        "commented": _("Comment"),
        "comments_over": _("the earlier time limit ran out"),
        "opinion": _("Opinion"),
        "called_in": pgettext_lazy("law", "Call-in on grounds of national security"),
        "extended": pgettext_lazy("law", "Review, extended"),
        "reported": _("Reported"),
        "interim_order": pgettext_lazy("law", "Interim order"),
        "completed_unscreened": _("the investment was completed"),
        "noticed_unscreened": pgettext_lazy("law", "Call-in after the event was known"),
    },
    "RecourseResult": {
        "dismissed": _("dismissed"),
        "annulled": _("annulled"),
        "sent_back": _("sent back to the authority"),
    },
    "Outcome": {"kept": _("kept to"), "doubtful": _("doubtful"), "broken": _("broken")},
    "ConditionStanding": {
        "not_yet": _("not yet"),
        "unseen": _("not looked at yet"),
        "kept": _("kept to"),
        "due": _("due"),
        "overdue": _("Overdue"),
        "doubtful": _("doubtful"),
        "broken": _("broken"),
        "ended": _("ended"),
    },
}


def condition_told(text: str, unwind_by: date | None) -> str:
    """Give a condition as people read it: that of an unwinding with the last day on which it is."""
    if text != UNWOUND or unwind_by is None:
        return text
    told = gettext("The investment is unwound by %(date)s at the latest.")
    return told % {"date": date_text(unwind_by)}


def in_words(kind: str, value: str) -> Any:  # noqa: ANN401 - a lazy sentence
    """Give a term in words; one that has none, as it is."""
    return TERMS.get(kind, {}).get(value, value)


def choices_of(kind: str) -> list[tuple[str, Any]]:
    """Give the terms of a kind for a form."""
    return list(TERMS[kind].items())
