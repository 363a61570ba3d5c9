"""What an entry of a list is, what can be wrong with a row, and when a version may take over."""

from undaunted.core.listings.rules.catalogue import (
    ListSource,
    UnknownList,
    list_source,
    list_sources,
    read_sources,
)
from undaunted.core.listings.rules.comparing import Changed, changed_fields, compared
from undaunted.core.listings.rules.entry import (
    Address,
    Birth,
    Entry,
    Event,
    Identifier,
    Imposed,
    Name,
    Programme,
    digest_of_data,
    read_entry,
)
from undaunted.core.listings.rules.faults import Fault, ListRefused
from undaunted.core.listings.rules.following import (
    Compared,
    Follower,
    compared_lists,
    register_follower,
    tell_followers,
)
from undaunted.core.listings.rules.leading import MOST_LED, is_outside, leads_on, same_door
from undaunted.core.listings.rules.regimes import (
    Regime,
    Told,
    read_regimes,
    regimes,
    told_by_regimes,
)
from undaunted.core.listings.rules.standing import Dated, stands_on
from undaunted.core.listings.rules.succeeding import Succession, contradicts, successors
from undaunted.core.listings.rules.terms import (
    LIMITS,
    Came,
    Change,
    EventKind,
    FaultRule,
    Kind,
    Measure,
    Quality,
)
from undaunted.core.listings.rules.versions import (
    Doubt,
    Loaded,
    doubts_of,
    halved_of,
    renews,
    too_faulty,
)

__all__ = [
    "LIMITS",
    "MOST_LED",
    "Address",
    "Birth",
    "Came",
    "Change",
    "Changed",
    "Compared",
    "Dated",
    "Doubt",
    "Entry",
    "Event",
    "EventKind",
    "Fault",
    "FaultRule",
    "Follower",
    "Identifier",
    "Imposed",
    "Kind",
    "ListRefused",
    "ListSource",
    "Loaded",
    "Measure",
    "Name",
    "Programme",
    "Quality",
    "Regime",
    "Succession",
    "Told",
    "UnknownList",
    "changed_fields",
    "compared",
    "compared_lists",
    "contradicts",
    "digest_of_data",
    "doubts_of",
    "halved_of",
    "is_outside",
    "leads_on",
    "list_source",
    "list_sources",
    "read_entry",
    "read_regimes",
    "read_sources",
    "regimes",
    "register_follower",
    "renews",
    "same_door",
    "stands_on",
    "successors",
    "tell_followers",
    "told_by_regimes",
    "too_faulty",
]
