"""One material of one case in one form: the same sheets give the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import override

from undaunted.core.editions.rules import check_letters
from undaunted.core.editions.writers import FOLDERS
from undaunted.prisoners.campaigns.rules import MaterialKind
from undaunted.prisoners.campaigns.rules.materials import (
    Form,
    Material,
    check_material,
    forms_of,
    is_public,
    stem_of,
)
from undaunted.prisoners.campaigns.writers.cards import card_values, card_words, write_card
from undaunted.prisoners.campaigns.writers.letters import letter
from undaunted.prisoners.campaigns.writers.notes import note
from undaunted.prisoners.campaigns.writers.plain import write_text
from undaunted.prisoners.campaigns.writers.printing import write_print
from undaunted.prisoners.campaigns.writers.questions import question
from undaunted.prisoners.campaigns.writers.statements import statement
from undaunted.prisoners.campaigns.writers.word import write_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from undaunted.prisoners.campaigns.rules import AdopterSheet, CampaignSheet, CaseSheet
    from undaunted.prisoners.campaigns.rules.papers import Paper

__all__ = ["write_material"]

_MEDIA: Final = {
    Form.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.PDF: "application/pdf",
    Form.TEXT: "text/plain; charset=utf-8",
    Form.SQUARE_PNG: "image/png",
    Form.WIDE_PNG: "image/png",
    Form.SQUARE_SVG: "image/svg+xml",
    Form.WIDE_SVG: "image/svg+xml",
}
_ENDINGS: Final = {
    Form.SQUARE_PNG: "-square.png",
    Form.SQUARE_SVG: "-square.svg",
    Form.WIDE_PNG: "-wide.png",
    Form.WIDE_SVG: "-wide.svg",
}


def write_material(  # noqa: PLR0913 - what, of whom, for what, for whom, in which language and form
    kind: MaterialKind,
    case: CaseSheet,
    campaign: CampaignSheet,
    adopter: AdopterSheet | None = None,
    *,
    language: str,
    form: Form | None = None,
    folders: Iterable[Path] = FOLDERS,
) -> Material:
    """Write one material; without a form, in the first that `forms_of` gives.

    Raises `MaterialRefused` where mode or form forbid it, `FontMissing` where letters are
    lacking, `DocumentUnreadable` where one cannot be printed, `EditionRefused` where a page
    cannot be set.
    """
    wanted = forms_of(kind)[0] if form is None else form
    check_material(kind, wanted, case, adopter)
    for text in _texts(case, campaign, adopter):
        check_letters(text)
    with override(language):
        if kind is MaterialKind.SOCIAL_CARD:
            values = card_values(case, campaign, adopter)
            alternative = card_words(case, campaign, values)
            content = write_card(values, alternative, wanted, folders=folders)
        else:
            alternative = ""
            content = _written(_paper(kind, case, campaign, adopter), wanted, folders)
    stem = stem_of(kind, case, campaign, language)
    return Material(
        kind=kind,
        form=wanted,
        language=language,
        name=stem + _ENDINGS.get(wanted, f".{wanted}"),
        media_type=_MEDIA[wanted],
        content=content,
        subjects=frozenset({case.subject}),
        public=is_public(kind, adopter),
        alternative=alternative,
    )


def _texts(case: CaseSheet, campaign: CampaignSheet, adopter: AdopterSheet | None) -> Iterator[str]:
    yield from (campaign.name, campaign.organisation, case.reference, case.ask)
    yield from (each.text for each in case.names)
    for source in case.sources:
        yield from (source.publisher, source.title, source.published, source.url)
    if adopter is not None:
        yield from (adopter.name, adopter.office, adopter.place)


def _paper(
    kind: MaterialKind, case: CaseSheet, campaign: CampaignSheet, adopter: AdopterSheet | None
) -> Paper:
    if kind is MaterialKind.LETTER:
        return letter(case, campaign, adopter)
    if kind is MaterialKind.PARLIAMENTARY_QUESTION:
        return question(case, campaign, adopter)
    if kind is MaterialKind.STATEMENT:
        return statement(case, campaign, adopter)
    return note(case, campaign)


def _written(paper: Paper, form: Form, folders: Iterable[Path]) -> bytes:
    if form is Form.PDF:
        return write_print(paper, folders=folders)
    return write_text(paper) if form is Form.TEXT else write_word(paper)
