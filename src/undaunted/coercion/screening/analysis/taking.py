"""What a register says of a deal that nobody filed, as the stakes that its case begins with."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.analysis.holdings import held_on, kind_of
from undaunted.coercion.screening.rules import WHOLE
from undaunted.coercion.screening.rules.casework import LONGEST_SOURCE, needed_text
from undaunted.coercion.screening.rules.stakes import LONGEST_ID, Right, one_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from undaunted.coercion.screening.models import Holding, Unfiled

__all__ = ["stakes_of_deal"]

ENDS = ("lowest", "highest")


def stakes_of_deal(deal: Unfiled, holdings: Sequence[Holding], said: str) -> list[dict[str, Any]]:
    """Give the stakes above the assets of a deal; what its owner holds since then is as if filed.

    That is all that the owner holds by the same right, since what is filed takes the place of what
    was held before. `said` is its source. Raises `ScreeningRefused` for an id that is too long.
    """
    bought = held_on(deal.owner, deal.target, deal.day, holdings)
    new = [each for each in bought if each.valid_from == deal.day]
    taken = {each.pk for each in new}
    kept = [
        _stake(each, each.lowest, each.highest, each.source)
        for each in _above({deal.target, *map(one_form, deal.assets)}, holdings)
        if each.pk not in taken
    ]
    for right, rows in groupby(sorted(new, key=lambda row: row.right), lambda row: row.right):
        both = [each for each in bought if each.right == right]
        lowest, highest = (min(WHOLE, sum(getattr(each, end) for each in both)) for end in ENDS)
        kept.append(_stake(next(rows), lowest, highest, said) | {"filed": True})
    return kept


def _above(companies: set[str], holdings: Iterable[Holding]) -> list[Holding]:
    """Give the stakes in companies, in their owners, and so on upward."""
    held: dict[str, list[Holding]] = {}
    for each in holdings:
        held.setdefault(one_form(each.owned), []).append(each)
    waiting = sorted(companies)
    found: list[Holding] = []
    for company in waiting:
        rows = held.pop(company, [])
        found += rows
        waiting += [one_form(each.owner) for each in rows]
    return found


def _stake(row: Holding, lowest: int, highest: int, source: str) -> dict[str, Any]:
    return {
        "owner": needed_text("owner", one_form(row.owner), LONGEST_ID),
        "owned": needed_text("owned", one_form(row.owned), LONGEST_ID),
        "owner_kind": int(kind_of(row.owner, row.owner_kind)),
        "owned_kind": int(kind_of(row.owned, row.owned_kind)),
        "owner_name": row.owner_name[:LONGEST_ID],
        "owned_name": row.owned_name[:LONGEST_ID],
        "right": int(Right[row.right.upper()]),
        "lo": lowest,
        "hi": highest,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "source": source[:LONGEST_SOURCE],
    }
