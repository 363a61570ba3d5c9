"""Stakes drawn at random: few large holders, many small ones, and shares on the edges of a half."""

from __future__ import annotations

import numpy as np

from undaunted.engines.ownership import HALF, WHOLE, Parties, Right, Stakes, gather_stakes

__all__ = ["drawn_stakes"]

SHARES = np.array(
    [HALF, HALF + 1, WHOLE // 3, WHOLE // 4, WHOLE // 10, 6 * WHOLE // 10, WHOLE, 0], np.int64
)
VOTES = 0.05
"""So many stakes are of votes; the rest is equity."""


def drawn_stakes(companies: int, stakes: int, seed: int) -> Stakes:
    """Draw stakes; a low number holds more often, and a company may hold itself."""
    drawn = np.random.default_rng(seed)
    owner = (companies * drawn.random(stakes) ** 2.5).astype(np.int64)
    owned = (companies * drawn.random(stakes)).astype(np.int64)
    share = drawn.choice(SHARES, stakes)
    right = np.where(drawn.random(stakes) < VOTES, Right.VOTES, Right.EQUITY)
    parties = Parties(tuple(map(str, range(companies))), np.zeros(companies, np.int8))
    return gather_stakes(parties, {"owner": owner, "owned": owned, "lo": share, "right": right})
