"""How the desk of proceedings answers: found or absent, a step taken or what stands against it."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from undaunted.coercion.instruments.readers import FileRefused
from undaunted.coercion.instruments.rules import InstrumentRefused
from undaunted.core.access.rules import actor_of, face

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Concatenate

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor

    Step = Callable[Concatenate[Any, ...], object]
    View = Callable[..., HttpResponse]

__all__ = ["found", "stopped", "taken", "written"]


class Judged(Protocol):
    """A form, or several that are judged together."""

    def is_valid(self) -> bool:
        """Whether what was sent is whole."""

    def add_error(self, field: str | None, error: str) -> None:
        """Say what is wrong."""


REFUSALS = (InstrumentRefused, FileRefused)
Thing = TypeVar("Thing")


def found(thing: Thing | None) -> Thing:
    """Give the thing, or answer as if it did not exist."""
    if thing is None:
        raise Http404
    return thing


def taken(
    find: Callable[[Actor, Any], Any | None],
    back: Callable[[Any], str],
    form: Callable[[Any, Any, Actor], Form] | None = None,
) -> Callable[[Step], View]:
    """Make a step into the page that takes it: finds the thing of the address, goes back after it.

    The step is given the thing, what a valid `form` says where there is one, and who acts when.
    Refused, by the form or by the rules, nothing is done and the page says what stands against it.
    """

    def make(step: Step) -> View:
        @face("desk")
        @require_POST
        @wraps(step)
        def view(request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ANN401
            actor = actor_of(request)
            held = found(find(actor, *address.values()))
            told = form(request.POST, held, actor) if form else None
            if told is not None and not told.is_valid():
                name, problems = next(iter(told.errors.items()))
                return stopped(request, f"{name}: {problems[0]}", back(held))
            given = [] if told is None else [told.cleaned_data]
            try:
                step(held, *given, actor=actor, at=timezone.now())
            except REFUSALS as refusal:
                return stopped(request, str(refusal), back(held))
            return redirect(back(held))

        return view

    return make


def written(request: HttpRequest, form: Judged, step: Callable[[], Thing]) -> Thing | None:
    """Take the step of a long form; None where it is shown again, with what stands against it."""
    if request.method == "POST" and form.is_valid():
        try:
            return step()
        except REFUSALS as refusal:
            for problem in getattr(refusal, "problems", [str(refusal)]):
                form.add_error(None, problem)
    return None


def stopped(request: HttpRequest, problem: str, back: str) -> HttpResponse:
    """Say that nothing was done, and why."""
    shown = {"problem": problem, "back": back}
    return TemplateResponse(request, "instruments/desk/stopped.html", shown, status=409)
