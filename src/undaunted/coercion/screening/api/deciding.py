"""Findings, dealings and decisions by program; a decision is taken by a second person."""

from __future__ import annotations

__all__: list[str] = []
