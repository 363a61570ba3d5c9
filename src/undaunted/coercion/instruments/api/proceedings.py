"""Proceedings by program: opened, filed, assessed, stepped, published; and the tracker."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from undaunted.coercion.instruments.actions import (
    PaperPlan,
    ProceedingPlan,
    assess_elements,
    attach_calculation,
    confirm_step,
    correct_proceeding,
    file_paper,
    file_request,
    name_team,
    open_proceeding,
    propose_step,
    publish_proceeding,
    record_draft,
    record_engagement,
    record_vote,
    refuse_step,
    take_back_engagement,
    withdraw_paper,
    withdraw_proceeding,
)
from undaunted.coercion.instruments.analysis import (
    MEDIA,
    StepFacts,
    StepPlan,
    calculation_of,
    deadlines_written,
    open_file,
    proceeding_short,
    proceeding_told,
    sheet_of,
    tracker_told,
    vote_file,
    weighed_file,
)
from undaunted.coercion.instruments.api.injuries import injury_step
from undaunted.coercion.instruments.api.root import (
    DECIDE,
    MOST_SHOWN,
    PROPOSE,
    READ,
    found,
    moment_of,
    refusals,
    router,
    taken,
)
from undaunted.coercion.instruments.api.schemas import (
    CalculationIn,
    ElementsIn,
    EngagementIn,
    InjuryIn,
    InstrumentCorrectionIn,
    InstrumentDraftIn,
    InstrumentIdOut,
    InstrumentPaperIn,
    InstrumentRequestIn,
    InstrumentStepIn,
    InstrumentTeamIn,
    InstrumentVoteIn,
    ProceedingIn,
    ProceedingOut,
    ProceedingShort,
    TrackerOut,
)
from undaunted.coercion.instruments.queries import (
    engagement_for,
    injury_of,
    paper_for,
    proceeding_for,
    proceedings_for,
    published_proceeding,
    published_proceedings,
    step_waiting,
    the_step,
)
from undaunted.coercion.instruments.readers import request_of
from undaunted.coercion.instruments.rules import (
    Element,
    How,
    SummaryLine,
    comparables,
)
from undaunted.coercion.instruments.writers import comparison_told
from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.accounts.api import actor_of

__all__: list[str] = []

ALL = "/desk/proceedings"
ONE = "/desk/proceedings/{uuid:proceeding}"


@router.get("/proceedings", response=list[TrackerOut], summary="The public tracker")
@face("public")
def tracker(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 - given by ninja
    """Give the proceedings that two people let out, with stages and clocks."""
    now = timezone.now()
    return [tracker_told(PUBLIC, row, now) for row in published_proceedings(PUBLIC)[:MOST_SHOWN]]


@router.get("/proceedings/{uuid:proceeding}", response=TrackerOut, summary="One on the tracker")
@face("public")
def tracked(request: HttpRequest, proceeding: UUID) -> dict[str, Any]:  # noqa: ARG001 - as above
    """Give one proceeding on the public tracker."""
    return tracker_told(PUBLIC, found(published_proceeding(PUBLIC, proceeding)), timezone.now())


@router.get("/comparison", response=list[dict[str, Any]], summary="Instruments compared")
@face("public")
def comparison(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 - as above
    """Give which instrument has which feature of the model law, with sources and gaps."""
    return comparison_told(comparables())


@router.get(ALL, response=list[ProceedingShort], auth=READ, summary="Proceedings")
def list_proceedings(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the proceedings of one's own authority."""
    actor = actor_of(request)
    return [proceeding_short(actor, row) for row in proceedings_for(actor)[:MOST_SHOWN]]


@router.get(ONE, response=ProceedingOut, auth=READ, summary="A proceeding")
def show(
    request: HttpRequest, proceeding: UUID, as_known: datetime | None = None
) -> dict[str, Any]:
    """Give a proceeding with all that its people may read of it, sealed texts apart.

    With `as_known`, as it was known at that moment (UTC where no zone is said).
    """
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    return proceeding_told(sheet_of(actor, held, timezone.now(), known_at=moment_of(as_known)))


@router.get(f"{ONE}/calendar", auth=READ, summary="Its calendar")
def calendar(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Give the deadlines of a proceeding as an iCalendar file, without a name in it."""
    actor, now = actor_of(request), timezone.now()
    held = found(proceeding_for(actor, proceeding))
    content = deadlines_written(actor, held, name="Undaunted", at=now)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@router.post(ALL, response={201: InstrumentIdOut}, auth=PROPOSE, summary="Open a proceeding")
def begin(request: HttpRequest, told: ProceedingIn) -> Any:  # noqa: ANN401
    """Open a proceeding of one's own authority."""
    plan = ProceedingPlan(
        told.reference, told.title, told.third_country, told.states, told.measure, told.opening
    )
    with refusals():
        return open_proceeding(
            told.holder, plan, actor=actor_of(request), at=timezone.now(), team=told.team
        )


@router.put(f"{ONE}/title", response=InstrumentIdOut, auth=PROPOSE, summary="Correct it")
def correct(request: HttpRequest, proceeding: UUID, told: InstrumentCorrectionIn) -> Any:  # noqa: ANN401
    """Write title and measure of a proceeding anew, before they are public."""
    step = (correct_proceeding, told.title, told.measure)
    return taken(request, proceeding_for, proceeding, *step)


@router.put(f"{ONE}/team", response=InstrumentIdOut, auth=PROPOSE, summary="Name the team")
def team(request: HttpRequest, proceeding: UUID, told: InstrumentTeamIn) -> Any:  # noqa: ANN401
    """Name the team that handles a proceeding."""
    return taken(request, proceeding_for, proceeding, name_team, told.team)


@router.post(f"{ONE}/papers", response={201: InstrumentIdOut}, auth=PROPOSE, summary="File a paper")
def file(request: HttpRequest, proceeding: UUID, told: InstrumentPaperIn) -> Any:  # noqa: ANN401
    """File a paper; its confidential version is sealed to the team and not answered again."""
    lines = [
        SummaryLine(f"line-{number}", "evidence", title, text, How.AS_WRITTEN)
        for number, (title, text) in enumerate(told.open_version, 1)
    ]
    plan = PaperPlan(told.kind, told.title, told.received_on, lines, told.confidential)
    return taken(request, proceeding_for, proceeding, file_paper, plan)


@router.post(
    f"{ONE}/requests", response={201: InstrumentIdOut}, auth=PROPOSE, summary="File a request"
)
def request_filed(request: HttpRequest, proceeding: UUID, told: InstrumentRequestIn) -> Any:  # noqa: ANN401
    """File a request; the whole of it is sealed, and its summary is written by the rules."""
    with refusals():
        facts = request_of(told.facts, where="facts")
    step = (file_request, facts, told.received_on)
    return taken(request, proceeding_for, proceeding, *step)


@router.get("/desk/papers/{uuid:paper}/summary/{slug:media}", auth=READ, summary="For everybody")
def summary(request: HttpRequest, paper: UUID, media: str) -> HttpResponse:
    """Give the version of a paper that everybody may read, for Word (`docx`) or as PDF (`pdf`)."""
    held = found(paper_for(actor_of(request), paper))
    known = media in MEDIA and held.withdrawn_at is None
    content = found(open_file(held, media) if known else None)
    return HttpResponse(content, content_type=MEDIA[media])


@router.delete(
    "/desk/papers/{uuid:paper}", response=InstrumentIdOut, auth=PROPOSE, summary="Take it back"
)
def unfile(request: HttpRequest, paper: UUID) -> Any:  # noqa: ANN401
    """Take a paper out of a proceeding; it stays on record."""
    return taken(request, paper_for, paper, withdraw_paper)


@router.put(
    f"{ONE}/elements", response=InstrumentIdOut, auth=PROPOSE, summary="Assess the elements"
)
def elements(request: HttpRequest, proceeding: UUID, told: ElementsIn) -> Any:  # noqa: ANN401
    """Record how far each element of coercion is shown."""
    plan = [Element(each.key, each.state, each.reasons, each.sources) for each in told.elements]
    return taken(request, proceeding_for, proceeding, assess_elements, plan)


@router.put(f"{ONE}/injury", response=InstrumentIdOut, auth=PROPOSE, summary="Record the injury")
def injury(request: HttpRequest, proceeding: UUID, told: InjuryIn) -> Any:  # noqa: ANN401
    """Read the injury out of a result that is kept, or record amounts that are marked as typed."""
    with refusals():
        step = injury_step(told)
    return taken(request, proceeding_for, proceeding, *step)


@router.post(
    f"{ONE}/injury/file", response={201: InstrumentIdOut}, auth=PROPOSE, summary="Attach it"
)
def calculation(request: HttpRequest, proceeding: UUID, told: CalculationIn) -> Any:  # noqa: ANN401
    """Keep a result or the sheet of a calculation as evidence; the injury is read from it."""
    step = (attach_calculation, told.name, told.content.encode())
    return taken(request, proceeding_for, proceeding, *step)


@router.get(f"{ONE}/injury/file", auth=READ, summary="The file of the injury")
def calculation_file(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Give the file from which the injury that counts was read, as it was attached."""
    actor = actor_of(request)
    measured = found(injury_of(actor, found(proceeding_for(actor, proceeding))))
    content = found(calculation_of(actor, measured))
    return HttpResponse(content, content_type="application/octet-stream")


@router.post(
    f"{ONE}/engagements", response={201: InstrumentIdOut}, auth=PROPOSE, summary="Log engagement"
)
def engage(request: HttpRequest, proceeding: UUID, told: EngagementIn) -> Any:  # noqa: ANN401
    """Record what was said with the third country."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    with refusals():
        return record_engagement(
            held, told.day, told.channel, told.body, told.said,
            actor=actor, at=timezone.now(), answer=told.answer,
        )  # fmt: skip


@router.delete(
    "/desk/engagements/{uuid:engagement}",
    response=InstrumentIdOut,
    auth=PROPOSE,
    summary="Take it back",
)
def disengage(request: HttpRequest, engagement: UUID) -> Any:  # noqa: ANN401
    """Take back an entry of the log that was recorded wrongly."""
    return taken(request, engagement_for, engagement, take_back_engagement)


@router.put(
    f"{ONE}/draft", response=InstrumentIdOut, auth=PROPOSE, summary="Draft response measures"
)
def draft(request: HttpRequest, proceeding: UUID, told: InstrumentDraftIn) -> Any:  # noqa: ANN401
    """Record a draft of response measures with what was answered to the tests of law."""
    with refusals():
        design = told.design()
    return taken(request, proceeding_for, proceeding, record_draft, design)


@router.get(f"{ONE}/measures/{{slug:media}}", auth=READ, summary="Measures and injury as a paper")
def weighed_paper(
    request: HttpRequest,
    proceeding: UUID,
    media: str,
    *,
    open_version: bool = False,
) -> HttpResponse:
    """Give the draft held against the injury (`docx`, `pdf`); open, in ranges and no free text."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    whole = not open_version
    known, now = media in MEDIA, timezone.now()
    content = found(weighed_file(actor, held, media, at=now, whole=whole) if known else None)
    return HttpResponse(content, content_type=MEDIA[media])


@router.put(
    f"{ONE}/vote", response=InstrumentIdOut, auth=PROPOSE, summary="Record the Council's vote"
)
def vote(request: HttpRequest, proceeding: UUID, told: InstrumentVoteIn) -> Any:  # noqa: ANN401
    """Record what each member state did; the count decides which step can be taken."""
    return taken(request, proceeding_for, proceeding, record_vote, told.on, told.votes)


@router.get(f"{ONE}/vote/{{slug:media}}", auth=READ, summary="The vote as a paper")
def vote_paper(request: HttpRequest, proceeding: UUID, media: str) -> HttpResponse:
    """Give the vote with its count, for Word (`docx`) or as PDF (`pdf`)."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    content = found(vote_file(actor, held, media) if media in MEDIA else None)
    return HttpResponse(content, content_type=MEDIA[media])


@router.post(
    f"{ONE}/steps", response={201: InstrumentIdOut}, auth=PROPOSE, summary="Propose a step"
)
def step(request: HttpRequest, proceeding: UUID, told: InstrumentStepIn) -> Any:  # noqa: ANN401
    """Propose that a proceeding enter a stage; a second person confirms it."""
    given = {each.name: getattr(told, each.name) for each in fields(StepFacts)}
    plan = StepPlan(told.to, told.on, told.reasons, StepFacts(**given))
    return taken(request, proceeding_for, proceeding, propose_step, plan)


@router.post(
    f"{ONE}/steps/confirmation", response=InstrumentIdOut, auth=DECIDE, summary="Confirm the step"
)
def confirm(request: HttpRequest, proceeding: UUID, step: UUID | None = None) -> Any:  # noqa: ANN401
    """Take the step that waits, as a second person; with `step`, that one or none."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    with refusals():
        waiting = found(the_step(actor, held, step))
        return confirm_step(waiting, actor=actor, at=timezone.now())


@router.delete(
    f"{ONE}/steps/waiting", response=InstrumentIdOut, auth=PROPOSE, summary="Refuse the step"
)
def refuse(request: HttpRequest, proceeding: UUID) -> Any:  # noqa: ANN401
    """Refuse the step that waits, or take one's own proposal back."""
    actor = actor_of(request)
    waiting = found(step_waiting(actor, found(proceeding_for(actor, proceeding))))
    with refusals():
        return refuse_step(waiting, actor=actor, at=timezone.now())


@router.put(
    f"{ONE}/publication", response=InstrumentIdOut, auth=DECIDE, summary="Put it on the tracker"
)
def publish(request: HttpRequest, proceeding: UUID) -> Any:  # noqa: ANN401
    """Put a proceeding without papers on the public tracker, as a second person.

    Where it has papers, its title is held against them with a key, which programs do not have: a
    member of the team publishes it at the desk, or at the terminal with `publish --open`.
    """
    return taken(request, proceeding_for, proceeding, publish_proceeding)


@router.delete(f"{ONE}/publication", response=InstrumentIdOut, auth=DECIDE, summary="Take it off")
def withdraw(request: HttpRequest, proceeding: UUID) -> Any:  # noqa: ANN401
    """Take a proceeding from the public tracker."""
    return taken(request, proceeding_for, proceeding, withdraw_proceeding)
