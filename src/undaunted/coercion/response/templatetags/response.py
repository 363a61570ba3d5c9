"""Tags for pages about coercion: terms and states in words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django import template
from django.utils.translation import get_language

from undaunted.coercion.response.writers.terms import in_words
from undaunted.core.places.rules import UnknownCountry, countries, country_name
from undaunted.core.standards.rules import pack_version
from undaunted.site.english import marked

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

__all__ = ["element", "register", "state", "term"]

register = template.Library()


@register.filter
def term(value: object, kind: str) -> str:
    """`{{ pledge.kind|term:"PledgeKind" }}`: the term in words."""
    return in_words(kind, str(value)) if value else ""


@register.filter
def element(name: str, pack: str) -> SafeString:
    """`{{ name|element:trial.pack }}`: a criterion of a trigger by its title."""
    criterion = pack_version(pack).criteria.get(name)
    return marked(criterion.title if criterion else name, law=True)


@register.filter
def state(code: str) -> str:
    """`{{ episode.target|state }}`: the name of a state by its code of two or three letters."""
    try:
        return country_name(_two_letters().get(code, code), get_language() or "en")
    except UnknownCountry:
        return code


@cache
def _two_letters() -> dict[str, str]:
    return {each.alpha_3: each.code for each in countries()}
