"""The annual report and memos of a kept ledger: gathered, set, drawn, each with its seconds."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pikepdf

from benchmarks.machine import memory_used
from benchmarks.setting import set_apart

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.core.editions.rules import Document

__all__ = ["EPOCH", "YEAR", "Measured", "measure"]

YEAR, PAGES, ROUNDS = 2025, 150, 3
EPOCH = date(1970, 1, 1)


@dataclass
class Measured:
    """Seconds and megabytes, the document that was set, and the stock that it tells."""

    data: list[float] = field(default_factory=list)
    data_memory: float = 0.0
    parts: dict[str, float] = field(default_factory=dict)
    pages: int = 0
    pdf: float = 0.0
    long_pages: int = 0
    long_pdf: float = 0.0
    memory: float = 0.0
    memos: dict[str, float] = field(default_factory=dict)
    stock: dict[str, dict[str, int]] = field(default_factory=dict)
    medians: dict[str, int | None] = field(default_factory=dict)


def measure() -> tuple[Measured, Document]:
    """Gather, write, and draw memos; give the figures and the long document."""
    from undaunted.core.access.rules import PUBLIC  # noqa: PLC0415 - needs the settings
    from undaunted.prisoners.report.analysis.figures import gather_figures  # noqa: PLC0415

    known, told = datetime.now(UTC), Measured()
    for _ in range(ROUNDS):
        spent, found = _timed(lambda: gather_figures(PUBLIC, year=YEAR, known_at=known, where="*"))
        told.data.append(spent)
    told.data_memory = memory_used()
    told.stock = {
        str((date(year, 12, 31) - EPOCH).days): {
            code: found.held(code, year).persons for code in found.codes
        }
        for year in found.years
    }
    told.medians = {code: found.lengths[code].longest.median for code in found.codes}
    report = _gathered(YEAR, known)
    document = _long(report, known)
    short, long = set_apart(report), set_apart(document)
    told.pages, told.pdf = short["pages"], short["seconds"]
    told.long_pages, told.long_pdf = long["pages"], long["seconds"]
    told.memory = long["memory"]
    told.parts = _parts(known)
    told.memos = _memos(known)
    return told, document


def _parts(known: datetime) -> dict[str, float]:
    """Give the seconds of each question that the report asks of the registry."""
    from undaunted.core.access.rules import PUBLIC  # noqa: PLC0415 - needs the settings
    from undaunted.prisoners.registry.queries.acts import acts_begun  # noqa: PLC0415 - as above
    from undaunted.prisoners.registry.queries.held_lengths import (  # noqa: PLC0415 - as above
        ages_held,
        days_held,
    )
    from undaunted.prisoners.registry.queries.year_crossings import crossings  # noqa: PLC0415
    from undaunted.prisoners.registry.queries.years import (  # noqa: PLC0415 - as above
        held_by_part,
        held_yearly,
        lists_by_year,
    )

    since, until = date(YEAR - 1, 12, 31), date(YEAR, 12, 31)
    years = range(YEAR - 30, YEAR + 1)
    calls: dict[str, Callable[[], object]] = {
        "stock of each year": lambda: held_yearly(PUBLIC, years=years, known_at=known),
        "lists of each country": lambda: lists_by_year(PUBLIC),
        "stock by gender, role, law, list": lambda: held_by_part(PUBLIC, year=YEAR, known_at=known),
        "who came and who left": lambda: crossings(
            PUBLIC, since=since, until=until, known_at=known
        ),
        "tactics": lambda: acts_begun(PUBLIC, since=since, until=until, known_at=known),
        "days held": lambda: days_held(PUBLIC, as_of=until, known_at=known),
        "years of birth": lambda: ages_held(
            PUBLIC, as_of=until, known_at=known, standard="pace-1900"
        ),
    }
    return {name: _timed(call)[0] for name, call in calls.items()}


def _gathered(year: int, known: datetime) -> Document:
    from undaunted.core.access.rules import PUBLIC  # noqa: PLC0415 - needs the settings
    from undaunted.core.editions.rules import Question  # noqa: PLC0415 - as above
    from undaunted.prisoners.report.analysis import ANNUAL_REPORT  # noqa: PLC0415 - as above

    asked = Question(PUBLIC, date(year, 12, 31), known, "en", {"country": ""})
    return ANNUAL_REPORT.gather(asked).document


def _long(report: Document, known: datetime) -> Document:
    """Join the reports of as many years as it takes to fill the pages."""
    from benchmarks.long_report import joined  # noqa: PLC0415 - needs the settings

    reports = {YEAR: report}
    while (pages := _pages(joined(reports))) < PAGES:
        need = -(-PAGES * len(reports) // pages) - len(reports)
        for year in range(min(reports) - max(need, 1), min(reports)):
            reports[year] = _gathered(year, known)
    return joined(reports)


def _pages(document: Document) -> int:
    from undaunted.core.editions.writers.charts import drawings  # noqa: PLC0415 - needs the settings
    from undaunted.core.editions.writers.pdf import write_pdf  # noqa: PLC0415 - as above

    printed = write_pdf(document, drawings(document), moment=0)
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        return len(pdf.pages)


def _memos(known: datetime) -> dict[str, float]:
    """Give the seconds from the request to both files, of a country and of the world."""
    from undaunted.core.access.rules import PUBLIC  # noqa: PLC0415 - needs the settings
    from undaunted.prisoners.memo.actions import MemoWanted, draw_open_memo  # noqa: PLC0415

    day = date(2026, 5, 31)
    wanted = {
        code: MemoWanted(code, "Ministry of foreign affairs", day, day) for code in ("XR", "XF")
    }
    wanted["the world"] = MemoWanted(as_of=day)
    return {
        place: _timed(partial(draw_open_memo, asked, actor=PUBLIC, at=known))[0]
        for place, asked in wanted.items()
    }


def _timed(call: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    found = call()
    return time.perf_counter() - begin, found
