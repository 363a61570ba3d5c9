"""The stakes of a case as the engine takes them: what held on a day, as was known at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.queries import party_names, stakes_known
from undaunted.engines.ownership import (
    ALWAYS,
    NEVER,
    PartyKind,
    Register,
    alike,
    check_stakes,
    closed_loops,
    gather_stakes,
    one_form,
    over_one_register,
    with_filing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.access.rules import Actor
    from undaunted.engines.ownership import Finding, Stakes

__all__ = ["faults_in", "names_in", "stakes_after", "stakes_around", "table_of"]


COLUMNS = (
    "owner", "owner_kind", "owner_name", "owned", "owned_kind", "owned_name", "right", "lo", "hi",
    "valid_from", "valid_to", "said_from", "said_until", "source", "row",
)  # fmt: skip
"""What a stake is to the engine; rows of these alone are read faster than whole ones."""


def stakes_after(actor: Actor, case: Case, *, as_of: date, known_at: datetime) -> Stakes:
    """Give the stakes as they would be after the investment.

    A stake that is filed stands for every earlier one of its owner, company and right.
    """
    return stakes_around(actor, case, as_of=as_of, known_at=known_at)[1]


def stakes_around(
    actor: Actor, case: Case, *, as_of: date, known_at: datetime
) -> tuple[Stakes, Stakes]:
    """Give the stakes without and with what the investment would create; read once for both."""
    names = party_names(actor, case, known_at)
    known = stakes_known(actor, case, known_at)
    held, filed = (
        table_of(known.filter(filed=which).values_list(*COLUMNS, named=True), names)
        for which in (False, True)
    )
    before = _on(held, as_of, known_at)
    table, deal = over_one_register(before, filed)
    return before, with_filing(table, deal)


def faults_in(tables: Iterable[Stakes]) -> tuple[Finding, ...]:
    """Give what is wrong with the stakes of a case together, by its tables before and after.

    A file's own faults are kept with it; these are those of self-ownership, loops, totals and
    identifiers that look alike, which come about between files and what was written by hand.
    """
    found = [
        each for table in tables
        for each in (*check_stakes(table)[1], *closed_loops(table), *alike(table))
    ]  # fmt: skip
    return tuple({(each.rule, each.detail, each.rows): each for each in found}.values())


def names_in(sheet: CaseSheet, tables: Iterable[Stakes]) -> dict[str, str]:
    """Give by their ids the names that any row of evidence tells, else as the case names parties.

    A row of another day names somebody too.
    """
    told = {row.identifier: row.name for row in sheet.parties if row.identifier}
    for table in tables:
        told |= table.parties.labels
    return told


def table_of(rows: Iterable[Any], names: Mapping[str, str]) -> Stakes:
    """Give rows, each with `COLUMNS`, as a table of the engine; each names its source, its row.

    `names` are those of the case's parties, for ids that no row gives a name.
    """
    register, sources = Register(), dict[str, int]()
    columns: dict[str, list[int]] = {
        name: []
        for name in (
            "owner", "owned", "right", "lo", "hi", "valid_from", "valid_to", "known_from",
            "known_to", "source", "row",
        )
    }  # fmt: skip
    for row in rows:
        told = (
            _number(register, names, (row.owner, row.owner_kind, row.owner_name)),
            _number(register, names, (row.owned, row.owned_kind, row.owned_name)),
            row.right,
            row.lo,
            row.hi,
            _day(row.valid_from, ALWAYS),
            _day(row.valid_to, NEVER),
            _day(row.said_from, ALWAYS),
            _day(row.said_until, NEVER),
            sources.setdefault(row.source, len(sources)),
            row.row,
        )
        for values, value in zip(columns.values(), told, strict=True):
            values.append(value)
    return gather_stakes(register.parties(), columns, tuple(sources) or ("",))


def _number(register: Register, known: Mapping[str, str], told: tuple[str, int, str]) -> int:
    identifier, kind, name = told
    own = name if name != identifier else ""
    return register.number(identifier, PartyKind(kind), own or known.get(one_form(identifier), ""))


def _on(stakes: Stakes, as_of: date, known_at: datetime) -> Stakes:
    return stakes.as_of(as_of).known_at(known_at.date())


def _day(day: date | None, unsaid: int) -> int:
    return unsaid if day is None else day.toordinal()
