"""Matrix, authorities, tests, plans and model law: in words, for programs, and on paper."""

from undaunted.repression.sanctions.writers.authorities import (
    authorities_csv,
    authority_told,
    law_told_whole,
    tested_told,
)
from undaunted.repression.sanctions.writers.figures import plan_csv, plan_told
from undaunted.repression.sanctions.writers.kits import kit_paper
from undaunted.repression.sanctions.writers.plans import plan_document
from undaunted.repression.sanctions.writers.printed import (
    MOST_ROWS,
    legend,
    matrix_paper,
    question_told,
)
from undaunted.repression.sanctions.writers.tables import (
    ALIGN_COLUMNS,
    COLUMNS,
    aligned_told,
    alignment_csv,
    alike_told,
    as_json,
    asked_told,
    cell_as_data,
    lists_told,
    matrix_csv,
    timing_told,
)
from undaunted.repression.sanctions.writers.wording import (
    facet_name,
    lacking_told,
    step_told,
    told,
)
from undaunted.repression.sanctions.writers.words import (
    FOLLOWED,
    SHORT_WORDS,
    STATE_NOTES,
    STATE_WORDS,
    TIES,
    and_list,
    as_of_told,
    authority_short,
    cell_told,
    gap_sentences,
    lag_told,
    line_told,
    test_sentence,
)

__all__ = [
    "ALIGN_COLUMNS",
    "COLUMNS",
    "FOLLOWED",
    "MOST_ROWS",
    "SHORT_WORDS",
    "STATE_NOTES",
    "STATE_WORDS",
    "TIES",
    "aligned_told",
    "alignment_csv",
    "alike_told",
    "and_list",
    "as_json",
    "as_of_told",
    "asked_told",
    "authorities_csv",
    "authority_short",
    "authority_told",
    "cell_as_data",
    "cell_told",
    "facet_name",
    "gap_sentences",
    "kit_paper",
    "lacking_told",
    "lag_told",
    "law_told_whole",
    "legend",
    "line_told",
    "lists_told",
    "matrix_csv",
    "matrix_paper",
    "plan_csv",
    "plan_document",
    "plan_told",
    "question_told",
    "step_told",
    "test_sentence",
    "tested_told",
    "timing_told",
    "told",
]
