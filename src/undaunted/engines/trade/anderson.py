"""Anderson acceleration of a fixed point, for many problems of one size at once.

Anderson (1965); in the form of Walker and Ni (2011), problem "unconstrained", by normal equations:
the last steps of each problem are mixed so that their residuals cancel best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from array_api_compat import device

from undaunted.engines.trade.arrays import functions_of, turned

if TYPE_CHECKING:
    from undaunted.engines.trade.arrays import Array

__all__ = ["Mixing"]

RIDGE = 1e-14
"""Added to the normal equations, as a part of their trace, since old steps grow alike."""
FARTHEST = 1.0
"""What would move a state further from its image than this is not mixed: its past is of no use."""
TINY = float(np.finfo(np.float64).tiny)


class Mixing:
    """The last `depth` steps of S problems with n unknowns each, states as [n, S]."""

    def __init__(self, depth: int, state: Array) -> None:
        """Begin at a state, whose library, device and type the steps share."""
        self._functions = xp = functions_of(state)
        unknowns, problems = state.shape
        where = device(state)
        past = xp.zeros((2, problems, depth, unknowns), dtype=state.dtype, device=where)
        self._images, self._residuals = past[0, ...], past[1, ...]
        self._products = xp.zeros((problems, depth, depth), dtype=xp.float64, device=where)
        self._eye = xp.eye(depth, dtype=xp.float64, device=where)
        self._depth, self._count = depth, 0
        self._before: tuple[Array, Array] | None = None

    def next(self, image: Array, residual: Array) -> Array:
        """Give the next state from F(z) and F(z) - z, both [n, S]."""
        xp = self._functions
        image_s, residual_s = turned(image), turned(residual)
        mixed = image_s
        if self._before is not None:
            self._keep(image_s - self._before[0], residual_s - self._before[1])
            m = min(self._count, self._depth)
            told = xp.astype(self._residuals[:, :m, :] @ residual_s[:, :, None], xp.float64)
            matrix, eye = self._products[:, :m, :m], self._eye[:m, :m]
            ridge = RIDGE * xp.sum(matrix * eye, axis=(1, 2)) + TINY
            weights = xp.linalg.solve(matrix + ridge[:, None, None] * eye, told)
            weights = xp.astype(weights, image.dtype)
            moved = (weights.mT @ self._images[:, :m, :])[:, 0, :]
            too_far = xp.max(xp.abs(moved), axis=1) > FARTHEST
            nothing = xp.zeros_like(moved[:, :1])
            mixed = image_s - xp.where(too_far[:, None], nothing, moved)
        self._before = image_s, residual_s
        return turned(mixed)

    def only(self, problems: Array) -> None:
        """Go on with these problems alone, told by their numbers."""
        take = self._functions.take
        self._images = take(self._images, problems, axis=0)
        self._residuals = take(self._residuals, problems, axis=0)
        self._products = take(self._products, problems, axis=0)
        if self._before is not None:
            image, residual = self._before
            self._before = take(image, problems, axis=0), take(residual, problems, axis=0)

    def _keep(self, image: Array, residual: Array) -> None:
        at = self._count % self._depth
        self._images[:, at, :], self._residuals[:, at, :] = image, residual
        self._count += 1
        m = min(self._count, self._depth)
        products = (self._residuals[:, :m, :] @ residual[:, :, None])[:, :, 0]
        products = self._functions.astype(products, self._products.dtype)
        self._products[:, at, :m] = products
        self._products[:, :m, at] = products
