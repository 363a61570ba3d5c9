"""What has been done for release and for accountability: practices with evidence, never causes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import (
    Bullets,
    Footnote,
    Link,
    Notice,
    Paragraph,
    Section,
    Strong,
)
from undaunted.core.practices.queries import practice_menu
from undaunted.core.practices.rules import WORLD, Aim
from undaunted.core.practices.writers import told as word_of
from undaunted.prisoners.report.analysis.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.access.rules import Actor
    from undaunted.core.editions.rules import Block, Piece, Text
    from undaunted.core.practices.rules import Entry, Implementation, Source
    from undaunted.prisoners.report.analysis.told import Told

__all__ = ["accountability", "release"]

LONGEST_KEY = 60


def release(actor: Actor, told: Told) -> tuple[Block, ...]:
    """Give the chapter on release."""
    return _chapter(actor, told, Aim.RELEASE)


def accountability(actor: Actor, told: Told) -> tuple[Block, ...]:
    """Give the chapter on accountability."""
    return _chapter(actor, told, Aim.ACCOUNTABILITY)


def _chapter(actor: Actor, told: Told, aim: Aim) -> tuple[Block, ...]:
    menu = practice_menu(actor, aim=aim)
    if not menu:
        return ()
    head = Notice(
        _("An association, not a cause."),
        (
            _(
                "What is said of an effect was seen together with the practice. It does not say "
                "that the practice brought it about. The order says nothing about how well "
                "something works."
            ),
        ),
    )
    return (head, *(_practice(each.entry, told) for each in menu))


def _practice(entry: Entry, told: Told) -> Section:
    blocks: list[Block] = [
        Paragraph((Strong(word_of("Instrument", entry.instrument)), ".")),
        Paragraph((entry.summary,), entry.language),
        *_part(
            _("What it needs"), ((each.text, each.sources) for each in entry.preconditions), entry
        ),
        *_part(
            _("Where it was done"),
            (
                (
                    f"{_done(each, told)}: {each.text} {each.result}",
                    each.sources,
                )
                for each in entry.implementations
            ),
            entry,
        ),
        *_part(
            _("What was seen with it"),
            (
                (f"{each.text} ({word_of('Grade', each.grade)})", each.sources)
                for each in entry.effects
            ),
            entry,
        ),
        *_part(_("Risks"), ((each.text, each.sources) for each in entry.risks), entry),
        *_part(_("How it fails"), ((each.text, each.sources) for each in entry.failures), entry),
    ]
    foreign = entry.language != told.language
    return Section(_key(entry), entry.title, _own(blocks, foreign=foreign))


def _key(entry: Entry) -> str:
    key = f"practice.{entry.reference}"
    return key if len(key) <= LONGEST_KEY else f"practice.{entry.digest[:40]}"


def _own(blocks: list[Block], *, foreign: bool) -> tuple[Block, ...]:
    """Say of a text in another language that it is; of one in the document's, nothing."""
    if foreign:
        return (Notice("", (_("This text has not been translated."),)), *blocks)
    return tuple(
        replace(block, language="") if isinstance(block, Paragraph | Bullets) else block
        for block in blocks
    )


def _part(
    title: str, claims: Iterable[tuple[str, tuple[str, ...]]], entry: Entry
) -> tuple[Block, ...]:
    items = tuple((text, *_notes(entry, names)) for text, names in claims)
    return (Paragraph((Strong(title),)), Bullets(items, entry.language)) if items else ()


def _notes(entry: Entry, names: tuple[str, ...]) -> tuple[Piece, ...]:
    return tuple(Footnote(_source(entry.source(name))) for name in names)


def _source(source: Source) -> Text:
    told = f"{source.publisher}, {source.title}, {source.date}"
    pieces: list[Piece] = [f"{told}. "]
    if source.url.startswith(("https://", "http://")):
        pieces.append(Link(source.url, source.url))
    return (*pieces, f" ({word_of('SourceStatus', source.status)})")


def _done(done: Implementation, told: Told) -> str:
    return f"{done.when}, {_where(done.where, told)}, {done.by}"


def _where(codes: tuple[str, ...], told: Told) -> str:
    names = [_("several countries") if code == WORLD else told.word(code) for code in codes]
    return listed(names, told.language)
