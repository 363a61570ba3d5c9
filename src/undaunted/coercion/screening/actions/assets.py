"""Recording in the register of critical assets: by hand, a statement at a time."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from undaunted.coercion.screening.actions.register_turns import in_turn
from undaunted.coercion.screening.actions.watching import screen_after
from undaunted.coercion.screening.models import Asset, AssetEntry, Holding
from undaunted.coercion.screening.queries import assets_of
from undaunted.coercion.screening.rules import AssetsRefused
from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.coercion.screening.models import Said
    from undaunted.coercion.screening.rules import AssetRow, HoldingRow
    from undaunted.core.access.rules import Actor

__all__ = ["record_asset", "record_holding", "withdraw_asset", "withdraw_holding"]


def record_asset(holder: UUID, row: AssetRow, *, actor: Actor, at: datetime) -> AssetEntry:
    """Record what an asset is; an earlier statement about it stands as what was known before."""
    require(actor, Verb.RECORD, Facts(holder=holder))
    _demand_source(row.source)
    with in_turn(holder, actor=actor, at=at) as moment:
        asset = assets_of(actor, holder, [row.reference]).get(row.reference)
        if asset is None:
            asset = Asset.objects.create(
                holder=holder, reference=row.reference, recorded_at=moment, recorded_by=actor.person
            )
        for earlier in AssetEntry.objects.filter(asset=asset, replaced_at__isnull=True):
            _replace(earlier, "corrected", actor=actor, at=moment)
        told = asdict(row)
        told.pop("reference")
        made = AssetEntry.objects.create(
            holder=holder, asset=asset, recorded_at=moment, recorded_by=actor.person, **told
        )
        record_entry(
            "asset.recorded", actor=actor, subject_kind="asset", subject_id=asset.pk, at=moment
        )
        screen_after(holder, actor=actor, at=moment)
    return made


def withdraw_asset(asset: Asset, reason: str, *, actor: Actor, at: datetime) -> None:
    """Let an asset be watched no longer; what was known of it stays."""
    require(actor, Verb.RECORD, Facts(holder=asset.holder))
    with in_turn(asset.holder, actor=actor, at=at) as moment:
        held = AssetEntry.objects.filter(asset=asset, replaced_at__isnull=True).first()
        if held is None:
            raise Forbidden("there is no such asset for you")
        _replace(held, _reason(reason), actor=actor, at=moment)
        record_entry(
            "asset.withdrawn", actor=actor, subject_kind="asset", subject_id=asset.pk, at=moment
        )
        screen_after(asset.holder, actor=actor, at=moment)


def record_holding(
    holder: UUID,
    row: HoldingRow,
    *,
    actor: Actor,
    at: datetime,
    instead_of: Holding | None = None,
) -> Holding:
    """Record a stake with its source, in place of an earlier statement where one is named."""
    require(actor, Verb.RECORD, Facts(holder=holder))
    _demand_source(row.source)
    with in_turn(holder, actor=actor, at=at) as moment:
        if instead_of is not None:
            _replace(_standing(instead_of, holder), "corrected", actor=actor, at=moment)
        made = Holding.objects.create(
            holder=holder, recorded_at=moment, recorded_by=actor.person, **asdict(row)
        )
        record_entry(
            "holding.recorded", actor=actor, subject_kind="holding", subject_id=made.pk, at=moment
        )
        screen_after(holder, actor=actor, at=moment)
    return made


def withdraw_holding(holding: Holding, reason: str, *, actor: Actor, at: datetime) -> None:
    """Let a stake count no longer; it stays as what was known before."""
    require(actor, Verb.RECORD, Facts(holder=holding.holder))
    with in_turn(holding.holder, actor=actor, at=at) as moment:
        _replace(_standing(holding, holding.holder), _reason(reason), actor=actor, at=moment)
        record_entry(
            "holding.withdrawn",
            actor=actor,
            subject_kind="holding",
            subject_id=holding.pk,
            at=moment,
        )
        screen_after(holding.holder, actor=actor, at=moment)


def _standing(holding: Holding, holder: UUID) -> Holding:
    held = Holding.objects.filter(pk=holding.pk, holder=holder, replaced_at__isnull=True).first()
    if held is None:
        raise Forbidden("there is no such holding for you")
    return held


def _replace(said: Said, reason: str, *, actor: Actor, at: datetime) -> None:
    said.replaced_at, said.replaced_by, said.replaced_why = at, actor.person, reason
    said.save(update_fields=["replaced_at", "replaced_by", "replaced_why"])


def _demand_source(source: str) -> None:
    if not source.strip():
        raise AssetsRefused("source: is empty; say where this is known from")


def _reason(reason: str) -> str:
    if not reason.strip():
        raise AssetsRefused("reason: is empty; say why this stands no longer")
    return reason.strip()[:400]
