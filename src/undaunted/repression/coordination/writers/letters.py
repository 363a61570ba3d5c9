"""The answer to a listed person's petition as a letter, in Word and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from undaunted.core.editions.rules import Bullets, Document, Name, Paragraph, Section, Strong
from undaunted.core.editions.writers import (
    Paper,
    draft_text,
    write_paper_pdf,
    write_paper_word,
)
from undaunted.repression.coordination.writers.terms import entry_named, in_words
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.editions.rules import Block

__all__ = ["MEDIA", "Letter", "write_letter"]

MEDIA: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in an answer. What was asked and reviewed is named and dated, never told.

    The desk wrote down the request and what it reviewed for itself; words for the person addressed
    stand in the answer alone. `entry` is `source:key`; the letter names the list, and whose it is.
    """

    sender: str
    to: str
    through: str
    reference: str
    authority: str
    entry: str
    asked: str
    received_on: date
    reply: str
    answer: str
    reviewed: tuple[tuple[str, date], ...]
    on: date
    draft: bool
    hypothetical: bool
    language: str


def write_letter(letter: Letter, *, media: str) -> bytes:
    """Write the letter as `pdf` or `docx`; the same letter gives the same bytes."""
    moment = int(datetime.combine(letter.on, time(), tzinfo=UTC).timestamp())
    with override(letter.language):
        paper = _paper(letter)
        write = write_paper_pdf if media == "pdf" else write_paper_word
        return write(paper, moment=moment)


def _paper(letter: Letter) -> Paper:
    document = Document(
        title=_("Answer to your request"),
        subtitle="",
        language=letter.language,
        publisher=letter.sender,
        as_of=letter.on,
        known_at=date_text(letter.on),
        blocks=tuple(_sections(letter)),
        hypothetical=letter.hypothetical,
    )
    heads = [
        (pgettext("addressee of a letter", "To"), letter.to),
        (_("Through"), letter.through),
        (pgettext("sender of a letter", "From"), letter.sender),
        (_("Date"), date_text(letter.on)),
        (_("Reference"), letter.reference),
        (_("Legal authority"), letter.authority),
        (_("Entry of the list"), entry_named(letter.entry)),
    ]
    return Paper(
        document=document,
        kicker=draft_text() if letter.draft else letter.sender,
        marking=_("Confidential: for the person addressed and who speaks for them"),
        heads=tuple((label, told) for label, told in heads if told),
    )


def _sections(letter: Letter) -> Iterator[Block]:
    told = _("Received on %(day)s: %(asked)s.") % {
        "day": date_text(letter.received_on),
        "asked": in_words("Asked", letter.asked),
    }
    yield Section("asked", _("What you asked"), (Paragraph((told,)),))
    if letter.reviewed:
        lines = tuple(
            (f"{in_words('Part', kind)}: {date_text(day)}",) for kind, day in letter.reviewed
        )
        yield Section("reviewed", _("What was looked at anew"), (Bullets(lines),))
    decision = Paragraph((Strong(in_words("Reply", letter.reply)),))
    yield Section("answer", _("Answer"), (decision, *_paragraphs(letter.answer)))
    yield Section("further", _("What you can do"), (Paragraph((_further(),)),))


def _further() -> str:
    return _(
        "You can ask again at any time when there is something new, and you can go to the courts "
        "that the law of this authority names. If you do not understand this letter, ask for it "
        "in a language that you read."
    )


def _paragraphs(text: str) -> Iterator[Paragraph]:
    """Give what somebody typed, line by line, each in its own direction."""
    for part in text.split("\n"):
        if part.strip():
            yield Paragraph((Name(part.strip()),))
