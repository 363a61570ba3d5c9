"""A process that crashes leaves no core: what it held in memory is not written anywhere."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.attacks.installation import until
from tests.cli.test_run import alive

if TYPE_CHECKING:
    from tests.attacks.installation import Installation

pytestmark = pytest.mark.slow

GET_DUMPABLE = 3
ENTRIES = {
    "web": "import undaunted.config.rsgi",
    "worker": (
        "import sys, django.core.management as m; m.execute_from_command_line = print;"
        " from undaunted.config.worker import main; main([])"
    ),
}
PATTERN = Path("/proc/sys/kernel/core_pattern")


def _crash(folder: Path, protection: str) -> subprocess.CompletedProcess[bytes]:
    """Crash a process whose limit was lifted as far as it goes."""
    program = f"{protection}; import os; os.kill(os.getpid(), {int(signal.SIGSEGV)})"
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    return subprocess.run(
        [sys.executable, "-c", program], cwd=folder, check=False, capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (most, most)),
    )  # fmt: skip


def test_a_crash_without_our_protection_does_leave_a_core(tmp_path: Path) -> None:
    """Without this, the tests beside it could pass on a machine that never writes one."""
    if os.sep in PATTERN.read_text(encoding="ascii") or "|" in PATTERN.read_text(encoding="ascii"):
        pytest.skip("this machine's kernel sends cores elsewhere: core_pattern names a place")
    if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
        pytest.skip("this machine forbids cores to every process: nothing to compare with")
    done = _crash(tmp_path, "pass")
    assert done.returncode == -signal.SIGSEGV
    assert [each.name.startswith("core") for each in tmp_path.iterdir()] == [True]


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_an_entry_of_ours_closes_its_memory_before_anything_else(
    tmp_path: Path, entry: str
) -> None:
    done = _crash(tmp_path, entry)
    assert done.returncode == -signal.SIGSEGV, done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_a_handler_of_cores_gets_nothing_either(tmp_path: Path, entry: str) -> None:
    """A limit of 0 does not stop a kernel that pipes cores to a program; this does."""
    ask = f"{entry}; import ctypes; print(ctypes.CDLL(None).prctl({GET_DUMPABLE}, 0, 0, 0, 0))"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0"


@pytest.mark.parametrize("word", ["granian", "config.worker"], ids=["web", "worker"])
def test_a_running_process_may_write_no_core(installation: Installation, word: str) -> None:
    number = installation.named(word)
    limits = Path(f"/proc/{number}/limits").read_text(encoding="ascii")
    (line,) = (each for each in limits.splitlines() if each.startswith("Max core file size"))
    assert line.split()[4:6] == ["0", "0"]


@pytest.mark.parametrize("word", ["granian", "config.worker"], ids=["web", "worker"])
def test_a_crash_under_way_leaves_no_core(installation: Installation, word: str) -> None:
    assert installation.process is not None
    number, supervisor = installation.named(word), installation.process
    places = {Path.cwd(), installation.folder, Path(f"/proc/{number}/cwd").readlink()}
    before = {each for place in places for each in place.glob("core*")}
    os.kill(number, signal.SIGSEGV)
    assert until(lambda: not alive(number), 20)
    assert supervisor.poll() is None, "the process is started anew, and nothing else ends"
    assert {each for place in places for each in place.glob("core*")} == before
    assert not [each for each in installation.folder.rglob("core*") if each.is_file()]
    installation.restart()


def test_another_program_of_the_same_user_cannot_read_the_memory_of_the_web_process(
    installation: Installation,
) -> None:
    """Not dumpable means that /proc/N/mem and environ belong to root, so a neighbour is refused."""
    number = installation.named("granian")
    owner = Path(f"/proc/{number}/environ").stat().st_uid
    assert owner == 0
    if os.getuid() == 0:
        pytest.skip("we are root, whom nothing on this machine stops; the owner was checked")
    with pytest.raises(PermissionError):
        Path(f"/proc/{number}/environ").read_bytes()
