"""How the desk of screening answers: found or absent, and what stands against a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from undaunted.coercion.screening.queries import case_for
from undaunted.core.access.rules import actor_of
from undaunted.site.answers import found, stopped
from undaunted.site.english import told_by_field

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest

    from undaunted.coercion.screening.models import Case

__all__ = ["found", "held_case", "stopped", "tell"]

Thing = TypeVar("Thing")


def held_case(request: HttpRequest, reference: str) -> Case:
    """Give the case of an address; absent and forbidden answer alike."""
    return found(case_for(actor_of(request), reference))


def tell(form: BaseForm, refusal: Exception) -> None:
    """Say what stands against it, at its field where the refusal names one."""
    for name, said in told_by_field(str(refusal)):
        known = name in form.fields
        form.add_error(name if known else None, said if known or not name else f"{name}: {said}")
