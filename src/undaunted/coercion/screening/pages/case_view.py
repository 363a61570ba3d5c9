"""All that the page of a case shows: what waits and can be done first, then what it holds."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils import timezone

from undaunted.coercion.screening.analysis.asking import QuestionRefused
from undaunted.coercion.screening.analysis.case_exposure import case_exposure
from undaunted.coercion.screening.analysis.case_work import waiting_in
from undaunted.coercion.screening.analysis.letter_evidence import evidence_told
from undaunted.coercion.screening.analysis.partners import laws_found, periods_open
from undaunted.coercion.screening.analysis.phases import calendars_from, clocks_known
from undaunted.coercion.screening.analysis.sheets import measure_of, picture_for, regimes_of
from undaunted.coercion.screening.analysis.spoken import spoken_of
from undaunted.coercion.screening.analysis.standing import look_due, measure_standing
from undaunted.coercion.screening.analysis.tables import faults_in, names_in, stakes_around
from undaunted.coercion.screening.analysis.words import measure_told
from undaunted.coercion.screening.pages.next_steps import next_steps
from undaunted.coercion.screening.pages.pictures import picture_of
from undaunted.coercion.screening.queries import (
    case_as_known,
    draft_of,
    evidence_files_waiting,
    sealed_in,
    stakes_known,
)
from undaunted.coercion.screening.rules import (
    ScreeningRefused,
    factors_for,
    fields,
    measures,
)
from undaunted.coercion.screening.rules import regimes as every_regime
from undaunted.coercion.screening.rules.known import FIRST_YEAR, LAST_YEAR, moment_in_utc
from undaunted.coercion.screening.rules.workflow import DECIDABLE
from undaunted.core.access.rules import Facts, Verb, actor_of, decide
from undaunted.core.accounts.queries import governments_known

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from undaunted.coercion.screening.models import Analysis, Case
    from undaunted.coercion.screening.pages.pictures import Picture
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.coercion.screening.rules import Factor
    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.actions import Clock
    from undaunted.engines.ownership import Stakes

__all__ = ["LISTED", "case_shown", "factors_titled", "field_titles", "partners_named"]

LISTED = 200


def case_shown(
    request: HttpRequest, held: Case, texts: dict[UUID, dict[str, str]]
) -> dict[str, Any]:
    """Give all that the page shows of a case as it was known at the moment that is asked for."""
    actor, now = actor_of(request), timezone.now()
    moment = _moment(request.GET.get("as_known", ""), now)
    sheet = case_as_known(actor, held, moment)
    past = moment < now
    clocks = clocks_known(actor, held, moment)
    may = {} if past else _may(actor, held)
    draft = None if past else draft_of(actor, held)
    files = evidence_files_waiting(actor, held)
    owners = _owners(request, sheet)
    return owners | _periods(request, sheet, clocks, past=past) | {
        "case": held,
        "sheet": sheet,
        "past": past,
        "texts": texts,
        "sealed": bool(sealed_in(actor, held)),
        "draft": draft,
        "waiting": None if past else waiting_in(sheet, clocks),
        "next_steps": next_steps(actor, sheet, may, draft),
        "titles": field_titles(),
        "partners": partners_named(actor) if sheet.notices else {},
        "laws": {each.key: each.title for each in every_regime()},
        "factors": factors_titled(sheet),
        "rests": {each.pk: evidence_told(actor, sheet, (each,), secret=False).values()
                  for each in sheet.assessments},
        "files": [] if past else files[:LISTED],
        "totals": owners["totals"] | {"files": files.count()},
        "measures": [(each, measure_standing(sheet, each, moment.date()), sheet.checks_of(each),
                      look_due(sheet, each)) for each in sheet.mitigations],
        "requests": [(each, sheet.answers_to(each), sheet.stands_for(each))
                     for each in sheet.requests],
        "decidable": sheet.stage in DECIDABLE,
        "laws_found": laws_found(sheet),
        "may": may,
    }  # fmt: skip


def _owners(request: HttpRequest, sheet: CaseSheet) -> dict[str, Any]:
    """Give what the stakes tell: picture, kept answers, what is held of sectors, and faults."""
    actor, at = actor_of(request), sheet.at
    tables = stakes_around(actor, sheet.case, as_of=at.date(), known_at=at)
    picture, problem = _picture(request, sheet, tables[1])
    faults, told = faults_in(tables), [_told(each) for each in reversed(sheet.analyses)]
    return {
        "stakes": stakes_known(actor, sheet.case, at)[:LISTED],
        "names": names_in(sheet, tables),
        "picture": picture,
        "picture_problem": problem,
        "faults": faults[:LISTED],
        "totals": {"faults": len(faults)},
        "measures_asked": measures(),
        "exposure": case_exposure(actor, sheet),
        "latest": told[:1],
        "earlier": told[1:],
    }


def _periods(
    request: HttpRequest, sheet: CaseSheet, clocks: list[Clock], *, past: bool
) -> dict[str, Any]:
    """Give the periods that run, what partners said in them, and what each law would say."""
    received = sheet.filing.received_on if sheet.filing else None
    days = (received or sheet.at.date(), *_days(request))
    return {
        "regimes": regimes_of(sheet),
        "clocks": clocks,
        "spoken": () if past else spoken_of(sheet, clocks),
        "calendars": calendars_from(
            actor_of(request), sheet.case.jurisdiction, *days, now=timezone.now()
        ),
        "partner_periods": periods_open(clocks, sheet.at) if sheet.stage in DECIDABLE else (),
    }


def _may(actor: Actor, held: Case) -> dict[str, bool]:
    """Say which steps are offered; the action decides again."""
    facts = Facts(holder=held.holder, earlier_hands=frozenset())
    offered = {"record": Verb.RECORD, "assess": Verb.ASSESS, "second": Verb.PUBLISH}
    return {step: decide(actor, verb, facts).allowed for step, verb in offered.items()}


def _told(analysis: Analysis) -> tuple[Analysis, list[Any], list[Any], int]:
    """Part those who control the target, may or hold half of it from all others asked about.

    Last, how many there were to ask about.
    """
    every = analysis.result["after"]
    bearing = [e for e in every if e["answer"] != "no" or e["joint"] or e["kind"] == "state"]
    asked = len(every) + len(analysis.result.get("not_asked", ()))
    return analysis, bearing, [each for each in every if each not in bearing], asked


def _picture(request: HttpRequest, sheet: CaseSheet, after: Stakes) -> tuple[Picture | None, str]:
    """Draw everybody above the target after the investment; or say why nobody is drawn."""
    chosen, everything = request.GET.getlist("open")[:LISTED], "everybody" in request.GET
    before = [
        (name, value)
        for name in ("as_known", "owner", "measure")
        for value in request.GET.getlist(name)
    ]

    def address(company: str) -> str:
        pairs = [*before, *(("open", each) for each in (*chosen, company))]
        return f"?{urlencode(pairs)}#ownership"

    try:
        measure, regime = measure_of(sheet, request.GET.get("measure", ""))
        owners = tuple(request.GET.getlist("owner"))
        answer = picture_for(sheet, after, owners, measure)
    except (QuestionRefused, ScreeningRefused) as refusal:
        return None, str(refusal)
    picture = picture_of(answer, address, frozenset(chosen), everything=everything)
    return replace(picture, measured=measure_told(measure, regime.title if regime else "")), ""


def _moment(said: str, now: datetime) -> datetime:
    """Read a moment; anything else, and what lies ahead, is now."""
    try:
        told = datetime.fromisoformat(said)
    except ValueError:
        return now
    aware = moment_in_utc(told)
    return now if aware is None else min(aware, now)


def _days(request: HttpRequest) -> list[date]:
    """Give the days that were asked about beside that of receipt; what is none is left out."""
    told = []
    for said in request.GET.getlist("from")[:3]:
        with suppress(ValueError):
            day = date.fromisoformat(said)
            told += [day] if FIRST_YEAR <= day.year <= LAST_YEAR else []
    return told


def partners_named(actor: Actor) -> dict[UUID, str]:
    """Give the names of partner authorities."""
    return dict(governments_known(actor).values_list("pk", "name"))


def field_titles() -> dict[str, str]:
    """Give what each field of a notification is called."""
    return {each.code: each.title for each in fields()}


def factors_titled(sheet: CaseSheet) -> dict[str, Factor]:
    """Give the factors of the regimes that bear on a case, by regime and code."""
    return {f"{r.key} {f.code}": f for r in regimes_of(sheet) for f in factors_for(r)}
