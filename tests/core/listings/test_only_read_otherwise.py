"""What a later program reads otherwise is told apart from what an issuer amended."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from typer.testing import CliRunner

from tests.core.listings.factories import loaded, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.commands import commands
from undaunted.core.listings.queries import changes_between, version_for
from undaunted.core.listings.rules import (
    Birth,
    Changed,
    Entry,
    Imposed,
    Kind,
    ListChange,
    Measure,
    Name,
    Quality,
)

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = Entry(
    "1",
    Kind.PERSON,
    (Name("Viktor NORNA a.k.a. Viktar NARNA"), Name("V. N.", Quality.ALIAS)),
    births=(Birth("", text="24.6.1402 (Hijri Calendar)"), Birth("1961", text="1961")),
    measures=(Imposed(Measure.OTHER, "Travel prohibition"),),
    reasons="Beat prisoners.",
)
HIJRI = "24.6.1402 (Hijri Calendar)"
PART = Name("Viktar NARNA", Quality.ALIAS)


def _told(after: Entry) -> str:
    return Changed(ListChange.AMENDED, ENTRY.key, ENTRY, after).told


@pytest.mark.parametrize(
    "after",
    [
        replace(ENTRY, births=(Birth("1982-04", text=HIJRI), ENTRY.births[1])),
        replace(ENTRY, births=(ENTRY.births[1], Birth("1982-04", text=HIJRI[:-1]))),
        replace(ENTRY, names=(*ENTRY.names, PART)),
        replace(ENTRY, measures=(Imposed(Measure.ENTRY_BAN, "Travel prohibition"),)),
    ],
    ids=["birth", "births in another order", "names parted", "measure"],
)  # fmt: skip
def test_the_same_words_read_otherwise_are_no_amendment(after: Entry) -> None:
    assert _told(after) == "reread"


@pytest.mark.parametrize(
    "after",
    [
        replace(ENTRY, births=(Birth("1982-04", text="April 1982"), ENTRY.births[1])),
        replace(ENTRY, births=ENTRY.births[1:]),
        replace(ENTRY, names=(*ENTRY.names, Name("Bohdan VARGA", Quality.ALIAS))),
        replace(ENTRY, names=(Name("Viktor NORNA"), *ENTRY.names[1:])),
        replace(ENTRY, names=ENTRY.names[:1]),
        replace(ENTRY, measures=(Imposed(Measure.ENTRY_BAN, "Entry prohibition"),)),
        replace(ENTRY, measures=(Imposed(Measure.ENTRY_BAN),)),
        replace(ENTRY, reasons="Beat prisoners again."),
        replace(ENTRY, names=(*ENTRY.names, PART), reasons="Beat prisoners again."),
        replace(ENTRY, births=(Birth("1982-04", "Karsk", text=HIJRI), ENTRY.births[1])),
        replace(ENTRY, births=(ENTRY.births[0], Birth("1961", country="XR", text="1961"))),
        replace(ENTRY, names=(*ENTRY.names, Name("NORNA", Quality.ALIAS))),
        replace(ENTRY, names=(*ENTRY.names, replace(PART, quality=Quality.PRIMARY))),
    ],
)
def test_other_words_are_an_amendment(after: Entry) -> None:
    assert _told(after) == ListChange.AMENDED


def test_part_of_a_name_that_no_sign_parts_is_an_amendment() -> None:
    plain = replace(ENTRY, names=(Name("Viktor Viktar NARNA"),))
    more = replace(plain, names=(*plain.names, PART))
    assert not Changed(ListChange.AMENDED, plain.key, plain, more).reread


def test_part_of_a_cell_that_came_or_went_without_a_sign_for_it_is_an_amendment() -> None:
    """Parentheses part nothing, and what a later program would add nobody takes away."""
    firm = replace(ENTRY, kind=Kind.BODY, names=(Name("Private firm Norna (PMC Norna Group)"),))
    more = replace(firm, names=(*firm.names, Name("Norna", Quality.ALIAS)))
    parted = replace(ENTRY, names=(*ENTRY.names, PART))
    for before, after in ((firm, more), (more, firm), (parted, ENTRY)):
        assert not Changed(ListChange.AMENDED, before.key, before, after).reread


@pytest.mark.usefixtures("ledger")
def test_page_program_and_terminal_tell_it(owner_sql: Any, tmp_path: Path) -> None:
    office = make_office(owner_sql)
    for day in ("", "1982-04"):
        after = replace(ENTRY, births=(Birth(day, text="24.6.1402 (Hijri)"),))
        file = tmp_path / "xf-invented.jsonl"
        rows = [{"published": "2026-05-01", "entries": 1}, after.as_data()]
        file.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
        loaded(office, "xf-invented", file)
    one, two = (version_for(PUBLIC, "xf-invented", number) for number in (1, 2))
    assert one is not None
    assert two is not None
    (found,) = changes_between(PUBLIC, one, two)
    assert (found.change, found.reread, found.fields) == (ListChange.AMENDED, True, ("births",))
    page = Client().get("/lists/xf-invented/changes/?before=1&after=2").content.decode()
    assert "only read otherwise, by a later program" in page
    told = Client().get("/api/v1/lists/xf-invented/changes?before=1&after=2").json()
    assert [(each["change"], each["reread"]) for each in told["changes"]] == [("amended", True)]
    said = CliRunner().invoke(commands, ["diff", "xf-invented", "1", "2"])
    assert "only read otherwise, by a later program 1" in said.output
