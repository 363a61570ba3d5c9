"""Tags for pages about campaigns: terms in words."""

from __future__ import annotations

from django import template

from undaunted.prisoners.campaigns.writers import in_words

__all__ = ["register", "worded"]

register = template.Library()


@register.filter
def worded(value: object, kind: str) -> str:
    """`{{ case.mode|worded:"Mode" }}`: the term in words."""
    return in_words(kind, str(value)) if value else ""
