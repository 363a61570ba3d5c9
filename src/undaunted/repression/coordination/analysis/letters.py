"""The letter of a petition out of its opened papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.accounts.queries import organisations_for
from undaunted.repression.coordination.rules import Part, PetitionRefused
from undaunted.repression.coordination.writers import Letter, law_called

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.repression.coordination.models import Petition, PetitionPart

__all__ = ["letter_of"]

_REVIEWED = frozenset({Part.REVIEW, Part.EXCULPATORY})


def letter_of(
    actor: Actor,
    petition: Petition,
    papers: Sequence[tuple[PetitionPart, Mapping[str, object]]],
    *,
    language: str,
    at: datetime,
) -> Letter:
    """Give the letter; a draft until a second person let the answer out. Raises `PetitionRefused`.

    `papers` are what `open_petition` gave: the latest answer is the one that holds.
    """
    told = [(Part(row.kind), row, said) for row, said in papers]
    asked = next(said for kind, _, said in told if kind is Part.REQUEST)
    answers = [said for kind, _, said in told if kind is Part.ANSWER]
    if not answers:
        raise PetitionRefused("answer: nobody has drawn one up yet")
    body = organisations_for(actor).filter(pk=petition.holder).first()
    return Letter(
        sender=body.name if body else "",
        to=str(asked["name"]),
        through=str(asked["represented_by"]),
        reference=str(petition.pk)[:8].upper(),
        authority=law_called(petition.authority or petition.law, whole=True),
        entry=str(asked["entry"]),
        asked=petition.asked,
        received_on=petition.received_on,
        reply=str(answers[-1]["reply"]),
        answer=str(answers[-1]["text"]),
        reviewed=tuple(
            (row.kind, row.recorded_at.date()) for kind, row, _ in told if kind in _REVIEWED
        ),
        on=petition.closed_on or at.date(),
        draft=petition.closed_on is None,
        hypothetical=bool(body and body.demonstration),
        language=language,
    )
