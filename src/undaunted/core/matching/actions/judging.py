"""Verdicts on pairs of entries: one, or many in one act; each undone as a whole, never deleted."""

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
from undaunted.core.matching.actions.signing import demand_reason, sign
from undaunted.core.matching.actions.vouching import code_of_act
from undaunted.core.matching.analysis import ENGINE, Listed, compared
from undaunted.core.matching.models import Hand, MatchCandidate, MatchJudgement
from undaunted.core.matching.queries import entries_of_pairs
from undaunted.core.matching.rules import (
    Verdict,
    digest_of_pairs,
    entry_reference,
    form_of_entry,
    in_order,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import Entry
    from undaunted.core.matching.rules import EntryKey

__all__ = [
    "judge_entries",
    "judge_entries_together",
    "undo_batch",
    "undo_judgement",
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
    seen: str | None = None,
    actor: Actor,
    at: datetime,
) -> MatchJudgement:
    """Say that two entries are the same, are not, or that nobody can tell.

    The same verdict by a second person confirms the first; another takes the place of an earlier
    one. What both entries say is kept with it, so that the pair comes back once they say something
    else. `seen` names what the person was shown (`digest_of_pairs`): where an entry says something
    else by now, nobody looked at that. Raises `MatchingRefused`, and `Forbidden`.
    """
    holder = demand_matcher(actor)
    demand_reason(verdict, why)
    with transaction.atomic():
        _in_turn()
        _demand_seen([(left, right)], seen)
        if (first := _said_before(_ordered(left, right), Verdict(verdict), actor)) is not None:
            return confirm_judgement(first, why=why, actor=actor, at=at)
        (made,) = _judge([(left, right)], Verdict(verdict), None, actor, at)
        sign([made], holder, actor, at, why)
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
    seen: str | None = None,
    actor: Actor,
    at: datetime,
) -> UUID:
    """Give one verdict on many pairs that a person accepts in one act; gives what undoes them all.

    `seen` names what the person was shown (`digest_of_pairs`), and nothing else is accepted.
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
        _in_turn()
        _demand_seen(pairs, seen)
        made = _judge(pairs, Verdict(verdict), batch, actor, at)
        sign(made, holder, actor, at, why)
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


def undo_judgement(judgement: UUID, *, why: str = "", actor: Actor, at: datetime) -> MatchJudgement:
    """Take a verdict back; it stays in the log. Raises `MatchingRefused` where it was before."""
    with transaction.atomic():
        (undone,) = _undo(
            MatchJudgement.objects.using("default").filter(pk=judgement), actor, at, why
        )
        record_entry(
            "match.entries_undone",
            actor=actor,
            subject_kind=_KIND,
            subject_id=undone.pk,
            at=at,
            detail={"left": undone.left, "right": undone.right},
        )
    return undone


def undo_batch(batch: UUID, *, why: str = "", actor: Actor, at: datetime) -> int:
    """Take back what still stands of verdicts given in one act; gives how many."""
    with transaction.atomic():
        undone = _undo(MatchJudgement.objects.using("default").filter(batch=batch), actor, at, why)
        record_entry(
            "match.batch_undone",
            actor=actor,
            subject_kind="match_batch",
            subject_id=batch,
            at=at,
            detail={"rows": len(undone)},
        )
    return len(undone)


def _in_turn() -> None:
    """Let one judge at a time: whoever comes second reads what the first has said."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('matching of entries'))")


def _judge(
    pairs: Sequence[tuple[EntryKey, EntryKey]],
    verdict: Verdict,
    batch: UUID | None,
    actor: Actor,
    at: datetime,
) -> list[MatchJudgement]:
    ordered = [_ordered(*pair) for pair in pairs]
    if len(set(ordered)) < len(ordered):
        raise MatchingRefused("pairs: one is named twice; give each pair one verdict")
    entries = _entries(ordered)
    said = _said(ordered, entries)
    _demand_ours(ordered, actor)
    rows = [_row(pair, entries, said[pair], verdict, batch) for pair in ordered]
    told = json.dumps(rows)
    with connection.cursor() as cursor:
        code = code_of_act("matching-judge", told, at)
        cursor.execute("SELECT matching_judge(%s, %s, %s)", [told, at, code])
    made = MatchJudgement.objects.using("default").in_bulk([row["id"] for row in rows])
    return [made[uuid.UUID(str(row["id"]))] for row in rows]


def _said_before(pair: tuple[EntryKey, EntryKey], verdict: Verdict, actor: Actor) -> UUID | None:
    """Give the same verdict by another person, of what both entries still say.

    Raises `MatchingRefused` where two people gave it: a third would let it wait anew.
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
    entries = _entries([pair])
    now = (form_of_entry(entries[left]).digest, form_of_entry(entries[right]).digest)
    if now != (row.left_digest, row.right_digest):
        return None
    if row.confirmed_at is not None:
        raise MatchingRefused("verdict: two people have said so, and nothing changed since")
    if row.batch is not None:  # one act is confirmed whole: of one pair of it, a verdict is new
        return None
    hands = Hand.objects.using("default").filter(judgement=row.pk, undone=False, confirmed=False)
    return None if hands.filter(by=actor.person).exists() else row.pk


def _demand_seen(pairs: Sequence[tuple[EntryKey, EntryKey]], seen: str | None) -> None:
    """Refuse a verdict of what an entry said before."""
    if seen is None:
        return
    ordered = [_ordered(*pair) for pair in pairs]
    if digest_of_pairs(ordered, _entries(ordered)) != seen:
        raise MatchingRefused("seen: either side changed since you looked; look again")


def _ordered(left: EntryKey, right: EntryKey) -> tuple[EntryKey, EntryKey]:
    if left == right:
        raise MatchingRefused(f"right: {':'.join(right)} is not compared with itself")
    one, other = in_order(entry_reference(left), entry_reference(right))
    return one.entry, other.entry


def _entries(pairs: Iterable[tuple[EntryKey, EntryKey]]) -> dict[EntryKey, Entry]:
    held = tuple(pairs)
    found = entries_of_pairs(PUBLIC, held)
    wanted = {key for pair in held for key in pair}
    missing = sorted(":".join(key) for key in wanted - found.keys())
    if missing:
        told = ", ".join(missing[:3])
        raise MatchingRefused(f"entry: {told} is on no list in force; write source:key")
    return found


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
    entries: Mapping[EntryKey, Entry],
    said: _Said,
    verdict: Verdict,
    batch: UUID | None,
) -> dict[str, object]:
    left, right = (form_of_entry(entries[key]) for key in pair)
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
        "batch": str(batch) if batch else None,
    }


def _undo(
    rows: QuerySet[MatchJudgement], actor: Actor, at: datetime, why: str
) -> list[MatchJudgement]:
    holder = demand_matcher(actor)
    standing = list(rows.filter(undone_at__isnull=True))
    if not standing:
        raise MatchingRefused("judgement: it is not there, or was undone before")
    demand_own([row.pk for row in standing], actor)
    which = [row.pk for row in standing]
    with connection.cursor() as cursor:
        code = code_of_act("matching-undo", ",".join(map(str, which)), at)
        cursor.execute("SELECT matching_undo(%s, %s, %s)", [which, at, code])
        if cursor.fetchone()[0] != len(standing):
            raise MatchingRefused("judgement: somebody undid it meanwhile; look at it again")
    sign(standing, holder, actor, at, why, undone=True)
    return standing


def _demand_ours(pairs: Sequence[tuple[EntryKey, EntryKey]], actor: Actor) -> None:
    """Refuse to put a verdict in the place of one that is not ours to undo."""
    sides = {(":".join(left), ":".join(right)) for left, right in pairs}
    held = MatchJudgement.objects.using("default").filter(
        left__in={left for left, _ in sides}, undone_at__isnull=True
    )
    rows = held.exclude(verdict=Verdict.UNSURE).values_list("pk", "left", "right")
    demand_own([pk for pk, left, right in rows if (left, right) in sides], actor)
