"""What was wrong is taken back, a dossier is closed and erased, by program and by two people."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema
from pydantic import AfterValidator, Field

from undaunted.repression.dossiers import actions
from undaunted.repression.dossiers.api.root import (
    DECIDE,
    ONE,
    PROPOSE,
    DossierIdOut,
    router,
    stepped,
)
from undaunted.repression.dossiers.forms import ask_withdrawal, confirm_withdrawal, kept_signs

__all__: list[str] = []

PART = f"{ONE}/parts/{{uuid:part}}/withdrawal"
Why = Annotated[str, Field(max_length=6000), AfterValidator(kept_signs)]


class DossierWithdrawalIn(Schema):
    """Why; needed where two people confirmed what is taken back."""

    why: Why = ""


class ClosingIn(Schema):
    """Why a dossier is closed."""

    why: Why


class WithdrawalOut(DossierIdOut):
    """A part that is withdrawn, or waits for a second person."""

    state: Literal["withdrawn", "waits"]


class ErasedOut(DossierIdOut):
    """A dossier that is gone, and how many submissions went with it."""

    submissions: int


@router.post(PART, response=WithdrawalOut, auth=PROPOSE, summary="Withdraw a part")
def withdraw(
    request: HttpRequest, dossier: UUID, part: UUID, told: DossierWithdrawalIn
) -> dict[str, UUID | str]:
    """Withdraw a part that was wrong; a confirmed statement waits for a second person."""
    gone = stepped(request, dossier, ask_withdrawal, part, told.why)
    return {"id": part, "state": "withdrawn" if gone else "waits"}


@router.post(
    f"{PART}/confirmation", response=WithdrawalOut, auth=DECIDE, summary="Confirm a withdrawal"
)
def withdraw_second(request: HttpRequest, dossier: UUID, part: UUID) -> dict[str, UUID | str]:
    """Take back, as a second person, what two people confirmed that speaks for somebody."""
    stepped(request, dossier, confirm_withdrawal, part)
    return {"id": part, "state": "withdrawn"}


@router.post(f"{ONE}/closing", response=DossierIdOut, auth=PROPOSE, summary="Ask for the closing")
def closing(request: HttpRequest, dossier: UUID, told: ClosingIn) -> dict[str, UUID]:
    """Ask, with a reason, that a dossier is closed."""
    stepped(request, dossier, actions.ask_closing, told.why)
    return {"id": dossier}


@router.post(f"{ONE}/closing/confirmation", response=DossierIdOut, auth=DECIDE, summary="Close it")
def close(request: HttpRequest, dossier: UUID) -> dict[str, UUID]:
    """Close a dossier as a second person; nothing is added any more."""
    stepped(request, dossier, actions.close_dossier)
    return {"id": dossier}


@router.delete(ONE, response=ErasedOut, auth=DECIDE, summary="Erase a closed dossier")
def erase(request: HttpRequest, dossier: UUID) -> dict[str, UUID | int]:
    """Erase a closed dossier whole, as a steward of its team; it is gone for good."""
    return {"id": dossier, "submissions": stepped(request, dossier, actions.erase_dossier)}
