"""Submissions as files, and the words of a dossier."""

from undaunted.repression.dossiers.writers.annexes import annexes_file, victims_list
from undaunted.repression.dossiers.writers.gaps import sentences_beside
from undaunted.repression.dossiers.writers.searches import (
    not_compared,
    not_searched,
    not_searched_yet,
    silence_told,
    spoken_named,
    unread_told,
)
from undaunted.repression.dossiers.writers.submissions import (
    MEDIA,
    submission_paper,
    write_submission_files,
)
from undaunted.repression.dossiers.writers.terms import choices_of, in_words

__all__ = [
    "MEDIA",
    "annexes_file",
    "choices_of",
    "in_words",
    "not_compared",
    "not_searched",
    "not_searched_yet",
    "sentences_beside",
    "silence_told",
    "spoken_named",
    "submission_paper",
    "unread_told",
    "victims_list",
    "write_submission_files",
]
