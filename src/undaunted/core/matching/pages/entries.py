"""Pairs of entries at the desk: a queue, two side by side, a verdict, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from procrastinate.exceptions import AlreadyEnqueued

from undaunted.core.access.rules import Verb, actor_of, face
from undaunted.core.matching.actions import (
    MatchingRefused,
    judge_entries,
    judge_entries_together,
)
from undaunted.core.matching.forms import PairForm, QueueForm, VerdictForm
from undaunted.core.matching.queries import log_of, pair_for, queue_of, shown_of_pairs
from undaunted.core.matching.rules import Verdict
from undaunted.core.matching.tasks import compare_entries
from undaunted.core.matching.templatetags.matching import form_lines, lines_beside
from undaunted.site.answers import found, stopped

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.models import MatchJudgement
    from undaunted.core.matching.queries import PairSheet
    from undaunted.core.matching.rules import EntryKey
    from undaunted.core.matching.templatetags.matching import Beside

__all__ = ["accept", "compare", "log", "pair", "queue"]

A_PAGE = 50


@face("desk")
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show the pairs that wait for somebody, likeliest first."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    form = QueueForm(request.GET)
    known = form.is_valid()
    held = queue_of(actor, **form.asked()) if known else None
    page = Paginator(held.pairs, A_PAGE).get_page(request.GET.get("page")) if held else None
    source = form.cleaned_data.get("source", "")
    shown = {
        "form": form,
        "held": held,
        "page": page,
        "may": actor.can(Verb.JUDGE_MATCH),
        "source": source,
        "asked": _narrowed(request),
        "strong": len(held.acceptable) if held else 0,
    }
    return TemplateResponse(request, "matching/queue.html", shown, status=200 if known else 422)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest) -> HttpResponse:
    """Show two entries side by side, and take the verdict."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    asked = PairForm(request.GET)
    if not asked.is_valid():
        raise Http404
    sheet = found(pair_for(actor, asked.cleaned_data["left"], asked.cleaned_data["right"]))
    form = VerdictForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        onward = _next(request, actor, sheet)
        try:
            made = judge_entries(
                sheet.left,
                sheet.right,
                verdict=Verdict(form.cleaned_data["verdict"]),
                why=form.cleaned_data["why"],
                share=form.cleaned_data["share"],
                seen=form.cleaned_data["seen"],
                actor=actor,
                at=timezone.now(),
            )
        except MatchingRefused as refusal:
            return stopped(request, refusal, _address(sheet.left, sheet.right))
        messages.success(request, _recorded(made))
        return redirect(onward)
    shown = {
        "sheet": sheet,
        "form": form,
        "lines": form_lines(sheet.left_entry, sheet.right_entry),
        "beside": _beside(sheet),
        "may": actor.can(Verb.JUDGE_MATCH),
        "here": _address(sheet.left, sheet.right, _narrowed(request)),
        "back": _back(request),
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "matching/pair.html", shown, status=status)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """Accept together what is very alike with an equal day of birth or number, in one act."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    asked = QueueForm(request.POST or request.GET)
    if not asked.is_valid():
        raise Http404
    source = asked.cleaned_data["source"]
    pairs = queue_of(actor, source=source).acceptable
    seen = shown_of_pairs(actor, pairs.keys).seen
    if request.method == "POST":
        if request.POST.get("seen") != seen:
            told = _("The pairs changed since you looked: look at them again.")
            return stopped(request, told, reverse("matching:accept") + f"?source={source}")
        try:
            why = request.POST.get("reason", "")
            judge_entries_together(
                pairs.keys,
                verdict=Verdict.SAME,
                why=why,
                share=bool(request.POST.get("share")),
                seen=seen,
                actor=actor,
                at=timezone.now(),
            )
        except MatchingRefused as refusal:
            return stopped(request, refusal, reverse("matching:queue"))
        messages.success(request, _("They are accepted; a second person confirms them in the log."))
        return redirect("matching:log")
    shown = {"pairs": pairs, "count": len(pairs), "seen": seen, "source": source}
    return TemplateResponse(request, "matching/accept.html", shown)


@face("desk")
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Show the newest verdicts and what was undone, with the way back."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    shown = {"steps": log_of(actor), "may": actor.can(Verb.JUDGE_MATCH)}
    return TemplateResponse(request, "matching/log.html", shown)


@face("desk")
@require_POST
def compare(request: HttpRequest) -> HttpResponse:
    """Let the worker hold lists against each other."""
    actor = actor_of(request)
    person = actor.person
    if not actor.can(Verb.JUDGE_MATCH):
        raise Http404
    try:
        compare_entries.defer(person=str(person))
        messages.success(request, _("Lists are being compared; come back in some minutes."))
    except AlreadyEnqueued:
        messages.info(request, _("Lists are being compared already."))
    return redirect("matching:queue")


def _recorded(made: MatchJudgement) -> str:
    if made.confirmed_at is not None:
        return _("The verdict has been confirmed, and readers are shown it.")
    return _("The verdict has been recorded; a second person confirms it.")


def _beside(sheet: PairSheet) -> list[Beside]:
    lists = (sheet.left[0], sheet.right[0])
    return lines_beside(sheet.left_entry, sheet.right_entry, lists, timezone.now().date())


def _next(request: HttpRequest, actor: Actor, sheet: PairSheet) -> str:
    """Give where a verdict leads: to the pair that follows in the queue, else back to it."""
    asked = QueueForm(request.GET)
    keys = queue_of(actor, **asked.asked()).pairs.keys if asked.is_valid() else ()
    here = {(sheet.left, sheet.right), (sheet.right, sheet.left)}
    at = next((place for place, each in enumerate(keys) if each in here), len(keys))
    if at + 1 >= len(keys):
        return _back(request)
    return _address(*keys[at + 1], _narrowed(request))


def _address(left: EntryKey, right: EntryKey, narrowed: str = "") -> str:
    sides = {"left": ":".join(left), "right": ":".join(right)}
    asked = "&".join(filter(None, (urlencode(sides), narrowed)))
    return f"{reverse('matching:pair')}?{asked}"


def _narrowed(request: HttpRequest) -> str:
    """Give what the queue was asked for, so that a verdict leads back to it."""
    names = (*QueueForm.base_fields, "page")
    return urlencode([(name, request.GET[name]) for name in names if request.GET.get(name)])


def _back(request: HttpRequest) -> str:
    narrowed = _narrowed(request)
    return reverse("matching:queue") + (f"?{narrowed}" if narrowed else "")
