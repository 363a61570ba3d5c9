"""Reads of cases of investment screening; the first argument is the actor."""

from undaunted.coercion.screening.queries.assets import (
    asset_entries_for,
    asset_for,
    asset_history,
    assets_of,
    holding_for,
    holdings_for,
    register_imports_for,
)
from undaunted.coercion.screening.queries.cases import (
    authorities_of,
    case_for,
    cases_for,
    draft_of,
    said_of,
    sealed_in,
    teams_of,
)
from undaunted.coercion.screening.queries.exchange import (
    dispatch_for,
    dispatches_for,
    received_for,
    received_here,
)
from undaunted.coercion.screening.queries.known import (
    CaseSheet,
    ListLine,
    case_as_known,
    party_names,
    stakes_known,
)
from undaunted.coercion.screening.queries.near import Near, near_since
from undaunted.coercion.screening.queries.rows import (
    clocks_of,
    decision_for,
    notice_for,
    notices_received,
    row_for,
)
from undaunted.coercion.screening.queries.told import (
    case_told,
    row_told,
    sheet_told,
)
from undaunted.coercion.screening.queries.watching import (
    alert_for,
    alerts_for,
    cleared_touched,
    grips_for,
    last_screening,
    parties_known,
    registers_due,
    unfiled_for,
    unfiled_here,
)

__all__ = [
    "CaseSheet",
    "ListLine",
    "Near",
    "alert_for",
    "alerts_for",
    "asset_entries_for",
    "asset_for",
    "asset_history",
    "assets_of",
    "authorities_of",
    "case_as_known",
    "case_for",
    "case_told",
    "cases_for",
    "cleared_touched",
    "clocks_of",
    "decision_for",
    "dispatch_for",
    "dispatches_for",
    "draft_of",
    "grips_for",
    "holding_for",
    "holdings_for",
    "last_screening",
    "near_since",
    "notice_for",
    "notices_received",
    "parties_known",
    "party_names",
    "received_for",
    "received_here",
    "register_imports_for",
    "registers_due",
    "row_for",
    "row_told",
    "said_of",
    "sealed_in",
    "sheet_told",
    "stakes_known",
    "teams_of",
    "unfiled_for",
    "unfiled_here",
]
