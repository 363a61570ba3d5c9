"""What may be asked of published cases by facet, so that an unknown value can be named."""

from __future__ import annotations

from undaunted.core.events.rules import vocabulary
from undaunted.core.places.rules import countries
from undaunted.engines.census import Tier
from undaunted.prisoners.registry.rules.statuses import RecognitionStatus

__all__ = ["FACETS", "HELD", "allowed_values"]

HELD = {"held": True, "free": False}
"""Words of a status that speak of today and not of recognition."""
FACETS = ("held_now", "country", "role", "law", "status", "tier", "gender")
_VOCABULARIES = {"role": "target_roles", "law": "law_taxonomy"}
_PLAIN = {
    "held_now": ("true", "false"),
    "status": (*HELD, *(status.value for status in RecognitionStatus)),
    "tier": tuple(tier.name for tier in Tier),
    "gender": ("female", "male", "other", "unknown"),
}


def allowed_values(facet: str) -> tuple[str, ...]:
    """Give every value that a facet may have; countries by their codes, former ones too."""
    if facet == "country":
        return tuple(each.code for each in countries(former=True))
    if facet in _VOCABULARIES:
        return tuple(vocabulary(_VOCABULARIES[facet]).terms)
    return _PLAIN[facet]
