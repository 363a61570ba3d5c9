"""The words of a dossier in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from undaunted.core.evidence.rules import Ground
from undaunted.core.standards.rules import Value
from undaunted.repression.dossiers.rules import (
    DetailKind,
    DossierReply,
    PartyKind,
    SubmissionState,
    Weighed,
)
from undaunted.repression.sanctions.rules import ElementState, Fit

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

__all__ = ["choices_of", "in_words"]

_ALL: Final[dict[str, dict[Any, _StrPromise]]] = {
    "PartyKind": {
        PartyKind.PERSON: _("Person"),
        PartyKind.ORGANISATION: _("Organisation"),
        PartyKind.STATE_BODY: _("State body"),
    },
    "DetailKind": {
        DetailKind.NAME: _("Name as written"),
        DetailKind.BIRTH: _("Born on"),
        DetailKind.BIRTHPLACE: _("Born at"),
        DetailKind.NATIONALITY: _("Nationality"),
        DetailKind.PAPER: _("Paper or number"),
        DetailKind.PHOTO: _("Photo, as evidence"),
        DetailKind.ADDRESS: _("Address of office"),
        DetailKind.LISTED: _("Entry of a list (list:key)"),
        DetailKind.OTHER: _("Other"),
    },
    "Reply": {
        DossierReply.OPEN: _("Nobody has said yet"),
        DossierReply.SOUGHT: _("Sought, not received"),
        DossierReply.RECEIVED: _("Received"),
        DossierReply.UNSAFE: _("Unsafe to seek"),
    },
    "Weighed": {
        Weighed.SEARCHED: _("What was searched"),
        Weighed.FOUND: _("What was found that speaks for the person"),
        Weighed.NOTHING_FOUND: _("Nothing was found, and why that is believed"),
        Weighed.ACCOUNT: _("The person's own account"),
    },
    "Ground": {
        Ground.SAFETY: _("safety of somebody named"),
        Ground.AGREEMENT: _("somebody named did not agree"),
        Ground.PRIVACY: _("private life of somebody not concerned"),
        Ground.SOURCE: _("protection of a source"),
        Ground.PROCEEDINGS: _("proceedings that are not over"),
    },
    "SubmissionState": {
        SubmissionState.WRITTEN: _("Written, waits for a second person"),
        SubmissionState.RELEASED: pgettext_lazy("a paper", "Released"),
        SubmissionState.ENDED: _("Ended"),
    },
    "Value": {
        Value.MET: _("Met"),
        Value.NOT_MET: _("Not met"),
        Value.UNCLEAR: _("Not known"),
    },
    "ElementState": {
        ElementState.MET: _("Met"),
        ElementState.PARTIAL: _("Partly"),
        ElementState.MISSING: _("Evidence is missing"),
    },
    "Fit": {
        Fit.FITS: _("Every element is met"),
        Fit.PARTIAL: _("Some elements are met in part"),
        Fit.MISSING: _("Evidence is missing"),
        Fit.NOT_IN_FORCE: _("Not in force on this day"),
        Fit.NO_TEST: _("No test"),
    },
    "Why": {
        "revoked": _("Somebody took their agreement back"),
        "expired": _("An agreement has run out"),
        "erased": _("Somebody's record was erased"),
        "fallen": _("A document that went along was withdrawn"),
        "desk": _("The desk ended it"),
        "rebuilt": _("Written anew"),
        "consent": _("Somebody does not agree any more"),
    },
}


def in_words(kind: str, value: object) -> str:
    """Give a term of a kind in words; the code itself where it has none."""
    return str(_ALL[kind].get(value, str(value)))


def choices_of(kind: str) -> list[tuple[str, _StrPromise]]:
    """Give the terms of a kind as a form offers them."""
    return [(str(code), words) for code, words in _ALL[kind].items()]
