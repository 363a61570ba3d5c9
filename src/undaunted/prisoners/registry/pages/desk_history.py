"""The audit trail of a case in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from undaunted.core.audit.queries import entries_about
from undaunted.prisoners.registry.forms.standing import TAKE_DOWN_REASONS
from undaunted.prisoners.registry.rules.take_downs import TakeDownReason

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["WORDS", "HistoryLine", "case_history"]

MOST = 200
WORDS = {
    "person.recorded": _("The person was recorded"),
    "person.corrected": _("The person was corrected"),
    "name.recorded": _("A name was recorded"),
    "name.withdrawn": _("A name was withdrawn"),
    "name.shown_first": _("Another name is shown first"),
    "deprivation_of_liberty.recorded": _("A spell was recorded"),
    "charge.recorded": _("A charge was recorded"),
    "release.recorded": _("A release was recorded"),
    "civil_death.recorded": _("An act of civil death was recorded"),
    "spell.confirmed": _("It was confirmed that the person was held"),
    "act.corrected": _("A claim was corrected"),
    "act.withdrawn": _("A claim was withdrawn"),
    "claim.cited": _("A source was attached"),
    "consent.recorded": _("An agreement was recorded"),
    "consent.revoked": _("An agreement was revoked"),
    "assessment.recorded": _("The case was assessed"),
    "assessment.dissented": _("Somebody dissented from an assessment"),
    "status.proposed": _("A status was proposed"),
    "status.decided": _("A status was confirmed"),
    "status.refused": _("A status was refused"),
    "publication.proposed": _("The case was proposed for publication"),
    "publication.published": _("The case was published"),
    "publication.embargo_ended": _("The embargo was ended"),
    "publication.asked_again": _("The case went back to the gate: it grew by another record"),
    "publication.taken_down": _("The case was taken down"),
    "case.wgad_drafted": _("A draft for the UN Working Group on Arbitrary Detention was written"),
    "publication.reason_given": _("The reason for taking it down"),
}
TELLING = frozenset(
    {"publication.reason_given", "status.proposed", "status.decided", "status.refused"}
)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that was done."""

    at: Any
    words: str
    note: str
    by: str
    own: bool


def case_history(
    actor: Actor, parties: Iterable[UUID], grants: Iterable[UUID], assessments: Iterable[UUID]
) -> list[HistoryLine]:
    """Give what was done to a case, newest first."""
    subjects = [(kind, one) for one in parties for kind in ("party", "person")]
    subjects += [("consent", one) for one in grants]
    subjects += [("assessment", one) for one in assessments]
    entries = [entry for kind, one in subjects for entry in entries_about(kind, str(one))]
    entries.sort(key=lambda entry: (entry.at, entry.seq or 0), reverse=True)
    return [_line(actor, entry) for entry in entries[:MOST]]


def _line(actor: Actor, entry: Any) -> HistoryLine:  # noqa: ANN401 - an entry of the trail
    words = WORDS.get(entry.verb)
    by = str(entry.actor or "")
    return HistoryLine(
        entry.at, str(words or entry.verb), _note(entry), by[:8], own=by == str(actor.id)
    )


def _note(entry: Any) -> str:  # noqa: ANN401
    """Give what the detail of an entry adds, while it is kept: twelve months."""
    if entry.verb not in TELLING or not hasattr(entry, "detail"):
        return ""
    told = entry.detail.detail
    if entry.verb == "publication.reason_given":
        return str(TAKE_DOWN_REASONS[TakeDownReason(told["reason"])])
    return str(told.get("standard", ""))
