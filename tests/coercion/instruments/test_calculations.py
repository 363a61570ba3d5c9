"""An injury that was calculated elsewhere is read from its file, row by row, and kept with it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.instruments.designs import CALCULATION
from tests.coercion.instruments.factories import AT, Scene, calculated, make_scene
from undaunted.coercion.instruments.actions import attach_calculation
from undaunted.coercion.instruments.analysis import calculation_of
from undaunted.coercion.instruments.queries import injury_of
from undaunted.coercion.instruments.readers import (
    LARGEST_CALCULATION,
    FileRefused,
    injury_of_file,
)
from undaunted.coercion.instruments.rules import (
    InjuryRow,
    MeasureRefused,
    injury_of_rows,
)
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.queries import documents_for

if TYPE_CHECKING:
    from undaunted.coercion.instruments.rules import MeasuredInjury

HEADS = CALCULATION.partition(b"\n")[0].decode()
ROW = "Timber,50,60,80,EUR million,2025,Orders,Customs"


def read(*rows: str, heads: str = HEADS) -> MeasuredInjury:
    return injury_of_file("x.csv", "\n".join((heads, *rows)).encode())


def test_rows_are_added_end_to_end_and_their_methods_are_the_source() -> None:
    told = injury_of_file("folder\\injury.csv", CALCULATION)
    assert (told.low, told.best, told.high) == (80, 100, 130)
    assert (told.unit, told.year) == ("EUR million", 2025)
    assert told.digest == hashlib.sha256(CALCULATION).hexdigest()
    assert told.source == (
        "injury.csv, 2 rows. Method: Orders against the year before. Source: Customs (invented)"
    )
    assert read(ROW.replace(",", ";"), heads=HEADS.replace(",", ";")).best == 60


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ROW.replace("60", "51,0"), "row 2: has not as many cells as row 1"),
        (ROW.replace("60", "6_0"), "row 2, best: '6_0' is no number"),
        (ROW.replace("60", "about 60"), "row 2, best: 'about 60' is no number"),
        (ROW.replace("2025", "25a"), "row 2, year: '25a' is no year"),
        (ROW.replace("60", "90"), "row 2, low, best, high: low is at most best"),
        (ROW.replace("60", "nan"), "row 2, low, best, high: write numbers from nought"),
        (ROW.replace("50,", "-50,"), "row 2, low, best, high: write numbers from nought"),
        (ROW.replace("80", "1e300"), "row 2, low, best, high: write numbers from nought"),
        (ROW.replace("Orders", " "), "row 2, method: is empty"),
        (ROW.replace("Customs", ""), "row 2, source: is empty"),
        (ROW.replace("2025", "1066"), "injury, year: 1066 is no year of prices"),
        (f"{ROW}\n{ROW.replace('EUR', 'USD')}", "row 3, unit: is USD million and in row 2 EUR"),
        (f"{ROW}\n{ROW.replace('2025', '2024')}", "row 3, year: is 2024 and in row 2 2025"),
        (f"{ROW},more", "row 2: has not as many cells"),
        ("Timber,50", "row 2: has not as many cells"),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_column_and_the_remedy(row: str, said: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(row)
    assert said in str(refused.value)


def test_every_wrong_row_is_told_at_once() -> None:
    with pytest.raises(FileRefused) as refused:
        read(ROW.replace("60", "x"), ROW, ROW.replace("2025", "y"))
    assert "row 2, best" in str(refused.value)
    assert "row 4, year" in str(refused.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "is not UTF-8 at byte 0"),
        (b"", "row 1: has no column item, low"),
        (b"item,low\n", "row 1: has no column best"),
        (HEADS.encode(), "row 2: there is none"),
        (b"x" * (LARGEST_CALCULATION + 1), "is larger than 2,000,000 bytes"),
        (HEADS.encode() + b"\n" + b"x" * 200_000, "row 2: cannot be read"),
    ],
)
def test_what_is_no_sheet_of_rows_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(FileRefused) as refused:
        injury_of_file("x.csv", content)
    assert said in str(refused.value)


def test_a_long_source_is_cut_and_too_many_rows_are_refused() -> None:
    row = InjuryRow("Timber", 1, 2, 3, "EUR", 2025, "Orders " * 700, "Customs")
    assert injury_of_rows("x.csv", [row], "0" * 64).source.endswith(" …")
    with pytest.raises(MeasureRefused, match="row 5002: there are more than 5000"):
        injury_of_rows("x.csv", [row] * 5001, "0" * 64)


@pytest.fixture
def scene(ledger: Any, owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def test_the_file_is_kept_as_evidence_and_given_to_its_authority_alone(scene: Scene) -> None:
    held = scene.proceeding
    with acting_as(scene.ours.documenter) as actor:
        for wrong in (b"x", CALCULATION.replace(b"50,60", b"60,50")):
            with pytest.raises(FileRefused):
                attach_calculation(held, "x.csv", wrong, actor=actor, at=AT)
        assert injury_of(actor, held) is None, "nothing of a file that is refused"
        assert not documents_for(actor).exists()
        made = attach_calculation(held, "C:\\x\\i.csv", CALCULATION, actor=actor, at=AT)
        attach_calculation(held, "again.csv", CALCULATION, actor=actor, at=AT)
        (document,) = documents_for(actor)
        assert (document.sha256, document.source.title) == (made.digest, "i.csv")
        assert calculation_of(actor, made) == CALCULATION
    with acting_as(scene.theirs.documenter) as actor:
        assert calculation_of(actor, made) is None
        with pytest.raises(Forbidden):
            attach_calculation(held, "x.csv", CALCULATION, actor=actor, at=AT)
    with acting_as(scene.ours.documenter) as actor:
        attach_calculation(held, "x.csv", calculated(90), actor=actor, at=AT)
        assert calculation_of(actor, made) == CALCULATION, "what was replaced is still there"
