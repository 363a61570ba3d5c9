"""Tags for pages about practices: words of vocabularies, countries, and sources beside a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import get_language, gettext

from undaunted.core.places.rules import country_name
from undaunted.core.practices.rules import WORLD
from undaunted.core.practices.writers import told

if TYPE_CHECKING:
    from undaunted.core.practices.rules import Entry, Source

__all__ = ["carried_by", "country_told", "register", "term_told"]

register = template.Library()


@register.filter
def term_told(value: str, kind: str) -> str:
    """`{{ entry.aim|term_told:"Aim" }}`: the term in words."""
    return told(kind, str(value))


@register.filter
def country_told(code: str) -> str:
    """`{{ code|country_told }}`: the name of a country in the reader's language."""
    if code == WORLD:
        return gettext("several countries")
    return country_name(code, get_language() or "en")


@register.filter
def carried_by(entry: Entry, names: tuple[str, ...]) -> list[tuple[int, Source]]:
    """`{{ entry|carried_by:claim.sources }}`: sources with their numbers in the list below."""
    return [
        (number, source) for number, source in enumerate(entry.sources, 1) if source.id in names
    ]
