"""The action plan of a state as CSV and as plain values."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from undaunted.core.evidence.rules import harmless
from undaunted.repression.sanctions.writers.authorities import authority_told
from undaunted.repression.sanctions.writers.wording import step_told

if TYPE_CHECKING:
    from undaunted.core.commitments.rules import Standing
    from undaunted.repression.sanctions.rules import Enablers, Plan, Uses

__all__ = ["plan_csv", "plan_told"]

_COLUMNS = (
    "state", "authority", "year", "designated", "list", "version", "seen", "programme_alone",
    "sure",
)  # fmt: skip


def plan_csv(plan: Plan) -> str:
    """Give one row an authority and year, with what was counted where; then the undated.

    `designated` is empty where it is not known that there was none; `sure` says whether the law's
    years without any are known, `programme_alone` whether the list's programme is of it alone.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for uses in plan.uses:
        read = uses.read
        tail = ["", "", "", "", str(uses.sure).lower()]
        if read is not None:
            alone = str(read.exact).lower()
            tail = [read.source, str(read.number), read.seen.isoformat(), alone, tail[-1]]
        counted: list[tuple[object, object]] = [
            (year, "" if (known := uses.known(year)) is None else known) for year in uses.by_year
        ]
        counted.append(("undated", uses.undated if read else ""))
        for year, number in counted:
            cells = [plan.state, uses.authority, year, number, *tail]
            rows.writerow([harmless(str(cell)) for cell in cells])
    return text.getvalue()


def plan_told(plan: Plan) -> dict[str, Any]:
    """Give the plan for programs."""
    return {
        "state": plan.state,
        "on": plan.on.isoformat(),
        "known_on": plan.known_on.isoformat(),
        "adoption": _standing_told(plan.adoption),
        "enforcement": _standing_told(plan.enforcement),
        "facts": [
            {"since": each.statement.since, "law": each.statement.law,
             "text": each.statement.text, "accepted_on": each.accepted_on.isoformat(),
             "sources": [source.url for source in each.statement.carriers]}
            for each in plan.facts
        ],
        "authorities": [authority_told(each) for each in plan.authorities],
        "uses": [_uses_told(each) for each in plan.uses],
        "steps": [
            {"task": step.task, "reason": step.reason, "subject": step.subject,
             "number": step.number, "text": step_told(step)}
            for step in plan.steps
        ],
        "enablers": _enablers_told(plan.enablers),
    }  # fmt: skip


def _standing_told(standing: Standing | None) -> dict[str, Any] | None:
    if standing is None:
        return None
    return {
        "status": standing.status,
        "since": standing.current.statement.since,
        "law": standing.current.statement.law,
        "answers": dict(standing.answers),
    }


def _uses_told(uses: Uses) -> dict[str, Any]:
    read = uses.read
    return {
        "authority": uses.authority,
        "by_year": {str(year): uses.known(year) for year in uses.by_year},
        "undated": uses.undated,
        "entries": uses.entries,
        "unused": list(uses.unused),
        "partial": sorted(uses.partial),
        "sure": uses.sure,
        "old": uses.old,
        "earlier": list(uses.earlier),
        "read": {"list": read.source, "version": read.number, "seen": read.seen.isoformat(),
                 "exact": read.exact} if read else None,
    }  # fmt: skip


def _enablers_told(held: Enablers | None) -> dict[str, Any] | None:
    if held is None:
        return None
    return {
        "file": held.file,
        "digest": held.digest,
        "asked": list(held.asked),
        "found": [
            {"company": each.company, "entry": each.entry, "name": each.name, "held": each.held,
             "listed": each.listed, "proof": list(each.proof)}
            for each in held.found
        ],
    }  # fmt: skip
