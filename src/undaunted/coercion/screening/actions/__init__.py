"""What can be done with a case of investment screening."""

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
from undaunted.coercion.screening.actions.evidence import (
    correct_stake,
    keep_analysis,
    record_stake,
    take_in,
    withdraw_load,
    withdraw_stake,
)
from undaunted.coercion.screening.actions.keeping import name_screening_team, open_case

__all__ = [
    "CasePlan",
    "PartyPlan",
    "begin_case",
    "correct_party",
    "correct_stake",
    "keep_analysis",
    "name_screening_team",
    "open_case",
    "record_party",
    "record_stake",
    "save_draft",
    "submit_filing",
    "take_in",
    "withdraw_load",
    "withdraw_party",
    "withdraw_stake",
]
