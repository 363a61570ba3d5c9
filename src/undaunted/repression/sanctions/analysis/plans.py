"""The action plan of a state, put together from boards, lists and register; and as an edition."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from undaunted.core.access.rules import PUBLIC
from undaunted.core.commitments.queries import history_of, standing_for
from undaunted.core.commitments.rules import is_state, known_by
from undaunted.core.editions.rules import (
    Brought,
    EditionKind,
    Gathered,
    Parameter,
    ParameterRefused,
)
from undaunted.repression.sanctions.analysis.enablers import enablers_of, stakes_given
from undaunted.repression.sanctions.queries import designations_of, list_read, parties_known
from undaunted.repression.sanctions.readers import GivenStakes
from undaunted.repression.sanctions.rules import (
    BOARD,
    ENFORCEMENT,
    Plan,
    RegisterBroken,
    SanctionsRefused,
    authorities,
    kept_in_edition,
    uses_of,
)
from undaunted.repression.sanctions.writers import plan_document, stakes_kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.commitments.rules import Known
    from undaunted.core.editions.rules import Question
    from undaunted.repression.sanctions.rules import Authority, Uses

__all__ = ["ACTION_PLAN", "gather_plan", "plan_for"]


def plan_for(
    actor: Actor,
    state: str,
    *,
    on: date,
    known_at: datetime,
    given: GivenStakes | None = None,
) -> Plan:
    """Give the plan of a state on a day, as it was known.

    Raises `SanctionsRefused` for a code that is no state's.
    """
    if not is_state(state):
        raise SanctionsRefused(f"state: {state} is no code of a state; use ISO 3166-1, or EU")
    known_on = known_at.date()
    laws = tuple(each for each in authorities().values() if each.jurisdiction == state)
    uses = tuple(_uses(actor, laws, on, known_at))
    held = None if given is None else enablers_of(actor, laws, given, on=on, known_at=known_at)
    return Plan(
        state=state,
        on=on,
        known_on=known_on,
        authorities=laws,
        adoption=standing_for(actor, BOARD, state, on=on, known_on=known_on),
        enforcement=standing_for(actor, ENFORCEMENT, state, on=on, known_on=known_on),
        uses=uses,
        facts=_facts(actor, state, on, known_on),
        enablers=held,
    )


def _uses(actor: Actor, laws: Iterable[Authority], on: date, known_at: datetime) -> Iterator[Uses]:
    """Give how often each law that binds is used, as it was known at a moment."""
    parties = parties_known(actor, known_at)
    for law in laws:
        if law.status.binds:
            days, whose = designations_of(actor, law, known_at, parties)
            read = list_read(actor, law, known_at)
            yield uses_of(law, days, read, on=on, parties=whose)


def _facts(actor: Actor, state: str, on: date, known_on: date) -> tuple[Known, ...]:
    """Give what was stated on enforcement up to a day, as it was known on a day."""
    held = known_by(history_of(actor, ENFORCEMENT, state), known_on)
    return tuple(each for each in held if each.statement.first_day <= on)


def gather_plan(question: Question) -> Gathered:
    """Gather the plan of a state as an edition: of stakes only what may be public for good."""
    given = question.brought if isinstance(question.brought, GivenStakes) else None
    plan = plan_for(
        question.actor,
        question.parameters["state"],
        on=question.as_of,
        known_at=question.known_at,
        given=given,
    )
    if given is not None and plan.enablers is not None:
        plan = replace(plan, enablers=kept_in_edition(plan.enablers, given.parties))
    told = question.known_at.strftime("%Y-%m-%d %H:%M:%S")
    return Gathered(plan_document(plan, language=question.language, known_at=told))


def _stakes(content: bytes, name: str) -> GivenStakes:
    """Read a file of stakes; its own name may name somebody, and stands in no edition."""
    try:
        return stakes_given(PUBLIC, content, f"stakes{PurePath(name).suffix.lower()}")
    except RegisterBroken as broken:
        raise ParameterRefused(f"file: {broken}") from None


def _state(text: str) -> str:
    if not is_state(text):
        raise ParameterRefused(f"state: {text!r} is no code of a state; give one such as XF, or EU")
    return text


ACTION_PLAN: Final = EditionKind(
    name="sanctions-plan",
    title=lambda: _("Targeted sanctions: action plan of a state"),
    gather=gather_plan,
    parameters=(Parameter("state", "ISO 3166 code, or EU", _state),),
    file=Brought(stakes_kept, _stakes),
)
"""Adopt, use, enforce: frozen, signed, numbered apart by state."""
