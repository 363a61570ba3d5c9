"""Questions about people in files: read and answered by whoever holds the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.listings.rules import list_sources
from undaunted.core.matching.actions import (
    MatchingRefused,
    answer_question,
    screen_later,
    undo_answer,
)
from undaunted.core.matching.analysis import held_beside
from undaunted.core.matching.forms import AnswerForm, ScreenForm
from undaunted.core.matching.queries import (
    answers_for,
    answers_named,
    answers_of_question,
    asked_again,
    held_last,
    questions_for,
    sheets_of,
)
from undaunted.core.matching.rules import Named, Reference, Verdict, Why
from undaunted.core.matching.templatetags.matching import Beside, form_lines, lines_beside
from undaunted.core.matching.writers import WHYS
from undaunted.site.answers import stopped

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import Entry
    from undaunted.core.matching.models import Answer

__all__ = ["question", "questions", "screen", "undo_answered"]

A_PAGE = 50


@face("desk")
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Show what waits for an answer of one's own organisations, likeliest first."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    return _shown(request, actor, ScreenForm(actor=actor))


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, question: UUID) -> HttpResponse:
    """Show somebody of a file beside an entry, and take the answer."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    held = questions_for(actor).filter(pk=question).first()
    if held is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = answer_question(
                held.pk,
                verdict=Verdict(form.cleaned_data["verdict"]),
                why=form.cleaned_data["why"],
                seen=form.cleaned_data["seen"],
                actor=actor,
                at=timezone.now(),
            )
        except MatchingRefused as refusal:
            return stopped(request, refusal, reverse("matching:questions"))
        messages.success(request, _recorded(made))
        return redirect("matching:questions")
    (sheet,) = sheets_of(actor, [held])
    found = (
        held_beside(sheet.subject.form, Reference(Named.ENTRY, held.entry).entry, sheet.entry)
        if sheet.subject and sheet.entry
        else None
    )
    shown = {
        "sheet": sheet,
        "form": form,
        "reasons": found.reasons if found else (),
        "lines": form_lines(sheet.subject.form if sheet.subject else None, sheet.entry),
        "beside": _beside(held.entry, sheet.entry),
        "before": answers_named(actor, before := answers_of_question(actor, held, sheet.subject)),
        "again": asked_again(actor, before),
        "may": actor.can(Verb.JUDGE_MATCH),
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "matching/question.html", shown, status=status)


def _beside(reference: str, entry: Entry | None) -> list[Beside]:
    """Give what a list says of an entry that is not compared; of another file that is nothing."""
    source, _key = Reference(Named.ENTRY, reference).entry
    if source not in list_sources():
        return []
    return lines_beside(None, entry, ("", source), timezone.now().date())


@face("desk")
@require_POST
def undo_answered(request: HttpRequest, answer: UUID) -> HttpResponse:
    """Take an answer back."""
    try:
        undo_answer(answer, actor=actor_of(request), at=timezone.now())
    except MatchingRefused as refusal:
        return stopped(request, refusal, reverse("matching:questions"))
    messages.success(request, _("The answer has been undone, and the question is asked again."))
    return redirect("matching:questions")


@face("desk")
@require_POST
def screen(request: HttpRequest) -> HttpResponse:
    """Let the worker hold files against lists."""
    actor = actor_of(request)
    if not actor.can(Verb.JUDGE_MATCH):
        raise Http404
    form = ScreenForm(request.POST, actor=actor)
    if not form.is_valid():
        return _shown(request, actor, form, status=422)
    holder = form.cleaned_data["holder"].pk
    if not decide(actor, Verb.JUDGE_MATCH, Facts(holder=holder)).allowed:
        raise Http404
    screen_later(holder, Named(form.cleaned_data["kind"]), actor=actor, at=timezone.now())
    messages.success(request, _("The files are being held against lists; come back in a while."))
    return redirect("matching:questions")


def _recorded(made: Answer) -> str:
    if made.waits:
        return _("The verdict has been recorded; a second person confirms it.")
    return _("The answer has been recorded. It can be undone.")


def _shown(
    request: HttpRequest, actor: Actor, form: ScreenForm, *, status: int = 200
) -> HttpResponse:
    page = Paginator(questions_for(actor), A_PAGE).get_page(request.GET.get("page"))
    answered = answers_for(actor)[:20]
    shown = {
        "page": page,
        "asked": sheets_of(actor, page.object_list),
        "answered": answers_named(actor, answered),
        "again": asked_again(actor, answered),
        "changed": WHYS[Why.CHANGED],
        "held": held_last(actor),
        "form": form,
        "may": actor.can(Verb.JUDGE_MATCH),
    }
    return TemplateResponse(request, "matching/questions.html", shown, status=status)
