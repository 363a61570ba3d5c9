"""The table of foreign capacity: made of a small world, and of all rows where they are at hand."""

from __future__ import annotations

import gzip
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "scripts" / "foreign_capacity.py"
REAL = ROOT.parent / "shared" / "data" / "ownership"
ASSETS = """asset_key,sector,gem_id,name,unit,country,status,capacity,url
p:1,gas_pipeline_lng,P1,One,,Freedonia,operating,30,x
p:2,gas_pipeline_lng,P2,Two,,Freedonia,operating,10,x
p:3,gas_pipeline_lng,T3,Three,,Freedonia,operating,>0,x
p:4,gas_pipeline_lng,P4,Four,,"Freedonia, Ruritania",operating,9,x
p:5,gas_pipeline_lng,P5,Five,,Freedonia,proposed,9,x
p:6,gas_pipeline_lng,P6,Six,,Ruritania,operating,9,x
p:7,gas_pipeline_lng,P7,Seven,,Freedonia,operating,60,x
"""
HOLDERS = """asset_key,layer,holder,share_pct
p:1,owner,Line One Ltd,100.0
p:1,parent,Ruritanian Gas,40.0
p:1,parent,Ruritanian Oil,20.0
p:1,parent,other,40.0
p:2,owner,Ruritanian Gas,
p:6,parent,Ruritanian Gas,100.0
p:7,parent,Freedonian Lines,98.0
"""
STATES = {"states": {"Ruritania": ["Ruritanian Gas", "Ruritanian Oil", "Ruritanian Ore"],
                     "Borduria": ["Bordurian Gas"]}, "territories": {}}  # fmt: skip


@pytest.fixture(scope="module")
def script() -> ModuleType:
    specification = importlib.util.spec_from_file_location("foreign_capacity", SCRIPT)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["foreign_capacity"] = module
    specification.loader.exec_module(module)
    return module


def _layers(script: ModuleType, holders: Path) -> Any:
    return {
        layer: script.read_stakes(holders, str(script.MAPPINGS / f"gem-{layer}.toml"))
        for layer in ("owners", "parents")
    }


def test_a_state_and_its_firms_act_as_one_and_missing_shares_may(
    script: ModuleType, tmp_path: Path
) -> None:
    assets, holders = tmp_path / "assets.csv", tmp_path / "holders.csv"
    assets.write_text(ASSETS, encoding="utf-8")
    holders.write_text(HOLDERS, encoding="utf-8")
    capacities, left_out = script.capacities_of(assets)
    assert left_out == {"have no capacity that is a number": 1, "lie in several countries": 1}
    layers = _layers(script, holders)
    assert script.disclosure(layers["owners"]) == (2, 1, 1, 0, 0)
    assert script.disclosure(layers["parents"]) == (5, 0, 3, 1, 0)
    rows = list(script.rows_of(script.held_by_parents(layers), capacities, STATES))
    assert rows == [script.Row("Freedonia", "pipeline", "Ruritania", 0.3, 0.4, 100.0)]


@pytest.mark.realdata
@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data/ownership is absent")
def test_every_holder_row_loads_and_what_is_missing_is_counted(
    script: ModuleType, tmp_path: Path
) -> None:
    holders = tmp_path / "holders.csv"
    holders.write_bytes(gzip.decompress((REAL / "gem_asset_owners.csv.gz").read_bytes()))
    told = [script.disclosure(each) for each in _layers(script, holders).values()]
    rows, missing, full, under, over = map(sum, zip(*told, strict=True))
    assert (rows, missing) == (68_986, 30_564)
    assert (full, under, over) == (26_458, 308, 13)
