"""One person brings a file of a list to rename, delist or invent somebody in the open matrix."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.core.listings.factories import Office, attested, make_office
from tests.repression.sanctions.factories import AT, DAY, XF, XZ, event, listing, person, resolved
from undaunted.core.access.rules import PUBLIC
from undaunted.repression.sanctions.analysis import alignment_on, matrix_on, row_of, rows_of
from undaunted.repression.sanctions.rules import Followed, MatrixAsked, State
from undaunted.repression.sanctions.writers import gap_sentences, matrix_csv, matrix_paper

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.repression.sanctions.analysis import MatrixRow
    from undaunted.repression.sanctions.rules import Cell

pytestmark = pytest.mark.usefixtures("ledger")

GAP, RENAMED, MARK = f"{XZ}:Z1", f"{XF}:F2", "one person&#x27;s file"
SINCE: dict[str, Any] = {"events": [event("designated", "2024-02-15")]}
STROVIK = person("F1", "Viktor Strovik", born="1961-03-04", **SINCE)
VARGA = person("F2", "Ludmila Varga", born="1970", **SINCE)


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    """Load two lists of which a second person said that they are the issuers'."""
    made = make_office(owner_sql)
    _brought(made, tmp_path, [STROVIK, VARGA], day="2026-05-20")
    attested(made.reviewer, XF)
    other = [person("Z1", "Ferenc Molnari", born="1950", **SINCE)]
    listing(made, XZ, tmp_path, other, day="2026-05-25")
    attested(made.reviewer, XZ)
    resolved(made.writer)
    return made


def _brought(office: Office, folder: Path, rows: list[dict[str, Any]], *, day: str) -> None:
    listing(office, XF, folder, rows, day=day)
    resolved(office.writer)


def _row(party: str) -> MatrixRow:
    found = row_of(matrix_on(PUBLIC, MatrixAsked(DAY)), party)
    assert found is not None
    return found


def _cell(party: str, place: str = "XF") -> Cell:
    return _row(party).cell(place)


def _said(party: str) -> str:
    return " ".join(gap_sentences(_row(party).cells))


def _sure() -> list[str]:
    asked = MatrixAsked(DAY, not_by=("XF",), sure=True)
    return [each.party for each in rows_of(matrix_on(PUBLIC, asked))]


def _followed() -> Followed:
    found = {each.party: each.told for each in alignment_on(PUBLIC, MatrixAsked(DAY)).parties}
    return found[GAP].lags["XF"].followed


def _csv() -> dict[tuple[str, str], dict[str, str]]:
    asked = MatrixAsked(DAY)
    text = "".join(matrix_csv(rows_of(matrix_on(PUBLIC, asked)), asked))
    rows = csv.DictReader(io.StringIO(text))
    return {(each["party"], each["jurisdiction"]): each for each in rows}


def test_whoever_is_renamed_by_one_person_leaves_no_sure_gap(
    office: Office, tmp_path: Path
) -> None:
    """Somebody on another list may be who stood there: nobody confirmed that they do not."""
    assert (_cell(GAP).sure_gap, _sure(), _followed()) == (True, [GAP], Followed.NOT_YET)
    other = person("F2", "Ulf Nordmann", born="1999-01-01", **SINCE)
    _brought(office, tmp_path, [STROVIK, other], day="2026-05-28")
    gap = _cell(GAP)
    assert (gap.state, gap.sure_gap, gap.lists[0].turned) == (State.NOT_FOUND, False, True)
    assert (_sure(), _followed()) == ([], Followed.UNKNOWN)
    assert "Not found on the current lists" not in _said(GAP)
    assert "one person's file changed the list, and nobody confirmed it" in _said(GAP)
    assert (_cell(RENAMED).alone, _cell(f"{XF}:F1").alone) == (True, False)
    told = _csv()
    assert (told[RENAMED, "XF"]["alone"], told[f"{XF}:F1", "XF"]["alone"]) == ("yes", "no")
    assert (told[GAP, "XF"]["sure_gap"], told[GAP, "XF"]["alone"]) == ("no", "")


def test_whoever_is_delisted_by_one_person_is_missing(office: Office, tmp_path: Path) -> None:
    off = person("F2", "Ludmila Varga", born="1970", events=[
        *SINCE["events"], event("delisted", "2026-05-21")])  # fmt: skip
    _brought(office, tmp_path, [STROVIK, off], day="2026-05-28")
    found = _cell(RENAMED)
    assert (found.state, found.sure_gap, _cell(GAP).sure_gap) == (State.MISSING, False, False)
    page = Client().get(f"/sanctions/parties/{RENAMED}/?on={DAY}").content.decode()
    assert "No longer listed by" not in page + _said(RENAMED)
    assert "Missing from a file of the list of Freedonia" in page
    attested(office.reviewer, XF)
    found = _cell(RENAMED)
    assert (found.state, found.sure_gap, found.alone) == (State.DELISTED, True, False)
    assert _cell(GAP).sure_gap


def test_whoever_one_person_says_has_left_as_their_time_is_over_is_missing(
    office: Office, tmp_path: Path
) -> None:
    off = person("F2", "Ludmila Varga", born="1970", events=[
        *SINCE["events"], event("expires", "2026-05-21")])  # fmt: skip
    _brought(office, tmp_path, [STROVIK, off], day="2026-05-28")
    assert (_cell(RENAMED).state, _cell(GAP).sure_gap) == (State.MISSING, False)


def test_whoever_one_person_says_will_be_listed_only_later_is_missing(
    office: Office, tmp_path: Path
) -> None:
    """Whoever is new in such a file, and begins later, was not there to be taken off."""
    later = {"events": [event("designated", "2026-09-01")]}
    off = person("F2", "Ludmila Varga", born="1970", **later)
    anew = person("F3", "Oskar Brandl", born="1944", **later)
    _brought(office, tmp_path, [STROVIK, VARGA, anew], day="2026-05-27")
    assert _cell(GAP).sure_gap, "whoever comes takes nobody off"
    _brought(office, tmp_path, [STROVIK, off, anew], day="2026-05-28")
    found = _cell(RENAMED)
    assert (found.state, found.sure_gap, found.lists[0].turned) == (State.MISSING, False, True)
    assert (_cell(GAP).sure_gap, _sure()) == (False, [])
    assert row_of(matrix_on(PUBLIC, MatrixAsked(DAY)), f"{XF}:F3") is None
    attested(office.reviewer, XF)
    assert _cell(GAP).sure_gap


def test_whoever_one_person_drops_leaves_no_sure_gap_of_others(
    office: Office, tmp_path: Path
) -> None:
    _brought(office, tmp_path, [STROVIK], day="2026-05-28")
    found = _cell(RENAMED)
    assert (found.state, found.alone, _cell(GAP).sure_gap) == (State.MISSING, True, False)
    assert _csv()[RENAMED, "XF"]["alone"] == "yes"
    sheet = f"/sanctions/parties/{RENAMED}/"
    for page in (sheet, "/sanctions/matrix/", "/sanctions/matrix/print/"):
        text = Client().get(f"{page}?on={DAY}&not_by=XF").content.decode()
        assert "Missing from a file that one person brought" in text
        assert "one person brought: one person" not in text, "that it is theirs is said once"


def test_whoever_left_by_the_list_itself_left_so_though_one_person_drops_them(
    office: Office, tmp_path: Path
) -> None:
    off = person("F2", "Ludmila Varga", born="1970", events=[
        *SINCE["events"], event("delisted", "2026-05-21")])  # fmt: skip
    _brought(office, tmp_path, [STROVIK, off], day="2026-05-26")
    attested(office.reviewer, XF)
    _brought(office, tmp_path, [STROVIK], day="2026-05-28")
    assert (_cell(RENAMED).state, _cell(RENAMED).alone) == (State.DELISTED, False)


def test_whoever_is_invented_by_one_person_is_told_as_of_their_file_everywhere(
    office: Office, tmp_path: Path
) -> None:
    invented = person("F4", "Elena Dissidentova", born="1980", **SINCE)
    _brought(office, tmp_path, [STROVIK, VARGA, invented], day="2026-05-28")
    party = f"{XF}:F4"
    found = _cell(party)
    assert (found.state, found.alone, _cell(f"{XF}:F1").alone) == (State.LISTED, True, False)
    assert _cell(GAP).sure_gap, "whoever comes takes nobody off"
    assert _csv()[party, "XF"]["alone"] == "yes"
    told = Client().get(f"/api/v1/sanctions/party?key={party}&on={DAY}").json()
    cell = next(each for each in told["cells"] if each["jurisdiction"] == "XF")
    assert (cell["alone"], cell["entries"][0]["alone"]) == (True, True)
    for page in (f"/sanctions/parties/{party}/", "/sanctions/matrix/", "/sanctions/matrix/print/"):
        text = Client().get(f"{page}?on={DAY}").content.decode()
        assert MARK in text
        assert "neither the issuer&#x27;s address nor a second person confirmed it" in text
    asked = MatrixAsked(DAY)
    matrix = matrix_on(PUBLIC, asked)
    paper = repr(matrix_paper(list(rows_of(matrix)), len(matrix), matrix.lists, asked))
    assert paper.count("(one person's file)") == 1
    attested(office.reviewer, XF)
    assert not _cell(party).alone
    print_page = Client().get(f"/sanctions/matrix/print/?on={DAY}&known={AT.date()}")
    assert MARK not in print_page.content.decode()


def test_list_that_nobody_ever_vouched_for_keeps_its_gaps_and_is_told_so(
    owner_sql: Any, tmp_path: Path
) -> None:
    """Whoever has no network has lists of one person: their rows say so, and their gaps stay."""
    office = make_office(owner_sql)
    _brought(office, tmp_path, [STROVIK, VARGA], day="2026-05-20")
    listing(office, XZ, tmp_path, [person("Z1", "Ferenc Molnari", **SINCE)], day="2026-05-25")
    off = person("F2", "Ludmila Varga", events=[event("delisted", "2026-05-21")])
    anew = person("F3", "Oskar Brandl", events=[event("delisted", "2025-05-05")])
    _brought(office, tmp_path, [STROVIK, off, anew], day="2026-05-28")
    assert _cell(GAP).sure_gap
    assert _cell(f"{XF}:F1").alone
    assert _cell(RENAMED).state is State.MISSING
    assert _cell(f"{XF}:F3").state is State.DELISTED
