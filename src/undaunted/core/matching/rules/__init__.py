"""References, forms, verdicts and what follows from them: pure, in any order."""

from undaunted.core.matching.rules.forms import Form, changed_between, form_of_entry, read_form
from undaunted.core.matching.rules.judged import (
    Contradiction,
    Groups,
    Judged,
    Verdict,
    grouped,
    in_order,
)
from undaunted.core.matching.rules.references import (
    EntryKey,
    Named,
    Reference,
    ReferenceMalformed,
    entry_reference,
)
from undaunted.core.matching.rules.standing import (
    Candidate,
    OpenPair,
    Refused,
    Standing,
    Why,
    open_pairs,
    standing_from,
)

__all__ = [
    "Candidate",
    "Contradiction",
    "EntryKey",
    "Form",
    "Groups",
    "Judged",
    "Named",
    "OpenPair",
    "Reference",
    "ReferenceMalformed",
    "Refused",
    "Standing",
    "Verdict",
    "Why",
    "changed_between",
    "entry_reference",
    "form_of_entry",
    "grouped",
    "in_order",
    "open_pairs",
    "read_form",
    "standing_from",
]
