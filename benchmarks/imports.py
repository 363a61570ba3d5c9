"""A list brought in: the preview of its rows, and writing them into the ledger with its audit."""

from __future__ import annotations

import csv
import secrets
import time
from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.people import invent
from undaunted.config import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

    from benchmarks.installation import Installation
    from undaunted.core.accounts.models import Organisation, User

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
    previews = [_preview(file, mapping) for _ in range(3)]
    written = _import(place, file, mapping)
    return {"rows": ROWS, "preview": ROWS / sorted(previews)[1], **written}


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


def _preview(file: Path, mapping: str) -> float:
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from undaunted.core.places.rules import find_country, suggest_countries  # noqa: PLC0415
    from undaunted.prisoners.registry.readers import open_preview, parse_mapping  # noqa: PLC0415

    begin = time.perf_counter()
    with open_preview(
        file, parse_mapping(mapping), today=timezone.localdate(),
        find_country=find_country, near_countries=suggest_countries,
    ) as preview:  # fmt: skip
        outcomes = Counter(row.outcome.value for row in preview)
    spent = time.perf_counter() - begin
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
    begin = time.perf_counter()
    with (
        acting_as(user) as actor,
        connection.execute_wrapper(clock.statement),
        clock.watching(imports, "search_form", "romanising names"),
        clock.watching(imports, "ledger_row", "shaping rows"),
    ):
        done = imports.write_import(batch, actor=actor, at=at)
        reading = time.perf_counter()
    spent = time.perf_counter() - begin
    clock.seconds["commit"] = begin + spent - reading
    clock.seconds["reading the file and the rest"] = spent - sum(clock.seconds.values())
    longest = sorted(clock.seconds.items(), key=lambda pair: -pair[1])[:9]
    return {
        "written": done.rows_written / spent,
        "where": {k: round(v, 2) for k, v in longest if v >= 0.01},
    }


class _Clock:
    """Adds up the seconds spent in statements, by table, and in watched functions."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def statement(self, execute: Callable[..., object], sql: str, *rest: object) -> object:
        """Run a statement and note its time under its table."""
        begin = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            self.seconds[_table(str(sql))] += time.perf_counter() - begin

    @contextmanager
    def watching(self, module: ModuleType, function: str, name: str) -> Iterator[None]:
        """Note the time of a function of `module` while the block runs."""
        original = getattr(module, function)

        def watched(*words: object) -> object:
            begin = time.perf_counter()
            try:
                return original(*words)
            finally:
                self.seconds[name] += time.perf_counter() - begin

        setattr(module, function, watched)
        try:
            yield
        finally:
            setattr(module, function, original)


def _table(statement: str) -> str:
    words = statement.replace('"', "").split()
    for mark in ("INTO", "UPDATE", "FROM"):
        if mark in words[:-1]:
            return f"SQL: {words[words.index(mark) + 1]}"
    return "SQL: other"
