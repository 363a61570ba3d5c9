"""What the supervisor runs as its worker: Django's command, with its memory closed first."""

from __future__ import annotations

import os
import sys

from undaunted.config.loading import load_areas
from undaunted.config.memory import close_memory

__all__ = ["main"]


def main(words: list[str]) -> None:
    """Close this process's memory and run the worker with these words.

    Django's checks would load every address and form of the web server first, for a second; they
    tell faults of our code, and the tests ask them.
    """
    close_memory()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undaunted.config.settings")
    load_areas()
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - memory first

    execute_from_command_line(["undaunted", "procrastinate", "--skip-checks", "worker", *words])


if __name__ == "__main__":
    main(sys.argv[1:])
