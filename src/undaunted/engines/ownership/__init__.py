"""Who owns and controls whom, through any chain, with the stakes that prove it.

Stakes are rows: owner, owned, kind of right, a lowest and a highest share in units of 1e-9, when it
was so and when it was known, source and row. Arrays in, frozen dataclasses out; no files, no clock.
"""

from undaunted.engines.ownership.checks import Settled, check_stakes, settle
from undaunted.engines.ownership.errors import (
    OwnershipError,
    PartyUnknown,
    QuestionMalformed,
    StakesMalformed,
)
from undaunted.engines.ownership.findings import Finding, Rule, Treatment
from undaunted.engines.ownership.parties import Parties, PartyKind, Register
from undaunted.engines.ownership.shares import (
    ALWAYS,
    HALF,
    NEVER,
    WHOLE,
    Right,
    as_part,
    in_words,
    units,
)
from undaunted.engines.ownership.stakes import Stakes, gather_stakes

__all__ = [
    "ALWAYS",
    "HALF",
    "NEVER",
    "WHOLE",
    "Finding",
    "OwnershipError",
    "Parties",
    "PartyKind",
    "PartyUnknown",
    "QuestionMalformed",
    "Register",
    "Right",
    "Rule",
    "Settled",
    "Stakes",
    "StakesMalformed",
    "Treatment",
    "as_part",
    "check_stakes",
    "gather_stakes",
    "in_words",
    "settle",
    "units",
]
