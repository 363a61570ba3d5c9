"""Words of another direction set apart on a page, so that no bracket or stop leaves its end.

As in letters (`apart`), with the elements that browsers have for it in place of marks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.translation import get_language

from undaunted.core.editions.rules import Name, apart
from undaunted.site.english import marked, refusal_told
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

__all__ = ["marked_apart", "set_apart"]


def set_apart(told: str) -> SafeString:
    """Give a text in the reader's language; from right to left, Latin words are set apart in it."""
    if direction(get_language() or "en") != "rtl":
        return conditional_escape(told)
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<bdi dir="ltr">{}</bdi>', each.text) if isinstance(each, Name) else each,)
            for each in apart(told)
        ),
    )


def marked_apart(sentence: str) -> SafeString:
    """Give what rules or an engine say, in the reader's language and set apart, else as English."""
    told = refusal_told(sentence)
    return marked(sentence) if told == sentence else set_apart(told)
