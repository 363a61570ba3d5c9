"""Effects are told as association: the words that claim a cause, by language."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["causal_words"]

_CAUSAL: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(
            r"\b(caus(?:e|es|ed|ing)|led to|leads to|result(?:s|ed)? in|because of|thanks to"
            r"|due to|owing to|secured|brought about|triggered|ensured|produced)\b",
            re.IGNORECASE,
        ),
        "fr": re.compile(
            r"\b(caus(?:e|é|ée|er)|grâce à|a conduit à|entraîné|provoqué|en raison de)\b",
            re.IGNORECASE,
        ),
        "es": re.compile(
            r"\b(caus(?:ó|a|ado)|gracias a|condujo a|provocó|debido a|resultó en)\b", re.IGNORECASE
        ),
    }
)
"""Only languages in which somebody wrote the list; in the others the reviewer looks."""


def causal_words(text: str, language: str) -> tuple[str, ...]:
    """Give the words of `text` that claim a cause, in their order; () where no list is known."""
    pattern = _CAUSAL.get(language)
    return tuple(pattern.findall(text)) if pattern else ()
