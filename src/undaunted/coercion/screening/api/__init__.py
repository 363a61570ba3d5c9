"""Screening over the wire: the same as the pages and the terminal."""

from undaunted.coercion.screening.api import assets

__all__ = ["assets"]
