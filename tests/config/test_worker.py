"""The worker begins with what its jobs need; what Django would check, the tests check."""

from __future__ import annotations

import subprocess
import sys

from django.core.checks import run_checks

CHILD = """
import sys
import procrastinate.cli


async def told(words):
    print(words["concurrency"], "undaunted.config.urls" in sys.modules)


procrastinate.cli.execute_command = told
from undaunted.config.worker import main

main(["--concurrency", "7"])
"""


def test_the_worker_begins_without_the_addresses_of_pages() -> None:
    told = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["7", "False"]


def test_django_finds_nothing_wrong_with_models_addresses_and_settings() -> None:
    assert run_checks() == []
