"""Names and facts of entries and of people in files, held against each other by the engine."""

from undaunted.core.matching.analysis.comparing import (
    ENGINE,
    STRONG,
    Compared,
    Found,
    Listed,
    compared,
    held_against,
    held_beside,
    too_many,
)
from undaunted.core.matching.analysis.facts import births_compared, gender_of, unheard
from undaunted.core.matching.analysis.keeping import listed_in_force
from undaunted.core.matching.analysis.meaning import name_meant
from undaunted.core.matching.analysis.searching import (
    Likely,
    Likeness,
    alikes_of,
    likely_entries,
    make_ready,
)

__all__ = [
    "ENGINE",
    "STRONG",
    "Compared",
    "Found",
    "Likely",
    "Likeness",
    "Listed",
    "alikes_of",
    "births_compared",
    "compared",
    "gender_of",
    "held_against",
    "held_beside",
    "likely_entries",
    "listed_in_force",
    "make_ready",
    "name_meant",
    "too_many",
    "unheard",
]
