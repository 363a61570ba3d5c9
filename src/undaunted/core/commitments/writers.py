"""Words of the vocabularies, and boards and statements as programs take them: JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from undaunted.core.commitments.rules import (
    COLUMNS,
    PLATFORMS,
    UNIONS,
    CommitmentAnswer,
    CommitmentState,
    Status,
    gaps_of,
)
from undaunted.core.evidence.rules import harmless
from undaunted.core.places.rules import country_name
from undaunted.core.practices.writers import STATES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.utils.functional import _StrPromise

    from undaunted.core.commitments.rules import Instrument, Known, Proposal, Standing, Statement
    from undaunted.core.practices.rules import Source

__all__ = [
    "ANSWERS",
    "STANDINGS",
    "board_csv",
    "board_told",
    "instrument_told",
    "known_told",
    "standing_told",
    "state_name",
    "statements_csv",
    "statements_json",
    "told",
]

STANDINGS: dict[Status, _StrPromise] = {
    Status.ABSENT: _("None"),
    Status.PROPOSED: _("Proposed"),
    Status.SIGNED: _("Signed"),
    Status.ADOPTED: _("Adopted"),
    Status.IN_FORCE: _("In force"),
    Status.AMENDED: _("In force, amended"),
    Status.WITHDRAWN: _("Withdrawn"),
    Status.LAPSED: _("Bill lapsed"),
    Status.NOT_KNOWN: _("Not known"),
}
ANSWERS: dict[CommitmentAnswer, _StrPromise] = {
    CommitmentAnswer.HAS: _("Yes"),
    CommitmentAnswer.LACKS: _("No"),
    CommitmentAnswer.UNKNOWN: _("Not known"),
}
_NAMED_UNIONS = {"EU": _("European Union")}
_BY_KIND: dict[str, dict[str, Any]] = {
    "Status": {each.value: word for each, word in STANDINGS.items()},
    "Answer": {each.value: word for each, word in ANSWERS.items()},
    "State": {each.value: STATES[each.value] for each in CommitmentState},  # type: ignore[index]
    "SourceStatus": {each.value: word for each, word in STATUSES.items()},
}


def told(kind: str, value: str) -> str:
    """Give a term of a vocabulary in words, such as `told("Status", "in_force")`."""
    return str(_BY_KIND[kind].get(value, value))


def state_name(code: str) -> str:
    """Give the name of a state, a union or a platform in the reader's language."""
    if code in UNIONS:
        return str(_NAMED_UNIONS[code])
    if code in PLATFORMS:
        return PLATFORMS[code]
    return country_name(code, get_language() or "en")


def instrument_told(instrument: Instrument) -> dict[str, Any]:
    """Give an instrument with its features, for programs."""
    return {
        "code": instrument.code,
        "title": instrument.title,
        "about": instrument.about,
        "model": instrument.model,
        "features": [
            {"code": each.code, "question": each.question, "model": each.model, "why": each.why}
            for each in instrument.features
        ],
    }


def standing_told(standing: Standing, instrument: Instrument) -> dict[str, Any]:
    """Give how a state stands, with the clause and statement behind each answer."""
    gaps = gaps_of(standing, instrument)
    return {
        "state": standing.state,
        "status": standing.status.value,
        "since": standing.current.statement.since,
        "law": standing.current.statement.law,
        "statement": str(standing.current.id),
        "verified": standing.verified,
        "features": {code: answer.value for code, answer in standing.answers.items()},
        "clauses": {code: told.clause for code, (told, _row) in standing.told.items()},
        "model": {"has": gaps.has, "lacks": gaps.lacks, "unknown": gaps.unknown},
        "text": standing.current.statement.text,
        "sources": [_source_told(each) for each in standing.current.statement.carriers],
        "proposed": [_proposal_told(each) for each in standing.proposed],
    }


def _proposal_told(proposal: Proposal) -> dict[str, Any]:
    statement = proposal.current.statement
    return {
        "status": statement.status.value,
        "since": statement.since,
        "law": statement.law,
        "statement": str(proposal.current.id),
        "features": {
            code: (CommitmentAnswer.HAS if told.has else CommitmentAnswer.LACKS).value
            for code, (told, _row) in proposal.told.items()
        },
        "clauses": {code: told.clause for code, (told, _row) in proposal.told.items()},
    }


def _source_told(source: Source) -> dict[str, str]:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date,
        "url": source.url,
        "status": source.status.value,
        "read_on": source.read_on,
    }


def known_told(known: Known) -> dict[str, Any]:
    """Give a statement of a history, with the days on which it was known."""
    return {
        "id": str(known.id),
        "accepted_on": known.accepted_on.isoformat(),
        "corrected_on": known.corrected_on.isoformat() if known.corrected_on else None,
        "statement": known.statement.as_data(),
    }


def board_told(
    instrument: Instrument, rows: Iterable[Standing], *, on: date, known_on: date | None
) -> dict[str, Any]:
    """Give a whole board, for programs."""
    return {
        "instrument": instrument_told(instrument),
        "on": on.isoformat(),
        "known_on": known_on.isoformat() if known_on else None,
        "states": [standing_told(row, instrument) for row in rows],
    }


def board_csv(instrument: Instrument, rows: Iterable[Standing], *, on: date) -> str:
    """Give a board with a row a state and a column a feature; day and statement in each row.

    What is only proposed stands in `proposed`, and in no column of a feature.
    """
    head = (
        *("on", "instrument", "state", "status", "since", "law", "statement"),
        *("text", "sources", "proposed"),
        *instrument.codes,
    )
    return _sheet(
        head,
        (
            (
                on.isoformat(),
                instrument.code,
                row.state,
                row.status.value,
                row.current.statement.since,
                row.current.statement.law,
                str(row.current.id),
                row.current.statement.text,
                "; ".join(
                    f"{each.publisher}, {each.date} ({each.status.value})"
                    for each in row.current.statement.carriers
                ),
                "; ".join(map(_proposal_line, row.proposed)),
                *(row.answers[code].value for code in instrument.codes),
            )
            for row in rows
        ),
    )


def _proposal_line(proposal: Proposal) -> str:
    """Give a bill in one line: what it is, since when, what it would have and lack."""
    statement = proposal.current.statement
    told = [
        f"{'has' if told.has else 'lacks'} {code}" for code, (told, _row) in proposal.told.items()
    ]
    line = f"{statement.status.value} {statement.since}: {statement.law}"
    return f"{line} ({', '.join(told)})" if told else line


def statements_json(statements: Iterable[Statement]) -> str:
    """Give statements as an import takes them."""
    return json.dumps(
        {"statements": [each.as_data() for each in statements]}, ensure_ascii=False, indent=1
    )


def statements_csv(statements: Iterable[Statement]) -> str:
    """Give statements as an import takes them, a row a source."""
    return _sheet(COLUMNS, (row for each in statements for row in _source_rows(each)))


def _source_rows(statement: Statement) -> Iterable[tuple[str, ...]]:
    for source in statement.sources:
        yield (
            statement.instrument,
            statement.state,
            statement.status.value,
            statement.since,
            statement.law,
            statement.text,
            statement.language,
            _carried(statement, source, has=True),
            _carried(statement, source, has=False),
            "yes" if source.id in statement.evidence else "",
            source.id,
            source.title,
            source.publisher,
            source.date,
            source.url,
            source.status.value,
            source.read_on,
            source.read_in,
            source.note,
        )


def _carried(statement: Statement, source: Source, *, has: bool) -> str:
    return "; ".join(
        f"{each.code}@{each.clause}" if each.clause else each.code
        for each in statement.features
        if each.has is has and source.id in each.sources
    )


def _sheet(head: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    held = io.StringIO()
    out = csv.writer(held, lineterminator="\r\n")
    out.writerow(head)
    out.writerows([harmless(cell) for cell in row] for row in rows)
    return held.getvalue()
