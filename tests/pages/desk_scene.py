"""People of one organisation at the desk, and small invented lists of hypothetical states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.core.accounts.factories import make_organisation, make_user, signed_in_client
from undaunted.core.access.rules import Role

if TYPE_CHECKING:
    from uuid import UUID

    from django.test import Client

    from undaunted.core.accounts.models import User

__all__ = ["LIST", "MAPPING", "OTHER_LIST", "Desk", "open_desk"]

LIST = """id,name,born,held,country
1,Arna Velisk,1980-02-03,2021-08-09,XR
2,Tomas Irgen,1975,2020-31-02,XR
3,Lida Moress,1990-05-01,2022-03,XS
"""
OTHER_LIST = """id,name,born,held,country
77,Arna Velisk,1980-02-03,2021-08-09,XR
"""
MAPPING = """id = "small"
version = 1
title = "Small list"
language = "en"

[keys]
columns = ["id"]

[constants]
tier = "B"

[[columns]]
column = "name"
field = "person.name.full"

[[columns]]
column = "born"
field = "person.birth"

[[columns]]
column = "held"
field = "spell.start"

[[columns]]
column = "country"
field = "spell.country"
"""


@dataclass(frozen=True)
class Desk:
    """Two people who may do everything but decide on their own proposals, and a stranger."""

    organisation: UUID
    first: User
    second: User
    stranger: User

    def client(self, user: User) -> Client:
        """Sign somebody in."""
        return signed_in_client(user)


def open_desk(owner_sql: Any) -> Desk:
    """Make the organisation, its people and a stranger of another one."""
    ours, theirs = make_organisation(owner_sql, "Watch of XR"), make_organisation(owner_sql)
    every = [Role.DOCUMENTER, Role.REVIEWER, Role.PUBLISHER, Role.STEWARD]
    return Desk(
        organisation=ours,
        first=make_user(owner_sql, {ours: every}),
        second=make_user(owner_sql, {ours: every}),
        stranger=make_user(owner_sql, {theirs: every}),
    )
