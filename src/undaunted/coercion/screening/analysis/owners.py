"""Who controls the target, and by which stakes: before and after the investment, must and may.

Asked are the acquirers, every state that a stake names, and everybody above the target whom nobody
holds. For each the answer carries its proof, how much is held, and what each law's test says.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.coercion.screening.analysis.measuring import measured, rows_told
from undaunted.coercion.screening.analysis.sheets import measure_of
from undaunted.coercion.screening.analysis.tables import stakes_around
from undaunted.coercion.screening.queries import case_as_known
from undaunted.coercion.screening.rules import ScreeningRefused, measure_by_share
from undaunted.coercion.screening.rules.casework import PartyRole
from undaunted.engines.ownership import (
    PartyKind,
    Right,
    as_part,
    contested_in,
    one_form,
    readings,
    sentences,
    source_in_words,
    upstream,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.coercion.screening.analysis.measuring import Measured
    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.coercion.screening.rules import Measure, Regime
    from undaunted.core.access.rules import Actor
    from undaunted.engines.ownership import Stakes

__all__ = ["MOST_ASKED", "Asked", "Told", "analyse"]

MOST_ASKED = 60
"""So many owners are asked about; more are named, and asked one by one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the engine is asked of a case.

    Attributes:
        as_of: the day whose stakes hold.
        threshold: a part of one, exceeded by what controls, in place of a measure.
        reached: the threshold need only be reached.
        owners: owners to ask about beside those that are asked anyway.
        measure: a majority, or a law's test; without it, and a threshold, that of the case's law.
    """

    as_of: date
    threshold: float | None = None
    reached: bool = False
    owners: tuple[str, ...] = ()
    measure: str = ""

    def told(self) -> dict[str, Any]:
        """Give the parameters as they are kept."""
        return {
            "as_of": self.as_of.isoformat(),
            "threshold": self.threshold,
            "reached": self.reached,
            "owners": list(self.owners),
            "measure": self.measure,
        }


@dataclass(frozen=True, slots=True)
class Told:
    """The answer, with a digest of stakes, parameters and answer."""

    target: str
    result: dict[str, Any]
    digest: str


def analyse(actor: Actor, case: Case, asked: Asked, *, known_at: datetime) -> Told:
    """Give who controls the target before and after. Raises `ScreeningRefused`, `OwnershipError`.

    What is kept of it is kept by the action; this stores nothing.
    """
    sheet = case_as_known(actor, case, known_at)
    target, acquirers = (
        [row.identifier for row in sheet.parties if row.role == role and row.identifier]
        for role in (PartyRole.TARGET, PartyRole.ACQUIRER)
    )
    if not target:
        raise ScreeningRefused(
            "target: no party is recorded as the target with its id in the stakes; record one"
        )
    before, after = stakes_around(actor, case, as_of=asked.as_of, known_at=known_at)
    if target[0] not in after.parties:
        raise ScreeningRefused(
            f"target: no stake names {target[0]}; take in ownership evidence or record a stake"
        )
    owners = _owners(after, target[0], (*acquirers, *asked.owners))
    measure, regime = _measure(sheet, asked)
    result = {
        "target": target[0],
        "measure": measure.told() | {"regime": regime.key if regime else ""},
        "before": [_answer(before, each, target[0], measure) for each in owners[:MOST_ASKED]],
        "after": [_answer(after, each, target[0], measure) for each in owners[:MOST_ASKED]],
        "not_asked": list(owners[MOST_ASKED:]),
        "acquirers": {each: _above(after, each, measure) for each in acquirers},
        "stakes": {"before": len(before), "after": len(after)},
    }
    return Told(target[0], result, _digest(before, after, asked, result))


def _measure(sheet: CaseSheet, asked: Asked) -> tuple[Measure, Regime | None]:
    if asked.threshold is None:
        if asked.reached:
            raise ScreeningRefused("reached: it says how a threshold is met; give one")
        return measure_of(sheet, asked.measure)
    if asked.measure:
        raise ScreeningRefused("threshold: a measure has its own; give one or the other")
    return measure_by_share(asked.threshold, reached=asked.reached), None


def _owners(stakes: Stakes, target: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """Give whom to ask about: those named, states, and whoever nobody holds; the rest of none."""
    near = upstream(stakes, target)
    held = set(near.owned.tolist())
    kinds = near.parties.kinds
    found = [
        identifier
        for number, identifier in enumerate(near.parties.ids)
        if identifier != target
        and kinds[number] != PartyKind.SEVERAL
        and (kinds[number] == PartyKind.STATE or number not in held)
    ]
    states = [each for each in found if kinds[near.parties.number_of(each)] == PartyKind.STATE]
    known = [each for each in map(one_form, named) if each in stakes.parties and each != target]
    return tuple(dict.fromkeys([*known, *sorted(states), *sorted(found)]))


def _above(stakes: Stakes, company: str, measure: Measure) -> list[dict[str, Any]]:
    """Give who controls an acquirer: states, and whoever nobody holds."""
    if company not in stakes.parties:
        return []
    owners = _owners(stakes, company, ())[:MOST_ASKED]
    return [_answer(stakes, owner, company, measure) for owner in owners]


def _answer(stakes: Stakes, owner: str, target: str, measure: Measure) -> dict[str, Any]:
    if owner not in stakes.parties or target not in stakes.parties:
        return {"owner": owner, "name": owner, "kind": "unknown", "answer": "no", "held": [0, 0],
                "joint": False, "contested": False, "proof": _NO_PROOF, "readings": []}  # fmt: skip
    told = measured(stakes, [owner], target, measure)
    found, company = told.found, told.company
    near = found.graph.stakes
    number = near.parties.number_of(owner)
    return {
        "owner": owner,
        "name": near.parties.label(number),
        "kind": PartyKind(int(near.parties.kinds[number])).name.lower(),
        "answer": "no" if told.answer == "joint" else told.answer,
        "held": [as_part(each) for each in told.held],
        "joint": _among(found.joint, company),
        "contested": _among(found.contested, company),
        "rests_on": told.rests_on,
        "proof": _proof(told),
        "readings": _readings(near, owner, target),
    }


_NO_PROOF: dict[str, Any] = {"sentences": [], "stakes": []}


def _among(numbers: Any, company: int) -> bool:  # noqa: ANN401 - an array of numbers
    return bool(np.isin(company, numbers))


def _proof(told: Measured) -> dict[str, Any]:
    """Give the proof in sentences, or the stakes one by one on which a test rests."""
    stakes = told.found.graph.stakes
    if told.proofs:
        said = [each for proof in told.proofs for each in sentences(proof)]
        carried = told.proofs[0].stakes
    else:
        rows = told.rows or ()
        said, carried = rows_told(stakes, rows), stakes.take(np.array(rows, np.int64))
        said += contested_in(told.found.graph, sorted({int(stakes.owned[at]) for at in rows}))
    ids = stakes.parties.ids
    return {
        "sentences": said,
        "stakes": [
            {
                "owner": ids[int(carried.owner[at])],
                "owned": ids[int(carried.owned[at])],
                "right": Right(int(carried.right[at])).name.lower(),
                "min": as_part(int(carried.lo[at])),
                "max": as_part(int(carried.hi[at])),
                "source": source_in_words(carried, at),
            }
            for at in range(len(carried))
        ],
    }


def _readings(near: Stakes, owner: str, target: str) -> list[dict[str, Any]]:
    return [
        {
            "test": each.standard.key,
            "law": each.standard.law,
            "asks": each.standard.asks,
            "threshold": str(each.standard.threshold),
            "answer": str(each.answer),
            "min": each.lowest,
            "max": each.highest,
            "rests_on": each.rests_on,
            "verified": each.standard.verified,
            "read": f"{each.standard.source}, {each.standard.on}",
        }
        for each in readings(near, [owner], target)
    ]


def _digest(before: Stakes, after: Stakes, asked: Asked, result: dict[str, Any]) -> str:
    told = hashlib.sha256(json.dumps([asked.told(), result], sort_keys=True).encode())
    for table in (before, after):
        for name in ("owner", "owned", "right", "lo", "hi", "valid_from", "valid_to", "row"):
            told.update(np.ascontiguousarray(getattr(table, name)).tobytes())
        told.update(json.dumps([table.parties.ids, table.sources]).encode())
    return told.hexdigest()
