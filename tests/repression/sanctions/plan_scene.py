"""Freedonia's invented list and a file of stakes: what plans are recounted on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.core.matching.factories import person
from tests.repression.sanctions.factories import event

__all__ = ["ENTRIES", "KNOWN", "ON", "STAKES", "STRANGE"]

ON = date(2026, 6, 1)
KNOWN = datetime(2026, 6, 2, tzinfo=UTC)
HUMAN: dict[str, Any] = {
    "programmes": [{"code": "XF-HR", "title": "Grave violations of human rights"}]
}
ENTRIES = [
    person("F1", "Viktor Strovik", **HUMAN, events=[event("designated", "2023-07-01")]),
    person("F2", "Ludmila Varga", **HUMAN, events=[event("designated", "2023-09")]),
    person("F3", "Oskar Brandl", **HUMAN,
           events=[event("designated", "2023-10-01"), event("delisted", "2025-05-05")]),
    person("F4", "Ferenc Molnari", **HUMAN, events=[event("designated", "2023-12/2024-01")]),
    person("F5", "Jana Kreutz", **HUMAN, events=[]),
    person("F6", "Paul Osten", **HUMAN, events=[event("designated", "2026-12-01")]),
    person("F7", "Ivo Harden", programmes=[{"code": "XF-TRADE", "title": "Trade"}],
           events=[event("designated", "2025-01-01")]),
]  # fmt: skip
STAKES = """owner,owned,share,valid_from,source
xf-invented:F1,Karsk Holding,60 %,2020-01-01,Register of Zubrowka
Karsk Holding,Karsk Cement,51 %,,Register of Zubrowka
xf-invented:F2,Varga Trading,40-60 %,,Leaflet
xf-invented:F3,Brandl Works,90 %,,Register of Zubrowka
xf-invented:F5,Half Works,50 %,,Register of Zubrowka
Somebody,Half Works,50 %,,Register of Zubrowka
Somebody,Else Works,90 %,,Register of Zubrowka
"""
STRANGE = "xf-invented:NOPE,Gamma,60 %,,Leaflet\nxf-invnted:F2,Typo Ltd,60 %,,Leaflet\n"
"""Rows below `STAKES` whose owners no list holds."""
