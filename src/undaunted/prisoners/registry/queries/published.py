"""What everybody may read of published cases: search with facets, one case, a tombstone.

Reads the projections through the public connection, so nothing here can show what is not public.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from undaunted.prisoners.registry.models import (
    PublishedCase,
    PublishedSpell,
    PublishedTombstone,
)
from undaunted.prisoners.registry.queries.facets import (
    CaseQuery,
    conditions,
    facet_counts,
    find_places,
)
from undaunted.prisoners.registry.queries.stock import rows
from undaunted.prisoners.registry.rules.held_today import Covered
from undaunted.prisoners.registry.rules.told_once import Telling, told_once

if TYPE_CHECKING:
    from datetime import date

    from undaunted.core.access.rules import Actor

__all__ = [
    "CaseQuery",
    "CursorUnreadable",
    "FoundCase",
    "FoundPage",
    "covered_on",
    "merged_into",
    "published_case",
    "published_for",
    "published_spells",
    "published_version",
    "search",
    "tombstone",
]

LARGEST_PAGE = 100
FEW = 1_500
"""So many cases are found by their cells; more of them stand close together in order of name."""
_PLACED = "c.id IN (SELECT p.case_id FROM published_place p WHERE p.number = ANY (%(page)s))"
_ORDER = "c.name = '', c.name, c.id"
"""Those whose name is withheld come last: ids are drawn, so that their order says nothing."""
_COLUMNS = (
    "c.id, c.reference, c.name, c.country, c.gender, c.birth_year, c.roles, c.laws, c.lists, "
    "c.status, c.standards, c.tier, c.held_now, c.first_start, c.last_end, c.release_type"
)
_REFERENCE = re.compile(r"[A-Z]{2,4}-[0-9A-Z]{3,20}")
_FIELDS = tuple(column.strip().removeprefix("c.") for column in _COLUMNS.split(","))

_OF_ONE_TELLING = frozenset({"id", "claim", "tier"})

_COVERED = """
    SELECT coalesce(bool_or(s.certain) FILTER (WHERE s.standard = '*' AND s.day), false),
        coalesce(bool_or(NOT s.certain) FILTER (WHERE s.standard = '*' AND s.day), false),
        coalesce(NOT bool_or(s.verified) FILTER (WHERE s.standard <> '*' AND s.day), false),
        max(s.end_on) FILTER (WHERE s.standard = '*' AND s.certain AND s.verified
                              AND s.end_on <= %(on)s)
    FROM (SELECT *, start_on <= %(on)s AND %(on)s < end_on AS day FROM published_segment
          WHERE case_id = %(case)s AND known_to = 'infinity') s
"""


class CursorUnreadable(ValueError):
    """The cursor of the page was not given by this search."""


@dataclass(frozen=True, slots=True)
class FoundCase:
    """One line of the result."""

    id: UUID
    reference: str
    name: str
    country: str
    gender: str
    birth_year: int | None
    roles: tuple[str, ...]
    laws: tuple[str, ...]
    lists: tuple[str, ...]
    status: str
    standards: tuple[str, ...]
    tier: str
    held_now: bool
    first_start: date | None
    last_end: date | None
    release_type: str


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One page, how many there are in all, and how many have each value of each facet."""

    cases: tuple[FoundCase, ...]
    total: int
    facets: dict[str, tuple[tuple[str, int], ...]]
    next_cursor: str = ""


def search(
    _actor: Actor, query: CaseQuery, *, cursor: str = "", size: int = 25, facets: bool = True
) -> FoundPage:
    """Give one page of published cases, with exact numbers for every facet.

    They are in order of name; those whose name is withheld come last. Who looks for a merged
    reference finds the case that it leads to. Raises `CursorUnreadable`.
    """
    size = max(1, min(size, LARGEST_PAGE))
    where = conditions(_followed(_actor, query))
    where.most = size + 1
    if cursor:
        name, identity = _read_cursor(cursor)
        where.after = (
            "(c.name = '', c.name, c.id) > (%(after_name)s = '', %(after_name)s, %(after_id)s)"
        )
        where.values |= {"after_name": name, "after_id": identity}
    found, total = facet_counts(query, where) if facets else ({}, -1)
    if where.by_place and not facets:
        find_places(where, facets=False)
    if 0 <= total <= FEW and where.by_cell and len(where.by_cell) == len(where.every):
        where.add(
            "c.cell = ANY (ARRAY(SELECT k.id FROM published_cell k"  # noqa: S608 - constant parts
            f" WHERE {' AND '.join(where.by_cell)}))"
        )
    asked = _PLACED if where.page is not None else str(where)
    cases = tuple(_case(row) for row in rows(
        f"SELECT {_COLUMNS} FROM published_case c WHERE {asked} AND {where.after}"  # noqa: S608 - constant parts only
        f" ORDER BY {_ORDER} LIMIT %(size)s",
        where.values | {"size": size + 1, "page": where.page},
    ) if total)  # fmt: skip
    more = _write_cursor(cases[size - 1]) if len(cases) > size else ""
    return FoundPage(cases[:size], total, found, more)


def published_case(_actor: Actor, reference: str) -> PublishedCase:
    """Give a published case with names, spells and sources; raises `PublishedCase.DoesNotExist`."""
    related = ("names", "spells", "sources")
    return PublishedCase.objects.prefetch_related(*related).get(reference=reference)


def published_for(_actor: Actor, party: UUID) -> PublishedCase | None:
    """Give the published case that stands for a person, with spells and sources; None without."""
    related = ("spells", "sources")
    return PublishedCase.objects.prefetch_related(*related).filter(pk=party).first()


def covered_on(_actor: Actor, case: PublishedCase, on: date) -> Covered:
    """Give what the segments of a published case say of a day, by the counting rule."""
    ((surely, possibly, unconfirmed, died_on),) = rows(_COVERED, {"case": case.pk, "on": on})
    return Covered(surely, possibly, unconfirmed, died_on)


def merged_into(_actor: Actor, reference: str) -> str:
    """Give the reference of the public case that this one was merged into; empty if there is none.

    The row of the case itself says so: what is not public any more is not named.
    """
    cases = PublishedCase.objects.filter(merged__contains=[reference])
    return next(iter(cases.values_list("reference", flat=True)), "")


def published_spells(_actor: Actor, case: PublishedCase) -> list[PublishedSpell]:
    """Give what is published as done to a person, earliest first; what is told alike, once."""
    spells = list(case.spells.all())
    spells.sort(key=lambda one: (one.start_earliest is None, one.start, one.claim))
    found = told_once(spells, _telling)
    for spell, tier in found:
        spell.tier = tier
    return [spell for spell, _tier in found]


def tombstone(_actor: Actor, reference: str) -> PublishedTombstone | None:
    """Give what stays of a case that was taken down, if it was."""
    return PublishedTombstone.objects.filter(reference=reference).first()


def published_version(_actor: Actor) -> str:
    """Give a text that changes whenever anything published changes; for ETags and kept pages."""
    found = rows("SELECT number FROM published_version", {})
    return str(found[0][0]) if found else ""


def _telling(spell: PublishedSpell) -> Telling:
    rest = {
        field.attname: getattr(spell, field.attname)
        for field in PublishedSpell._meta.concrete_fields
        if field.attname not in _OF_ONE_TELLING
    }
    return Telling(
        category=spell.category,
        start_latest=spell.start_latest,
        end_earliest=spell.end_earliest,
        open=not spell.end,
        tier=spell.tier,
        rest=str(rest),
    )


def _followed(actor: Actor, query: CaseQuery) -> CaseQuery:
    asked = query.name.strip().upper()
    into = merged_into(actor, asked) if _REFERENCE.fullmatch(asked) else ""
    return replace(query, name=into) if into else query


def _case(row: tuple[Any, ...]) -> FoundCase:
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row]
    return FoundCase(**dict(zip(_FIELDS, values, strict=True)))


def _write_cursor(case: FoundCase) -> str:
    text = json.dumps([case.name, str(case.id)], ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[str, str]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        name, identity = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        if not (isinstance(name, str) and isinstance(identity, str)) or "\x00" in name:
            raise CursorUnreadable(cursor[:40])
        name.encode()  # a lone surrogate is no name
        return name, str(UUID(identity))
    except (ValueError, TypeError, binascii.Error, UnicodeError, RecursionError) as error:
        raise CursorUnreadable(cursor[:40]) from error
