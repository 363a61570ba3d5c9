"""The matrix and the times to align as programs and spreadsheets take them: CSV and JSON."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.evidence.rules import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.repression.sanctions.rules import (
        Aligned,
        Cell,
        Lag,
        Line,
        ListSpoken,
        MatrixAsked,
        Timing,
    )

__all__ = [
    "ALIGN_COLUMNS",
    "COLUMNS",
    "MOST_IN_FILE",
    "aligned_told",
    "alignment_csv",
    "as_json",
    "asked_told",
    "cell_as_data",
    "lists_told",
    "matrix_csv",
    "timing_told",
]

MOST_IN_FILE: Final = 5_000
"""Rows of a file on a page; the command writes all."""
_QUOTE: Final = '"'
_TWICE: Final = _QUOTE * 2
_QUOTED: Final = re.compile(r'[",\r\n]').search
COLUMNS = (
    "party", "name", "kind", "countries", "jurisdiction", "state", "sure_gap", "list", "entry",
    "entry_name", "entry_state", "alone", "kept", "tie", "alike", "since", "until", "programmes",
    "authorities", "shared_authorities", "measures", "measures_implied", "version", "version_day",
    "version_loaded", "footing", "on", "known",
)  # fmt: skip
ALIGN_COLUMNS = (
    "party", "name", "jurisdiction", "followed", "designated_from", "designated_to", "first_from",
    "first_to", "days_least", "days_most", "authority", "measure", "version", "version_day",
    "version_loaded", "footing", "on", "known",
)  # fmt: skip


def matrix_csv(rows: Iterable[Any], asked: MatrixAsked) -> Iterator[str]:
    """Give one row for each party, jurisdiction and entry; none of an entry where there is none."""
    yield _written(COLUMNS)
    days = (asked.on.isoformat(), asked.known.isoformat() if asked.known else "")
    for row in rows:
        told = (row.party, row.name, row.kind, " ".join(row.countries))
        party = tuple(harmless(each) for each in told)
        for cell in row.cells:
            of_cell = (cell.jurisdiction, cell.state.value, "yes" if cell.sure_gap else "no")
            for line in cell.lines or (None,):
                lists = tuple(e for e in cell.lists if line is None or e.source == line.source)
                yield _written((*party, *of_cell, *_line(line), *_versions(lists), *days))


def alignment_csv(
    parties: Iterable[Any], asked: MatrixAsked, lists: Iterable[ListSpoken]
) -> Iterator[str]:
    """Give one row for each party and jurisdiction; open ends are empty.

    `lists` are those that speak: each row tells the versions of those of its jurisdiction.
    """
    yield _written(ALIGN_COLUMNS)
    held = tuple(lists)
    places = dict.fromkeys(each.jurisdiction for each in held)
    versions = {p: _versions(tuple(e for e in held if e.jurisdiction == p)) for p in places}
    about = (harmless(asked.authority), asked.measure.value if asked.measure else "")
    days = (asked.on.isoformat(), _day(asked.known))
    for each in parties:
        told: Aligned = each.told
        first = (_day(told.first.first), _day(told.first.last))
        for code, lag in told.lags.items():
            span = told.spans.get(code)
            own = (_day(span.first), _day(span.last)) if span else ("", "")
            least, most = _ends(lag)
            yield _written(
                (
                    harmless(each.party),
                    harmless(each.name),
                    code,
                    lag.followed.value,
                    *own,
                    *first,
                    least,
                    most,
                    *about,
                    *versions[code],
                    *days,
                )
            )


def cell_as_data(cell: Cell) -> dict[str, Any]:
    """Give a cell for programs, with each entry and the versions that say so."""
    return {
        "jurisdiction": cell.jurisdiction,
        "state": cell.state.value,
        "sure_gap": cell.sure_gap,
        "alone": cell.alone,
        "then": cell.then.footing.value if cell.then else "",
        "since": cell.since,
        "entries": [
            {
                "list": each.source,
                "key": each.key,
                "name": each.name,
                "state": each.state.value,
                "alone": each.alone,
                "kept": each.kept,
                "tie": each.tie.value,
                "alike": each.score,
                "reasons": [dict(reason) for reason in each.reasons],
                "since": each.since,
                "until": each.until,
                "programmes": list(each.programmes),
                "authorities": list(each.authorities),
                "shared_authorities": list(each.shared),
                "measures": list(each.measures),
                "measures_implied": list(each.implied),
            }
            for each in cell.lines
        ],
    }


def lists_told(lists: Iterable[ListSpoken]) -> list[dict[str, Any]]:
    """Give which version of each list speaks, and how far its silence counts."""
    return [
        {
            "list": each.source,
            "jurisdiction": each.jurisdiction,
            "version": each.version.number if each.version else None,
            "day": _day(each.version.day) if each.version else "",
            "day_given": bool(each.version and each.version.given),
            "loaded": _day(each.version.loaded) if each.version else "",
            "footing": each.footing.value,
            "compared": not each.waits,
            "turned": each.turned,
            "holds_measure": each.holds,
        }
        for each in lists
    ]


def asked_told(asked: MatrixAsked) -> dict[str, Any]:
    """Give the question back, for programs."""
    return {
        "on": asked.on.isoformat(),
        "known": _day(asked.known),
        "jurisdictions": list(asked.jurisdictions),
        "country": asked.country,
        "programme": asked.programme,
        "authority": asked.authority,
        "measure": asked.measure.value if asked.measure else "",
        "kind": asked.kind.value if asked.kind else "",
        "words": asked.words,
        "listed_by": list(asked.listed_by),
        "not_by": list(asked.not_by),
        "sure": asked.sure,
    }


def aligned_told(told: Aligned) -> dict[str, Any]:
    """Give the days of one party for programs; an open end is null."""
    return {
        "first": {"from": _day(told.first.first), "to": _day(told.first.last)},
        "leaders": list(told.leaders),
        "jurisdictions": {
            code: {
                "followed": lag.followed.value,
                "days_least": lag.least,
                "days_most": lag.most,
                "designated": _span(told, code),
            }
            for code, lag in told.lags.items()
        },
    }


def timing_told(timing: Timing) -> dict[str, Any]:
    """Give the times of one jurisdiction for programs."""
    names = ("jurisdiction", "first", "first_known", "known", "bounded", "not_yet", "unknown",
             "median", "least", "most")  # fmt: skip
    return {name: getattr(timing, name) for name in names}


def _line(line: Line | None) -> tuple[str, ...]:
    if line is None:
        return ("",) * 15
    return (
        line.source,
        harmless(line.key),
        harmless(line.name),
        line.state.value,
        "yes" if line.alone else "no",
        "yes" if line.kept else "no",
        line.tie.value,
        "" if line.score is None else f"{line.score:.3f}",
        line.since,
        line.until,
        _programmes(line.programmes),
        "; ".join(line.authorities),
        "; ".join(line.shared),
        "; ".join(line.measures),
        "; ".join(line.implied),
    )


@lru_cache(maxsize=4096)
def _programmes(codes: tuple[str, ...]) -> str:
    return harmless("; ".join(codes))


@lru_cache(maxsize=1024)
def _versions(lists: tuple[ListSpoken, ...]) -> tuple[str, ...]:
    held = [each.version for each in lists if each.version]
    return (
        "; ".join(f"{each.source} {each.number}" for each in held),
        "; ".join(_day(each.day) for each in held),
        "; ".join(_day(each.loaded) for each in held),
        "; ".join(each.footing.value for each in lists),
    )


def _span(told: Aligned, code: str) -> dict[str, str] | None:
    span = told.spans.get(code)
    return {"from": _day(span.first), "to": _day(span.last)} if span else None


def _ends(lag: Lag) -> tuple[str, str]:
    return tuple("" if each is None else str(each) for each in (lag.least, lag.most))  # type: ignore[return-value]


def _day(day: Any) -> str:  # noqa: ANN401 - a day or none
    return day.isoformat() if day else ""


def _written(cells: Iterable[str]) -> str:
    """Write a row; whoever gives a cell that an issuer wrote makes it harmless first."""
    return ",".join(f'"{e.replace(_QUOTE, _TWICE)}"' if _QUOTED(e) else e for e in cells) + "\n"


def as_json(data: object) -> str:
    """Write plain values as JSON that a person can read."""
    return json.dumps(data, ensure_ascii=False, indent=1)
