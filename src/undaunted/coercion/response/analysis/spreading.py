"""The same episode and response under other published elasticities: a band, not a promise."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from undaunted.coercion.exposure.readers import shipped_elasticities
from undaunted.coercion.response.analysis.laying import SHORT_RUN, published_sets
from undaunted.engines.trade import NotConverged, band

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from undaunted.coercion.response.analysis.laying import Laid
    from undaunted.engines.trade import ElasticitySet, Measures, Scenario

__all__ = ["band_of_episode", "band_of_response", "percent", "set_told", "titles_of"]

DIGITS = 9
IN_SHORT_RUN = "The table's own elasticities in the year after"


def percent(part: float) -> float:
    """Give a part of one in per cent, without digits that no tolerance carries."""
    return round(100 * float(part), DIGITS)


def titles_of(names: list[str]) -> dict[str, str]:
    """Give what sets are called."""
    known = {key: each.title for key, each in shipped_elasticities().items()}
    return {name: IN_SHORT_RUN if name == SHORT_RUN else known[name] for name in names}


def set_told(name: str) -> str:
    """Give what one set is called; one that this copy does not ship is called by its key."""
    found = shipped_elasticities().get(name)
    return name if found is None else found.title


def band_of_episode(laid: Laid) -> dict[str, tuple[float, float]]:
    """Give what target and coercer lose without a response, under each set that has an answer."""
    regions = laid.ground.world.regions
    places = [regions.index(each) for each in (laid.question.target, laid.question.coercer)]
    told = {}
    for each in published_sets(laid):
        income = _income(laid, laid.asked, each)
        if income is not None:
            target, coercer = (percent(-income[place]) for place in places)
            told[each.name] = (target, coercer)
    return told


def band_of_response(laid: Laid, measures: Measures) -> dict[str, tuple[float, float]]:
    """Give harm and cost of a response under each set that has an answer."""
    stage, told = laid.stage, {}
    for each, before in _before(laid):
        after = _income(laid, measures, each)
        if after is not None:
            changes = (1 + after) / (1 + before) - 1
            cost = -float(changes[stage.members] @ stage.weights)
            told[each.name] = (percent(-changes[stage.coercer]), percent(cost))
    return told


@lru_cache(maxsize=4)
def _before(laid: Laid) -> tuple[tuple[ElasticitySet, NDArray[np.float64]], ...]:
    """Solve the episode as the search has it, once under each set."""
    told = [(each, _income(laid, laid.in_force, each)) for each in published_sets(laid)]
    return tuple((each, income) for each, income in told if income is not None)


def _income(
    laid: Laid, asked: Measures | Scenario, chosen: ElasticitySet
) -> NDArray[np.float64] | None:
    try:
        told: NDArray[np.float64] = band(laid.ground, asked, (chosen,)).real_income[0]
    except NotConverged:
        return None
    return told
