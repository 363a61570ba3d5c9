"""From a request to files: gathered once, put into words as often as it takes to fit its pages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from undaunted.core.editions.rules import check_document
from undaunted.prisoners.memo.analysis.country import country_memo
from undaunted.prisoners.memo.analysis.facts import CountryFacts, country_facts, world_facts
from undaunted.prisoners.memo.analysis.words import number
from undaunted.prisoners.memo.analysis.world import world_memo
from undaunted.prisoners.memo.queries import AskedTexts
from undaunted.prisoners.memo.rules import first_that_fits
from undaunted.prisoners.memo.writers import pages_of, write_memo_pdf, write_memo_word

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.memo.analysis.facts import WorldFacts
    from undaunted.prisoners.memo.rules import Memo, MemoRequest, Room

__all__ = ["MEDIA", "DrawnFile", "DrawnMemo", "draw_memo", "gather_memo"]

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class DrawnFile:
    """One file of a memo."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Name these bytes."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class DrawnMemo:
    """A memo that nobody keeps yet: its words, its files, whom it shows."""

    memo: Memo
    pages: int
    files: tuple[DrawnFile, ...]
    subjects: frozenset[UUID]
    cases: int
    left_out: str
    """What has no room, and what stays out for want of consent; the second stands in no file."""
    texts: AskedTexts


def gather_memo(
    actor: Actor, asked: MemoRequest, *, holder: UUID | None, publisher: str, on: date
) -> CountryFacts | WorldFacts:
    """Read everything that a memo says, once. `on` is the day on which consent is asked."""
    with override(asked.language):
        if asked.is_world:
            return world_facts(actor, asked, publisher=publisher, on=on)
        return country_facts(actor, asked, holder=holder, publisher=publisher, on=on)


def draw_memo(facts: CountryFacts | WorldFacts) -> DrawnMemo:
    """Write the files of a memo. Raises `MemoRefused` where it does not fit, `EditionRefused`."""
    asked = facts.asked
    moment = int(asked.known_at.timestamp())
    with override(asked.language):
        if isinstance(facts, CountryFacts):
            memo, pdf, pages = first_that_fits(
                lambda room: _tried(facts, room, moment), asked.pages
            )
        else:
            memo = world_memo(facts)
            check_document(memo.document)
            pdf = write_memo_pdf(memo, moment=moment)
            pages = pages_of(pdf)
        word = write_memo_word(memo, moment=moment)
    stem = _stem(asked)
    cases = facts.cases[: memo.cases] if isinstance(facts, CountryFacts) else ()
    texts = facts.asked_texts if isinstance(facts, CountryFacts) else AskedTexts()
    general = (each.shows for each in texts.shown if each.subject is None)
    return DrawnMemo(
        memo=memo,
        pages=pages,
        files=(
            DrawnFile(f"{stem}.pdf", MEDIA["pdf"], pdf),
            DrawnFile(f"{stem}.docx", MEDIA["docx"], word),
        ),
        subjects=frozenset().union(*(each.subjects for each in cases), *general),
        cases=len(cases),
        left_out=_left_out(memo, texts, asked.language),
        texts=texts,
    )


def _left_out(memo: Memo, texts: AskedTexts, language: str) -> str:
    """Add how many texts stay out to what has no room."""
    silent = len(texts.refused) + len(texts.undeclared)
    if not silent:
        return memo.left_out
    with override(language):
        told = _("Texts left out because consent of somebody in them is missing: %(number)s.") % {
            "number": number(silent)
        }
    return f"{told} {memo.left_out}".strip()


def _tried(facts: CountryFacts, room: Room, moment: int) -> tuple[tuple[Memo, bytes, int], int]:
    memo = country_memo(facts, room)
    check_document(memo.document)
    pdf = write_memo_pdf(memo, moment=moment)
    pages = pages_of(pdf)
    return (memo, pdf, pages), pages


def _stem(asked: MemoRequest) -> str:
    where = asked.country or "world"
    return f"memo-{where}-{asked.as_of}-{asked.variant.value}-{asked.language}"
