"""The editor: a text is looked at as it will read, numbers are searched for, a draft is kept."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from undaunted.core.access.rules import Facts, Forbidden, Verb, actor_of, decide, face
from undaunted.prisoners.report.actions import propose_text, write_text
from undaunted.prisoners.report.forms import TextForm
from undaunted.prisoners.report.pages.board import chosen_holder
from undaunted.prisoners.report.pages.preview import insertable, offered, preview, unknown_keys
from undaunted.prisoners.report.pages.texts import address_of, place_of, told_of
from undaunted.prisoners.report.queries import (
    report_document,
    report_figures,
    standing_text,
    texts_of_place,
)
from undaunted.prisoners.report.rules.marks import TextBroken, read_text, tidied
from undaunted.prisoners.report.rules.texts import ORIGINAL, Place, TextRefused, read_translation

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.report.models import TextVersion
    from undaunted.prisoners.report.rules.marks import Reading

__all__ = ["write"]


@dataclass(frozen=True, slots=True)
class _Task:
    """What is written, by whom, for whom; `original` is what a translation translates."""

    actor: Actor
    holder: UUID
    place: Place
    original: TextVersion | None


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, year: int, chapter: str, language: str) -> HttpResponse:
    """Write a text: looked at, searched for numbers, kept as a draft, or proposed at once."""
    task = _task(request, place_of(year, chapter, language))
    newest = texts_of_place(task.actor, task.holder, task.place).first()
    first = newest or task.original
    sent = request.POST if request.method == "POST" else None
    initial = {"body": first.body, "names": list(map(str, first.names))} if first else {}
    form = TextForm(sent, actor=task.actor, language=language, initial=initial)
    step = sent.get("do", "") if sent is not None else ""
    if not form.is_valid():
        return _page(request, form, task)
    if step not in {"keep", "propose"}:
        return _page(request, form, task, _read(form, task))
    if _keep(form, task, propose=step == "propose"):
        return redirect(address_of(task.place, task.holder))
    return _page(request, form, task)


def _task(request: HttpRequest, place: Place) -> _Task:
    actor = actor_of(request)
    holder = chosen_holder(request, actor)
    if not decide(actor, Verb.RECORD, Facts(holder=holder)).allowed:
        raise Forbidden("documenters and stewards write texts")
    english = Place(place.year, place.chapter, ORIGINAL)
    original = None if place.is_original else standing_text(actor, holder, english)
    return _Task(actor, holder, place, original)


def _keep(form: TextForm, task: _Task, *, propose: bool) -> bool:
    """Keep a draft; False where it cannot be, and then the form says why."""
    body, named, actor = form.cleaned_data["body"], form.cleaned_data["names"], task.actor
    try:
        with transaction.atomic():
            made = write_text(
                task.holder, task.place, body, names=named, actor=actor, at=timezone.now()
            )
            if propose:
                propose_text(made, actor=actor, at=timezone.now())
    except TextBroken as broken:
        form.add_error("body", list(broken.problems))
        return False
    except TextRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _read(form: TextForm, task: _Task) -> Reading | None:
    """Read what was sent; None where it is broken, and then the form says why."""
    against = read_text(task.original.body, ORIGINAL) if task.original else None
    body = tidied(form.cleaned_data["body"])
    try:
        return read_translation(body, task.place.language, against)
    except TextBroken as broken:
        form.add_error("body", list(broken.problems))
        return None


def _page(
    request: HttpRequest, form: TextForm, task: _Task, reading: Reading | None = None
) -> HttpResponse:
    place, original = task.place, task.original
    figures = report_figures(task.actor, place.year, holder=task.holder)
    wanted = form.cleaned_data.get("find", "") if form.is_bound else ""
    document = report_document(task.actor, place.year, holder=task.holder) if wanted else None
    shown = {
        **told_of(place, task.holder),
        "form": form,
        "source": preview(read_text(original.body, ORIGINAL).blocks, figures) if original else None,
        "source_body": original.body if original else "",
        "translatable": place.is_original or original is not None,
        "shown": preview(reading.blocks, figures) if reading else None,
        "typed": offered(reading, figures) if reading else [],
        "unknown": unknown_keys(reading, figures) if reading else (),
        "wanted": wanted,
        "insertable": insertable(document, wanted),
        "built": bool(figures),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return TemplateResponse(request, "report/write.html", shown, status=status)
