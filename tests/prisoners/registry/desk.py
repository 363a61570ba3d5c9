"""A desk with two organisations, people in every role, and lists to import, for tests."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.prisoners.registry.actions.imports import accept_import, propose_import, write_import
from undaunted.prisoners.registry.actions.lists import record_list

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from undaunted.core.accounts.models import User
    from undaunted.prisoners.registry.models import ImportBatch, SourceList

__all__ = ["AT", "MAPPING", "ROWS", "Desk", "bring_in", "make_desk", "make_list", "table"]

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)

MAPPING = """
id = "test-list"
version = 1
language = "en"

[format]
kind = "csv"

[keys]
columns = ["id"]

[constants]
"spell.country" = "XR"
"source.grade" = "B2"

[[columns]]
column = "name"
field = "person.name.full"

[[columns]]
column = "gender"
field = "person.gender"

[[columns]]
column = "born"
field = "person.birth"

[[columns]]
column = "arrested"
field = "spell.start"

[[columns]]
column = "released"
field = "spell.end"

[[columns]]
column = "law"
field = "spell.law_category"
split = ";"

[[columns]]
column = "url"
field = "source.url"

[[columns]]
column = "tier"
field = "tier"

[record_kind]
default = "detention"

[[record_kind.rules]]
column = "what"
equals = ["killed"]
kind = "death"
"""

HEADER = "id,name,gender,born,arrested,released,law,url,tier,what"
ROWS = (
    "1,Mirela Antova,female,1980-05-06,2020-01-10,,extremism;terrorism,https://example.org/1,B,held",
    "2,Игорь Сидоров,male,1975,2021-03,2023-04-05,false_news,https://example.org/2,B,held",
    "3,Pavel Dorn,male,,2019,,,,,held",
    "4,Ana Killed,female,1990,2022-02-02,,,,,killed",
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works there."""

    organisation: UUID
    other: UUID
    steward: User
    documenter: User
    reviewer: User
    second_reviewer: User
    publisher: User
    stranger: User
    both: User


def make_desk(owner_sql: Callable[..., object]) -> Desk:
    one, two = make_organisation(owner_sql), make_organisation(owner_sql)

    def person(*roles: Role, where: UUID = one) -> User:
        return make_user(owner_sql, {where: list(roles)})

    return Desk(
        organisation=one,
        other=two,
        steward=person(Role.STEWARD),
        documenter=person(Role.DOCUMENTER),
        reviewer=person(Role.REVIEWER),
        second_reviewer=person(Role.REVIEWER),
        publisher=person(Role.PUBLISHER),
        stranger=person(Role.STEWARD, where=two),
        both=make_user(owner_sql, {one: [Role.STEWARD], two: [Role.STEWARD]}),
    )


def make_list(desk: Desk, slug: str = "first") -> SourceList:
    with acting_as(desk.steward) as actor:
        return record_list(
            desk.organisation, actor=actor, at=AT, name=slug.title(), slug=slug, licence="CC0"
        )


def table(*rows: str, header: str = HEADER) -> io.BytesIO:
    return io.BytesIO("\n".join((header, *rows, "")).encode())


def bring_in(
    desk: Desk,
    source_list: SourceList,
    *rows: str,
    days: int = 0,
    mapping: str = MAPPING,
    header: str = HEADER,
) -> ImportBatch:
    """Propose, accept and write a file of `rows`."""
    at = AT + timedelta(days=days)
    with acting_as(desk.steward) as actor:
        batch = propose_import(
            source_list,
            actor=actor,
            at=at,
            file=table(*rows, header=header),
            file_name="list.csv",
            mapping_toml=mapping,
        )
        accept_import(batch, actor=actor, at=at)
    with acting_as(desk.steward) as actor:
        return write_import(batch, actor=actor, at=at)
