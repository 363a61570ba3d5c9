"""Cases by program: begun, notified, moved, shown as known at a moment, written of."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from undaunted.coercion.screening.actions import (
    CasePlan,
    PartyPlan,
    begin_case,
    correct_party,
    move_case,
    name_screening_team,
    record_party,
    record_step,
    save_draft,
    submit_filing,
    withdraw_party,
    write_case_letter,
)
from undaunted.coercion.screening.analysis.case_calendar import case_events
from undaunted.coercion.screening.analysis.letters import LetterAsked
from undaunted.coercion.screening.analysis.programs import whole_told
from undaunted.coercion.screening.api.root import (
    ONE,
    PROPOSE,
    READ,
    case_here,
    moment_of,
    refusals,
    router,
    taken,
    taken_on,
)
from undaunted.coercion.screening.api.schemas import (
    LetterIn,
    PartyIn,
    ReceivedIn,
    ScreeningCaseIn,
    ScreeningCaseOut,
    ScreeningDraftIn,
    ScreeningIdOut,
    ScreeningMoveIn,
    ScreeningSheetOut,
    ScreeningStepIn,
    ScreeningTeamIn,
    WhyIn,
)
from undaunted.coercion.screening.models import Party
from undaunted.coercion.screening.queries import (
    case_as_known,
    case_told,
    cases_for,
)
from undaunted.coercion.screening.rules import Said, Version
from undaunted.coercion.screening.rules.stakes import PartyKind
from undaunted.coercion.screening.writers import MEDIA
from undaunted.core.accounts.api import actor_of
from undaunted.core.clocks.writers import write_calendar

__all__: list[str] = []

MOST_SHOWN = 500


@router.get("/desk/cases", response=list[ScreeningCaseOut], auth=READ, summary="Cases")
def list_cases(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the cases of one's own authority, the last moved first."""
    actor = actor_of(request)
    return [case_told(actor, case) for case in cases_for(actor)[:MOST_SHOWN]]


@router.post("/desk/cases", response={201: ScreeningIdOut}, auth=PROPOSE, summary="Begin a case")
def begin(request: HttpRequest, told: ScreeningCaseIn) -> Any:  # noqa: ANN401
    """Begin a case as a draft."""
    plan = CasePlan(told.reference, told.title, told.jurisdiction, told.origin)
    with refusals():
        return begin_case(told.holder, plan, actor=actor_of(request), at=timezone.now())


@router.get(ONE, response=ScreeningSheetOut, auth=READ, summary="A case as known at a moment")
def show(request: HttpRequest, reference: str, as_known: datetime | None = None) -> dict[str, Any]:
    """Give all that a case held, now or as it was known at a moment, for judicial review."""
    actor, case = case_here(request, reference)
    return whole_told(actor, case_as_known(actor, case, moment_of(as_known)))


@router.put(f"{ONE}/draft", response=ScreeningIdOut, auth=PROPOSE, summary="Save the notification")
def draft(request: HttpRequest, reference: str, told: ScreeningDraftIn) -> Any:  # noqa: ANN401
    """Save the notification as far as it is written."""
    said = {code: Said(each.text, each.secret, each.summary) for code, each in told.fields.items()}
    return taken(request, reference, save_draft, said)


@router.post(f"{ONE}/filing", response={201: ScreeningIdOut}, auth=PROPOSE, summary="Submit it")
def submit(request: HttpRequest, reference: str, told: ReceivedIn) -> Any:  # noqa: ANN401
    """Submit the notification that is drafted."""
    return taken(request, reference, submit_filing, received_on=told.received_on)


@router.put(f"{ONE}/team", response=ScreeningIdOut, auth=PROPOSE, summary="Name the team")
def team(request: HttpRequest, reference: str, told: ScreeningTeamIn) -> Any:  # noqa: ANN401
    """Name the team that opens what is sealed."""
    return taken(request, reference, name_screening_team, told.team)


@router.post(f"{ONE}/stage", response=ScreeningIdOut, auth=PROPOSE, summary="Next stage")
def move(request: HttpRequest, reference: str, told: ScreeningMoveIn) -> Any:  # noqa: ANN401
    """Take a case to its next stage."""
    return taken(request, reference, move_case, told.to, reason=told.reason)


@router.post(
    f"{ONE}/steps", response={200: list[ScreeningIdOut]}, auth=PROPOSE, summary="Record a step"
)
def step(request: HttpRequest, reference: str, told: ScreeningStepIn) -> Any:  # noqa: ANN401
    """Record what happened outside; its clocks are given."""
    return taken(request, reference, record_step, told.step, on=told.on)


@router.post(
    f"{ONE}/parties", response={201: ScreeningIdOut}, auth=PROPOSE, summary="Record a party"
)
def party(request: HttpRequest, reference: str, told: PartyIn) -> Any:  # noqa: ANN401
    """Record somebody with a part in the investment."""
    return taken(request, reference, record_party, _party(told))


@router.put(
    "/desk/parties/{uuid:party}", response=ScreeningIdOut, auth=PROPOSE, summary="Correct a party"
)
def correct(request: HttpRequest, party: UUID, told: PartyIn, why: str = "") -> Any:  # noqa: ANN401
    """Replace what was recorded of a party."""
    return taken_on(request, Party, party, correct_party, _party(told), why=why)


@router.delete(
    "/desk/parties/{uuid:party}", response=ScreeningIdOut, auth=PROPOSE, summary="Withdraw one"
)
def withdraw(request: HttpRequest, party: UUID, told: WhyIn) -> Any:  # noqa: ANN401
    """Withdraw a party, with a reason."""
    return taken_on(request, Party, party, withdraw_party, why=told.why)


@router.post(f"{ONE}/letters/{{slug:media}}", auth=READ, summary="Write a letter")
def letter(request: HttpRequest, reference: str, media: str, told: LetterIn) -> HttpResponse:
    """Write a letter without secrets, as `pdf` or `docx`."""
    asked = LetterAsked(**told.dict())
    written = taken(request, reference, write_case_letter, asked, version=Version.OPEN, media=media)
    return HttpResponse(written, content_type=MEDIA[media])


@router.get(f"{ONE}/calendar.ics", auth=READ, summary="Calendar of a case")
def calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the periods of a case as a calendar, without a name in it."""
    actor, case = case_here(request, reference)
    now = timezone.now()
    written = write_calendar("Screening", case_events(actor, case, now), at=now, uid=case.pk)
    return HttpResponse(written, content_type="text/calendar")


def _party(told: PartyIn) -> PartyPlan:
    return PartyPlan(
        told.role, told.name, told.source, told.identifier, PartyKind[told.kind.upper()],
        told.country,
    )  # fmt: skip
