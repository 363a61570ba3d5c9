"""The model law and the comparison of instruments, as papers and as tables."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.coercion.instruments.rules import (
    Has,
    bracketed,
    gaps_to_model,
    model_features,
    model_law,
    who_has,
)
from undaunted.coercion.instruments.writers.case_words import in_words
from undaunted.coercion.instruments.writers.days import LANGUAGE, in_english
from undaunted.core.commitments.writers import state_name
from undaunted.core.commitments.writers import told as term_told
from undaunted.core.editions.rules import (
    Bullets,
    Column,
    Document,
    Link,
    Notice,
    Paragraph,
    Section,
    Strong,
    Table,
    left_to_right,
)
from undaunted.core.editions.writers.papers import Paper
from undaunted.core.evidence.rules import harmless
from undaunted.site.components.dates import date_text, partial_date
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from undaunted.coercion.instruments.rules import Comparable, KitArticle
    from undaunted.core.editions.rules import Block, Text

__all__ = ["comparison_csv", "comparison_paper", "comparison_told", "kit_paper"]

PUBLISHER: Final = "Undaunted"
MOST_COLUMNS: Final = 5
"""More instruments stand one below another alone: a page has no room for them."""
NOT_LAW: Final = "DRAFT TO BEGIN FROM · no law of anybody · in English"


def kit_paper(*, day: date) -> Paper:
    """Lay the model law out: articles with options in bold, commentary, what each rests on."""
    kit = model_law()
    blocks = [
        Section("about", "About this draft", (Paragraph((kit.about,)), Notice("", (kit.status,))))
    ]
    blocks += [_article(number, each) for number, each in enumerate(kit.articles, 1)]
    return _paper(kit.title, "Model law kit", NOT_LAW, day, blocks)


def comparison_paper(chosen: Iterable[Comparable], *, day: date) -> Paper:
    """Lay the comparison out: what each has, who says so, and what lacks to the model law.

    Told in the reader's language; names of laws, features and notes stand as they were read.
    """
    held = list(chosen)
    matrix = Table(
        "matrix",
        _("Instruments and features"),
        (Column("feature", _("Feature")), *(Column(each.key, each.name) for each in held)),
        tuple(
            (feature.short, *(in_words("Has", each.has(feature.code)) for each in held))
            for feature in model_features()
        ),
    )
    side = Section("side", _("Instruments and features"), (matrix,))
    document = Document(
        title=_("Instruments against coercion"),
        subtitle="",
        language=get_language() or LANGUAGE,
        publisher=PUBLISHER,
        as_of=day,
        known_at=day.isoformat(),
        blocks=(*([side] if len(held) <= MOST_COLUMNS else ()), *map(_instrument, held)),
    )
    marking = _("What was read; not known is not no. Names of laws, features and notes: in English")
    return Paper(document, _("Comparison"), marking, ((_("Day"), date_text(day)),))


def comparison_told(chosen: Iterable[Comparable]) -> list[dict[str, Any]]:
    """Give the comparison as plain values, with sources and gaps."""
    return [
        {
            "key": each.key,
            "states": list(each.states),
            "kind": each.kind,
            "name": each.name,
            "since": each.since,
            "note": each.note,
            "sources": [_source_told(one) for one in each.sources],
            "features": {
                feature.code: {
                    "has": each.has(feature.code),
                    "note": each.told[feature.code].note if feature.code in each.told else "",
                    "sources": [_source_told(one) for one in each.told[feature.code].sources]
                    if feature.code in each.told
                    else [],
                }
                for feature in model_features()
            },
            "lacks": list(gaps_to_model(each).lacks),
            "partly": list(gaps_to_model(each).partly),
            "not_known": list(gaps_to_model(each).not_known),
        }
        for each in chosen
    ]


def comparison_csv(chosen: Iterable[Comparable]) -> str:
    """Give one row an instrument and feature, with the source, its status and when it was read."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["instrument", "states", "kind", "feature", "has", "note", "source", "url",
                   "status", "read_on"])  # fmt: skip
    for each in chosen:
        for feature in model_features():
            told = each.told.get(feature.code)
            source = told.sources[0] if told is not None else None
            cells = [
                each.key, " ".join(each.states), each.kind, feature.code, each.has(feature.code),
                "" if told is None else told.note,
                *(["", "", "", ""] if source is None else
                  [source.title, source.url, source.status, source.read_on]),
            ]  # fmt: skip
            rows.writerow([harmless(str(cell)) for cell in cells])
    return text.getvalue()


def _paper(title: str, kicker: str, marking: str, day: date, blocks: Iterable[Block]) -> Paper:
    document = Document(
        title=title,
        subtitle="",
        language=LANGUAGE,
        publisher=PUBLISHER,
        as_of=day,
        known_at=day.isoformat(),
        blocks=tuple(blocks),
    )
    return Paper(document, kicker, marking, (("Day", in_english(day)),))


def _article(number: int, article: KitArticle) -> Section:
    text = tuple(Paragraph(_options(line)) for line in article.text.split("\n") if line.strip())
    having = ", ".join(each.name for each in who_has(article)) or "none that was read"
    named = {each.code: each.short for each in model_features()}
    points: tuple[Text, ...] = (
        (Strong("Rests on: "), ", ".join(named[code] for code in article.rests_on)),
        (Strong("After: "), article.after),
        (Strong("Instruments with these features: "), having),
    )
    comment = Notice("Commentary.", (article.commentary,))
    return Section(
        article.key, f"Article {number}. {article.title}", (*text, comment, Bullets(points))
    )


def _options(line: str) -> Text:
    return tuple(Strong(part) if option else part for part, option in bracketed(line.strip()))


def _instrument(each: Comparable) -> Section:
    gaps = gaps_to_model(each)
    short = {feature.code: _english(feature.short) for feature in model_features()}
    told: list[Text] = [
        (Strong(f"{short.get(code, code)}: "), in_words("Has", cell.has),
         f" {_english(f'({cell.note})')}" if cell.note else "", ". ", *_sources(cell.sources))
        for code, cell in each.told.items()
    ]  # fmt: skip
    unknown = ", ".join(short[code] for code in gaps.not_known)
    head = [", ".join(map(state_name, each.states)), in_words("Comparability", each.kind)]
    if each.since:
        head.append(_("since %(date)s") % {"date": partial_date(each.since).text})
    blocks: list[Block] = [Paragraph((" · ".join(head),))]
    if each.note:
        blocks.append(Paragraph((_english(each.note), " ", *_sources(each.sources))))
    elif each.sources:
        blocks.append(Paragraph(_sources(each.sources)))
    if told:
        blocks.append(Bullets(tuple(told)))
    if unknown:
        blocks.append(Paragraph((Strong(f"{in_words('Has', Has.NOT_KNOWN)}: "), unknown)))
    return Section(f"i-{each.key}", each.name, tuple(blocks))


def _english(text: str) -> str:
    """Keep what stands in English in its order, its signs too, within lines from right to left."""
    return left_to_right(text) if direction(get_language() or LANGUAGE) == "rtl" else text


def _sources(sources: Iterable[Any]) -> Text:
    pieces: list[Any] = []
    for source in sources:
        read = [term_told("SourceStatus", source.status)]
        if source.read_on:
            read.append(partial_date(source.read_on).text)
        pieces += [Link(source.publisher, source.url), f" ({', '.join(read)}) "]
    return tuple(pieces)


def _source_told(source: Any) -> dict[str, Any]:  # noqa: ANN401 - a source of core.practices
    return {
        "title": source.title,
        "url": source.url,
        "date": source.date,
        "status": source.status,
        "read_on": source.read_on,
        "read_in": source.read_in,
    }
