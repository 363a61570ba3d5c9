"""The desk of proceedings: what there is, one with all that stands in it, steps taken by two."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.coercion.instruments.actions import (
    confirm_step,
    correct_proceeding,
    open_proceeding,
    propose_step,
    publish_proceeding,
    refuse_step,
    withdraw_proceeding,
)
from undaunted.coercion.instruments.analysis import deadlines_written, sheet_of
from undaunted.coercion.instruments.forms import (
    CorrectionForm,
    ProceedingForm,
    StepForm,
    WaitingForm,
)
from undaunted.coercion.instruments.pages.answers import found, stopped, taken, written
from undaunted.coercion.instruments.pages.clocks import clock_lines
from undaunted.coercion.instruments.queries import (
    authorities_of,
    proceeding_for,
    proceedings_for,
    stage_of,
    step_waiting,
    steps_of,
    teams_of,
    the_step,
)
from undaunted.coercion.instruments.rules import (
    ANOTHER_WAITS,
    MOVES,
    ON_TRACKER,
    UNEXAMINED,
    InstrumentRefused,
    Part,
    Stage,
    against,
)
from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.vault.queries import open_key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest

    from undaunted.coercion.instruments.models import Proceeding, Step
    from undaunted.core.access.rules import Actor

__all__ = [
    "address_of",
    "board",
    "calendar",
    "confirm",
    "correct",
    "new_proceeding",
    "proceeding_page",
    "publish",
    "refuse",
    "shut",
    "step_page",
    "withdraw",
    "worked",
]


def address_of(held: Proceeding) -> str:
    """Give the address of a proceeding."""
    return reverse("instruments-desk:proceeding", args=[held.pk])


@face("desk")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """List the proceedings of one's own authority."""
    actor = actor_of(request)
    rows = [
        (each, stage_of(actor, each), step_waiting(actor, each))
        for each in proceedings_for(actor)[:200]
    ]
    shown = {"rows": rows, "may_record": actor.can(Verb.RECORD)}
    return TemplateResponse(request, "instruments/desk/board.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_proceeding(request: HttpRequest) -> HttpResponse:
    """Open a proceeding."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    teams = [
        (str(each.pk), each.name)
        for holder in sorted(authorities_of(actor))
        for each in teams_of(actor, holder)
    ]
    form = ProceedingForm(request.POST or None, actor=actor, teams=teams)

    def step() -> Proceeding:
        told = form.cleaned_data
        team = UUID(told["team"]) if told["team"] else None
        holder = UUID(told["holder"])
        return open_proceeding(holder, form.plan(), actor=actor, at=timezone.now(), team=team)

    if made := written(request, form, step):
        return redirect(address_of(made))
    shown = {"form": form, "title": _("Open a proceeding")}
    return TemplateResponse(request, "instruments/desk/form.html", shown)


@face("desk")
@require_safe
def proceeding_page(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Show a proceeding; `?on=`: its stages on a day; `?as_known=`: as known at a moment."""
    actor, now = actor_of(request), timezone.now()
    held = found(proceeding_for(actor, proceeding))
    on = request.GET.get("on", "")
    sheet = sheet_of(
        actor, held, now, on=_day(on), known_at=_moment(request.GET.get("as_known", ""))
    )
    teams = teams_of(actor, held.holder).filter(pk=held.team)
    shown = {
        "sheet": sheet,
        "proceeding": held,
        "team": next((each.name for each in teams), ""),
        "clocks": clock_lines(each for _, each in sheet.clocks),
        "on": on,
        "may": {} if sheet.known_at else _may(actor, held, sheet.waiting),
        "unexamined": "" if _examined(actor, held) else UNEXAMINED.partition(": ")[2],
    }
    return TemplateResponse(request, "instruments/desk/proceeding.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Write title and measure anew, before they are public."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    if request.method != "POST" and _on_tracker(held):
        return stopped(request, ON_TRACKER, address_of(held))
    said = {"title": held.title, "measure": held.measure}
    form = CorrectionForm(request.POST or None, initial=said)

    def step() -> Proceeding:
        at = timezone.now()
        key = open_key_of(actor, request, at=at)
        return correct_proceeding(held, **form.cleaned_data, actor=actor, at=at, key=key)

    if written(request, form, step):
        return redirect(address_of(held))
    shown = {"form": form, "title": _("Correct"), "proceeding": held}
    return TemplateResponse(request, "instruments/desk/form.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def step_page(request: HttpRequest, proceeding: UUID, to: str) -> HttpResponse:
    """Propose a step into a stage, with what this very step needs."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    stage = stage_of(actor, held)
    if to not in set(Stage) or (stage, Stage(to)) not in MOVES:
        raise Http404
    if request.method != "POST" and step_waiting(actor, held) is not None:
        return stopped(request, ANOTHER_WAITS, address_of(held))
    form = StepForm(request.POST or None, stage=stage, to=Stage(to))

    def step() -> Step:
        return propose_step(held, form.plan(), actor=actor, at=timezone.now())

    if written(request, form, step):
        return redirect(address_of(held))
    shown = {
        "form": form,
        "title": _("Propose a step"),
        "proceeding": held,
        "to": to,
        "article": MOVES[stage, Stage(to)].article,
    }
    return TemplateResponse(request, "instruments/desk/form.html", shown)


@taken(proceeding_for, address_of, WaitingForm.of)
def confirm(held: Proceeding, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Take the step that waits and was read, as a second person."""
    confirm_step(found(the_step(actor, held, told["step"])), actor=actor, at=at)


@taken(proceeding_for, address_of, WaitingForm.of)
def refuse(held: Proceeding, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Refuse the step that waits and was read, or take one's own proposal back."""
    refuse_step(found(the_step(actor, held, told["step"])), actor=actor, at=at)


@face("desk")
@require_POST
def publish(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Put a proceeding on the public tracker, as a second person whose key opens its papers."""
    actor, at = actor_of(request), timezone.now()
    held = found(proceeding_for(actor, proceeding))
    try:
        publish_proceeding(held, actor=actor, at=at, key=open_key_of(actor, request, at=at))
    except InstrumentRefused as refusal:
        return stopped(request, refusal, address_of(held))
    return redirect(address_of(held))


@taken(proceeding_for, address_of)
def withdraw(held: Proceeding, *, actor: Actor, at: datetime) -> None:
    """Take a proceeding from the public tracker."""
    withdraw_proceeding(held, actor=actor, at=at)


@face("desk")
@require_safe
def calendar(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Give the deadlines of a proceeding as a calendar file, without a name in it."""
    actor, now = actor_of(request), timezone.now()
    held = found(proceeding_for(actor, proceeding))
    content = deadlines_written(actor, held, name="Undaunted", at=now)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="deadlines.ics"'
    return answer


def _may(actor: Actor, held: Proceeding, waiting: Step | None) -> dict[str, bool]:
    """Say what this person may do with a proceeding where it stands now."""
    facts = Facts(holder=held.holder, earlier_hands=frozenset())
    hands = frozenset({waiting.recorded_by}) if waiting else frozenset[UUID]()
    second = decide(actor, Verb.PUBLISH, Facts(holder=held.holder, earlier_hands=hands)).allowed
    first = Facts(holder=held.holder, earlier_hands=frozenset({held.recorded_by}))
    record, stage = decide(actor, Verb.RECORD, facts).allowed, stage_of(actor, held)
    return {
        "record": record,
        "correct": record and not _on_tracker(held),
        **{part.value: record and not against(part, stage) for part in Part},
        "assess": decide(actor, Verb.ASSESS, facts).allowed and not against(Part.RESTS, stage),
        "confirm": second,
        "refuse": second or (waiting is not None and waiting.recorded_by == actor.id),
        "publish": decide(actor, Verb.PUBLISH, first).allowed,
        "withdraw": decide(actor, Verb.TAKE_DOWN, facts).allowed,
    }


def _on_tracker(held: Proceeding) -> bool:
    return held.approved_at is not None and held.withdrawn_at is None


def _examined(actor: Actor, held: Proceeding) -> bool:
    return any(each.stage == Stage.EXAMINATION for each in steps_of(actor, held))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404 from None


def _moment(said: str) -> datetime | None:
    """Read a moment; anything else is now."""
    try:
        told = datetime.fromisoformat(said)
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def shut(request: HttpRequest, held: Proceeding, part: Part, back: str) -> HttpResponse | None:
    """Say why nothing of a part is recorded any more, before anybody fills a form in; or None."""
    problem = against(part, stage_of(actor_of(request), held))
    return stopped(request, problem, back) if problem and request.method != "POST" else None


def worked(
    request: HttpRequest,
    held: Proceeding,
    form: Form,
    step: Callable[[], object],
    *,
    part: Part,
    **told: object,
) -> HttpResponse:
    """Take a step of a form and go back to the proceeding, or show the form with its problems.

    Where nothing of its part is recorded at this stage, the reason stands in place of the form.
    """
    if (answer := shut(request, held, part, address_of(held))) is not None:
        return answer
    if written(request, form, step):
        return redirect(address_of(held))
    shown = {"form": form, "proceeding": held, **told}
    return TemplateResponse(request, "instruments/desk/form.html", shown)
