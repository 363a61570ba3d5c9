"""Tags for pages about campaigns: terms in words."""

from __future__ import annotations

from django import template

from undaunted.prisoners.campaigns.writers import in_words
from undaunted.site.languages import LANGUAGES

__all__ = ["own_name", "register", "worded"]

register = template.Library()
_OWN_NAMES = {each.code: each.own_name for each in LANGUAGES}


@register.filter
def worded(value: object, kind: str) -> str:
    """`{{ case.mode|worded:"Mode" }}`: the term in words."""
    return in_words(kind, str(value)) if value else ""


@register.filter
def own_name(code: str) -> str:
    """`{{ file.language|own_name }}`: what a language calls itself."""
    return _OWN_NAMES.get(code, code)
