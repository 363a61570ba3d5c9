"""People held who are not published, drawn by lot, in a table of their own.

No other number rests on it, and it is absent for whoever may not build such counts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Notice, Section
from undaunted.prisoners.registry.analysis import drawn_by_lot, unpublished_table
from undaunted.prisoners.registry.queries.unpublished import may_count_unpublished
from undaunted.prisoners.registry.rules.counts import EVERYWHERE
from undaunted.prisoners.registry.rules.unpublished import DrawKeyMissing

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Block, Question, Table
    from undaunted.prisoners.report.analysis.told import Told

__all__ = ["unpublished_blocks", "unpublished_of"]


def unpublished_of(question: Question, where: str) -> Table | None:
    """Give the table, of one country its row alone; None where nobody may or can draw it.

    What is left out is told by the drawn alone, as whoever is not drawn leaves no trace. Raises
    `DrawKeyChanged`.
    """
    if not may_count_unpublished(question.builder):
        return None
    try:
        table = unpublished_table(question)
    except DrawKeyMissing:
        return None
    if where == EVERYWHERE:
        return table
    rows = tuple(row for key, row in zip(table.keys, table.rows, strict=True) if key == where)
    return replace(table, rows=rows, keys=(where,)) if rows else None


def unpublished_blocks(told: Told) -> tuple[Block, ...]:
    """Give the table with what it is, in a part of its own; nothing where there is no table."""
    if told.unpublished is None:
        return ()
    notice = Notice(_("Changed by lot."), (drawn_by_lot(),))
    title = _("Counts with unpublished people")
    return (Section("with-unpublished", title, (notice, told.unpublished)),)
