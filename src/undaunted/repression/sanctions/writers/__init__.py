"""Authorities, tests, plans and the model law as words, papers, tables and plain values."""

from undaunted.repression.sanctions.writers.authorities import (
    authorities_csv,
    authority_told,
    law_told_whole,
    tested_told,
)
from undaunted.repression.sanctions.writers.figures import plan_csv, plan_told
from undaunted.repression.sanctions.writers.kits import kit_paper
from undaunted.repression.sanctions.writers.plans import plan_document
from undaunted.repression.sanctions.writers.wording import (
    facet_name,
    lacking_told,
    step_told,
    told,
)

__all__ = [
    "authorities_csv",
    "authority_told",
    "facet_name",
    "kit_paper",
    "lacking_told",
    "law_told_whole",
    "plan_csv",
    "plan_document",
    "plan_told",
    "step_told",
    "tested_told",
    "told",
]
