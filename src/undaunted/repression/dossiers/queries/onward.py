"""What a partner sent that goes into no paper: by TLP, PAP and purpose of its package.

An act, a name or a part of a dossier goes onward where something of one's own carries it too.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from django.db import connection

from undaunted.core.consent.rules import Purpose
from undaunted.core.evidence.queries import citations_for
from undaunted.core.sharing.queries import kept_back

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["acts_kept_back", "parties_kept_back", "sources_kept_back"]


def acts_kept_back(_actor: Actor, claims: Collection[UUID]) -> frozenset[UUID]:
    """Give which acts of one's own organisations a partner sent who lets them go no further.

    The person's record came so, or nothing but what came so carries the act.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dossiers_kept_back(%s::uuid[])", [list(claims)])
        return frozenset(claim for (claim,) in cursor.fetchall())


def sources_kept_back(actor: Actor, sources: Collection[UUID]) -> frozenset[UUID]:
    """Give which sources a partner sent who lets them go no further."""
    return kept_back(actor, sources, Purpose.SANCTIONS_SUBMISSION) if sources else frozenset()


def parties_kept_back(actor: Actor, parties: Collection[UUID]) -> frozenset[UUID]:
    """Give which records of people a partner sent who lets them go no further.

    Also one that was recorded here and rests on what came so alone: a name has no source of its
    own, what carries a record (each act done to the person among it) carries its names.
    """
    rests: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for each in citations_for(actor, "party", parties):
        rests[each.subject_id].add(each.source_id)
    back = kept_back(actor, {*parties, *chain(*rests.values())}, Purpose.SANCTIONS_SUBMISSION)
    alone = {party for party, sources in rests.items() if sources <= back}
    return frozenset(party for party in parties if party in back or party in alone)
