"""The register of critical assets, as it was known at a moment; another's is as if it were not."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Q

from undaunted.coercion.screening.models import (
    Asset,
    AssetEntry,
    Holding,
    RegisterFile,
    RegisterImport,
    Said,
)
from undaunted.core.access.queries import seen_by

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "asset_entries_for",
    "asset_for",
    "asset_history",
    "assets_of",
    "holding_for",
    "holdings_for",
    "register_file_for",
    "register_files_waiting",
    "register_imports_for",
]

Statement = TypeVar("Statement", bound=Said)


def asset_entries_for(
    actor: Actor,
    holder: UUID | None = None,
    *,
    on: date | None = None,
    known_at: datetime | None = None,
) -> QuerySet[AssetEntry]:
    """Give what the actor's registers say of assets; on a day, of those that were there then."""
    rows = _stood(seen_by(actor, AssetEntry.objects.all()), known_at).select_related("asset")
    if holder is not None:
        rows = rows.filter(holder=holder)
    if on is not None:
        rows = rows.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on))
        rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return rows.order_by("name", "pk")


def assets_of(
    actor: Actor, holder: UUID, references: Iterable[str] | None = None
) -> dict[str, Asset]:
    """Give the assets of one register by their references; all, or some."""
    rows = seen_by(actor, Asset.objects.filter(holder=holder))
    if references is not None:
        rows = rows.filter(reference__in=list(references))
    return {each.reference: each for each in rows}


def asset_for(actor: Actor, pk: UUID) -> Asset | None:
    """Give one asset; None for absent and for forbidden."""
    return seen_by(actor, Asset.objects.filter(pk=pk)).first()


def asset_history(actor: Actor, asset: Asset) -> list[AssetEntry]:
    """Give everything that was ever said of an asset, newest first."""
    rows = seen_by(actor, AssetEntry.objects.filter(asset=asset))
    return list(rows.order_by("-recorded_at", "pk"))


def holdings_for(
    actor: Actor, holder: UUID | None = None, *, known_at: datetime | None = None
) -> QuerySet[Holding]:
    """Give the holdings of the actor's registers, whenever they held."""
    rows = _stood(seen_by(actor, Holding.objects.all()), known_at)
    rows = rows if holder is None else rows.filter(holder=holder)
    return rows.order_by("owned", "owner", "pk")


def holding_for(actor: Actor, pk: UUID) -> Holding | None:
    """Give one holding; None for absent and for forbidden."""
    return seen_by(actor, Holding.objects.filter(pk=pk)).first()


def register_imports_for(actor: Actor) -> QuerySet[RegisterImport]:
    """Give the files that were taken in, newest first."""
    return seen_by(actor, RegisterImport.objects.all()).order_by("-recorded_at", "pk")


def register_file_for(actor: Actor, pk: UUID) -> RegisterFile | None:
    """Give a file that was left, without its bytes; None for absent and for forbidden."""
    rows = seen_by(actor, RegisterFile.objects.filter(pk=pk))
    return rows.select_related("brought").defer("content").first()


def register_files_waiting(actor: Actor) -> QuerySet[RegisterFile]:
    """Give the files that wait to be taken in, the oldest first."""
    rows = seen_by(actor, RegisterFile.objects.filter(state="waiting")).defer("content")
    return rows.order_by("recorded_at", "pk")


def _stood(rows: QuerySet[Statement], known_at: datetime | None) -> QuerySet[Statement]:
    """Narrow statements to those that stood at a moment; without one, to those that stand."""
    if known_at is None:
        return rows.filter(replaced_at__isnull=True)
    later = Q(replaced_at__isnull=True) | Q(replaced_at__gt=known_at)
    return rows.filter(later, recorded_at__lte=known_at)
