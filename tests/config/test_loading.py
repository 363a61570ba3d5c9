"""A process loads every area without searching for garbage, and searches again afterwards."""

from __future__ import annotations

import gc
import subprocess
import sys

from undaunted.config.loading import load_areas

FEW = 100
"""Libraries ask for some by themselves, where a start with the search has many hundreds."""

CHILD = """
import gc
searched = []
gc.callbacks.append(lambda phase, told: searched.append(phase))
from undaunted.config.loading import load_areas
before = len(searched)
load_areas()
from django.apps import apps
assert apps.ready
assert gc.isenabled()
assert gc.get_freeze_count() > 100_000
import sys
assert "pyarrow" not in sys.modules, "tables of open data are written rarely"
print(len(searched) - before)
"""

WEB = """
import gc
searched = []
gc.callbacks.append(lambda phase, told: searched.append(phase))
from undaunted.config.loading import load_areas
before = len(searched)
load_areas(addresses=True)
import sys
assert "undaunted.config.urls" in sys.modules
from django.urls import get_resolver
assert get_resolver().url_patterns
assert gc.isenabled()
print(len(searched) - before)
"""


def test_areas_are_loaded_without_a_search_for_garbage() -> None:
    told = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=True)
    assert int(told.stdout) < FEW


def test_a_web_server_loads_its_addresses_without_one_too() -> None:
    told = subprocess.run([sys.executable, "-c", WEB], capture_output=True, text=True, check=True)
    assert int(told.stdout) < FEW


def test_whoever_searches_for_no_garbage_is_not_made_to() -> None:
    was = gc.isenabled()
    gc.disable()
    try:
        load_areas()
        assert not gc.isenabled()
    finally:
        if was:
            gc.enable()
