"""Cases of investment screening at the desk: the list, a new one, and all that one holds."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undaunted.coercion.screening.actions import begin_case, comment_on_notice, open_case
from undaunted.coercion.screening.analysis.asking import QuestionRefused
from undaunted.coercion.screening.analysis.case_calendar import case_events
from undaunted.coercion.screening.analysis.case_exposure import case_exposure
from undaunted.coercion.screening.analysis.letter_evidence import evidence_told
from undaunted.coercion.screening.analysis.letter_periods import notice_deadlines
from undaunted.coercion.screening.analysis.partners import laws_found, periods_open
from undaunted.coercion.screening.analysis.phases import calendars_from, clocks_known
from undaunted.coercion.screening.analysis.sheets import measure_of, picture_for, regimes_of
from undaunted.coercion.screening.analysis.spoken import spoken_of
from undaunted.coercion.screening.analysis.standing import look_due, measure_standing
from undaunted.coercion.screening.analysis.tables import faults_in, stakes_around
from undaunted.coercion.screening.analysis.words import measure_told
from undaunted.coercion.screening.forms.cases import BeginForm
from undaunted.coercion.screening.forms.dealings import SpeakForm
from undaunted.coercion.screening.pages.answers import found, held_case, stopped, tell
from undaunted.coercion.screening.pages.pictures import picture_of
from undaunted.coercion.screening.queries import (
    case_as_known,
    cases_for,
    draft_of,
    evidence_files_waiting,
    notice_for,
    notices_received,
    sealed_in,
    stakes_known,
)
from undaunted.coercion.screening.rules import (
    ScreeningRefused,
    factors_for,
    fields,
    measures,
    next_stages,
)
from undaunted.coercion.screening.rules import regimes as every_regime
from undaunted.coercion.screening.rules.known import FIRST_YEAR, LAST_YEAR, moment_in_utc
from undaunted.coercion.screening.rules.workflow import DECIDABLE, Stage
from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.accounts.queries import governments_known
from undaunted.core.clocks.writers import write_calendar
from undaunted.core.vault.queries import open_key_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from undaunted.coercion.screening.models import Analysis, Case, Notice
    from undaunted.coercion.screening.pages.pictures import Picture
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.coercion.screening.rules import Factor
    from undaunted.core.access.rules import Actor
    from undaunted.engines.ownership import Stakes

__all__ = ["board", "calendar", "case", "factors_titled", "new", "notice", "notice_shown", "opened"]

LISTED = 200


@face("desk")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """List the cases of one's own authority, and what partners told it."""
    actor = actor_of(request)
    cases, notices = cases_for(actor), notices_received(actor)
    shown = {
        "cases": cases[:LISTED],
        "notices": notices[:LISTED],
        "totals": {"cases": cases.count(), "notices": notices.count()},
        "may_record": actor.can(Verb.RECORD),
    }
    return TemplateResponse(request, "screening/desk/board.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a case."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    form = BeginForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        holder = UUID(form.cleaned_data["holder"])
        try:
            made = begin_case(holder, form.plan(), actor=actor, at=timezone.now())
        except ScreeningRefused as refusal:
            tell(form, refusal)
        else:
            return redirect("screening:case", made.pk)
    shown = {"form": form, "title": _("Begin a case")}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "screening/desk/step.html", shown, status=status)


@face("desk")
@require_safe
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a case as it stands, or with `?as_known=` as it was known at a moment."""
    shown = _shown(request, held_case(request, reference), {})
    return TemplateResponse(request, "screening/desk/case.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def opened(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a case with what is sealed in it, to somebody of its team whose key is open.

    Nothing is opened by following a link: that leads to the case.
    """
    actor, at = actor_of(request), timezone.now()
    held = held_case(request, reference)
    if request.method != "POST":
        return redirect("screening:case", held.pk)
    key = open_key_of(actor, request, at=at)
    if key is None:
        return redirect("vault:vault")
    try:
        texts = open_case(held, key=key, actor=actor, at=at)
    except ScreeningRefused as refusal:
        return stopped(request, str(refusal), reverse("screening:case", args=[held.pk]))
    return TemplateResponse(request, "screening/desk/case.html", _shown(request, held, texts))


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what a partner told, and speak on it; of one's own, what was told."""
    actor = actor_of(request)
    held = found(notice_for(actor, key))
    form = SpeakForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            comment_on_notice(
                held, told["text"], author=told["author"], kind=form.said(), actor=actor,
                at=timezone.now(),
            )  # fmt: skip
        except ScreeningRefused as refusal:
            tell(form, refusal)
        else:
            return redirect("screening:notice", held.pk)
    mine = held in notices_received(actor)
    shown = notice_shown(actor, held) | {"form": form if mine else None}
    return TemplateResponse(request, "screening/desk/notice.html", shown)


def notice_shown(actor: Actor, notice: Notice) -> dict[str, Any]:
    """Give what a page shows of a notice: to whom it goes, all that it tells, and until when."""
    return {
        "notice": notice,
        "partner": _partners(actor).get(notice.recipient, ""),
        "fields": _titles(),
        "deadlines": notice_deadlines(actor, notice),
    }


@face("desk")
@require_safe
def calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the periods of a case as a calendar, without a name in it."""
    actor, now = actor_of(request), timezone.now()
    held = held_case(request, reference)
    events = case_events(actor, held, now)
    written = write_calendar(_("Deadlines"), events, at=now, uid=held.pk)
    answer = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{held.reference}.ics"'
    return answer


def factors_titled(sheet: CaseSheet) -> dict[str, Factor]:
    """Give the factors of the regimes that bear on a case, by regime and code."""
    return {f"{r.key} {f.code}": f for r in regimes_of(sheet) for f in factors_for(r)}


def _shown(request: HttpRequest, held: Case, texts: dict[UUID, dict[str, str]]) -> dict[str, Any]:
    actor, now = actor_of(request), timezone.now()
    moment = _moment(request.GET.get("as_known", ""), now)
    sheet = case_as_known(actor, held, moment)
    past = moment < now
    regimes = regimes_of(sheet)
    tables = stakes_around(actor, held, as_of=moment.date(), known_at=moment)
    picture, problem = _picture(request, sheet, tables[1])
    received = sheet.filing.received_on if sheet.filing else None
    days = (received or moment.date(), *_days(request))
    clocks = clocks_known(actor, held, moment)
    files, faults = evidence_files_waiting(actor, held), faults_in(tables)
    return {
        "case": held,
        "sheet": sheet,
        "past": past,
        "texts": texts,
        "sealed": bool(sealed_in(actor, held)),
        "draft": None if past else draft_of(actor, held),
        "titles": _titles(),
        "partners": _partners(actor) if sheet.notices else {},
        "regimes": regimes,
        "laws": {each.key: each.title for each in every_regime()},
        "factors": factors_titled(sheet),
        "rests": {each.pk: evidence_told(actor, sheet, (each,), secret=False).values()
                  for each in sheet.assessments},
        "stakes": stakes_known(actor, held, moment)[:LISTED],
        "files": [] if past else files[:LISTED],
        "picture": picture,
        "faults": faults[:LISTED],
        "totals": {"files": files.count(), "faults": len(faults)},
        "measures_asked": measures(),
        "exposure": case_exposure(actor, sheet),
        "analyses": [_told(each) for each in sheet.analyses],
        "picture_problem": problem,
        "clocks": clocks,
        "spoken": () if past else spoken_of(sheet, clocks),
        "calendars": calendars_from(actor, held.jurisdiction, *days, now=now),
        "measures": [(each, measure_standing(sheet, each, moment.date()), sheet.checks_of(each),
                      look_due(sheet, each)) for each in sheet.mitigations],
        "requests": [(each, sheet.answers_to(each), sheet.stands_for(each))
                     for each in sheet.requests],
        "following": next_stages(Stage(sheet.stage)) if sheet.stage else (),
        "decidable": sheet.stage in DECIDABLE,
        "partner_periods": periods_open(clocks, moment) if sheet.stage in DECIDABLE else (),
        "laws_found": laws_found(sheet),
        "may": {} if past else _may(actor, held),
    }  # fmt: skip


def _may(actor: Actor, held: Case) -> dict[str, bool]:
    """Say which steps are offered; the action decides again."""
    facts = Facts(holder=held.holder, earlier_hands=frozenset())
    offered = {"record": Verb.RECORD, "assess": Verb.ASSESS, "second": Verb.PUBLISH}
    return {step: decide(actor, verb, facts).allowed for step, verb in offered.items()}


def _told(analysis: Analysis) -> tuple[Analysis, list[Any], list[Any], int]:
    """Part those who control the target, may or hold half of it from all others asked about.

    Last, how many there were to ask about.
    """
    every = analysis.result["after"]
    bearing = [e for e in every if e["answer"] != "no" or e["joint"] or e["kind"] == "state"]
    asked = len(every) + len(analysis.result.get("not_asked", ()))
    return analysis, bearing, [each for each in every if each not in bearing], asked


def _picture(request: HttpRequest, sheet: CaseSheet, after: Stakes) -> tuple[Picture | None, str]:
    """Draw everybody above the target after the investment; or say why nobody is drawn."""
    chosen, everything = request.GET.getlist("open")[:LISTED], "everybody" in request.GET
    before = [
        (name, value)
        for name in ("as_known", "owner", "measure")
        for value in request.GET.getlist(name)
    ]

    def address(company: str) -> str:
        pairs = [*before, *(("open", each) for each in (*chosen, company))]
        return f"?{urlencode(pairs)}#ownership"

    try:
        measure, regime = measure_of(sheet, request.GET.get("measure", ""))
        owners = tuple(request.GET.getlist("owner"))
        answer = picture_for(sheet, after, owners, measure)
    except (QuestionRefused, ScreeningRefused) as refusal:
        return None, str(refusal)
    picture = picture_of(answer, address, frozenset(chosen), everything=everything)
    return replace(picture, measured=measure_told(measure, regime.title if regime else "")), ""


def _moment(said: str, now: datetime) -> datetime:
    """Read a moment; anything else, and what lies ahead, is now."""
    try:
        told = datetime.fromisoformat(said)
    except ValueError:
        return now
    aware = moment_in_utc(told)
    return now if aware is None else min(aware, now)


def _days(request: HttpRequest) -> list[date]:
    """Give the days that were asked about beside that of receipt; what is none is left out."""
    told = []
    for said in request.GET.getlist("from")[:3]:
        with suppress(ValueError):
            day = date.fromisoformat(said)
            told += [day] if FIRST_YEAR <= day.year <= LAST_YEAR else []
    return told


def _partners(actor: Actor) -> dict[UUID, str]:
    return dict(governments_known(actor).values_list("pk", "name"))


def _titles() -> dict[str, str]:
    return {each.code: each.title for each in fields()}
