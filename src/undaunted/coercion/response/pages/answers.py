"""How the desk of responses answers: found or absent, done or not done."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from undaunted.coercion.response.readers import ScenarioRefused
from undaunted.coercion.response.rules import ResponseRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

__all__ = ["REFUSALS", "done", "done_with", "found"]

REFUSALS = (ResponseRefused, ScenarioRefused)
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
        return _stopped(request, str(refusal), back)
    return redirect(back)


def done_with(
    request: HttpRequest, form: Form, step: Callable[[], object], back: str
) -> HttpResponse:
    """Take the step of a short form; say what stands against it where it is refused."""
    if not form.is_valid():
        name, problems = next(iter(form.errors.items()))
        return _stopped(request, f"{name}: {problems[0]}", back)
    return done(request, step, back)


def _stopped(request: HttpRequest, problem: str, back: str) -> HttpResponse:
    shown = {"problem": problem, "back": back}
    return TemplateResponse(request, "response/desk/stopped.html", shown, status=409)
