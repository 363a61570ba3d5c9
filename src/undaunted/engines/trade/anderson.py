"""Anderson acceleration of a fixed point, for many problems of one size at once.

Anderson (1965); in the form of Walker and Ni (2011), problem "unconstrained", by normal equations:
the last steps of each problem are mixed so that their residuals cancel best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

    from undaunted.engines.trade.ground import Array

__all__ = ["Mixing"]

RIDGE = 1e-14
"""Added to the normal equations, as a part of their trace, since old steps grow alike."""


class Mixing:
    """The last `depth` steps of S problems with n unknowns each, states as [n, S]."""

    def __init__(self, depth: int, unknowns: int, problems: int, dtype: DTypeLike) -> None:
        self._images = np.zeros((problems, depth, unknowns), dtype=dtype)
        self._residuals = np.zeros((problems, depth, unknowns), dtype=dtype)
        self._products = np.zeros((problems, depth, depth))
        self._depth, self._count = depth, 0
        self._before: tuple[Array, Array] | None = None

    def next(self, image: Array, residual: Array) -> Array:
        """Give the next state from F(z) and F(z) - z, both [n, S]."""
        image_s, residual_s = image.T.copy(), residual.T.copy()
        mixed = image_s
        if self._before is not None:
            self._keep(image_s - self._before[0], residual_s - self._before[1])
            m = min(self._count, self._depth)
            told = (self._residuals[:, :m] @ residual_s[:, :, None]).astype(np.float64)
            matrix = self._products[:, :m, :m]
            ridge = RIDGE * np.trace(matrix, axis1=1, axis2=2) + np.finfo(np.float64).tiny
            weights = np.linalg.solve(matrix + ridge[:, None, None] * np.eye(m), told)
            weights = weights.astype(image.dtype)
            mixed = image_s - (weights.transpose(0, 2, 1) @ self._images[:, :m])[:, 0]
        self._before = image_s, residual_s
        return np.ascontiguousarray(mixed.T)

    def only(self, problems: Array) -> None:
        """Go on with these problems alone."""
        self._images, self._residuals = self._images[problems], self._residuals[problems]
        self._products = self._products[problems]
        if self._before is not None:
            self._before = self._before[0][problems], self._before[1][problems]

    def _keep(self, image: Array, residual: Array) -> None:
        at = self._count % self._depth
        self._images[:, at], self._residuals[:, at] = image, residual
        self._count += 1
        m = min(self._count, self._depth)
        products = (self._residuals[:, :m] @ residual[:, :, None])[:, :, 0]
        self._products[:, at, :m] = products
        self._products[:, :m, at] = products
