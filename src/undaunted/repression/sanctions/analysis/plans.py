"""The action plan of a state, put together from boards, lists and register; and as an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from undaunted.core.commitments.queries import history_of, standing_for
from undaunted.core.commitments.rules import is_state, known_by
from undaunted.core.editions.rules import EditionKind, Gathered, Parameter, ParameterRefused
from undaunted.repression.sanctions.analysis.enablers import enablers_of
from undaunted.repression.sanctions.queries import designated_days, list_read
from undaunted.repression.sanctions.rules import (
    BOARD,
    ENFORCEMENT,
    Plan,
    SanctionsRefused,
    authorities,
    uses_of,
)
from undaunted.repression.sanctions.writers import plan_document

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.commitments.rules import Known
    from undaunted.core.editions.rules import Question
    from undaunted.repression.sanctions.readers import GivenStakes

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
    uses = tuple(
        uses_of(
            law,
            designated_days(actor, law, known_at),
            list_read(actor, law, known_at),
            on=on,
        )
        for law in laws
        if law.status.binds
    )
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


def _facts(actor: Actor, state: str, on: date, known_on: date) -> tuple[Known, ...]:
    """Give what was stated on enforcement up to a day, as it was known on a day."""
    held = known_by(history_of(actor, ENFORCEMENT, state), known_on)
    return tuple(each for each in held if each.statement.first_day <= on)


def gather_plan(question: Question) -> Gathered:
    """Gather the plan of a state as an edition; it names nobody, companies and stakes left out."""
    plan = plan_for(
        question.actor,
        question.parameters["state"],
        on=question.as_of,
        known_at=question.known_at,
    )
    told = question.known_at.strftime("%Y-%m-%d %H:%M:%S")
    return Gathered(plan_document(plan, language=question.language, known_at=told))


def _state(text: str) -> str:
    if not is_state(text):
        raise ParameterRefused(f"state: {text!r} is no code of a state; give one such as XF, or EU")
    return text


ACTION_PLAN: Final = EditionKind(
    name="sanctions-plan",
    title=lambda: _("Targeted sanctions: action plan of a state"),
    gather=gather_plan,
    parameters=(Parameter("state", "ISO 3166 code, or EU", _state),),
)
"""Adopt, use, enforce: frozen, signed, numbered apart by state."""
