"""What is told to partners on other installations, as bytes that a package carries."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from undaunted.repression.coordination.rules import ANSWER_FORMAT, PROPOSAL_FORMAT

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.repression.coordination.rules import SealedRemark, ToldProposal, ToldStep

__all__ = ["write_told_proposal", "write_told_step"]


def write_told_proposal(told: ToldProposal) -> bytes:
    """Write a proposal as its proposer tells it; what is sealed stays so."""
    return _bytes(
        {
            "format": PROPOSAL_FORMAT,
            "proposal": str(told.proposal),
            "tlp": told.tlp.value,
            "state": told.state,
            "stage": told.stage.value,
            "moment": _day(told.moment),
            "stands": told.stands.value,
            "written_at": told.written_at.isoformat(),
            "parties": [
                {
                    "name": each.name,
                    "country": each.country,
                    "government": each.government,
                    "answer": each.answer.value,
                }
                for each in told.parties
            ],
            "seats": list(told.seats),
            "subject": _plain(told.subject),
            "remarks": [_remark(each) for each in told.remarks],
            "since": _day(told.since),
        }
    )


def write_told_step(told: ToldStep) -> bytes:
    """Write a step as its party tells it to the proposer."""
    return _bytes(
        {
            "format": ANSWER_FORMAT,
            "proposal": str(told.proposal),
            "id": str(told.id),
            "step": told.step.value,
            "at": told.at.isoformat(),
            "moment": _day(told.moment),
            "preparation": told.preparation.value if told.preparation else "",
            "state": told.state.value if told.state else "",
            "due": _day(told.due),
            "envelope": _plain(told.envelope),
            "answers": _day(told.answers),
        }
    )


def _remark(told: SealedRemark) -> dict[str, Any]:
    return {
        "id": str(told.id),
        "kind": told.kind.value,
        "by": told.by,
        "at": told.at.isoformat(),
        "envelope": _plain(told.envelope),
    }


def _day(value: date | datetime | None) -> str:
    return value.isoformat() if value else ""


def _plain(envelope: bytes) -> str:
    return base64.b64encode(envelope).decode()


def _bytes(told: dict[str, Any]) -> bytes:
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
