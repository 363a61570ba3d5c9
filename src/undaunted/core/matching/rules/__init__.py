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
from undaunted.core.matching.rules.memory import Answered, Memory
from undaunted.core.matching.rules.references import (
    EntryKey,
    Named,
    Reference,
    ReferenceMalformed,
    entry_reference,
)
from undaunted.core.matching.rules.shown import (
    digest_of_pairs,
    digest_of_question,
    is_named_by,
    mark_of,
    shown_of_entry,
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
from undaunted.core.matching.rules.subjects import (
    FILES,
    Subject,
    Subjects,
    SubjectsUnknown,
    entry_of_subject,
    register_subjects,
    subjects_of,
)
from undaunted.core.matching.rules.unsure import kinds_of, unsure_names

__all__ = [
    "FILES",
    "Answered",
    "Candidate",
    "Contradiction",
    "EntryKey",
    "Form",
    "Groups",
    "Judged",
    "Memory",
    "Named",
    "OpenPair",
    "Reference",
    "ReferenceMalformed",
    "Refused",
    "Standing",
    "Subject",
    "Subjects",
    "SubjectsUnknown",
    "Verdict",
    "Why",
    "changed_between",
    "digest_of_pairs",
    "digest_of_question",
    "entry_of_subject",
    "entry_reference",
    "form_of_entry",
    "grouped",
    "in_order",
    "is_named_by",
    "kinds_of",
    "mark_of",
    "open_pairs",
    "read_form",
    "register_subjects",
    "shown_of_entry",
    "standing_from",
    "subjects_of",
    "unsure_names",
]
