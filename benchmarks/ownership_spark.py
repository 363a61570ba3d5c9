"""`python -m benchmarks.ownership_spark [--companies 1000000]`: control in Spark, on two workers.

Two processes of workers listen on 127.0.0.1. Every pair is compared with the walks and with DuckDB,
for several numbers of partitions; in the last run one worker is killed while it works. Printed, and
kept in `benchmarks/measured` for the page, are seconds of processor of all three processes, seconds
by the clock, rounds, and bytes that the workers handed each other for each stake. `--memory` is
what each worker, and who leads them, may take, in MiB.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import tempfile
import time
import warnings
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import numpy as np
import psutil  # type: ignore[import-untyped]

from benchmarks.machine import now
from benchmarks.ownership_drawn import drawn_stakes
from undaunted.engines.ownership import all_control, votes_graph
from undaunted.engines.ownership import spark as in_spark
from undaunted.engines.ownership.in_sql import all_control_in_sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray
    from pyspark.sql import DataFrame, SparkSession

    from undaunted.engines.ownership.stakes import Stakes

    Columns = tuple[NDArray[np.int32], NDArray[np.int32]]

__all__ = [
    "MEASURED", "columns_of", "kill_a_worker", "lacking", "main", "two_workers", "walked", "worked",
]  # fmt: skip

MEASURED = Path(__file__).parent / "measured" / "ownership_spark.json"

LOOPBACK = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "127.0.0.1"}
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Of each process: compiled well, what runs here took twice as long, for rounds are many plans."""
SHORT = {
    "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}  # fmt: skip
"""For runs so short that compiling well would take longer."""
PARTITIONS = (2, 8, 64)
WORKER = b"CoarseGrainedExecutorBackend"


def lacking() -> str:
    """Give what this machine lacks to run Spark, or nothing."""
    from importlib.util import find_spec  # noqa: PLC0415 - asked here alone

    if shutil.which("java") is None:
        return "Java is not here"
    return "" if find_spec("pyspark") else "requirements/spark.txt is not installed"


@contextmanager
def two_workers(memory: int, options: Mapping[str, str] | None = None) -> Iterator[SparkSession]:
    """Give a session with two workers of one core each, bound to this machine alone."""
    with warnings.catch_warnings():
        # PySpark 4.3 warns of pandas 3, which nothing here uses.
        warnings.simplefilter("ignore", FutureWarning)
        import pyspark  # noqa: PLC0415 - optional
        from pyspark.sql import SparkSession  # noqa: PLC0415 - optional

        os.environ.update(LOOPBACK)
        with tempfile.TemporaryDirectory(prefix="spark-") as folder:
            building = SparkSession.builder.master(f"local-cluster[2,1,{memory}]")
            settings = in_spark.CLOSED | {
                "spark.executor.memory": f"{memory}m", "spark.driver.memory": f"{memory}m",
                "spark.driver.extraJavaOptions": QUICK, "spark.executor.extraJavaOptions": QUICK,
                "spark.log.level": "ERROR", "spark.local.dir": folder,
                "spark.ui.showConsoleProgress": "false",
            }  # fmt: skip
            for name, value in (settings | dict(options or {})).items():
                building = building.config(name, value)
            session = building.getOrCreate()
            try:
                yield session
            finally:
                session.stop()
                # Workers keep their logs beside the program.
                shutil.rmtree(Path(pyspark.__file__).parent / "work", ignore_errors=True)


def kill_a_worker(session: SparkSession) -> int:
    """Kill one process of a worker, as a machine that loses its power would; give its number."""
    gateway = session.sparkContext._gateway  # noqa: SLF001 - the process that was started for it
    driver = Path(f"/proc/{gateway.proc.pid}/task")
    for child in " ".join(each.read_text() for each in driver.glob("*/children")).split():
        if WORKER in Path(f"/proc/{child}/cmdline").read_bytes():
            os.kill(int(child), signal.SIGKILL)
            return int(child)
    raise LookupError("no worker runs")


def worked(session: SparkSession) -> float:
    """Give the seconds of processor of who leads and of all workers so far, lost ones included."""
    leading = psutil.Process(session.sparkContext._gateway.proc.pid)  # noqa: SLF001 - the same
    workers = [sum(each.cpu_times()[:2]) for each in leading.children(recursive=True)]
    return float(sum(leading.cpu_times()[:4]) + sum(workers))


def columns_of(found: in_spark.InSpark) -> Columns:
    """Give owners and companies, in order."""
    told = found.pairs.toArrow()
    acting, company = (told[name].to_numpy() for name in in_spark.PAIR)
    order = np.lexsort((company, acting))
    return acting[order], company[order]


def walked(stakes: Stakes) -> Columns:
    """Give the same by the walks."""
    owners, companies = all_control(votes_graph(stakes)).columns()
    order = np.lexsort((companies, owners))
    return owners[order], companies[order]


def main() -> None:
    """Draw, ask every way, compare, and lose a worker."""
    parser = argparse.ArgumentParser(prog="benchmarks.ownership_spark", description=__doc__)
    parser.add_argument("--companies", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--memory", type=int, default=3_000)
    chosen = parser.parse_args()
    if lacking():
        raise SystemExit(f"not measured: {lacking()}")
    stakes = drawn_stakes(chosen.companies, chosen.companies * 3 // 2, chosen.seed)
    expected, sql = walked(stakes), all_control_in_sql(stakes)
    if not _same(expected, sql):
        raise SystemExit("the walks and DuckDB differ")
    told: dict[str, Any] = now() | {
        "companies": chosen.companies, "stakes": len(stakes), "pairs": sql[0].size,
        "memory": chosen.memory, "runs": [],
    }  # fmt: skip
    with two_workers(chosen.memory) as session, tempfile.TemporaryDirectory() as folder:
        frames = in_spark.frames_of(session, stakes)
        for partitions in (*PARTITIONS, PARTITIONS[1]):
            session.conf.set("spark.sql.shuffle.partitions", partitions)
            lost = len(told["runs"]) == len(PARTITIONS)
            kept = Path(folder) / f"{partitions}{' lost' if lost else ''}"
            run = {"partitions": partitions}
            told["runs"].append(run | _run(session, frames, kept, expected, lost=lost))
            print(told["runs"][-1], flush=True)
            MEASURED.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _run(
    session: SparkSession, frames: tuple[DataFrame, DataFrame], kept: Path, expected: Columns,
    *, lost: bool,
) -> dict[str, Any]:  # fmt: skip
    """Give what one run took; it ends here where a pair differs."""
    before, begin = in_spark.shuffled(session), time.perf_counter()
    worked_before = worked(session)
    killing = Thread(target=_kill_after_a_round, args=(session, kept))
    if lost:
        killing.start()
    found = in_spark.all_control_in_spark(*frames, str(kept))
    told = {"seconds": time.perf_counter() - begin, "processor": worked(session) - worked_before}
    if lost:
        killing.join()
    if not _same(columns_of(found), expected):
        raise SystemExit(f"Spark differs ({kept.name})")
    bytes_each = (in_spark.shuffled(session) - before) / frames[0].count()
    return told | {"lost": lost, "rounds": len(found.rounds), "bytes": bytes_each}


def _kill_after_a_round(session: SparkSession, kept: Path) -> None:
    """Kill a worker as soon as the second round is whole."""
    while not list(kept.glob("whole/near.2.*")):
        time.sleep(0.1)
    kill_a_worker(session)


def _same(ours: Columns, theirs: Columns) -> bool:
    return all(np.array_equal(*both) for both in zip(ours, theirs, strict=True))


if __name__ == "__main__":
    main()
