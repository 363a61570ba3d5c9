"""Large files of ownership evidence: left with a case, taken in behind the desk, whole or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.screening.actions.evidence import keep_evidence
from undaunted.coercion.screening.actions.telling import held_case, note, told
from undaunted.coercion.screening.actions.turns import in_turn
from undaunted.coercion.screening.models import EvidenceFile
from undaunted.coercion.screening.readers.evidence import checked_file
from undaunted.coercion.screening.rules.casework import LONGEST_SOURCE, needed_text
from undaunted.core.access.rules import Facts, Verb, require

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.readers.evidence import Evidence
    from undaunted.core.access.rules import Actor

__all__ = ["leave_evidence", "note_evidence_read", "refuse_evidence", "take_evidence"]


def leave_evidence(  # noqa: PLR0913 - which file, of whom, as what, by whom, when
    case: Case,
    content: bytes,
    *,
    name: str,
    source: str,
    actor: Actor,
    at: datetime,
    file_format: str | None = None,
    filed: bool = False,
) -> EvidenceFile:
    """Leave a file of stakes with a case, to be taken in behind the desk.

    Raises `ScreeningRefused` for one that is too large, and for a case that is closed.
    """
    origin = needed_text("source", source, LONGEST_SOURCE)
    plain = checked_file(content, name, file_format)
    with in_turn():
        held = held_case(case, actor=actor)
        return told(
            EvidenceFile,
            held,
            "case.evidence_left",
            actor=actor,
            at=at,
            name=plain,
            content=content,
            size=len(content),
            asked={"source": origin, "file_format": file_format, "filed": filed},
        )


def note_evidence_read(
    left: EvidenceFile, read: Evidence, *, actor: Actor, at: datetime
) -> EvidenceFile:
    """Tell at a file that waits how many rows it has, before its stakes are written."""
    with in_turn():
        held = _held(left, actor=actor)
        if held.state == "waiting":
            held.rows, held.flagged = read.rows, len(read.findings)
            held.save(update_fields=["rows", "flagged"])
            note("case.evidence_read", held.case, actor=actor, at=at, row=str(held.pk))
    return held


def take_evidence(
    left: EvidenceFile, read: Evidence, *, actor: Actor, at: datetime
) -> EvidenceFile:
    """Take in what was read of a file that waits, and give up its bytes; one that is done stays.

    Raises `ScreeningRefused` where the case was closed meanwhile, or a gate refuses it.
    """
    with in_turn():
        held = _held(left, actor=actor)
        if held.state != "waiting":
            return held
        asked = {"source": held.asked["source"], "filed": held.asked["filed"]}
        held.load = keep_evidence(held.case, read, actor=actor, at=at, **asked)
        held.rows, held.flagged = read.rows, len(read.findings)
        _done(held, "taken", at)
    return held


def refuse_evidence(left: EvidenceFile, why: str, *, actor: Actor, at: datetime) -> EvidenceFile:
    """Record why nothing of a file was taken in; its bytes are given up."""
    with in_turn():
        held = _held(left, actor=actor)
        if held.state == "waiting":
            held.problem = why
            _done(held, "refused", at)
            note("case.evidence_refused", held.case, actor=actor, at=at, row=str(held.pk))
    return held


def _held(left: EvidenceFile, *, actor: Actor) -> EvidenceFile:
    """Give a file as it stands, locked until the step is done."""
    require(actor, Verb.RECORD, Facts(holder=left.holder, earlier_hands=frozenset()))
    rows = EvidenceFile.objects.select_for_update(of=("self",)).select_related("case")
    return rows.defer("content").get(pk=left.pk)


def _done(held: EvidenceFile, state: str, at: datetime) -> None:
    held.state, held.done_at, held.content = state, at, b""
    held.save(update_fields=["state", "done_at", "content", "problem", "load", "rows", "flagged"])
