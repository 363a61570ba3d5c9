"""Answers of the ownership engine as they are printed and given to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.analysis.telling import stakes_of
from undaunted.engines.ownership import (
    WHOLE,
    as_part,
    below_whole,
    held_by,
    proof_of,
    proofs_of,
    sentences,
    share_in_words,
)

if TYPE_CHECKING:
    from undaunted.engines.ownership import Control, Proof, Stakes

__all__ = ["below_told", "control_told", "proof_told", "show_control"]

SHOWN = 20
KINDS = {
    "controlled": "controls",
    "may": "may control",
    "joint": "holds half of, with one other",
    "contested": "of these, contested by stakes above 100 % together",
}


def control_told(found: Control, *, proofs: bool) -> dict[str, Any]:
    """Give what owners control; with the stakes that carry each answer where they are asked for."""
    parties = found.graph.parties
    told: dict[str, Any] = {
        "seeds": list(parties.named(found.seeds)),
        "threshold": as_part(found.threshold.share),
        "reached": found.threshold.reached,
        "controlled": list(found.names(found.must)),
        "may": list(found.names(found.may)),
        "joint": list(found.names(found.joint)),
        "contested": list(found.names(found.contested)),
    }
    if proofs:
        every = proofs_of(found, [*found.must.tolist(), *found.may.tolist()])
        told["proof"] = {parties.ids[each.company]: _carried(each) for each in every}
    return told


def proof_told(found: Control, company: int) -> dict[str, Any]:
    """Give why a company is controlled, or how much of it is held where it is not."""
    parties = found.graph.parties
    proof = proof_of(found, company)
    lowest, highest = held_by(found, company)
    told: dict[str, Any] = {
        "owners": list(parties.named(found.seeds)),
        "company": parties.ids[company],
        "threshold": as_part(found.threshold.share),
        "reached": found.threshold.reached,
        "answer": "no" if proof is None else "may" if proof.may else "must",
        "held": {"min": as_part(lowest), "max": as_part(highest)},
    }
    if proof is None:
        owners = ", ".join(parties.label(int(each)) for each in found.seeds)
        held = share_in_words(lowest, highest) if highest < WHOLE else "an unknown share"
        said = (
            f"{parties.label(company)} is not controlled by {owners}: with what they control they "
            f"hold {held}; {found.threshold} is needed."
        )
        return told | {"sentences": [said], "stakes": []}
    return told | {"sentences": list(sentences(proof)), "stakes": _carried(proof)}


def below_told(stakes: Stakes) -> list[dict[str, Any]]:
    """Give companies of which others hold a rest that no row tells: no fault of a file."""
    return [
        {"company": each.company, "kind": each.right.name.lower(), "at_most": as_part(each.most)}
        for each in below_whole(stakes)
    ]


def show_control(told: dict[str, Any]) -> None:
    """Print what owners control, the first of each kind."""
    from rich.console import Console  # noqa: PLC0415 - starts faster

    console = Console(markup=False, highlight=False)
    console.print(f"{', '.join(told['seeds'])}, as of {told['as_of']}")
    for kind, title in KINDS.items():
        names = told[kind]
        console.print(f"{title}: {len(names)}")
        for name in names[:SHOWN]:
            console.print(f"  {name}")
            for stake in told.get("proof", {}).get(name, ()):
                span = share_in_words(round(stake["min"] * WHOLE), round(stake["max"] * WHOLE))
                console.print(
                    f"    {stake['owner']} in {stake['owned']}: {span} ({stake['source']}, "
                    f"row {stake['row']})"
                )
        if len(names) > SHOWN:
            console.print(f"  and {len(names) - SHOWN} more; `--json` tells all")


def _carried(proof: Proof) -> list[dict[str, Any]]:
    return stakes_of(proof.stakes)
