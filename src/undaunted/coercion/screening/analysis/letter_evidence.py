"""The evidence of a letter's factors, numbered, with what only the cleared may read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from undaunted.coercion.screening.queries import stakes_known
from undaunted.coercion.screening.rules import EvidenceLine
from undaunted.coercion.screening.rules.casework import EvidenceKind
from undaunted.coercion.screening.writers.case_terms import in_words
from undaunted.engines.ownership import share_in_words

if TYPE_CHECKING:
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
    told.
    """
    named = dict.fromkeys((each["kind"], each["id"]) for row in chosen for each in row.evidence)
    keys = [key for kind, key in named if kind == EvidenceKind.STAKE]
    rows = stakes_known(actor, sheet.case, sheet.at).filter(pk__in=keys) if keys else ()
    stakes = {(str(EvidenceKind.STAKE), str(row.pk)): row for row in rows}
    return {
        key: _stake(number, stakes[key], secret=secret)
        if key in stakes
        else EvidenceLine(
            number,
            *_piece(sheet, *key),
            secret=key[0] == EvidenceKind.COMMENT or (secret and key[0] != EvidenceKind.ANALYSIS),
        )
        for number, key in enumerate(named, 1)
    }


def _stake(number: int, row: Stake, *, secret: bool) -> EvidenceLine:
    owner, owned = row.owner_name or row.owner, row.owned_name or row.owned
    said = f"{owner} \N{RIGHTWARDS ARROW} {owned}: {share_in_words(row.lo, row.hi)}"
    return EvidenceLine(number, said, f"{row.source}, row {row.row}", row.valid_from, secret)


def _piece(sheet: CaseSheet, kind: str, key: str) -> tuple[str, str]:
    rows: dict[str, Any] = {
        EvidenceKind.FILE: sheet.loads,
        EvidenceKind.FACT: sheet.facts,
        EvidenceKind.ANSWER: sheet.answers,
        EvidenceKind.LIST: (check for line in sheet.lists for check in line.checks),
        EvidenceKind.ANALYSIS: sheet.analyses,
        EvidenceKind.COMMENT: sheet.comments,
    }
    row = next((each for each in rows.get(kind, ()) if str(each.pk) == key), None)
    title = str(row) if row is not None else kind
    if kind == EvidenceKind.FACT and row is not None:
        names = {each.identifier: each.name for each in sheet.parties if each.identifier}
        return f"{in_words('FactKind', row.kind)}, {names.get(row.about, row.about)}", row.source
    if kind == EvidenceKind.COMMENT and row is not None:
        return f"{in_words('CommentKind', row.kind)}, {row.author}", f"{row.received_on:%Y-%m-%d}"
    if kind == EvidenceKind.ANSWER and row is not None:
        return f"{_('Answer')}, {row.request.addressee}", f"{row.received_on:%Y-%m-%d}"
    if kind == EvidenceKind.ANALYSIS and row is not None:
        return f"{_('Who controls the target')} ({row.digest[:12]})", f"{row.recorded_at:%Y-%m-%d}"
    source = getattr(row, "source", "") or getattr(row, "list_name", "") or kind
    return title, source
