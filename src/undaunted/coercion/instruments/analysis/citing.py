"""On what an injury rests, as a citation: what was read, of whom, times what, with which interval.

Citations stand in English wherever they are told, as those of a calculation's sheet do.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from undaunted.coercion.response.readers.fronts import written_front

if TYPE_CHECKING:
    from undaunted.coercion.exposure.rules import Warned
    from undaunted.coercion.instruments.readers import ScenarioResult
    from undaunted.coercion.response.analysis.losing import Loss
    from undaunted.coercion.response.readers.fronts import Front

__all__ = ["IncomeLoss", "extract_of", "front_says", "months_says", "months_told", "scenario_says"]

REAL_INCOME, LOST_SALES = "real_income", "lost_sales"
EXTRACTED: Final = ("episode", "coercer", "target", "shocks", "elasticities", "horizon")


@dataclass(frozen=True, slots=True)
class IncomeLoss:
    """A loss of real income: whose, through whom, in per cent of which spending of which table."""

    target: str
    coercer: str
    per_cent: tuple[float, float, float]
    spent: float
    table: str
    table_sha256: str

    def told(self) -> dict[str, Any]:
        """Give it as it is kept beside the amounts."""
        return {
            "measure": REAL_INCOME,
            "target": self.target,
            "coercer": self.coercer,
            "per_cent": list(self.per_cent),
            "spent": self.spent,
            "table": self.table,
            "table_sha256": self.table_sha256,
        }

    def says(self, what: str, interval: str) -> str:
        """Give it as a citation."""
        low, best, high = self.per_cent
        return (
            f"{what}: loss of real income of {self.target} through what {self.coercer} does, "
            f"{best:.3g} % ({low:.3g} to {high:.3g} %), times final spending of {self.spent:,.0f} "
            f"in the same table: an equivalent variation. Table: {self.table}. Interval: "
            f"{interval}."
        )


def front_says(loss: Loss, income: IncomeLoss) -> str:
    """Give the citation of a front."""
    what = f"Front of \u201c{loss.episode}\u201d" if loss.episode else "Front of an own episode"
    return income.says(what, f"lowest and highest of {loss.sets} published sets of elasticities")


def scenario_says(result: ScenarioResult, income: IncomeLoss) -> str:
    """Give the citation of a scenario's result."""
    interval = f"5th to 95th quantile of {result.draws} drawn sets of elasticities"
    return income.says(f"Scenario \u201c{result.name}\u201d", interval)


def months_says(warned: Warned, name: str, months: int) -> str:
    """Give the citation of months of trade."""
    asked, pairs = warned.episode, len(warned.donors)
    goods = f" of {', '.join(asked.products)}" if asked.products else ""
    round_by = ", ".join(each.country for each in warned.routes) or "none"
    return (
        f"{name}: sales of {asked.target} to {asked.coercer}{goods} from {asked.since} to "
        f"{warned.months[-1]} ({months} months, told as of twelve), less than a synthetic control "
        f"of {pairs} untouched flows, net of what went round (through: {round_by}). Interval: "
        f"placebos, {warned.loss.level:.0%}. Currency and scale were stated, not read."
    )


def months_told(warned: Warned, digest: str, unit: str) -> dict[str, Any]:
    """Give what is kept beside amounts that were read from months of trade."""
    asked = warned.episode
    return {
        "measure": LOST_SALES,
        "target": asked.target,
        "coercer": asked.coercer,
        "since": asked.since,
        "until": warned.months[-1],
        "products": list(asked.products),
        "routes": [each.country for each in warned.routes],
        "interval": "placebos",
        "of": len(warned.donors),
        "level": warned.loss.level,
        "unit_stated": unit,
        "result": digest,
    }


def extract_of(front: Front, name: str) -> bytes:
    """Write what an injury is read from: the episode, its losses, the table; no partner, no point.

    Who keeps the search finds it by its name, and by the digest of the whole.
    """
    question = front.question.written()
    told = {
        "what": "losses of an episode, from a front",
        "search": name,
        "front_sha256": sha256(written_front(front).encode()).hexdigest(),
        "question": {key: question[key] for key in EXTRACTED if key in question},
        "target": front.question.target,
        "coercer": front.question.coercer,
        "target_loss_pct": front.target_loss,
        "target_loss_pct_by_set": {key: each[0] for key, each in front.band.items()},
        "sets": dict(front.sets),
        "table": front.data,
        "table_sha256": front.data_sha256,
        "attribution": front.attribution,
        "said": list(front.said),
    }
    return (json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
