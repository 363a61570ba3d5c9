"""The injury of a proceeding: read from a result that is attached, from a file, or typed."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.actions.recording import check_admits
from undaunted.coercion.instruments.actions.turns import in_turn, note, standing
from undaunted.coercion.instruments.analysis import front_read, months_read, scenario_read
from undaunted.coercion.instruments.models import Injury
from undaunted.coercion.instruments.queries import injury_of
from undaunted.coercion.instruments.readers import injury_of_file, is_result
from undaunted.coercion.instruments.rules import (
    LARGEST_AMOUNT,
    LONGEST_NAME,
    InjuryKind,
    InstrumentRefused,
    Part,
    ReadInjury,
    check_injury,
    checked_text,
    explains,
)
from undaunted.coercion.screening.readers import plain_name
from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.evidence.actions import record_source, store_document
from undaunted.core.evidence.rules import SourceKind

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.coercion.instruments.analysis import MonthsNamed
    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.coercion.instruments.rules import MeasuredInjury
    from undaunted.core.access.rules import Actor

__all__ = ["attach_calculation", "attach_front", "attach_months", "type_injury"]

ROUNDED = Decimal("0.001")
"""By so much of itself an amount may be rounded where it is kept."""


def attach_front(proceeding: Proceeding, search: str, *, actor: Actor, at: datetime) -> Injury:
    """Attach a front by the name of its search: the injury is what its target loses, in money.

    What it was read from is kept as evidence, without what else the search was asked. Raises
    `InstrumentRefused`, and `MeasureRefused` for a front about others.
    """
    require(actor, Verb.RECORD, Facts(holder=proceeding.holder))
    read, extract = front_read(actor, proceeding, search)
    with in_turn():
        made = _injury(proceeding, read, actor=actor, at=at)
        _keep(made, f"front-{search[:12]}.json", extract, actor=actor, at=at)
    return made


def attach_months(
    proceeding: Proceeding, named: MonthsNamed, *, actor: Actor, at: datetime
) -> Injury:
    """Attach a file of months that is kept: the injury is the sales lost, as of a year.

    Raises `InstrumentRefused` for a file that cannot tell it.
    """
    require(actor, Verb.RECORD, Facts(holder=proceeding.holder))
    read = months_read(actor, proceeding, named)
    with in_turn():
        return _injury(proceeding, read, actor=actor, at=at)


def attach_calculation(
    proceeding: Proceeding, name: str, content: bytes, *, actor: Actor, at: datetime
) -> Injury:
    """Keep a scenario's result, or the sheet of another calculation, and read the injury from it.

    Raises `FileRefused` with every row that is wrong, and `MeasureRefused` for a result about
    others; nothing is kept then.
    """
    require(actor, Verb.RECORD, Facts(holder=proceeding.holder))
    called = plain_name(name)
    if is_result(called):
        read = scenario_read(proceeding, called, content)
    else:
        read = ReadInjury(injury_of_file(called, content), InjuryKind.OTHER, {})
    with in_turn():
        made = _injury(proceeding, read, actor=actor, at=at)
        _keep(made, called, content, actor=actor, at=at)
    return made


def type_injury(
    proceeding: Proceeding,
    injury: MeasuredInjury,
    explained: str,
    *,
    actor: Actor,
    at: datetime,
) -> Injury:
    """Record amounts that somebody types because no result holds them; marked so wherever told.

    Raises `InstrumentRefused` without an explanation.
    """
    require(actor, Verb.RECORD, Facts(holder=proceeding.holder))
    if not explains(explained):
        raise InstrumentRefused(
            "explained: say where the amounts come from, and why no result is attached in their "
            "place"
        )
    typed = ReadInjury(injury, InjuryKind.TYPED, {})
    with in_turn():
        return _injury(proceeding, typed, actor=actor, at=at, explained=explained)


def _injury(
    proceeding: Proceeding, read: ReadInjury, *, actor: Actor, at: datetime, explained: str = ""
) -> Injury:
    """Record an injury in the place of the one before; part of the caller's turn."""
    injury = read.injury
    check_injury(injury, attached=read.kind is not InjuryKind.TYPED)
    held = standing(proceeding)
    check_admits(actor, held, Part.RESTS)
    before = injury_of(actor, held)
    if before is not None:
        before.replaced_at = at
        before.save(update_fields=["replaced_at"])
    made = Injury.objects.create(
        holder=held.holder,
        proceeding=held,
        kind=read.kind,
        **{name: _cents(name, getattr(injury, name)) for name in ("low", "best", "high")},
        unit=checked_text("unit", injury.unit, 24, needed=True),
        year=injury.year,
        source=checked_text("source", injury.source, needed=True),
        digest=injury.digest.lower(),
        read=dict(read.read),
        explained=checked_text("explained", explained),
        recorded_at=at,
        recorded_by=actor.person,
    )
    note("proceeding.injury_recorded", held, actor=actor, at=at, injury=str(made.pk))
    return made


def _keep(injury: Injury, name: str, content: bytes, *, actor: Actor, at: datetime) -> None:
    """Keep the file that an injury was read from as evidence of its authority."""
    source = record_source(
        injury.holder,
        actor=actor,
        at=at,
        kind=SourceKind.OTHER,
        title=checked_text("name", name, LONGEST_NAME, needed=True),
    )
    media = "application/json" if is_result(name) else "text/csv"
    store_document(
        io.BytesIO(content), source, actor=actor, at=at, media_type=media,
        note="calculation of an injury",
    )  # fmt: skip


def _cents(name: str, number: float) -> Decimal:
    """Give an amount as it is kept, which is exact to the hundredth: none is rounded unsaid."""
    if number > LARGEST_AMOUNT:
        raise InstrumentRefused(f"{name}: write numbers from nought to {LARGEST_AMOUNT:g}")
    kept = Decimal(str(number)).quantize(Decimal("0.01"))
    if abs(kept - Decimal(str(number))) > ROUNDED * kept:
        raise InstrumentRefused(
            f"{name}: {number:g} would be kept as {kept}; tell the injury in a smaller unit, as "
            "EUR million in place of EUR billion"
        )
    return kept
