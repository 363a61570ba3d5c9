"""Deciding whether two records are one person; the log survives a list's re-import."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.actors.actions import (
    SAME,
    ComparedPair,
    judge_match,
    judge_matches_together,
    undo_judgement,
)
from undaunted.core.actors.models import Judgement, Party
from undaunted.core.matching.actions import screen_again
from undaunted.core.matching.rules import Named
from undaunted.prisoners.registry.actions.projecting import project_published
from undaunted.prisoners.registry.actions.publication import NeverOnward
from undaunted.prisoners.registry.analysis.likeness import compare
from undaunted.prisoners.registry.models import ListEntry, Publication
from undaunted.prisoners.registry.queries.matching import keys_of, sketches
from undaunted.prisoners.registry.queries.received import holds_received
from undaunted.prisoners.registry.rules.ledger_rows import match_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["judge_pair", "judge_pairs_together", "reapply_judgements", "undo_match"]


def judge_pair(left: UUID, right: UUID, *, actor: Actor, at: datetime, verdict: str) -> Judgement:
    """Confirm ("same"), reject ("different") or put off ("postponed") that two records are one.

    What was compared is kept with the verdict; before the public it waits for a second person where
    a published case is concerned (decision 0022). Raises `Party.DoesNotExist` for a record that the
    actor may not see, `JudgementsContradict` where the verdict cannot stand beside another, and
    `NeverOnward` where what a partner sent would join a published case.
    """
    with transaction.atomic():
        pair = [Party.objects.get(pk=left), Party.objects.get(pk=right)]
        before = _groups(pair)
        if verdict == SAME:
            _refuse_received([pair], actor)
        (compared,) = _compared([pair], actor)
        judgement = judge_match(
            *pair,
            actor=actor,
            at=at,
            verdict=verdict,
            score=compared.score,
            reasons=compared.reasons,
            left_key=compared.left_key,
            right_key=compared.right_key,
        )
        _project(before, pair)
    return judgement


def judge_pairs_together(
    pairs: Sequence[tuple[UUID, UUID]], *, actor: Actor, at: datetime, verdict: str
) -> list[Judgement]:
    """Give one verdict on many pairs that were gone through, all or none.

    Every check of the single verdict is made for every pair. What is saved is the talk with the
    database: one comparison, one audit entry, one projection.
    """
    with transaction.atomic():
        named = {party for pair in pairs for party in pair}
        found = Party.objects.in_bulk(named)
        if len(found) < len(named):
            raise Party.DoesNotExist(f"{len(named - found.keys())} of these records are not there")
        both = [[found[left], found[right]] for left, right in pairs]
        before = _groups(found.values())
        if verdict == SAME:
            _refuse_received(both, actor)
        made = judge_matches_together(_compared(both, actor), actor=actor, at=at, verdict=verdict)
        _project(before, found.values())
    return made


def _refuse_received(pairs: Iterable[Sequence[Party]], actor: Actor) -> None:
    both = list(pairs)
    published = _published_groups(both)
    joining = [
        party.canonical
        for pair in both
        if any(party.canonical in published for party in pair)
        for party in pair
    ]
    if joining and holds_received(actor, joining):
        raise NeverOnward(
            "a partner sent one of these records and the other is published: take the case down "
            "first, or keep them apart"
        )


def _published_groups(pairs: Iterable[Sequence[Party]]) -> set[UUID]:
    standing = {party.canonical for pair in pairs for party in pair}
    gates = Publication.objects.filter(party__canonical__in=standing, state="published")
    return set(gates.values_list("party__canonical", flat=True))


def _compared(pairs: Sequence[Sequence[Party]], actor: Actor) -> list[ComparedPair]:
    """Compare the records of each pair as far as the actor may see them."""
    named = {party.pk for pair in pairs for party in pair}
    seen, keys = sketches(actor, named), keys_of(actor, named)
    compared = []
    for left, right in pairs:
        whole = left.pk in seen and right.pk in seen
        match = compare(seen[left.pk], seen[right.pk]) if whole else None
        compared.append(
            ComparedPair(
                left,
                right,
                score=match.score if match else None,
                reasons=[asdict(reason) for reason in match.reasons] if match else (),
                left_key=keys.get(left.pk, ""),
                right_key=keys.get(right.pk, ""),
            )
        )
    return compared


def undo_match(judgement: Judgement, *, actor: Actor, at: datetime) -> None:
    """Take a verdict back and show the records apart again; each is held against lists anew."""
    with transaction.atomic():
        pair = [judgement.left, judgement.right]
        before = _groups(pair)
        undo_judgement(judgement, actor=actor, at=at)
        _project(before, pair)
        screen_again({each.holder for each in pair}, Named.PERSON, actor=actor, at=at)


def reapply_judgements(*, actor: Actor, at: datetime) -> int:
    """Repeat standing verdicts for rows that came back as other records; gives how many.

    A row is known by its key, so an import that was undone and made again keeps its verdicts.
    """
    lost = Judgement.objects.filter(undone_at__isnull=True)
    stale = [
        judgement
        for judgement in lost.select_related("left", "right")
        if judgement.left.withdrawn_at or judgement.right.withdrawn_at
    ]
    if not stale:
        return 0
    wanted = {key for judgement in stale for key in (judgement.left_key, judgement.right_key)}
    entries = ListEntry.objects.filter(withdrawn_at__isnull=True)
    now = {
        key: party
        for slug, source_key, party in entries.values_list(
            "source_list__slug", "source_key", "party"
        ).iterator()
        if (key := match_key(slug, source_key)) in wanted
    }
    done = 0
    for judgement in stale:
        left, right = now.get(judgement.left_key), now.get(judgement.right_key)
        if left and right and left != right:
            judge_pair(left, right, actor=actor, at=at, verdict=judgement.verdict)
            Judgement.objects.filter(pk=judgement.pk).update(undone_at=at, undone_by=actor.person)
            done += 1
    return done


def _groups(parties: Iterable[Party]) -> set[UUID]:
    groups = Party.objects.filter(pk__in=[party.pk for party in parties]).values("canonical")
    return set(Party.objects.filter(canonical__in=groups).values_list("pk", flat=True))


def _project(before: set[UUID], parties: Iterable[Party]) -> None:
    project_published(before | _groups(parties))
