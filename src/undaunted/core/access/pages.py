"""How a desk takes a step: finds what is meant, acts, goes back, or says what is against it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from undaunted.core.access.rules import actor_of, face
from undaunted.site.answers import found, stopped
from undaunted.site.english import told_by_field

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Concatenate

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor

    Step = Callable[Concatenate[Any, ...], object]
    View = Callable[..., HttpResponse]

__all__ = ["Desk", "Judged"]

Thing = TypeVar("Thing")


class Judged(Protocol):
    """A form, or several that are judged together."""

    def is_valid(self) -> bool:
        """Whether what was sent is whole."""

    def add_error(self, field: str | None, error: str) -> None:
        """Say what is wrong."""


@dataclass(frozen=True)
class Desk:
    """The desk of a subject.

    Attributes:
        refusals: what the rules raise where a step may not be taken; the page says it.
        absent: what a search raises where an address means nothing; the page is not there.
        about: what a refusal names that is no field of a form: the very thing a page is about.
    """

    refusals: tuple[type[Exception], ...]
    absent: tuple[type[Exception], ...] = ()
    about: frozenset[str] = frozenset()

    def sought(self, find: Callable[..., Thing | None], actor: Actor, *address: object) -> Thing:
        """Give the thing of an address, or answer as if it did not exist."""
        try:
            return found(find(actor, *address))
        except self.absent as refusal:
            raise Http404(str(refusal)) from refusal

    def taken(
        self,
        find: Callable[[Actor, Any], Any | None],
        back: Callable[[Any], str],
        form: Callable[[Any, Any, Actor], Form] | None = None,
        *,
        done: object = "",
    ) -> Callable[[Step], View]:
        """Make a step into the page that takes it: finds the thing, goes back, says `done` there.

        The step is given the thing, what a valid `form` says where there is one, and who acts when.
        Refused, by the form or by the rules, nothing is done and the page says what is against it.
        """

        def make(step: Step) -> View:
            @face("desk")
            @require_POST
            @wraps(step)
            def view(request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ANN401
                actor = actor_of(request)
                held = self.sought(find, actor, *address.values())
                told = form(request.POST, held, actor) if form else None
                if told is not None and not told.is_valid():
                    name, problems = next(iter(told.errors.items()))
                    return stopped(request, f"{name}: {problems[0]}", back(held), form=told)
                given = [] if told is None else [told.cleaned_data]
                try:
                    step(held, *given, actor=actor, at=timezone.now())
                except self.refusals as refusal:
                    return stopped(request, refusal, back(held), form=told)
                if done:
                    messages.success(request, str(done))
                return redirect(back(held))

            return view

        return make

    def written(
        self, request: HttpRequest, form: Judged, step: Callable[[], Thing]
    ) -> Thing | None:
        """Take the step of a long form; None where it is shown again, with what is against it."""
        if request.method == "POST" and form.is_valid():
            try:
                return step()
            except self.refusals as refusal:
                for problem in getattr(refusal, "problems", [str(refusal)]):
                    self._tell(form, problem)
        return None

    def _tell(self, form: Judged, problem: str) -> None:
        """Say what is against a step at the field that it names, and each part of it once."""
        fields = getattr(form, "fields", {})
        for name, said in told_by_field(problem):
            if name in fields:
                form.add_error(name, said)
            elif not name or name in self.about:
                form.add_error(None, said)
            else:
                form.add_error(None, f"{name}: {said}")
