"""Work in the background: a search for a front, one at a time."""

from __future__ import annotations

from uuid import UUID

from numpy.random import default_rng  # noqa: TID251 - a task, not an engine
from procrastinate.contrib.django import app

from undaunted.coercion.response.analysis.carrying import carry_out

__all__ = ["run_search"]


@app.task(name="response.run_search", queue="searches", lock="response.run_search")
def run_search(holder: str, digest: str, seed: int) -> bool:
    """Search for the front of a question that a desk asked; a second run changes nothing."""
    return carry_out(UUID(holder), digest, rng=default_rng(seed))
