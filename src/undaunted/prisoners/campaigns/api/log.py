"""The log by program: raises, replies, a sheet taken in, the log to print."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form
from ninja.files import UploadedFile

from undaunted.core.accounts.api import actor_of
from undaunted.prisoners.campaigns.actions import (
    Raising,
    check_rows,
    import_raises,
    record_raise,
    record_step,
    withdraw_raise,
)
from undaunted.prisoners.campaigns.analysis import printed_sheet
from undaunted.prisoners.campaigns.api.root import (
    IMPORT,
    PROPOSE,
    READ,
    figures_told,
    file_answer,
    found,
    refusals,
    router,
)
from undaunted.prisoners.campaigns.api.schemas import (
    CampaignIdOut,
    CampaignSheetOut,
    CampaignStepIn,
    DeskRaiseOut,
    FiguresOut,
    Language,
    PrintForm,
    RaiseIn,
    RaiseOut,
)
from undaunted.prisoners.campaigns.models import Raise
from undaunted.prisoners.campaigns.queries import (
    adopter_for,
    campaign_for,
    case_named,
    desk_lines,
    raise_for,
    raises_of,
)
from undaunted.prisoners.campaigns.readers import read_columns, read_raises
from undaunted.prisoners.campaigns.rules import RaiseLine, SheetRefused
from undaunted.prisoners.campaigns.writers import known_told, problem_told

__all__: list[str] = []


@router.get(
    "/desk/campaigns/{slug:reference}/raises",
    response=list[RaiseOut],
    auth=READ,
    summary="The whole log",
)
def list_raises(request: HttpRequest, reference: str) -> list[RaiseLine]:
    """Give the log with raises in private; silent cases are not in it."""
    actor = actor_of(request)
    return list(desk_lines(actor, found(campaign_for(actor, reference))))


@router.get(
    "/desk/campaigns/{slug:reference}/figures",
    response=FiguresOut,
    auth=READ,
    summary="The whole log in numbers",
)
def showfigures_told(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Give who raised, with what reply, and whether attempts increased."""
    actor = actor_of(request)
    return figures_told(desk_lines(actor, found(campaign_for(actor, reference))))


@router.post(
    "/desk/campaigns/{slug:reference}/raises",
    response={201: CampaignIdOut},
    auth=PROPOSE,
    summary="Log",
)
def log_raise(request: HttpRequest, reference: str, told: RaiseIn) -> Any:  # noqa: ANN401 - as above
    """Log a raise."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    adopter = found(adopter_for(actor, told.adopter)) if told.adopter else None
    with refusals():
        case = found(case_named(actor, held, told.case)).row if told.case else None
    raising = Raising(
        day=told.day,
        channel=told.channel,
        level=told.level,
        counterpart=told.counterpart,
        counterpart_country=told.counterpart_country,
        by=told.by,
        by_country=told.by_country,
        place=told.place,
    )
    with refusals():
        return record_raise(
            held, raising, actor=actor, at=timezone.now(), case=case, adopter=adopter
        )


@router.post(
    "/desk/raises/{uuid:raised}/steps",
    response={201: CampaignIdOut},
    auth=PROPOSE,
    summary="What came",
)
def log_step(request: HttpRequest, raised: UUID, told: CampaignStepIn) -> Any:  # noqa: ANN401 - as above
    """Log a reply on the ladder, a follow-up, or both."""
    actor = actor_of(request)
    held = found(raise_for(actor, raised))
    with refusals():
        return record_step(
            held, actor=actor, at=timezone.now(), on=told.day, reply=told.reply, text=told.text
        )


@router.post(
    "/desk/raises/{uuid:raised}/withdrawal",
    response=CampaignIdOut,
    auth=PROPOSE,
    summary="Take out",
)
def withdraw_entry(request: HttpRequest, raised: UUID) -> Any:  # noqa: ANN401 - as above
    """Take an entry out of the log that was wrong; it is counted nowhere."""
    actor = actor_of(request)
    held = found(raise_for(actor, raised))
    with refusals():
        return withdraw_raise(held, actor=actor, at=timezone.now())


@router.get(
    "/desk/campaigns/{slug:reference}/entries",
    response=list[DeskRaiseOut],
    auth=READ,
    summary="Entries of the log with ids",
)
def list_entries(request: HttpRequest, reference: str) -> list[Raise]:
    """Give the entries of the log, newest first, with the ids by which they are answered."""
    actor = actor_of(request)
    return list(raises_of(actor, found(campaign_for(actor, reference))))


@router.post(
    "/desk/campaigns/{slug:reference}/sheet",
    response=CampaignSheetOut,
    auth=IMPORT,
    summary="A sheet",
)
def bring_in(
    request: HttpRequest,
    reference: str,
    file: File[UploadedFile],
    mapping: Form[str] = "",
    *,
    preview: Form[bool] = False,
) -> dict[str, Any]:
    """Take a sheet of raises in, its new rows all or none; with `preview` only look at it.

    Rows that the log holds already are told and left out. What stands against a sheet is told by a
    look, and refuses it otherwise.
    """
    actor, at = actor_of(request), timezone.now()
    held = found(campaign_for(actor, reference))
    with refusals(), tempfile.NamedTemporaryFile(prefix="undaunted-raises-") as kept:
        for part in file.chunks():
            kept.write(part)
        kept.flush()
        read = read_raises(Path(kept.name), read_columns(mapping) if mapping.strip() else None)
        check = check_rows(held, read.rows, actor=actor, at=at)
        wrong = sorted([*read.problems, *check.problems], key=lambda each: each.line)
        if wrong and not preview:
            raise SheetRefused(f"{problem_told(wrong[0])} ({len(wrong)} rows cannot be taken in)")
        done = None if preview else import_raises(held, read.rows, actor=actor, at=at)
    return {
        "rows": len(read.rows),
        "columns": read.columns,
        "problems": [problem_told(each) for each in wrong],
        "known": [known_told(each) for each in check.known],
        "taken_in": done.made if done else 0,
    }


@router.get("/desk/campaigns/{slug:reference}/sheet/{form}", auth=READ, summary="The log to print")
def print_sheet(
    request: HttpRequest, reference: str, form: PrintForm, language: Language = "en"
) -> HttpResponse:
    """Give who raised whom, where, with what reply, marked as not public on every page."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    with refusals():
        made = printed_sheet(actor, held, form, at=timezone.now(), language=language)
    return file_answer(made.content, made.media_type, made.name)
