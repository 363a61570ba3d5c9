"""Which name of a file a question is about: a file has several, and the first may mean another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.matching.analysis.comparing import held_beside
from undaunted.core.matching.rules import Named, Reference

if TYPE_CHECKING:
    from undaunted.core.matching.queries import AnswerNamed, Asked

__all__ = ["name_meant"]


def name_meant(asked: Asked | AnswerNamed) -> str:
    """Give the name of the file that is like the entry; the first where none is, none if gone."""
    subject, entry = asked.subject, asked.entry
    if subject is None:
        return ""
    names = subject.form.names
    if entry is None or len(names) == 1:
        return names[0]
    found = held_beside(subject.form, Reference(Named.ENTRY, asked.listed).entry, entry)
    return str(found.reasons[0]["left"]) if found else names[0]
