"""Tags for pages of screening: who is meant by an id, and sentences whose brackets stay put."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.coercion.screening.analysis.letter_owners import states_named
from undaunted.coercion.screening.analysis.words import name_told, source_told
from undaunted.coercion.screening.rules.stakes import one_form
from undaunted.coercion.screening.rules.told_by_id import is_bare_id, with_names
from undaunted.coercion.screening.writers.apart_on_pages import marked_apart, set_apart
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from django.template.context import Context
    from django.utils.safestring import SafeString

__all__ = ["register"]

register = template.Library()

MOST_NAMED = 100
"""So many ids are looked for in one sentence."""


@register.simple_tag(takes_context=True)
def holder(context: Context, identifier: str, label: str = "") -> SafeString:
    """`{% holder stake.owner stake.owner_name %}`: a party by its name, from whichever row has it.

    Of one who has none anywhere, the id and that no name is recorded. The page gives `names`.
    """
    names: dict[str, str] = context.get("names") or {}
    own = label if label and label != identifier else ""
    said = name_told(identifier, own or names.get(one_form(identifier), identifier))
    if said != identifier or not is_bare_id(identifier):
        return format_html('<bdi dir="auto">{}</bdi>', said)
    unnamed = _("No name recorded")
    return format_html(
        '<bdi dir="auto">{}</bdi> <span class="soft small">{}</span>', identifier, unnamed
    )


@register.simple_tag(takes_context=True)
def why(context: Context, sentence: str, stakes: list[dict[str, Any]]) -> SafeString:
    """`{% why sentence each.proof.stakes %}`: what was kept of a proof, with names known since."""
    names: dict[str, str] = context.get("names") or {}
    ids = dict.fromkeys(each[end] for each in stakes for end in ("owner", "owned"))
    known = {each: names[each] for each in [*ids][:MOST_NAMED] if names.get(each, each) != each}
    return marked_apart(with_names(states_named(sentence), known))


@register.simple_tag
def arrow() -> str:
    """`{% arrow %}`: from what was to what is, the way that the page is read."""
    rtl = direction(get_language() or "en") == "rtl"
    return "\N{LEFTWARDS ARROW}" if rtl else "\N{RIGHTWARDS ARROW}"


@register.filter
def at_row(source: str, row: int) -> str:
    """`{{ stake.source|at_row:stake.row }}`: who says so, and in which row; by hand, in none."""
    return source_told(source, row) if row else source


@register.filter
def apart(told: str) -> SafeString:
    """`{{ picture.answer|apart }}`: a sentence of ours; in Arabic, Latin words are set apart."""
    return set_apart(told)
