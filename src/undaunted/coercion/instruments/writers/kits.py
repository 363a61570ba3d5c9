"""The model law and the comparison of instruments, as papers and as tables."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

from undaunted.coercion.instruments.rules import (
    bracketed,
    gaps_to_model,
    model_features,
    model_law,
    who_has,
)
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
)
from undaunted.core.editions.writers.papers import Paper
from undaunted.core.evidence.rules import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from undaunted.coercion.instruments.rules import Comparable, Has, KitArticle
    from undaunted.core.editions.rules import Block, Text

__all__ = ["comparison_csv", "comparison_paper", "comparison_told", "kit_paper"]

LANGUAGE: Final = "en"
"""Law and papers are in English, and say so to programs that read aloud."""
PUBLISHER: Final = "Undaunted"
MOST_COLUMNS: Final = 5
"""More instruments stand one below another alone: a page has no room for them."""
NOT_LAW: Final = "DRAFT TO BEGIN FROM · no law of anybody · in English"
COMPARED: Final = "WHAT WAS READ · not known is not no · in English"


def kit_paper(*, day: date) -> Paper:
    """Lay the model law out: articles with options in bold, commentary, what each rests on."""
    kit = model_law()
    blocks = [
        Section("about", "About this draft", (Paragraph((kit.about,)), Notice("", (kit.status,))))
    ]
    blocks += [_article(number, each) for number, each in enumerate(kit.articles, 1)]
    return _paper(kit.title, "Model law kit", NOT_LAW, day, blocks)


def comparison_paper(chosen: Iterable[Comparable], *, day: date) -> Paper:
    """Lay the comparison out: what each has, who says so, and what lacks to the model law."""
    held = list(chosen)
    matrix = Table(
        "matrix",
        "Features of the model law",
        (Column("feature", "Feature"), *(Column(each.key, each.key) for each in held)),
        tuple(
            (feature.short, *(_told(each.has(feature.code)) for each in held))
            for feature in model_features()
        ),
    )
    first = [Section("side", "Side by side", (matrix,))] if len(held) <= MOST_COLUMNS else []
    blocks = [*first, *(_instrument(each) for each in held)]
    return _paper(
        "Instruments against economic coercion compared", "Comparison", COMPARED, day, blocks
    )


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
    return Paper(document, kicker, marking, (("Day", day.isoformat()),))


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
    short = {feature.code: feature.short for feature in model_features()}
    told: list[Text] = [
        (Strong(f"{short.get(code, code)}: "), _told(cell.has),
         f" ({cell.note})" if cell.note else "", ". ", *_sources(cell.sources))
        for code, cell in each.told.items()
    ]  # fmt: skip
    unknown = ", ".join(short[code] for code in gaps.not_known)
    head: Text = (Strong(each.name), f"  {', '.join(each.states)} · {each.kind}",
                  f" · since {each.since}" if each.since else "")  # fmt: skip
    blocks: list[Block] = [Paragraph(head)]
    if each.note:
        blocks.append(Paragraph((each.note, " ", *_sources(each.sources))))
    elif each.sources:
        blocks.append(Paragraph(_sources(each.sources)))
    if told:
        blocks.append(Bullets(tuple(told)))
    if unknown:
        blocks.append(Paragraph((Strong("Not known: "), unknown)))
    return Section(f"i-{each.key}", each.key, tuple(blocks))


def _sources(sources: Iterable[Any]) -> Text:
    pieces: list[Any] = []
    for source in sources:
        read = (
            f" ({source.status}, read {source.read_on}) "
            if source.read_on
            else f" ({source.status}) "
        )
        pieces += [Link(source.publisher, source.url), read]
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


def _told(has: Has) -> str:
    return has.replace("_", " ")
