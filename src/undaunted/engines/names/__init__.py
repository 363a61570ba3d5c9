"""Are these two names the same person's? Any script, any order; a score with its reasons.

    found = compare("Рамзан Кадыров", "Kadyrov, Ramzan")
    found.score, found.reasons

Names that are compared often are prepared once: ``score(prepare(a), prepare(b))``. A score is a
question for a person, never a verdict: `REVIEW` is where somebody looks. No files, no clock.
"""

from undaunted.engines.names.calibration import REVIEW
from undaunted.engines.names.errors import (
    FactsMalformed,
    NameRefused,
    NamesError,
    PairsMalformed,
    SearchMalformed,
    TableMalformed,
)
from undaunted.engines.names.known.calendars import lunar_span, solar_span
from undaunted.engines.names.known.facts import NOTHING_KNOWN, Facts, Verdict
from undaunted.engines.names.lists.batch import Asked, Passed, Screening, entries_of, screen
from undaunted.engines.names.lists.columns import COLUMNS, column_of, is_part
from undaunted.engines.names.lists.index import Entry, Flagged, Index, build_index, refusal_of
from undaunted.engines.names.lists.searching import MOST_HITS, Hit, Looked, look, search
from undaunted.engines.names.pairs.aliases import Aliases, Best, best, prepare_all
from undaunted.engines.names.pairs.comparing import (
    MOST_WORDS,
    ONE_WORD,
    Comparison,
    Ground,
    Reason,
    compare,
    prepare,
    score,
)
from undaunted.engines.names.pairs.evaluating import (
    Evaluation,
    Figures,
    LabelledPair,
    RefusedPair,
    evaluate,
)
from undaunted.engines.names.typed.cleaning import LONGEST, Disguise
from undaunted.engines.names.typed.scripts import (
    is_heard,
    is_heard_in_part,
    script_of_word,
    unsure_by,
)
from undaunted.engines.names.typed.strokes import MOST_OTHERS, are_too_many
from undaunted.engines.names.words.prepared import Prepared
from undaunted.engines.names.words.tokens import Kind

__all__ = [
    "COLUMNS",
    "LONGEST",
    "MOST_HITS",
    "MOST_OTHERS",
    "MOST_WORDS",
    "NOTHING_KNOWN",
    "ONE_WORD",
    "REVIEW",
    "Aliases",
    "Asked",
    "Best",
    "Comparison",
    "Disguise",
    "Entry",
    "Evaluation",
    "Facts",
    "FactsMalformed",
    "Figures",
    "Flagged",
    "Ground",
    "Hit",
    "Index",
    "Kind",
    "LabelledPair",
    "Looked",
    "NameRefused",
    "NamesError",
    "PairsMalformed",
    "Passed",
    "Prepared",
    "Reason",
    "RefusedPair",
    "Screening",
    "SearchMalformed",
    "TableMalformed",
    "Verdict",
    "are_too_many",
    "best",
    "build_index",
    "column_of",
    "compare",
    "entries_of",
    "evaluate",
    "is_heard",
    "is_heard_in_part",
    "is_part",
    "look",
    "lunar_span",
    "prepare",
    "prepare_all",
    "refusal_of",
    "score",
    "screen",
    "script_of_word",
    "search",
    "solar_span",
    "unsure_by",
]
