"""How the desk of screening answers: found or absent, and what stands against a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext_lazy as _

from undaunted.coercion.screening.queries import case_for
from undaunted.coercion.screening.rules import factors_for, regimes
from undaunted.core.access.rules import actor_of
from undaunted.core.clocks.rules import rules
from undaunted.core.clocks.writers import rule_title
from undaunted.site.answers import found, stopped
from undaunted.site.english import law_told, told_by_field

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest

    from undaunted.coercion.screening.models import Case

__all__ = ["against", "found", "held_case", "stopped", "tell"]

Thing = TypeVar("Thing")

FIELDS = {"stage": "to"}
"""Fields that a refusal calls otherwise."""
THINGS = {
    "analysis": _("Who controls a company"),
    "case": _("Case"),
    "decision": _("Decision"),
    "evidence": _("Evidence"),
    "factors": _("Factors"),
    "filing": _("The notification"),
    "key": _("Your key"),
    "letter": _("Letter"),
    "notice": _("Notice to partner authorities"),
    "request": _("Requests for information"),
    "row": _("Row"),
    "scope": _("Which law reaches it"),
    "stage": _("Stage"),
    "target": _("Target"),
    "team": _("Team"),
    "urgent": _("Why the decision cannot wait until partners' periods end"),
    "urgent_told_on": _("Day on which partners were told that the decision does not wait"),
}
"""What refusals name that is no field of the form, in words of the pages."""


def held_case(request: HttpRequest, reference: str) -> Case:
    """Give the case of an address; absent and forbidden answer alike."""
    return found(case_for(actor_of(request), reference))


def tell(form: BaseForm, refusal: Exception) -> None:
    """Say what stands against it, at its field where the refusal names one, without codes."""
    for name, said in told_by_field(str(refusal)):
        known = name if name in form.fields else FIELDS.get(name, "")
        if known in form.fields:
            form.add_error(known, _worded(said))
        else:
            form.add_error(None, _worded(f"{name}: {said}" if name else said))


def against(refusal: Exception) -> str:
    """Say what stands against a step where there is no form, without codes."""
    return "; ".join(
        _worded(f"{name}: {said}" if name else said) for name, said in told_by_field(str(refusal))
    )


def _worded(told: str) -> str:
    """Say a factor, a clock or a thing that is named before a sentence as pages call it."""
    name, colon, said = told.partition(": ")
    if not colon:
        return told
    if name in THINGS:
        return f"{THINGS[name]}: {said}"
    for factor in (f for regime in reversed(regimes()) for f in factors_for(regime)):
        if factor.code == name:
            return f"{law_told(factor.title)}: {said}"
    for rule in reversed(rules()):
        if rule.id == name:
            return f"{rule_title(rule)}: {said}"
    return told
