"""People of one organisation at the desk, and small invented lists of hypothetical states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user, signed_in_client
from undaunted.core.access.rules import Role

if TYPE_CHECKING:
    from uuid import UUID

    from django.test import Client

    from undaunted.core.accounts.models import User

__all__ = ["LIST", "MAPPING", "OTHER_LIST", "Desk", "furnish", "open_desk"]

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
"source.grade" = "B2"

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


def furnish(desk: Desk) -> str:
    """Fill a case with one of everything that its page can show; gives its address."""
    client, today = desk.client(desk.first), timezone.now().date()
    source = {
        "source-kind": "court_paper",
        "source-publisher": "Court of XR",
        "source-title": "Verdict",
        "source-url": "https://court.example/361",
        "source-reliability": "A",
        "source-credibility": "2",
    }
    person = {"text": "Mirel Ostovar", "kind": "full", "language": "en", "country": "XR"}
    person |= {"text_2": "ميرل أستوار", "kind_2": "native", "language_2": "ar", "kind_3": "full"}
    person |= {"holder": str(desk.organisation), "sharing": "organisation", "birth": "198X"}
    case = client.post("/desk/cases/new/", person | source).headers["Location"]
    for spell in (
        {"type": "police_custody", "start": "2019-05", "end": "2019-06-02"},
        {"type": "house_arrest", "start": "2019-05-20", "end": "2020"},
        {"type": "imprisonment", "start": "2023-02~"},
    ):
        client.post(f"{case}spells/new/", {"country": "XR", "tier": "B"} | spell | source)
    page = client.get(case).content.decode()
    claim = page.partition(f"{case}spells/")[2][4:].partition(f"{case}spells/")[2].partition("/")[0]
    charge = {"type": "charge_brought", "law": "Criminal Code, article 361", "tier": "B"}
    charge |= {"law_category": "extremism", "start": "2019-05-03"}
    client.post(f"{case}spells/{claim}/charges/new/", charge | source)
    ban = {"type": "exit_ban", "start": "2021", "country": "XR", "tier": "C"}
    client.post(f"{case}civil-death/new/", ban | source)
    file = SimpleUploadedFile("verdict.pdf", b"%PDF-1.7 verdict", "application/pdf")
    client.post(f"{case}sources/new/", source | {"part": "birth", "source-document": file})
    agreed = {"purpose": ["registry"], "audience": "public", "level": "name", "basis": "self"}
    agreed |= {"field_groups": ["identity", "biography", "detention"], "how": "signed form"}
    agreed |= {"given_on": str(today), "until": str(today + timedelta(days=365))}
    client.post(f"{case}consent/new/", agreed)
    form = client.get(f"{case}assess/pace-1900/").context["form"]
    values = {field.html_name: "unclear" for field, _why, _public in form.rows()}
    client.post(f"{case}assess/pace-1900/", values)
    second = desk.client(desk.second)
    shown = second.get(case).content.decode()
    dissent = shown.partition("/dissent/")[2].partition("/")[0]
    second.post(f"{case}dissent/{dissent}/", {"text": "The facts are clear to me."})
    client.post(f"{case}status/pace-1900/", {"status": "candidate", "reason": "Opened."})
    client.post(f"{case}publication/", {})
    return str(case)
