"""Designations under an authority, as the version of a list tells that was known at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.listings.queries import entries_of, listed_anew, versions_of
from undaunted.core.matching.queries import judged_of_entries
from undaunted.core.matching.rules import entry_reference, grouped
from undaunted.repression.sanctions.rules import ListRead

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.queries import ListVersion
    from undaunted.core.listings.rules import Entry
    from undaunted.core.matching.rules import Groups
    from undaunted.repression.sanctions.rules import Authority, ListedAs

__all__ = ["designations_of", "entries_named", "entries_unknown", "list_read", "parties_known"]


def list_read(actor: Actor, authority: Authority, known_at: datetime) -> ListRead | None:
    """Give the first list that names the authority and was loaded by then; None for no list."""
    found = _found(actor, authority, known_at)
    if found is None:
        return None
    listed, version = found
    told = PartialDate.parse(version.published).latest if version.published else None
    loaded = version.loaded_at.date()
    return ListRead(
        version.source, version.number, min(told, loaded) if told else loaded, listed.exact
    )


def parties_known(actor: Actor, known_at: datetime) -> Groups:
    """Give who was judged to be whom among entries, as it stood at a moment."""
    return grouped(judged_of_entries(actor, known_at=known_at))


def designations_of(
    actor: Actor, authority: Authority, known_at: datetime, parties: Groups
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the first day of every entry under the authority, delisted ones too; "" where untold.

    Then whose entry each is: one name for those that were judged to be the same.
    """
    found = _found(actor, authority, known_at)
    if found is None:
        return (), ()
    listed, version = found
    rows = entries_of(actor, version, programme=listed.code)
    held = list(rows.values_list("source", "key", "designated"))
    named = (parties.party(entry_reference((source, key))).key for source, key, _ in held)
    return tuple(day for *_, day in held), tuple(named)


def entries_named(
    actor: Actor, authorities: Iterable[Authority], known_at: datetime
) -> dict[str, Entry]:
    """Give the entries under authorities by `list:key`, delisted ones left out."""
    held: dict[str, Entry] = {}
    for authority in authorities:
        found = _found(actor, authority, known_at)
        if found is not None:
            listed, version = found
            rows = entries_of(actor, version, programme=listed.code, delisted=False)
            held |= {f"{each.source}:{each.key}": each.entry for each in rows}
    return held


def entries_unknown(actor: Actor, named: Iterable[str]) -> frozenset[str]:
    """Give those of entries, as `list:key`, that no version of their list ever held."""
    wanted: dict[str, set[str]] = {}
    for each in named:
        source, _, key = each.partition(":")
        wanted.setdefault(source, set()).add(key)
    unknown: set[str] = set()
    for source, keys in wanted.items():
        asked = [each for each in keys if "\x00" not in each]
        held = listed_anew(actor, source, asked, 0)
        unknown.update(f"{source}:{key}" for key in keys if key not in held)
    return frozenset(unknown)


def _found(
    actor: Actor, authority: Authority, known_at: datetime
) -> tuple[ListedAs, ListVersion] | None:
    for listed in authority.listed_as:
        rows = versions_of(actor, listed.source)
        version = rows.filter(withdrawn_at__isnull=True, loaded_at__lte=known_at).first()
        if version is not None:
            return listed, version
    return None
