"""What the law of a gap still asks in whole sentences: evidence, or the agreement to tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.repression.sanctions.rules import Fit
from undaunted.repression.sanctions.writers import (
    act_told,
    agreement_sentence,
    authority_of_state,
    gap_sentences,
    test_sentence,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.repression.dossiers.analysis.beside import PersonBeside
    from undaunted.repression.dossiers.analysis.testing import LawLine

__all__ = ["sentences_beside"]


def sentences_beside(each: PersonBeside) -> tuple[str, ...]:
    """Say of somebody who lists them, who does not, and what the laws of the gaps lack."""
    return (*gap_sentences(each.cells), *_of_laws(each.asked))


def _of_laws(lines: Iterable[LawLine]) -> Iterator[str]:
    for line in lines:
        unagreed = line.unagreed
        if not unagreed or line.whole.fit is not Fit.FITS:
            yield test_sentence(line.whole if unagreed else line.told)
        if unagreed:
            told = agreement_sentence(authority_of_state(line.authority.code), unagreed)
            yield f"{act_told(line.same.act)} · {told}" if line.same.act else told
