"""How a page answers where there is nothing, and where nothing was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.http import Http404
from django.template.response import TemplateResponse

from undaunted.site.english import refusal_told

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest

__all__ = ["found", "stopped"]

Thing = TypeVar("Thing")


def found(thing: Thing | None) -> Thing:
    """Give the thing, or answer as if it did not exist."""
    if thing is None:
        raise Http404
    return thing


def stopped(
    request: HttpRequest,
    problem: object,
    back: str,
    *,
    status: int = 409,
    form: BaseForm | None = None,
) -> TemplateResponse:
    """Say that nothing was done, and why, with the way back.

    A form that was sent is shown again as it was filled in, so that nothing typed is lost.
    """
    shown = {"problem": refusal_told(str(problem)), "back": back, "form": form}
    return TemplateResponse(request, "site/stopped.html", shown, status=status)
