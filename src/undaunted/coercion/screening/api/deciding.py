"""Findings, dealings and decisions by program; a decision is taken by a second person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from undaunted.coercion.screening.actions import (
    AnswerPlan,
    AssessmentPlan,
    CheckPlan,
    DecisionPlan,
    MitigationPlan,
    RequestPlan,
    ask_for_information,
    assess_factor,
    comment_on_notice,
    correct_assessment,
    end_mitigation,
    propose_decision,
    record_answer,
    record_check,
    record_comment,
    record_mitigation,
    record_recourse,
    record_scope,
    return_decision,
    send_notice,
    take_decision,
    withdraw_assessment,
    withdraw_notice,
    withdraw_request,
    write_notice,
)
from undaunted.coercion.screening.api.root import (
    DECIDE,
    ONE,
    PROPOSE,
    READ,
    found,
    refusals,
    router,
    taken,
    taken_on,
)
from undaunted.coercion.screening.api.schemas import (
    AnswerIn,
    AssessmentIn,
    CheckIn,
    CommentIn,
    DecisionIn,
    EvidenceIn,
    IdOut,
    MeasureIn,
    NoticeIn,
    RecourseIn,
    RequestIn,
    ScopeIn,
    WhyIn,
)
from undaunted.coercion.screening.models import Assessment, Decision, Mitigation, Notice, Request
from undaunted.coercion.screening.queries import notice_for, notices_received, row_told
from undaunted.coercion.screening.readers import read_deal
from undaunted.core.accounts.api import actor_of
from undaunted.core.clocks.rules import EventsRefused

__all__: list[str] = []
