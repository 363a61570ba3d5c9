"""An office that writes memos: invented people, consents to be in memos, a practice, texts."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import docx
import pikepdf

from tests.prisoners.registry.casework import (
    agree,
    person_with_spell,
    published,
    recognised,
    sources,
)
from tests.prisoners.registry.desk import AT, Desk, make_desk
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.consent.actions import record_consent
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Audience,
    AudienceKind,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
)
from undaunted.core.events.rules import ActFamily
from undaunted.prisoners.memo.actions import MemoWanted, accept_text, build_memo, write_text
from undaunted.prisoners.memo.rules import TextKind, Variant
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.prisoners.registry.actions.records import record_act, record_spell

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.accounts.models import User
    from undaunted.core.actors.models import Party
    from undaunted.core.consent.models import Grant
    from undaunted.prisoners.memo.models import Memo, MemoText

__all__ = [
    "AS_OF",
    "AT",
    "GROUPS",
    "MEETING",
    "Office",
    "agree_to_memos",
    "built",
    "contents",
    "hold",
    "open_office",
    "page_count",
    "pdf_text",
    "said",
    "word_part",
    "word_text",
    "words_outside",
]

_DOCUMENTERS: dict[UUID, User] = {}
AS_OF = date(2026, 6, 30)
MEETING = date(2026, 12, 2)
GROUPS = (FieldGroup.IDENTITY, FieldGroup.BIOGRAPHY, FieldGroup.DETENTION)


@dataclass(frozen=True, slots=True)
class Office:
    """A desk, and one published person who agreed to be named in memos to everybody."""

    desk: Desk
    party: Party
    grant: Grant


def open_office(owner_sql: Any) -> Office:
    """Make a desk with somebody published who agreed to public memos."""
    desk = make_desk(owner_sql)
    _DOCUMENTERS[desk.organisation] = desk.documenter
    party, _spell = person_with_spell(desk)
    agree(desk, party)
    grant = agree_to_memos(desk, party)
    recognised(desk, party)
    published(desk, party)
    return Office(desk, party, grant)


def agree_to_memos(  # noqa: PLR0913 - the dimensions of consent
    desk: Desk,
    party: Party,
    audience: Audience = PUBLIC_AUDIENCE,
    *,
    level: IdentityLevel = IdentityLevel.NAME,
    purpose: Purpose = Purpose.MEMO,
    groups: tuple[FieldGroup, ...] = GROUPS,
    at: Any = AT,
) -> Grant:
    """Record that somebody agreed to be in memos for this audience; to a government, themself."""
    official = audience.kind is AudienceKind.GOVERNMENT
    with acting_as(desk.documenter) as actor:
        return record_consent(
            party.pk,
            actor=actor,
            at=at,
            holder=desk.organisation,
            purpose=purpose,
            audience=audience,
            level=level,
            field_groups=groups,
            basis=Basis.SELF if official else Basis.FAMILY_PROXY,
            relation="" if official else "sibling",
            how="call",
            given_on=date(2026, 10, 1),
            until=date(2030, 1, 1),
        )


def hold(desk: Desk, name: str, *, since: str = "2025-02", country: str = "XR") -> Party:
    """Record somebody else who is held, with a visa ban beside."""
    with acting_as(desk.documenter) as actor:
        party = record_person(
            desk.organisation, [(name, "full", "en")], actor=actor, at=AT, country=country,
            roles=["journalist"],
        )  # fmt: skip
        record_spell(
            party, "imprisonment", PartialDate.parse(since), actor=actor, at=AT,
            sources=sources(desk, actor), tier="B", country=country,
        )  # fmt: skip
        record_act(
            party, ActFamily.CIVIL_DEATH, "visa_ban", actor=actor, at=AT,
            sources=sources(desk, actor), start=PartialDate.parse("2025-06"), tier="B",
            country=country,
        )  # fmt: skip
    return party


def said(  # noqa: PLR0913 - what, about whom, how far
    desk: Desk,
    kind: TextKind,
    body: str,
    *,
    subject: UUID | None = None,
    accept: bool = False,
    at: Any = AT,
) -> MemoText:
    """Let the documenter write a text about Ruritania, and the publisher accept it."""
    with acting_as(desk.documenter) as actor:
        text = write_text(
            desk.organisation, kind, body, of_country="XR", language="en", subject=subject,
            actor=actor, at=at,
        )  # fmt: skip
    if accept:
        with acting_as(desk.publisher) as actor:
            return accept_text(text, actor=actor, at=at)
    return text


def built(office: Office, variant: Variant = Variant.PUBLIC, **more: Any) -> Memo:
    """Build a memo about Ruritania as the documenter."""
    told: dict[str, Any] = {
        "country": "XR",
        "counterpart": "Minister of Foreign Affairs",
        "meets_on": MEETING,
        "as_of": AS_OF,
        "variant": variant,
    }
    wanted = MemoWanted(**(told | more))
    with acting_as(office.desk.documenter) as actor:
        return build_memo(wanted, office.desk.organisation, actor=actor, at=AT)


def contents(memo: Memo) -> dict[str, bytes]:
    """Give the files of a memo by their ending, read by whoever acts or else the documenter."""
    if found := _files(memo):
        return found
    with acting_as(_DOCUMENTERS[memo.holder]):
        return _files(memo)


def _files(memo: Memo) -> dict[str, bytes]:
    return {file.name.rpartition(".")[2]: bytes(file.content or b"") for file in memo.files.all()}


def pdf_text(memo: Memo) -> str:
    """Give the words of the PDF."""
    told = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=contents(memo)["pdf"], check=True,
        capture_output=True,
    )  # fmt: skip
    return " ".join(told.stdout.decode().split())


def words_outside(memo: Memo) -> list[str]:
    """Give the words of the PDF that run over the edge of the paper."""
    told = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=contents(memo)["pdf"], check=True,
        capture_output=True,
    )  # fmt: skip
    words = re.findall(r'xMin="([-0-9.]+)" yMin="[-0-9.]+" xMax="([-0-9.]+)".*?>(.*?)</word>',
                       told.stdout.decode())  # fmt: skip
    return [word for left, right, word in words if float(left) < 30 or float(right) > 566]


def page_count(memo: Memo) -> int:
    """Count the pages of the PDF."""
    with pikepdf.open(io.BytesIO(contents(memo)["pdf"])) as opened:
        return len(opened.pages)


def word_text(memo: Memo) -> str:
    """Give the words of the Word file, its grids last."""
    made = docx.Document(io.BytesIO(contents(memo)["docx"]))
    cells = (cell.text for grid in made.tables for row in grid.rows for cell in row.cells)
    return "\n".join([*(each.text for each in made.paragraphs), *cells])


def word_part(memo: Memo, name: str) -> str:
    """Give a part of the Word file as it is written."""
    with zipfile.ZipFile(io.BytesIO(contents(memo)["docx"])) as held:
        return held.read(f"word/{name}.xml").decode()
