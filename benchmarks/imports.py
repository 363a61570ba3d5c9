"""A list brought in: the preview of its rows, and writing them into the ledger with its audit."""

from __future__ import annotations

import csv
import secrets
import time
from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import psutil  # type: ignore[import-untyped]

from benchmarks.people import invent
from undaunted.config import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.db.backends.base.base import BaseDatabaseWrapper

    from benchmarks.installation import Installation
    from undaunted.core.accounts.models import Organisation, User
    from undaunted.prisoners.registry.actions.ledger_import import LedgerImport

__all__ = ["measure"]

ROWS = 50_000
MAPPING = """
id = "invented"
version = 1
title = "Invented list"
language = "en"
[format]
kind = "csv"
encoding = "utf-8"
[keys]
columns = ["ID"]
[dates]
order = "dmy"
[record_kind]
default = "detention"
[constants]
tier = "C"
"""
COLUMNS = {
    "Name": "person.name.full", "Native": "person.name.native", "Profession": "person.role",
    "Country": "spell.country", "Arrested": "spell.start", "Released": "spell.end",
    "Law": "spell.law", "Law group": "spell.law_category", "Link": "source.url",
}  # fmt: skip


def measure(place: Installation) -> dict[str, Any]:
    """Give rows a second of both steps, and the seconds that writing spends on what."""
    file = place.folder / "list.csv"
    _write_list(file)
    mapping = MAPPING + "".join(
        f'[[columns]]\ncolumn = "{column}"\nfield = "{field}"\n'
        for column, field in COLUMNS.items()
    )
    previews = sorted(_preview(file, mapping) for _ in range(5))
    written = _import(place, file, mapping)
    return {
        "rows": ROWS,
        "preview": ROWS / previews[2][0],
        "preview, processor": ROWS / previews[2][1],
        **written,
    }


def _write_list(file: Path) -> None:
    world = invent(ROWS, seed=3)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["ID", *COLUMNS])
        for at in range(ROWS):
            start = _date(int(world.start[at]))
            end = "" if world.end[at] < 0 else _date(int(world.end[at]))
            writer.writerow([
                f"R{at}", world.name(at, "Latn")[0], world.name(at, world.script[at])[0],
                world.roles[at][0], world.country[at], start, end, f"Article {at % 40}",
                world.law[at], f"https://example.org/case/{at}",
            ])  # fmt: skip


def _date(number: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=number)).strftime("%d.%m.%Y")


def _preview(file: Path, mapping: str) -> tuple[float, float]:
    """Give the seconds it took, and those of the processor alone."""
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from undaunted.core.places.rules import find_country, suggest_countries  # noqa: PLC0415
    from undaunted.prisoners.registry.readers import open_preview, parse_mapping  # noqa: PLC0415

    begin, used = time.perf_counter(), time.process_time()
    with open_preview(
        file, parse_mapping(mapping), today=timezone.localdate(),
        find_country=find_country, near_countries=suggest_countries,
    ) as preview:  # fmt: skip
        outcomes = Counter(row.outcome.value for row in preview)
    spent = time.perf_counter() - begin, time.process_time() - used
    assert outcomes["ok"] + outcomes["flagged"] == ROWS, outcomes
    return spent


def _steward(place: Installation) -> tuple[User, Organisation]:
    """Give a steward of a new organisation, enrolled as the owner."""
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from undaunted.core.accounts.models import (  # noqa: PLC0415
        Membership,
        Organisation,
        User,
    )

    with schema.acting_as_owner(place.owner_url):
        run = secrets.token_hex(4)
        organisation = Organisation.objects.create(name=f"Keepers of the list {run}")
        user = User.objects.create_user(f"keeper-{run}", "invented passphrase of a benchmark")
        Membership.objects.create(
            user=user, organisation=organisation, role="steward", since=timezone.now()
        )
    return user, organisation


def _import(place: Installation, file: Path, mapping: str) -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415 - needs the settings
    from django.utils import timezone  # noqa: PLC0415

    from undaunted.core.accounts.actions import acting_as  # noqa: PLC0415
    from undaunted.prisoners.registry.actions import imports  # noqa: PLC0415
    from undaunted.prisoners.registry.actions.ledger_import import LedgerImport  # noqa: PLC0415
    from undaunted.prisoners.registry.actions.lists import record_list  # noqa: PLC0415

    user, organisation = _steward(place)
    at, slug = timezone.now(), f"long-{secrets.token_hex(4)}"
    with acting_as(user) as actor:
        source_list = record_list(organisation.pk, actor=actor, at=at, name="Long", slug=slug)
        with file.open("rb") as stream:
            batch = imports.propose_import(
                source_list, actor=actor, at=at, file=stream, file_name="list.csv",
                mapping_toml=mapping,
            )  # fmt: skip
        imports.accept_import(batch, actor=actor, at=at)
    clock = _Clock()
    begin, used = time.perf_counter(), time.process_time()
    with acting_as(user) as actor, clock.watching(connection, LedgerImport):
        server = psutil.Process(connection.connection.info.backend_pid)
        served = sum(server.cpu_times()[:2])
        done = imports.write_import(batch, actor=actor, at=at)
        written, served = time.perf_counter(), sum(server.cpu_times()[:2]) - served
    spent = time.perf_counter() - begin
    used = time.process_time() - used
    clock.seconds["commit"] = begin + spent - written
    clock.seconds["waiting for rows read beside, and the rest"] = spent - sum(
        clock.seconds.values()
    )
    longest = sorted(clock.seconds.items(), key=lambda pair: -pair[1])[:9]
    return {
        "written": done.rows_written / spent,
        "processor": {"Python": used, "server": served},
        "where": {k: round(v, 2) for k, v in longest if v >= 0.01},
    }


class _Clock:
    """Adds up the seconds spent in statements, by table, and in preparing them."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def _statement(self, execute: Callable[..., object], sql: str, *rest: object) -> object:
        begin = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            self.seconds[_table(str(sql))] += time.perf_counter() - begin

    @contextmanager
    def watching(
        self, connection: BaseDatabaseWrapper, writer: type[LedgerImport]
    ) -> Iterator[None]:
        """Note the time of statements, and of the writer outside them, while the block runs."""
        original = writer.write

        def watched(*words: Any) -> None:  # noqa: ANN401 - as the writer takes them
            begin, before = time.perf_counter(), sum(self.seconds.values())
            original(*words)
            spent = time.perf_counter() - begin
            self.seconds["preparing statements"] += spent
            self.seconds["preparing statements"] -= sum(self.seconds.values()) - spent - before

        with connection.execute_wrapper(self._statement):
            writer.write = watched  # type: ignore[method-assign, assignment]
            try:
                yield
            finally:
                writer.write = original  # type: ignore[method-assign]


def _table(statement: str) -> str:
    words = statement.replace('"', "").split()
    for mark in ("INTO", "UPDATE", "FROM"):
        if mark in words[:-1]:
            return f"SQL: {words[words.index(mark) + 1]}"
    return "SQL: other"
