"""An exporter of Freedonia that asks to be protected; nobody of it is real."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from undaunted.coercion.instruments.rules import Answer, Evidence, Request, request_fields

__all__ = ["FACTS", "changed", "exporter"]

FACTS: dict[str, dict[str, Any]] = {
    "requester": {"value": "Blauhafen Port Cranes GmbH"},
    "requester_kind": {"value": "economic operator"},
    "registration": {"value": "HRB 774411, register of Fredstadt"},
    "address": {"value": "12 Winch Quay, 41207 Fredstadt, Freedonia"},
    "contact": {"value": "Jana Querling, j.querling@blauhafen.example, +99 30 555 0147"},
    "sector": {"value": "Equipment for handling cargo"},
    "third_country": {"value": "XR"},
    "measure": {
        "value": "Ruritania's customs no longer clears cranes of Blauhafen, as of 14 March 2026.",
        "confidential": True,
        "summary": "Ruritania's customs no longer clears certain equipment from Freedonia.",
    },
    "began": {"value": "2026-03-14", "confidential": True},
    "goods": {"value": "Equipment for handling cargo, chapter 84"},
    "attributable": {"value": "A notice of the customs authority of Ruritania."},
    "act": {"value": "Freedonia's vote on the port convention."},
    "demand": {"value": "The minister of trade said that the vote must be taken back."},
    "choice": {"value": "Which conventions Freedonia joins."},
    "intensity": {"value": "All consignments since it began, at every port."},
    "concern": {"value": "Ruritania speaks of safety; no recall or test was published."},
    "injury": {
        "value": "Orders of EUR 4,237,512 were lost with 3 buyers by 2 May 2026.",
        "confidential": True,
        "summary": "All orders from the country were lost within some weeks.",
    },
    "loss": {"value": "4237512", "unit": "EUR", "confidential": True},
    "share": {"value": "37.4", "confidential": True},
    "jobs": {"value": "118", "confidential": True},
    "sales_before": {
        "value": "5100000", "unit": "EUR", "confidential": True,
        "summary": "Sales of a few million EUR.",
    },
    "alternatives": {
        "value": "None that Blauhafen could name.", "confidential": True,
        "no_summary": "every market that was tried would name the product",
    },
}  # fmt: skip


def exporter(**changes: dict[str, Any] | None) -> Request:
    """Give the request; a change replaces parts of an answer, None takes it out."""
    facts = {key: FACTS.get(key, {}) | (told or {}) for key, told in changes.items()}
    held = {key: told for key, told in (FACTS | facts).items() if changes.get(key, 0) is not None}
    fields = [each.key for each in request_fields()]
    return Request(
        answers={key: Answer(**held[key]) for key in sorted(held, key=fields.index)},
        evidence=(
            Evidence("notice", "Customs notice of Ruritania", "2026-03", public_at="https://xr.example"),
            Evidence("blauhafen-orders", "Letter of the buyer to Blauhafen", "2026-05-02",
                     confidential=True, summary="A letter that cancels orders."),
        ),
        protect=True,
        harm="The third country licenses our spare parts and has struck firms that complained.",
        also=("SeaGoose 900",),
    )  # fmt: skip


def changed(request: Request, **changes: Any) -> Request:
    """Give the request with other parts."""
    return replace(request, **changes)
