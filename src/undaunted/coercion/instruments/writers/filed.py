"""Papers that are no request (submissions, evidence, replies), in either of their versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.instruments.writers.days import LANGUAGE, in_english
from undaunted.coercion.instruments.writers.requests import (
    LAW,
    NO_NAME,
    OPEN,
    SECRET,
    text_blocks,
)
from undaunted.core.editions.rules import Document, Section
from undaunted.core.editions.writers.papers import Paper
from undaunted.core.places.rules import country_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from undaunted.coercion.instruments.rules import SummaryLine

__all__ = ["filed_paper"]


def filed_paper(  # noqa: PLR0913 - what a paper says of itself
    kind: str,
    title: str,
    lines: Iterable[SummaryLine],
    *,
    country: str,
    day: date,
    sealed: Mapping[str, str] | None = None,
) -> Paper:
    """Lay a paper out for everybody; with what was `sealed`, for those who opened it."""
    told = [(each.title, each.text, "") for each in lines]
    sections = [Section("open", "Non-confidential version", tuple(text_blocks(told)))]
    if sealed is not None:
        secret = [(name.replace("_", " ").capitalize(), text, "") for name, text in sealed.items()]
        sections.append(Section("sealed", "Confidential version", tuple(text_blocks(secret))))
    named = country_name(country)
    document = Document(
        title=title,
        subtitle="",
        language=LANGUAGE,
        publisher=NO_NAME if sealed is None else "Undaunted",
        as_of=day,
        known_at=day.isoformat(),
        blocks=tuple(sections),
        hypothetical=country.startswith("X") and country != "XK",
    )
    heads = (("Third country", f"{named} ({country})"), ("Day", in_english(day)))
    return Paper(document, f"{LAW} · {kind}", OPEN if sealed is None else SECRET, heads)
