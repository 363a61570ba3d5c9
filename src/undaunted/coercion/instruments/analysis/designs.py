"""Drafts of response measures as they are kept, and what the rules say of them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from undaunted.coercion.instruments.queries import draft_of, injury_of
from undaunted.coercion.instruments.rules import (
    Aimed,
    AnnexKind,
    CheckAnswer,
    CheckValue,
    Design,
    Effect,
    Link,
    LinkedPerson,
    Measure,
    MeasuredInjury,
    Origin,
    judge,
)
from undaunted.engines.ownership import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from undaunted.coercion.instruments.models import Draft, Injury, Proceeding
    from undaunted.coercion.instruments.rules import Judged
    from undaunted.core.access.rules import Actor

__all__ = ["design_kept", "design_told", "judged_of", "measured"]


def design_told(design: Design) -> dict[str, Any]:
    """Give a design as it is kept, which `design_kept` reads again."""
    return {
        "measures": [_measure_told(each) for each in design.measures],
        "answers": [
            {
                "key": each.key,
                "value": each.value.value,
                "reasons": each.reasons,
                "sources": list(each.sources),
            }
            for each in design.answers
        ],
    }


def design_kept(held: Mapping[str, Any]) -> Design:
    """Give the design that was kept."""
    return Design(
        tuple(_measure_kept(each) for each in held["measures"]),
        tuple(
            CheckAnswer(
                each["key"], CheckValue(each["value"]), each["reasons"], tuple(each["sources"])
            )
            for each in held["answers"]
        ),
    )


def judged_of(
    actor: Actor, proceeding: Proceeding, *, known_at: datetime | None = None
) -> Judged | None:
    """Judge the draft that stands against the injury that counts, or did at a moment.

    None without either. Raises `MeasureRefused` where they cannot be compared.
    """
    injury = injury_of(actor, proceeding, known_at=known_at)
    draft = draft_of(actor, proceeding, known_at=known_at)
    if injury is None or draft is None or not draft.content["measures"]:
        return None
    return judge(design_of(draft), measured(injury))


def design_of(draft: Draft) -> Design:
    """Give the design of a draft."""
    return design_kept(draft.content)


def measured(row: Injury) -> MeasuredInjury:
    """Give a recorded injury as the rules read it."""
    return MeasuredInjury(
        float(row.low),
        float(row.best),
        float(row.high),
        row.unit,
        row.year,
        row.source,
        row.digest,
    )


def _measure_told(measure: Measure) -> dict[str, Any]:
    return {
        "key": measure.key,
        "kind": measure.kind.value,
        "aimed": measure.aimed.value,
        "scope": measure.scope,
        "legal_basis": measure.legal_basis,
        "effect": asdict(measure.effect),
        "begins": measure.begins.isoformat(),
        "ends": measure.ends.isoformat() if measure.ends else None,
        "by": measure.by.value if measure.by else None,
        "persons": [_person_told(each) for each in measure.persons],
        "tender_share": measure.tender_share,
        "reasons": measure.reasons,
    }


def _measure_kept(held: Mapping[str, Any]) -> Measure:
    return Measure(
        key=held["key"],
        kind=AnnexKind(held["kind"]),
        aimed=Aimed(held["aimed"]),
        scope=held["scope"],
        legal_basis=held["legal_basis"],
        effect=Effect(**held["effect"]),
        begins=date.fromisoformat(held["begins"]),
        ends=date.fromisoformat(held["ends"]) if held["ends"] else None,
        by=Origin(held["by"]) if held["by"] else None,
        persons=tuple(_person_kept(each) for each in held["persons"]),
        tender_share=held["tender_share"],
        reasons=held["reasons"],
    )


def _person_told(person: LinkedPerson) -> dict[str, Any]:
    return {
        "name": person.name,
        "link": person.link.value,
        "answer": person.answer.value if person.answer else None,
        "natural": person.natural,
        "reasons": person.reasons,
        "sources": list(person.sources),
        "stakes": person.stakes,
    }


def _person_kept(held: Mapping[str, Any]) -> LinkedPerson:
    return LinkedPerson(
        held["name"],
        Link(held["link"]),
        Answer(held["answer"]) if held["answer"] else None,
        held["natural"],
        held["reasons"],
        tuple(held["sources"]),
        held.get("stakes", ""),
    )
