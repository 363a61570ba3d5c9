"""A letter as PDF or Word, whole or without its secrets, in its own language."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from undaunted.coercion.screening.rules import Version, check_letter, check_open
from undaunted.coercion.screening.writers.chapters import chapters
from undaunted.coercion.screening.writers.letter_pdf import write_pdf
from undaunted.coercion.screening.writers.letter_word import write_word
from undaunted.coercion.screening.writers.sheet import Sheet
from undaunted.coercion.screening.writers.terms import TITLES
from undaunted.core.editions.rules import Document, Paragraph, check_document, kept_apart
from undaunted.core.editions.writers import draft_text
from undaunted.site.components.dates import date_text
from undaunted.site.english import law_told
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from undaunted.coercion.screening.rules import Letter

__all__ = ["MEDIA", "sheet_of", "write_letter"]

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def write_letter(letter: Letter, *, version: Version, media: str) -> bytes:
    """Write a letter as `pdf` or `docx`; the same letter gives the same bytes.

    Raises `ScreeningRefused` for one that lacks something, `EditionRefused` where it cannot be set.
    """
    check_letter(letter)
    if version is Version.OPEN:
        check_open(letter)
    moment = int(datetime.combine(letter.on, time(), tzinfo=UTC).timestamp())
    with override(letter.language):
        sheet = sheet_of(letter, version)
        check_document(sheet.document)
        write = write_pdf if media == "pdf" else write_word
        return write(sheet, moment=moment)


def sheet_of(letter: Letter, version: Version) -> Sheet:
    """Give what both media are written from; runs in the letter's language."""
    facts = letter.facts
    if version is Version.CONFIDENTIAL:
        readers = letter.readers or letter.to
        marking = _("RESTRICTED · TLP:AMBER · for %(organisation)s") % {"organisation": readers}
    else:
        marking = _("NOT CONFIDENTIAL · TLP:GREEN")
    caveat = law_told(facts.caveat)
    english = caveat == facts.caveat
    blocks = (*chapters(letter, version), *([] if english else [Paragraph((caveat,))]))
    document = Document(
        title=str(TITLES[letter.kind]),
        subtitle="",
        language=letter.language,
        publisher=facts.authority,
        as_of=letter.on,
        known_at=facts.known_at,
        blocks=tuple(kept_apart(blocks) if direction(letter.language) == "rtl" else blocks),
        hypothetical=facts.hypothetical,
        licence=caveat if english else "",
    )
    return Sheet(
        document=document,
        kicker=draft_text() if letter.draft else facts.authority,
        marking=marking,
        restricted=version is Version.CONFIDENTIAL,
        heads=(
            (pgettext("addressee of a letter", "To"), letter.to),
            (_("Date"), date_text(letter.on)),
            (pgettext("sender of a letter", "From"), facts.authority),
            (_("Reference"), facts.reference),
            (_("Law"), law_told(facts.law)),
            (_("As known on"), facts.known_at),
        ),
    )
