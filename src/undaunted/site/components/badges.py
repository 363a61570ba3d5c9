"""Badges whose words are fixed: confidence tiers and recognition statuses."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

__all__ = ["status_badge", "tier_badge"]

_STATUS_KINDS = {
    "recognised": "accent",
    "candidate": "outline",
    "not_recognised": "",
    "former": "success",
    "disputed": "warning",
}


def tier_badge(tier: str) -> SafeString:
    """`{% tier_badge "A" %}`: the confidence tier with its meaning as a title."""
    meanings = {
        "A": _("Two or more independent sources, one of them primary"),
        "B": _("One reliable source"),
        "C": _("Reported"),
        "D": _("Disputed"),
    }
    letter = str(tier).upper()
    if letter not in meanings:
        return SafeString("")
    return format_html(
        '<abbr class="badge tier tier-{}" title="{}">{}</abbr>',
        letter.lower(),
        meanings[letter],
        _("Tier %(letter)s") % {"letter": letter},
    )


def status_badge(status: str) -> SafeString:
    """`{% status_badge "recognised" %}`: where the recognition of a case stands."""
    words = {
        "candidate": pgettext("recognition", "Candidate"),
        "recognised": pgettext("recognition", "Recognised"),
        "not_recognised": pgettext("recognition", "Not recognised"),
        "former": pgettext("recognition", "Former"),
        "disputed": pgettext("recognition", "Disputed"),
    }
    if status not in words:
        return SafeString("")
    return format_html('<span class="badge {}">{}</span>', _STATUS_KINDS[status], words[status])
