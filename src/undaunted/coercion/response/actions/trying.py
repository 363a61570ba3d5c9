"""A trigger tried on an episode: the test is kept, met or not; a compact is invoked where it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from undaunted.coercion.response.actions.compacts import bound_member
from undaunted.coercion.response.actions.keeping import keep_texts
from undaunted.coercion.response.actions.turns import in_turn
from undaunted.coercion.response.models import Trial
from undaunted.coercion.response.queries import taking_part
from undaunted.coercion.response.rules import ResponseRefused, check_findings
from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.standards.actions import record_assessment
from undaunted.core.standards.queries import outcome_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from undaunted.coercion.response.models import Compact, Episode, Member
    from undaunted.core.access.rules import Actor
    from undaunted.core.standards.rules import Finding

__all__ = ["try_trigger"]


def try_trigger(
    episode: Episode, findings: Mapping[str, Finding], *, actor: Actor, at: datetime
) -> Trial:
    """Test an episode against the trigger of the compact that reads it, and keep the test.

    Reasons of a test that is not met are sealed to the government's team. Raises
    `ResponseRefused`, and `FindingsStrange` for a criterion that the pack does not have.
    """
    compact, member = _called_upon(episode, actor)
    check_findings(findings)
    bare = {name: replace(each, reasons=()) for name, each in findings.items()}
    with in_turn():
        assessment = record_assessment(
            "episode",
            episode.pk,
            actor=actor,
            at=at,
            holder=member.holder,
            pack=compact.pack,
            findings=bare,
        )
        outcome = outcome_of(assessment)
        made = Trial(
            holder=member.holder,
            compact=compact,
            episode=episode,
            assessment=assessment.pk,
            pack=outcome.pack,
            findings={name: each.value.value for name, each in findings.items()},
            outcome=outcome.result,
            turns_on=list(outcome.missing or outcome.decided_by),
            met=bool(outcome.qualifies),
            recorded_at=at,
            recorded_by=actor.person,
        )
        if not made.met:
            _keep_reasons(made, findings, member, actor=actor, at=at)
        made.save(force_insert=True)
        record_entry(
            "trigger.tried",
            actor=actor,
            subject_kind="episode",
            subject_id=episode.pk,
            at=at,
            detail={"trial": str(made.pk), "compact": str(compact.pk)},
        )
    return made


def _called_upon(episode: Episode, actor: Actor) -> tuple[Compact, Member]:
    compact = episode.compact
    if compact is None:
        raise ResponseRefused("episode: show it to a compact first; its members are called upon")
    member = bound_member(actor, compact)
    require(actor, Verb.RECORD, Facts(holder=member.holder))
    if compact.withdrawn_at is not None:
        raise ResponseRefused("compact: it was withdrawn and is not invoked")
    if not taking_part(actor, compact, None).filter(holder=compact.holder).exists():
        raise ResponseRefused("compact: its chair is no member of it; agree another")
    if not taking_part(actor, compact, episode).filter(holder=member.holder).exists():
        raise Forbidden("a coercer has no part in the answer")
    return compact, member


def _keep_reasons(
    trial: Trial,
    findings: Mapping[str, Finding],
    member: Member,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    texts = {name: "\n\n".join(each.reasons) for name, each in findings.items() if each.reasons}
    if not texts:
        return
    try:
        keep_texts(trial, texts, member, actor=actor, at=at)
    except ResponseRefused as refusal:
        raise ResponseRefused(
            f"trigger: it is not met, and reasons of such a test are confidential. {refusal}"
        ) from refusal
