"""How the desk of campaigns answers: found or absent, done or not done."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from undaunted.core.editions.rules import EditionRefused
from undaunted.prisoners.campaigns.rules import CampaignRefused
from undaunted.prisoners.campaigns.rules.materials import MaterialRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

__all__ = ["REFUSALS", "done", "first_problem", "found"]

REFUSALS = (CampaignRefused, MaterialRefused, EditionRefused)
Thing = TypeVar("Thing")


def found(thing: Thing | None) -> Thing:
    """Give the thing, or answer as if it did not exist."""
    if thing is None:
        raise Http404
    return thing


def done(request: HttpRequest, step: Callable[[], object], back: str) -> HttpResponse:
    """Take a step and go back to its page; say what stands against it where it is refused."""
    try:
        step()
    except REFUSALS as refusal:
        shown = {"problem": str(refusal), "back": back}
        return TemplateResponse(request, "campaigns/stopped.html", shown, status=409)
    return redirect(back)


def first_problem(form: Form) -> str:
    """Give the first problem of a form that was sent without its page, with its field."""
    for name, problems in form.errors.items():
        return f"{name}: {problems[0]}"
    return ""
