"""One version of a list: loaded whole or not at all, confirmed, withdrawn while it is the last."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from undaunted.core.access.rules import PUBLIC, Facts, Forbidden, Verb, decide
from undaunted.core.audit.actions import record_entry
from undaunted.core.listings.actions.doubting import Load, demand_sound
from undaunted.core.listings.actions.succeeding import Keys, Numbers, same_faults
from undaunted.core.listings.actions.vouching import begin, mark_attested, mark_withdrawn
from undaunted.core.listings.models import ListEntry, ListVersion
from undaunted.core.listings.queries import missing_from
from undaunted.core.listings.readers import Reading, digest_of, published_day, read_list
from undaunted.core.listings.rules import (
    Came,
    EventKind,
    Kind,
    ListRefused,
    Loaded,
    brought_mark,
    digest_of_data,
    list_source,
    renews,
    tell_followers,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import Entry

__all__ = ["VersionRefused", "attest_version", "load_list", "withdraw_version"]

KIND = "list_version"
_A_BATCH = 1_000
_KEPT = ("key", "kind", "name", "search", "programmes", "designated", "delisted", "digest",
         "content")  # fmt: skip
"""What a row of an entry holds, as it is written."""
FIRST_DAY = date(1990, 1, 1)
"""No list that can be loaded is older."""


class VersionRefused(ValueError):
    """The step cannot be taken; the message says why and what to do."""


def load_list(  # noqa: PLR0913 - a file, who brings it, when, how it came, and against which doubt
    source: str,
    file: Path,
    *,
    actor: Actor,
    at: datetime,
    confirmed: bool = False,
    came: Came = Came.BROUGHT,
    address: str = "",
    dated: date | None = None,
) -> Loaded:
    """Load a file as the next version of a list: whole, or nothing of it.

    The version before stays in force until the last row of this one was read and written. The same
    list again, packed or not, changes nothing, but that a fetched one that bears no day is kept as
    a version of its own once a week. `dated` is the day of a file that tells none. Raises
    `UnknownList`, `ListRefused`, `ListDoubted` where half of the entries, persons or bodies would
    be gone, or the file is older or was withdrawn, unless that is confirmed, and `Forbidden`.
    """
    list_source(source)
    _demand(actor, Verb.IMPORT)
    if dated is not None:
        came = _demand_day(dated, at)
    digest, size = digest_of(file)
    about = {
        "source": source,
        "name": file.name[:200],
        "digest": digest,
        "size": size,
        "came": came,
        "address": address[:500],
        "loaded_at": at.isoformat(),
    }
    with transaction.atomic():
        made, new = _next_version(about, file, dated, at, confirmed=confirmed)
        if not new:
            transaction.set_rollback(True)
            return _unchanged(made)
        _note("list.loaded", made, actor=actor, at=at)
        tell_followers(actor)
    return _loaded(made)


def withdraw_version(version: ListVersion, *, actor: Actor, at: datetime) -> None:
    """Take back the version in force; the one before it stands again as it stood.

    For a file that was forged or mistaken: its entries are gone, its line and digest stay. Raises
    `VersionRefused`, and `Forbidden`.
    """
    _demand(actor, Verb.TAKE_DOWN)
    with transaction.atomic():
        standing = _standing(version.source)
        if standing is None or standing.pk != version.pk:
            raise VersionRefused(f"{version}: only the version in force is withdrawn")
        mark_withdrawn(version, at)
        _note("list.withdrawn", version, actor=actor, at=at)
        tell_followers(actor)


def attest_version(version: ListVersion, *, actor: Actor, at: datetime) -> None:
    """Say as a second person that a file which somebody brought is the issuer's.

    From then on what it no longer holds is gone, and not merely missing from one person's file.
    Raises `VersionRefused`, and `Forbidden`.
    """
    _demand(actor, Verb.TAKE_DOWN)
    with transaction.atomic():
        standing = _standing(version.source)
        if standing is None or standing.pk != version.pk or standing.sure:
            raise VersionRefused(
                f"{version}: a version is confirmed while it is in force, where a person brought it"
            )
        if version.brought_by in {"", brought_mark(version.pk, actor.person)}:
            raise VersionRefused(f"{version}: another person than who brought it confirms it")
        mark_attested(version, at)
        _note("list.attested", version, actor=actor, at=at)


def _next_version(
    about: dict[str, Any], file: Path, dated: date | None, at: datetime, *, confirmed: bool
) -> tuple[ListVersion, bool]:
    """Read a file and write it as the next version; false where it is the one in force."""
    source, digest, told = about["source"], about["digest"], Reading(file.name)
    version = begin(about)
    standing = _standing(source)
    repeats = None if _told_anew(standing, about["came"], at) else standing
    if repeats is not None and _same(repeats, digest, dated):
        return repeats, False
    load = Load(source, version, *_held(source))
    _take_all(load, read_list(source, file, told), told)
    load.settle(told, standing, _restored(load, told))
    if digest_of(file) != (digest, about["size"]):
        raise ListRefused(f"{file.name}: was changed while it was read; load it again")
    _date(told, dated)
    if repeats is not None and _says_the_same(load, told, repeats):
        return repeats, False
    doubts = demand_sound(load, told, standing, digest=digest, confirmed=confirmed)
    return _close(load, told, confirmed=bool(doubts)), True


def _demand(actor: Actor, verb: Verb) -> None:
    """Ask for a role in any organisation: lists are facts of the installation, held by none."""
    if not any(decide(actor, verb, Facts(holder=each)).allowed for each in actor.roles):
        raise Forbidden("lists are loaded by a documenter or steward, and withdrawn by a reviewer")


def _demand_day(dated: date, at: datetime) -> Came:
    """Refuse a day that no list can be of."""
    if not FIRST_DAY <= dated <= at.date():
        raise ListRefused(
            f"dated: {dated} is no day of a list; name one from {FIRST_DAY} to {at.date()}"
        )
    return Came.DATED


def _told_anew(standing: ListVersion | None, came: Came, at: datetime) -> bool:
    """Whether even a file that changes nothing is a version."""
    return standing is not None and renews(
        came,
        Came(standing.came),
        standing.published,
        since=standing.loaded_at,
        at=at,
        alone=bool(missing_from(PUBLIC, standing.source, face="default")),
    )


def _same(standing: ListVersion, digest: str, dated: date | None) -> bool:
    """Whether a file is the version in force; another day given for it makes another version."""
    redated = dated is not None and standing.published != dated.isoformat()
    return standing.digest == digest and not redated


def _says_the_same(load: Load, told: Reading, standing: ListVersion) -> bool:
    """Whether a file of other bytes, as one that was packed, is the version in force."""
    changed = load.added or load.amended or load.gone
    same = told.lost == standing.lost and published_day(told) == standing.published
    return not changed and same and load.lacks_the_same(standing) and same_faults(told, standing)


def _date(told: Reading, dated: date | None) -> None:
    """Give the file the day that was named; refuse one beside a day of its own."""
    if dated is None:
        return
    if own := published_day(told):
        raise ListRefused(f"dated: {told.name} says itself that it is of {own}; leave the day out")
    told.published = dated.isoformat()


def _standing(source: str) -> ListVersion | None:
    """Give the version in force as this transaction sees it: it may have loaded one itself."""
    rows = ListVersion.objects.using("default").filter(source=source, whole=True)
    return rows.filter(withdrawn_at__isnull=True).order_by("-number").first()


def _held(source: str) -> tuple[dict[str, str], Counter[str], Keys | Numbers | None]:
    """Give digests of what stands by its key, how many there are of each kind, and moved keys."""
    rows = ListEntry.objects.using("default").filter(source=source, last__isnull=True)
    digests, kinds, keys = dict[str, str](), Counter[str](), Keys(source)
    told = rows.values_list("key", "digest", "kind", "content__file_key")
    for key, digest, kind, given in told.iterator(10_000):
        digests[key] = digest
        kinds[kind] += 1
        if given:
            keys.moved[given] = key
    listing = list_source(source)
    if not digests or not (listing.by_name or listing.second):
        return digests, kinds, None
    numbers = Numbers(source, listing.second, keys.moved)
    return digests, kinds, keys if listing.by_name else numbers


def _take_all(load: Load, entries: Iterable[Entry], told: Reading) -> None:
    """Take what a file holds; where keys may move, one that came waits for who has gone."""
    keys = load.keys
    for each in entries:
        entry = keys.standing(each) if keys else each
        if keys and (entry.key not in load.before or keys.waits(entry.key)):
            keys.come.append(entry)
        else:
            _take(load, entry)
    if keys:
        for entry in keys.settled(load.gone, told):
            _take(load, entry)


def _take(load: Load, entry: Entry) -> None:
    """Let an entry wait to be written where it is new or says something new."""
    told = entry.as_data()
    digest, before = digest_of_data(told), load.before.get(entry.key)
    if entry.key in load.seen:
        raise ListRefused(f"key {entry.key}: two entries have it; tell whoever keeps this program")
    load.seen[entry.key] = digest
    load.came[entry.kind] += 1
    if digest == before:
        return
    load.added += before is None
    load.amended += before is not None
    load.waiting.append(_row(entry, digest, told))
    if len(load.waiting) >= _A_BATCH:
        _write(load)


def _restored(load: Load, told: Reading) -> frozenset[str]:
    """Let whoever had gone stand as they last stood, where their row came and cannot be read."""
    keys = told.unread - load.before.keys() - load.seen.keys()
    rows = ListEntry.objects.using("default").filter(source=load.source, key__in=keys)
    for each in rows.order_by("key", "-first").distinct("key") if keys else ():
        load.seen[each.key] = each.digest
        load.came[Kind(each.kind)] += 1
        load.added += 1
        load.waiting.append({name: getattr(each, name) for name in _KEPT})
    return frozenset(keys & load.seen.keys())


def _row(entry: Entry, digest: str, told: dict[str, Any]) -> dict[str, Any]:
    designated = entry.happened(EventKind.DESIGNATED)
    changes = [e for e in entry.events if e.kind in {EventKind.DESIGNATED, EventKind.DELISTED}]
    last = max(changes, key=lambda each: each.day.removeprefix("../"), default=None)
    return {
        "key": entry.key,
        "kind": entry.kind,
        "name": entry.name,
        "search": "\n".join(dict.fromkeys(each.text.casefold() for each in entry.names)),
        "programmes": [each.code for each in entry.programmes],
        "designated": designated[0].day if designated else "",
        "delisted": last is not None and last.kind is EventKind.DELISTED,
        "digest": digest,
        "content": told,
    }


def _write(load: Load) -> None:
    if load.waiting:
        with connection.cursor() as cursor:
            rows = json.dumps(load.waiting, ensure_ascii=False)
            cursor.execute("SELECT listings_keep(%s, %s::jsonb)", [load.version, rows])
        load.waiting.clear()


def _close(load: Load, told: Reading, *, confirmed: bool) -> ListVersion:
    _write(load)
    about = {
        "published": published_day(told),
        "added": load.added,
        "amended": load.amended,
        "faults": [each.as_data() for each in told.faults],
        "fault_count": told.count,
        "lost": told.lost,
        "confirmed": confirmed,
        "said": load.said,
        "kept": sorted(load.kept),
        "nameless": load.nameless.doubtful,
        "settled": load.nameless.settled,
    }
    gone = sorted(load.gone)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT listings_close(%s, %s::jsonb, %s::jsonb)",
            [load.version, json.dumps(gone), json.dumps(about)],
        )
    return ListVersion.objects.using("default").get(pk=load.version)


def _loaded(made: ListVersion) -> Loaded:
    return Loaded(
        source=made.source,
        number=made.number,
        entries=made.entries,
        added=made.added,
        amended=made.amended,
        removed=made.removed,
        faults=made.fault_count,
        lost=made.lost,
    )


def _unchanged(standing: ListVersion) -> Loaded:
    numbers = (standing.fault_count, standing.lost)
    return Loaded(
        standing.source, standing.number, standing.entries, 0, 0, 0, *numbers, unchanged=True
    )


def _note(verb: str, version: ListVersion, *, actor: Actor, at: datetime) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind=KIND,
        subject_id=version.pk,
        at=at,
        detail={
            "source": version.source,
            "number": version.number,
            "digest": version.digest,
            "entries": version.entries,
            "came": version.came,
            "confirmed": version.confirmed,
        },
    )
