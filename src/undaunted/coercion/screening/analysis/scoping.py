"""Which regimes reach an investment on its day, as rows that are kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.rules import regimes_for, scope_of, words_for
from undaunted.coercion.screening.rules.refusals import RegimeUnknown

if TYPE_CHECKING:
    from undaunted.coercion.screening.rules import Facts, RowFinding, ScopeResult

__all__ = ["facts_told", "scopes_on"]


def scopes_on(jurisdiction: str, facts: Facts) -> tuple[dict[str, Any], ...]:
    """Give the answer of every regime of a country on the day. Raises `RegimeUnknown`."""
    found = regimes_for(jurisdiction, facts.day)
    if not found:
        raise RegimeUnknown(
            f"jurisdiction: no regime of {jurisdiction} is held for {facts.day}; "
            "`undaunted screening regimes` lists what is"
        )
    told = facts_told(facts)
    return tuple(_told(scope_of(regime, facts), facts, told) for regime in found)


def facts_told(facts: Facts) -> dict[str, Any]:
    """Give facts as they are kept: shares in units of a billionth, days and sets as text."""
    plain: dict[str, Any] = _plain(asdict(facts))
    return plain


def _told(result: ScopeResult, facts: Facts, told: dict[str, Any]) -> dict[str, Any]:
    return {
        "regime": result.regime.key,
        "lists": list(result.lists),
        "day": facts.day,
        "facts": told,
        "outcome": str(result.in_scope),
        "duty": str(result.filing),
        "duty_may": str(result.filing_may),
        "rows": [_row(each) for each in result.rows],
        "missing": [{"field": each, "asks": words_for(each)} for each in result.missing],
    }


def _row(finding: RowFinding) -> dict[str, Any]:
    source = finding.row.source
    return {
        "id": finding.row.id,
        "says": finding.row.says,
        "effect": str(finding.row.effect),
        "met": str(finding.met),
        "decides": finding.decides,
        "missing": list(finding.missing),
        "asks": [words_for(each) for each in finding.missing],
        "law": source.law,
        "article": source.article,
        "status": str(source.status),
        "read_on": source.read_on.isoformat() if source.read_on else None,
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - any part of the facts
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(_plain(each) for each in value)
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, (bool, int)) else str(value)
