"""The queue of pairs that wait for a person, read so that only what is shown is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from django.db.models import F, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Concat, Left, StrIndex

from undaunted.core.actors.rules.names.cleaning import clean_name
from undaunted.core.listings.queries import in_force_among, keys_unseen
from undaunted.core.matching.models import EntrySeen, MatchCandidate, MatchJudgement
from undaunted.core.matching.queries.marks import reasons_of
from undaunted.core.matching.queries.standing import judged_of_entries
from undaunted.core.matching.rules import (
    Candidate,
    Named,
    OpenPair,
    Reference,
    Refused,
    Why,
    grouped,
    open_pairs,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.rules import Contradiction, EntryKey, Judged

__all__ = ["OpenPairs", "Queue", "queue_of", "strong_pairs"]

_AT_ONCE = 10_000


_ALIKE_TO = 2
"""Decimals to which readers are told how alike two are: what lies behind them orders nothing."""


class _Line(NamedTuple):
    """An open pair in short."""

    unlike: float
    left: str
    right: str
    why: Why = Why.NEW
    judgement: str = ""
    strong: bool = False

    @property
    def place(self) -> tuple[float, bool, float, str, str]:
        """Where it stands in the queue: of those told to be equally alike, the proven first."""
        return round(self.unlike, _ALIKE_TO), not self.strong, *self[:3]


@dataclass(frozen=True, slots=True)
class OpenPairs(Sequence[OpenPair]):
    """Open pairs, the likeliest first; each is made, with its reasons, when it is looked at."""

    actor: Actor
    lines: tuple[_Line, ...] = field(default=(), repr=False)

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, at: int) -> OpenPair: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[OpenPair, ...]: ...

    def __getitem__(self, at: int | slice) -> OpenPair | tuple[OpenPair, ...]:
        if isinstance(at, slice):
            return self._made(self.lines[at])
        return self._made((self.lines[at],))[0]

    @property
    def keys(self) -> tuple[tuple[EntryKey, EntryKey], ...]:
        """The two entries of each pair."""
        return tuple((_key(each.left), _key(each.right)) for each in self.lines)

    def _made(self, lines: Iterable[_Line]) -> tuple[OpenPair, ...]:
        told = [(_key(each.left), _key(each.right), each) for each in lines]
        why = reasons_of(self.actor, ((left, right) for left, right, _ in told))
        return tuple(
            OpenPair(left, right, -each.unlike, why.get((left, right), ()), *each[3:])
            for left, right, each in told
        )


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for a person: pairs, contradictions, entries that were not compared."""

    pairs: OpenPairs
    contradictions: tuple[tuple[Contradiction, tuple[MatchJudgement, ...]], ...]
    refused: tuple[Refused, ...]
    waiting: tuple[EntryKey, ...]
    acceptable: OpenPairs
    """Pairs of the list that is asked for that a person may accept together."""


def queue_of(
    actor: Actor,
    *,
    why: Why | None = None,
    source: str = "",
    words: str = "",
    strong: bool = False,
) -> Queue:
    """Give what waits, likeliest first; narrowed to a reason, a list, words of a name.

    Of pairs that are equally alike as far as it is told, those with an equal birth or number, and
    those that an issuer names, come first.
    """
    judged = judged_of_entries(actor)
    asked = [each for each in _lines(actor, judged) if not source or _of_list(each, source)]
    named = _named(actor, words)
    found = (
        each
        for each in asked
        if (why is None or each.why is why)
        and (not strong or each.strong)
        and (named is None or (each.left, each.right) in named)
    )
    return Queue(
        OpenPairs(actor, tuple(found)),
        _contradictions(judged),
        _refused(actor),
        keys_unseen(actor, EntrySeen.objects.all()),
        OpenPairs(actor, tuple(each for each in asked if each.strong and each.why is Why.NEW)),
    )


def strong_pairs(actor: Actor, source: str = "") -> tuple[tuple[EntryKey, EntryKey], ...]:
    """Give the pairs that nobody judged and that a person may accept together."""
    return queue_of(actor, source=source).acceptable.keys


def _lines(actor: Actor, judged: tuple[Judged, ...]) -> list[_Line]:
    """Give every open pair in order; rules are asked about those alone that a verdict touches."""
    touched = {side.key for each in judged for side in (each.left, each.right)}
    held, lines = list[Candidate](), list[_Line]()
    for left, right, likeness, strong in _candidates(actor):
        if left in touched or right in touched:
            held.append(Candidate(_entry(left), _entry(right), likeness, (), strong))
        else:
            lines.append(_Line(-likeness, left, right, strong=strong))
    lines += (
        _Line(-each.score, ":".join(each.left), ":".join(each.right), *_why(each))
        for each in open_pairs(held, judged, _digests(actor, touched))
    )
    return sorted(lines, key=lambda each: each.place)


def _candidates(actor: Actor) -> Iterable[tuple[str, str, float, bool]]:
    """Give pairs that are in force, and those of one list of which one is: it was listed anew."""
    told = ("left", "right", "likeness", "strong")
    both = in_force_among(actor, MatchCandidate.objects.all(), "left", "right")
    yield from both.values_list(*told).iterator(_AT_ONCE)
    own = MatchCandidate.objects.alias(
        one=Left("left", StrIndex("left", Value(":"))),
        other=Left("right", StrIndex("right", Value(":"))),
    ).filter(one=F("other"))
    for side, far in (("left", "right"), ("right", "left")):
        gone = own.exclude(pk__in=in_force_among(actor, own, far).values("pk"))
        yield from in_force_among(actor, gone, side).values_list(*told).iterator(_AT_ONCE)


def _why(pair: OpenPair) -> tuple[Why, str, bool]:
    return pair.why, pair.judgement, pair.strong


def _digests(actor: Actor, touched: set[str]) -> dict[Reference, str]:
    """Give what the forms of judged entries digest to now; an entry off its list has none."""
    rows = in_force_among(actor, _seen().filter(named__in=touched), "named")
    return {_entry(named): form for named, form in rows.values_list("named", "form")}


def _refused(actor: Actor) -> tuple[Refused, ...]:
    rows = in_force_among(actor, _seen().exclude(refused=""), "named").order_by("source", "key")
    return tuple(
        Refused((source, key), why)
        for source, key, why in rows.values_list("source", "key", "refused")
    )


def _contradictions(
    judged: Iterable[Judged],
) -> tuple[tuple[Contradiction, tuple[MatchJudgement, ...]], ...]:
    found = grouped(judged).contradictions
    rows = MatchJudgement.objects.in_bulk(
        {one for each in found for one in (each.different, *each.chain)}
    )
    held = {str(key): row for key, row in rows.items()}
    return tuple(
        (each, tuple(held[one] for one in (each.different, *each.chain))) for each in found
    )


def _named(_actor: Actor, words: str) -> set[tuple[str, str]] | None:
    """Give the pairs whose names, as they were compared, hold all words; None without words."""
    wanted = clean_name(words).casefold().split()
    if not wanted:
        return None
    rows = MatchCandidate.objects.filter(reasons__0__ground="names").values_list(
        "left", "right", KT("reasons__0__left"), KT("reasons__0__right")
    )
    found = set()
    for left, right, *names in rows.iterator(_AT_ONCE):
        text = " ".join(each or "" for each in names).casefold()
        if all(word in text for word in wanted):
            found.add((left, right))
    return found


def _of_list(line: _Line, source: str) -> bool:
    return line.left.startswith(f"{source}:") or line.right.startswith(f"{source}:")


def _seen() -> QuerySet[Any]:
    return EntrySeen.objects.annotate(named=Concat("source", Value(":"), "key"))


def _entry(key: str) -> Reference:
    return Reference(Named.ENTRY, key)


def _key(key: str) -> EntryKey:
    source, _, one = key.partition(":")
    return source, one
