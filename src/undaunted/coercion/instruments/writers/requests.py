"""A request under Article 4 and its summary that everybody may read, as papers and files."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from undaunted.coercion.instruments.rules import (
    CLOCKS,
    FieldKind,
    Summary,
    check_request,
    hidden,
    request_fields,
    summarise,
)
from undaunted.coercion.instruments.writers.days import LANGUAGE, in_english
from undaunted.core.clocks.rules import Firmness, rule_for
from undaunted.core.editions.rules import (
    Bullets,
    Column,
    Document,
    Notice,
    Paragraph,
    Section,
    Strong,
    Table,
)
from undaunted.core.editions.writers.papers import Paper, write_paper_pdf, write_paper_word
from undaunted.core.places.rules import country_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from undaunted.coercion.instruments.rules import Answer, Request, RequestField, SummaryLine
    from undaunted.core.clocks.rules import Rule
    from undaunted.core.editions.rules import Block, Text

__all__ = [
    "LAW",
    "NO_NAME",
    "OPEN",
    "SECRET",
    "WrittenRequest",
    "request_paper",
    "summary_paper",
    "text_blocks",
    "write_request",
]

LAW: Final = "Regulation (EU) 2023/2675"
SECRET: Final = "CONFIDENTIAL · for the Commission alone · Article 15"  # noqa: S105 - a marking
OPEN: Final = "NOT CONFIDENTIAL · summary under Article 15"
NO_NAME: Final = "Summary that is not confidential"
ABOUT: Final = (
    f"{LAW} asks for substantiated information and prescribes no form; the parts of this paper are "
    "Undaunted's. Its articles were read on 26 November 2026 in a copy of EUR-Lex that lacks the "
    "first sentences of numbered paragraphs. It is no legal advice."
)
HEADS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "who": "Who asks",
        "measure": "The measure",
        "aim": "What it is to prevent or obtain",
        "factors": "Factors of Article 2(2)",
        "injury": "The injury",
        "interest": "The Union interest",
    }
)


@dataclass(frozen=True, slots=True)
class WrittenRequest:
    """The files of a request, apart: what goes to the Commission, and what everybody may read.

    `blank` is the summary for Word without its lines, so that its own words can be told from them.
    """

    secret: Mapping[str, bytes]
    open: Mapping[str, bytes]
    blank: bytes


def write_request(request: Request, *, day: date, moment: int) -> WrittenRequest:
    """Write both as Word and PDF. Raises what `summarise` raises; nothing is written then."""
    summary, country = summarise(request), request.answers["third_country"].value
    papers = {
        "request": request_paper(request, day=day),
        "summary": summary_paper(summary, country=country, day=day),
    }
    secret, everybody = (
        MappingProxyType(
            {
                f"{name}.docx": write_paper_word(paper, moment=moment),
                f"{name}.pdf": write_paper_pdf(paper, moment=moment),
            }
        )
        for name, paper in papers.items()
    )
    empty = summary_paper(Summary((), (), summary.protected), country=country, day=day)
    return WrittenRequest(secret, everybody, write_paper_word(empty, moment=moment))


def request_paper(request: Request, *, day: date) -> Paper:
    """Lay the whole request out; what is confidential is marked so."""
    check_request(request)
    fields = [each for each in request_fields() if each.key in request.answers]
    sections = [
        Section(group, HEADS[group], tuple(text_blocks(
            (each.title, _as_written(each, request.answers[each.key]),
             "Confidential" if hidden(each, request) else "")
            for each in held)))
        for group, held in groupby(fields, key=lambda each: each.group)
    ]  # fmt: skip
    documents: list[Text] = [
        (Strong(f"Document {number}. "), f"{each.title} {each.date}".strip(),
         "  (confidential)" if each.confidential else "",
         f"  SHA-256 {each.digest}" if each.digest else "")
        for number, each in enumerate(request.evidence, 1)
    ]  # fmt: skip
    held = (*sections, Section("evidence", "Evidence", (Bullets(tuple(documents)),)))
    if request.protect:
        held = (_protection(request), *held)
    return _paper(
        request.answers["third_country"].value, day, held,
        publisher=request.answers["requester"].value, marking=SECRET,
    )  # fmt: skip


def summary_paper(summary: Summary, *, country: str, day: date) -> Paper:
    """Lay the summary out; how a line came about stands beside it."""
    sections = [
        Section(group, HEADS[group], tuple(text_blocks(_lines(held))))
        for group, held in groupby(summary.lines, key=lambda each: each.group)
    ]
    evidence = Section("evidence", "Evidence", tuple(text_blocks(_lines(summary.evidence))))
    return _paper(country, day, (*sections, evidence), publisher=NO_NAME, marking=OPEN)


def _paper(
    country: str, day: date, sections: Iterable[Section], *, publisher: str, marking: str
) -> Paper:
    named = country_name(country.upper())
    document = Document(
        title=f"Request to examine a measure of {named}",
        subtitle="",
        language=LANGUAGE,
        publisher=publisher,
        as_of=day,
        known_at=day.isoformat(),
        blocks=(*sections, _follows(day), _about()),
        hypothetical=country.upper().startswith("X") and country.upper() != "XK",
    )
    heads = (("Third country", f"{named} ({country.upper()})"), ("Day", in_english(day)))
    return Paper(document, f"{LAW} · Article 4", marking, heads)


def text_blocks(told: Iterable[tuple[str, str, str]]) -> Iterator[Block]:
    """Give a heading and its paragraphs for each title, text and mark."""
    for title, text, mark in told:
        head: Text = (Strong(title), f"  ({mark.lower()})" if mark else "")
        yield Paragraph(head)
        yield from (Paragraph((part.strip(),)) for part in text.split("\n") if part.strip())


def _lines(lines: Iterable[SummaryLine]) -> Iterator[tuple[str, str, str]]:
    for each in lines:
        yield each.title, each.text, "" if each.how == "as_written" else each.how.replace("_", " ")


def _as_written(field: RequestField, answer: Answer) -> str:
    unit = "%" if field.kind is FieldKind.SHARE else answer.unit
    return f"{answer.value} {unit}".strip()


def _protection(request: Request) -> Section:
    told = (
        "Whoever asks wants their identity kept from everybody but the Commission (Article 4 with "
        "Article 15). What they have to fear: "
    )
    return Section("protection", "Protection of identity", (Notice("", (told, request.harm)),))


def _follows(day: date) -> Section:
    """Tell the clocks of a proceeding: which limits are hard, and which are normally kept."""
    rules = [rule_for(clock, day) for clock in CLOCKS.values()]
    table = Table(
        "clocks",
        "Limits of a proceeding",
        (Column("what", "Step"), Column("limit", "Limit"), Column("how", "Firmness"),
         Column("law", "Article and how it was read")),
        tuple(
            (each.title["en"], _limit(each), _firmness(each),
             f"{each.source.article} ({each.source.status})")
            for each in rules
        ),
    )  # fmt: skip
    return Section("follows", "What follows, and by when", (table,))


def _limit(rule: Rule) -> str:
    return ", ".join(f"{each.period.amount} {each.period.unit}" for each in rule.limits)


def _firmness(rule: Rule) -> str:
    hard = all(each.firmness is Firmness.HARD for each in rule.limits)
    return "hard" if hard else "soft: normally, passing it is no breach"


def _about() -> Section:
    return Section("about", "About this paper", (Paragraph((ABOUT,)),))
