"""`python -m benchmarks.trade_sweep`: one sweep here, and in two processes of which one is killed.

Prints how long each took, which process was killed, and whether both tables are the same to the
last byte; ends with 1 where they are not.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.machine import describe
from undaunted.cli.processes import in_processes, in_this_process, processes
from undaunted.cli.sweep import parts_of, sweep

__all__ = ["main"]

SCENARIO = """
name = "coalition tariff on Chinese goods, {value}"
tolerance = 1e-10
[groups]
coalition = ["USA", "DEU", "JPN"]
[[shocks]]
importer = "coalition"
exporter = "CHN"
sectors = "goods"
kind = "tariff_pp"
value = {value}
"""
SETS = ("caliendo-parro-2015", "fontagne-guimbard-orefice-2022", "eaton-kortum-2002")


def main() -> None:
    """Run both and compare."""
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        files = []
        for value in (5, 10, 25, 50, 75, 100):
            files.append(folder / f"{value}.toml")
            files[-1].write_text(SCENARIO.format(value=value), encoding="utf-8")
        parts = parts_of(files, SETS, at_once=2)
        began = time.perf_counter()
        alone = sweep(parts, folder / "alone", work=in_this_process).read_bytes()
        here = time.perf_counter() - began
        with processes(2) as client:
            before = dict(client.run(os.getpid))
            victim = min(before.values())
            killed: list[int] = []

            def kill_once(done: int, _: int) -> None:
                if done and not killed:
                    killed.append(victim)
                    os.kill(victim, signal.SIGKILL)

            began = time.perf_counter()
            work = in_processes(client)
            told = sweep(parts, folder / "apart", work=work, progress=kill_once).read_bytes()
            apart = time.perf_counter() - began
            client.wait_for_workers(2, timeout=60)
            after = set(client.run(os.getpid).values())
    print(describe())
    print(f"{len(parts)} parts of 2 runs, 80 countries x 28 sectors")
    print(f"one process: {here:.1f} s; two, one of them killed: {apart:.1f} s")
    print(f"killed: {killed}, of {sorted(before.values())}; at the end: {sorted(after)}")
    same = told == alone and killed[0] not in after
    print("the same to the last byte" if same else "DIFFERENT")
    sys.exit(not same)


if __name__ == "__main__":
    main()
