"""Measures out of the words of issuers: English, and the Ukrainian of the Council's decrees."""

from __future__ import annotations

import re
from typing import Final

from undaunted.core.listings.rules import Imposed, Measure

__all__ = ["measures_of", "ukrainian_measures"]

_ENGLISH: Final = (
    (
        Measure.ASSET_FREEZE,
        re.compile(
            r"asset freeze|freezing of (?:funds|assets)|targeted financial sanction", re.IGNORECASE
        ),
    ),
    (
        Measure.ENTRY_BAN,
        re.compile(r"travel ban|entry ban|visa|refusal of entry|deny(?:ing)? entry"),
    ),
    (Measure.ARMS, re.compile(r"arms|military goods")),
    (Measure.EXPORT, re.compile(r"export")),
    (Measure.IMPORT, re.compile(r"import")),
    (Measure.INVESTMENT, re.compile(r"invest")),
    (Measure.CLAIMS, re.compile(r"satisfy claims")),
    (
        Measure.TRANSPORT,
        re.compile(
            r"ship|vessel|port entry|port access|flag|aircraft|transport|maritime|crew",
            re.IGNORECASE,
        ),
    ),
    (
        Measure.SERVICES,
        re.compile(r"trust services|technical assistance|\bservices?\b"),
    ),
    (Measure.DEBARMENT, re.compile(r"director disqualification|debar|procurement")),
    (
        Measure.FINANCE,
        re.compile(
            r"financial restriction|financial|correspondent|capital market|money market",
            re.IGNORECASE,
        ),
    ),
)
_UKRAINIAN: Final = (
    (Measure.ASSET_FREEZE, "блокування активів"),
    (Measure.ENTRY_BAN, "віз"),
    (Measure.FINANCE, "запобігання виведенню капітал"),
    (Measure.FINANCE, "зупинення виконання економічних та фінансових"),
    (Measure.FINANCE, "зупинення фінансових операцій"),
    (Measure.EXPORT, "обмеження торговельних операцій"),
    (Measure.IMPORT, "обмеження торговельних операцій"),
    (Measure.TRANSPORT, "транзиту ресурсів"),
    (Measure.TRANSPORT, "заходження іноземних"),
    (Measure.DEBARMENT, "закупівель"),
    (Measure.DEBARMENT, "участі у приватизації"),  # noqa: RUF001 - Ukrainian
    (Measure.INVESTMENT, "здійснення інвестицій"),
    (Measure.SERVICES, "телекомунікаційних"),
    (Measure.SERVICES, "передання технологій"),
)
_NUMBERED = re.compile(r"(?:^|\s|;)\d{1,2}\)\s*")


def measures_of(words: str) -> tuple[Imposed, ...]:
    """Give the measures that a cell names, with its words; what fits none is "other"."""
    found: dict[Measure, str] = {}
    for part in filter(None, (each.strip() for each in re.split(r"[|;,\n]", words))):
        kind = next((m for m, said in _ENGLISH if said.search(part.lower())), Measure.OTHER)
        found[kind] = f"{found[kind]}; {part}" if kind in found else part
    return tuple(Imposed(kind, text) for kind, text in found.items())


def ukrainian_measures(words: str) -> tuple[Imposed, ...]:
    """Give the measures of a decree's numbered list, with the words of each."""
    found: dict[Measure, str] = {}
    for part in filter(None, (each.strip(" ;.\n\t") for each in _NUMBERED.split(words))):
        kinds = list(dict.fromkeys(kind for kind, said in _UKRAINIAN if said in part.lower()))
        for kind in kinds or [Measure.OTHER]:
            found[kind] = f"{found[kind]}; {part}" if kind in found else part
    return tuple(Imposed(kind, text[:2_000]) for kind, text in found.items())
