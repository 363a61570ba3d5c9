"""What partners elsewhere tell in packages, read as a stranger's; sealed parts stay so."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.rules import (
    ANSWER_FORMAT,
    PROPOSAL_FORMAT,
    Announced,
    Answer,
    CoordinationStage,
    CoordinationState,
    CoordinationStep,
    ElsewhereUnreadable,
    Preparation,
    Said,
    SealedRemark,
    ToldParty,
    ToldProposal,
    ToldStep,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["read_told_proposal", "read_told_step"]

MOST, LONGEST_ENVELOPE, LONGEST_WORD = 400, 200_000, 200
FIRST_YEAR, LAST_YEAR = 1990, 2100


def read_told_proposal(content: bytes) -> ToldProposal:
    """Read a proposal as its proposer tells it. Raises `ElsewhereUnreadable` naming the field."""
    told = _object(content, PROPOSAL_FORMAT)
    return ToldProposal(
        proposal=_field(told, "proposal", UUID),
        tlp=_field(told, "tlp", Tlp),
        state=_field(told, "state", _state),
        stage=_field(told, "stage", CoordinationStage),
        moment=_field(told, "moment", _moment) if told.get("moment") else None,
        stands=_field(told, "stands", Announced),
        written_at=_field(told, "written_at", _moment),
        parties=tuple(_party(each) for each in _rows(told, "parties")),
        seats=tuple(_word("seats", each) for each in _rows(told, "seats")),
        subject=_envelope("subject", told.get("subject")),
        remarks=tuple(_remark(each) for each in _rows(told, "remarks")),
        since=_field(told, "since", _moment) if told.get("since") else None,
    )


def read_told_step(content: bytes) -> ToldStep:
    """Read a step of a party elsewhere. Raises `ElsewhereUnreadable` naming the field."""
    told = _object(content, ANSWER_FORMAT)
    return ToldStep(
        proposal=_field(told, "proposal", UUID),
        id=_field(told, "id", UUID),
        step=_field(told, "step", CoordinationStep),
        at=_field(told, "at", _moment),
        moment=_field(told, "moment", _moment) if told.get("moment") else None,
        preparation=_field(told, "preparation", Preparation) if told.get("preparation") else None,
        state=_field(told, "state", CoordinationState) if told.get("state") else None,
        due=_field(told, "due", date.fromisoformat) if told.get("due") else None,
        envelope=_envelope("envelope", told["envelope"]) if told.get("envelope") else b"",
        answers=_field(told, "answers", _moment) if told.get("answers") else None,
    )


def _object(content: bytes, kind: str) -> dict[str, Any]:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise ElsewhereUnreadable("content: it is no JSON; ask for it again") from problem
    if not isinstance(told, dict) or told.get("format") != kind:
        raise ElsewhereUnreadable(f"format: it is not {kind}")
    return told


def _field(told: dict[str, Any], name: str, kind: Callable[[str], Any]) -> Any:  # noqa: ANN401
    """Give one value as what it must be."""
    value = told.get(name)
    try:
        return kind(_word(name, value))
    except (ValueError, OverflowError) as problem:
        raise ElsewhereUnreadable(f"{name}: {str(value)[:40]!r} cannot be read") from problem


def _moment(text: str) -> datetime:
    """Read a time of our age, in UTC: others cannot be kept."""
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError(text)
    told = read.astimezone(UTC)
    if not FIRST_YEAR <= told.year <= LAST_YEAR:
        raise ValueError(text)
    return told


def _state(text: str) -> str:
    if len(text) != 2 or not text.isascii() or not text.isupper():  # noqa: PLR2004 - two letters
        raise ValueError(text)
    return text


def _party(told: object) -> ToldParty:
    if not isinstance(told, dict):
        raise ElsewhereUnreadable("parties: a row is no object")
    return ToldParty(
        name=_word("name", told.get("name")),
        country=_word("country", told.get("country")) if told.get("country") else "",
        government=told.get("government") is True,
        answer=_field(told, "answer", Answer),
    )


def _remark(told: object) -> SealedRemark:
    if not isinstance(told, dict):
        raise ElsewhereUnreadable("remarks: a row is no object")
    return SealedRemark(
        id=_field(told, "id", UUID),
        kind=_field(told, "kind", Said),
        by=_word("by", told.get("by")),
        at=_field(told, "at", _moment),
        envelope=_envelope("envelope", told.get("envelope")),
    )


def _rows(told: dict[str, Any], name: str) -> list[Any]:
    rows = told.get(name)
    if not isinstance(rows, list) or len(rows) > MOST:
        raise ElsewhereUnreadable(f"{name}: it is no list of {MOST} at most")
    return rows


def _word(name: str, value: object) -> str:
    if not isinstance(value, str) or not value or len(value) > LONGEST_WORD:
        raise ElsewhereUnreadable(f"{name}: write 1 to {LONGEST_WORD} letters")
    if not value.isprintable():
        raise ElsewhereUnreadable(f"{name}: it holds signs that cannot be kept")
    return value


def _envelope(name: str, value: object) -> bytes:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ENVELOPE:
        raise ElsewhereUnreadable(f"{name}: there is nothing sealed, or too much")
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise ElsewhereUnreadable(f"{name}: it is not written in base64") from problem
