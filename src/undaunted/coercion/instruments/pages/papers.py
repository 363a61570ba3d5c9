"""Papers of a proceeding: filed, shown as everybody may read them, opened by the team alone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.coercion.instruments.actions import (
    file_paper,
    file_request,
    name_team,
    open_papers,
    withdraw_paper,
)
from undaunted.coercion.instruments.analysis import (
    MEDIA,
    is_request,
    open_file,
    request_kept,
    sealed_file,
)
from undaunted.coercion.instruments.forms import PaperForm, RequestForm, TeamForm
from undaunted.coercion.instruments.pages.answers import found, stopped, taken, written
from undaunted.coercion.instruments.pages.desk import shut
from undaunted.coercion.instruments.queries import (
    paper_for,
    papers_of,
    proceeding_for,
    stage_of,
    teams_of,
)
from undaunted.coercion.instruments.rules import (
    InstrumentRefused,
    Part,
    against,
    common_words,
    request_fields,
)
from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.vault.queries import open_key_of
from undaunted.site.components.clauses import commas_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.http import HttpRequest

    from undaunted.coercion.instruments.models import Paper, Proceeding
    from undaunted.core.access.rules import Actor

__all__ = [
    "file",
    "new_paper",
    "new_request",
    "papers_page",
    "sealed",
    "take_back",
    "team",
]


def papers_address(held: Proceeding) -> str:
    """Give the address of the papers of a proceeding."""
    return reverse("instruments-desk:papers", args=[held.pk])


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def papers_page(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """List papers; what is confidential only when somebody whose key is open asks for it."""
    actor, at = actor_of(request), timezone.now()
    held = found(proceeding_for(actor, proceeding))
    opened: dict[UUID, dict[str, str]] = {}
    if request.method == "POST":
        key = open_key_of(actor, request, at=at)
        if key is None:
            return redirect("vault:vault")
        try:
            opened = open_papers(held, key=key, actor=actor, at=at)
        except InstrumentRefused as refusal:
            return stopped(request, str(refusal), papers_address(held))
    rows = papers_of(actor, held)
    teams = _teams(actor, held)
    shown = {
        "proceeding": held,
        "rows": [(each, _lines(each, opened.get(each.pk))) for each in rows],
        "opened": opened,
        "team": next((name for key, name in teams if key == str(held.team)), ""),
        "form": TeamForm(teams=teams, initial={"team": str(held.team or "")}),
        "may_file": not against(Part.PAPER, stage_of(actor, held)),
        "may_record": decide(actor, Verb.RECORD, Facts(holder=held.holder)).allowed,
    }
    return TemplateResponse(request, "instruments/desk/papers.html", shown)


@face("desk")
@require_POST
def team(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Name the team; with an open key, papers that another team opens are given to it."""
    actor, at = actor_of(request), timezone.now()
    held = found(proceeding_for(actor, proceeding))
    form = TeamForm(request.POST, teams=_teams(actor, held))
    if not form.is_valid():
        return stopped(request, f"team: {form.errors['team'][0]}", papers_address(held))
    key = open_key_of(actor, request, at=at)
    try:
        name_team(held, UUID(form.cleaned_data["team"]), actor=actor, at=at, key=key)
    except InstrumentRefused as refusal:
        return stopped(request, str(refusal), papers_address(held))
    return redirect(papers_address(held))


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_request(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """File a request: the whole of it sealed, its summary written by the rules."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    if (answer := shut(request, held, Part.PAPER, papers_address(held))) is not None:
        return answer
    sent = request.method == "POST"
    form = RequestForm(request.POST if sent else None, request.FILES if sent else None)

    common: list[str] = []

    def step() -> Paper:
        day, at = form.cleaned_data["received_on"], timezone.now()
        key, told = open_key_of(actor, request, at=at), form.request()
        made = file_request(held, told, day, actor=actor, at=at, key=key)
        common.extend(common_words(told))
        return made

    if written(request, form, step):
        if common:
            told = _(
                "The name of who asks is made of common words, and one of them stands in: "
                "%(places)s. No rule can tell whether it names them; read it before it leaves."
            )
            messages.warning(request, told % {"places": commas_text(common)})
        return redirect(papers_address(held))
    shown = {"form": form, "proceeding": held}
    return TemplateResponse(request, "instruments/desk/request.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_paper(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """File another paper in its two versions."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    if (answer := shut(request, held, Part.PAPER, papers_address(held))) is not None:
        return answer
    form = PaperForm(request.POST or None)

    def step() -> Paper:
        at = timezone.now()
        key = open_key_of(actor, request, at=at)
        return file_paper(held, form.plan(), actor=actor, at=at, key=key)

    if written(request, form, step):
        return redirect(papers_address(held))
    shown = {"form": form, "proceeding": held, "title": _("File a paper")}
    return TemplateResponse(request, "instruments/desk/form.html", shown)


@taken(paper_for, lambda held: papers_address(held.proceeding))
def take_back(held: Paper, *, actor: Actor, at: datetime) -> None:
    """Take a paper out of the proceeding."""
    withdraw_paper(held, actor=actor, at=at)


@face("desk")
@require_safe
def file(request: HttpRequest, paper: UUID, media: str) -> HttpResponse:
    """Give the version of a paper that everybody may read, for Word or as PDF."""
    held = _written_as(media, found(paper_for(actor_of(request), paper)))
    if held.withdrawn_at is not None:
        raise Http404
    return _download(open_file(held, media), f"summary.{media}", media)


@face("desk")
@require_POST
def sealed(request: HttpRequest, paper: UUID, media: str) -> HttpResponse:
    """Give a paper as it was made, to a member of the team whose key is open."""
    actor, at = actor_of(request), timezone.now()
    held = _written_as(media, found(paper_for(actor, paper)))
    key = open_key_of(actor, request, at=at)
    if key is None:
        return redirect("vault:vault")
    try:
        opened = open_papers(held.proceeding, key=key, actor=actor, at=at)
    except InstrumentRefused as refusal:
        return stopped(request, str(refusal), papers_address(held.proceeding))
    if held.pk not in opened:
        problem = _("This one cannot be opened: it is not what was sealed here.")
        return stopped(request, problem, papers_address(held.proceeding))
    return _download(sealed_file(held, opened[held.pk], media), f"{held.kind}.{media}", media)


def _lines(paper: Paper, texts: Mapping[str, str] | None) -> list[tuple[str, str]]:
    """Give the confidential version of a paper line by line; empty while it is sealed."""
    if texts is None:
        return []
    if not is_request(paper, texts):
        return list(texts.items())
    kept, titles = request_kept(texts), {each.key: each.title for each in request_fields()}
    answers = [
        (titles.get(key, key), f"{each.value} {each.unit}".strip())
        for key, each in kept.answers.items()
    ]
    return [*answers, ("harm", kept.harm), *((each.key, each.title) for each in kept.evidence)]


def _written_as(media: str, held: Paper) -> Paper:
    if media not in MEDIA:
        raise Http404
    return held


def _download(content: bytes, name: str, media: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=MEDIA[media])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _teams(actor: Actor, held: Proceeding) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name) for each in teams_of(actor, held.holder)]
