"""One engine for all deadlines: rules as data, reckoned with every step explained.

Which days are worked on is in `calendars`; how one period is added, in `advancing`; the whole of a
deadline and its state, in `reckoning`; how rules are written and read, in `reading` and `pack`.
"""

from undaunted.core.clocks.rules.advancing import Step, add_months
from undaunted.core.clocks.rules.calendars import (
    EVERY_DAY,
    NO_CALENDAR,
    WEEKENDS_ONLY,
    Calendar,
    CalendarUnknown,
    ZoneUnknown,
    calendar_named,
    zone_named,
    zone_of,
)
from undaunted.core.clocks.rules.keeping import Asked, WhyAsked, keeping_facts
from undaunted.core.clocks.rules.pack import (
    RuleUnknown,
    choose,
    read_packs,
    rule_for,
    rule_version,
    rules,
)
from undaunted.core.clocks.rules.reading import PackBroken, read_rules
from undaunted.core.clocks.rules.reckoning import (
    NO_EVENTS,
    Deadline,
    EventsRefused,
    Reckoned,
    State,
    check_events,
    due,
)
from undaunted.core.clocks.rules.terms import (
    Counting,
    Events,
    Extension,
    Firmness,
    Kind,
    Lengthening,
    Limit,
    Period,
    Roll,
    Rule,
    Source,
    SourceStatus,
    StartEvent,
    Stop,
    Unit,
)

__all__ = [
    "EVERY_DAY",
    "NO_CALENDAR",
    "NO_EVENTS",
    "WEEKENDS_ONLY",
    "Asked",
    "Calendar",
    "CalendarUnknown",
    "Counting",
    "Deadline",
    "Events",
    "EventsRefused",
    "Extension",
    "Firmness",
    "Kind",
    "Lengthening",
    "Limit",
    "PackBroken",
    "Period",
    "Reckoned",
    "Roll",
    "Rule",
    "RuleUnknown",
    "Source",
    "SourceStatus",
    "StartEvent",
    "State",
    "Step",
    "Stop",
    "Unit",
    "WhyAsked",
    "ZoneUnknown",
    "add_months",
    "calendar_named",
    "check_events",
    "choose",
    "due",
    "keeping_facts",
    "read_packs",
    "read_rules",
    "rule_for",
    "rule_version",
    "rules",
    "zone_named",
    "zone_of",
]
