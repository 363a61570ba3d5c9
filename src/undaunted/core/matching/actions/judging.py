"""Verdicts on pairs of entries: one, or many in one act, each of what its judge was shown."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.core.access.rules import PUBLIC
from undaunted.core.audit.actions import record_entry
from undaunted.core.audit.rules import merkle_root
from undaunted.core.matching.actions.confirming import confirm_judgement
from undaunted.core.matching.actions.refusals import MatchingRefused, demand_matcher, demand_own
from undaunted.core.matching.actions.seeing import demand_seen
from undaunted.core.matching.actions.signing import demand_reason, sign
from undaunted.core.matching.actions.turns import judge_in_turn
from undaunted.core.matching.actions.vouching import code_of_act
from undaunted.core.matching.analysis import ENGINE, Listed, compared
from undaunted.core.matching.models import Hand, MatchCandidate, MatchJudgement
from undaunted.core.matching.queries import entries_of_pairs
from undaunted.core.matching.rules import (
    Verdict,
    entry_reference,
    form_of_entry,
    in_order,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import Entry
    from undaunted.core.matching.queries import Shown
    from undaunted.core.matching.rules import EntryKey

__all__ = [
    "judge_entries",
    "judge_entries_together",
]

MOST_TOGETHER = 20_000
_KIND = "match_judgement"


@dataclass(frozen=True, slots=True)
class _Said:
    """What was alike of a pair at the moment of the verdict."""

    likeness: float | None
    reasons: list[dict[str, object]]
    engine: str


def judge_entries(  # noqa: PLR0913 - the pair, what is said of it and why, by whom and when
    left: EntryKey,
    right: EntryKey,
    *,
    verdict: Verdict,
    why: str = "",
    share: bool = False,
    seen: str,
    actor: Actor,
    at: datetime,
    settling: Callable[[], object] | None = None,
) -> MatchJudgement:
    """Say that two entries are the same, are not, or that nobody can tell.

    The same verdict by a second person confirms the first; another takes the place of an earlier
    one. What both entries say is kept with it, so that the pair comes back once they say something
    else. `seen` names what the person was shown (`Shown.seen`): where an entry says something else
    by now, nobody looked at that. Other organisations read `why` where `share` says so. `settling`
    is called, and may refuse, before a verdict that stands is confirmed or replaced. Raises
    `MatchingRefused`, and `Forbidden`.
    """
    holder = demand_matcher(actor)
    demand_reason(verdict, why)
    with transaction.atomic():
        judge_in_turn()
        pair = _ordered(left, right)
        if settling is not None and _standing([pair]):
            settling()
        shown = _as_seen([pair], seen)
        if (first := _said_before(pair, shown, Verdict(verdict), actor)) is not None:
            return confirm_judgement(first, why=why, share=share, seen=seen, actor=actor, at=at)
        (made,) = _judge(shown, Verdict(verdict), None, actor, at)
        sign([made], holder, actor, at, why, share=share)
        record_entry(
            f"match.entries_{made.verdict}",
            actor=actor,
            subject_kind=_KIND,
            subject_id=made.pk,
            at=at,
            detail={"left": made.left, "right": made.right},
        )
    return made


def judge_entries_together(  # noqa: PLR0913 - as of one pair
    pairs: Sequence[tuple[EntryKey, EntryKey]],
    *,
    verdict: Verdict,
    why: str,
    share: bool = False,
    seen: str,
    actor: Actor,
    at: datetime,
) -> UUID:
    """Give one verdict on many pairs that a person accepts in one act; gives what undoes them all.

    `seen` names what the person was shown (`Shown.seen`), and nothing else is accepted.
    Raises `MatchingRefused` where a pair cannot be judged: then none is.
    """
    holder = demand_matcher(actor)
    demand_reason(verdict, why)
    if not pairs:
        raise MatchingRefused("pairs: none is left to be judged; look at the queue again")
    if len(pairs) > MOST_TOGETHER:
        raise MatchingRefused(f"pairs: {len(pairs)} are more than {MOST_TOGETHER}; narrow them")
    batch = uuid.uuid4()
    with transaction.atomic():
        judge_in_turn()
        ordered = [_ordered(*pair) for pair in pairs]
        if len(set(ordered)) < len(ordered):
            raise MatchingRefused("pairs: one is named twice; give each pair one verdict")
        made = _judge(_as_seen(ordered, seen), Verdict(verdict), batch, actor, at)
        sign(made, holder, actor, at, why, share=share)
        record_entry(
            "match.entries_together",
            actor=actor,
            subject_kind="match_batch",
            subject_id=batch,
            at=at,
            detail={
                "rows": len(made),
                "verdict": str(verdict),
                "root": merkle_root(str(row.pk).encode() for row in made),
            },
        )
    return batch


def _as_seen(pairs: Sequence[tuple[EntryKey, EntryKey]], seen: str) -> Shown:
    """Give pairs as they are; refuse one that nobody may judge, and what was not looked at."""
    _demand_entries(pairs)
    return demand_seen(pairs, seen)


def _judge(
    shown: Shown, verdict: Verdict, batch: UUID | None, actor: Actor, at: datetime
) -> list[MatchJudgement]:
    said = _said(shown.pairs, shown.entries)
    _demand_ours(shown.pairs, actor)
    rows = [_row(pair, shown, said[pair], verdict, batch) for pair in shown.pairs]
    told = json.dumps(rows)
    with connection.cursor() as cursor:
        code = code_of_act("matching-judge", told, at)
        cursor.execute("SELECT matching_judge(%s, %s, %s)", [told, at, code])
    made = MatchJudgement.objects.using("default").in_bulk([row["id"] for row in rows])
    return [made[uuid.UUID(str(row["id"]))] for row in rows]


def _said_before(
    pair: tuple[EntryKey, EntryKey], shown: Shown, verdict: Verdict, actor: Actor
) -> UUID | None:
    """Give the same verdict by another person, who was shown what is shown now.

    Raises `MatchingRefused` where two people gave it of who both still are: a third would let it
    wait anew.
    """
    left, right = pair
    row = (
        MatchJudgement.objects.using("default")
        .filter(
            left=":".join(left),
            right=":".join(right),
            undone_at__isnull=True,
            verdict=verdict.value,
        )
        .first()
    )
    if row is None or verdict is Verdict.UNSURE:
        return None
    if row.confirmed_at is not None:
        forms = tuple(form_of_entry(shown.entries[key]).digest for key in pair)
        if forms == (row.left_digest, row.right_digest):
            raise MatchingRefused("verdict: two people have said so, and nothing changed since")
        return None
    if row.batch is not None:  # one act is confirmed whole: of one pair of it, a verdict is new
        return None
    hands = Hand.objects.using("default").filter(judgement=row.pk, undone=False, confirmed=False)
    own = hands.filter(by=actor.person).exists()
    return None if own or shown.changed(row) else row.pk


def _ordered(left: EntryKey, right: EntryKey) -> tuple[EntryKey, EntryKey]:
    if left == right:
        raise MatchingRefused(f"right: {':'.join(right)} is not compared with itself")
    one, other = in_order(entry_reference(left), entry_reference(right))
    return one.entry, other.entry


def _demand_entries(pairs: Sequence[tuple[EntryKey, EntryKey]]) -> None:
    """Refuse a pair of which neither stands on a list, and an entry that never did."""
    wanted = {key for pair in pairs for key in pair}
    missing = sorted(":".join(key) for key in wanted - entries_of_pairs(PUBLIC, pairs).keys())
    if missing:
        told = ", ".join(missing[:3])
        raise MatchingRefused(f"entry: {told} is on no list in force; write source:key")


def _said(
    pairs: Sequence[tuple[EntryKey, EntryKey]], entries: Mapping[EntryKey, Entry]
) -> dict[tuple[EntryKey, EntryKey], _Said]:
    """Give what the engine said of each pair: as it was kept, or compared now."""
    wanted = {(":".join(left), ":".join(right)): (left, right) for left, right in pairs}
    kept = MatchCandidate.objects.using("default").filter(left__in=[one for one, _ in wanted])
    found = {
        wanted[row.left, row.right]: _Said(row.likeness, row.reasons, row.engine)
        for row in kept.iterator(5_000)
        if (row.left, row.right) in wanted
    }
    return {pair: found.get(pair) or _compared(pair, entries) for pair in pairs}


def _compared(pair: tuple[EntryKey, EntryKey], entries: Mapping[EntryKey, Entry]) -> _Said:
    came = compared(Listed({key: entries[key] for key in pair}), pair[:1]).found
    if not came:
        return _Said(None, [], ENGINE)
    return _Said(came[0].score, list(came[0].reasons), ENGINE)


def _row(
    pair: tuple[EntryKey, EntryKey],
    shown: Shown,
    said: _Said,
    verdict: Verdict,
    batch: UUID | None,
) -> dict[str, object]:
    left, right = (form_of_entry(shown.entries[key]) for key in pair)
    return {
        "id": str(uuid.uuid4()),
        "left": ":".join(pair[0]),
        "right": ":".join(pair[1]),
        "verdict": verdict.value,
        "likeness": said.likeness,
        "reasons": said.reasons,
        "engine": said.engine,
        "left_digest": left.digest,
        "right_digest": right.digest,
        "left_form": left.as_data(),
        "right_form": right.as_data(),
        "shown": shown.seen_of(pair),
        "batch": str(batch) if batch else None,
    }


def _demand_ours(pairs: Sequence[tuple[EntryKey, EntryKey]], actor: Actor) -> None:
    """Refuse to put a verdict in the place of one that is not ours to undo."""
    demand_own(_standing(pairs), actor)


def _standing(pairs: Sequence[tuple[EntryKey, EntryKey]]) -> list[UUID]:
    """Give the verdicts that stand on pairs; that nobody could tell settles nothing."""
    sides = {(":".join(left), ":".join(right)) for left, right in pairs}
    held = MatchJudgement.objects.using("default").filter(
        left__in={left for left, _ in sides}, undone_at__isnull=True
    )
    rows = held.exclude(verdict=Verdict.UNSURE).values_list("pk", "left", "right")
    return [pk for pk, left, right in rows if (left, right) in sides]
