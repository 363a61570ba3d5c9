"""Tags for pages about proceedings: terms and states in words."""

from __future__ import annotations

from django import template

from undaunted.coercion.instruments.writers.case_words import in_words
from undaunted.core.commitments.writers import state_name as named
from undaunted.core.places.rules import UnknownCountry

__all__ = ["case_term", "register", "state_name"]

register = template.Library()


@register.filter
def case_term(value: object, kind: str) -> str:
    """`{{ step.stage|case_term:"Stage" }}`: the term in words."""
    return in_words(kind, str(value)) if value else ""


@register.filter
def state_name(code: str) -> str:
    """`{{ proceeding.third_country|state_name }}`: the name of a state or of the Union."""
    try:
        return named(code)
    except UnknownCountry:
        return code
