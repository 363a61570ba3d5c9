"""A process that has loaded all of an installation, and forks another for each thing to be done.

To load the product takes a process two seconds, and a story of two installations is told by dozens
of commands. Each is still a process of its own, with its own words, input, outputs and status: it
opens the database, signs somebody in and ends by itself. Only what it would have read from disk is
there already. That a command starts from nothing is asked in `tests/cli`.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["COMMAND", "INSIDE", "Done", "Standing", "standing"]

PATIENCE = 120
"""Seconds that one command may take; the loading of the first is within them too."""

COMMAND, INSIDE = "undaunted.cli.root", "tests.attacks.inside_exchanging"
SPOKEN = frozenset({"accounts", "audit", "consent", "registry", "screening", "share"})
"""Subjects whose commands are loaded, too."""


@dataclass(frozen=True)
class Done:
    """How a process ended, and what it said."""

    status: int
    out: str
    err: str


class Standing:
    """The process that stands by, seen from the tests."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def do(
        self, module: str, words: Sequence[str], *, given: str = "", more: Mapping[str, str] = {}
    ) -> Done:
        """Let a process run a module with words, an input and variables of its own."""
        self.begin(module, words, given=given, more=more)
        return self.ended()

    def begin(
        self,
        module: str,
        words: Sequence[str],
        *,
        given: str = "",
        more: Mapping[str, str] = {},
        terminal: str = "",
    ) -> None:
        """Let a process begin, at a terminal where one is named; `ended` tells how it ended."""
        heard = self._process.stdin
        assert heard is not None
        heard.write(json.dumps([module, list(words), given, dict(more), terminal]) + "\n")
        heard.flush()

    def ended(self) -> Done:
        """Wait for the end of what has begun."""
        said = self._process.stdout
        assert said is not None
        assert select.select([said], [], [], PATIENCE + 5)[0], "no answer"
        line = said.readline()
        assert line, "the process that stands by has ended"
        return Done(*json.loads(line))


@contextmanager
def standing(variables: Mapping[str, str], folder: Path) -> Iterator[Standing]:
    """Start a process that stands by in a folder; it ends with the block."""
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.attacks.standing"], env=variables, cwd=folder,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            yield Standing(process)
        finally:
            process.kill()


def main() -> None:
    """Load everything, then fork for each line that comes, and tell how that process ended."""
    heard, told = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    _load()
    for line in heard:
        with (
            tempfile.TemporaryFile() as given,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
        ):
            module, words, said, more, terminal = json.loads(line)
            given.write(said.encode())
            given.seek(0)
            number = os.fork()
            if number == 0:
                os.setsid()
                files = _at(terminal) if terminal else [each.fileno() for each in (given, out, err)]
                _become(module, words, more, files)
            status = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
            for each in (out, err):
                each.seek(0)
            told.write(json.dumps([status, out.read().decode(), err.read().decode()]) + "\n")
            told.flush()


def _load() -> None:
    """Load settings with the addresses of this installation's database, and leave none behind."""
    from undaunted.cli.root import SUBJECTS  # noqa: PLC0415 - in the process that stands by
    from undaunted.config.database import embedded_server  # noqa: PLC0415 - as above
    from undaunted.config.environment import read_environment  # noqa: PLC0415 - as above
    from undaunted.config.loading import load_areas  # noqa: PLC0415 - as above

    before = dict(os.environ)
    os.environ["DJANGO_SETTINGS_MODULE"] = "undaunted.config.settings"
    if "UNDAUNTED_DESK_URL" not in os.environ:
        lease = embedded_server(read_environment()).open()
        os.environ.update(lease.urls.variables())
        lease.close()
    load_areas()
    for subject in SUBJECTS:
        if subject.name in SPOKEN:
            import_module(subject.module)
    import_module(INSIDE)
    os.environ.clear()
    os.environ.update(before)


def _at(terminal: str) -> list[int]:
    """Open a terminal: whoever leads a session and has none sits at the first one opened."""
    return [os.open(terminal, os.O_RDWR)] * 3


def _become(module: str, words: list[str], more: Mapping[str, str], files: list[int]) -> None:
    """Turn into the process that was asked for, and end."""
    signal.alarm(PATIENCE)
    for number, file in enumerate(files):
        os.dup2(file, number)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", closefd=False) for number in (1, 2))
    os.environ.update(more)
    sys.argv = ["undaunted", *words]
    status: Any = 0
    try:
        loaded = import_module(module)
        loaded.main(*([] if module == COMMAND else words))
    except SystemExit as end:
        status = end.code or 0
    except BaseException:  # noqa: BLE001 - told, as an interpreter does
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 1)


if __name__ == "__main__":
    main()
