"""Tags for pages of coordination: terms in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from undaunted.repression.coordination.writers import in_words, law_called
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

__all__ = ["day", "number_of", "register", "term"]

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """`{{ petition.received_on|day }}`: a day as the reader writes it."""
    return date_text(value) if value else ""


@register.filter
def term(value: object, kind: str) -> str:
    """`{{ proposal.stage|term:"Stage" }}`: the term in words."""
    return in_words(kind, str(value)) if value else ""


@register.filter
def number_of(key: UUID) -> str:
    """`{{ proposal.pk|number_of }}`: eight signs by which a row is told from its neighbours."""
    return str(key)[:8].upper()


@register.filter
def law_name(text: str) -> str:
    """`{{ code|law_name }}`: the short name of a law in the register; another as it is named."""
    return law_called(text)
