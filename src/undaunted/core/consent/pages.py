"""Pages of the desk: who has dealt with each withdrawal, and the words in which to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from undaunted.core.access.rules import Forbidden, actor_of, face
from undaunted.core.consent.actions import handlers
from undaunted.core.consent.forms import TextForm
from undaunted.core.consent.queries import news_told
from undaunted.core.consent.rules import FIRST_LANGUAGE, shown_text
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


__all__ = ["model_text", "news", "part_name"]

KINDS = {
    "revoked": _("taken back"),
    "expired": _("ran out"),
    "erased": _("erased"),
}
PARTS = {
    "registry": _("Public registry and its downloads"),
    "sharing": _("Packages that go out"),
}
"""What each part of the platform that hears of a withdrawal is called."""


@face("desk")
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Show each withdrawal, which part has dealt with it and when, and what is outstanding."""
    told = news_told(actor_of(request), handlers())
    lines = [
        {
            "news": each,
            "kind": KINDS.get(each.kind, each.kind),
            "received": [(part_name(name), at, _done(done)) for name, at, done in each.received],
            "failed": [(part_name(name), tries, at) for name, tries, at in each.failed],
            "outstanding": [part_name(name) for name in each.outstanding],
        }
        for each in told
    ]
    shown = {"lines": lines, "outstanding": sum(bool(each.outstanding) for each in told)}
    return TemplateResponse(request, "consent/news.html", shown)


@face("desk")
@require_safe
def model_text(request: HttpRequest) -> HttpResponse:
    """Compose the words in which somebody is asked, to print, to show or to read out."""
    if not actor_of(request).organisations:
        raise Forbidden("only people at work ask")
    form = TextForm(request.GET if "purpose" in request.GET or "level" in request.GET else None)
    shown: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        asked = form.asked()
        text = shown_text(asked, form.cleaned_data["language"])
        shown |= {
            "text": text,
            "direction": direction(text.language),
            "original": None if text.reviewed else shown_text(asked, FIRST_LANGUAGE),
        }
    return TemplateResponse(request, "consent/text.html", shown)


def part_name(name: str) -> str:
    """Give what a part of the platform is called, for people who hear that it has followed."""
    return str(PARTS.get(name, name))


def _done(done: Any) -> int:  # noqa: ANN401 - what a part says it did
    """Give how many things a part has taken back, whatever it calls them."""
    return sum(value for value in dict(done).values() if isinstance(value, int))
