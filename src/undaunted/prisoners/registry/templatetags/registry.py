"""Codes in the reader's words: `{% load registry %}`, `{{ case.roles|terms:"target_roles" }}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.core.events.rules import VocabularyUnknown, labels
from undaunted.core.places.rules import UnknownCountry, country_name
from undaunted.core.places.rules.hypothetical import HYPOTHETICAL_CODES
from undaunted.prisoners.registry.forms.evidence import PARTS_OF_ACTS, PARTS_OF_PERSONS
from undaunted.site.components.clauses import commas_text
from undaunted.site.languages import current_locale

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from undaunted.core.evidence.models import Source

__all__ = [
    "act_label",
    "country_label",
    "day_of",
    "is_invented",
    "language_label",
    "part_of_claim",
    "register",
    "source_name",
    "standard_label",
    "term_label",
    "term_labels",
    "to_month",
]

register = template.Library()

_ACTS = ("detention_grounds", "act_types", "procedural_stages", "release_types")


def _language() -> str:
    return get_language() or "en"


@register.filter(name="term")
def term_label(code: str, vocabulary: str) -> str:
    """`{{ "hrd"|term:"target_roles" }}`: the term in the reader's language, else the code."""
    try:
        return labels(vocabulary, _language()).get(code) or code
    except VocabularyUnknown:
        return code


@register.filter(name="terms")
def term_labels(codes: Iterable[str], vocabulary: str) -> str:
    """`{{ case.roles|terms:"target_roles" }}`: several terms, with commas of the language."""
    return commas_text(term_label(code, vocabulary) for code in codes)


@register.filter(name="act")
def act_label(code: str) -> str:
    """`{{ spell.type|act }}`: what happened, whichever of our lists names it."""
    for vocabulary in _ACTS:
        words = term_label(code, vocabulary)
        if words != code:
            return words
    return code.replace("_", " ")


@register.filter(name="country")
def country_label(code: str) -> str:
    """`{{ case.country|country }}`: the name of a country in the reader's language."""
    try:
        return country_name(code, _language())
    except UnknownCountry:
        return code


@register.filter(name="invented")
def is_invented(code: str) -> bool:
    """`{% if case.country|invented %}`: whether the country is one of the hypothetical states."""
    return code in HYPOTHETICAL_CODES


@register.filter(name="standard")
def standard_label(name: str) -> str:
    """`{{ "pace-1900"|standard }}`: the short name of a standard."""
    known = {
        "pace-1900": _("Council of Europe definition (PACE Resolution 1900)"),
        "wgad": _("UN Working Group on Arbitrary Detention"),
        "cpj-census": _("Census rule of the Committee to Protect Journalists"),
    }
    return known.get(name, name)


@register.filter
def to_month(day: date | None) -> str:
    """`{{ case.first_start|to_month|partial }}`: a day as its month, as EDTF."""
    return f"{day:%Y-%m}" if day else ""


@register.filter
def day_of(moment: datetime | None) -> date | None:
    """`{{ case.published_at|day_of|partial }}`: a moment as its day."""
    return moment.date() if moment else None


@register.filter
def language_label(code: str) -> str:
    """`{{ name.language|language_label }}`: the name of a language in the reader's."""
    named = current_locale().languages
    return str(
        named.get(code.replace("-", "_")) or named.get(code.split("-", maxsplit=1)[0]) or code
    )


@register.filter
def source_name(source: Source) -> str:
    """`{{ citation.source|source_name }}`: what a source is called, its kind if by nothing else."""
    return source.publisher or source.title or source.url or term_label(source.kind, "source_kinds")


@register.filter
def part_of_claim(code: str) -> str:
    """`{{ citation.claim|part_of_claim }}`: which part of a claim a source carries."""
    words = dict(PARTS_OF_PERSONS) | dict(PARTS_OF_ACTS)
    return str(words[code]) if code in words else act_label(code)
