"""What can be done with a case of investment screening."""

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
from undaunted.coercion.screening.actions.evidence import (
    correct_stake,
    keep_analysis,
    record_stake,
    take_in,
    withdraw_load,
    withdraw_stake,
)
from undaunted.coercion.screening.actions.importing import (
    import_assets,
    import_holdings,
)
from undaunted.coercion.screening.actions.keeping import (
    name_screening_team,
    open_case,
)
from undaunted.coercion.screening.actions.unfiled import decide_unfiled, list_unfiled
from undaunted.coercion.screening.actions.watching import (
    review_alert,
    screen_again,
)

__all__ = [
    "CasePlan",
    "PartyPlan",
    "begin_case",
    "correct_party",
    "correct_stake",
    "decide_unfiled",
    "import_assets",
    "import_holdings",
    "keep_analysis",
    "list_unfiled",
    "name_screening_team",
    "open_case",
    "record_asset",
    "record_holding",
    "record_party",
    "record_stake",
    "review_alert",
    "save_draft",
    "screen_again",
    "submit_filing",
    "take_in",
    "withdraw_asset",
    "withdraw_holding",
    "withdraw_load",
    "withdraw_party",
    "withdraw_stake",
]
