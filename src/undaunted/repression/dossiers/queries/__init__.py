"""Reads of dossiers, of what was written from them, and of what a government may be told."""

from undaunted.repression.dossiers.queries.agreed import Agreed, agreed_to, names_of
from undaunted.repression.dossiers.queries.kept import (
    accused_in,
    acts_in,
    annexes_in,
    details_in,
    dossier_for,
    dossiers_for,
    file_of,
    files_of,
    findings_in,
    links_in,
    part_of,
    posts_in,
    statements_changed,
    statements_in,
    subjects_of,
    submission_for,
    submission_named,
    submissions_of,
    submissions_waiting,
)
from undaunted.repression.dossiers.queries.victims import victims_read
from undaunted.repression.dossiers.queries.waiting import dossier_steps_waiting

__all__ = [
    "Agreed",
    "accused_in",
    "acts_in",
    "agreed_to",
    "annexes_in",
    "details_in",
    "dossier_for",
    "dossier_steps_waiting",
    "dossiers_for",
    "file_of",
    "files_of",
    "findings_in",
    "links_in",
    "names_of",
    "part_of",
    "posts_in",
    "statements_changed",
    "statements_in",
    "subjects_of",
    "submission_for",
    "submission_named",
    "submissions_of",
    "submissions_waiting",
    "victims_read",
]
