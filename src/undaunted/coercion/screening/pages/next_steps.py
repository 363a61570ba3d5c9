"""What somebody can do next with a case, in the order of the work: the first thing it offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from undaunted.coercion.screening.pages.acts import ACTS
from undaunted.coercion.screening.rules import InScope, next_stages
from undaunted.coercion.screening.rules.casework import ListStanding, PartyRole, ScreeningOrigin
from undaunted.coercion.screening.rules.workflow import DECIDABLE, ScreeningStage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undaunted.coercion.screening.models import Filing
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.access.rules import Actor

__all__ = ["NextStep", "next_steps"]


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that is offered: what it is called, and where it is taken."""

    title: Any
    address: str


def next_steps(
    actor: Actor, sheet: CaseSheet, may: Mapping[str, bool], draft: Filing | None
) -> tuple[NextStep, ...]:
    """Give the steps that a case as it stands asks of this person; the first is the next one.

    They are offers: nothing else is shut, and each step looks again at what it needs.
    """
    case = sheet.case.pk
    open_ = sheet.stage != ScreeningStage.CLOSED
    names = [*_recorded(sheet, draft)] if may.get("record") and open_ else []
    names += [*_assessed(sheet)] if may.get("assess") else []
    if may.get("record") and sheet.stage and next_stages(ScreeningStage(sheet.stage)):
        names.append("move")
    steps = [
        NextStep(ACTS[name].title, reverse("screening:step", args=[case, name]))
        if name in ACTS
        else NextStep(_("Write a notification"), reverse("screening:notification", args=[case]))
        for name in names
    ]
    proposed = sheet.proposed
    if may.get("second") and proposed is not None and proposed.recorded_by != actor.id:
        confirm = reverse("screening:row-step", args=[case, "take", proposed.pk])
        steps.insert(0, NextStep(f"{ACTS['take'].title}: {_('Decision')}", confirm))
    letter = NextStep(_("Write a letter"), reverse("screening:letter", args=[case]))
    return (*steps, letter) if may else ()


def _recorded(sheet: CaseSheet, draft: Filing | None) -> Iterator[str]:
    """Give what is to be recorded: from who is concerned to which law reaches it."""
    roles = {row.role for row in sheet.parties}
    unwritten = sheet.filing is None and draft is None
    for lacks, name in (
        (unwritten and sheet.case.origin == ScreeningOrigin.FILED, "notification"),
        (draft is not None, "submit"),
        (not {PartyRole.TARGET, PartyRole.ACQUIRER} <= roles, "party"),
        (any(e.standing == ListStanding.NOT_SCREENED for e in sheet.lists), "lists"),
        (not sheet.stakes, "evidence"),
        (sheet.stakes and all(e.pk in sheet.fallen for e in sheet.analyses), "analysis"),
        (not sheet.scopes, "scope"),
    ):
        if lacks:
            yield name


def _assessed(sheet: CaseSheet) -> Iterator[str]:
    """Give what is to be weighed, once a law reaches the investment and as long as it is open."""
    if sheet.stage not in DECIDABLE or sheet.proposed is not None:
        return
    if any(row.outcome == InScope.YES for row in sheet.scopes) and not sheet.assessments:
        yield "factor"
    yield "propose"
