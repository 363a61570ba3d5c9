"""Whom the texts of a desk name, and which of them a memo may print for its reader."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from undaunted.core.consent.rules import IdentityLevel
from undaunted.prisoners.memo.queries.agreed import agreed_case
from undaunted.prisoners.memo.rules import Variant
from undaunted.prisoners.registry.queries.named import named_in_texts, standing_for, undeclared_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.memo.rules import DeskText, MemoRequest
    from undaunted.prisoners.registry.queries.named import Named

__all__ = ["AskedTexts", "counterpart_naming", "texts_agreed"]


@dataclass(frozen=True, slots=True)
class AskedTexts:
    """The texts that this reader may be shown, and those that stay out."""

    shown: tuple[DeskText, ...] = ()
    refused: tuple[DeskText, ...] = ()
    """Somebody in it did not agree to be named to this reader."""
    undeclared: tuple[DeskText, ...] = ()
    """It names somebody whom it was not declared to name; nobody knows what they agreed to."""


def texts_agreed(
    actor: Actor, texts: tuple[DeskText, ...], asked: MemoRequest, *, holder: UUID, on: date
) -> AskedTexts:
    """Ask consent of everybody whom the texts name, as of the cases that a memo shows.

    In a public memo nobody may be named whom the actor cannot see either. What a restricted memo
    names, its writer knows from elsewhere than here: asking would tell them who is known here.
    """
    public = asked.variant is Variant.PUBLIC
    named = named_in_texts(actor, [(each.body, each.language) for each in texts])
    found = [
        {each.person for each in named if each.text == at and (public or each.seen)}
        for at in range(len(texts))
    ]
    question = _Question(actor, holder, asked, on)
    shown, refused, undeclared = [], [], []
    for text, persons in zip(texts, found, strict=True):
        known = {*text.declared, *standing_for(actor, text.declared).values()}
        if persons - known:
            undeclared.append(text)
            continue
        people = question.shown(text.names if not persons else text.declared)
        if people is None:
            refused.append(text)
        else:
            shown.append(replace(text, shows=people))
    return AskedTexts(tuple(shown), tuple(refused), tuple(undeclared))


def counterpart_naming(
    actor: Actor, counterpart: str, language: str, *, public: bool
) -> Named | None:
    """Give whom the line of the meeting names: of all in a public memo, else of those one sees."""
    found = undeclared_in(actor, counterpart, language, ())
    return next((each for each in found if public or each.seen), None)


class _Question:
    """May these people be named to this reader? Each person is asked about once."""

    def __init__(self, actor: Actor, holder: UUID, asked: MemoRequest, on: date) -> None:
        self._actor, self._holder, self._asked, self._on = actor, holder, asked, on
        self._known: dict[UUID, frozenset[UUID] | None] = {}

    def shown(self, persons: Iterable[UUID]) -> frozenset[UUID] | None:
        """Give everybody whose withdrawal matters; None where somebody may not be named."""
        found = [self._of(each) for each in sorted(persons)]
        if None in found:
            return None
        return frozenset().union(*(each for each in found if each is not None))

    def _of(self, person: UUID) -> frozenset[UUID] | None:
        if person not in self._known:
            case = agreed_case(
                self._actor,
                person,
                holder=self._holder,
                audience=self._asked.reader,
                on=self._on,
            )
            named = case is not None and case.identity is IdentityLevel.NAME
            self._known[person] = case.subjects if case is not None and named else None
        return self._known[person]
