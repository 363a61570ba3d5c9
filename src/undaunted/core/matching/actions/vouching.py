"""What the application alone says, with a code: SQL alone neither held files nor judged anything.

When files were held last, and against which lists (migration 0009, which empties the code); what
was found alike, judged, confirmed, undone and settled, and when (migration 0011); what was answered
of somebody in a file, and whom an open question is about (migration 0013).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from undaunted.core.access.rules import Sharing
from undaunted.core.matching.models import Answer, Question, Screening
from undaunted.core.vault.rules import code_for_database, moment_in_code, text_in_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.matching.rules import Named

__all__ = ["code_of_act", "keep_answer", "keep_asked", "keep_held", "settle", "vouched_for"]


def keep_held(
    holder: UUID,
    kind: Named,
    lists: Mapping[str, int],
    at: datetime,
    refused: Mapping[str, str],
) -> None:
    """Keep when the files of a kind were held last, against which lists, and who could not be.

    Not an action.
    """
    new = Screening(holder=holder, kind=kind.value, sharing=Sharing.ORGANISATION)
    rows = Screening.objects.select_for_update().filter(holder=holder, kind=kind.value)
    row = rows.first() or new
    row.at, row.lists, row.refused = at, dict(lists), dict(refused)
    try:
        with transaction.atomic():
            _keep(row)
    except IntegrityError:  # somebody else held them for the first time meanwhile
        row = rows.get()
        row.at, row.lists, row.refused = at, dict(lists), dict(refused)
        _keep(row)


def _keep(row: Screening) -> None:
    row.vouched = vouched_for(row)
    row.save()


def vouched_for(row: Screening) -> bytes:
    """Give the code for a row: when, and the number of the version of each list by its code."""
    lists = ",".join(f"{code}={number}" for code, number in sorted(row.lists.items()))
    moment = moment_in_code(row.at)
    key = settings.SESSION_BINDING_KEY
    return code_for_database(key, "held-against", row.pk, row.holder, row.kind, moment, lists)


def code_of_act(what: str, told: str, at: datetime) -> bytes:
    """Give the code for an act: what is done, with which text, and when. Not an action."""
    return code_for_database(
        settings.SESSION_BINDING_KEY, what, text_in_code(told), moment_in_code(at)
    )


def settle(questions: Iterable[UUID], at: datetime) -> int:
    """Settle questions of one's own files; gives how many were open. Not an action."""
    which = list(questions)
    if not which:
        return 0
    code = code_of_act("matching-settle", ",".join(map(str, which)), at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT matching_settle(%s, %s, %s)", [which, at, code])
        return int(cursor.fetchone()[0])


def keep_answer(row: Answer, *, new: bool = False, **told: Any) -> bool:  # noqa: ANN401 - fields
    """Keep an answer, or what became of one that stands; gives whether it stands. Not an action."""
    for name, value in told.items():
        setattr(row, name, value)
    row.vouched = _code_of_answer(row)
    if new:
        row.save(force_insert=True)
        return True
    rows = Answer.objects.filter(pk=row.pk, undone_at__isnull=True)
    if "confirmed_by" in told:
        rows = rows.filter(confirmed_by__isnull=True)
    return bool(rows.update(**told, vouched=row.vouched))


def keep_asked(row: Question, **told: Any) -> None:  # noqa: ANN401 - fields
    """Keep what an open question is about, where that changed. Not an action."""
    if all(getattr(row, name) == value for name, value in told.items()):
        return
    for name, value in told.items():
        setattr(row, name, value)
    code = code_for_database(
        settings.SESSION_BINDING_KEY,
        "matching-question",
        *(row.pk, row.holder, row.subject, row.entry),
        *(row.subject_digest, row.entry_digest, row.engine, round(row.likeness * 1_000_000)),
    )
    Question.objects.filter(pk=row.pk).update(**told, vouched=code)


def _code_of_answer(row: Answer) -> bytes:
    return code_for_database(
        settings.SESSION_BINDING_KEY,
        "matching-answer",
        *(row.pk, row.holder, row.subject, row.entry, row.verdict),
        *(row.subject_digest, row.entry_digest),
        *(row.by, _moment(row.at), text_in_code(row.why)),
        *(row.confirmed_by or "", _moment(row.confirmed_at), text_in_code(row.confirmed_why)),
        *(row.undone_by or "", _moment(row.undone_at)),
    )


def _moment(at: datetime | None) -> int | str:
    return "" if at is None else moment_in_code(at)
