"""The words of a proceeding in the reader's language."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from undaunted.coercion.instruments.rules import (
    Ballot,
    CheckValue,
    Comparability,
    ElementState,
    Has,
    InjuryKind,
    InstrumentChannel,
    Link,
    Opening,
    Opinion,
    Origin,
    PaperKind,
    Stage,
    SuspensionGround,
    TerminationGround,
    Verdict,
)

__all__ = ["choices_of", "in_words"]

_ALL: Final[dict[str, dict[Any, Any]]] = {
    "Stage": {
        Stage.REQUESTED: _("Requested"),
        Stage.EXAMINATION: _("Examination"),
        Stage.DETERMINATION: _("Determination"),
        Stage.ENGAGEMENT: _("Engagement"),
        Stage.ADOPTED: _("Measures adopted"),
        Stage.APPLIED: _("Measures applied"),
        Stage.SUSPENDED: _("Measures suspended"),
        Stage.ENDED: _("Measures ended"),
        Stage.EVALUATED: _("Evaluated"),
        Stage.CLOSED: _("Closed"),
    },
    "Opening": {Opening.REQUEST: _("On a request"), Opening.OWN: _("On its own initiative")},
    "PaperKind": {
        PaperKind.REQUEST: _("Request to examine"),
        PaperKind.SUBMISSION: _("Submission"),
        PaperKind.EVIDENCE: _("Evidence"),
        PaperKind.REPLY: _("Reply"),
    },
    "Channel": {
        InstrumentChannel.CONSULTATION: _("Consultation"),
        InstrumentChannel.MEDIATION: _("Mediation"),
        InstrumentChannel.ADJUDICATION: _("Adjudication"),
        InstrumentChannel.FORUM: _("International forum"),
        InstrumentChannel.LETTER: _("Letter"),
    },
    "ElementState": {
        ElementState.MET: _("Met"),
        ElementState.PARTIAL: _("Partly"),
        ElementState.MISSING: _("Evidence is missing"),
        ElementState.CONTESTED: _("Contested"),
        ElementState.NOT_MET: _("Not met"),
    },
    "Finding": {"met": _("Met"), "not_met": _("Not met"), "unclear": _("Not known")},
    "InjuryKind": {
        InjuryKind.FRONT: _("A front that a search found"),
        InjuryKind.SCENARIO: _("The result of a scenario"),
        InjuryKind.EXPOSURE: _("Files of flows that are kept"),
        InjuryKind.OTHER: _("Another calculation"),
    },
    "Origin": {
        Origin.GOODS: _("Goods"),
        Origin.SERVICES: _("Services"),
        Origin.INVESTMENT: _("Investments"),
        Origin.RIGHTS: _("Rights of intellectual property"),
    },
    "CheckValue": {
        CheckValue.OPEN: _("Open"),
        CheckValue.YES: _("Yes"),
        CheckValue.NO: _("No"),
    },
    "Comparability": {
        Comparability.LAW: _("Law"),
        Comparability.PROPOSAL: _("Proposal"),
        Comparability.POWER: _("Power of trade law"),
        Comparability.PLATFORM: _("Platform of governments"),
        Comparability.DECLARATION: _("Political declaration"),
        Comparability.PRACTICE: _("Practice of a government"),
    },
    "Has": {
        Has.YES: _("Yes"),
        Has.PARTLY: _("Partly"),
        Has.NO: _("No"),
        Has.NOT_KNOWN: _("Not known"),
    },
    "Ballot": {
        Ballot.FOR: _("Voted for"),
        Ballot.AGAINST: _("Voted against"),
        Ballot.ABSTAINED: _("Abstained"),
        Ballot.ABSENT: _("Absent"),
        Ballot.APART: _("Takes no part"),
    },
    "Opinion": {
        Opinion.POSITIVE: _("Positive"),
        Opinion.NEGATIVE: _("Negative"),
        Opinion.NONE: _("No opinion"),
    },
    "Link": {
        Link.MAJORITY: _("(a) majority of equity or votes"),
        Link.PRIVILEGE: _("(b) special or exclusive privileges"),
        Link.DIRECTION: _("(c) direction by the government"),
    },
    "Answer": {
        "must": _("must be controlled"),
        "may": _("may be controlled"),
        "no": _("No"),
    },
    "Verdict": {
        Verdict.WITHIN: _("within the injury"),
        Verdict.WARNED: _("intervals overlap"),
        Verdict.REFUSED: _("beyond the injury"),
    },
    "Suspension": {
        SuspensionGround.ADJUDICATION: _("An adjudication is agreed"),
        SuspensionGround.IMPLEMENTATION: _("A settlement is being carried out"),
        SuspensionGround.UNION_INTEREST: _("The Union's interest"),
        SuspensionGround.ENGAGEMENT: _("Engagement with the third country"),
    },
    "Termination": {
        TerminationGround.REPAIRED: _("The injury is repaired"),
        TerminationGround.CEASED: _("The coercion has ceased"),
        TerminationGround.AGREED: _("A solution is agreed"),
        TerminationGround.ADJUDICATED: _("A binding decision was given"),
        TerminationGround.UNION_INTEREST: _("The Union's interest"),
    },
}


def in_words(kind: str, value: str) -> str:
    """Give a term in words: `in_words("Stage", "examination")`."""
    words = {str(each): word for each, word in _ALL[kind].items()}
    return str(words.get(value, value))


def choices_of(kind: str) -> list[tuple[str, Any]]:
    """Give the terms of a kind for a form."""
    return [(str(each), word) for each, word in _ALL[kind].items()]
