"""The desk of dossiers: what one handles, one whole with its laws side by side, its submissions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.accounts.queries import account_name
from undaunted.repression.dossiers.actions import (
    ask_closing,
    close_dossier,
    confirm_statement,
    end_submission,
    erase_dossier,
    open_dossier,
    open_submission_file,
    release_submission,
    rewrite_submission,
    withdraw_part,
    write_dossier,
)
from undaunted.repression.dossiers.analysis import (
    annexes_fallen,
    gather,
    laws_beside,
    lists_came,
    search_told,
)
from undaunted.repression.dossiers.forms import DossierForm
from undaunted.repression.dossiers.pages.answers import DESK, address_of, found, stopped
from undaunted.repression.dossiers.queries import (
    dossier_for,
    dossiers_for,
    files_given,
    files_of,
    files_unopened,
    part_of,
    statements_taken_back,
    submission_for,
    submissions_of,
)
from undaunted.repression.dossiers.rules import ANNEXES, FIRST_LAWS, DossierRefused, SubmissionState
from undaunted.repression.sanctions.rules import authorities
from undaunted.site.english import refusal_told

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.models import Dossier, Submission
    from undaunted.repression.sanctions.rules import Authority

__all__ = [
    "board",
    "change",
    "close",
    "closing",
    "confirm",
    "dossier_page",
    "end",
    "erase",
    "file",
    "laws_page",
    "new_dossier",
    "release",
    "rewrite",
    "submission_page",
    "withdraw",
]


class _PartNamed(forms.Form):
    part = forms.UUIDField()
    kind = forms.CharField(max_length=12, required=False)
    why = forms.CharField(max_length=6000, required=False)

    @classmethod
    def of(cls, posted: Any, _held: Any, _actor: Actor) -> _PartNamed:  # noqa: ANN401
        return cls(posted)


class _Closing(forms.Form):
    why = forms.CharField(max_length=6000)

    @classmethod
    def of(cls, posted: Any, _held: Any, _actor: Actor) -> _Closing:  # noqa: ANN401
        return cls(posted)


class _Anew(forms.Form):
    summary = forms.CharField(max_length=6000, required=False)
    neutral = forms.BooleanField(required=False)

    @classmethod
    def of(cls, posted: Any, _held: Any, _actor: Actor) -> _Anew:  # noqa: ANN401
        return cls(posted)


@face("desk")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """List the dossiers that one handles."""
    actor = actor_of(request)
    shown = {"rows": dossiers_for(actor)[:200], "may_record": actor.can(Verb.RECORD)}
    return TemplateResponse(request, "dossiers/board.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_dossier(request: HttpRequest) -> HttpResponse:
    """Open a dossier."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    form = DossierForm(request.POST or None, actor=actor)
    found(form.fields["holder"].choices or None)  # type: ignore[attr-defined]

    def step() -> Dossier:
        holder = UUID(form.cleaned_data["holder"])
        return open_dossier(holder, form.plan(), actor=actor, at=timezone.now())

    if made := DESK.written(request, form, step):
        return redirect(address_of(made))
    return TemplateResponse(
        request, "dossiers/form.html", {"form": form, "title": _("Open a dossier")}
    )


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, dossier: UUID) -> HttpResponse:
    """Write title, summary, marking and team anew."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    said = {name: getattr(held, name) for name in ("title", "country", "summary", "tlp")}
    said["team"] = " ".join(filter(None, (account_name(actor, each) for each in held.team)))
    form = DossierForm(request.POST or None, actor=actor, fixed=True, initial=said)

    def step() -> Dossier:
        return write_dossier(held, form.plan(), actor=actor, at=timezone.now())

    if DESK.written(request, form, step):
        return redirect(address_of(held))
    shown = {"form": form, "title": _("Title, summary and team"), "dossier": held}
    return TemplateResponse(request, "dossiers/form.html", shown)


@face("desk")
@require_safe
def dossier_page(request: HttpRequest, dossier: UUID) -> HttpResponse:
    """Show a dossier whole: acts, people, facts, questions of command, submissions."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    sheet = gather(actor, held)
    shown = {
        "dossier": held,
        "sheet": sheet,
        "fallen": annexes_fallen(actor, sheet),
        "searches": {
            each.row.pk: search_told(actor, each, on=timezone.now().date()) for each in sheet.people
        },
        "team": [account_name(actor, each) or _("a former colleague") for each in held.team],
        "submissions": submissions_of(actor, held),
        "may": _may(actor, held),
        "me": actor.id,
    }
    return TemplateResponse(request, "dossiers/dossier.html", shown)


@face("desk")
@require_safe
def laws_page(request: HttpRequest, dossier: UUID) -> HttpResponse:
    """Show the same facts under several laws side by side; `?law=` chooses which."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    sheet = gather(actor, held)
    chosen = _laws(request)
    lines = laws_beside(actor, sheet, chosen, on=timezone.now().date())
    shown = {
        "dossier": held,
        "people": [(each, lines[each.row.pk]) for each in sheet.people],
        "laws": [(each, each in chosen) for each in authorities().values() if each.pack],
        "acts": len(sheet.acts),
        "sheet": sheet,
        "may": _may(actor, held),
    }
    return TemplateResponse(request, "dossiers/laws.html", shown)


@face("desk")
@require_safe
def submission_page(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Show a submission: for whom, its files with their digests, who wrote and released it."""
    actor = actor_of(request)
    held = found(submission_for(actor, submission))
    hands = Facts(holder=held.holder, earlier_hands=frozenset({held.written_by}))
    may_release = held.state == "written" and decide(actor, Verb.PUBLISH, hands).allowed
    shown = {
        "submission": held,
        "dossier": held.dossier,
        "law": authorities().get(held.authority),
        "files": files_given(actor, held),
        "left_sealed": ANNEXES if _left_sealed(actor, held) else "",
        "taken_back": statements_taken_back(actor, held),
        "writer": account_name(actor, held.written_by),
        "releaser": account_name(actor, held.released_by) if held.released_by else "",
        "may_release": may_release,
        "unopened": files_unopened(actor, held) if may_release else (),
        "since": lists_came(actor, held) if may_release else (),
        "may_record": _may(actor, held.dossier)["record"],
        "may_end": decide(actor, Verb.RECORD, Facts(holder=held.holder)).allowed,
    }
    return TemplateResponse(request, "dossiers/submission.html", shown)


@face("desk")
@require_GET
def file(request: HttpRequest, submission: UUID, name: str) -> HttpResponse:
    """Give one file of a submission to be saved; HEAD gives no bytes, so nobody has read by it."""
    actor = actor_of(request)
    held = found(submission_for(actor, submission))
    try:
        given = open_submission_file(held, name, actor=actor, at=timezone.now())
    except DossierRefused as refusal:
        return stopped(request, refusal, _address(held), status=410)
    answer = HttpResponse(bytes(given.content or b""), content_type=given.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{given.name}"'
    return answer


@DESK.taken(dossier_for, address_of, _PartNamed.of)
def withdraw(held: Dossier, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Withdraw a part that was wrong; what two people confirmed takes a reason and two."""
    withdraw_part(held, told["kind"], told["part"], actor=actor, at=at, why=told["why"])


@DESK.taken(
    dossier_for, address_of, _PartNamed.of, done=gettext_lazy("The statement is confirmed.")
)
def confirm(held: Dossier, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Confirm as a second person what speaks for somebody."""
    confirm_statement(
        found(part_of(actor, held, "statement", told["part"])),
        actor=actor,
        at=at,
    )


@DESK.taken(dossier_for, address_of, _Closing.of)
def closing(held: Dossier, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Ask that a dossier is closed, and say why."""
    ask_closing(held, told["why"], actor=actor, at=at)


@DESK.taken(dossier_for, address_of)
def close(held: Dossier, *, actor: Actor, at: datetime) -> None:
    """Close a dossier as a second person."""
    close_dossier(held, actor=actor, at=at)


def _board(_held: Dossier) -> str:
    return reverse("dossiers:board")


@DESK.taken(dossier_for, _board)
def erase(held: Dossier, *, actor: Actor, at: datetime) -> None:
    """Erase a closed dossier whole, as a steward of its team."""
    erase_dossier(held, actor=actor, at=at)


def _left_sealed(actor: Actor, held: Submission) -> bool:
    """Tell whether its annexes are left in their sealed copy alone."""
    return held.state == "released" and files_of(actor, held).filter(name="annexes.age").exists()


def _address(held: Submission) -> str:
    return reverse("dossiers:submission", args=[held.pk])


@face("desk")
@require_POST
def release(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Release a submission as a second person; what is not opened yet is told beside its files."""
    actor = actor_of(request)
    held = found(submission_for(actor, submission))
    try:
        without = request.POST.getlist("without")
        done = release_submission(held, actor=actor, at=timezone.now(), without=without)
    except DossierRefused as refusal:
        if not files_unopened(actor, held):
            return stopped(request, refusal, _address(held))
        for problem in getattr(refusal, "problems", [str(refusal)]):
            messages.error(request, refusal_told(problem))
        return redirect(f"{_address(held)}#files")
    if done.state == SubmissionState.RELEASED:
        messages.success(request, _("The paper is released; its files are below."))
    else:
        messages.error(request, _("Somebody does not agree any more: it ended and went to nobody."))
    return redirect(_address(held))


@DESK.taken(submission_for, _address, _Anew.of)
def rewrite(held: Submission, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Write a submission anew from what is agreed to now."""
    rewrite_submission(held, actor=actor, at=at, summary=told["summary"], neutral=told["neutral"])


@DESK.taken(submission_for, _address)
def end(held: Submission, *, actor: Actor, at: datetime) -> None:
    """Destroy the files of a submission."""
    end_submission(held, actor=actor, at=at)


def _laws(request: HttpRequest) -> list[Authority]:
    wanted = request.GET.getlist("law") or list(FIRST_LAWS)
    return [each for each in authorities().values() if each.pack and each.code in wanted]


def _may(actor: Actor, held: Dossier) -> dict[str, bool]:
    facts = Facts(holder=held.holder, earlier_hands=frozenset())
    open_still = held.closed_at is None
    return {
        "record": open_still and decide(actor, Verb.RECORD, facts).allowed,
        "erase": not open_still and decide(actor, Verb.ERASE_RECORD, facts).allowed,
        "confirm": open_still and decide(actor, Verb.REVIEW_TEXT, facts).allowed,
    }
