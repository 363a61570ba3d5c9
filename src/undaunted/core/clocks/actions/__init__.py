"""What is done with clocks: running them, and erasing what a period of keeping ended for."""

from undaunted.core.clocks.actions.erasing import (
    EraserMissing,
    NotTheSamePerson,
    RequestDecided,
    StillNeeded,
    ask_about_keeping,
    decide_about_keeping,
    erase_expired,
    erasers,
    register_eraser,
)
from undaunted.core.clocks.actions.running import (
    ClockClosed,
    ClockRuns,
    ClockStands,
    cancel_clock,
    extend_clock,
    hand_over_clocks,
    meet_clock,
    open_feed,
    resume_clock,
    revoke_feed,
    start_clock,
    stop_clock,
)
from undaunted.core.clocks.models import Clock

__all__ = [
    "Clock",
    "ClockClosed",
    "ClockRuns",
    "ClockStands",
    "EraserMissing",
    "NotTheSamePerson",
    "RequestDecided",
    "StillNeeded",
    "ask_about_keeping",
    "cancel_clock",
    "decide_about_keeping",
    "erase_expired",
    "erasers",
    "extend_clock",
    "hand_over_clocks",
    "meet_clock",
    "open_feed",
    "register_eraser",
    "resume_clock",
    "revoke_feed",
    "start_clock",
    "stop_clock",
]
