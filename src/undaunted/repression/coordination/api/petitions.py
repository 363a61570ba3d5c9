"""Petitions of listed persons, by program: entered, acknowledged, added to, answers drawn up.

A token opens no seal: what the papers say is read at the desk or at the terminal, and there a
second person lets an answer out, with their own key. Texts are sealed as they arrive.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema
from pydantic import AfterValidator, Field

from undaunted.core.accounts.api import actor_of
from undaunted.repression.coordination import actions
from undaunted.repression.coordination.api.root import (
    MOST_SHOWN,
    PROPOSE,
    READ,
    found,
    refusals,
    router,
    taken,
)
from undaunted.repression.coordination.api.schemas import (
    SEALED,
    CoordinationIdOut,
    Short,
    Text,
    without_nulls,
)
from undaunted.repression.coordination.queries import parts_of, petition_for, petitions_for
from undaunted.repression.coordination.rules import (
    Asked,
    CoordinationReply,
    OtherLaw,
    Part,
    Petitioner,
    read_key,
)

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.repression.coordination.models import Petition

__all__: list[str] = []

ONE = "/desk/petitions/{uuid:petition}"
_AS_KEPT = (
    "id", "authority", "law", "law_source", "asked", "received_on", "acknowledged_on", "reply",
    "closed_on",
)  # fmt: skip


class PetitionIn(Schema):
    """A petition; who asks for what is sealed as it arrives.

    `authority` is a law of the register; for another one, `law` and `law_source` name it.
    """

    holder: UUID
    authority: Annotated[str, Field(max_length=80), AfterValidator(without_nulls)] = ""
    law: Short = ""
    law_source: Annotated[str, Field(max_length=400), AfterValidator(without_nulls)] = ""
    asked: Asked
    received_on: date
    entry: Short
    name: Short
    represented_by: Short = ""
    asks: Text


class AcknowledgedIn(Schema):
    """The day on which the petitioner was told that the petition came in; today without one."""

    on: date | None = None


class CoordinationPaperIn(Schema):
    """One more paper; an answer is drawn up at `answer`."""

    kind: Part
    text: Text


class CoordinationReplyIn(Schema):
    """What is answered, with the reasons as the letter gives them."""

    reply: CoordinationReply
    text: Text


class PetitionOut(Schema):
    """A petition; who asks for what is sealed and opened at the desk."""

    id: UUID
    authority: str
    law: str
    law_source: str
    asked: Asked
    received_on: date
    acknowledged_on: date | None
    reply: str
    closed_on: date | None


class CoordinationPaperOut(Schema):
    """That a paper is there; what it says is sealed."""

    id: UUID
    kind: Part
    recorded_at: datetime


class PetitionFileOut(PetitionOut):
    """A petition with its papers, oldest first."""

    papers: list[CoordinationPaperOut]
    sealed: str = SEALED


@router.get("/desk/petitions", response=list[PetitionOut], auth=READ, summary="Petitions")
def list_petitions(request: HttpRequest) -> Any:  # noqa: ANN401 - rows
    """Give the petitions to one's own authority."""
    return list(petitions_for(actor_of(request))[:MOST_SHOWN])


@router.post(
    "/desk/petitions", response={201: CoordinationIdOut}, auth=PROPOSE, summary="Enter a petition"
)
def enter(request: HttpRequest, told: PetitionIn) -> Any:  # noqa: ANN401
    """Enter a petition to one's own authority; its clocks run from the day on which it came."""
    actor = actor_of(request)
    other = told.law.strip() or told.law_source.strip()
    with refusals():
        petitioner = Petitioner(told.name, told.represented_by, read_key(told.entry), told.asks)
        return actions.record_petition(
            told.holder, petitioner, authority=told.authority,
            law=OtherLaw(told.law, told.law_source) if other else None, asked=told.asked,
            received_on=told.received_on, actor=actor, at=timezone.now(),
        )  # fmt: skip


@router.get(ONE, response=PetitionFileOut, auth=READ, summary="A petition")
def show(request: HttpRequest, petition: UUID) -> dict[str, Any]:
    """Give a petition to one's own authority, and which papers are there."""
    actor = actor_of(request)
    return _told(actor, found(petition_for(actor, petition)))


@router.post(
    f"{ONE}/acknowledgement", response=CoordinationIdOut, auth=PROPOSE, summary="Acknowledge"
)
def acknowledge(request: HttpRequest, petition: UUID, told: AcknowledgedIn | None = None) -> Any:  # noqa: ANN401
    """Note on which day the petitioner was told that the petition came in; once."""
    day = told.on if told else None
    return taken(request, petition_for, petition, actions.acknowledge_petition, day)


@router.post(
    f"{ONE}/papers", response={201: CoordinationIdOut}, auth=PROPOSE, summary="Add a paper"
)
def add(request: HttpRequest, petition: UUID, told: CoordinationPaperIn) -> Any:  # noqa: ANN401
    """Add what was asked further, looked at anew, or speaks for the person."""
    return taken(request, petition_for, petition, actions.add_part, told.kind, told.text)


@router.post(
    f"{ONE}/answer", response=CoordinationIdOut, auth=PROPOSE, summary="Draw up the answer"
)
def answer(request: HttpRequest, petition: UUID, told: CoordinationReplyIn) -> Any:  # noqa: ANN401
    """Draw up the answer; a second person lets it out at the desk or at the terminal."""
    return taken(request, petition_for, petition, actions.draw_up_answer, told.reply, told.text)


def _told(actor: Actor, held: Petition) -> dict[str, Any]:
    kept = {name: getattr(held, name) for name in _AS_KEPT}
    return {**kept, "papers": list(parts_of(actor, held))}
