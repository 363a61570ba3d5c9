"""The evidence of a letter's factors, numbered, with what only the cleared may read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from undaunted.coercion.screening.analysis.words import source_told
from undaunted.coercion.screening.queries import case_as_known, stakes_known
from undaunted.coercion.screening.rules import EvidenceLine
from undaunted.coercion.screening.rules.casework import EvidenceKind
from undaunted.coercion.screening.writers.case_terms import in_words
from undaunted.engines.ownership import one_form, share_in_words
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from undaunted.coercion.screening.models import Assessment, Stake
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.access.rules import Actor

__all__ = ["evidence_told"]


def evidence_told(
    actor: Actor, sheet: CaseSheet, chosen: tuple[Assessment, ...], *, secret: bool
) -> dict[tuple[str, str], EvidenceLine]:
    """Give the evidence of the factors, numbered in the order in which they name it.

    What an authority said is told to the cleared alone. All but what the engine found can tell who
    holds how much of whom, and is `secret` where that is: of a finding, its digest and its day are
    told. What was withdrawn since is told as it was when the factor was assessed, and says so.
    """
    named = {(each["kind"], each["id"]): row.recorded_at for row in chosen for each in row.evidence}
    keys = [key for kind, key in named if kind == EvidenceKind.STAKE]
    rows = stakes_known(actor, sheet.case, sheet.at).filter(pk__in=keys) if keys else ()
    stakes = {str(row.pk): row for row in rows}
    earlier: dict[datetime, tuple[CaseSheet, Mapping[str, Stake]]] = {}
    lines = {}
    for number, ((kind, key), since) in enumerate(named.items(), 1):
        told = _piece(sheet, kind, key, stakes.get(key))
        if told is None:
            if since not in earlier:
                earlier[since] = _then(actor, sheet, since, keys)
            told = _withdrawn(earlier[since], kind, key)
        hidden = kind == EvidenceKind.COMMENT or (secret and kind != EvidenceKind.ANALYSIS)
        lines[kind, key] = EvidenceLine(number, *told, secret=hidden)
    return lines


def _then(
    actor: Actor, sheet: CaseSheet, since: datetime, keys: list[str]
) -> tuple[CaseSheet, Mapping[str, Stake]]:
    """Read once what was known at a moment, for every piece that was named then."""
    rows = stakes_known(actor, sheet.case, since).filter(pk__in=keys) if keys else ()
    return case_as_known(actor, sheet.case, since), {str(row.pk): row for row in rows}


def _withdrawn(
    then: tuple[CaseSheet, Mapping[str, Stake]], kind: str, key: str
) -> tuple[str, str, date | None]:
    """Give a piece that does not stand any more, by what was known when it was named."""
    sheet, stakes = then
    told = _piece(sheet, kind, key, stakes.get(key))
    title, source, on = told or (kind, kind, None)
    return f"{title} ({_('withdrawn')})", source, on


def _piece(
    sheet: CaseSheet, kind: str, key: str, stake: Stake | None
) -> tuple[str, str, date | None] | None:
    """Give title, source and day of a piece; nothing of one that does not stand."""
    if kind == EvidenceKind.STAKE:
        return _stake(stake) if stake is not None else None
    rows: dict[str, Any] = {
        EvidenceKind.FILE: sheet.loads,
        EvidenceKind.FACT: sheet.facts,
        EvidenceKind.ANSWER: sheet.answers,
        EvidenceKind.LIST: (check for line in sheet.lists for check in line.checks),
        EvidenceKind.ANALYSIS: sheet.analyses,
        EvidenceKind.COMMENT: sheet.comments,
    }
    row = next((each for each in rows.get(kind, ()) if str(each.pk) == key), None)
    if row is None:
        return None
    title, source = str(row), getattr(row, "source", "") or getattr(row, "list_name", "") or kind
    if kind == EvidenceKind.FACT:
        names = {each.identifier: each.name for each in sheet.parties if each.identifier}
        title = f"{in_words('FactKind', row.kind)}, {names.get(one_form(row.about), row.about)}"
    elif kind == EvidenceKind.COMMENT:
        title = f"{in_words('CommentKind', row.kind)}, {row.author}"
        source = date_text(row.received_on)
    elif kind == EvidenceKind.ANSWER:
        title, source = f"{_('Answer')}, {row.request.addressee}", date_text(row.received_on)
    elif kind == EvidenceKind.ANALYSIS:
        title = f"{_('Who controls a company')} ({row.digest[:12]})"
        title += f" ({_('asked before its stakes changed')})" if row.pk in sheet.fallen else ""
        source = date_text(row.recorded_at)
    return title, source, None


def _stake(row: Stake) -> tuple[str, str, date | None]:
    owner, owned = row.owner_name or row.owner, row.owned_name or row.owned
    said = f"{owner} \N{RIGHTWARDS ARROW} {owned}: {share_in_words(row.lo, row.hi)}"
    return said, source_told(row.source, row.row), row.valid_from
