"""The edition of a plan with a file of stakes: what of it is frozen, and what never is."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.core.accounts.factories import signed_in_client
from tests.core.matching.factories import XF
from tests.core.workbooks.books import saved
from tests.repression.sanctions.factories import listing, make_office
from tests.repression.sanctions.plan_scene import ENTRIES, KNOWN, ON, STAKES, STRANGE
from undaunted.core.access.rules import PUBLIC
from undaunted.core.editions.actions import edition_kinds
from undaunted.core.editions.rules import (
    ParameterRefused,
    Question,
    brought_for,
    chosen_parameters,
    encoded,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.listings.factories import Office

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def office(ledger: None, owner_sql: Any, tmp_path: Path) -> Office:
    office = make_office(owner_sql)
    listing(office, XF, tmp_path, ENTRIES, day="2026-05-20")
    return office


@pytest.mark.usefixtures("office")
def test_edition_keeps_companies_that_listed_people_surely_control_and_no_private_name(
    tmp_path: Path,
) -> None:
    (kind,) = (each for each in edition_kinds() if each.name == "sanctions-plan")
    assert kind.file is not None
    rows = STAKES + "xf-invented:F2,Prunkhold,80 %,,Letter of Somebody\n"
    book = saved(tmp_path / "given.xlsx", Stakes=[r.split(",") for r in rows.splitlines()])
    chosen = chosen_parameters(kind, {"state": "XF"})
    for name, content in (("Jana Privat.csv", rows.encode()), (book.name, book.read_bytes())):
        brought = brought_for(kind, (name, content))
        asked = Question(PUBLIC, ON, KNOWN, "en", chosen, brought=brought)
        document = kind.gather(asked).document
        told = encoded(document).decode()
        for text in ("Karsk Holding", "Karsk Cement", "Viktor Strovik", "xf-invented:F1",
                     "Register of Zubrowka, row 3", "each with its row and source"):  # fmt: skip
            assert text in told, text
        for text in ("Somebody", "Varga Trading", "Half Works", "Else Works", "Jana Privat",
                     "Prunkhold", "Brandl"):  # fmt: skip
            assert text not in told, text
    with pytest.raises(ParameterRefused, match=r"file: stakes[.]csv: row 3: share"):
        brought_for(kind, ("s.csv", rows.replace("51 %", "510 %").encode()))
    with pytest.raises(ParameterRefused, match=r"(?s)row 9: owner: .*NOPE.* row 10: owner: xf-inv"):
        brought_for(kind, ("s.csv", (STAKES + STRANGE).encode()))
    with pytest.raises(ParameterRefused, match=r"file: stakes[.]xlsx: The workbook is damaged"):
        brought_for(kind, ("s.xlsx", book.read_bytes()[:300]))


def _statements(rows: str) -> bytes:
    """Write rows as statements of the Beneficial Ownership Data Standard; names beside ids."""
    told: list[dict[str, Any]] = []
    for number, row in enumerate(csv.DictReader(io.StringIO(rows)), start=1):
        least, _dash, most = row["share"].removesuffix(" %").partition("-")
        share = {"exact": float(least)}
        if most:
            share = {"minimum": float(least), "maximum": float(most)}
        known = {each["recordId"] for each in told}
        ids = [row[each] if ":" in row[each] else f"id-{row[each]}" for each in ("owner", "owned")]
        for identifier, name in zip(ids, (row["owner"], row["owned"]), strict=True):
            if identifier not in known:
                called = "V. Strovik" if name.endswith(":F1") else name
                details = {"entityType": {"type": "registeredEntity"}, "name": called}
                told.append(_statement(identifier, "entity", details, row["source"]))
        interest = {"type": "votingRights", "directOrIndirect": "direct", "share": share}
        details = {"subject": ids[1], "interestedParty": ids[0], "interests": [interest]}
        told.append(_statement(f"stake-{number}", "relationship", details, row["source"]))
    return json.dumps(told).encode()


def _statement(record: str, kind: str, details: dict[str, Any], publisher: str) -> dict[str, Any]:
    return {
        "statementId": f"statement-{record}", "statementDate": "2026-01-02", "recordId": record,
        "declarationSubject": record, "recordType": kind, "recordStatus": "new",
        "publicationDetails": {"bodsVersion": "0.4", "publicationDate": "2026-01-02",
                               "publisher": {"name": publisher}},
        "recordDetails": {"isComponent": False, **details},
    }  # fmt: skip


@pytest.mark.usefixtures("office")
def test_edition_takes_a_register_of_ownership_and_keeps_what_a_table_would() -> None:
    (kind,) = (each for each in edition_kinds() if each.name == "sanctions-plan")
    chosen = chosen_parameters(kind, {"state": "XF"})
    rows = STAKES + "xf-invented:F2,Prunkhold,80 %,,Letter of Somebody\n"
    with pytest.raises(ParameterRefused, match=r"'xf-invented:NOPE' is on no list") as refused:
        brought_for(kind, ("Jana Privat.json", _statements(STAKES + STRANGE)))
    assert "xf-invnted: no list has this code" in str(refused.value)
    for content in (_statements(rows), b"\n".join(_lines(_statements(rows)))):
        brought = brought_for(kind, ("Jana Privat.json", content))
        document = kind.gather(Question(PUBLIC, ON, KNOWN, "en", chosen, brought=brought)).document
        told = encoded(document).decode()
        for text in ("Karsk Holding", "Karsk Cement", "Viktor Strovik", "xf-invented:F1",
                     "Register of Zubrowka"):  # fmt: skip
            assert text in told, text
        for text in ("Somebody", "Varga Trading", "Half Works", "Else Works", "Jana Privat",
                     "Prunkhold", "Brandl", "V. Strovik", "id-Karsk"):  # fmt: skip
            assert text not in told, text


def _lines(content: bytes) -> list[bytes]:
    return [json.dumps(each).encode() for each in json.loads(content)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (_statements(STAKES)[:-30], "file: stakes[.]json: line 1, .*ends in the middle"),
        (b"{}", "file: stakes[.]json: of no format"),
        (b'[{"statementId": "a", "recordType": "no"}]', "file: stakes[.]json: row 1: "),
    ],
)
def test_register_that_cannot_be_read_whole_is_refused_without_its_name(
    content: bytes, said: str
) -> None:
    (kind,) = (each for each in edition_kinds() if each.name == "sanctions-plan")
    with pytest.raises(ParameterRefused, match=said) as refused:
        brought_for(kind, ("Jana Privat.json", content))
    assert "Jana" not in str(refused.value)


def test_edition_with_stakes_is_built_at_the_desk(office: Office, owner_sql: Any) -> None:
    client = signed_in_client(office.writer)
    address = "/desk/editions/new/"
    assert "it names no other owner" in client.get(address).content.decode()
    wish = {
        "kind": "sanctions-plan", "holder": str(office.holder), "as_of": "2026-06-01",
        "languages": ["en"], "parameters": "state=XF",
    }  # fmt: skip

    def sent(content: str) -> Any:
        file = SimpleUploadedFile("stakes.csv", content.encode())
        return client.post(address, wish | {"file": file})

    assert "row 3" in sent(STAKES.replace("51 %", "510 %")).content.decode()
    assert sent(STAKES).status_code == 302
    kept = owner_sql("SELECT content FROM editions_editionfile WHERE name LIKE '%-en.json'")
    (frozen,) = (bytes(content).decode() for (content,) in kept)
    assert "Karsk Cement" in frozen
    assert "Varga Trading" not in frozen
