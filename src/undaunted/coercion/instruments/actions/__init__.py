"""What an authority does in a proceeding: open, file, assess, step, design, publish."""

from undaunted.coercion.instruments.actions.keeping import (
    PaperPlan,
    file_paper,
    file_request,
    open_papers,
    withdraw_paper,
)
from undaunted.coercion.instruments.actions.measuring import (
    attach_calculation,
    attach_front,
    attach_months,
    type_injury,
)
from undaunted.coercion.instruments.actions.opening import (
    ProceedingPlan,
    correct_proceeding,
    name_team,
    open_proceeding,
    publish_proceeding,
    withdraw_proceeding,
)
from undaunted.coercion.instruments.actions.recording import (
    assess_elements,
    record_draft,
    record_engagement,
    take_back_engagement,
)
from undaunted.coercion.instruments.actions.retention import erase_confidential
from undaunted.coercion.instruments.actions.stepping import confirm_step, propose_step, refuse_step
from undaunted.coercion.instruments.actions.voting import record_vote

__all__ = [
    "PaperPlan",
    "ProceedingPlan",
    "assess_elements",
    "attach_calculation",
    "attach_front",
    "attach_months",
    "confirm_step",
    "correct_proceeding",
    "erase_confidential",
    "file_paper",
    "file_request",
    "name_team",
    "open_papers",
    "open_proceeding",
    "propose_step",
    "publish_proceeding",
    "record_draft",
    "record_engagement",
    "record_vote",
    "refuse_step",
    "take_back_engagement",
    "type_injury",
    "withdraw_paper",
    "withdraw_proceeding",
]
