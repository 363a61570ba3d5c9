"""Tags for pages about proceedings: terms and states in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils import timezone
from django.utils.html import format_html

from undaunted.coercion.instruments.rules import annex, elements_pack
from undaunted.coercion.instruments.writers.case_words import in_words
from undaunted.core.clocks.rules import SourceStatus
from undaunted.core.clocks.writers import status_words
from undaunted.core.commitments.writers import state_name as named
from undaunted.core.places.rules import UnknownCountry
from undaunted.site.english import marked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.safestring import SafeString

    from undaunted.coercion.instruments.rules import LinkedPerson

__all__ = [
    "annex_kind",
    "called",
    "case_term",
    "element",
    "link_shown",
    "register",
    "source_status",
    "state_name",
]

register = template.Library()


@register.filter
def case_term(value: object, kind: str) -> str:
    """`{{ step.stage|case_term:"Stage" }}`: the term in words."""
    return in_words(kind, str(value)) if value else ""


@register.filter
def called(key: str, titles: Mapping[str, str]) -> str:
    """`{{ id|called:sheet.evidence }}`: the title of a piece of evidence, as far as it is held."""
    return titles.get(key, "")


@register.filter
def state_name(code: str) -> str:
    """`{{ proceeding.third_country|state_name }}`: the name of a state or of the Union."""
    try:
        return named(code)
    except UnknownCountry:
        return code


@register.filter
def element(key: str) -> SafeString:
    """`{{ finding.criterion|element }}`: an element of coercion by its name, factors by letter."""
    criterion = elements_pack(timezone.localdate()).criteria.get(key)
    return marked(criterion.title if criterion else key, law=True)


@register.filter
def annex_kind(kind: str) -> SafeString:
    """`{{ measure.kind|annex_kind }}`: a kind of measure of Annex I by its title."""
    titles = {each.kind.value: each.title for each in annex()}
    return marked(titles.get(str(kind), str(kind)), law=True)


@register.filter
def link_shown(person: LinkedPerson) -> SafeString:
    """`{{ person|link_shown }}`: on what a link rests: what stakes say, or that it was stated."""
    link = in_words("Link", person.link)
    if person.answer is None:
        return format_html("{}", link)
    said = marked(person.stakes or "stated, not measured")
    return format_html("{}: {}, {}", link, in_words("Answer", person.answer), said)


@register.filter
def source_status(status: str) -> str:
    """`{{ pack.source.status|source_status }}`: how well a source was read, in words."""
    return status_words(SourceStatus(status))
