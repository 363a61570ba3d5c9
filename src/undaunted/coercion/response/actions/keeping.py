"""What a government keeps to itself: sealed to a team of its people, opened by them alone.

The record of the vault is the membership, so all that a government keeps in one compact opens with
one key, and destroying that key erases it. Sealing needs no open key; whoever seals is in the team.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from undaunted.coercion.response.actions.compacts import note
from undaunted.coercion.response.actions.turns import in_turn
from undaunted.coercion.response.models import Member
from undaunted.coercion.response.queries import governments_of, kept_by
from undaunted.coercion.response.rules import (
    KEPT_KIND,
    KEPT_VERSION,
    KeptUnreadable,
    ResponseRefused,
    read_kept,
    written_kept,
)
from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.actions import move_records, open_all, seal_for
from undaunted.core.vault.queries import team_for
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.coercion.response.models import Keepable
    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = ["keep_texts", "name_team", "open_kept"]


def name_team(
    member: Member, team: UUID, *, actor: Actor, at: datetime, key: OpenKey | None = None
) -> Member:
    """Name the team of one's own government that opens what it keeps in a compact.

    Where another team opens it already, what is kept is given to the new one alone; that takes the
    open `key` of somebody in the old one.
    """
    require(actor, Verb.RECORD, Facts(holder=member.holder))
    try:
        if team_for(actor, team).holder != member.holder:
            raise ResponseRefused("team: it belongs to another organisation")
    except VaultError as problem:
        raise ResponseRefused(f"team: {problem}") from problem
    with in_turn():
        rows = Member.objects.select_for_update(of=("self",)).select_related("compact")
        held = rows.filter(pk=member.pk, left_at__isnull=True).first()
        if held is None:
            raise Forbidden("there is no such membership for you")
        if held.team not in {None, team} and kept_by(actor, held):
            _give(held, team, key, actor=actor, at=at)
        held.team = team
        held.save(update_fields=["team"])
        note("compact.team_named", held.compact, actor=actor, at=at, team=str(team))
    return held


def keep_texts(
    row: Keepable, texts: Mapping[str, str], member: Member, *, actor: Actor, at: datetime
) -> None:
    """Seal what a row says, and leave nothing of it in the clear; part of recording it.

    Raises `ResponseRefused` where no team is named, or the actor is not in it.
    """
    if member.team is None:
        raise ResponseRefused(
            "team: your government has named no team that opens what it keeps in this compact; "
            "name one first"
        )
    content = written_kept(row.pk, texts)
    try:
        made = seal_for(
            member.team,
            member.pk,
            content,
            kind=KEPT_KIND,
            version=KEPT_VERSION,
            actor=actor,
            at=at,
        )
    except VaultError as problem:
        raise ResponseRefused(f"team: {problem}") from problem
    for name in texts:
        if hasattr(row, name):
            setattr(row, name, "")
    row.envelope, row.sequence = made.envelope, made.binding.sequence


def open_kept(
    member: Member, *, key: OpenKey, actor: Actor, at: datetime
) -> dict[UUID, dict[str, str]]:
    """Give what one's own government keeps in a compact, by row; who opened it is on record.

    A row that is not what was sealed for it is not given, and stops no other. Raises
    `KeptUnreadable` where none can be opened, and `Forbidden` for another's.
    """
    require(actor, Verb.READ, Facts(holder=member.holder))
    if member.holder not in governments_of(actor):
        raise Forbidden("there is no such membership for you")
    rows = [each.row for each in kept_by(actor, member)]
    if not rows:
        return {}
    with in_turn():
        try:
            opened = _opened(rows, member, key, actor=actor, at=at)
        except KeptUnreadable:
            opened = {}
            for row in rows:
                with suppress(KeptUnreadable):
                    opened |= _opened([row], member, key, actor=actor, at=at)
            if not opened:
                raise
        broken = [str(row.pk) for row in rows if row.pk not in opened]
        record_entry(
            "compact.kept_opened",
            actor=actor,
            subject_kind="compact",
            subject_id=member.compact_id,
            at=at,
            detail={"texts": len(opened), "broken": broken},
        )
    return opened


def _opened(
    rows: list[Keepable], member: Member, key: OpenKey, *, actor: Actor, at: datetime
) -> dict[UUID, dict[str, str]]:
    sealed = [(KEPT_KIND, row.sequence or 0, bytes(row.envelope or b"")) for row in rows]
    try:
        contents = open_all(sealed, member.pk, version=KEPT_VERSION, key=key, actor=actor, at=at)
    except VaultError as problem:
        raise KeptUnreadable(f"kept: {problem}") from problem
    return {row.pk: read_kept(content, row.pk) for row, content in zip(rows, contents, strict=True)}


def _give(member: Member, team: UUID, key: OpenKey | None, *, actor: Actor, at: datetime) -> None:
    if key is None:
        raise ResponseRefused(
            "team: what is kept is sealed to another team; open your key first, and it is given "
            "to this one"
        )
    try:
        move_records([member.pk], team, key=key, actor=actor, at=at)
    except VaultError as problem:
        raise ResponseRefused(f"team: {problem}") from problem
