"""Taking files into the register: what is new is added, what is told otherwise is replaced.

What of a source is equal stays as it stands, so that the same file twice changes nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.actions.register_turns import in_turn
from undaunted.coercion.screening.actions.watching import screen_again
from undaunted.coercion.screening.models import Asset, AssetEntry, Holding, RegisterImport
from undaunted.coercion.screening.queries import asset_entries_for, assets_of, holdings_for
from undaunted.coercion.screening.readers import (
    FileRefused,
    named_near,
    read_assets,
    read_holdings,
)
from undaunted.coercion.screening.rules import Confidence
from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from undaunted.coercion.screening.rules import AssetRow, HoldingRow
    from undaunted.core.access.rules import Actor

__all__ = ["LARGEST", "checked_name", "import_assets", "import_holdings"]

LARGEST = 40_000_000
"""Bytes of a file."""
MOST_FINDINGS = 2_000
"""Sentences kept of one file; how many more there were is the last one."""
BATCH = 2_000


@dataclass(slots=True)
class _Changes:
    """What a file changes: rows to add, statements to replace, and how many stay."""

    add: list[dict[str, Any]] = field(default_factory=list)
    replace: list[UUID] = field(default_factory=list)
    unchanged: int = 0
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A file as it was brought: its name, bytes and mapping."""

    kind: str
    name: str
    content: bytes
    mapping: str


def import_assets(  # noqa: PLR0913 - a file, and how it is read
    holder: UUID, name: str, content: bytes, *, actor: Actor, at: datetime, mapping: str = ""
) -> RegisterImport:
    """Take in a file of assets, with their owners where it tells them. Raises `FileRefused`."""
    require(actor, Verb.IMPORT, Facts(holder=holder))
    sheet = _Sheet("assets", checked_name(name, content), content, mapping)
    found = read_assets(sheet.name, content, mapping)
    with in_turn(holder, actor=actor, at=at) as moment:
        known = assets_of(actor, holder)
        assets = _asset_changes(found.assets.values(), asset_entries_for(actor, holder))
        stakes = _holding_changes(found.holdings, holdings_for(actor, holder), whole=False)
        made = _import(
            sheet,
            holder,
            (assets, stakes),
            found.rows,
            (*found.notes, *assets.left_out, *_named_near(found.holdings, actor, holder)),
            actor=actor,
            at=moment,
        )
        new = [each for each in found.assets if each not in known]
        Asset.objects.bulk_create(
            (
                Asset(holder=holder, reference=each, recorded_at=moment, recorded_by=actor.person)
                for each in new
            ),
            batch_size=BATCH,
        )
        known = assets_of(actor, holder)
        for row in assets.add:
            row["asset"] = known[row.pop("reference")]
        _carry_out(AssetEntry, assets, made)
        _carry_out(Holding, stakes, made)
        screen_again(holder, actor=actor, at=moment)
    return made


def import_holdings(  # noqa: PLR0913 - a file, and how it is read
    holder: UUID,
    name: str,
    content: bytes,
    *,
    actor: Actor,
    at: datetime,
    mapping: str = "",
    format_name: str = "",
    confidence: Confidence = Confidence.C,
    whole: bool = False,
) -> RegisterImport:
    """Take in a file of stakes in any format that is read. Raises `FileRefused`.

    With `whole` the file says all that its sources say: what it tells no longer is replaced. It is
    refused where a row of it is no stake.
    """
    require(actor, Verb.IMPORT, Facts(holder=holder))
    sheet = _Sheet("holdings", checked_name(name, content), content, mapping)
    rows, notes, number = read_holdings(
        sheet.name, content, mapping, format_name, confidence, whole=whole
    )
    with in_turn(holder, actor=actor, at=at) as moment:
        changes = _holding_changes(rows, holdings_for(actor, holder), whole=whole)
        notes = (*notes, *_named_near(rows, actor, holder))
        made = _import(sheet, holder, (changes,), number, notes, actor=actor, at=moment)
        _carry_out(Holding, changes, made)
        screen_again(holder, actor=actor, at=moment)
    return made


def checked_name(name: str, content: bytes) -> str:
    """Give a file's name as it is kept. Raises `FileRefused` for an empty or too large one."""
    called = PurePath(name.replace("\\", "/")).name[-150:]
    if len(content) > LARGEST:
        raise FileRefused(f"{called}: holds more than {LARGEST:,} bytes; part it into several")
    if not content.strip():
        raise FileRefused(f"{called}: is empty; choose another file")
    return called


def _named_near(rows: Iterable[HoldingRow], actor: Actor, holder: UUID) -> tuple[str, ...]:
    standing = holdings_for(actor, holder).values_list("owner", "owned")
    held = {each for two in standing for each in two}
    return named_near(rows, {*held, *assets_of(actor, holder)})


def _asset_changes(rows: Iterable[AssetRow], standing: Iterable[AssetEntry]) -> _Changes:
    known, changes = {each.asset.reference: each for each in standing}, _Changes()
    for row in rows:
        told, earlier = asdict(row), known.get(row.reference)
        if earlier is not None and all(
            getattr(earlier, name) == value for name, value in told.items() if name != "reference"
        ):
            changes.unchanged += 1
            continue
        if earlier is not None and _surer(earlier, row):
            changes.left_out.append(
                f"{row.reference}: {earlier.source} tells of it more surely "
                f"({earlier.confidence}) than {row.source} ({row.confidence}), and stands; "
                "withdraw the asset, or record it by hand, if this one is right"
            )
            continue
        if earlier is not None:
            changes.replace.append(earlier.pk)
        changes.add.append(told)
    return changes


def _surer(earlier: AssetEntry, row: AssetRow) -> bool:
    """Whether another source told of an asset more surely than a row does; A is the surest."""
    return earlier.source != row.source and earlier.confidence < row.confidence


def _holding_changes(
    rows: Iterable[HoldingRow], standing: Iterable[Holding], *, whole: bool
) -> _Changes:
    """Compare by source, owner, company and right; rows of one such stake change together."""
    told: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        told.setdefault((row.source, row.owner, row.owned, row.right), []).append(asdict(row))
    known: dict[tuple[str, ...], list[Holding]] = {}
    for each in standing:
        known.setdefault((each.source, each.owner, each.owned, each.right), []).append(each)
    changes, sources = _Changes(), {key[0] for key in told}
    for key, new in told.items():
        earlier = known.pop(key, [])
        if sorted(map(_fact, new)) == sorted(_fact(vars(each)) for each in earlier):
            changes.unchanged += len(new)
        else:
            changes.replace += [each.pk for each in earlier]
            changes.add += new
    if whole:
        gone = [each for key, rows in known.items() if key[0] in sources for each in rows]
        changes.replace += [each.pk for each in gone]
    return changes


def _fact(told: dict[str, Any]) -> tuple[str, ...]:
    """Give what a stake says, so that it can be compared; the row of the file says nothing."""
    facts = ("lowest", "highest", "owner_name", "owner_kind", "owned_name", "owned_kind",
             "valid_from", "valid_to", "confidence")  # fmt: skip
    return tuple(str(told[each]) for each in facts)


def _import(  # noqa: PLR0913 - what is kept of a file
    sheet: _Sheet,
    holder: UUID,
    changes: tuple[_Changes, ...],
    rows: int,
    notes: tuple[str, ...],
    *,
    actor: Actor,
    at: datetime,
) -> RegisterImport:
    kept = list(notes[:MOST_FINDINGS])
    if len(notes) > MOST_FINDINGS:
        kept.append(f"{len(notes) - MOST_FINDINGS} further findings are not kept")
    made = RegisterImport.objects.create(
        holder=holder,
        kind=sheet.kind,
        name=sheet.name,
        sha256=hashlib.sha256(sheet.content).hexdigest(),
        mapping=sheet.mapping,
        rows=rows,
        added=sum(len(each.add) for each in changes),
        replaced=sum(len(each.replace) for each in changes),
        unchanged=sum(each.unchanged for each in changes),
        findings=kept,
        recorded_at=at,
        recorded_by=actor.person,
    )
    record_entry(
        "register.imported",
        actor=actor,
        subject_kind="register",
        subject_id=holder,
        at=at,
        detail={"sha256": made.sha256, "rows": rows, "added": made.added},
    )
    return made


def _carry_out(model: type[AssetEntry | Holding], changes: _Changes, made: RegisterImport) -> None:
    for first in range(0, len(changes.replace), BATCH):
        model.objects.filter(pk__in=changes.replace[first : first + BATCH]).update(
            replaced_at=made.recorded_at, replaced_by=made.recorded_by, replaced_why=made.name
        )
    new: list[Any] = [
        model(
            holder=made.holder,
            brought=made,
            recorded_at=made.recorded_at,
            recorded_by=made.recorded_by,
            **row,
        )
        for row in changes.add
    ]
    model.objects.bulk_create(new, batch_size=BATCH)
