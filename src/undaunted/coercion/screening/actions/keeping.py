"""What only the screening team may read: sealed to the case, opened by its team alone.

The record of the vault is the case, so all that is sealed in it opens with one key, and destroying
that key erases it. Sealing needs no open key; whoever seals is in the team.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from undaunted.coercion.screening.actions.telling import held_case, note
from undaunted.coercion.screening.actions.turns import in_turn
from undaunted.coercion.screening.queries import authorities_of, sealed_in
from undaunted.coercion.screening.rules.keeping import (
    KEPT_KIND,
    KEPT_VERSION,
    KeptUnreadable,
    read_kept,
    written_kept,
)
from undaunted.coercion.screening.rules.refusals import ScreeningRefused
from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.vault.actions import move_records, open_all, seal_for
from undaunted.core.vault.queries import team_for
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.models.cases import Keepable
    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = ["name_screening_team", "open_case", "open_row", "seal_texts"]


def name_screening_team(
    case: Case, team: UUID, *, actor: Actor, at: datetime, key: OpenKey | None = None
) -> Case:
    """Name the team of one's own authority that opens what is sealed in a case.

    Where another team opens it already, what is sealed is given to the new one alone; that takes
    the open `key` of somebody in the old one.
    """
    require(actor, Verb.RECORD, Facts(holder=case.holder))
    try:
        if team_for(actor, team).holder != case.holder:
            raise ScreeningRefused("team: it belongs to another organisation")
    except VaultError as problem:
        raise ScreeningRefused(f"team: {problem}") from problem
    with in_turn():
        held = held_case(case, actor=actor)
        if held.team not in {None, team} and sealed_in(actor, held):
            _give(held, team, key, actor=actor, at=at)
        held.team = team
        held.save(update_fields=["team"])
        note("case.team_named", held, actor=actor, at=at, team=str(team))
    return held


def seal_texts(
    row: Keepable, texts: Mapping[str, str], case: Case, *, actor: Actor, at: datetime
) -> None:
    """Seal texts of a row into its envelope; part of recording it. Nothing where all are empty.

    Raises `ScreeningRefused` where no team is named, or the actor is not in it.
    """
    said = {name: text for name, text in texts.items() if text}
    if not said:
        row.envelope = row.sequence = None
        return
    if case.team is None:
        raise ScreeningRefused(
            f"team: what only those cleared may read ({', '.join(sorted(said))}) is sealed to a "
            "team, whether anybody marked it or not, and the case has named none; name one first"
        )
    content = written_kept(row.pk, said)
    try:
        made = seal_for(
            case.team, case.pk, content, kind=KEPT_KIND, version=KEPT_VERSION, actor=actor, at=at
        )
    except VaultError as problem:
        raise ScreeningRefused(f"team: {problem}") from problem
    row.envelope, row.sequence = made.envelope, made.binding.sequence


def open_case(
    case: Case, *, key: OpenKey, actor: Actor, at: datetime
) -> dict[UUID, dict[str, str]]:
    """Give what is sealed in a case, by row; who opened it is on record.

    A row that is not what was sealed for it is not given, and stops no other. Raises
    `KeptUnreadable` where none can be opened, and `Forbidden` for another authority's.
    """
    require(actor, Verb.READ, Facts(holder=case.holder))
    if case.holder not in authorities_of(actor):
        raise Forbidden("there is no such case for you")
    rows = sealed_in(actor, case)
    if not rows:
        return {}
    with in_turn():
        opened: dict[UUID, dict[str, str]] = {}
        try:
            opened = _opened(rows, case, key, actor=actor, at=at)
        except KeptUnreadable:
            for row in rows:
                with suppress(KeptUnreadable):
                    opened |= _opened((row,), case, key, actor=actor, at=at)
            if not opened:
                raise
        broken = [str(row.pk) for row in rows if row.pk not in opened]
        note("case.opened", case, actor=actor, at=at, texts=len(opened), broken=broken)
    return opened


def open_row(
    row: Keepable, case: Case, *, key: OpenKey, actor: Actor, at: datetime
) -> dict[str, str]:
    """Give what is sealed in one row of a case; who opened it is on record.

    Raises `KeptUnreadable` where it cannot be opened, and `Forbidden` for another authority's.
    """
    require(actor, Verb.READ, Facts(holder=case.holder))
    if case.holder not in authorities_of(actor):
        raise Forbidden("there is no such case for you")
    with in_turn():
        opened = _opened((row,), case, key=key, actor=actor, at=at)[row.pk]
        note("case.opened", case, actor=actor, at=at, texts=1, broken=[])
    return opened


def _opened(
    rows: tuple[Keepable, ...], case: Case, key: OpenKey, *, actor: Actor, at: datetime
) -> dict[UUID, dict[str, str]]:
    sealed = [(KEPT_KIND, row.sequence or 0, bytes(row.envelope or b"")) for row in rows]
    try:
        contents = open_all(sealed, case.pk, version=KEPT_VERSION, key=key, actor=actor, at=at)
    except VaultError as problem:
        raise KeptUnreadable(f"kept: {problem}") from problem
    return {row.pk: read_kept(content, row.pk) for row, content in zip(rows, contents, strict=True)}


def _give(case: Case, team: UUID, key: OpenKey | None, *, actor: Actor, at: datetime) -> None:
    if key is None:
        raise ScreeningRefused(
            "team: what is confidential is sealed to another team; open your key first, and it is "
            "given to this one"
        )
    try:
        move_records([case.pk], team, key=key, actor=actor, at=at)
    except VaultError as problem:
        raise ScreeningRefused(f"team: {problem}") from problem
