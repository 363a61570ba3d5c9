"""Pages of proceedings as tests read and post them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.coercion.instruments.factories import ELEMENTS_MET

if TYPE_CHECKING:
    from django.test import Client

__all__ = ["DESK", "MEASURE", "elements", "posted", "seen_at"]

DESK = "/desk/coercion/proceedings/"
MEASURE = {
    "key": "duty", "kind": "duties", "by": "goods", "scope": "Timber, chapter 44",
    "legal_basis": "Annex I, point 1", "begins": "2097-01-15", "low": "20", "best": "30",
    "high": "40", "unit": "EUR million", "year": "2025", "source": "Scenario", "reasons": "Forests",
}  # fmt: skip


def posted(
    client: Client, address: str, told: dict[str, Any] | None = None, code: int = 302
) -> str:
    answer = client.post(address, told or {})
    assert answer.status_code == code, answer.content.decode()
    return str(answer.content.decode())


def seen_at(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def elements(source: str) -> dict[str, str]:
    told: dict[str, str] = {}
    for each in ELEMENTS_MET:
        told |= {each.key: "met", f"{each.key}_reasons": "Shown.", f"{each.key}_sources": source}
    return told
