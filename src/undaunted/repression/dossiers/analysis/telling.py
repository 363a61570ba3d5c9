"""Dossiers, tests and submissions as plain values for programs; victims by number alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.repression.dossiers.analysis.going import annexes_fallen
from undaunted.repression.dossiers.writers.gaps import sentences_beside
from undaunted.repression.sanctions.writers import cell_as_data, lists_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.analysis.beside import Beside, PersonBeside
    from undaunted.repression.dossiers.analysis.gathering import Cited, PersonLine, Sheet
    from undaunted.repression.dossiers.analysis.testing import LawLine
    from undaunted.repression.dossiers.models import Dossier, Submission, SubmissionFile
    from undaunted.repression.sanctions.rules import RegimeTest

__all__ = [
    "beside_told",
    "dossier_short",
    "dossier_told",
    "submission_told",
    "test_told",
    "tests_told",
]


def dossier_short(dossier: Dossier) -> dict[str, Any]:
    """Give a dossier in a line."""
    return {
        "id": str(dossier.pk),
        "title": dossier.title,
        "country": dossier.country,
        "tlp": dossier.tlp,
        "opened_at": dossier.opened_at.isoformat(),
        "closed": dossier.closed_at is not None,
    }


def dossier_told(actor: Actor, sheet: Sheet) -> dict[str, Any]:
    """Give a dossier whole, as its handling team reads it, and which of its annexes fell."""
    fallen = annexes_fallen(actor, sheet)
    return dossier_short(sheet.dossier) | {
        "closing_asked": sheet.dossier.closing_at is not None,
        "team": [str(each) for each in sheet.dossier.team],
        "summary": sheet.dossier.summary,
        "acts": [
            {
                "id": each.key,
                "number": sheet.numbers[each.key],
                "claim": str(each.row.claim),
                "person": each.row.number,
                "type": each.act.type if each.act else "",
                "start": each.act.start if each.act else "",
                "end": each.act.end if each.act else "",
            }
            for each in sheet.acts
        ],
        "people": [_person(each) for each in sheet.people],
        "annexes": [
            {"id": str(each.pk), "title": each.title, "document": str(each.document),
             "shows": len(each.shows), "redacted": str(each.redacted or ""),
             "persons": sheet.persons(each),
             "looks": [{"id": str(look.pk), "sha256": look.sha256}
                       for look in sheet.looks if look.annex_id == each.pk],
             "fallen": each.pk in fallen}
            for each in sheet.annexes
        ],
        "findings": [
            {"id": str(each.row.pk), "fact": each.row.fact, "value": each.row.value,
             "act": str(each.row.act_id or ""), "person": str(each.row.accused_id or ""),
             "reasons": each.row.reasons, "evidence": _evidence(each)}
            for each in sheet.findings
        ],
        "command_questions": [
            {"act": each.act.key, "below": str(each.below.row.pk),
             "superior": str(each.superior.row.pk), "certain": each.certain,
             "offices": [post.office for post in each.steps]}
            for each in sheet.questions
        ],
    }  # fmt: skip


def test_told(test: RegimeTest) -> dict[str, Any]:
    """Give one test: element by element, and what would meet what lacks."""
    return {
        "law": test.authority,
        "jurisdiction": test.jurisdiction,
        "on": test.on.isoformat(),
        "fit": test.fit.value,
        "act": test.act,
        "over_several_acts": test.scattered,
        "why": test.why,
        "elements": [
            {"element": each.code, "title": each.title, "state": each.state.value,
             "shown": list(each.shown), "begun": list(each.begun),
             "wants": [list(way) for way in each.wants], "ruled_out": each.ruled_out}
            for each in test.elements
        ],
    }  # fmt: skip


def tests_told(sheet: Sheet, lines: dict[Any, tuple[LawLine, ...]]) -> list[dict[str, Any]]:
    """Give what each law says of each person's facts, as they may be told and as they are."""
    return [
        {
            "person": str(person.row.pk),
            "tests": [_law(each) for each in lines[person.row.pk]],
        }
        for person in sheet.people
    ]


def beside_told(beside: Beside) -> dict[str, Any]:
    """Give people beside lists and laws: cells, names alike, and what each gap still asks."""
    return {
        "on": beside.on.isoformat(),
        "jurisdictions": list(beside.jurisdictions),
        "lists": lists_told(beside.lists),
        "people": [_beside(each) for each in beside.people],
    }


def submission_told(submission: Submission, files: Iterable[SubmissionFile]) -> dict[str, Any]:
    """Give a submission with the digests of its files; destroyed bytes keep theirs."""
    return {
        "id": str(submission.pk),
        "number": submission.number,
        "law": submission.authority,
        "jurisdiction": submission.jurisdiction,
        "reader": submission.reader,
        "recipient": submission.recipient,
        "state": submission.state,
        "why": submission.why,
        "language": submission.language,
        "watermark": submission.watermark,
        "coincidences": submission.coincidences,
        "summary": submission.summary,
        "without_summary": submission.neutral,
        "outcome": submission.outcome,
        "written_at": submission.written_at.isoformat(),
        "released_at": submission.released_at.isoformat() if submission.released_at else "",
        "ended_at": submission.ended_at.isoformat() if submission.ended_at else "",
        "files": [{"name": each.name, "size": each.size, "sha256": each.sha256} for each in files],
    }


def _law(line: LawLine) -> dict[str, Any]:
    return test_told(line.told) | {
        "acts_left_out": line.left_out,
        "if_everybody_agreed": line.whole.fit.value,
        "act_if_everybody_agreed": line.whole.act,
        "agreement_missing_for": list(line.unagreed),
    }


def _beside(each: PersonBeside) -> dict[str, Any]:
    return {
        "dossier": str(each.sheet.dossier.pk),
        "person": str(each.person.row.pk),
        "name": each.person.label,
        "sentences": list(sentences_beside(each)),
        "recorded_as": [f"{source}:{key}" for source, key in each.tied],
        "cells": [cell_as_data(cell) for cell in each.cells],
        "laws": [_law(line) for line in each.laws],
        "alike": [
            {"list": one.source, "key": one.key, "name": one.name, "score": one.score,
             "reasons": [dict(reason) for reason in one.reasons]}
            for one in each.alike
        ],
    }  # fmt: skip


def _person(person: PersonLine) -> dict[str, Any]:
    return {
        "id": str(person.row.pk),
        "number": person.row.number,
        "kind": person.row.kind,
        "names": list(person.names),
        "details": [
            {"id": str(each.row.pk), "kind": each.row.kind, "text": each.row.text}
            for each in person.details
        ],
        "posts": [
            {"id": str(each.row.pk), "office": each.row.office, "above": each.row.above,
             "start": each.row.start, "end": each.row.end}
            for each in person.posts
        ],
        "links": [
            {"id": str(each.row.pk), "act": str(each.row.act_id), "mode": each.row.mode,
             "reasons": each.row.reasons, "evidence": _evidence(each)}
            for each in person.links
        ],
        "reply": person.row.reply,
        "exculpatory": [
            {"id": str(each.row.pk), "kind": each.row.kind, "body": each.row.body,
             "confirmed": each.row.confirmed_by is not None,
             "withdrawal_asked": each.row.withdrawing_by is not None}
            for each in person.statements
        ],
        "listings": [_listing(each) for each in person.row.listings],
    }  # fmt: skip


def _listing(found: Mapping[str, Any]) -> dict[str, Any]:
    """Give an entry that a search found, without the digest of its form."""
    return {name: value for name, value in found.items() if name != "form"}


def _evidence(line: Cited) -> list[dict[str, str]]:
    return [
        {"source": str(each.source_id), "grade": f"{each.reliability}{each.credibility}",
         "where": each.locator}
        for each in line.citations
    ]  # fmt: skip
