"""How the desk of campaigns answers: found or absent, done or not done."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.shortcuts import redirect

from undaunted.core.editions.rules import EditionRefused
from undaunted.prisoners.campaigns.rules import CampaignRefused
from undaunted.prisoners.campaigns.rules.materials import MaterialRefused
from undaunted.site.answers import found, stopped

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

__all__ = ["REFUSALS", "done", "first_problem", "found"]

REFUSALS = (CampaignRefused, MaterialRefused, EditionRefused)
Thing = TypeVar("Thing")


def done(request: HttpRequest, step: Callable[[], object], back: str) -> HttpResponse:
    """Take a step and go back to its page; say what stands against it where it is refused."""
    try:
        step()
    except REFUSALS as refusal:
        return stopped(request, refusal, back)
    return redirect(back)


def first_problem(form: Form) -> str:
    """Give the first problem of a form that was sent without its page, with its field."""
    for name, problems in form.errors.items():
        return f"{name}: {problems[0]}"
    return ""
