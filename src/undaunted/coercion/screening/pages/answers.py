"""How the desk of screening answers: found or absent, and what stands against a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.http import Http404
from django.template.response import TemplateResponse

from undaunted.coercion.screening.queries import case_for
from undaunted.core.access.rules import actor_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.coercion.screening.models import Case

__all__ = ["found", "held_case", "stopped"]

Thing = TypeVar("Thing")


def found(thing: Thing | None) -> Thing:
    """Give the thing, or answer as if it did not exist."""
    if thing is None:
        raise Http404
    return thing


def held_case(request: HttpRequest, reference: str) -> Case:
    """Give the case of an address; absent and forbidden answer alike."""
    return found(case_for(actor_of(request), reference))


def stopped(request: HttpRequest, problem: str, back: str) -> HttpResponse:
    """Say that nothing was done, and why."""
    shown = {"problem": problem, "back": back}
    return TemplateResponse(request, "screening/desk/stopped.html", shown, status=409)
