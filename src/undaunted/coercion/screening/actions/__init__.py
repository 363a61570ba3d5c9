"""What can be done with a case of investment screening."""

from undaunted.coercion.screening.actions.assessing import (
    AssessmentPlan,
    assess_factor,
    correct_assessment,
    record_scope,
    withdraw_assessment,
)
from undaunted.coercion.screening.actions.assets import (
    record_asset,
    record_holding,
    withdraw_asset,
    withdraw_holding,
)
from undaunted.coercion.screening.actions.cases import (
    CasePlan,
    PartyPlan,
    begin_case,
    correct_party,
    record_party,
    save_draft,
    submit_filing,
    withdraw_party,
)
from undaunted.coercion.screening.actions.dealings import (
    AnswerPlan,
    RequestPlan,
    ask_for_information,
    comment_on_notice,
    record_answer,
    record_comment,
    send_notice,
    withdraw_notice,
    withdraw_request,
    write_notice,
)
from undaunted.coercion.screening.actions.deciding import (
    DecisionPlan,
    move_case,
    propose_decision,
    return_decision,
    take_decision,
)
from undaunted.coercion.screening.actions.evidence import (
    correct_stake,
    keep_analysis,
    record_stake,
    take_in,
    withdraw_load,
    withdraw_stake,
)
from undaunted.coercion.screening.actions.evidence_files import (
    leave_evidence,
    note_evidence_read,
    refuse_evidence,
    take_evidence,
)
from undaunted.coercion.screening.actions.exchange import KINDS, comment_elsewhere, write_dispatch
from undaunted.coercion.screening.actions.finding import (
    FactPlan,
    ListLook,
    hold_against_list,
    hold_against_lists,
    judge_list_check,
    record_fact,
    record_list_check,
    withdraw_fact,
    withdraw_list_check,
)
from undaunted.coercion.screening.actions.importing import (
    LARGEST,
    import_assets,
    import_holdings,
)
from undaunted.coercion.screening.actions.keeping import (
    name_screening_team,
    open_case,
    open_row,
)
from undaunted.coercion.screening.actions.mitigating import (
    CheckPlan,
    MitigationPlan,
    decline_lifting,
    end_mitigation,
    record_check,
    record_mitigation,
)
from undaunted.coercion.screening.actions.phases import (
    OUTSIDE,
    record_step,
)
from undaunted.coercion.screening.actions.recourses import (
    record_recourse,
    record_result,
    withdraw_recourse,
)
from undaunted.coercion.screening.actions.unfiled import (
    decide_unfiled,
    list_unfiled,
)
from undaunted.coercion.screening.actions.waiting import (
    AT_ONCE,
    leave_file,
    refuse_file,
    take_file,
)
from undaunted.coercion.screening.actions.watching import (
    review_alert,
    screen_after,
    screen_again,
)
from undaunted.coercion.screening.actions.writing import (
    write_case_letter,
)

__all__ = [
    "AT_ONCE",
    "KINDS",
    "LARGEST",
    "OUTSIDE",
    "AnswerPlan",
    "AssessmentPlan",
    "CasePlan",
    "CheckPlan",
    "DecisionPlan",
    "FactPlan",
    "ListLook",
    "MitigationPlan",
    "PartyPlan",
    "RequestPlan",
    "ask_for_information",
    "assess_factor",
    "begin_case",
    "comment_elsewhere",
    "comment_on_notice",
    "correct_assessment",
    "correct_party",
    "correct_stake",
    "decide_unfiled",
    "decline_lifting",
    "end_mitigation",
    "hold_against_list",
    "hold_against_lists",
    "import_assets",
    "import_holdings",
    "judge_list_check",
    "keep_analysis",
    "leave_evidence",
    "leave_file",
    "list_unfiled",
    "move_case",
    "name_screening_team",
    "note_evidence_read",
    "open_case",
    "open_row",
    "propose_decision",
    "record_answer",
    "record_asset",
    "record_check",
    "record_comment",
    "record_fact",
    "record_holding",
    "record_list_check",
    "record_mitigation",
    "record_party",
    "record_recourse",
    "record_result",
    "record_scope",
    "record_stake",
    "record_step",
    "refuse_evidence",
    "refuse_file",
    "return_decision",
    "review_alert",
    "save_draft",
    "screen_after",
    "screen_again",
    "send_notice",
    "submit_filing",
    "take_decision",
    "take_evidence",
    "take_file",
    "take_in",
    "withdraw_assessment",
    "withdraw_asset",
    "withdraw_fact",
    "withdraw_holding",
    "withdraw_list_check",
    "withdraw_load",
    "withdraw_notice",
    "withdraw_party",
    "withdraw_recourse",
    "withdraw_request",
    "withdraw_stake",
    "write_case_letter",
    "write_dispatch",
    "write_notice",
]
