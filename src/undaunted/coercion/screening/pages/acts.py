"""What each step of a case does with what was written: a form and an action, a line a step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from undaunted.coercion.screening import actions
from undaunted.coercion.screening.analysis.sheets import owners_of
from undaunted.coercion.screening.forms.cases import (
    EvidenceForm,
    PartyForm,
    StakeForm,
    SubmitForm,
    TeamForm,
)
from undaunted.coercion.screening.forms.dealings import (
    AnswerForm,
    CommentForm,
    NoticeForm,
    OutsideForm,
    RequestForm,
)
from undaunted.coercion.screening.forms.decisions import (
    CheckForm,
    DecisionForm,
    MitigationForm,
    MoveForm,
    RecourseForm,
    ResultForm,
)
from undaunted.coercion.screening.forms.findings import (
    AnalysisForm,
    AssessmentForm,
    FactForm,
    JudgeForm,
    ListForm,
)
from undaunted.coercion.screening.forms.parts import CaseForm, WhyForm
from undaunted.coercion.screening.forms.scopes import ScopeForm
from undaunted.coercion.screening.models import (
    Assessment,
    Decision,
    Fact,
    ListCheck,
    Load,
    Mitigation,
    Notice,
    Party,
    Recourse,
    Request,
    Stake,
)
from undaunted.coercion.screening.readers.evidence import LARGEST_FILE
from undaunted.coercion.screening.rules import ScreeningStage, Step, check_decidable
from undaunted.coercion.screening.rules.casework import CommentKind, Judgement
from undaunted.coercion.screening.tasks import bring_evidence
from undaunted.coercion.screening.writers.case_terms import in_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.access.rules import Actor

__all__ = ["ACTS", "Act", "Given"]


@dataclass(frozen=True, slots=True)
class Given:
    """What a step is taken with."""

    sheet: CaseSheet
    row: Any
    form: Any
    actor: Actor
    at: datetime

    @property
    def told(self) -> dict[str, Any]:
        """What was written."""
        told: dict[str, Any] = self.form.cleaned_data
        return told

    @property
    def hands(self) -> dict[str, Any]:
        """Who acts, and when."""
        return {"actor": self.actor, "at": self.at}


def _anything(_sheet: CaseSheet) -> None:
    """Allow a step whatever the case stands at: whoever takes it is told."""


@dataclass(frozen=True, slots=True)
class Act:
    """One step: what it is called, its form, the row that it needs, and what it does.

    A `second` person takes it, who publishes for the authority and did not record the row. What
    `allows` refuses of the case as it stands is not asked for.
    """

    title: Any
    form: type[CaseForm]
    does: Callable[[Given], object]
    row: type[Any] | None = None
    correcting: bool = False
    danger: bool = False
    second: bool = False
    allows: Callable[[CaseSheet], None] = _anything


class NothingForm(CaseForm):
    """A step that asks for nothing more."""


def _party(given: Given) -> object:
    plan = given.form.plan()
    if given.row is None:
        return actions.record_party(given.sheet.case, plan, **given.hands)
    return actions.correct_party(given.row, plan, why=given.told["why"], **given.hands)


def _stake(given: Given) -> object:
    plan = given.form.plan()
    if given.row is None:
        return actions.record_stake(given.sheet.case, plan, **given.hands)
    return actions.correct_stake(given.row, plan, why=given.told["why"], **given.hands)


def _factor(given: Given) -> object:
    plan = given.form.plan()
    if given.row is None:
        return actions.assess_factor(given.sheet.case, plan, **given.hands)
    return actions.correct_assessment(given.row, plan, why=given.told["why"], **given.hands)


def _evidence(given: Given) -> object:
    told = given.told
    return bring_evidence(
        given.sheet.case, told["file"].read(LARGEST_FILE + 1), name=told["file"].name or "",
        source=told["source"],
        file_format=told["format"] or None, filed=told["filed"], **given.hands,
    )  # fmt: skip


def _scope(given: Given) -> object:
    owners = owners_of(given.actor, given.sheet, given.told["day"])
    return actions.record_scope(given.sheet.case, given.form.facts(owners), **given.hands)


def _judged(given: Given) -> object:
    judgement, reason = Judgement(given.told["judgement"]), given.told["reason"]
    return actions.judge_list_check(given.row, judgement, reason, **given.hands)


def _notice(given: Given) -> object:
    return actions.write_notice(
        given.sheet.case, UUID(given.told["recipient"]), **given.form.chosen(), **given.hands
    )


def _comment(given: Given) -> object:
    told = given.told
    return actions.record_comment(
        given.sheet.case, told["text"], author=told["author"], kind=CommentKind(told["kind"]),
        received_on=told["received_on"], **given.hands,
    )  # fmt: skip


def _outside(given: Given) -> object:
    step, on = Step(given.told["step"]), given.told["on"]
    return actions.record_step(given.sheet.case, step, on=on, **given.hands)


def _move(given: Given) -> object:
    to, reason = ScreeningStage(given.told["to"]), given.told["reason"]
    return actions.move_case(given.sheet.case, to, reason=reason, **given.hands)


def _decidable(sheet: CaseSheet) -> None:
    word = str(in_words("Stage", sheet.stage))
    check_decidable(sheet.stage, proposed=sheet.proposed is not None, word=word)


def _withdrawing(does: Callable[..., object]) -> Callable[[Given], object]:
    return lambda given: does(given.row, why=given.told["why"], **given.hands)


def _planned(does: Callable[..., object]) -> Callable[[Given], object]:
    return lambda given: does(given.sheet.case, given.form.plan(), **given.hands)


def _on_row(does: Callable[..., object]) -> Callable[[Given], object]:
    return lambda given: does(given.row, given.form.plan(), **given.hands)


def _plain(does: Callable[..., object]) -> Callable[[Given], object]:
    return lambda given: does(given.row, **given.hands)


TAKE_BACK = _("Withdraw")

ACTS: dict[str, Act] = {
    "submit": Act(
        _("Submit the notification"), SubmitForm,
        lambda g: actions.submit_filing(g.sheet.case, **g.told, **g.hands),
    ),
    "team": Act(
        _("Name the team"), TeamForm,
        lambda g: actions.name_screening_team(g.sheet.case, UUID(g.told["team"]), **g.hands),
    ),
    "party": Act(_("Record a party"), PartyForm, _party, Party, correcting=True),
    "evidence": Act(_("Take in a file of stakes"), EvidenceForm, _evidence),
    "stake": Act(_("Record a stake"), StakeForm, _stake, Stake, correcting=True),
    "analysis": Act(
        _("Ask who controls the target"), AnalysisForm,
        lambda g: actions.keep_analysis(g.sheet.case, g.form.asked(), **g.hands),
    ),
    "fact": Act(_("Record what a source says"), FactForm, _planned(actions.record_fact)),
    "list": Act(
        _("Record a look at a list"), ListForm,
        lambda g: actions.record_list_check(g.row, g.form.look(), **g.hands), Party,
    ),
    "lists": Act(
        _("Hold the parties against lists"), NothingForm,
        lambda g: actions.hold_against_lists(g.sheet.case, **g.hands),
    ),
    "judge": Act(_("What came up"), JudgeForm, _judged, ListCheck),
    "scope": Act(_("Ask which law reaches it"), ScopeForm, _scope),
    "factor": Act(_("Assess a factor"), AssessmentForm, _factor, Assessment, correcting=True),
    "request": Act(
        _("Ask for information"), RequestForm, _planned(actions.ask_for_information)
    ),
    "answer": Act(
        _("Answer"), AnswerForm, _on_row(actions.record_answer), Request
    ),
    "notice": Act(_("Write to a partner authority"), NoticeForm, _notice),
    "send": Act(
        _("Confirm"), NothingForm, _plain(actions.send_notice), Notice, second=True
    ),
    "take-back": Act(
        _("Take back"), NothingForm, _plain(actions.withdraw_notice), Notice, danger=True
    ),
    "comment": Act(_("Record what an authority says"), CommentForm, _comment),
    "outside": Act(_("Record what happened"), OutsideForm, _outside),
    "move": Act(_("Go on to the next stage, or close"), MoveForm, _move),
    "propose": Act(
        _("Propose a decision"), DecisionForm, _planned(actions.propose_decision),
        allows=_decidable,
    ),
    "take": Act(
        _("Confirm"), NothingForm, _plain(actions.take_decision), Decision, second=True
    ),
    "return": Act(
        _("Send it back"), WhyForm,
        lambda g: actions.return_decision(g.row, g.told["why"], **g.hands), Decision,
    ),
    "recourse": Act(
        _("Record that it was attacked"), RecourseForm,
        lambda g: actions.record_recourse(g.row, **g.told, **g.hands), Decision,
    ),
    "result": Act(
        _("Record its result"), ResultForm,
        lambda g: actions.record_result(g.row, g.told["result"], **g.hands), Recourse, second=True,
    ),
    "measure": Act(
        _("Put a condition into the register"), MitigationForm,
        _planned(actions.record_mitigation),
    ),
    "decline-lifting": Act(
        _("Decline that it be lifted"), WhyForm, _withdrawing(actions.decline_lifting), Mitigation
    ),
    "look": Act(
        _("What came up"), CheckForm, _on_row(actions.record_check), Mitigation
    ),
}  # fmt: skip
"""Steps by their name in the address."""

ACTS |= {
    f"withdraw-{name}": Act(TAKE_BACK, WhyForm, _withdrawing(does), model, danger=True)
    for name, does, model in (
        ("party", actions.withdraw_party, Party),
        ("evidence", actions.withdraw_load, Load),
        ("stake", actions.withdraw_stake, Stake),
        ("fact", actions.withdraw_fact, Fact),
        ("list", actions.withdraw_list_check, ListCheck),
        ("factor", actions.withdraw_assessment, Assessment),
        ("request", actions.withdraw_request, Request),
        ("recourse", actions.withdraw_recourse, Recourse),
        ("measure", actions.end_mitigation, Mitigation),
    )
}
