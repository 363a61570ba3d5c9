"""Notices of police organisations at the desk: entered, held against lists and files, erased."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undaunted.core.access.rules import Verb, actor_of, face
from undaunted.core.matching.actions import screen_later
from undaunted.core.matching.queries import held_last
from undaunted.core.matching.rules import Named
from undaunted.repression.coordination import actions
from undaunted.repression.coordination.forms import (
    NoticeFileForm,
    NoticeForm,
    NoticeHolderForm,
    holders_for,
)
from undaunted.repression.coordination.pages.answers import found, taken, written
from undaunted.repression.coordination.queries import notice_for, notices_for, questions_waiting
from undaunted.site.answers import stopped

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.repression.coordination.models import Notice

__all__ = ["erase", "from_file", "new_notice", "notices", "screen"]

A_PAGE = 200


def _asked(request: HttpRequest, form: NoticeHolderForm, title: str) -> HttpResponse:
    """Show a form; sent and refused, with the status of one that cannot be taken."""
    refused = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    shown = {"form": form, "title": title}
    return TemplateResponse(request, "coordination/desk/form.html", shown, status=status)


def _address(_held: object = None) -> str:
    return reverse("coordination-desk:notices")


@face("desk")
@require_http_methods(["GET", "HEAD"])
def notices(request: HttpRequest) -> HttpResponse:
    """List the notices of one's own organisations, and the way to the questions they raised."""
    actor = actor_of(request)
    page = Paginator(notices_for(actor), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "notices": page.object_list,
        "page": page,
        "held": [each for each in held_last(actor) if each.kind is Named.NOTICE],
        "may_record": bool(holders_for(actor)),
        "may_screen": actor.can(Verb.JUDGE_MATCH),
        "form": NoticeHolderForm(actor=actor),
        "questions": reverse("matching:questions"),
        "waiting": questions_waiting(actor),
    }
    return TemplateResponse(request, "coordination/desk/notices.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_notice(request: HttpRequest) -> HttpResponse:
    """Enter a notice by hand."""
    actor = actor_of(request)
    found(holders_for(actor) or None)
    form = NoticeForm(request.POST or None, actor=actor)

    def step() -> object:
        return actions.record_notices(
            form.organisation_id(), [form.notice()], actor=actor, at=timezone.now(),
            amending=form.cleaned_data["amending"],
        )  # fmt: skip

    if written(request, form, step):
        return redirect(_address())
    return _asked(request, form, _("Enter a notice"))


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def from_file(request: HttpRequest) -> HttpResponse:
    """Enter the notices of a table, all or none."""
    actor = actor_of(request)
    found(holders_for(actor) or None)
    form = NoticeFileForm(request.POST or None, request.FILES or None, actor=actor)

    def step() -> object:
        content = form.cleaned_data["table"].read()
        return actions.import_notices(
            form.organisation_id(), content, actor=actor, at=timezone.now(),
            amending=form.cleaned_data["amending"],
        )  # fmt: skip

    if written(request, form, step):
        return redirect(_address())
    return _asked(request, form, _("Enter notices from a table"))


@face("desk")
@require_http_methods(["POST"])
def screen(request: HttpRequest) -> HttpResponse:
    """Let the worker hold whom notices name against lists and case files."""
    actor = actor_of(request)
    found(holders_for(actor) or None)
    form = NoticeHolderForm(request.POST, actor=actor)
    if not form.is_valid():
        problem = _("Choose whose notices are held against lists and files.")
        return stopped(request, problem, _address(), status=422, form=form)
    screen_later(form.organisation_id(), Named.NOTICE, actor=actor, at=timezone.now())
    messages.success(request, _("The files are being held against lists; come back in a while."))
    return redirect(_address())


@taken(notice_for, _address)
def erase(held: Notice, *, actor: Actor, at: datetime) -> None:
    """Erase whom a notice names."""
    actions.erase_notice(held, actor=actor, at=at)
