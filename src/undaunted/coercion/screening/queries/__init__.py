"""Reads of screening."""

from undaunted.coercion.screening.queries.assets import (
    asset_entries_for,
    asset_for,
    asset_history,
    assets_of,
    holding_for,
    holdings_for,
    register_imports_for,
)
from undaunted.coercion.screening.queries.watching import (
    alert_for,
    alerts_for,
    last_screening,
    registers_due,
)

__all__ = [
    "alert_for",
    "alerts_for",
    "asset_entries_for",
    "asset_for",
    "asset_history",
    "assets_of",
    "holding_for",
    "holdings_for",
    "last_screening",
    "register_imports_for",
    "registers_due",
]
