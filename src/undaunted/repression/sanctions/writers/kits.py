"""The model law as a paper: articles with options in bold, commentary, and what each rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import override

from undaunted.core.commitments.rules import bracketed
from undaunted.core.editions.rules import Bullets, Document, Notice, Paragraph, Section, Strong
from undaunted.core.editions.writers import Paper
from undaunted.repression.sanctions.rules import model_features, model_law, states_having
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from datetime import date

    from undaunted.core.commitments.rules import KitArticle
    from undaunted.core.editions.rules import Text

__all__ = ["kit_paper"]

LANGUAGE: Final = "en"
"""The draft is in English, and says so to programs that read aloud."""
NOT_LAW: Final = "DRAFT TO BEGIN FROM · no law of anybody · in English"


def kit_paper(*, day: date) -> Paper:
    """Lay the model law on targeted sanctions out."""
    kit = model_law()
    about = Section(
        "about", "About this draft", (Paragraph((kit.about,)), Notice("", (kit.status,)))
    )
    with override(LANGUAGE):
        told = date_text(day)
    document = Document(
        title=kit.title,
        subtitle="",
        language=LANGUAGE,
        publisher="Undaunted",
        as_of=day,
        known_at=told,
        blocks=(about, *(_article(number, each) for number, each in enumerate(kit.articles, 1))),
    )
    return Paper(document, "Model law kit", NOT_LAW, (("Day", told),))


def _article(number: int, article: KitArticle) -> Section:
    text = tuple(Paragraph(_options(line)) for line in article.text.split("\n") if line.strip())
    named = {each.code: each.short for each in model_features()}
    having = ", ".join(states_having(article)) or "none that was read"
    points: tuple[Text, ...] = (
        (Strong("Rests on: "), ", ".join(named[code] for code in article.rests_on)),
        (Strong("After: "), article.after),
        (Strong("States whose law has all of these: "), having),
    )
    comment = Notice("Commentary.", (article.commentary,))
    return Section(
        article.key, f"Article {number}. {article.title}", (*text, comment, Bullets(points))
    )


def _options(line: str) -> Text:
    return tuple(Strong(part) if option else part for part, option in bracketed(line.strip()))
