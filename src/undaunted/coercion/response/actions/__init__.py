"""What governments do in a compact: agree, invoke, pledge, decide, deliver."""

from undaunted.coercion.response.actions.compacts import (
    TRIGGER,
    CompactPlan,
    begin_compact,
    publish_compact,
    withdraw_compact,
)
from undaunted.coercion.response.actions.deciding import (
    cast_vote,
    confirm_decision,
    confirm_vote,
    declare_decision,
    reopen_vote,
)
from undaunted.coercion.response.actions.delivering import record_delivery, take_back_delivery
from undaunted.coercion.response.actions.invoking import (
    confirm_closing,
    invoke,
    move_stage,
    open_invocation,
    record_episode,
    say,
    show_episode,
)
from undaunted.coercion.response.actions.keeping import name_team, open_kept
from undaunted.coercion.response.actions.members import (
    accept_membership,
    confirm_invitations,
    confirm_membership,
    hide_member,
    invite_member,
    leave_compact,
)
from undaunted.coercion.response.actions.pledging import (
    change_pledge,
    confirm_off_ramp,
    end_pledge,
    publish_pledge,
    record_pledge,
    withdraw_pledge,
)
from undaunted.coercion.response.actions.searching import (
    MOST_PARTNERS,
    SearchRefused,
    begin_search,
)
from undaunted.coercion.response.actions.trying import try_trigger

__all__ = [
    "MOST_PARTNERS",
    "TRIGGER",
    "CompactPlan",
    "SearchRefused",
    "accept_membership",
    "begin_compact",
    "begin_search",
    "cast_vote",
    "change_pledge",
    "confirm_closing",
    "confirm_decision",
    "confirm_invitations",
    "confirm_membership",
    "confirm_off_ramp",
    "confirm_vote",
    "declare_decision",
    "end_pledge",
    "hide_member",
    "invite_member",
    "invoke",
    "leave_compact",
    "move_stage",
    "name_team",
    "open_invocation",
    "open_kept",
    "publish_compact",
    "publish_pledge",
    "record_delivery",
    "record_episode",
    "record_pledge",
    "reopen_vote",
    "say",
    "show_episode",
    "take_back_delivery",
    "try_trigger",
    "withdraw_compact",
    "withdraw_pledge",
]
