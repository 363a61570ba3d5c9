"""The register of critical assets by program: files in, alerts, unfiled deals and exposure out."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import AfterValidator, AwareDatetime, Field

from undaunted.coercion.screening.actions import (
    AT_ONCE,
    decide_unfiled,
    import_assets,
    import_holdings,
    leave_file,
    record_asset,
    record_holding,
    review_alert,
    screen_again,
    withdraw_asset,
    withdraw_holding,
)
from undaunted.coercion.screening.analysis.register import (
    register_exposure,
    register_exposure_with,
)
from undaunted.coercion.screening.analysis.register_told import (
    alert_told,
    entry_told,
    exposure_told,
    file_told,
    holding_told,
    import_told,
    unfiled_told,
)
from undaunted.coercion.screening.queries import (
    alert_for,
    alerts_for,
    asset_entries_for,
    asset_for,
    asset_history,
    cleared_touched,
    holding_for,
    holdings_for,
    register_file_for,
    unfiled_for,
    unfiled_here,
)
from undaunted.coercion.screening.readers import FileRefused, asset_of, stake_of
from undaunted.coercion.screening.rules import (
    AssetsRefused,
    Confidence,
    ReviewOutcome,
    RowProblem,
    ScreeningRefused,
    UnfiledStatus,
)
from undaunted.coercion.screening.tasks import take_register_file
from undaunted.core.accounts.api import TokenScope, actor_of, conflicts
from undaunted.core.accounts.rules import Scope
from undaunted.site.answers import found
from undaunted.site.problems import Unusable

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from undaunted.core.access.rules import Actor

__all__ = ["READ", "RECORD", "Long", "Words", "found", "refusals", "router"]

router = Router(tags=["critical assets"])
READ, IMPORT, RECORD = (TokenScope(each) for each in (Scope.READ, Scope.IMPORT, Scope.RECORD))
MOST_SHOWN = 1_000
Told = dict[str, Any]
Thing = TypeVar("Thing")


def _without_nulls(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a null character cannot be kept")
    return text


Words = Annotated[str, Field(max_length=400), AfterValidator(_without_nulls)]
Long = Annotated[str, Field(max_length=4000), AfterValidator(_without_nulls)]
Mapped = Annotated[str, Field(max_length=20_000), AfterValidator(_without_nulls)]


class AssetIn(Schema):
    """An asset, in the words that a row of a file would have."""

    holder: UUID
    reference: Words
    name: Words
    country: Words
    sector: Words
    taxonomy: Words = ""
    capacity: Words = ""
    unit: Words = ""
    valid_from: Words = ""
    valid_to: Words = ""
    source: Words
    confidence: Words = "C"


class HoldingIn(Schema):
    """A stake, in the words that a row of a file would have; `instead_of` is what it corrects."""

    holder: UUID
    owner: Words
    owned: Words
    share: Words = ""
    right: Words = "equity"
    owner_name: Words = ""
    owner_kind: Words = "unknown"
    owned_name: Words = ""
    owned_kind: Words = "unknown"
    valid_from: Words = ""
    valid_to: Words = ""
    source: Words
    confidence: Words = "C"
    instead_of: UUID | None = None


class FileIn(Schema):
    """A file for a register, and its mapping."""

    holder: UUID
    mapping: Mapped = ""


class StakesFileIn(FileIn):
    """A file of stakes; `whole` ends what its sources tell no longer."""

    format_name: Words = ""
    confidence: Confidence = Confidence.C
    whole: bool = False


class ReasonIn(Schema):
    """Why something stands no longer."""

    reason: Words


class ReviewIn(Schema):
    """What is decided about an alert."""

    outcome: ReviewOutcome
    reason: Long


class UnfiledIn(Schema):
    """What is decided about a deal that nobody filed."""

    status: UnfiledStatus
    reason: Long
    case: Words = ""
    jurisdiction: Words = ""


class ScreenIn(Schema):
    """Which register is screened again."""

    holder: UUID


@router.get("/assets", response=list[Told], auth=READ, summary="Critical assets")
def list_assets(request: HttpRequest, known_at: AwareDatetime | None = None) -> list[Told]:
    """Give what the registers of the token's organisations say, or said at a moment."""
    rows = asset_entries_for(actor_of(request), known_at=known_at)
    return [entry_told(each) for each in rows[:MOST_SHOWN]]


@router.get("/assets/{uuid:asset}", response=Told, auth=READ, summary="One asset")
def show_asset(request: HttpRequest, asset: UUID) -> Told:
    """Give everything that was ever said of an asset, and who holds stakes in it."""
    actor = actor_of(request)
    held = found(asset_for(actor, asset))
    stakes = holdings_for(actor, held.holder).filter(owned=held.reference)
    said = [entry_told(each) for each in asset_history(actor, held)]
    return {"said": said, "holdings": [holding_told(each) for each in stakes]}


@router.post("/assets", response={201: Told}, auth=RECORD, summary="Record an asset")
def make_asset(request: HttpRequest, told: AssetIn) -> Told:
    """Record what an asset is; an earlier statement stands as what was known before."""
    actor, words = actor_of(request), told.dict(exclude={"holder"})
    row = _read(asset_of(0, words, ""))
    with refusals():
        made = record_asset(told.holder, row, actor=actor, at=timezone.now())
    return entry_told(made)


@router.post("/assets/{uuid:asset}/withdraw", response={204: None}, auth=RECORD, summary="Withdraw")
def end_asset(request: HttpRequest, asset: UUID, told: ReasonIn) -> None:
    """Let an asset be watched no longer."""
    actor = actor_of(request)
    held = found(asset_for(actor, asset))
    with refusals():
        withdraw_asset(held, told.reason, actor=actor, at=timezone.now())


@router.get("/holdings", response=list[Told], auth=READ, summary="Who holds what")
def list_holdings(request: HttpRequest, owned: str = "", owner: str = "") -> list[Told]:
    """Give stakes, in one company or of one owner."""
    rows = holdings_for(actor_of(request))
    for name, value in (("owned", owned), ("owner", owner)):
        rows = rows.filter(**{name: value.replace("\x00", "")}) if value else rows
    return [holding_told(each) for each in rows[:MOST_SHOWN]]


@router.post("/holdings", response={201: Told}, auth=RECORD, summary="Record a stake")
def make_holding(request: HttpRequest, told: HoldingIn) -> Told:
    """Record a stake with its source; states whose control changes raise alerts."""
    actor, words = actor_of(request), told.dict(exclude={"holder", "instead_of"})
    row = _read(stake_of(0, words))
    earlier = None
    if told.instead_of is not None:
        earlier = found(holding_for(actor, told.instead_of))
    with refusals():
        made = record_holding(told.holder, row, actor=actor, at=timezone.now(), instead_of=earlier)
    return holding_told(made)


@router.post("/holdings/{uuid:holding}/withdraw", response={204: None}, auth=RECORD,
             summary="Withdraw a stake")  # fmt: skip
def end_holding(request: HttpRequest, holding: UUID, told: ReasonIn) -> None:
    """Let a stake count no longer."""
    actor = actor_of(request)
    held = found(holding_for(actor, holding))
    with refusals():
        withdraw_holding(held, told.reason, actor=actor, at=timezone.now())


@router.post(
    "/imports/assets", response={201: Told, 202: Told}, auth=IMPORT, summary="Take in assets"
)
def bring_assets(request: HttpRequest, told: Form[FileIn], file: File[UploadedFile]) -> Any:  # noqa: ANN401
    """Take in CSV or JSON of assets with their owners; bad rows are named, the others taken."""
    actor, at = actor_of(request), timezone.now()
    if file.size and file.size > AT_ONCE:
        return _left(actor, told.holder, "assets", file, {"mapping": told.mapping})
    with refusals():
        made = import_assets(
            told.holder, file.name or "", file.read(), actor=actor, at=at, mapping=told.mapping
        )
    return Status(HTTPStatus.CREATED, import_told(made))


@router.post(
    "/imports/holdings", response={201: Told, 202: Told}, auth=IMPORT, summary="Take in stakes"
)
def bring_holdings(request: HttpRequest, told: Form[StakesFileIn], file: File[UploadedFile]) -> Any:  # noqa: ANN401
    """Take in stakes in any format that is read; bad rows are named, none is dropped."""
    actor, more = actor_of(request), told.dict(exclude={"holder"})
    if file.size and file.size > AT_ONCE:
        return _left(actor, told.holder, "holdings", file, more)
    with refusals():
        made = import_holdings(
            told.holder, file.name or "", file.read(), actor=actor, at=timezone.now(), **more
        )
    return Status(HTTPStatus.CREATED, import_told(made))


@router.get("/files/{uuid:left}", response=Told, auth=READ, summary="A file that was left")
def show_file(request: HttpRequest, left: UUID) -> Told:
    """Give whether a large file still waits, what became of it, or why nothing was taken in."""
    return file_told(found(register_file_for(actor_of(request), left)))


@router.post("/screen", response={201: Told}, auth=RECORD, summary="Screen a register again")
def screen(request: HttpRequest, told: ScreenIn) -> Told:
    """Look at a register anew; give how many alerts that raised."""
    with refusals():
        made = screen_again(told.holder, actor=actor_of(request), at=timezone.now())
    return {"id": str(made.pk), "day": made.day.isoformat(), "alerts": made.alerts.count()}


@router.get("/alerts", response=list[Told], auth=READ, summary="Alerts")
def list_alerts(request: HttpRequest, *, waiting: bool = False) -> list[Told]:
    """Give alerts with their proofs, newest first."""
    rows = alerts_for(actor_of(request), waiting=waiting)
    return [alert_told(each) for each in rows[:MOST_SHOWN]]


@router.get("/alerts/{uuid:alert}", response=Told, auth=READ, summary="One alert")
def show_alert(request: HttpRequest, alert: UUID) -> Told:
    """Give an alert, with the cases cleared before that it touches."""
    actor = actor_of(request)
    held = found(alert_for(actor, alert))
    cleared = [each.reference for each in cleared_touched(actor, held)]
    return alert_told(held) | {"cleared": cleared}


@router.post("/alerts/{uuid:alert}/review", response={201: Told}, auth=RECORD, summary="Review")
def review(request: HttpRequest, alert: UUID, told: ReviewIn) -> Told:
    """Decide about an alert, with the reason."""
    actor = actor_of(request)
    held = found(alert_for(actor, alert))
    with refusals():
        review_alert(held, told.outcome, told.reason, actor=actor, at=timezone.now())
    return alert_told(found(alert_for(actor, alert)))


@router.get("/unfiled", response=list[Told], auth=READ, summary="Deals that nobody filed")
def list_deals(request: HttpRequest) -> list[Told]:
    """Give deals that were seen and not filed, the soonest to lapse first."""
    return [unfiled_told(each) for each in unfiled_for(actor_of(request))[:MOST_SHOWN]]


@router.post("/unfiled/{uuid:deal}/decide", response={201: Told}, auth=RECORD, summary="Decide")
def decide_deal(request: HttpRequest, deal: UUID, told: UnfiledIn) -> Told:
    """Open a case, close the deal or go on considering it, with the reason."""
    actor = actor_of(request)
    held = found(unfiled_here(actor, deal))
    with refusals():
        decide_unfiled(
            held, told.status, told.reason, actor=actor, at=timezone.now(), case=told.case,
            jurisdiction=told.jurisdiction,
        )  # fmt: skip
    return unfiled_told(found(unfiled_here(actor, deal)))


@router.get("/exposure", response=list[Told], auth=READ, summary="Exposure by sector and state")
def exposure_between(
    request: HttpRequest, holder: UUID, before: date, day: date, *, as_known: bool = False
) -> list[Told]:
    """Compare two days by what is known today, or by what was known on each."""
    actor = actor_of(request)
    return exposure_told(register_exposure(actor, holder, before, day, as_known=as_known))


@router.post("/exposure", response=list[Told], auth=READ, summary="Exposure after a filing")
def exposure_after(
    request: HttpRequest, told: Form[FileIn], file: File[UploadedFile]
) -> list[Told]:
    """Compare the register with what it would be after the stakes of a file; nothing is stored."""
    actor, today = actor_of(request), timezone.localdate()
    filed = {"name": file.name or "", "content": file.read(), "mapping": told.mapping}
    with refusals():
        return exposure_told(register_exposure_with(actor, told.holder, today, **filed))


def _left(
    actor: Actor, holder: UUID, kind: str, file: UploadedFile, asked: dict[str, Any]
) -> Status[Told]:
    """Leave a large file to be taken in behind the desk; where it stands is told under its id."""
    with refusals():
        left = leave_file(
            holder, kind, file.name or "", file.read(), actor=actor, at=timezone.now(), **asked
        )
    take_register_file.defer(file_id=str(left.pk), user_id=str(actor.id))
    return Status(HTTPStatus.ACCEPTED, file_told(left))


def _read(read: tuple[Thing | None, list[RowProblem]]) -> Thing:
    """Give the row, or refuse with the first field that is wrong."""
    row, problems = read
    if row is None:
        first = problems[0]
        raise Unusable(first.field, f"{first.rule}; {first.remedy}", body=True)
    return row


def refusals() -> AbstractContextManager[None]:
    """Answer 409 with what stands against a step and what to do."""
    return conflicts(AssetsRefused, FileRefused, ScreeningRefused)
