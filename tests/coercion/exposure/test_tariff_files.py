"""A user's own tariffs on a table that has none: laid on at the border, or refused by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.engines.trade.worlds import small_world
from undaunted.coercion.exposure.readers import (
    FileRefused,
    chosen_world,
    levied,
    read_tariffs,
    shipped_world,
)
from undaunted.engines.trade import balance_of, no_measures, solve

if TYPE_CHECKING:
    from pathlib import Path

RATES = "importer,exporter,sector,rate\nC0,all,all,5\nC0,C1,mills,12.5\nC2,C1,farms,30\n"


def test_trade_at_the_border_stays_and_revenue_becomes_income(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(RATES, encoding="utf-8")
    world = small_world(tariff=0.0)
    tau = read_tariffs(tmp_path / "mine.csv", world)
    assert tau[0, 1].tolist() == pytest.approx([0.05, 0.125, 0.05])
    assert not tau[0, 0].any()
    told = levied(world, tau, where="mine.csv")
    border = told.trade_shares * told.expenditure[:, None] / (1 + told.tariffs)
    assert np.allclose(border, world.trade_shares * world.expenditure[:, None])
    assert told.tariff_revenue[0] > 0 == told.tariff_revenue[3]
    assert told.value_added[0] < world.value_added[0]
    assert told.value_added[3] == pytest.approx(world.value_added[3])
    assert balance_of(told).goods < 1e-12
    assert solve(told, no_measures(told)).certificate.iterations == 1


def test_table_of_this_copy_takes_tariffs(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("importer,exporter,sector,rate\nUSA,CHN,C26,25\n", encoding="utf-8")
    chosen = chosen_world(None, tariffs=path)
    usa, chn, chips = (
        chosen.world.regions.index("USA"),
        chosen.world.regions.index("CHN"),
        chosen.world.sectors.index("C26"),
    )
    assert chosen.world.tariffs[usa, chn, chips] == 0.25
    assert (chosen.world.tariffs > 0).sum() == 1
    assert chosen.said == ("Tariffs of the benchmark are those of mine.csv.",)
    assert chosen.data.endswith("with tariffs of mine.csv")
    with pytest.raises(FileRefused, match="the table has tariffs of its own"):
        levied(chosen.world, chosen.world.tariffs)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("rate\n", "rates\n", "column rate: is missing; a header with importer"),
        ("12.5", "much", "row 3, column rate: 'much': per cent above -100"),
        ("12.5", "nan", "row 3, column rate: 'nan'"),
        ("12.5", "-100", "row 3, column rate: '-100'"),
        ("C0,C1", "C0,C9", "row 3, column exporter: 'C9' is not in the table"),
        ("farms", "farm", "row 4, column sector: 'farm' is not in the table; write one of"),
        ("C2,C1,farms,30", "C2", "row 4, column exporter: '' is not in the table"),
    ],
)
def test_bad_row_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    (tmp_path / "mine.csv").write_text(RATES.replace(old, new), encoding="utf-8")
    with pytest.raises(FileRefused) as refused:
        read_tariffs(tmp_path / "mine.csv", small_world(tariff=0.0))
    assert words in str(refused.value)


def test_what_is_no_file_of_tariffs_is_refused(tmp_path: Path) -> None:
    world = small_world(tariff=0.0)
    with pytest.raises(FileRefused, match="No such file"):
        read_tariffs(tmp_path / "none.csv", world)
    (tmp_path / "mine.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileRefused, match="is no CSV in UTF-8"):
        read_tariffs(tmp_path / "mine.csv", world)
    with pytest.raises(FileRefused, match="leaves nothing for whoever works"):
        levied(world, np.where(np.eye(4, dtype=bool)[:, :, None], 0.0, 90.0) + 0 * world.tariffs)


def test_shared_world_is_left_as_it_was() -> None:
    assert not shipped_world().tariffs.any()
