"""Who may be in a memo, which memos were built, and what a desk wrote for them."""

from undaunted.prisoners.memo.queries.agreed import (
    AgreedCase,
    agreed_case,
    agreed_cases,
    cases_to_ask_about,
)
from undaunted.prisoners.memo.queries.kept import (
    desk_texts,
    file_of,
    files_of,
    memo_for,
    memos_for,
    subjects_of,
    text_for,
    texts_for,
)
from undaunted.prisoners.memo.queries.naming import (
    AskedTexts,
    counterpart_naming,
    texts_agreed,
)

__all__ = [
    "AgreedCase",
    "AskedTexts",
    "agreed_case",
    "agreed_cases",
    "cases_to_ask_about",
    "counterpart_naming",
    "desk_texts",
    "file_of",
    "files_of",
    "memo_for",
    "memos_for",
    "subjects_of",
    "text_for",
    "texts_agreed",
    "texts_for",
]
