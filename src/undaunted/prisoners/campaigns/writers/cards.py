"""A card for social media as PNG or SVG: letters are drawn as shapes, nothing is fetched or told.

A name stands large in its own script. Whoever cannot see the card gets it in words.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.core.editions.rules import EditionRefused, breakable
from undaunted.core.editions.writers import FOLDERS, hypothetical_text, typeset
from undaunted.prisoners.campaigns.rules.directions import apart
from undaunted.prisoners.campaigns.rules.materials import CardTooFull, Form
from undaunted.prisoners.campaigns.rules.naming import also_name, own_name
from undaunted.prisoners.campaigns.writers.printing import language_values, name_values
from undaunted.prisoners.campaigns.writers.wording import (
    ask_text,
    country_text,
    invented,
    role_text,
    since_text,
)
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from undaunted.prisoners.campaigns.rules import AdopterSheet, CampaignSheet, CaseSheet

__all__ = ["SIZES", "card_values", "card_words", "write_card"]

Values = dict[str, Any]

SIZES: Final = {
    Form.SQUARE_PNG: (1080, 1080),
    Form.SQUARE_SVG: (1080, 1080),
    Form.WIDE_PNG: (1200, 630),
    Form.WIDE_SVG: (1200, 630),
}
"""Width and height in pixels."""
_LONGEST_SECOND: Final = 90
"""Letters of the name in another script; a longer one is told in words alone."""
_SHORT: Final = 24
_NO_ROOM: Final = "no size in which the words fit"
_PICTURES: Final = frozenset({Form.SQUARE_PNG, Form.WIDE_PNG})


def write_card(
    values: Values, alternative: str, form: Form, *, folders: Iterable[Path] = FOLDERS
) -> bytes:
    """Give the card; runs in its language. Raises `FontMissing` and `CardTooFull`."""
    width, height = SIZES[form]
    language = get_language() or "en"
    try:
        done = typeset(
            files(__package__).joinpath("card.typ").read_bytes(),
            {**values, **language_values(language), "width": width, "height": height},
            title=values["title"],
            language=language,
            media="png" if form in _PICTURES else "svg",
            folders=folders,
        )
    except EditionRefused as problem:
        if _NO_ROOM not in str(problem):
            raise
        raise CardTooFull(
            f"card {width} x {height}: too many words; write the ask shorter, or choose the other "
            "size"
        ) from problem
    card = done.pages[0]
    return card if form in _PICTURES else _named(card, values["title"], alternative, language)


def card_values(case: CaseSheet, campaign: CampaignSheet, adopter: AdopterSheet | None) -> Values:
    """Give what the card says, in the language in force."""
    own = own_name(case.names)
    also = also_name(case.names, own)
    about = [each for each in (role_text(case), country_text(case.country)) if each]
    adopted = _("Adopted by %(adopter)s") % {"adopter": adopter.name} if adopter else ""
    carried = " · ".join(each for each in (case.reference, campaign.organisation) if each)
    since = _("Deprived of liberty since %(since)s") % {"since": since_text(case)}
    return {
        "title": campaign.name,
        "above": f"{apart(campaign.name)} · {apart(date_text(campaign.day))}",
        "since": since if case.since else "",
        "name": name_values(own.text if own else case.reference),
        "also": name_values(also.text if also and len(also.text) <= _LONGEST_SECOND else ""),
        "about": breakable(("\n" if len(about[0]) > _SHORT else " · ").join(about)),
        "ask": breakable(ask_text(case)),
        "below": [breakable(each) for each in (adopted, carried) if each],
        "warning": hypothetical_text() if invented(case, campaign) else "",
    }


def card_words(case: CaseSheet, campaign: CampaignSheet, values: Values) -> str:
    """Give the card for whoever cannot see it, in the language in force."""
    own = own_name(case.names)
    also = also_name(case.names, own)
    named = " · ".join(each.text for each in (own, also) if each) or case.reference
    told = (values["since"], country_text(case.country), *values["below"], values["warning"])
    return _(
        "A card of the campaign “%(campaign)s”. A flame stands between the bars of a window. In "
        "large letters: %(name)s. It asks: %(ask)s Below: %(told)s"
    ) % {
        "campaign": campaign.name,
        "name": named,
        "ask": ask_text(case),
        "told": " · ".join(each for each in told if each),
    }


def _named(svg: bytes, title: str, alternative: str, language: str) -> bytes:
    """Give the drawing its size in pixels, and a name and words for programs that read aloud."""
    start, _end, rest = svg.decode().replace('pt"', 'px"', 2).partition(">")
    told = (
        f'{start} role="img" lang={quoteattr(language)} aria-label={quoteattr(alternative)}>'
        f"<title>{escape(title)}</title><desc>{escape(alternative)}</desc>"
    )
    return (told + rest).encode()
