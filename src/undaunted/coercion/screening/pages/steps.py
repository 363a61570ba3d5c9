"""A step of a case: its form on a page of its own, and what stands against it beside its field."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undaunted.coercion.screening.actions import open_row, save_draft, write_case_letter
from undaunted.coercion.screening.analysis.partners import laws_found, partner_periods
from undaunted.coercion.screening.forms.cases import FilingForm
from undaunted.coercion.screening.forms.letters import LetterForm
from undaunted.coercion.screening.models import (
    Assessment,
    Decision,
    EvidenceFile,
    Notice,
    Party,
    Stake,
)
from undaunted.coercion.screening.pages.acts import ACTS, Given
from undaunted.coercion.screening.pages.answers import against, found, held_case, stopped, tell
from undaunted.coercion.screening.pages.case_view import factors_titled
from undaunted.coercion.screening.pages.cases import notice_shown
from undaunted.coercion.screening.queries import case_as_known, draft_of, row_for
from undaunted.coercion.screening.rules import ScreeningRefused, regimes
from undaunted.coercion.screening.rules.stakes import PartyKind
from undaunted.coercion.screening.writers import MEDIA
from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.editions.rules import EditionRefused
from undaunted.core.vault.queries import open_key_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpRequest

    from undaunted.coercion.screening.models import Case, Filing
    from undaunted.coercion.screening.pages.acts import Act
    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = ["letter", "notification", "step"]

UNITS = 10_000_000
"""Units of a share in one per cent."""


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, reference: str, act: str, row: UUID | None = None) -> HttpResponse:
    """Show the form of a step, and take it."""
    actor, at = actor_of(request), timezone.now()
    held, taken = held_case(request, reference), found(ACTS.get(act))
    sheet = case_as_known(actor, held, at)
    about = _row(taken, row, actor, held)
    if taken.second and not _second(actor, about):
        shown = {"case": held, "act": taken, "row": about, "title": taken.title}
        status = HTTPStatus.FORBIDDEN
        return TemplateResponse(request, "screening/desk/second.html", shown, status=status)
    sent = request.method == "POST"
    if not sent:
        try:
            taken.allows(sheet)
        except ScreeningRefused as refusal:
            return stopped(request, against(refusal), reverse("screening:case", args=[held.pk]))
    form = taken.form(
        request.POST if sent else None, request.FILES if sent else None, sheet=sheet, actor=actor,
        row=about, initial=_initial(about, held) if taken.correcting or act == "list" else None,
    )  # fmt: skip
    done = sent and form.is_valid() and _done(taken, Given(sheet, about, form, actor, at), form)
    if done:
        return done
    shown = {"case": held, "act": taken, "form": form, "row": about, "title": taken.title}
    if isinstance(about, Decision):
        laws = {each.key: each.title for each in regimes()}
        shown |= {"decision": about, "sheet": sheet, "factors": factors_titled(sheet),
                  "laws": laws}  # fmt: skip
    if isinstance(about, Notice):
        shown |= notice_shown(actor, about)
    if act in {"propose", "take"}:
        shown["partner_periods"] = partner_periods(actor, held, at)
    if act in {"notice", "send"}:
        shown["laws_found"] = laws_found(sheet)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK
    template = "scope" if act == "scope" else "step"
    return TemplateResponse(request, f"screening/desk/{template}.html", shown, status=status)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def notification(request: HttpRequest, reference: str) -> HttpResponse:
    """Show and save the draft of a notification; what is sealed of it is shown to an open key."""
    actor, at = actor_of(request), timezone.now()
    held = held_case(request, reference)
    sheet = case_as_known(actor, held, at)
    draft = draft_of(actor, held)
    sent = request.method == "POST"
    written = dict(draft.fields) if draft else dict(sheet.filing.fields) if sheet.filing else {}
    sealed = draft.sealed_names if draft else sheet.filing.sealed_names if sheet.filing else []
    initial = {(f"{code}-summary" if code in sealed else code): said
               for code, said in written.items()}  # fmt: skip
    initial |= {f"{code}-secret": True for code in sealed}
    key = open_key_of(actor, request, at=at) if sealed else None
    texts = _opened(draft or sheet.filing, held, key, actor, at) if not sent else {}
    initial |= texts
    whole = bool(texts) or "whole" in request.POST
    form = FilingForm(request.POST if sent else None, sheet=sheet, actor=actor, initial=initial)
    if sent and form.is_valid():
        try:
            save_draft(held, form.said(whole=whole), actor=actor, at=at, key=key)
        except ScreeningRefused as refusal:
            tell(form, refusal)
        else:
            return redirect("screening:case", held.pk)
    shown = {"case": held, "form": form, "sealed": sealed and not whole, "whole": whole,
             "title": _("The notification")}  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK
    return TemplateResponse(request, "screening/desk/notification.html", shown, status=status)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a letter, as a file; the whole one for somebody of the team whose key is open."""
    actor, at = actor_of(request), timezone.now()
    held = held_case(request, reference)
    sent = request.method == "POST"
    sheet = case_as_known(actor, held, at)
    form = LetterForm(request.POST if sent else None, sheet=sheet, actor=actor)
    if sent and form.is_valid():
        media = form.cleaned_data["file_kind"]
        try:
            written = write_case_letter(
                held, form.asked(), version=form.version(), media=media, actor=actor, at=at,
                key=open_key_of(actor, request, at=at),
            )  # fmt: skip
        except (ScreeningRefused, EditionRefused) as refusal:
            tell(form, refusal)
        else:
            answer = HttpResponse(written, content_type=MEDIA[media])
            name = f"{held.reference}-{form.cleaned_data['kind']}.{media}"
            answer["Content-Disposition"] = f'attachment; filename="{name}"'
            return answer
    shown = {"case": held, "form": form, "title": _("Write a letter")}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK
    return TemplateResponse(request, "screening/desk/step.html", shown, status=status)


def _opened(
    row: Filing | None, case: Case, key: OpenKey | None, actor: Actor, at: datetime
) -> dict[str, str]:
    """Give what is sealed of a notification; nothing to whom it does not open."""
    if row is None or key is None:
        return {}
    with suppress(ScreeningRefused):
        return open_row(row, case, key=key, actor=actor, at=at)
    return {}


def _row(act: Act, key: UUID | None, actor: Actor, case: Case) -> Any:  # noqa: ANN401 - any row
    """Give the row that a step is about; a row of another case is not there."""
    if act.row is None or (key is None and act.correcting):
        return found(None if key else True) and None
    about = found(row_for(actor, act.row, found(key)))
    return found(about if about.case_id == case.pk else None)


def _second(actor: Actor, row: Any) -> bool:  # noqa: ANN401 - any row
    hands = frozenset({row.recorded_by})
    return decide(actor, Verb.PUBLISH, Facts(holder=row.holder, earlier_hands=hands)).allowed


def _done(act: Act, given: Given, form: Form) -> HttpResponse | None:
    """Take a step and lead on: to the case, or to a file that waits to be taken in."""
    try:
        made = act.does(given)
    except ScreeningRefused as refusal:
        tell(form, refusal)
        return None
    if isinstance(made, EvidenceFile):
        return redirect("screening:waiting", made.case_id, made.pk)
    return redirect("screening:case", given.sheet.case.pk)


def _initial(row: Any, case: Case) -> dict[str, Any]:  # noqa: ANN401 - any row
    """Give what stands in a row, for its correction."""
    if isinstance(row, Party):
        return _of(row, "role", "name", "identifier", "kind", "country", "source")
    if isinstance(row, Stake):
        told = _of(row, "owner", "owned", "right", "valid_from", "valid_to", "source", "filed")
        lowest, highest = (f"{each / UNITS:g}" for each in (row.lo, row.hi))
        share = f"{lowest} %" if lowest == highest else f"{lowest}-{highest} %"
        kind = PartyKind(row.owner_kind).name.lower()
        return told | {"share": share, "owner_kind": kind}
    if isinstance(row, Assessment):
        chosen = [f"{each['kind']} {each['id']}" for each in row.evidence]
        told = _of(row, "finding", "reasons")
        return told | {"factor": f"{row.regime} {row.factor}", "evidence": chosen}
    return {"country": case.jurisdiction}


def _of(row: Any, *names: str) -> dict[str, Any]:  # noqa: ANN401 - any row
    return {each: getattr(row, each) for each in names}
