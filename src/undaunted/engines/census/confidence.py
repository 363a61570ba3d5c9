"""How sure an interval is to be, and how far a normal one reaches."""

from statistics import NormalDist

from undaunted.engines.census.errors import ArgumentRefused

__all__ = ["demand_confidence", "reach", "tail"]


def demand_confidence(confidence: float) -> float:
    """Return ``confidence`` if it lies strictly between 0 and 1."""
    if not 0 < confidence < 1:
        raise ArgumentRefused(f"confidence: {confidence} does not lie between 0 and 1")
    return confidence


def tail(confidence: float) -> float:
    """Return what an equal-tailed interval leaves out on each side: 0.025 for 0.95."""
    return (1 - demand_confidence(confidence)) / 2


def reach(confidence: float) -> float:
    """Return how many standard errors a normal interval reaches to each side: 1.96 for 0.95."""
    return NormalDist().inv_cdf(1 - tail(confidence))
