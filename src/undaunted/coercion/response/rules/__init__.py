"""What a collective response is made of: words, stages, votes, pledges, burden."""

from undaunted.coercion.response.rules.burden import BurdenRow, Carrier, burden_table
from undaunted.coercion.response.rules.deciding import WHOLE, DecisionRule, Tally, tally
from undaunted.coercion.response.rules.keeping import (
    KEPT_KIND,
    KEPT_VERSION,
    read_kept,
    written_kept,
)
from undaunted.coercion.response.rules.pledges import (
    OffRampPlan,
    PledgePlan,
    checked_pledge,
    class_of,
    ending_proposed,
)
from undaunted.coercion.response.rules.refusals import (
    CompactTaken,
    KeptUnreadable,
    PledgeFrozen,
    ResponseRefused,
    StageRefused,
    TriggerNotMet,
)
from undaunted.coercion.response.rules.terms import (
    SOLIDARITY,
    BurdenKey,
    Choice,
    MeasureClass,
    PledgeKind,
    Reach,
    Side,
    Stage,
    Voting,
)
from undaunted.coercion.response.rules.workflow import (
    CLOCKS,
    MOVES,
    PLEDGE_STAGES,
    Move,
    Standing,
    check_move,
    check_pledging,
    next_stages,
)

__all__ = [
    "CLOCKS",
    "KEPT_KIND",
    "KEPT_VERSION",
    "MOVES",
    "PLEDGE_STAGES",
    "SOLIDARITY",
    "WHOLE",
    "BurdenKey",
    "BurdenRow",
    "Carrier",
    "Choice",
    "CompactTaken",
    "DecisionRule",
    "KeptUnreadable",
    "MeasureClass",
    "Move",
    "OffRampPlan",
    "PledgeFrozen",
    "PledgeKind",
    "PledgePlan",
    "Reach",
    "ResponseRefused",
    "Side",
    "Stage",
    "StageRefused",
    "Standing",
    "Tally",
    "TriggerNotMet",
    "Voting",
    "burden_table",
    "check_move",
    "check_pledging",
    "checked_pledge",
    "class_of",
    "ending_proposed",
    "next_stages",
    "read_kept",
    "tally",
    "written_kept",
]
