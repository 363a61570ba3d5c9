"""Codes of the register of critical assets as words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.coercion.screening.analysis.words import right_told
from undaunted.coercion.screening.rules import (
    RIGHTS,
    WHOLE,
    Grip,
    ReviewOutcome,
    SourceStatus,
    UnfiledStatus,
    regime_named,
    state_code,
)
from undaunted.core.clocks.rules import RuleUnknown, rule_for
from undaunted.core.clocks.writers import rule_title
from undaunted.core.places.rules import UnknownCountry, country_name

__all__ = ["register"]

register = template.Library()


@register.filter
def grip_word(code: str) -> str:
    """Say what a state's control is known to be."""
    return {
        Grip.MUST: _("must control"),
        Grip.MAY: _("may control"),
        Grip.NONE: _("does not control"),
    }[Grip(code)]


@register.filter
def outcome_word(code: str) -> str:
    """Say what was decided about an alert."""
    return {
        ReviewOutcome.NO_CONCERN: _("No concern"),
        ReviewOutcome.WATCH: _("Keep watching"),
        ReviewOutcome.CASE: _("A case is needed"),
    }[ReviewOutcome(code)]


@register.filter
def unfiled_word(code: str) -> str:
    """Say where a deal that nobody filed stands."""
    return {
        UnfiledStatus.CONSIDERED: _("being considered"),
        UnfiledStatus.OPENED: _("case opened"),
        UnfiledStatus.CLOSED: _("closed"),
    }[UnfiledStatus(code)]


@register.filter
def ends_told(reaches: list[dict[str, Any]]) -> list[tuple[str, date | None]]:
    """Give each regime that reaches a deal with its last day; none where it sets no period.

    It is the earliest of its ends, since all of them bind.
    """
    return [
        (
            each["title"],
            min((date.fromisoformat(end["last_day"]) for end in each["ends"]), default=None),
        )
        for each in reaches
    ]


@register.filter
def state_word(party: str) -> str:
    """Give the name of a country, or of the state in a party's identifier; else as it stands."""
    code = state_code(party) or party
    try:
        return country_name(code, get_language() or "en")
    except UnknownCountry:
        return party


@register.filter
def right_word(code: str) -> str:
    """Say a kind of right."""
    return right_told(code) if code in RIGHTS else code


@register.filter
def period_word(rule: str, day: date) -> str:
    """`{{ end.rule|period_word:deal.day }}`: what the period counts, as its law has it."""
    try:
        return rule_title(rule_for(rule, day))
    except RuleUnknown:
        return rule


@register.filter
def units_share(units: int) -> float:
    """Give a share in units as a part of one."""
    return units / WHOLE


@register.filter
def unread(status: str) -> bool:
    """`{% if end.status|unread %}`: read at no source; the product's own proposals have none."""
    return status not in {SourceStatus.VERIFIED, SourceStatus.PROPOSAL}


@register.filter
def doubted(reach: dict[str, Any]) -> bool:
    """`{% if regime|doubted %}`: whether a law or a row that decided was read at no source."""
    if reach["verified"]:
        return False
    own = regime_named(reach["regime"]).source.status is SourceStatus.PROPOSAL
    return not own or any(unread(row["status"]) for row in reach["rows"])
