"""Injuries read out of what the authority keeps or is given: fronts, scenarios, months of trade.

What a front is asked beside the injury (partners, measures, points) is not the proceeding's: of a
front an extract is kept as evidence, which holds what the injury was read from and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from undaunted.coercion.exposure.analysis.kept import kept_warning
from undaunted.coercion.exposure.queries import flow_files_for
from undaunted.coercion.exposure.readers import FileRefused as FlowsRefused
from undaunted.coercion.exposure.readers import shipped_paper
from undaunted.coercion.exposure.rules import MONTHLY, Episode, WarningRefused
from undaunted.coercion.instruments.analysis.citing import (
    IncomeLoss,
    extract_of,
    front_says,
    months_says,
    months_told,
    scenario_says,
)
from undaunted.coercion.instruments.analysis.evidence import document_of
from undaunted.coercion.instruments.readers import result_of_scenario
from undaunted.coercion.instruments.rules import (
    READ_FROM,
    InjuryKind,
    InstrumentRefused,
    LostSales,
    ReadInjury,
    a_year,
    check_about,
    council_figures,
    injury_read,
    together,
)
from undaunted.coercion.response.analysis.losing import TableReplaced, loss_of
from undaunted.coercion.response.queries import search_for
from undaunted.coercion.response.readers.fronts import FrontBroken, written_front
from undaunted.core.places.rules import countries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from undaunted.coercion.instruments.models import Injury, Proceeding
    from undaunted.coercion.instruments.readers import ScenarioResult
    from undaunted.core.access.rules import Actor

__all__ = ["MonthsNamed", "figures_read", "front_read", "gone", "months_read", "scenario_read"]

UNION: Final = "EU"


@dataclass(frozen=True, slots=True)
class MonthsNamed:
    """A file of months that is kept, and the episode that it is asked about.

    Attributes:
        digest: SHA-256 of the file.
        since: first month of the measure, as 2026-03.
        products: first figures of the codes that were hit; none means all.
        unit: currency and scale of the file, which it does not say itself.
        target: whose sales are asked; needed where a proceeding is about several states.
    """

    digest: str
    since: str
    products: tuple[str, ...]
    unit: str
    target: str = ""


def front_read(actor: Actor, proceeding: Proceeding, name: str) -> tuple[ReadInjury, bytes]:
    """Read the injury out of a front by the name of its search; gives the extract to be kept.

    Raises `InstrumentRefused`, and `MeasureRefused` for a front about others.
    """
    search = search_for(actor, proceeding.holder, name)
    if search is None or not search.finished:
        raise InstrumentRefused(
            "digest: no search of your organisation that found a front has this name; copy it "
            "from the address of the front"
        )
    try:
        front = search.front()
        loss = loss_of(front)
    except (FrontBroken, TableReplaced) as problem:
        raise InstrumentRefused(str(problem)) from problem
    _check_about(proceeding, {loss.target}, loss.coercer)
    extract = extract_of(front, name)
    income = IncomeLoss(
        loss.target, loss.coercer, loss.per_cent, loss.spent, loss.table, loss.table_sha256
    )
    injury = injury_read(
        loss.money,
        unit=loss.unit,
        year=loss.year,
        source=front_says(loss, income),
        digest=sha256(extract).hexdigest(),
    )
    read = income.told() | {
        "scenario": loss.episode,
        "interval": "elasticities",
        "of": loss.sets,
        "result": sha256(written_front(front).encode()).hexdigest(),
    }
    return ReadInjury(injury, InjuryKind.FRONT, read), extract


def scenario_read(proceeding: Proceeding, name: str, content: bytes) -> ReadInjury:
    """Read the injury out of a scenario's results: what the states lose through these measures.

    Raises `FileRefused`, and `MeasureRefused` for measures between others.
    """
    result = result_of_scenario(name, content)
    hit, third = _hit(proceeding, result)
    amounts = together(
        [each / 100 * result.spent[code] for each in result.losses[code]] for code in hit
    )
    spent = sum(result.spent[code] for code in hit)
    low, best, high = (100 * each / spent for each in amounts)
    income = IncomeLoss(
        ", ".join(hit), third, (low, best, high), spent, result.table, result.table_sha256
    )
    injury = injury_read(
        amounts,
        unit=result.unit,
        year=result.year,
        source=scenario_says(result, income),
        digest=result.digest,
    )
    read = income.told() | {
        "scenario": result.name,
        "interval": "quantiles",
        "of": result.draws,
        "result": result.digest,
    }
    return ReadInjury(injury, InjuryKind.SCENARIO, read)


def _hit(proceeding: Proceeding, result: ScenarioResult) -> tuple[list[str], str]:
    """Give the states that every measure is between and the third country, in order; and that."""
    third = next(each.alpha_3 for each in countries() if each.code == proceeding.third_country)
    hit = set[str]()
    for buys, sells in result.sides:
        other = sells if buys == {third} else buys
        _check_about(proceeding, other, third if {third} in (buys, sells) else ", ".join(sells))
        hit |= other
    return sorted(hit), third


def months_read(actor: Actor, proceeding: Proceeding, named: MonthsNamed) -> ReadInjury:
    """Read the injury out of a file of months: sales that a state lost, as of a year.

    Raises `InstrumentRefused` for a file that is not kept or cannot tell it.
    """
    digest = named.digest.lower()
    file, called = _months_file(actor, proceeding, digest)
    asked = _episode(proceeding, named)
    try:
        warned = kept_warning(actor, file, asked)
    except (FlowsRefused, WarningRefused) as problem:
        raise InstrumentRefused(str(problem)) from problem
    loss, months = warned.loss, len(warned.months) - warned.loss.start
    if not loss.well_matched or loss.in_time.found:
        raise InstrumentRefused(
            "result: what would have been sold cannot be told from this file, for other flows do "
            "not match it before, or lead astray; take another result"
        )
    routes = tuple((each.low, each.amount, each.high) for each in warned.routes)
    injury = injury_read(
        a_year(LostSales((-loss.high, -loss.effect, -loss.low), routes, months)),
        unit=named.unit,
        year=int(warned.months[-1][:4]),
        source=months_says(warned, called, months),
        digest=digest,
    )
    return ReadInjury(injury, InjuryKind.EXPOSURE, months_told(warned, digest, named.unit))


def _months_file(actor: Actor, proceeding: Proceeding, digest: str) -> tuple[UUID, str]:
    file = flow_files_for(actor).filter(holder=proceeding.holder, sha256=digest).first()
    if file is None:
        raise InstrumentRefused(
            "digest: no file of flows that your organisation keeps has this SHA-256; keep the "
            "file first"
        )
    if file.layout != MONTHLY:
        raise InstrumentRefused(
            "digest: the file holds years, which tell what is at stake and not what was lost; take "
            "one of months, or another result"
        )
    return file.pk, file.name


def _episode(proceeding: Proceeding, named: MonthsNamed) -> Episode:
    letters = {each.code: each.alpha_3 for each in countries()}
    target, several = named.target.strip().upper(), len(proceeding.states) > 1
    if not target and several:
        raise InstrumentRefused(
            "target: the proceeding is about several states; name the one whose sales are asked"
        )
    target = target or proceeding.states[0]
    coercer = letters.get(proceeding.third_country, proceeding.third_country)
    _check_about(proceeding, {target}, coercer)
    return Episode(letters.get(target, target), coercer, named.since, named.products)


def figures_read(actor: Actor, injury: Injury) -> bool:
    """Tell whether the product read the amounts of an injury, and nobody typed them.

    Before results were read, amounts were typed beside fronts and files of flows.
    """
    if injury.kind == InjuryKind.OTHER:
        return document_of(actor, injury) is not None
    return injury.kind in READ_FROM and bool(injury.read)


def gone(actor: Actor, injury: Injury) -> str:
    """Say why the result that an injury was read from does not count any more; empty if it does."""
    if injury.kind not in READ_FROM or not injury.read:
        return ""
    if not _kept(actor, injury):
        return (
            "injury: the result that it was read from is not kept any more; attach it anew, or "
            "another"
        )
    paper, data = shipped_paper(), injury.read.get("table")
    if data == paper.name and injury.read["table_sha256"] != paper.sha256:
        return (
            f"injury: was worked out over {data}, and this copy holds another table; work it out "
            "anew and attach that"
        )
    return ""


def _kept(actor: Actor, injury: Injury) -> bool:
    if injury.kind == InjuryKind.EXPOSURE:
        files = flow_files_for(actor).filter(holder=injury.holder, sha256=injury.digest)
        return files.exists()
    return document_of(actor, injury) is not None


def _check_about(proceeding: Proceeding, target: Iterable[str], coercer: str) -> None:
    check_about(target, coercer, proceeding.third_country, proceeding.states,
                among=_members(proceeding.recorded_at.date(), proceeding.states))  # fmt: skip


def _members(on: date, states: Iterable[str]) -> frozenset[str]:
    """Give the states that are meant: of the Union, its members."""
    told = frozenset(states)
    return told | frozenset(council_figures(on).people) if UNION in told else told
