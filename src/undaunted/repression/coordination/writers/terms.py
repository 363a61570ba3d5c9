"""The terms of coordination in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from undaunted.core.listings.writers import titled_whose
from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.rules import (
    MARKINGS,
    Announced,
    Answer,
    Asked,
    Change,
    CoordinationReply,
    CoordinationStage,
    CoordinationState,
    CoordinationStep,
    Court,
    NoticeKind,
    Part,
    Preparation,
    Said,
    SubjectKind,
)
from undaunted.repression.sanctions.rules import authorities

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

__all__ = ["choices_of", "entry_named", "in_words", "law_called"]

_ALL: Final[dict[str, Mapping[StrEnum, Any]]] = {
    "Tlp": {each: f"TLP:{each}" for each in (*MARKINGS, Tlp.GREEN)},
    "SubjectKind": {
        SubjectKind.LISTED: _("listed already, on another list"),
        SubjectKind.DESCRIBED: _("described here"),
    },
    "Stage": {
        CoordinationStage.DRAFT: _("draft, waits for a second person"),
        CoordinationStage.SENT: _("sent"),
        CoordinationStage.WITHDRAWN: _("withdrawn, its subject erased"),
        CoordinationStage.ENDED: _("ended"),
    },
    "Answer": {
        Answer.INVITED: _("invited"),
        Answer.ACCEPTED: _("accepted"),
        Answer.DECLINED: _("declined"),
        Answer.LEFT: _("left"),
    },
    "NoticeKind": {
        NoticeKind.RED: _("red notice"),
        NoticeKind.BLUE: _("blue notice"),
        NoticeKind.GREEN: _("green notice"),
        NoticeKind.YELLOW: _("yellow notice"),
        NoticeKind.DIFFUSION: _("diffusion"),
        NoticeKind.UNITED_NATIONS: _("special notice for the Security Council"),
        NoticeKind.OTHER: _("other notice"),
    },
    "Step": {
        CoordinationStep.ACCEPTED: _("accept"),
        CoordinationStep.DECLINED: _("decline"),
        CoordinationStep.LEFT: _("leave"),
        CoordinationStep.COMMENT: _("comment"),
        CoordinationStep.PREPARED: _("say how far you are"),
        CoordinationStep.GO: _("say go for the moment"),
        CoordinationStep.HOLD: _("hold the announcement"),
    },
    "Said": {
        Said.COMMENT: _("comment"),
        Said.REASON: _("reason of an answer"),
        Said.HOLD: _("reason of a hold"),
        Said.TIE: _("entry of a list"),
        Said.SUBMISSION: _("submission of a dossier"),
    },
    "Preparation": {
        Preparation.LEGAL_REVIEW: _("legal review"),
        Preparation.COUNCIL: _("decision of the council or cabinet"),
        Preparation.GAZETTE: _("publication in the gazette"),
        Preparation.TRANSLATION: _("translation"),
        Preparation.BANKS_TOLD: _("notice to banks, ready to go"),
        Preparation.STATEMENT: _("statement to the public"),
    },
    "State": {
        CoordinationState.OPEN: _("open"),
        CoordinationState.DONE: _("done"),
        CoordinationState.NOT_NEEDED: _("not needed"),
    },
    "Announced": {
        Announced.NO_MOMENT: _("No moment is proposed yet."),
        Announced.WAITING: _("Not every party has said go."),
        Announced.HELD: _("A party holds it: the embargo does not lift."),
        Announced.AGREED: _("Every party goes: the embargo lifts at the moment."),
        Announced.LIFTED: _("The embargo has lifted."),
        Announced.MISSED: _("The moment passed without every party: the embargo stays."),
    },
    "Change": {
        Change.DESIGNATED: _("designated"),
        Change.AMENDED: _("amended"),
        Change.DELISTED: _("delisted"),
        Change.REMOVED: _("no longer in the list, which does not say why"),
        Change.MISSING: _("Missing from a file that one person brought"),
        Change.UNREAD: _("Perhaps in a row that could not be read"),
        Change.NEW_LINE: _("new line, perhaps of somebody who stood under another name"),
        Change.LINE_GONE: _("line gone, which may stand under another name"),
    },
    "Court": {
        Court.PENDING: _("pending"),
        Court.DISMISSED: _("dismissed"),
        Court.ANNULLED: _("annulled"),
        Court.PARTLY_ANNULLED: _("annulled in part"),
        Court.REMITTED: _("sent back to the authority"),
        Court.DISCONTINUED: _("discontinued"),
    },
    "Asked": {
        Asked.DELISTING: _("delisting"),
        Asked.ACCESS_TO_FILE: _("access to the file"),
        Asked.CORRECTION: _("correction: somebody else is meant"),
        Asked.EXEMPTION: _("exemption for needs of life"),
    },
    "Part": {
        Part.REQUEST: _("what is asked"),
        Part.REVIEW: _("evidence looked at anew"),
        Part.EXCULPATORY: _("what speaks for the person"),
        Part.ANSWER: _("answer"),
    },
    "Reply": {
        CoordinationReply.GRANTED: _("Your request is granted."),
        CoordinationReply.PARTLY: _("Your request is granted in part."),
        CoordinationReply.REFUSED: _("Your request is refused."),
        CoordinationReply.NOT_COMPETENT: _(
            "This authority is not the one to decide on your request."
        ),
    },
}


def in_words(kind: str, value: str) -> str:
    """Give a term in words: `in_words("Stage", "sent")`."""
    words = {str(each): word for each, word in _ALL[kind].items()}
    return str(words.get(value, value))


def choices_of(kind: str) -> list[tuple[str, Any]]:
    """Give the terms of a kind for a form."""
    return [(str(each), word) for each, word in _ALL[kind].items()]


def law_called(text: str, *, whole: bool = False) -> str:
    """Give the short name or the `whole` title of a law in the register; another as it is named."""
    held = authorities().get(text)
    if held is None:
        return text
    return held.title if whole else held.short


def entry_named(text: str) -> str:
    """Give an entry by its list, whose that is, and its number there: `source:key` for people."""
    source, colon, key = text.partition(":")
    return f"{titled_whose(source)}: {key}" if colon else text
