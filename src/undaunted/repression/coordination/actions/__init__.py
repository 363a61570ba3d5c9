"""What is done in coordination: seats, proposals, announcements, court cases, petitions."""

from undaunted.repression.coordination.actions.announcing import (
    confirm_go,
    confirm_moment,
    hold_announcement,
    prepare,
    say_go,
    set_moment,
)
from undaunted.repression.coordination.actions.courts import (
    publish_case,
    record_case,
    withdraw_case,
)
from undaunted.repression.coordination.actions.elsewhere import (
    KINDS,
    open_invitation,
    tell_proposer,
)
from undaunted.repression.coordination.actions.guests import tell_guest
from undaunted.repression.coordination.actions.keys import (
    change_seat_key,
    confirm_seat_key,
    renew_seal,
    withdraw_seat_key,
)
from undaunted.repression.coordination.actions.notices import (
    erase_notice,
    import_notices,
    record_notices,
    screen_notices,
)
from undaunted.repression.coordination.actions.parting import (
    confirm_parting,
    drop_parting,
    propose_parting,
    set_aside,
)
from undaunted.repression.coordination.actions.petitions import (
    acknowledge_petition,
    add_part,
    draw_up_answer,
    erase_petition,
    let_out_answer,
    open_petition,
    record_petition,
)
from undaunted.repression.coordination.actions.proposing import (
    Opened,
    begin_proposal,
    confirm_ending,
    confirm_guest,
    confirm_invitation,
    invite_another,
    invite_partner,
    open_proposal,
    propose_ending,
    send_proposal,
    withdraw_proposal,
)
from undaunted.repression.coordination.actions.saying import (
    answer_proposal,
    say,
    tie_entry,
    tie_submission,
)
from undaunted.repression.coordination.actions.seats import confirm_seat, take_seat

__all__ = [
    "KINDS",
    "Opened",
    "acknowledge_petition",
    "add_part",
    "answer_proposal",
    "begin_proposal",
    "change_seat_key",
    "confirm_ending",
    "confirm_go",
    "confirm_guest",
    "confirm_invitation",
    "confirm_moment",
    "confirm_parting",
    "confirm_seat",
    "confirm_seat_key",
    "draw_up_answer",
    "drop_parting",
    "erase_notice",
    "erase_petition",
    "hold_announcement",
    "import_notices",
    "invite_another",
    "invite_partner",
    "let_out_answer",
    "open_invitation",
    "open_petition",
    "open_proposal",
    "prepare",
    "propose_ending",
    "propose_parting",
    "publish_case",
    "record_case",
    "record_notices",
    "record_petition",
    "renew_seal",
    "say",
    "say_go",
    "screen_notices",
    "send_proposal",
    "set_aside",
    "set_moment",
    "take_seat",
    "tell_guest",
    "tell_proposer",
    "tie_entry",
    "tie_submission",
    "withdraw_case",
    "withdraw_proposal",
    "withdraw_seat_key",
]
