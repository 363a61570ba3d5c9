"""The register in plain words for programs: the same for the API, the terminal and CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from undaunted.engines.ownership import as_part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.coercion.screening.analysis.asset_exposure import SectorExposure
    from undaunted.coercion.screening.models import (
        Alert,
        AssetEntry,
        Dispatch,
        Holding,
        Received,
        RegisterFile,
        RegisterImport,
        Unfiled,
    )

__all__ = [
    "alert_told",
    "dispatch_told",
    "entry_told",
    "exposure_csv",
    "exposure_told",
    "file_told",
    "holding_told",
    "import_told",
    "received_told",
    "unfiled_told",
]

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula."""


def entry_told(entry: AssetEntry) -> dict[str, Any]:
    """Give what is said of an asset."""
    return {
        "id": str(entry.asset_id),
        "holder": str(entry.holder),
        "reference": entry.asset.reference,
        "name": entry.name,
        "country": entry.country,
        "taxonomy": entry.taxonomy,
        "sector": entry.sector,
        "capacity": entry.capacity,
        "unit": entry.unit,
        **_said(entry),
    }


def holding_told(holding: Holding) -> dict[str, Any]:
    """Give a stake; shares as parts of one."""
    return {
        "id": str(holding.pk),
        "owner": holding.owner,
        "owner_name": holding.owner_name,
        "owner_kind": holding.owner_kind,
        "owned": holding.owned,
        "owned_name": holding.owned_name,
        "right": holding.right,
        "min": as_part(holding.lowest),
        "max": as_part(holding.highest),
        "row": holding.row,
        **_said(holding),
    }


def import_told(made: RegisterImport) -> dict[str, Any]:
    """Give what became of a file."""
    return {
        "id": str(made.pk),
        "kind": made.kind,
        "name": made.name,
        "sha256": made.sha256,
        "rows": made.rows,
        "added": made.added,
        "replaced": made.replaced,
        "unchanged": made.unchanged,
        "findings": made.findings,
    }


def file_told(left: RegisterFile) -> dict[str, Any]:
    """Give where a file stands that was left, and once it was taken in, what became of it."""
    return {
        "id": str(left.pk),
        "kind": left.kind,
        "name": left.name,
        "state": left.state,
        "problem": left.problem,
        "import": import_told(left.brought) if left.brought else None,
    }


def alert_told(alert: Alert) -> dict[str, Any]:
    """Give an alert with its proof and what was decided about it."""
    return {
        "id": str(alert.pk),
        "asset": alert.asset.reference,
        "state": alert.state,
        "before": alert.before,
        "after": alert.after,
        "votes": [as_part(alert.lowest), as_part(alert.highest)],
        "day": alert.screening.day.isoformat(),
        "known_at": alert.recorded_at.isoformat(),
        "proof": alert.proof,
        "stakes": alert.stakes,
        "reviews": [
            {"outcome": each.outcome, "reason": each.reason, "at": each.recorded_at.isoformat()}
            for each in alert.reviews.all()
        ],
    }


def unfiled_told(deal: Unfiled) -> dict[str, Any]:
    """Give a deal that nobody filed."""
    return {
        "id": str(deal.pk),
        "owner": deal.owner,
        "owner_name": deal.owner_name,
        "target": deal.target,
        "target_name": deal.target_name,
        "day": deal.day.isoformat(),
        "before": [as_part(each) for each in deal.before],
        "after": [as_part(each) for each in deal.after],
        "assets": deal.assets,
        "states": deal.states,
        "regimes": deal.reaches,
        "last_day": deal.last_day and deal.last_day.isoformat(),
        "status": deal.status,
        "steps": [
            {"status": each.status, "reason": each.reason, "case": each.case,
             "at": each.recorded_at.isoformat()}
            for each in deal.steps.all()
        ],
    }  # fmt: skip


def exposure_told(rows: Iterable[SectorExposure]) -> list[dict[str, Any]]:
    """Give what states hold of sectors; capacities and, of those after, parts of one."""
    return [
        {
            "country": each.country,
            "taxonomy": each.taxonomy,
            "sector": each.sector,
            "unit": each.unit,
            "state": each.state,
            "before_must": each.before.must,
            "before_may": each.before.may,
            "before_total": each.before.total,
            "after_must": each.after.must,
            "after_may": each.after.may,
            "after_total": each.after.total,
            "must_share": each.after.shares[0],
            "may_share": each.after.shares[1],
            "assets": each.assets,
            "without_capacity": each.left_out,
        }
        for each in rows
    ]


def exposure_csv(rows: Iterable[SectorExposure]) -> str:
    """Give the table as CSV; no cell begins as a formula would."""
    told = exposure_told(rows)
    held = io.StringIO()
    if told:
        written = csv.DictWriter(held, told[0])
        written.writeheader()
        written.writerows({name: _plain(value) for name, value in row.items()} for row in told)
    return held.getvalue()


def dispatch_told(made: Dispatch) -> dict[str, Any]:
    """Give what was written down to be sent; a package names its kind and id."""
    return {
        "kind": f"screening.{made.kind}",
        "id": str(made.pk),
        "digest": made.digest,
        "content": made.content,
        "at": made.recorded_at.isoformat(),
    }


def received_told(received: Received) -> dict[str, Any]:
    """Give what came from elsewhere; nothing of what was given up."""
    return {
        "id": str(received.pk),
        "kind": received.kind,
        "partner": received.partner,
        "tlp": received.tlp,
        "until": received.until.isoformat(),
        "content": received.content,
        "given_up": received.given_up_at is not None,
    }


def _plain(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value


def _said(said: AssetEntry | Holding) -> dict[str, Any]:
    return {
        "valid_from": said.valid_from and said.valid_from.isoformat(),
        "valid_to": said.valid_to and said.valid_to.isoformat(),
        "source": said.source,
        "confidence": said.confidence,
        "known_from": said.recorded_at.isoformat(),
        "known_to": said.replaced_at and said.replaced_at.isoformat(),
    }
