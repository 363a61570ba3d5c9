"""Files of campaigns by program: written, fetched, destroyed; calendars."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja.errors import HttpError

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.accounts.api import actor_of
from undaunted.prisoners.campaigns.actions import (
    make_material,
    rewrite_material,
    withdraw_material,
)
from undaunted.prisoners.campaigns.analysis import sheet_of
from undaunted.prisoners.campaigns.api.root import (
    PROPOSE,
    READ,
    file_answer,
    found,
    refusals,
    router,
)
from undaunted.prisoners.campaigns.api.schemas import (
    CampaignIdOut,
    DeskFileOut,
    FileOut,
    Language,
    MaterialIn,
)
from undaunted.prisoners.campaigns.models import Material
from undaunted.prisoners.campaigns.queries import (
    adopter_for,
    campaign_for,
    campaign_sheet,
    case_for,
    material_bytes,
    material_for,
    materials_of,
    published_campaign,
    published_material,
)
from undaunted.prisoners.campaigns.writers import CALENDAR, write_calendar

__all__: list[str] = []


@router.post(
    "/desk/cases/{uuid:case}/files",
    response={201: list[FileOut]},
    auth=PROPOSE,
    summary="Write material",
)
def write_files(request: HttpRequest, case: UUID, told: MaterialIn) -> Any:  # noqa: ANN401 - as above
    """Write a kind of material of a case in all its forms, and keep it."""
    actor = actor_of(request)
    held = found(case_for(actor, case))
    who = found(adopter_for(actor, told.adopter)) if told.adopter else None
    with refusals():
        return make_material(
            held, told.kind, actor=actor, at=timezone.now(), language=told.language, adopter=who
        )


@router.get(
    "/desk/campaigns/{slug:reference}/files",
    response=list[DeskFileOut],
    auth=READ,
    summary="Files of a campaign",
)
def list_files(request: HttpRequest, reference: str) -> list[Material]:
    """Give what was written for a campaign: what waits, is public, is old or was destroyed."""
    actor = actor_of(request)
    return list(materials_of(actor, found(campaign_for(actor, reference))))


@router.get("/desk/files/{uuid:material}", auth=READ, summary="One file")
def give_file(request: HttpRequest, material: UUID) -> HttpResponse:
    """Give the bytes of a file; 409 where its words are old or it was destroyed."""
    actor = actor_of(request)
    held = found(material_for(actor, material))
    with refusals():
        content = material_bytes(actor, held)
    return file_answer(content, held.media_type, held.name)


@router.post(
    "/desk/files/{uuid:material}/rewriting",
    response={201: list[FileOut]},
    auth=PROPOSE,
    summary="Write anew",
)
def rewrite_file(request: HttpRequest, material: UUID) -> Any:  # noqa: ANN401 - as above
    """Write a file anew with today's words, in all forms of its kind."""
    actor = actor_of(request)
    held = found(material_for(actor, material))
    with refusals():
        return rewrite_material(held, actor=actor, at=timezone.now())


@router.post(
    "/desk/files/{uuid:material}/withdrawal",
    response=CampaignIdOut,
    auth=PROPOSE,
    summary="Destroy",
)
def withdraw_file(request: HttpRequest, material: UUID) -> Any:  # noqa: ANN401 - as above
    """Destroy a file; its checksum and the day stay."""
    actor = actor_of(request)
    held = found(material_for(actor, material))
    with refusals():
        return withdraw_material(held, actor=actor, at=timezone.now())


@router.get("/desk/campaigns/{slug:reference}/calendar", auth=READ, summary="Calendar at the desk")
def desk_calendar(request: HttpRequest, reference: str, language: Language = "en") -> HttpResponse:
    """Give the days of a campaign as ICS, also before it is public; it names nobody."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    sheet = campaign_sheet(actor, held)
    content = write_calendar(sheet, language=language, at=held.recorded_at)
    return file_answer(content, CALENDAR, f"{held.reference}.ics")


@router.get("/{slug:reference}/calendar", summary="Calendar")
@face("public")
def show_calendar(
    request: HttpRequest,  # noqa: ARG001 - by the router
    reference: str,
    language: Language = "en",
) -> HttpResponse:
    """Give the days of a public campaign as ICS; it names nobody."""
    held = found(published_campaign(PUBLIC, reference))
    content = write_calendar(sheet_of(held, ()), language=language, at=held.published_at)
    return file_answer(content, CALENDAR, f"{held.reference}.ics")


@router.get("/{slug:reference}/files/{uuid:material}", summary="A public file")
@face("public")
def show_file(request: HttpRequest, reference: str, material: UUID) -> HttpResponse:  # noqa: ARG001
    """Give the bytes of a public file; 410 where it was destroyed."""
    held = found(published_campaign(PUBLIC, reference))
    file = found(published_material(PUBLIC, held.pk, material))
    if file.content is None:
        raise HttpError(HTTPStatus.GONE, "The file was destroyed; delete your copy.")
    return file_answer(bytes(file.content), file.media_type, file.name)
