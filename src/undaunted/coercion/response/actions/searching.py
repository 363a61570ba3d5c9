"""Beginning a search for a front: checked, bounded, kept for the worker, told to the audit."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.coercion.response.analysis.designing import CannotSearch, checked
from undaunted.coercion.response.analysis.keeping import keep_sealed
from undaunted.coercion.response.queries import searches_for
from undaunted.coercion.response.readers.searches import QUESTION, folder_of, name_of
from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.coercion.response.readers.question import Question
    from undaunted.core.access.rules import Actor

__all__ = [
    "MOST_KEPT",
    "MOST_PARTNERS",
    "MOST_WAITING",
    "SearchRefused",
    "begin_search",
]

MOST_PARTNERS, MOST_WAITING, MOST_KEPT = 12, 2, 20
"""At a desk: partners of a question, searches of an organisation that wait, and that are kept."""


class SearchRefused(ValueError):
    """A search is not begun; the message says why and what to do."""


def begin_search(
    question: Question, holder: UUID, *, actor: Actor, at: datetime
) -> tuple[str, bool]:
    """Keep a question for the worker; give its name, and whether it has to be worked on.

    What was asked before is not worked out again. Raises `Forbidden`, `SearchRefused`.
    """
    require(actor, Verb.SHARE, Facts(holder=holder))
    if question.data is not None:
        raise SearchRefused("data: a desk searches the table of this copy; use the command line")
    if len(question.partners) > MOST_PARTNERS:
        raise SearchRefused(
            f"partners: {len(question.partners)}; at most {MOST_PARTNERS} at a desk, more with "
            "the command line"
        )
    try:
        digest = name_of(holder, checked(question))
    except CannotSearch as refusal:
        raise SearchRefused(str(refusal)) from refusal
    held = [each for each in searches_for(actor) if each.holder == holder]
    known = next((each for each in held if each.digest == digest), None)
    if known is not None and not known.failed:
        return digest, False
    if sum(each.under_way for each in held) >= MOST_WAITING:
        raise SearchRefused(f"{MOST_WAITING} searches of your organisation are under way; wait")
    with transaction.atomic():
        record_entry(
            "response.search_begun",
            actor=actor,
            subject_kind="search",
            subject_id=digest,
            at=at,
        )
        _make_room(holder, [each.digest for each in held if not each.under_way])
        _drop_unreadable(holder, {each.digest for each in held})
        folder = folder_of(holder, digest)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, parents=True)
        told = json.dumps(question.written(), sort_keys=True, ensure_ascii=False)
        keep_sealed(holder, digest, QUESTION, told.encode())
    return digest, True


def _make_room(holder: UUID, ended: list[str]) -> None:
    """Drop the oldest searches that ended; they can be asked for again."""
    for digest in ended[MOST_KEPT - 1 :]:
        shutil.rmtree(folder_of(holder, digest), ignore_errors=True)


def _drop_unreadable(holder: UUID, readable: set[str]) -> None:
    """Drop what no key opens any more, and what older versions kept in the clear."""
    folder = folder_of(holder)
    for each in folder.iterdir() if folder.is_dir() else ():
        if each.name not in readable:
            shutil.rmtree(each, ignore_errors=True)
