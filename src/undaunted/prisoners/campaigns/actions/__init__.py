"""What is done in campaigns. This is the door: nothing else of it is called from outside."""

from undaunted.prisoners.campaigns.actions.adopting import (
    Standing,
    adopt_case,
    agree_to_be_named,
    end_adoption,
    record_adopter,
    withdraw_adopter,
)
from undaunted.prisoners.campaigns.actions.cases import (
    attach_case,
    change_ask,
    remove_case,
    set_mode,
)
from undaunted.prisoners.campaigns.actions.materials import (
    make_material,
    rewrite_material,
    withdraw_material,
)
from undaunted.prisoners.campaigns.actions.months import freeze_private
from undaunted.prisoners.campaigns.actions.news import heed_news
from undaunted.prisoners.campaigns.actions.planning import (
    Plan,
    begin_campaign,
    change_campaign,
    let_out,
    withdraw_campaign,
)
from undaunted.prisoners.campaigns.actions.raising import (
    Raising,
    record_raise,
    record_step,
    withdraw_raise,
)
from undaunted.prisoners.campaigns.actions.sheets import check_rows, import_raises

__all__ = [
    "Plan",
    "Raising",
    "Standing",
    "adopt_case",
    "agree_to_be_named",
    "attach_case",
    "begin_campaign",
    "change_ask",
    "change_campaign",
    "check_rows",
    "end_adoption",
    "freeze_private",
    "heed_news",
    "import_raises",
    "let_out",
    "make_material",
    "record_adopter",
    "record_raise",
    "record_step",
    "remove_case",
    "rewrite_material",
    "set_mode",
    "withdraw_adopter",
    "withdraw_campaign",
    "withdraw_material",
    "withdraw_raise",
]
