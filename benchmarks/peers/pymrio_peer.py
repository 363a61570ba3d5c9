"""pymrio: what follows from a table of deliveries and final demand, as it works it out."""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
import time
from importlib.metadata import version
from typing import Any

__all__: list[str] = []


def _main(question: dict[str, Any]) -> dict[str, Any]:
    numpy: Any = importlib.import_module("numpy")
    pandas: Any = importlib.import_module("pandas")
    pymrio: Any = importlib.import_module("pymrio")
    stored = numpy.load(question["file"])
    axis = pandas.MultiIndex.from_product(
        [question["regions"], question["sectors"]], names=["region", "sector"]
    )
    bought = pandas.MultiIndex.from_product(
        [question["regions"], ["final"]], names=["region", "category"]
    )
    deliveries = pandas.DataFrame(stored["deliveries"], index=axis, columns=axis)
    final = pandas.DataFrame(stored["final"], index=axis, columns=bought)
    took = []
    for _ in range(question["rounds"]):
        system = pymrio.IOSystem(Z=deliveries, Y=final)
        began = time.process_time(), time.perf_counter()
        system.calc_all()
        ended = time.process_time(), time.perf_counter()
        took.append([1000 * (end - begin) for begin, end in zip(began, ended, strict=True)])
    changed = system.L.to_numpy() @ stored["changed"].sum(1)
    return {
        "took": [min(each) for each in zip(*took, strict=True)],
        "changed": changed.tolist(),
        "megabytes": system.L.to_numpy().nbytes / 1e6,
        "by": f"pymrio {version('pymrio')}",
    }


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        answer = _main(json.load(sys.stdin))
    print(json.dumps(answer))
