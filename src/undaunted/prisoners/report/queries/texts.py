"""Reads of the editorial texts: the board, one version, and what is signed for the report."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from undaunted.core.access.queries import seen_by
from undaunted.core.editions.queries import edition_file_for, editions_for, files_of
from undaunted.core.editions.rules import Bullets, Notice, Paragraph, decoded
from undaunted.prisoners.registry.queries.named import named_in_texts
from undaunted.prisoners.report.models import TextVersion
from undaunted.prisoners.report.rules import Chapter
from undaunted.prisoners.report.rules.exchange import Exported
from undaunted.prisoners.report.rules.marks import TextBroken, read_text
from undaunted.prisoners.report.rules.printed import printed_words
from undaunted.prisoners.report.rules.texts import (
    ORIGINAL,
    Place,
    State,
    TextRefused,
    missing_reasons,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.editions.rules import Block, Document

__all__ = [
    "TextsInReport",
    "hands_of",
    "original_of",
    "report_document",
    "report_figures",
    "signed_texts",
    "standing_text",
    "text_named",
    "text_version",
    "texts_of_place",
    "texts_of_year",
    "texts_to_translate",
    "years_with_texts",
]

ANNUAL = "annual-report"


@dataclass(frozen=True, slots=True, eq=False)
class _Signed:
    holder: UUID
    chapter: Chapter
    language: str
    number: int
    translates: int | None
    body: str
    accepted: Mapping[str, str]
    people: frozenset[UUID]
    """Records of those whom it was declared to name, and those that stand for them."""
    agreed: bool

    def __str__(self) -> str:
        return f"chapter {self.chapter}, {self.language}, version {self.number}"


@dataclass(frozen=True, slots=True)
class TextsInReport:
    """The texts that a report prints, whom they name, and which stay out for want of consent."""

    texts: Mapping[Chapter, tuple[Block, ...]]
    subjects: frozenset[UUID]
    left_out: tuple[str, ...]


def texts_of_year(actor: Actor, holder: UUID, year: int) -> QuerySet[TextVersion]:
    """Give every version of a year's report, without their words, in order."""
    rows = seen_by(actor, TextVersion.objects.filter(holder=holder, year=year))
    return rows.defer("body").order_by("chapter", "language", "number")


def texts_of_place(actor: Actor, holder: UUID, place: Place) -> QuerySet[TextVersion]:
    """Give the versions of a chapter in a language, newest first."""
    rows = TextVersion.objects.filter(
        holder=holder, year=place.year, chapter=place.chapter, language=place.language
    )
    return seen_by(actor, rows).order_by("-number")


def text_version(actor: Actor, version: UUID) -> TextVersion | None:
    """Give one version; None for absent and for forbidden."""
    return seen_by(actor, TextVersion.objects.filter(pk=version)).first()


def text_named(actor: Actor, holder: UUID, place: Place, number: int) -> TextVersion | None:
    """Give one version by its number; None for absent and for forbidden."""
    return texts_of_place(actor, holder, place).filter(number=number).first()


def standing_text(actor: Actor, holder: UUID, place: Place) -> TextVersion | None:
    """Give the version that stands: the last that was signed, unless it was withdrawn."""
    decided = texts_of_place(actor, holder, place).filter(state__in=[State.SIGNED, State.WITHDRAWN])
    last = decided.first()
    return last if last is not None and last.state == State.SIGNED else None


def original_of(actor: Actor, version: TextVersion) -> TextVersion | None:
    """Give the English version that a translation was made from."""
    if version.translates is None:
        return None
    rows = TextVersion.objects.filter(
        holder=version.holder,
        year=version.year,
        chapter=version.chapter,
        language=ORIGINAL,
        number=version.translates,
    )
    return seen_by(actor, rows).first()


def hands_of(actor: Actor, version: TextVersion) -> frozenset[UUID]:
    """Give who wrote a version, and those before it since the last that was signed."""
    rows = seen_by(
        actor,
        TextVersion.objects.filter(
            holder=version.holder,
            year=version.year,
            chapter=version.chapter,
            language=version.language,
        ),
    )
    before = rows.filter(number__lt=version.number, state__in=[State.SIGNED, State.WITHDRAWN])
    last = before.order_by("-number").values_list("number", flat=True).first() or 0
    grown = rows.filter(number__gt=last, number__lte=version.number)
    return frozenset(grown.values_list("written_by", flat=True))


def texts_to_translate(
    actor: Actor, holder: UUID, year: int, language: str
) -> tuple[Exported, ...]:
    """Give the English texts that stand, each with its newest translation, for translators."""
    given = []
    for chapter in Chapter:
        english = standing_text(actor, holder, Place(year, chapter, ORIGINAL))
        if english is None:
            continue
        place = Place(year, chapter, language)
        kept = texts_of_place(actor, holder, place).exclude(
            state__in=[State.DECLINED, State.WITHDRAWN]
        )
        newest = kept.first()
        given.append(
            Exported(
                place,
                english.number,
                english.body,
                newest.body if newest else "",
                current=newest is not None and newest.translates == english.number,
            )
        )
    return tuple(given)


def years_with_texts(actor: Actor, holder: UUID) -> tuple[int, ...]:
    """Give the years whose report has texts, newest first."""
    rows = seen_by(actor, TextVersion.objects.filter(holder=holder))
    return tuple(rows.order_by("-year").values_list("year", flat=True).distinct())


def report_figures(
    actor: Actor, year: int, *, holder: UUID | None = None
) -> dict[str, float | None]:
    """Give key and value of every number of the newest annual report that was built."""
    edition = _newest_report(actor, year, holder)
    return dict(edition.figures) if edition is not None else {}


def report_document(actor: Actor, year: int, *, holder: UUID | None = None) -> Document | None:
    """Give the newest annual report that was built, for its tables and the words of its numbers."""
    edition = _newest_report(actor, year, holder)
    if edition is None:
        return None
    names = [file.name for file in files_of(actor, edition) if file.name.endswith(".json")]
    wanted = sorted(names, key=lambda name: (not name.endswith(f"-{ORIGINAL}.json"), name))
    file = edition_file_for(actor, edition.pk, wanted[0]) if wanted else None
    return decoded(bytes(file.content)) if file is not None and file.content else None


def signed_texts(
    actor: Actor, year: int, language: str, *, holder: UUID | None = None
) -> TextsInReport:
    """Give the texts that stand in a year's report, by chapter; their numbers are not filled in.

    Where a language has no translation of the English text that stands, the English text is given
    with a notice. `holder` says whose texts; without it, of the one organisation that has any. A
    text stays out where somebody in it may not be named to the public, or names somebody whom it
    was not declared to name. Raises `TextRefused` where several organisations have texts, or where
    a text cannot stand as it was signed.
    """
    rows = _signed(year, holder)
    holders = {row.holder for row in rows}
    if len(holders) > 1:
        raise TextRefused(
            f"{year}: {len(holders)} organisations have signed texts; build the report for one of "
            "them (--holder)"
        )
    blocks = {row: _blocks(row) for row in _wanted(rows, language)}
    silent = _silent(actor, blocks)
    held = {(row.chapter, row.language): row for row in blocks if row not in silent}
    given: dict[Chapter, tuple[Block, ...]] = {}
    subjects: set[UUID] = set()
    for chapter in Chapter:
        original = held.get((chapter, ORIGINAL))
        translation = held.get((chapter, language))
        if original is None:
            continue
        if translation is None:
            given[chapter] = _in_english(blocks[original], language)
            subjects |= original.people
        else:
            given[chapter] = blocks[translation]
            subjects |= translation.people
    return TextsInReport(given, frozenset(subjects), tuple(sorted(map(str, silent))))


def _wanted(rows: Iterable[_Signed], language: str) -> Iterator[_Signed]:
    """Give the English texts, and those translations that are of the English text that stands."""
    standing = {row.chapter: row.number for row in rows if row.language == ORIGINAL}
    for row in rows:
        of = row.number if row.language == ORIGINAL else row.translates
        if row.language in {ORIGINAL, language} and of == standing.get(row.chapter):
            yield row


def _silent(actor: Actor, blocks: Mapping[_Signed, tuple[Block, ...]]) -> frozenset[_Signed]:
    """Give the texts of which somebody may not be named, or whom nobody knew of when they signed.

    Names that were recorded after the signature are found here.
    """
    rows = list(blocks)
    words = [(printed_words(blocks[row]), row.language) for row in rows]
    strangers = {
        rows[each.text]
        for each in named_in_texts(actor, words)
        if each.person not in rows[each.text].people
    }
    return frozenset(strangers | {row for row in rows if not row.agreed})


def _signed(year: int, holder: UUID | None) -> tuple[_Signed, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM report_signed_texts(%s, %s)", [year, holder])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return tuple(
        _Signed(
            house,
            Chapter(chapter),
            language,
            number,
            translates,
            body,
            json.loads(accepted) if isinstance(accepted, str) else accepted,
            frozenset(people),
            agreed,
        )
        for house, chapter, language, number, translates, body, accepted, people, agreed in rows
    )


def _blocks(row: _Signed) -> tuple[Block, ...]:
    """Read a signed text again, so that nothing stands that its rules would refuse today."""
    where = str(row)
    try:
        reading = read_text(row.body, row.language)
    except TextBroken as broken:
        raise TextRefused(f"{where}: {broken}; propose the text anew") from broken
    missing = missing_reasons(reading.typed, row.accepted)
    if missing:
        typed = reading.typed[int(missing[0]) - 1]
        raise TextRefused(
            f"{where}, line {typed.line}: {typed.text!r} was typed by hand and nobody accepted it; "
            "propose the text anew"
        )
    return reading.blocks


def _in_english(blocks: Iterable[Block], language: str) -> tuple[Block, ...]:
    with override(language):
        told = _("No translation of this text has been signed yet, so it stands in English.")
    marked = (
        replace(block, language=ORIGINAL) if isinstance(block, Paragraph | Bullets) else block
        for block in blocks
    )
    return (Notice("", (told,)), *marked)


def _newest_report(actor: Actor, year: int, holder: UUID | None) -> Any:  # noqa: ANN401 - a row of the editions
    built = editions_for(actor).filter(kind=ANNUAL, built_at__isnull=False)
    built = built.exclude(state="withdrawn").order_by("-built_at")
    if holder is not None:
        built = built.filter(holder=holder)
    return built.filter(as_of__year=year).first() or built.first()
