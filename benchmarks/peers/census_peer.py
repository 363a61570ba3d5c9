"""lifelines and statsmodels: the curve of Kaplan and Meier, and Poisson fits of the same models."""

from __future__ import annotations

import importlib
import json
import sys
import time
from importlib.metadata import version
from typing import Any

__all__: list[str] = []


def _main(question: dict[str, Any]) -> dict[str, Any]:
    numpy: Any = importlib.import_module("numpy")
    lifelines: Any = importlib.import_module("lifelines")
    models: Any = importlib.import_module("statsmodels.api")
    stored = numpy.load(question["file"])
    entry, held, ended = (stored[name] for name in ("entry", "exit", "ended"))
    counts = numpy.array(question["counts"])
    designs = [numpy.array(design) for design in question["designs"]]
    curve, fitted = [], []
    for turn in range(question["rounds"] + 1):
        begin = time.process_time()
        found = lifelines.KaplanMeierFitter().fit(held, ended, entry=entry)
        middle = time.process_time()
        family = models.families.Poisson()
        missing = [
            float(numpy.exp(models.GLM(counts, design, family=family).fit().params[0]))
            for design in designs
        ]
        if turn:
            curve.append((middle - begin) * 1000)
            fitted.append((time.process_time() - middle) * 1000)
    days = numpy.unique(held[ended])
    share = found.survival_function_["KM_estimate"].loc[days.astype(float)]
    return {
        "curve": curve,
        "models": fitted,
        "share": [float(each) for each in share],
        "missing": missing,
        "curve by": f"lifelines {version('lifelines')}",
        "models by": f"statsmodels {version('statsmodels')}",
    }


if __name__ == "__main__":
    print(json.dumps(_main(json.load(sys.stdin))))
