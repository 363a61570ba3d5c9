"""Who stood above whom, when: posts by office and period, and the questions of command they raise.

A post above somebody who did an act is never a finding. It is a question with its grounds: who held
which office on that day, and by which steps it stood above. A person answers it by a link that
rests on evidence, or leaves it open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

__all__ = [
    "ACTING",
    "CommandQuestion",
    "Deed",
    "HeldPost",
    "Span",
    "command_questions",
    "office_of",
]

ACTING: Final = frozenset({"committed", "ordered", "complicit", "assisted", "concealed"})
"""Links whose holder did something that a superior may answer for."""
_MOST_STEPS: Final = 12


@dataclass(frozen=True, slots=True)
class Span:
    """A period whose days may be known in part; no end: it goes on, no start: not known."""

    start_earliest: date | None
    start_latest: date | None
    end_earliest: date | None = None
    end_latest: date | None = None

    def meets(self, other: Span) -> bool | None:
        """Tell whether both share a day: True surely, False surely not, None where it is open."""
        if _before(self.end_latest, other.start_earliest) or _before(
            other.end_latest, self.start_earliest
        ):
            return False
        if None in {self.start_latest, other.start_latest}:
            return None
        sure = _reaches(self.end_earliest, other.start_latest) and _reaches(
            other.end_earliest, self.start_latest
        )
        return True if sure else None


@dataclass(frozen=True, slots=True)
class HeldPost:
    """One person in one office for a time; `above` names the office that it answered to."""

    key: str
    perpetrator: str
    office: str
    above: str
    span: Span


@dataclass(frozen=True, slots=True)
class Deed:
    """That somebody is linked to an act: how, and when the act was."""

    act: str
    perpetrator: str
    mode: str
    span: Span


@dataclass(frozen=True, slots=True)
class CommandQuestion:
    """A question: did this superior know of the act, and could they have stopped or punished it.

    `steps` are the posts from the one who acted up to the superior. `certain` tells whether all of
    them were surely held on a day of the act, by their dates.
    """

    act: str
    below: str
    superior: str
    steps: tuple[str, ...]
    certain: bool


def office_of(text: str) -> str:
    """Give an office as it is compared: its words, whatever their spacing and capitals."""
    return " ".join(text.casefold().split())


def command_questions(
    posts: Iterable[HeldPost], deeds: Iterable[Deed]
) -> tuple[CommandQuestion, ...]:
    """Give every question of command that posts and periods raise and no link answers yet."""
    held, done = tuple(posts), tuple(deeds)
    linked = {(each.act, each.perpetrator) for each in done}
    found: dict[tuple[str, str, str], CommandQuestion] = {}
    for deed in done:
        if deed.mode not in ACTING:
            continue
        for question in _above(deed, held):
            key = (question.act, question.below, question.superior)
            if (question.act, question.superior) in linked:
                continue
            known = found.get(key)
            if known is None or (question.certain and not known.certain):
                found[key] = question
    return tuple(found.values())


def _above(deed: Deed, posts: Collection[HeldPost]) -> Iterator[CommandQuestion]:
    for post in posts:
        met = post.span.meets(deed.span) if post.perpetrator == deed.perpetrator else False
        if met is not False:
            yield from _climbed(deed, posts, (post,), certain=met is True)


def _climbed(
    deed: Deed, posts: Collection[HeldPost], steps: tuple[HeldPost, ...], *, certain: bool
) -> Iterator[CommandQuestion]:
    above = office_of(steps[-1].above)
    known = {office_of(each.office) for each in steps}
    if not above or above in known or len(steps) >= _MOST_STEPS:
        return
    for post in posts:
        met = post.span.meets(deed.span) if office_of(post.office) == above else False
        if met is False:
            continue
        chain, sure = (*steps, post), certain and met is True
        if post.perpetrator != deed.perpetrator:
            keys = tuple(each.key for each in chain)
            yield CommandQuestion(deed.act, deed.perpetrator, post.perpetrator, keys, sure)
        yield from _climbed(deed, posts, chain, certain=sure)


def _before(end: date | None, start: date | None) -> bool:
    return end is not None and start is not None and end < start


def _reaches(end: date | None, start: date | None) -> bool:
    return end is None or (start is not None and end >= start)
