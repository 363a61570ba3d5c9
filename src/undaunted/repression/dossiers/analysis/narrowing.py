"""A dossier narrowed to whom a submission is about: what is said of others is in no paper of it.

An act that somebody chosen shares with others stays; what was found of those others does not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from uuid import UUID

    from undaunted.repression.dossiers.analysis.gathering import Cited, PersonLine, Sheet
    from undaunted.repression.dossiers.analysis.testing import Reach

__all__ = ["narrowed"]


def narrowed(sheet: Sheet, reach: Reach, people: Collection[PersonLine]) -> tuple[Sheet, Reach]:
    """Give the part of a dossier that is about these people, and what may be told of that part.

    Where everybody is chosen nothing is left out. Whose names no text may hold stays the same.
    """
    chosen = {each.row.pk for each in people}
    if len(chosen) == len(sheet.people):
        return sheet, reach
    questions = tuple(each for each in sheet.questions if each.superior.row.pk in chosen)
    keys = {str(each.row.act_id) for person in people for each in person.links}
    keys |= {each.act.key for each in questions}
    part = replace(
        sheet,
        acts=tuple(each for each in sheet.acts if each.key in keys),
        people=tuple(each for each in sheet.people if each.row.pk in chosen),
        findings=tuple(each for each in sheet.findings if _is_about(each, chosen, keys)),
        questions=questions,
    )
    theirs, others = set(_documents(part)), set(_documents(sheet))
    annexes = tuple(
        each for each in sheet.annexes if each.document in theirs or each.document not in others
    )
    told = replace(
        reach,
        acts=tuple(each for each in reach.acts if each.key in keys),
        left_out=tuple(each for each in reach.left_out if each.key in keys),
    )
    return replace(part, annexes=annexes), told


def _is_about(finding: Cited, chosen: Collection[UUID], keys: Collection[str]) -> bool:
    row = finding.row
    return (row.accused_id is None or row.accused_id in chosen) and (
        row.act_id is None or str(row.act_id) in keys
    )


def _documents(sheet: Sheet) -> Iterator[UUID]:
    """Give the documents on which something in a dossier rests."""
    return (each.document_id for each in sheet.citations() if each.document_id)
