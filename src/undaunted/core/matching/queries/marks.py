"""What tells that a standing is still the same, and the reasons of the few pairs that are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from undaunted.core.listings.queries import lists_standing
from undaunted.core.matching.models import MatchCandidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.rules import EntryKey

__all__ = ["reasons_of", "standing_mark"]

_AT_ONCE = 1_000
_MARK = """
    SELECT (SELECT count(*) || ':' || coalesce(sum(hashtextextended(
                concat_ws('|', id, coalesce(undone_at::text, '-'), confirmed_at), 0)), 0)
            FROM published_match_judgement),
           (SELECT count(*) || ':' || coalesce(sum(hashtextextended(
                concat_ws('|', "left", "right", likeness), 0)), 0) FROM published_match_candidate),
           (SELECT count(*) || ':' || coalesce(sum(hashtextextended(
                concat_ws('|', source, key, digest, form, refused), 0)), 0)
            FROM published_match_seen)
"""


def standing_mark(actor: Actor) -> str:
    """Give a text that changes with all that `standing_of` rests on, for whoever keeps it."""
    versions = (str(s.version.pk) for s in lists_standing(actor) if s.version is not None)
    with connection.cursor() as cursor:
        cursor.execute(_MARK)
        told = cursor.fetchone()
    return "/".join((*versions, *map(str, told)))


def reasons_of(
    _actor: Actor, pairs: Iterable[tuple[EntryKey, EntryKey]]
) -> Mapping[tuple[EntryKey, EntryKey], tuple[Mapping[str, object], ...]]:
    """Give the reasons for which pairs of entries are alike."""
    wanted = {(":".join(left), ":".join(right)): (left, right) for left, right in pairs}
    sides = sorted({left for left, _ in wanted})
    found = {}
    for start in range(0, len(sides), _AT_ONCE):
        rows = MatchCandidate.objects.filter(left__in=sides[start : start + _AT_ONCE])
        for left, right, reasons in rows.values_list("left", "right", "reasons"):
            if (left, right) in wanted:
                found[wanted[left, right]] = tuple(reasons)
    return found
