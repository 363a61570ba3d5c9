"""gegravity: one sector in general equilibrium, with the costs of trade given as they stand."""

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
    ge: Any = importlib.import_module("gegravity")
    pandas: Any = importlib.import_module("pandas")
    codes = question["codes"]
    rows = pandas.DataFrame(
        [
            {
                "exporter": codes[i], "importer": codes[n], "year": "1", "trade": 1.0,
                "Y": question["output"][i], "E": question["expenditure"][n],
                "cost": question["before"][n][i],
            }
            for i in range(len(codes))
            for n in range(len(codes))
        ]
    )  # fmt: skip
    after = {
        (codes[n], codes[i]): question["after"][n][i]
        for n in range(len(codes))
        for i in range(len(codes))
    }
    took = []
    for _ in range(question["rounds"]):
        began = time.process_time(), time.perf_counter()
        model = _model(ge, pandas, rows, question)
        changed = model.baseline_data.copy()
        changed["cost"] = [
            after[pair] for pair in zip(changed["importer"], changed["exporter"], strict=True)
        ]
        model.define_experiment(changed)
        ready = time.process_time(), time.perf_counter()
        model.simulate()
        ended = time.process_time(), time.perf_counter()
        took.append([1000 * (end - begin) for begin, end in zip(began, ended, strict=True)])
        took[-1] += [1000 * (end - begin) for begin, end in zip(ready, ended, strict=True)]
    least = [min(each) for each in zip(*took, strict=True)]
    found = model.country_results["GDP change (percent)"]
    traded = model.bilateral_trade_results
    return {
        "whole": least[:2],
        "simulated": least[2:],
        "output": [float(found.loc[code]) for code in codes],
        "trade": [
            [float(traded.loc[(i, n), "baseline modeled trade"]) for i in codes] for n in codes
        ],
        "by": f"gegravity {version('gegravity')}",
    }


def _model(ge: Any, pandas: Any, rows: Any, question: dict[str, Any]) -> Any:  # noqa: ANN401
    known = ge.BaselineData(
        rows, imp_var_name="importer", exp_var_name="exporter", year_var_name="year",
        trade_var_name="trade", expend_var_name="E", output_var_name="Y",
    )  # fmt: skip
    told = ge.CostCoeffs(
        estimates=pandas.DataFrame([{"var": "cost", "coeff": 1.0, "ste": 0.1}]),
        identifier_col="var", coeff_col="coeff", stderr_col="ste",
    )  # fmt: skip
    model = ge.OneSectorGE(
        known, year="1", expend_var_name="E", output_var_name="Y", cost_coeff_values=told,
        cost_variables=["cost"], reference_importer=question["reference"],
        sigma=question["sigma"], quiet=True,
    )  # fmt: skip
    model.build_baseline(omr_rescale=question["rescale"])
    return model


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        answer = _main(json.load(sys.stdin))
    print(json.dumps(answer))
