"""Memos at the desk: asked for, looked at, built in both variants, saved, built again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.accounts.queries import account_name
from undaunted.core.editions.rules import EditionRefused
from undaunted.prisoners.memo.actions import (
    build_memo,
    check_memo,
    end_memo,
    open_memo_file,
    preview_memo,
    rebuild_memo,
)
from undaunted.prisoners.memo.forms import MemoForm
from undaunted.prisoners.memo.pages.frame import found, preview_of, shown
from undaunted.prisoners.memo.queries import files_of, memo_for, memos_for
from undaunted.prisoners.memo.rules import MemoEnded, MemoRefused, Variant
from undaunted.site.answers import stopped

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from undaunted.prisoners.memo.models import Memo

__all__ = ["again", "board", "end", "file", "new", "one"]

SHOWN = 100


@face("desk")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """List the memos that were built, by whom and when."""
    actor = actor_of(request)
    rows = [(memo, account_name(actor, memo.built_by)) for memo in memos_for(actor)[:SHOWN]]
    return shown(request, "board", memos=rows, may_build=actor.can(Verb.SHARE))


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask what is needed; show the memo first, and build it in the variants that are wanted."""
    actor = actor_of(request)
    form = MemoForm(request.POST if request.method == "POST" else None, actor=actor)
    previews = []
    if request.method == "POST" and form.is_valid():
        try:
            wanted, holder, now = form.wanted(), form.chosen_holder, timezone.now()
            if "build" in request.POST:
                made = [build_memo(each, holder, actor=actor, at=now) for each in wanted]
                return (
                    redirect("memo:memo", made[0].pk) if len(made) == 1 else redirect("memo:board")
                )
            drawn = [preview_memo(each, holder, actor=actor, at=now) for each in wanted]
            previews = [preview_of(each.memo, each.left_out) for each in drawn]
        except MemoRefused as refusal:
            named = refusal.field if refusal.field in form.fields else None
            form.add_error(named, refusal.problem if named else str(refusal))
        except EditionRefused as refusal:
            form.add_error(None, str(refusal))
    return shown(request, "new", form=form, previews=previews)


@face("desk")
@require_safe
def one(request: HttpRequest, memo: UUID) -> HttpResponse:
    """Show one memo with its files; consent is asked again before they are offered."""
    actor = actor_of(request)
    held = found(memo_for(actor, memo))
    check_memo(held, actor=actor, at=timezone.now())
    held.refresh_from_db()
    may = decide(actor, Verb.SHARE, Facts(holder=held.holder)).allowed
    files = [
        (each, reverse("memo:file", args=[held.pk, each.name]) if held.state == "kept" else "")
        for each in files_of(actor, held)
    ]
    return shown(
        request,
        "one",
        memo=held,
        files=files,
        builder=account_name(actor, held.built_by),
        why=_why(held),
        restricted=held.variant == Variant.RESTRICTED,
        may_build=may,
    )


@face("desk")
@require_safe
def file(request: HttpRequest, memo: UUID, name: str) -> HttpResponse:
    """Give one file to be saved, after everybody in it was asked about once more."""
    actor = actor_of(request)
    held = found(memo_for(actor, memo))
    try:
        given = found(open_memo_file(held, name, actor=actor, at=timezone.now()))
    except MemoEnded as refusal:
        return _stopped(request, refusal, memo)
    answer = HttpResponse(bytes(found(given.content)), content_type=given.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{given.name}"'
    return answer


@face("desk")
@require_POST
def again(request: HttpRequest, memo: UUID) -> HttpResponse:
    """Build a memo again from what is known and agreed to now."""
    actor = actor_of(request)
    held = found(memo_for(actor, memo))
    try:
        made = rebuild_memo(held, actor=actor, at=timezone.now())
    except (MemoRefused, EditionRefused) as refusal:
        return _stopped(request, refusal, memo)
    return redirect("memo:memo", made.pk)


@face("desk")
@require_POST
def end(request: HttpRequest, memo: UUID) -> HttpResponse:
    """Destroy the files of a memo."""
    actor = actor_of(request)
    held = found(memo_for(actor, memo))
    try:
        end_memo(held, actor=actor, at=timezone.now())
    except MemoRefused as refusal:
        return _stopped(request, refusal, memo)
    return redirect("memo:memo", memo)


def _why(memo: Memo) -> str:
    if memo.state == "kept":
        return ""
    return {
        "rebuilt": _("It was built anew."),
        "desk": _("The desk ended it."),
    }.get(memo.why, _("Somebody in it may not be shown any more. Build it anew without them."))


def _stopped(request: HttpRequest, problem: Exception, memo: UUID) -> HttpResponse:
    back = reverse("memo:memo", args=[memo])
    return stopped(request, problem, back)
