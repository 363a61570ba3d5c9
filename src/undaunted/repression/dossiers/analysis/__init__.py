"""A dossier read whole, held against laws and lists, and laid out for one government."""

from undaunted.repression.dossiers.analysis.again import (
    Whole,
    compose_whole,
    composed_again,
    lists_came,
)
from undaunted.repression.dossiers.analysis.beside import (
    Beside,
    PersonBeside,
    acts_of,
    listed_beside,
)
from undaunted.repression.dossiers.analysis.composing import (
    Composed,
    Recipient,
)
from undaunted.repression.dossiers.analysis.gathering import (
    CITED,
    ActLine,
    Cited,
    PersonLine,
    QuestionLine,
    Sheet,
    gather,
)
from undaunted.repression.dossiers.analysis.going import (
    AnnexFile,
    annexes_fallen,
    file_going,
)
from undaunted.repression.dossiers.analysis.listed import (
    ListSearch,
    SearchTold,
    lists_not_held,
    lists_unsearched,
    search_lists,
    search_told,
)
from undaunted.repression.dossiers.analysis.redacting import passages_of
from undaunted.repression.dossiers.analysis.searches import searches_of
from undaunted.repression.dossiers.analysis.telling import (
    beside_told,
    dossier_short,
    dossier_told,
    submission_told,
    tests_told,
)
from undaunted.repression.dossiers.analysis.testing import (
    Lacking,
    LawLine,
    Reach,
    Told,
    law_line,
    laws_beside,
    reach_of,
)

__all__ = [
    "CITED",
    "ActLine",
    "AnnexFile",
    "Beside",
    "Cited",
    "Composed",
    "Lacking",
    "LawLine",
    "ListSearch",
    "PersonBeside",
    "PersonLine",
    "QuestionLine",
    "Reach",
    "Recipient",
    "SearchTold",
    "Sheet",
    "Told",
    "Whole",
    "acts_of",
    "annexes_fallen",
    "beside_told",
    "compose_whole",
    "composed_again",
    "dossier_short",
    "dossier_told",
    "file_going",
    "gather",
    "law_line",
    "laws_beside",
    "listed_beside",
    "lists_came",
    "lists_not_held",
    "lists_unsearched",
    "passages_of",
    "reach_of",
    "search_lists",
    "search_told",
    "searches_of",
    "submission_told",
    "tests_told",
]
