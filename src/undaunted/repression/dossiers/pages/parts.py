"""The pages that record one part of a dossier each: one form, one step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from undaunted.core.access.rules import actor_of, face
from undaunted.core.standards.rules import Value
from undaunted.repression.dossiers.actions import (
    add_act,
    add_annex,
    record_accused,
    record_detail,
    record_finding,
    record_link,
    record_post,
    record_reply,
    record_statement,
    write_submission,
)
from undaunted.repression.dossiers.analysis import gather, lists_not_held, lists_unsearched
from undaunted.repression.dossiers.forms import (
    AccusedForm,
    ActForm,
    AnnexForm,
    DetailForm,
    FindingForm,
    LinkForm,
    PartForm,
    PostForm,
    ReplyForm,
    StatementForm,
    SubmissionForm,
)
from undaunted.repression.dossiers.pages.answers import DESK, address_of, found
from undaunted.repression.dossiers.queries import accused_in, dossier_for, part_of
from undaunted.repression.dossiers.rules import DetailKind, DossierReply, PartyKind, Weighed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse, QueryDict
    from django.utils.functional import _StrPromise

    from undaunted.repression.dossiers.models import Dossier

__all__ = ["part_page"]


@dataclass(frozen=True, slots=True)
class _Page:
    title: _StrPromise
    form: type[PartForm]
    step: Callable[..., Any]


def _act(dossier: Dossier, form: Any, **who: Any) -> Any:  # noqa: ANN401 - one step a part
    return add_act(dossier, UUID(form.cleaned_data["act"]), **who)


def _accused(dossier: Dossier, form: Any, **who: Any) -> Any:  # noqa: ANN401 - as above
    told = form.cleaned_data
    kind = PartyKind(told["kind"])
    return record_accused(dossier, told["name"], kind, evidence=form.evidence(), **who)


def _detail(dossier: Dossier, form: Any, **who: Any) -> Any:  # noqa: ANN401 - as above
    told = form.cleaned_data
    whom = _whom(dossier, form, who)
    kind = DetailKind(told["kind"])
    return record_detail(whom, kind, told["text"], evidence=form.evidence(), **who)


def _post(dossier: Dossier, form: Any, **who: Any) -> Any:  # noqa: ANN401 - as above
    told = form.cleaned_data
    said = {name: told[name] for name in ("above", "start", "end")}
    whom = _whom(dossier, form, who)
    return record_post(whom, told["office"], **said, evidence=form.evidence(), **who)


def _link(dossier: Dossier, form: Any, **who: Any) -> Any:  # noqa: ANN401 - as above
    told = form.cleaned_data
    act = found(part_of(who["actor"], dossier, "act", UUID(told["act"])))
    whom = _whom(dossier, form, who)
    return record_link(whom, act, told["mode"], told["reasons"], evidence=form.evidence(), **who)


def _finding(dossier: Dossier, form: Any, **who: Any) -> Any:  # noqa: ANN401 - as above
    told = form.cleaned_data
    chosen: dict[str, Any] = {
        name: found(part_of(who["actor"], dossier, name, UUID(told[name]))) if told[name] else None
        for name in ("act", "accused")
    }
    return record_finding(
        dossier, told["fact"], Value(told["value"]), told["reasons"], evidence=form.evidence(),
        **chosen, **who,
    )  # fmt: skip


def _statement(dossier: Dossier, form: Any, **who: Any) -> Any:  # noqa: ANN401 - as above
    told = form.cleaned_data
    whom = _whom(dossier, form, who)
    return record_statement(
        whom, Weighed(told["kind"]), told["body"], evidence=form.evidence(), **who
    )


def _reply(dossier: Dossier, form: Any, **who: Any) -> Any:  # noqa: ANN401 - as above
    told = form.cleaned_data
    return record_reply(
        _whom(dossier, form, who), DossierReply(told["reply"]), told["reasons"], **who
    )


def _annex(dossier: Dossier, form: Any, **who: Any) -> Any:  # noqa: ANN401 - as above
    told = form.cleaned_data
    shows = [UUID(each) for each in told["shows"]]
    return add_annex(dossier, UUID(told["document"]), told["title"], shows=shows, **who)


def _submission(dossier: Dossier, form: Any, **who: Any) -> Any:  # noqa: ANN401 - as above
    return write_submission(dossier, form.plan(), **who)


_PAGES: Final[Mapping[str, _Page]] = {
    "act": _Page(_("Let the dossier rest on an act"), ActForm, _act),
    "person": _Page(_("Record somebody alleged to be responsible"), AccusedForm, _accused),
    "detail": _Page(_("Record what tells who somebody is"), DetailForm, _detail),
    "post": _Page(_("Record a post and its period"), PostForm, _post),
    "link": _Page(_("Link somebody to an act"), LinkForm, _link),
    "finding": _Page(_("Record what was found on a fact"), FindingForm, _finding),
    "statement": _Page(_("Record what speaks for somebody"), StatementForm, _statement),
    "reply": _Page(_("Say whether their own account was sought"), ReplyForm, _reply),
    "annex": _Page(_("Let a document go along"), AnnexForm, _annex),
    "submission": _Page(_("Write a submission"), SubmissionForm, _submission),
}


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def part_page(request: HttpRequest, dossier: UUID, part: str) -> HttpResponse:
    """Record one part of a dossier; `?accused=` and `?act=` choose what it is about."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    page = _PAGES.get(part)
    if page is None:
        raise Http404
    looking = request.method == "POST" and "look" in request.POST
    typed = _typed(page.form, request.POST) if looking else {}
    form = page.form(
        None if looking else request.POST or None,
        actor=actor,
        sheet=gather(actor, held),
        initial=request.GET.dict() | typed,
    )
    made: Any = None
    if not looking:
        made = DESK.written(
            request, form, lambda: page.step(held, form, actor=actor, at=timezone.now())
        )
    if made:
        if part == "submission":
            return redirect("dossiers:submission", made.pk)
        return redirect(address_of(held))
    shown = {"form": form, "title": page.title, "dossier": held, "part": part}
    if part == "submission":
        shown["unheld"] = lists_not_held(actor)
        rows = accused_in(actor, held)
        shown["stale"] = any(lists_unsearched(actor, each.searched) for each in rows)
    return TemplateResponse(request, "dossiers/form.html", shown)


def _typed(form: type[PartForm], told: QueryDict) -> dict[str, Any]:
    """Give what stands in a form while somebody looks for something to choose in it."""
    several = {
        name
        for name, field in form.base_fields.items()
        if isinstance(field, forms.MultipleChoiceField)
    }
    return {
        name: told.getlist(name) if name in several else told[name]
        for name in form.base_fields
        if name in told
    }


def _whom(dossier: Dossier, form: Any, who: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as above
    return found(part_of(who["actor"], dossier, "accused", UUID(form.cleaned_data["accused"])))
