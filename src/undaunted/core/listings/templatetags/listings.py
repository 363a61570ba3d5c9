"""Tags for pages of lists: words of vocabularies, names of states, partial days."""

from __future__ import annotations

from django import template

from undaunted.core.listings.writers import place_told, told

__all__ = ["register", "state_told", "word_told"]

register = template.Library()


@register.filter
def word_told(value: str, kind: str) -> str:
    """`{{ each.kind|word_told:"Kind" }}`: the term in words."""
    return told(kind, str(value))


@register.filter
def state_told(code: str) -> str:
    """`{{ code|state_told }}`: the name of a state, or the words that the issuer wrote."""
    return place_told(code)
