"""A case at the terminal as a court reads it: what stands in each row, and on what it rests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.analysis.standing import look_due, measure_standing
from undaunted.coercion.screening.rules import Effect, InScope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.coercion.screening.rules import PartnerPeriod

__all__ = ["LISTED", "period_lines", "sheet_lines"]

LISTED = (
    "parties", "loads", "facts", "scopes", "analyses", "assessments", "requests", "answers",
    "notices", "comments", "decisions", "recourses", "mitigations", "checks",
)  # fmt: skip


def sheet_lines(sheet: CaseSheet) -> Iterator[str]:
    """Give a case line by line: a row with its id, and below it what it says."""
    case = sheet.case
    yield f"{case.reference}  {sheet.stage}  {case.jurisdiction}  {case.title}"
    yield f"as known on {sheet.at:%Y-%m-%d %H:%M} UTC"
    for step in sheet.steps:
        yield f"step  {step.at:%Y-%m-%d %H:%M} UTC  {step.stage}  {step.reason}".rstrip()
    if sheet.filing:
        yield f"notification of {sheet.filing.received_on}"
        yield from (f"  {code}: {text}" for code, text in sheet.filing.fields.items())
        yield from (f"  {code}: sealed" for code in sheet.filing.sealed_names)
    yield f"stakes: {sheet.stakes}"
    titles = {str(row.pk): str(row) for name in LISTED for row in getattr(sheet, name)}
    for name in LISTED:
        for row in getattr(sheet, name):
            yield f"{name}  {row.pk}  {row}"
            yield from (f"  {line}" for line in _SAID[name](row) if line.strip())
            if row.pk in sheet.fallen:
                yield "  asked before its stakes changed"
            if name == "mitigations":
                yield f"  {measure_standing(sheet, row, sheet.at.date())}"
                yield f"  next look: {look_due(sheet, row) or 'none'}"
            yield from (f"  rests on {line}" for line in _evidence(row, titles))
    for line in sheet.lists:
        yield f"lists  {line.party.name}  {line.standing}"
        yield from (
            f"  {each.list_name} of {each.list_day}: {each.judgement}  {each.reason}".rstrip()
            for each in line.checks
        )


def period_lines(periods: Iterable[PartnerPeriod]) -> Iterator[str]:
    """Give until when partners may speak: before, no decision is taken without saying why."""
    for each in periods:
        until = f"until {each.due}" if each.due else "stands still until the answer came"
        yield f"partners may speak: {each.title}, {until} [{each.law}]"


def _evidence(row: Any, titles: dict[str, str]) -> Iterator[str]:  # noqa: ANN401 - any row
    for each in getattr(row, "evidence", ()):
        yield f"{each['kind']} {each['id']}: {titles.get(each['id'], 'withdrawn, or a stake')}"


def _party(row: Any) -> Iterator[str]:  # noqa: ANN401 - a row
    yield f"{row.identifier} {row.kind} {row.country}; {row.source}"


def _load(row: Any) -> Iterator[str]:  # noqa: ANN401 - a row
    yield f"{row.format}, {row.rows} rows, {row.stakes} stakes, SHA-256 {row.digest}; {row.source}"
    for each in row.findings:
        more = f" and {each['more']} more" if each.get("more") else ""
        yield f"{each['rule']}, rows {each['rows']}{more}: {each['says']}"


def _fact(row: Any) -> Iterator[str]:  # noqa: ANN401 - a row
    yield row.text
    yield f"{row.source}; {row.status}" + (f"; of {row.day}" if row.day else "")


def _scope(row: Any) -> Iterator[str]:  # noqa: ANN401 - a row
    yield f"asked for {row.day}; filing {row.duty}"
    for each in row.rows:
        if each.get("decides"):
            yield f"{each['met']}: {each['says']} ({each['law']}, {each['article']})"
    for each in row.rows:
        if each["effect"] == Effect.TOLD and each["met"] != InScope.NO:
            yield f"others told, {each['met']}: {each['says']} ({each['law']}, {each['article']})"
    if row.missing:
        yield "not known: " + ", ".join(each["field"] for each in row.missing)


def _analysis(row: Any) -> Iterator[str]:  # noqa: ANN401 - a row
    by = row.result.get("measure", {})
    yield f"stakes of {row.as_of}; {by.get('law') or 'a majority'} {by.get('threshold', '')}"
    for each in row.result.get("after", ()):
        if each["answer"] != "no":
            yield f"{each['name']}: {each['answer']}"
            yield from (f"  {said}" for said in each["proof"]["sentences"])


def _assessment(row: Any) -> Iterator[str]:  # noqa: ANN401 - a row
    yield f"{row.regime}, {row.finding}: {row.reasons}"


def _request(row: Any) -> Iterator[str]:  # noqa: ANN401 - a row
    yield row.text
    until = f", until {row.due_on}" if row.due_on else ""
    yield f"asked on {row.recorded_at:%Y-%m-%d}{until}" + (", for partners" * row.for_partners)


def _answer(row: Any) -> Iterator[str]:  # noqa: ANN401 - a row
    yield f"received on {row.received_on}, {'whole' if row.complete else 'in part'}: {row.text}"


def _notice(row: Any) -> Iterator[str]:  # noqa: ANN401 - a row
    yield f"to {row.recipient}, " + (f"sent {row.sent_at:%Y-%m-%d}" if row.sent_at else "not sent")
    yield f"though no law reaches it: {row.though_outside}" if row.though_outside else ""


def _comment(row: Any) -> Iterator[str]:  # noqa: ANN401 - a row
    yield f"received on {row.received_on}: {row.text or 'the text is in its package'}"


def _decision(row: Any) -> Iterator[str]:  # noqa: ANN401 - a row
    yield f"{row.regime}, {row.kind}, of {row.day}: {row.reasons}"
    if row.taken_at:
        yield f"taken {row.taken_at:%Y-%m-%d %H:%M} UTC by a second person"
    elif row.returned_at:
        yield f"sent back {row.returned_at:%Y-%m-%d}: {row.returned_why}"
    yield from (f"factor {each}" for each in row.factors)
    yield from (f"condition: {each}" for each in row.conditions)
    yield f"why conditions do not suffice: {row.no_less}" if row.no_less else ""
    yield f"account of partners: {row.utmost_account}" if row.utmost_account else ""
    yield f"why it does not wait for partners: {row.urgent}" if row.urgent else ""
    yield (
        f"partners told on {row.urgent_told_on}: {row.urgent_told_to}" if row.urgent_told_to else ""
    )
    yield f"to be unwound by {row.unwind_by}" if row.unwind_by else ""
    for each in row.recourse:
        yield f"recourse: {each['body']}, {each['within']} ({each['law']}, {each['article']})"


def _recourse(row: Any) -> Iterator[str]:  # noqa: ANN401 - a row
    yield f"lodged on {row.lodged_on}"
    yield (
        f"{row.outcome_on} {row.result or 'without a result'}: {row.outcome}" if row.outcome else ""
    )


def _mitigation(row: Any) -> Iterator[str]:  # noqa: ANN401 - a row
    until = f" until {row.ends_on}" if row.ends_on else ""
    yield f"{row.kind}, from {row.starts_on}{until}, looked at by {row.watched_by}: {row.text}"


def _check(row: Any) -> Iterator[str]:  # noqa: ANN401 - a row
    yield f"{row.day}, {row.outcome}: {row.text}"


_SAID: dict[str, Callable[[Any], Iterator[str]]] = {
    "parties": _party,
    "loads": _load,
    "facts": _fact,
    "scopes": _scope,
    "analyses": _analysis,
    "assessments": _assessment,
    "requests": _request,
    "answers": _answer,
    "notices": _notice,
    "comments": _comment,
    "decisions": _decision,
    "recourses": _recourse,
    "mitigations": _mitigation,
    "checks": _check,
}
