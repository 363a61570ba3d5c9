"""Charts drawn on the server: `trend`, `bars`, `tiers` by Vega-Lite, `timeline` by our own pen.

Kept free of imports: the drawing child process starts here and must stay small.
"""

__all__: list[str] = []
