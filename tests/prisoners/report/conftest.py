"""Published cases of invented states, written once for all that is asked about one report."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import connections
from django.utils.translation import override

from tests.prisoners.registry.published_factory import Case, Source, Stay, publish, some_cases
from undaunted.core.access.rules import PUBLIC
from undaunted.core.editions.rules import Question
from undaunted.core.practices.rules import Aim, shipped_entries
from undaunted.prisoners.report.analysis.annual import gather_annual_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.plugin import DjangoDbBlocker

    from undaunted.config.postgres import Lease
    from undaunted.core.editions.rules import Document

KNOWN = datetime(2026, 11, 1, tzinfo=UTC)
AS_OF = date(2024, 12, 31)


@pytest.fixture(scope="module")
def world(
    database_server: Lease, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[..., list[tuple[Any, ...]]]]:
    """Give a database with nearly a hundred published cases; the owner empties it after."""
    assert database_server.owner_url is not None
    with django_db_blocker.unblock():
        try:
            with psycopg.connect(database_server.owner_url, autocommit=True) as connection:

                def run(statement: str, parameters: Any = None) -> list[tuple[Any, ...]]:
                    cursor = connection.execute(statement, parameters)
                    return cursor.fetchall() if cursor.description else []

                publish(run, *some_cases(80), *edges())
                civil_death(run)
                practices(run)
                yield run
                connections["public"].close()
                tables = run("SELECT relname FROM pg_class WHERE relname LIKE 'published\\_%'"
                             " AND relkind = 'r'")  # fmt: skip
                run(f"TRUNCATE {', '.join(name for (name,) in tables)}")
        finally:
            for alias in connections:
                connections[alias].close()


def edges() -> tuple[Case, ...]:
    """Give people who come and go on the days at which a year turns, and two real countries."""
    turns = (
        (date(2023, 12, 31), date(2024, 1, 1)),
        (date(2024, 1, 1), date(2024, 12, 31)),
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), None),
        (date(2024, 6, 1), date(2025, 1, 1)),
    )
    people = tuple(
        Case(f"XR-9000{at}", name=f"Turn {at}", stays=(Stay(start, end, release_type="exchange"),))
        for at, (start, end) in enumerate(turns)
    )
    long = Case(
        "XS-90010",
        name="Maximiliana" + "xandrovna" * 32,
        country="XS",
        lists=(),
        sources=(Source(publisher="Committeeofthesquare" * 9),),
    )
    late = Case("XZ-90011", country="XZ", lists=("late-list",), stays=(Stay(date(2024, 5, 5)),))
    return (*people, long, late)


def civil_death(run: Callable[..., Any]) -> None:
    """Take a passport from somebody in a known month, and freeze assets in a known year."""
    for kind, first, last in (
        ("passport_revocation", "2024-03-01", "2024-03-31"),
        ("asset_freeze", "2023-07-01", "2024-06-30"),
    ):
        run(
            'INSERT INTO published_spell (case_id, claim, category, type, start, "end",'
            " start_earliest, start_latest, country, admin1, laws, stage, sentence_kind,"
            " release_type, tier, in_stock) SELECT id, gen_random_uuid(), 'civil_death', %s, '',"
            " '', %s, %s, country, '', '{}', '', '', '', 'A', false FROM published_case"
            " WHERE reference = 'XR-90002'",
            [kind, first, last],
        )


def practices(run: Callable[..., Any], most: int = 1) -> None:
    """Make the first practices of each aim public, as acceptance does."""
    for aim in Aim:
        for entry in [each for each in shipped_entries() if each.aim is aim][:most]:
            run(
                "INSERT INTO published_practice (id, reference, aim, instrument, stages,"
                " conditions, language, title, number, content, accepted_at, reviewed_at)"
                " VALUES (gen_random_uuid(), %s, %s, %s, '{}', '{}', %s, %s, 1, %s, %s, %s)",
                [entry.reference, entry.aim, entry.instrument, entry.language, entry.title,
                 json.dumps(entry.as_data()), KNOWN, KNOWN],
            )  # fmt: skip


def asked(language: str = "en", country: str = "", as_of: date = AS_OF) -> Question:
    """Give the question of a report."""
    return Question(PUBLIC, as_of, KNOWN, language, {"country": country})


@pytest.fixture(scope="module")
def report(world: object) -> Document:
    """Give the English report of 2024."""
    with override("en"):
        return gather_annual_report(asked()).document
