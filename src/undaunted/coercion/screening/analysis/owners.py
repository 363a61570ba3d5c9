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

from undaunted.coercion.screening.analysis.tables import stakes_after, stakes_before
from undaunted.coercion.screening.queries import case_as_known
from undaunted.coercion.screening.rules.casework import PartyRole
from undaunted.coercion.screening.rules.refusals import ScreeningRefused
from undaunted.engines.ownership import (
    PartyKind,
    Right,
    as_part,
    control,
    held_by,
    proof_of,
    readings,
    sentences,
    source_in_words,
    threshold_of,
    upstream,
    votes_graph,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.coercion.screening.models import Case
    from undaunted.core.access.rules import Actor
    from undaunted.engines.ownership import Control, Proof, Stakes, Threshold

__all__ = ["MOST_ASKED", "Asked", "Told", "analyse"]

MOST_ASKED = 60
"""So many owners are asked about; more are named, and asked one by one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the engine is asked of a case.

    Attributes:
        as_of: the day whose stakes hold.
        threshold: a part of one, exceeded by what controls.
        reached: the threshold need only be reached.
        owners: owners to ask about beside those that are asked anyway.
    """

    as_of: date
    threshold: float = 0.5
    reached: bool = False
    owners: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """Give the parameters as they are kept."""
        return {
            "as_of": self.as_of.isoformat(),
            "threshold": self.threshold,
            "reached": self.reached,
            "owners": list(self.owners),
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
    before, after = (
        table(actor, case, as_of=asked.as_of, known_at=known_at)
        for table in (stakes_before, stakes_after)
    )
    if target[0] not in after.parties:
        raise ScreeningRefused(
            f"target: no stake names {target[0]}; take in ownership evidence or record a stake"
        )
    owners = _owners(after, target[0], (*acquirers, *asked.owners))
    limit = threshold_of(asked.threshold, reached=asked.reached)
    result = {
        "target": target[0],
        "before": [_answer(before, each, target[0], limit) for each in owners[:MOST_ASKED]],
        "after": [_answer(after, each, target[0], limit) for each in owners[:MOST_ASKED]],
        "not_asked": list(owners[MOST_ASKED:]),
        "acquirers": {each: _above(after, each, limit) for each in acquirers},
        "stakes": {"before": len(before), "after": len(after)},
    }
    return Told(target[0], result, _digest(before, after, asked, result))


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
    known = [each for each in named if each in stakes.parties and each != target]
    return tuple(dict.fromkeys([*known, *sorted(states), *sorted(found)]))


def _above(stakes: Stakes, company: str, limit: Threshold) -> list[dict[str, Any]]:
    """Give who controls an acquirer: states, and whoever nobody holds."""
    if company not in stakes.parties:
        return []
    owners = _owners(stakes, company, ())[:MOST_ASKED]
    return [_answer(stakes, owner, company, limit) for owner in owners]


def _answer(stakes: Stakes, owner: str, target: str, limit: Threshold) -> dict[str, Any]:
    if owner not in stakes.parties or target not in stakes.parties:
        return {"owner": owner, "name": owner, "kind": "unknown", "answer": "no", "held": [0, 0],
                "joint": False, "contested": False, "proof": _NO_PROOF, "readings": []}  # fmt: skip
    near = upstream(stakes, target, (owner,))
    found = control(votes_graph(near), [owner], limit)
    company, number = near.parties.number_of(target), near.parties.number_of(owner)
    proof = proof_of(found, company)
    return {
        "owner": owner,
        "name": near.parties.label(number),
        "kind": PartyKind(int(near.parties.kinds[number])).name.lower(),
        "answer": "no" if proof is None else "may" if proof.may else "must",
        "held": [as_part(each) for each in held_by(found, company)],
        "joint": _among(found.joint, company),
        "contested": _among(found.contested, company),
        "proof": _NO_PROOF if proof is None else _proof(found, proof),
        "readings": _readings(near, owner, target),
    }


_NO_PROOF: dict[str, Any] = {"sentences": [], "stakes": []}


def _among(numbers: Any, company: int) -> bool:  # noqa: ANN401 - an array of numbers
    return bool(np.isin(company, numbers))


def _proof(found: Control, proof: Proof) -> dict[str, Any]:
    carried = proof.stakes
    ids = found.graph.parties.ids
    return {
        "sentences": list(sentences(proof)),
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
