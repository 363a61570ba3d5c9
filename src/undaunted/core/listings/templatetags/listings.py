"""Tags for pages of lists: words of vocabularies, names of states, partial days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils import timezone

from undaunted.core.listings.rules import stands_on
from undaunted.core.listings.writers import place_told, titled, titled_whose, told

if TYPE_CHECKING:
    from undaunted.core.listings.models import ListEntry

__all__ = ["has_left", "list_title", "register", "state_told", "word_told"]

register = template.Library()


@register.filter
def word_told(value: str, kind: str) -> str:
    """`{{ each.kind|word_told:"Kind" }}`: the term in words."""
    return told(kind, str(value))


@register.filter
def state_told(code: str) -> str:
    """`{{ code|state_told }}`: the name of a state, or the words that the issuer wrote."""
    return place_told(code)


@register.filter
def list_title(source: str) -> str:
    """`{{ one.list|list_title }}`: what its issuer calls a list; its code where none is known."""
    return titled(source)


@register.filter
def list_whose(source: str) -> str:
    """`{{ one.list|list_whose }}`: a list that stands alone, with whose it is."""
    return titled_whose(source)


@register.filter
def has_left(row: ListEntry) -> bool:
    """`{% if row|has_left %}`: whether it was delisted or has ended by today."""
    return not stands_on(row.entry, timezone.now().date())
